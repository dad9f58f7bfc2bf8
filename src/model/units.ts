const durationUnits = { us: 0.001, ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** A leap year: a run that is longer is a slip of the finger. */
export const mostDurationMs = 366 * 24 * 3_600_000;
/** More than any machine of one broker cluster and its clients does. */
export const mostRatePerSecond = 1_000_000;

/** Milliseconds of `100ms`, `1.5s`, `2m`, `24h`, `250us`; undefined if it is not a duration. A bare number has no unit and is refused, but for 0. */
export function parseDurationMs(text: string): number | undefined {
  if (text.trim() === '0') return 0;
  const match = /^(\d+(?:\.\d+)?)\s*(us|ms|s|m|h)$/.exec(text.trim());
  if (!match) return undefined;
  return Number(match[1]) * durationUnits[match[2] as keyof typeof durationUnits];
}

/** Operations a second of `300/s` or `6000/m`; undefined if it is not a rate. */
export function parseRatePerSecond(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*\/\s*(s|m)$/.exec(text.trim());
  if (!match) return undefined;
  return Number(match[1]) / (match[2] === 'm' ? 60 : 1);
}

/** A share between 0 and 1 of `10%` or `99.9%`; undefined if it is not a percentage or outside 0% to 100%. */
export function parseShare(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*%$/.exec(text.trim());
  if (!match) return undefined;
  // 99.9 / 100 is a little more than 0.999, and a bound must not be stricter than it reads.
  const share = Number(`${match[1]}e-2`);
  return share <= 1 ? share : undefined;
}

const byteUnits = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 } as const;

/** Bytes of `64B`, `1KiB`, `2MB`; undefined if it is not a size. */
export function parseBytes(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB|KiB|MiB|GiB)$/.exec(text.trim());
  if (!match) return undefined;
  return Number(match[1]) * byteUnits[match[2] as keyof typeof byteUnits];
}

/** A duration as people write it: `250 ms`, `1.5 s`, `2 min`. */
export function formatMs(ms: number): string {
  if (ms < 10) return `${round(ms, 2)} ms`;
  if (ms < 1_000) return `${round(ms, 1)} ms`;
  if (ms < 120_000) return `${round(ms / 1_000, 1)} s`;
  return `${round(ms / 60_000, 1)} min`;
}

/** A time beside what it is held against: as exact as it takes to see that they differ. */
export function formatMsBeside(ms: number, bound: number): string {
  const rough = formatMs(ms);
  return ms !== bound && rough === formatMs(bound) ? `${round(ms, 1)} ms` : rough;
}

export function formatShare(share: number): string {
  return `${round(share * 100, 2)}%`;
}

/** A size as people write it: `256 MiB`, `1.5 GiB`. */
export function formatBytes(bytes: number): string {
  if (Math.abs(bytes) < 1024) return `${round(bytes, 0)} B`;
  if (Math.abs(bytes) < 1024 ** 2) return `${round(bytes / 1024, 1)} KiB`;
  if (Math.abs(bytes) < 1024 ** 3) return `${round(bytes / 1024 ** 2, 1)} MiB`;
  return `${round(bytes / 1024 ** 3, 1)} GiB`;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
