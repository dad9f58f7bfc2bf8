import type { Location, Problem } from '../base/error.ts';

export type Path = readonly PropertyKey[];

/** A value as a layer gives it, with the place of each part. A layer is a file, or the command line. */
export type Raw = RawMap | RawList | RawScalar;

type Placed = {
  /** Where the value stands; absent when no file has it. */
  readonly location?: Location | undefined;
  /** Where its key stands. */
  readonly keyLocation?: Location | undefined;
  /** How messages name it when that is not its path: an option of the command line. */
  readonly name?: string;
  /** The value as the file writes it: `010` and not the number ten. */
  readonly source: string;
};

export type RawMap = Placed & { readonly type: 'map'; readonly entries: ReadonlyMap<string, Raw> };

export type RawList = Placed & { readonly type: 'list'; readonly items: readonly Raw[] };

export type RawScalar = Placed & {
  readonly type: 'scalar';
  readonly value: unknown;
  /** A problem with this value has been reported: what the schema says of it would only repeat that. */
  readonly isReported?: true;
  /** Where a place inside a text stands; row and column count from 1 within that text. */
  readonly inside?: (row: number, column: number) => Location;
};

/** A map that no file has. */
export function rawMap(entries: Readonly<Record<string, Raw>>): RawMap {
  return { type: 'map', entries: new Map(Object.entries(entries)), source: '' };
}

/** The value of an option of the command line. */
export function rawOption(name: string, value: string | number): RawScalar {
  return { type: 'scalar', value, name, source: String(value) };
}

/** The one rule by which layers are merged: maps key by key, and of anything else the upper one counts. */
export function merge(upper: Raw, lower: Raw): Raw {
  if (upper.type !== 'map' || lower.type !== 'map') return upper;
  const entries = new Map(lower.entries);
  for (const [key, value] of upper.entries) {
    const below = lower.entries.get(key);
    entries.set(key, below === undefined ? value : merge(value, below));
  }
  // The command line has maps without a place.
  const { location, keyLocation, source } = upper.location === undefined ? lower : upper;
  return { type: 'map', entries, location, keyLocation, source };
}

/** The plain value. */
export function toValue(raw: Raw): unknown {
  if (raw.type === 'scalar') return raw.value;
  if (raw.type === 'list') return raw.items.map(toValue);
  return Object.fromEntries([...raw.entries].map(([key, value]) => [key, toValue(value)]));
}

/** A scalar as text: `count: 010` is the text 010, not the number ten. */
export function textOf({ value, source }: RawScalar): string {
  return typeof value === 'string' ? value : source;
}

/** What stands at a path, if anything does. */
export function rawAt(raw: Raw, path: Path): Raw | undefined {
  let current: Raw | undefined = raw;
  for (const key of path) {
    if (current?.type === 'map') current = current.entries.get(String(key));
    else if (current?.type === 'list') current = current.items[Number(key)];
    else return undefined;
  }
  return current;
}

/** The items of the list at a path; none if there is no list. */
export function itemsAt(raw: Raw, path: Path): readonly Raw[] {
  const list = rawAt(raw, path);
  return list?.type === 'list' ? list.items : [];
}

/** Every scalar with its path. */
export function scalarsOf(raw: Raw, path: Path = []): { readonly path: Path; readonly scalar: RawScalar }[] {
  if (raw.type === 'scalar') return [{ path, scalar: raw }];
  if (raw.type === 'list') return raw.items.flatMap((item, index) => scalarsOf(item, [...path, index]));
  return [...raw.entries].flatMap(([key, value]) => scalarsOf(value, [...path, key]));
}

/** A copy with other scalars. */
export function mapScalars(raw: Raw, change: (scalar: RawScalar, path: Path) => RawScalar, path: Path = []): Raw {
  if (raw.type === 'scalar') return change(raw, path);
  if (raw.type === 'list') {
    return { ...raw, items: raw.items.map((item, index) => mapScalars(item, change, [...path, index])) };
  }
  const entries = [...raw.entries].map(([key, value]) => [key, mapScalars(value, change, [...path, key])] as const);
  return { ...raw, entries: new Map(entries) };
}

/** Where the value of a path stands, or the key of the map in which it is missing. Undefined for the command line. */
export function locate(raw: Raw, path: Path): Location | undefined {
  const found = rawAt(raw, path);
  return found === undefined ? locateKey(raw, path.slice(0, -1)) : found.location;
}

/** Where the key itself stands. */
export function locateKey(raw: Raw, path: Path): Location | undefined {
  return rawAt(raw, path)?.keyLocation ?? locate(raw, path);
}

/** Where a place inside a text stands; row and column count from 1 within that text. */
export function locateInside(raw: Raw, path: Path, row: number, column: number): Location | undefined {
  const found = rawAt(raw, path);
  return found?.type === 'scalar' && found.inside ? found.inside(row, column) : locate(raw, path);
}

/** What is longer is not a key that somebody meant; a message has room for more than that. */
const longestKey = 100;

/** `faults[0].delay` */
export function showPath(path: Path): string {
  const short = (key: string): string => (key.length > longestKey ? `${key.slice(0, longestKey)}...` : key);
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${short(String(key))}`))
    .join('');
}

/** A problem without the parts that are not known. */
export function problemOf(message: string, hint?: string, location?: Location): Problem {
  return { message, ...(hint === undefined ? {} : { hint }), ...(location === undefined ? {} : { location }) };
}

/** `faults[0].delay: MESSAGE`, at the place of that path. */
export function problemAt(raw: Raw, path: Path, message: string, hint?: string): Problem {
  const subject = rawAt(raw, path)?.name ?? showPath(path);
  return problemOf(subject === '' ? message : `${subject}: ${message}`, hint, locate(raw, path));
}
