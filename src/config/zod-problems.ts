import { z } from 'zod';
import type { Problem } from '../base/error.ts';
import { nearest, suggest } from './nearest.ts';
import { locate, locateKey, type Path, problemAt, problemOf, type Raw, rawAt, showPath, toValue } from './raw.ts';
import { templateHint } from './yaml-file.ts';
import { show } from './zod-units.ts';

type Issue = z.core.$ZodIssue;

export type Parsed<T> = {
  /** The parsed value. While there are problems, only those parts have their types of which `isSound` is true. */
  readonly value: T;
  readonly isComplete: boolean;
  readonly problems: readonly Problem[];
  /** Whether the schema accepts what stands at a path, with everything in it and around it. */
  isSound(path: Path): boolean;
};

export type ParseOptions = {
  /** What to write when the value of a path is missing. */
  readonly missingHint?: (path: Path) => string | undefined;
};

/** Parses what layers say by the schema of their file, once; each problem stands where the layer that is wrong has it. */
export function parseRaw<S extends z.ZodType>(schema: S, raw: Raw, options: ParseOptions = {}): Parsed<z.output<S>> {
  let value: z.output<S> | undefined;
  // Zod returns no value when there are issues; a refinement that always runs sees what was parsed in spite of them.
  const result = schema
    .superRefine(
      (parsed) => {
        value = parsed;
      },
      { when: () => true },
    )
    .safeParse(toValue(raw));
  const issues = result.error?.issues ?? [];
  const unsound = issues.flatMap(pathsOf);
  return {
    value: value as z.output<S>,
    isComplete: result.success,
    problems: toProblems(issues, { raw, schema, ...options }),
    // Of a list that is much too long zod looks at nothing else, and no value comes of it.
    isSound: (path) => value !== undefined && !unsound.some((wrong) => isWithin(path, wrong) || isWithin(wrong, path)),
  };
}

function pathsOf(issue: Issue): Path[] {
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
}

function isWithin(path: Path, other: Path): boolean {
  return other.every((key, index) => key === path[index]);
}

/** What zod found wrong, as a user reads it. `prefix` is the path of the value that was checked. */
export function toProblems(
  issues: readonly Issue[],
  context: ParseOptions & {
    readonly raw: Raw;
    readonly schema: z.ZodType;
    readonly prefix?: Path;
    /** Keys that belong beside those of the schema. */
    readonly otherKeys?: readonly string[];
  },
): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    const path = [...(context.prefix ?? []), ...issue.path];
    const found = rawAt(context.raw, path);
    if (found?.type === 'scalar' && found.isReported) return [];
    if (issue.code === 'unrecognized_keys') return unknownKeys(issue, path, context);
    if (isMissing(issue, found)) {
      return [problemOf(`${showPath(path)} is missing`, context.missingHint?.(path), locate(context.raw, path))];
    }
    if (isUnquotedTemplate(issue, found)) {
      return [problemAt(context.raw, path, 'YAML reads this template as a map', templateHint)];
    }
    return wrongValue(issue, path, context.raw);
  });
}

function unknownKeys(
  issue: z.core.$ZodIssueUnrecognizedKeys,
  path: Path,
  {
    raw,
    schema,
    otherKeys = [],
  }: { readonly raw: Raw; readonly schema: z.ZodType; readonly otherKeys?: readonly string[] },
): Problem[] {
  const known = [...knownKeys(schema, issue.path), ...(issue.path.length === 0 ? otherKeys : [])];
  return issue.keys.map((key) => unknownKey(raw, [...path, key], known));
}

/** A key that nothing reads. */
export function unknownKey(raw: Raw, path: Path, known: readonly string[]): Problem {
  return problemOf(`${showPath(path)} is not a known key`, keyHint(String(path.at(-1)), known), locateKey(raw, path));
}

function isMissing(issue: Issue, found: Raw | undefined): boolean {
  return issue.code === 'custom'
    ? issue.params?.missing === true
    : issue.code === 'invalid_type' && found === undefined;
}

