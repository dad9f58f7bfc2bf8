import type { Random } from '../../../../base/random.ts';
import type { Scheduler } from '../scheduler.ts';
import { preface } from './frames.ts';
import { Intermediary } from './intermediary.ts';
import type { LinkCalls, Speech } from './link-calls.ts';
import { CallObserver } from './observer.ts';

/** What the first bytes say; `silent` when more are needed to tell. */
export function speechOf(bytes: Uint8Array): Speech {
  const compared = Math.min(bytes.length, preface.length);
  if (preface.subarray(0, compared).equals(bytes.subarray(0, compared))) {
    return compared === preface.length ? 'http2' : 'silent';
  }
  // A TLS handshake record of any version (RFC 8446, section 5.1).
  return bytes[0] === 0x16 && (bytes[1] ?? 0x03) === 0x03 ? 'encrypted' : 'other';
}

export type CallReaderParts = {
  readonly calls: LinkCalls;
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly toServer: (bytes: Buffer) => void;
  readonly toClient: (bytes: Buffer) => void;
  /** One of the two has broken the protocol, and the other cannot be told of it in its own words. */
  readonly onBroken: () => void;
};

/**
 * All bytes of a connection on a link whose calls are watched. As soon as it is clear that it speaks something other than HTTP/2,
 * they pass as they are.
 */
export class CallReader {
  readonly #parts: CallReaderParts;
  readonly #intermediary: Intermediary;
  readonly #observer: CallObserver;
  #speech: Speech = 'silent';
  /** What was said before it was clear what is spoken. */
  #clientSaid: Buffer = Buffer.alloc(0);
  #serverSaid: Buffer = Buffer.alloc(0);

  constructor(parts: CallReaderParts) {
    this.#parts = parts;
    const { calls, random, scheduler } = parts;
    this.#observer = new CallObserver(calls, () => scheduler.nowMs());
    this.#intermediary = new Intermediary({
      scheduler,
      strike: (method) => calls.strike(method, random),
      toServer: (bytes) => {
        this.#observer.toServer(bytes);
        parts.toServer(bytes);
      },
      toClient: (bytes) => {
        this.#observer.toClient(bytes);
        parts.toClient(bytes);
      },
    });
  }

  get speech(): Speech {
    return this.#speech;
  }

  fromClient(chunk: Buffer): void {
    if (this.#speech === 'http2') {
      this.#guarded(() => this.#read(chunk));
      return;
    }
    if (this.#speech === 'silent') {
      const said = this.#clientSaid.length === 0 ? chunk : Buffer.concat([this.#clientSaid, chunk]);
      this.#clientSaid = said;
      this.#decide(speechOf(said));
    } else {
      this.#parts.toServer(chunk);
    }
  }

  fromServer(chunk: Buffer): void {
    if (this.#speech === 'http2') {
      this.#guarded(() => this.#intermediary.fromServer(chunk));
      return;
    }
    if (this.#speech === 'silent') {
      this.#serverSaid = Buffer.concat([this.#serverSaid, chunk]);
      // A server of HTTP/2 may begin before its client does, and then with the length of a short SETTINGS frame.
      if (this.#serverSaid[0] !== 0) this.#decide('other');
    } else {
      this.#parts.toClient(chunk);
    }
  }

  /** The client has no more to say: what has kept the secret of what it speaks until now passes as it is. */
  clientEnded(): void {
    if (this.#speech === 'silent') this.#decide('other');
  }

  /** The server has no more to say; `then` when all of it has been passed on. */
  serverEnded(then: () => void): void {
    if (this.#speech === 'silent') this.#decide('other');
    this.#intermediary.whenNothingHeld(then);
  }

  /** Nothing that is held is passed on any more. */
  close(): void {
    this.#intermediary.close();
  }

  #decide(speech: Speech): void {
    if (speech === 'silent') return;
    this.#speech = speech;
    const [client, server] = [this.#clientSaid, this.#serverSaid];
    this.#clientSaid = this.#serverSaid = Buffer.alloc(0);
    if (client.length > 0) this.fromClient(client);
    if (server.length > 0) this.fromServer(server);
  }

  #read(chunk: Buffer): void {
    this.#observer.fromClient(chunk);
    this.#intermediary.fromClient(chunk);
  }

  #guarded(read: () => void): void {
    try {
      read();
    } catch {
      this.#parts.calls.brokeOff();
      this.#parts.onBroken();
    }
  }
}
