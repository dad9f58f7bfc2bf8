import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { generate, type IConnectPacket, type Packet, parser } from 'mqtt-packet';
import { pollUntil } from '../../src/base/clock.ts';
import { distPath } from '../../src/base/entries.ts';
import { claimPort } from '../../src/engines/local/cluster/ports.ts';
import { resetSocket } from '../../src/engines/local/links/reset-socket.ts';
import { patienceMs } from '../support/eventually.ts';

/** Waits for a condition; the deadline is generous, for it only ends a test that has failed. */
export async function eventually(
  what: string,
  holds: () => Promise<boolean> | boolean,
  withinMs = patienceMs,
): Promise<void> {
  const answer = await pollUntil(async () => ((await holds()) ? true : undefined), { withinMs, everyMs: 10 });
  if (answer === undefined) throw new Error(`never came true: ${what}`);
}

/** A free port below the range of outgoing connections, and no other test's, so that a stopped node finds its port free again. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(12_000, 32_000);
    if ((await claimPort(port)) === undefined) continue;
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    await new Promise((resolve) => server.close(resolve));
    if (isFree) return port;
  }
}

/** The network from one node to another: `cut` breaks what is open and refuses what comes, `hold` keeps bytes back. */
export class Link {
  readonly port: number;
  private readonly server: Server;
  private readonly pairs = new Set<{ readonly near: Socket; readonly far: Socket }>();
  private isCut = false;
  private isHeld = false;

  private constructor(port: number, targetPort: number) {
    this.port = port;
    this.server = createServer((near) => {
      if (this.isCut) {
        near.destroy();
        return;
      }
      const far = connect({ port: targetPort, host: '127.0.0.1', noDelay: true });
      const pair = { near: near.setNoDelay(true), far };
      this.pairs.add(pair);
      const end = (): void => {
        // A held network carries no FIN either.
        if (this.isHeld) return;
        near.destroy();
        far.destroy();
        this.pairs.delete(pair);
      };
      for (const socket of [near, far]) {
        socket.on('error', () => {});
        socket.on('close', end);
      }
      near.on('data', (chunk) => far.write(chunk));
      far.on('data', (chunk) => near.write(chunk));
      if (this.isHeld) this.pausePair(pair);
    });
  }

  static async open(targetPort: number): Promise<Link> {
    const link = new Link(await freePort(), targetPort);
    link.server.listen(link.port, '127.0.0.1');
    await once(link.server, 'listening');
    return link;
  }

  cut(): void {
    this.isCut = true;
    this.reset();
  }

  /** Breaks the open connections; new ones are welcome. */
  reset(): void {
    for (const { near, far } of this.pairs) {
      resetSocket(near);
      resetSocket(far);
    }
  }

  hold(): void {
    this.isHeld = true;
    for (const pair of this.pairs) this.pausePair(pair);
  }

  heal(): void {
    this.isCut = false;
    this.isHeld = false;
    for (const { near, far } of this.pairs) {
      near.resume();
      far.resume();
      if (near.destroyed) far.destroy();
      if (far.destroyed) near.destroy();
    }
  }

  close(): void {
    this.isHeld = false;
    this.server.close();
    for (const { near, far } of this.pairs) {
      near.destroy();
      far.destroy();
    }
  }

  private pausePair(pair: { readonly near: Socket; readonly far: Socket }): void {
    pair.near.pause();
    pair.far.pause();
  }
}

/** One node, a process of its own that can be killed and started again on the same data and ports. */
export class Node {
  readonly name: string;
  readonly mqttPort: number;
  readonly httpPort: number;
  readonly lines: string[] = [];
  private readonly args: readonly string[];
  private readonly env: Readonly<Record<string, string>>;
  private child: ChildProcess | undefined;

  constructor(
    name: string,
    ports: { mqtt: number; cluster: number; http: number },
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ) {
    this.name = name;
    this.env = env;
    this.mqttPort = ports.mqtt;
    this.httpPort = ports.http;
    this.args = [
      ...['--name', name, '--mqtt', `127.0.0.1:${ports.mqtt}`, '--cluster', `127.0.0.1:${ports.cluster}`],
      ...['--http', `127.0.0.1:${ports.http}`, ...args],
    ];
  }

  async start(): Promise<void> {
    this.lines.length = 0;
    const child = spawn(process.execPath, [distPath('embedded-broker.js'), ...this.args], {
      env: { ...process.env, ...this.env },
    });
    this.child = child;
    const keep = (chunk: Buffer): number => this.lines.push(...chunk.toString().trimEnd().split('\n'));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    await eventually(`${this.name} listens`, () => {
      if (child.exitCode !== null) throw new Error(`${this.name} ended:\n${this.lines.join('\n')}`);
      return this.lines.some((line) => line.includes('mqtt listening'));
    });
  }

