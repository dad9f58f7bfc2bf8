import { connect, type Socket } from 'node:net';
import { types } from '../../../faults/corpus/bytes.ts';
import { resetSocket } from '../links/reset-socket.ts';

/** More of what the broker says is counted and not kept. */
const mostHeardBytes = 65_536;

/** One TCP connection to a node that says and hears bytes, not packets. It never rejects; what is said on one that has ended is dropped. */
export class Wire {
  /** It has been connected. */
  opened = false;
  /** The broker has ended it, or it could not be made. */
  ended = false;
  /** What the broker has said, up to 64 KiB of it. */
  heard: Buffer = Buffer.alloc(0);
  heardBytes = 0;
  /** Resolves when nothing of it is left. */
  readonly gone: Promise<void>;
  readonly #socket: Socket;
  readonly #waiting = new Set<() => void>();
  #dripping: NodeJS.Timeout | undefined;

  constructor({ host, port }: { readonly host: string; readonly port: number }) {
    // The broker's end shall be seen as one also after our own.
    this.#socket = connect({ host, port, noDelay: true, allowHalfOpen: true });
    this.#socket.on('connect', () => this.#wake(() => (this.opened = true)));
    this.#socket.on('data', (data) => this.#wake(() => this.#hear(data)));
    this.#socket.on('end', () => this.#wake(() => (this.ended = true)));
    this.#socket.on('error', () => this.#wake(() => (this.ended = true)));
    this.gone = new Promise((resolve) =>
      this.#socket.on('close', () => {
        clearInterval(this.#dripping);
        this.#wake(() => (this.ended = true));
        resolve();
      }),
    );
  }

  write(bytes: Buffer): void {
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  /** Says it, and FIN; hears on. */
  end(bytes: Buffer): void {
    this.#socket.end(bytes);
  }

  /** Says it byte by byte, over so long a time. */
  drip(bytes: Buffer, overMs: number): void {
    let at = 0;
    this.#dripping = setInterval(() => {
      if (at < bytes.length) this.write(bytes.subarray(at, ++at));
      else clearInterval(this.#dripping);
    }, overMs / bytes.length);
  }

  /** RST. */
  cut(): void {
    resetSocket(this.#socket);
  }

  /** True as soon as `isSo` or the end of the connection; false when neither comes in time. */
  until(isSo: () => boolean, withinMs: number): Promise<boolean> {
    if (isSo() || this.ended) return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (so: boolean): void => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(so);
      };
      const look = (): void => {
        if (isSo() || this.ended) settle(true);
      };
      const timer = setTimeout(() => settle(false), withinMs);
      this.#waiting.add(look);
    });
  }

  #hear(data: Buffer): void {
    this.heardBytes += data.length;
    if (this.heard.length < mostHeardBytes) this.heard = Buffer.concat([this.heard, data]);
  }

  #wake(change: () => void): void {
    change();
    for (const look of [...this.#waiting]) look();
  }
}

/** The code of the CONNACK that received bytes begin with: 0 is accepted. `none` when it is not complete, `other` when they begin with something else. */
export function connackCode(heard: Buffer): number | 'none' | 'other' {
  if (heard.length === 0) return 'none';
  if (heard[0] !== types.connack << 4) return 'other';
  // The code follows the remaining length, of one to four bytes, and the flags.
  const lengthEnd = heard.subarray(1).findIndex((byte) => byte < 0x80);
  if (lengthEnd > 3) return 'other';
  return lengthEnd < 0 ? 'none' : (heard[lengthEnd + 3] ?? 'none');
}
