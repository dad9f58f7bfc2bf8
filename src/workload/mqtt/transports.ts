import { connect as connectTcp, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, checkServerIdentity, connect as connectTls } from 'node:tls';
import { createWebSocketStream, WebSocket } from 'ws';

/** Where a broker listens, and how it is spoken to there. */
export type Address = {
  readonly host: string;
  readonly port: number;
  /** Default: tcp. */
  readonly transport?: 'tcp' | 'ws' | undefined;
  readonly tls?: Tls | undefined;
  /** WebSocket only. Default: /mqtt. */
  readonly path?: string | undefined;
};

/** How a server is trusted that is spoken to over TLS. */
export type Tls = {
  /** Certificate authorities, PEM; they take the place of the machine's own. */
  readonly ca?: string | undefined;
  /** The name that the certificate has to be for. Default: the host. */
  readonly serverName?: string | undefined;
  /** False: any certificate will do. */
  readonly verify?: boolean | undefined;
};

export type TransportEvents = {
  /** Bytes can be sent. */
  readonly open: () => void;
  readonly data: (chunk: Buffer) => void;
  /** A WebSocket message that is not binary came [MQTT-6.0.0-1]. */
  readonly text: (text: Buffer) => void;
  /** Once, with or without `open` before. */
  readonly closed: (error: Error | undefined) => void;
};

/** One connection that carries bytes both ways. */
export type Transport = {
  /** Hands the bytes to the socket. */
  write(bytes: Buffer): void;
  /** Closes when all that was written is sent. */
  finish(): void;
  /** Closes at once. */
  destroy(): void;
  /** Reads nothing more until `resume`, so that the peer's bytes wait in the kernel. */
  pause(): void;
  resume(): void;
  /** What was written and the kernel has not taken yet. */
  readonly unsentBytes: number;
};

/** Begins to connect. `closed` always comes at last, at the latest after `destroy`. */
export function dial(address: Address, events: TransportEvents): Transport {
  return address.transport === 'ws' ? dialWebSocket(address, events) : dialSocket(address, events);
}

/** One connection as a stream, which takes bytes before it is open. */
export function openStream(address: Address): Duplex {
  return address.transport === 'ws' ? createWebSocketStream(openWebSocket(address)) : openSocket(address);
}

// Nagle's algorithm waits 40 ms for the peer's delayed ACK: that would be our latency, not the broker's.
function openSocket({ host, port, tls }: Address): Socket {
  return tls
    ? connectTls({ host, port, ...tlsOptions(host, tls) }).setNoDelay(true)
    : connectTcp({ host, port, noDelay: true });
}

function openWebSocket({ host, port, tls, path = '/mqtt' }: Address): WebSocket {
  const url = `${tls ? 'wss' : 'ws'}://${isIP(host) === 6 ? `[${host}]` : host}:${port}${path}`;
  return new WebSocket(url, 'mqtt', {
    perMessageDeflate: false,
    skipUTF8Validation: true,
    ...(tls ? tlsOptions(host, tls) : {}),
  });
}

function dialSocket(address: Address, events: TransportEvents): Transport {
  const socket = openSocket(address);
  let failure: Error | undefined;
  socket.once(address.tls ? 'secureConnect' : 'connect', events.open);
  socket.on('data', events.data);
  socket.on('error', (error) => {
    failure = error;
  });
  socket.once('close', () => events.closed(failure));
  let corked = false;
  return {
    write(bytes) {
      // What is written in one turn of the loop leaves in one piece.
      if (!corked) {
        corked = true;
        socket.cork();
        process.nextTick(() => {
          corked = false;
          socket.uncork();
        });
      }
      socket.write(bytes);
    },
    finish: () => socket.end(),
    destroy: () => socket.destroy(),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    get unsentBytes() {
      return socket.writableLength;
    },
  };
}

function dialWebSocket(address: Address, events: TransportEvents): Transport {
  const socket = openWebSocket(address);
  let failure: Error | undefined;
  socket.once('open', events.open);
  socket.on('message', (data: Buffer, isBinary) => (isBinary ? events.data(data) : events.text(data)));
  socket.on('error', (error) => {
    failure = error;
  });
  socket.once('close', () => events.closed(failure));
  return {
    write(bytes) {
      if (socket.readyState === WebSocket.OPEN) socket.send(bytes);
    },
    finish: () => socket.close(1000),
    destroy: () => socket.terminate(),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    get unsentBytes() {
      return socket.bufferedAmount;
    },
  };
}

function tlsOptions(host: string, { ca, serverName = host, verify = true }: Tls): ConnectionOptions {
  return {
    ...(ca === undefined ? {} : { ca }),
    // Server Name Indication is for names (RFC 6066 section 3).
    ...(isIP(serverName) ? {} : { servername: serverName }),
    checkServerIdentity: (_, certificate) => checkServerIdentity(serverName, certificate),
    ...(verify ? {} : { rejectUnauthorized: false }),
  };
}
