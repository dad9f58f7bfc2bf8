import { z } from 'zod';
import {
  formatBytes,
  formatMs,
  mostDurationMs,
  mostRatePerSecond,
  parseBytes,
  parseDurationMs,
  parseRatePerSecond,
  parseShare,
} from '../model/units.ts';
import { nearest } from './nearest.ts';

/** What a building block says about a value: the converted value, or why it is none and what to write instead. */
export type Reading<T> = { readonly value: T } | { readonly message: string; readonly hint?: string };

/**
 * A zod schema of a value written as text. `read` never sees undefined; a missing key is reported as missing. `meta` is what
 * the published JSON Schema says.
 */
export function reading<T>(meta: Record<string, unknown>, read: (value: unknown) => Reading<T>) {
  return z
    .unknown()
    .meta(meta)
    .transform((value, context): T => {
      if (value === undefined) {
        context.addIssue({ code: 'custom', message: 'is missing', params: { missing: true } });
        return z.NEVER;
      }
      const result = read(value);
      if ('value' in result) return result.value;
      context.addIssue({
        code: 'custom',
        message: result.message,
        ...(result.hint === undefined ? {} : { params: { hint: result.hint } }),
      });
      return z.NEVER;
    });
}

/** How a value is written in a message: text in quotes, long things cut. */
export function show(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value !== 'string') return String(value);
  return value.length > 60 ? `"${value.slice(0, 57)}..."` : `"${value}"`;
}

const number = String.raw`\d+(\.\d+)?`;

/** `100ms`, `1.5s`, `2m`, `24h`, `250us` as milliseconds. */
export const duration = reading<number>(
  {
    // Only text must match the pattern and only numbers the bounds: `0` needs no unit.
    type: ['string', 'integer'],
    pattern: `^${number} *(us|ms|s|m|h)$|^0$`,
    minimum: 0,
    maximum: 0,
    description: 'A duration: 100ms, 1.5s, 2m, 24h',
  },
  readDuration,
);

/** `+5s`, `-250ms` as milliseconds, as far as `mostMs` either way; no offset at all is refused. */
export function offset(mostMs: number) {
  return reading<number>(
    {
      type: 'string',
      pattern: `^[+-]? *${number} *(us|ms|s|m|h)$`,
      description: 'A duration with its direction: +5s, -250ms',
    },
    (value) => {
      const text = scalarText(value);
      const match = /^([+-]?)\s*(.*)$/.exec(text ?? '');
      const [sign, amount] = [match?.[1] ?? '', match?.[2] ?? ''];
      if (text === undefined || amount === '')
        return { message: `${show(value)} is not an offset`, hint: 'write it as +5s' };
      const inner = readDuration(amount, Number.POSITIVE_INFINITY);
      if (!('value' in inner))
        return { message: inner.message, hint: `write it as ${sign || '+'}5s or ${sign || '+'}250ms` };
      if (inner.value === 0) return { message: 'an offset of 0 changes nothing', hint: 'write it as +5s or -250ms' };
      if (inner.value > mostMs) return { message: `${text} is more than ${formatMs(mostMs)}` };
      return { value: sign === '-' ? -inner.value : inner.value };
    },
  );
}

/** `10%` as 0.1. */
export const share = reading<number>(
  { type: 'string', pattern: `^${number} *%$`, description: 'A share between 0% and 100%' },
  readShare,
);

/** Operations a second of `300/s` or `6000/m`. */
export const operationRate = reading<number>(
  { type: 'string', pattern: `^${number} */ *(s|m)$`, description: 'Operations a second or a minute: 300/s, 6000/m' },
  (value) => {
    const text = scalarText(value);
    if (text === undefined) return { message: `${show(value)} is not a rate`, hint: 'write it as 300/s' };
    const parsed = parseRatePerSecond(text);
    if (parsed !== undefined)
      return parsed > 0 && parsed <= mostRatePerSecond
        ? { value: parsed }
        : { message: `a rate must be above 0 and at most ${mostRatePerSecond}/s`, hint: 'write 300/s' };
    if (isNumber(text)) return { message: `${text} has no unit`, hint: `write ${text}/s or ${text}/m` };
    return { message: `${show(text)} is not a rate`, hint: 'write it as 300/s or 6000/m' };
  },
);

/** Bytes a second of `1MB/s`. */
export const rate = reading<number>(
  {
    type: 'string',
    pattern: `^${number} *(B|KB|MB|GB|KiB|MiB|GiB) */ *s$`,
    description: 'Bytes a second: 1MB/s, 64KiB/s',
  },
  (value) => {
    const text = scalarText(value);
    if (text === undefined) return { message: `${show(value)} is not a data rate`, hint: 'write it as 1MB/s' };
    const match = /^(.*?)\s*\/\s*s$/.exec(text);
    const parsed = match?.[1] === undefined ? undefined : parseBytes(match[1]);
    if (parsed !== undefined) {
      return parsed > 0 ? { value: parsed } : { message: 'a data rate must be above 0', hint: 'write it as 1MB/s' };
    }
    if (isNumber(text)) return { message: `${text} has no unit`, hint: `write ${text}KB/s or ${text}MB/s` };
    if (parseBytes(text) !== undefined) return { message: `${text} is a size, not a rate`, hint: `write ${text}/s` };
    if (/bit|bps/i.test(text))
      return { message: `${show(text)} counts bits`, hint: 'write bytes a second, as in 1MB/s' };
    return { message: `${show(text)} is not a data rate`, hint: 'write it as 1MB/s or 64KiB/s' };
  },
);

/** Bytes of `64B`, `1KiB`, `2MB`. */
export const bytes = bytesBetween(0, Number.MAX_SAFE_INTEGER);

