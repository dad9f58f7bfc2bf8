import { isUtf8 } from 'node:buffer';
import { clause, type Finding } from './breach.ts';

/** Reads the fields of one control packet in order (MQTT 5 section 1.5). A field that does not fit into what is left is undefined. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Bytes that have not been read yet. */
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number | undefined {
    return this.#number(1);
  }

  twoBytes(): number | undefined {
    return this.#number(2);
  }

  fourBytes(): number | undefined {
    return this.#number(4);
  }

  /** A Variable Byte Integer, and whether it uses no more bytes than it needs. */
  variable(): { readonly value: number; readonly isMinimal: boolean } | undefined {
    let value = 0;
    for (let i = 0; i < 4; i++) {
      const byte = this.byte();
      if (byte === undefined) return undefined;
      value += (byte & 0x7f) * 128 ** i;
      if (byte < 0x80) return { value, isMinimal: i === 0 || byte > 0 };
    }
    return undefined;
  }

  binary(): Buffer | undefined {
    const length = this.twoBytes();
    return length === undefined ? undefined : this.#take(length);
  }

  /** A UTF-8 Encoded String, and what is wrong with its characters. */
  text(): { readonly value: string; readonly findings: readonly Finding[] } | undefined {
    const bytes = this.binary();
    if (bytes === undefined) return undefined;
    const findings: Finding[] = [];
    if (!isUtf8(bytes))
      findings.push({
        clause: clause('MQTT-1.5.3-1', 'MQTT-1.5.4-1'),
        what: 'sent a string that is not well-formed UTF-8',
      });
    if (bytes.includes(0))
      findings.push({
        clause: clause('MQTT-1.5.3-2', 'MQTT-1.5.4-2'),
        what: 'sent a string with the character U+0000',
      });
    return { value: bytes.toString('utf8'), findings };
  }

  /** A reader of the next `length` bytes; this one goes on behind them. */
  part(length: number): ByteReader | undefined {
    const bytes = this.#take(length);
    return bytes && new ByteReader(bytes);
  }

  /** All bytes that are left. */
  rest(): Buffer {
    return this.#take(this.left) as Buffer;
  }

  #number(bytes: 1 | 2 | 4): number | undefined {
    return this.#take(bytes)?.readUIntBE(0, bytes);
  }

  #take(length: number): Buffer | undefined {
    if (this.left < length) return undefined;
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}
