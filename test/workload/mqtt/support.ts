import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Breach } from '../../../src/workload/mqtt/breach.ts';
import { Client, type ClientEvents, type ClientOptions, type Endpoint } from '../../../src/workload/mqtt/client.ts';
import type { Delivery, Outcome } from '../../../src/workload/mqtt/messages.ts';

/** A client, and what it told. */
export type Watched = {
  readonly client: Client;
  readonly breaches: Breach[];
  readonly deliveries: Delivery[];
  /** What happened to its connections, in order. */
  readonly life: string[];
};

export function watchedClient(
  options: Omit<ClientOptions, 'on' | 'endpoints'> & { endpoints: readonly Endpoint[]; on?: ClientEvents },
): Watched {
  const breaches: Breach[] = [];
  const deliveries: Delivery[] = [];
  const life: string[] = [];
  const client = new Client({
    ...options,
    endpoints: options.endpoints as ClientOptions['endpoints'],
    on: {
      ...options.on,
      breach: (breach) => breaches.push(breach),
      message: (delivery, atMs) => {
        deliveries.push(delivery);
        options.on?.message?.(delivery, atMs);
      },
      connected: (accepted) => {
        life.push(accepted.sessionPresent ? 'resumed' : 'new session');
        options.on?.connected?.(accepted);
      },
      refused: (refusal) => {
        life.push(`refused ${refusal.code}`);
        options.on?.refused?.(refusal);
      },
      closed: (closed) => {
        life.push(closed.reason);
        options.on?.closed?.(closed);
      },
    },
  });
  return { client, breaches, deliveries, life };
}

/** The outcome of one message. */
export function published(
  client: Client,
  message: { topic: string; payload?: Buffer | string; qos: 0 | 1 | 2; retain?: boolean },
): Promise<Outcome> {
  return new Promise((resolve) =>
    client.publish({ ...message, payload: Buffer.from(message.payload ?? 'x'), onOutcome: resolve }),
  );
}

/** The codes of one SUBACK. */
export function subscribed(
  client: Client,
  ...filters: readonly { topic: string; qos: 0 | 1 | 2 }[]
): Promise<readonly number[] | undefined> {
  return new Promise((resolve) => client.subscribe({ filters: [...filters], onAnswer: resolve }));
}

export type RawPeer = {
  readonly socket: Socket;
  /** Bytes that came, in hexadecimal. */
  heard(): string;
  send(hex: string): void;
};

/** A server that does nothing of its own: `onPeer` has each connection. */
export async function rawServer(
  onPeer: (peer: RawPeer, nth: number) => void,
): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  let count = 0;
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk.toString('hex');
    });
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    onPeer(
      {
        socket,
        heard: () => heard,
        send: (hex) => {
          socket.write(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
        },
      },
      ++count,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    port: address.port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** The program of Debian's package mosquitto, which is not in the PATH of a user. */
export const mosquittoProgram = [
  '/usr/sbin/mosquitto',
  '/usr/local/sbin/mosquitto',
  '/opt/homebrew/sbin/mosquitto',
].find((program) => existsSync(program));

/** A mosquitto of one's own. `config` is added to its configuration file. */
export async function startMosquitto(
  config: (port: number) => string,
): Promise<{ port: number; close(): Promise<void> }> {
  if (mosquittoProgram === undefined) throw new Error('mosquitto is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'mosquitto-'));
  const { port, close } = await rawServer(() => {});
  await close();
  writeFileSync(join(folder, 'mosquitto.conf'), config(port));
  const child = spawn(mosquittoProgram, ['-c', join(folder, 'mosquitto.conf')], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes('running')) resolve();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('exit', () => reject(new Error(`mosquitto ended:\n${said}`)));
  });
  return {
    port,
    async close() {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