  /** Sends the signal and waits for the end; answers with the exit code, null when a signal ended it. */
  async stop(signal: NodeJS.Signals): Promise<number | null> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return null;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    return child.exitCode;
  }

  async health(): Promise<{ name: string; peers: Record<string, string>; sessions: number }> {
    const response = await fetch(`http://127.0.0.1:${this.httpPort}/health`);
    return (await response.json()) as { name: string; peers: Record<string, string>; sessions: number };
  }

  async metric(line: string): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${this.httpPort}/metrics`)).text();
    const found = text.split('\n').find((candidate) => candidate.startsWith(`${line} `));
    return found === undefined ? Number.NaN : Number(found.slice(line.length + 1));
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }
}

/** A cluster of processes with a link from each node to each other one, and the clients that were made for it. */
export class Cluster {
  readonly nodes: Node[] = [];
  private readonly links = new Map<string, Link>();
  private readonly clients: MqttClient[] = [];
  private readonly rawClients: RawClient[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), 'embedded-'));

  static async start(size: number, mutant?: string): Promise<Cluster> {
    const cluster = new Cluster();
    const names = Array.from({ length: size }, (_, index) => `node${index + 1}`);
    const ports = new Map<string, { mqtt: number; cluster: number; http: number }>();
    for (const name of names)
      ports.set(name, { mqtt: await freePort(), cluster: await freePort(), http: await freePort() });
    for (const [name, own] of ports) {
      const peers: string[] = [];
      for (const [other, theirs] of ports) {
        if (other === name) continue;
        const link = await Link.open(theirs.cluster);
        cluster.links.set(`${name}>${other}`, link);
        peers.push(`${other}=127.0.0.1:${link.port}`);
      }
      const args = ['--data', join(cluster.folder, name), '--peers', peers.join(',')];
      cluster.nodes.push(new Node(name, own, mutant === undefined ? args : [...args, '--mutant', mutant]));
    }
    try {
      await Promise.all(cluster.nodes.map((node) => node.start()));
      await cluster.whole();
    } catch (error) {
      await cluster.close();
      throw error;
    }
    return cluster;
  }

  /** Every node sees every other. */
  async whole(withinMs?: number): Promise<void> {
    await eventually(
      'all links are up',
      async () => {
        const all = await Promise.all(this.nodes.map((node) => node.health()));
        return all.every(({ peers }) => Object.values(peers).every((state) => state === 'connected'));
      },
      withinMs,
    );
  }

  node(number: number): Node {
    const node = this.nodes[number - 1];
    if (node === undefined) throw new Error(`no node ${number}`);
    return node;
  }

  link(from: number, to: number): Link {
    const link = this.links.get(`node${from}>node${to}`);
    if (link === undefined) throw new Error(`no link ${from}>${to}`);
    return link;
  }

  /** Both directions between one node and all others. */
  linksOf(number: number): Link[] {
    const name = `node${number}`;
    return [...this.links].filter(([key]) => key.split('>').includes(name)).map(([, link]) => link);
  }

  client(number: number, options: IClientOptions = {}): MqttClient {
    const client = mqtt.connect(`mqtt://127.0.0.1:${this.node(number).mqttPort}`, {
      reconnectPeriod: 50,
      connectTimeout: 3000,
      resubscribe: false,
      ...options,
    });
    client.on('error', () => {});
    this.clients.push(client);
    return client;
  }

  async connected(number: number, options: IClientOptions = {}): Promise<MqttClient> {
    const client = this.client(number, options);
    await eventually('the client is connected', () => client.connected);
    return client;
  }

  async raw(number: number, version: 4 | 5 = 4): Promise<RawClient> {
    const client = await RawClient.open(this.node(number).mqttPort, version);
    this.rawClients.push(client);
    return client;
  }

  /** A path within the folder that goes when the cluster does; a node's data are under its name. */
  scratch(name: string): string {
    return join(this.folder, name);
  }

  wipe(number: number): void {
    rmSync(this.scratch(`node${number}`), { recursive: true });
  }

  async close(): Promise<void> {
    for (const client of this.clients) client.end(true);
    for (const client of this.rawClients) client.destroy();
    await Promise.all(this.nodes.map((node) => node.stop('SIGKILL')));
    for (const link of this.links.values()) link.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A client that sends exactly what it is told and answers nothing by itself. */
export class RawClient {
  readonly received: Packet[] = [];
  closed = false;
  private readonly socket: Socket;
  private readonly version: 4 | 5;

  private constructor(socket: Socket, version: 4 | 5) {
    this.socket = socket;
    this.version = version;
    const packets = parser({ protocolVersion: version });
    packets.on('packet', (packet) => this.received.push(packet));
    socket.on('data', (chunk) => packets.parse(chunk));
    socket.on('error', () => {});
    socket.on('close', () => {
      this.closed = true;
    });
  }

  static async open(port: number, version: 4 | 5 = 4): Promise<RawClient> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return new RawClient(socket, version);
  }

  send(...packets: Packet[]): void {
    this.socket.write(Buffer.concat(packets.map((packet) => generate(packet, { protocolVersion: this.version }))));
  }

  sendBytes(bytes: Uint8Array): void {
    this.socket.write(bytes);
  }

  destroy(): void {
    this.socket.destroy();
  }

  /** CONNECT and the CONNACK that answers it. */
  async connect(
    clientId: string,
    options: Pick<IConnectPacket, 'clean' | 'will' | 'properties' | 'keepalive'> = {},
  ): Promise<Extract<Packet, { cmd: 'connack' }>> {
    this.send({
      cmd: 'connect',
      clientId,
      clean: true,
      protocolId: 'MQTT',
      protocolVersion: this.version,
      keepalive: 60,
      ...options,
    });
    return this.next('connack');
  }

  /** Waits for the first packet of a kind and takes it, and what came before it, from `received`. */
  async next<Cmd extends Packet['cmd']>(cmd: Cmd): Promise<Extract<Packet, { cmd: Cmd }>> {
    const isWanted = (packet: Packet): packet is Extract<Packet, { cmd: Cmd }> => packet.cmd === cmd;
    await eventually(`a ${cmd} arrives`, () => this.received.some(isWanted));
    const index = this.received.findIndex(isWanted);
    const packet = this.received.splice(0, index + 1).at(-1);
    if (packet === undefined || !isWanted(packet)) throw new Error('unreachable');
    return packet;
  }
}
