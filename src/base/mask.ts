const hiddenText = '***';
/** Shorter ones are not masked: a masked `1` would blot out every figure that a broker prints. */
const shortestSecret = 3;
/** Switches and short numbers, such as a port or a count, would blot out as much. */
const commonValue = /^(?:true|false|yes|no|on|off|null|none|\d{1,5})$/i;

/**
 * What has to be masked so that a value never shows: the value, and each line of one that has several, since a log, an indented file or a
 * JSON string breaks a PEM key up in its own way. What every log holds is no secret.
 */
export function secretsIn(value: string): string[] {
  const lines = value.split(/\r?\n/).map((line) => line.trim());
  return [...new Set([value, ...lines])].filter(
    (secret) => secret.length >= shortestSecret && !commonValue.test(secret.trim()),
  );
}

/** The text with every secret in it replaced; where two begin at one place, the longer one. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  const pattern = patternOf(secrets);
  return pattern === undefined ? text : text.replace(pattern, hiddenText);
}

/**
 * The same for bytes that come in pieces, wherever they are cut: what may be the beginning of a secret is kept back until the next piece
 * shows whether it is. What comes out is, put together, what `maskSecrets` makes of the whole.
 */
export class MaskStream {
  readonly #secrets: readonly string[];
  readonly #pattern: RegExp | undefined;
  /** One character a byte. */
  #held = '';

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets.map((secret) => Buffer.from(secret, 'utf8').toString('latin1'));
    this.#pattern = patternOf(this.#secrets);
  }

  push(bytes: Buffer): Buffer {
    if (this.#pattern === undefined) return bytes;
    const text = this.#held + bytes.toString('latin1');
    let shown = '';
    let from = 0;
    let heldFrom = this.#beginsAt(text, 0);
    for (const match of text.matchAll(this.#pattern)) {
      if (match.index >= heldFrom) break;
      shown += text.slice(from, match.index) + hiddenText;
      from = match.index + match[0].length;
      if (from > heldFrom) heldFrom = this.#beginsAt(text, from);
    }
    this.#held = text.slice(heldFrom);
    return Buffer.from(shown + text.slice(from, heldFrom), 'latin1');
  }

  /** What was kept back, which nothing follows. */
  end(): Buffer {
    const rest = this.#pattern === undefined ? '' : this.#held.replace(this.#pattern, hiddenText);
    this.#held = '';
    return Buffer.from(rest, 'latin1');
  }

  /** Where the last part of the text begins that may be the beginning of a secret; the text's length where there is none. */
  #beginsAt(text: string, from: number): number {
    let begin = text.length;
    for (const secret of this.#secrets) {
      for (let at = Math.max(from, text.length - secret.length + 1); at < begin; at++) {
        if (secret.startsWith(text.slice(at))) {
          begin = at;
          break;
        }
      }
    }
    return begin;
  }
}

/** Any of the secrets, longer ones first since they may hold shorter ones. */
function patternOf(secrets: readonly string[]): RegExp | undefined {
  const parts = [...new Set(secrets)]
    .filter((secret) => secret !== '')
    .sort((a, b) => b.length - a.length)
    .map((secret) => secret.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  return parts.length === 0 ? undefined : new RegExp(parts.join('|'), 'g');
}