/** `{{ node.name }}` without quotes is, to YAML, a map with a map as its key. */
function isUnquotedTemplate(issue: Issue, found: Raw | undefined): boolean {
  if (issue.code !== 'custom' && issue.code !== 'invalid_type') return false;
  return found !== undefined && found.type !== 'scalar' && /^\{[{%]/.test(found.source);
}

/** A value that the schema does not accept. */
function wrongValue(issue: Issue, path: Path, raw: Raw): Problem[] {
  const node = rawAt(raw, path);
  const found = node && toValue(node);
  const at = (message: string, hint?: string): Problem[] => [problemAt(raw, path, message, hint)];
  /** A sentence of which the path is the subject. */
  const sentence = (predicate: string, hint?: string): Problem[] => [
    problemOf(`${showPath(path)} ${predicate}`, hint, locate(raw, path)),
  ];
  switch (issue.code) {
    case 'custom': {
      const { hint, predicate } = issue.params ?? {};
      const help = typeof hint === 'string' ? hint : undefined;
      return predicate === true ? sentence(issue.message, help) : at(issue.message, help);
    }
    case 'invalid_type': {
      const expected = typeNames[issue.expected] ?? issue.expected;
      return at(`${show(found)} is not ${expected}`, typeHint(issue.expected, found, node?.source ?? ''));
    }
    case 'invalid_value': {
      const words = issue.values.map(String);
      const match = typeof found === 'string' ? nearest(found, words) : undefined;
      return at(
        `${show(found)} is not one of ${words.join(', ')}`,
        match === undefined ? undefined : `did you mean "${match}"?`,
      );
    }
    case 'too_small':
      if (found === '') return sentence('is empty');
      return Array.isArray(found)
        ? sentence(`needs at least ${issue.minimum}`)
        : at(`${show(found)} is below ${issue.minimum}`);
    case 'too_big':
      return Array.isArray(found)
        ? sentence(`can have ${issue.maximum} at most`)
        : at(`${show(found)} is above ${issue.maximum}`);
    case 'invalid_union': {
      // An alternative whose complaints lie deeper was the one that was meant.
      const meant = issue.errors.find((errors) => errors.length > 0 && errors.every((inner) => inner.path.length > 0));
      if (meant !== undefined) return toProblems(meant, { raw, schema: z.unknown(), prefix: path });
      const wanted = issue.errors.flatMap(([first]) => (first === undefined ? [] : [alternative(first)]));
      return at(`${show(found)} is not ${wanted.join(' or ') || 'allowed here'}`);
    }
    case 'invalid_key': {
      const [wrong] = issue.issues;
      const hint = wrong?.code === 'custom' ? wrong.params?.hint : undefined;
      return at(wrong?.message ?? issue.message, typeof hint === 'string' ? hint : undefined);
    }
    default:
      return at(issue.message);
  }
}

/** The keys of a strict object schema. */
export function keysOf(schema: z.ZodType): string[] {
  const object = unwrap(schema);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

function knownKeys(schema: z.ZodType, path: Path): string[] {
  let current = unwrap(schema);
  for (const key of path) {
    const next = childSchema(current, key);
    if (next === undefined) return [];
    current = unwrap(next);
  }
  return keysOf(current);
}

function childSchema(schema: z.ZodType, key: PropertyKey): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) return asSchema(schema.shape[String(key)]);
  if (schema instanceof z.ZodArray) return asSchema(schema.element);
  if (schema instanceof z.ZodRecord) return asSchema(schema.valueType);
  return undefined;
}

function unwrap(schema: z.ZodType): z.ZodType {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable
  ) {
    return unwrap(asSchema(schema.unwrap()) ?? schema);
  }
  if (schema instanceof z.ZodPipe) return unwrap(asSchema(schema.in) ?? schema);
  return schema;
}

function asSchema(value: unknown): z.ZodType | undefined {
  return value instanceof z.ZodType ? value : undefined;
}

function keyHint(key: string, known: readonly string[]): string {
  // `fail_below` and `failBelow` are further off by letters than they are by meaning.
  const kebab = key
    .replaceAll('_', '-')
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase();
  return suggest(known.includes(kebab) ? kebab : key, known);
}

function alternative(issue: Issue): string {
  if (issue.code === 'invalid_value') return issue.values.map(String).join(' or ');
  if (issue.code === 'invalid_type') return typeNames[issue.expected] ?? issue.expected;
  return issue.message;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys and values',
  record: 'a map of keys and values',
};

function typeHint(expected: string, found: unknown, source: string): string | undefined {
  if (expected === 'string' && (typeof found === 'number' || typeof found === 'boolean'))
    return `put it in quotes: "${source}"`;
  if (expected === 'array' && typeof found === 'string') return `write [${found}]`;
  if (expected === 'boolean' && typeof found === 'string') return 'write true or false, without quotes';
  return undefined;
}