/** The same within bounds, both included. */
export function bytesBetween(min: number, max: number) {
  return reading<number>(
    { type: 'string', pattern: `^${number} *(B|KB|MB|GB|KiB|MiB|GiB)$`, description: 'A size: 64B, 1KiB, 2MB' },
    (value) => {
      const text = scalarText(value);
      if (text === undefined) return { message: `${show(value)} is not a size`, hint: 'write it as 64B or 2MB' };
      const parsed = parseBytes(text);
      if (parsed !== undefined && (parsed < min || parsed > max)) {
        return {
          message: `${text} is out of range`,
          hint: `write a size from ${formatBytes(min)} to ${formatBytes(max)}`,
        };
      }
      if (parsed !== undefined) {
        return Number.isInteger(parsed) ? { value: parsed } : { message: `${text} is not a whole number of bytes` };
      }
      if (isNumber(text)) return { message: `${text} has no unit`, hint: `write ${text}B or ${text}KB` };
      return { message: `${show(text)} is not a size`, hint: 'write it as 64B, 1KiB or 2MB' };
    },
  );
}

/** A whole number, also as text, since a rendered template is always text. */
export function wholeNumber(bounds: { readonly min: number; readonly max: number }) {
  return reading<number>({ type: 'integer', minimum: bounds.min, maximum: bounds.max }, (value) => {
    const text = scalarText(value);
    const parsed = text === undefined || !/^-?\d+$/.test(text) ? undefined : Number(text);
    if (parsed === undefined) return { message: `${show(value)} is not a whole number` };
    if (parsed < bounds.min || parsed > bounds.max) {
      return { message: `${parsed} is out of range`, hint: `write a number from ${bounds.min} to ${bounds.max}` };
    }
    return { value: parsed };
  });
}

/** One word of a list, with the nearest one as a hint. */
export function oneOf<const T extends string>(words: readonly T[], options: { readonly description?: string } = {}) {
  const { description } = options;
  return reading<T>({ enum: words, ...(description === undefined ? {} : { description }) }, (value) => {
    const found = words.find((word) => word === value);
    if (found !== undefined) return { value: found };
    const text = scalarText(value);
    const match = text === undefined ? undefined : nearest(text, words);
    return {
      message: `${show(value)} is not one of ${words.join(', ')}`,
      hint: match === undefined ? `write ${list(words)}` : `did you mean "${match}"?`,
    };
  });
}

/** `>= 99%` as 0.99. A hypothesis can only demand more of it, so the other direction is refused. */
export const atLeastShare = bound({
  sign: '>=',
  words: 'at least',
  read: readShare,
  pattern: `^>= *${number} *%$`,
  example: '>= 99%',
});

/** `<= 1s` as 1000. */
export const atMostDuration = bound({
  sign: '<=',
  words: 'at most',
  read: readDuration,
  pattern: `^<= *${number} *(us|ms|s|m|h)$`,
  example: '<= 1s',
});

function bound(options: {
  readonly sign: '>=' | '<=';
  readonly words: string;
  readonly read: (value: unknown) => Reading<number>;
  readonly pattern: string;
  readonly example: string;
}) {
  const { sign, words, read, pattern, example } = options;
  return reading<number>({ type: 'string', pattern, description: `A bound: "${example}"` }, (value) => {
    const match = /^(>=|<=|>|<|==|=|=>|=<)?\s*(.*)$/.exec(scalarText(value) ?? '');
    const found = match?.[1];
    const amount = match?.[2] ?? '';
    if (scalarText(value) === undefined || amount === '') {
      return { message: `${show(value)} is not a bound`, hint: `write "${example}"` };
    }
    const inner = read(amount);
    if ('value' in inner && found !== sign) {
      return {
        message: found === undefined ? `${show(value)} has no direction` : `"${found}" is the wrong direction here`,
        hint: `this is ${words}: write "${sign} ${amount}"`,
      };
    }
    return inner;
  });
}

function readShare(value: unknown): Reading<number> {
  const text = scalarText(value);
  if (text === undefined) return { message: `${show(value)} is not a percentage`, hint: 'write it as 10%' };
  const parsed = parseShare(text);
  if (parsed !== undefined) return { value: parsed };
  if (isNumber(text)) return { message: `${text} has no unit`, hint: `write ${text}%${fractionHint(text)}` };
  if (/^-?[\d.]+\s*%$/.test(text)) {
    return { message: `${text} is outside 0% to 100%`, hint: 'write a share between 0% and 100%' };
  }
  return { message: `${show(text)} is not a percentage`, hint: 'write it as 10%' };
}

/** Milliseconds of a duration, at most `mostMs`. */
export function readDuration(value: unknown, mostMs = mostDurationMs): Reading<number> {
  const text = scalarText(value);
  if (text === undefined) return { message: `${show(value)} is not a duration`, hint: 'write it as 100ms, 1.5s or 2m' };
  const parsed = parseDurationMs(text);
  if (parsed !== undefined && parsed > mostMs)
    return { message: `${text} is longer than a year`, hint: 'write at most 8784h' };
  if (parsed !== undefined) return { value: parsed };
  if (isNumber(text)) return { message: `${text} has no unit`, hint: `write ${text}ms or ${text}s` };
  if (text.startsWith('-')) return { message: `${show(text)} is negative`, hint: 'write it as 100ms, 1.5s or 2m' };
  return { message: `${show(text)} is not a duration`, hint: 'write it as 100ms, 1.5s, 2m or 24h' };
}

function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' ? String(value) : undefined;
}

function isNumber(text: string): boolean {
  return /^\d+(\.\d+)?$/.test(text);
}

function fractionHint(text: string): string {
  const fraction = Number(text);
  return fraction > 0 && fraction <= 1 ? ` or ${Number((fraction * 100).toFixed(6))}%` : '';
}

function list(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
