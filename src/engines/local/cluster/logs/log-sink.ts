import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { MaskStream } from '../../../../base/mask.ts';
import { logBytes, partPath, partsOf } from '../log-file.ts';

export type LogSinkOptions = {
  /** `NAME.log`; what is there already goes on. */
  readonly file: string;
  readonly secrets: readonly string[];
  /** Of a log that grows beyond this, its first half is kept, and of the rest as much as is newest; 64 KiB or more. */
  readonly keepBytes: number;
};

/** Of what is kept, the newest part is in so many files, so that the oldest of it can be let go in steps. */
const newestParts = 4;

/** Writes what a program says to its log: secrets masked before a byte reaches the disk, and never more than the log may have. */
export class LogSink {
  readonly #options: LogSinkOptions;
  readonly #mask: MaskStream;
  readonly #firstBytes: number;
  readonly #partBytes: number;
  /** Offset of the next byte in the whole log. */
  #at: number;
  #part: { readonly fd: number; readonly end: number } | undefined;

  constructor(options: LogSinkOptions) {
    this.#options = options;
    this.#mask = new MaskStream(options.secrets);
    this.#firstBytes = Math.floor(options.keepBytes / 2);
    this.#partBytes = Math.floor(options.keepBytes / 2 / newestParts);
    mkdirSync(dirname(options.file), { recursive: true });
    this.#at = logBytes(options.file);
  }

  push(bytes: Buffer): void {
    this.#write(this.#mask.push(bytes));
  }

  /** Writes what was kept back because a secret may have begun: whoever said it has ended. */
  flush(): void {
    this.#write(this.#mask.end());
  }

  close(): void {
    this.flush();
    if (this.#part) closeSync(this.#part.fd);
    this.#part = undefined;
  }

  #write(bytes: Buffer): void {
    let from = 0;
    while (from < bytes.length) {
      const part = this.#openPart();
      if (part === undefined) return;
      const wanted = Math.min(bytes.length - from, part.end - this.#at);
      let written: number;
      try {
        written = writeSync(part.fd, bytes, from, wanted);
      } catch {
        // No room on the disk: the program whose log it is must not be held up by that.
        return;
      }
      from += written;
      this.#at += written;
    }
  }

  /** The file in which the next byte belongs. */
  #openPart(): { readonly fd: number; readonly end: number } | undefined {
    if (this.#part && this.#at < this.#part.end) return this.#part;
    if (this.#part) closeSync(this.#part.fd);
    this.#part = undefined;
    const start = this.#at < this.#firstBytes ? 0 : this.#at - ((this.#at - this.#firstBytes) % this.#partBytes);
    try {
      const fd = openSync(partPath(this.#options.file, start), 'a');
      this.#part = { fd, end: start === 0 ? this.#firstBytes : start + this.#partBytes };
    } catch {
      return undefined;
    }
    const [, ...newest] = partsOf(this.#options.file);
    for (const { path } of newest.slice(0, -newestParts)) rmSync(path, { force: true });
    return this.#part;
  }
}
