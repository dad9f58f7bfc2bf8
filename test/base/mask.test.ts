import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MaskStream, maskSecrets, secretsIn } from '../../src/base/mask.ts';

function streamed(pieces: readonly Buffer[], secrets: readonly string[]): string {
  const mask = new MaskStream(secrets);
  return Buffer.concat([...pieces.map((piece) => mask.push(piece)), mask.end()]).toString('utf8');
}

function cut(text: string, sizes: readonly number[]): Buffer[] {
  const bytes = Buffer.from(text, 'utf8');
  const pieces: Buffer[] = [];
  let from = 0;
  for (const size of sizes) {
    pieces.push(bytes.subarray(from, from + size));
    from += size;
  }
  return [...pieces, bytes.subarray(from)];
}

describe('a secret', () => {
  test('is masked wherever it stands, and of two that begin at one place the longer', () => {
    expect(maskSecrets('a hunter2, b hunter22', ['hunter2', 'hunter22'])).toBe('a ***, b ***');
  });

  test('with characters of a regular expression is a text like any other', () => {
    expect(maskSecrets('x a.c(1)|$ y abc(1)|$', ['a.c(1)|$'])).toBe('x *** y abc(1)|$');
  });

  test('of several lines is masked line by line, however a log breaks or indents them', () => {
    const key = '-----BEGIN PRIVATE KEY-----\r\nMIIEvQIBADANBg\r\nkqhkiG9w0B\r\n-----END PRIVATE KEY-----';
    const secrets = secretsIn(key);
    expect(maskSecrets(key, secrets)).toBe('***');
    expect(maskSecrets(key.replaceAll('\r\n', '\n   | '), secrets)).toBe('***\n   | ***\n   | ***\n   | ***');
    expect(maskSecrets(JSON.stringify({ key }), secrets)).not.toMatch(/MIIE|kqhk/);
  });

  test('of one or two characters is none: it would blot out every figure', () => {
    expect(secretsIn('12')).toEqual([]);
    expect(secretsIn('abc\n}\n')).toEqual(['abc\n}\n', 'abc']);
  });

  test('is no switch or short number, nor a line that is one', () => {
    for (const value of ['true', 'Off', '18083', '18083\n']) expect(secretsIn(value)).toEqual([]);
    expect(secretsIn('key: abc\ntrue\n18083')).toEqual(['key: abc\ntrue\n18083', 'key: abc']);
  });
});

describe('a stream', () => {
  test('masks what is cut anywhere', () => {
    const text = 'user=admin password=correct-horse end';
    for (let at = 0; at <= text.length; at++)
      expect(streamed(cut(text, [at]), ['correct-horse'])).toBe('user=admin password=*** end');
    expect(
      streamed(
        [...text].map((character) => Buffer.from(character)),
        ['correct-horse'],
      ),
    ).toBe('user=admin password=*** end');
  });

  test('keeps back only what may be the beginning of one', () => {
    const mask = new MaskStream(['password']);
    expect(mask.push(Buffer.from('a line\n')).toString()).toBe('a line\n');
    expect(mask.push(Buffer.from('a pass')).toString()).toBe('a ');
    expect(mask.push(Buffer.from('enger\n')).toString()).toBe('passenger\n');
  });

  test('gives out at the end what turned out to be none', () => {
    expect(streamed([Buffer.from('pass')], ['password'])).toBe('pass');
  });

  test('does to any text in any pieces what is done to the whole', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'ä', '\n'), maxLength: 60 });
    const secret = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'ä'), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        letters,
        fc.array(secret, { maxLength: 4 }),
        fc.array(fc.nat(7), { maxLength: 20 }),
        (text, secrets, sizes) => {
          expect(streamed(cut(text, sizes), secrets)).toBe(maskSecrets(text, secrets));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
