import { z } from 'zod';
import type { Problem } from '../base/error.ts';
import { nearest, suggest } from './nearest.ts';
import { type Path, templateHint, type YamlFile } from './yaml-file.ts';
import { show } from './zod-units.ts';

type Issue = z.core.$ZodIssue;

/** What zod found wrong, as a user reads it. `prefix` is where in the file the checked value stands. */
export function toProblems(
  issues: readonly Issue[],
  context: {
    readonly yaml: YamlFile;
    readonly schema: z.ZodType;
    /** The value that was checked. */
    readonly value: unknown;
    readonly prefix?: Path;
    /** Keys that belong beside those of the schema. */
    readonly otherKeys?: readonly string[];
  },
): Problem[] {
  const { yaml, schema, value, prefix = [], otherKeys = [] } = context;
  return issues.flatMap((issue): Problem[] => {
    const path = [...prefix, ...issue.path];
    const name = showPath(path);
    const subject = name === '' ? '' : `${name}: `;
    const found = valueAt(value, issue.path);
    switch (issue.code) {
      case 'unrecognized_keys': {
        const known = [...knownKeys(schema, issue.path), ...(issue.path.length === 0 ? otherKeys : [])];
        return issue.keys.map((key) => ({
          message: `${showPath([...path, key])} is not a known key`,
          hint: keyHint(key, known),
          location: yaml.locateKey([...path, key]),
        }));
      }
      case 'custom': {
        if (issue.params?.missing === true) return [missing(yaml, path)];
        if (isUnquotedTemplate(found, yaml.sourceOf(path))) return [unquotedTemplate(yaml, path)];
        const hint: unknown = issue.params?.hint;
        return [
          {
            message: `${subject}${issue.message}`,
            ...(typeof hint === 'string' ? { hint } : {}),
            location: yaml.locate(path),
          },
        ];
      }
      case 'invalid_type': {
        if (found === undefined) return [missing(yaml, path)];
        if (isUnquotedTemplate(found, yaml.sourceOf(path))) return [unquotedTemplate(yaml, path)];
        const hint = typeHint(issue.expected, found, yaml.sourceOf(path));
        return [
          {
            message: `${subject}${show(found)} is not ${typeNames[issue.expected] ?? issue.expected}`,
            ...(hint === undefined ? {} : { hint }),
            location: yaml.locate(path),
          },
        ];
      }
      case 'invalid_value': {
        const words = issue.values.map(String);
        const match = typeof found === 'string' ? nearest(found, words) : undefined;
        return [
          {
            message: `${subject}${show(found)} is not one of ${words.join(', ')}`,
            ...(match === undefined ? {} : { hint: `did you mean "${match}"?` }),
            location: yaml.locate(path),
          },
        ];
      }
      case 'too_small':
        if (found === '') return [{ message: `${name} is empty`, location: yaml.locate(path) }];
        if (Array.isArray(found))
          return [{ message: `${name} needs at least ${issue.minimum}`, location: yaml.locate(path) }];
        return [{ message: `${subject}${show(found)} is below ${issue.minimum}`, location: yaml.locate(path) }];
      case 'too_big':
        if (Array.isArray(found))
          return [{ message: `${name} can have ${issue.maximum} at most`, location: yaml.locate(path) }];
        return [{ message: `${subject}${show(found)} is above ${issue.maximum}`, location: yaml.locate(path) }];
      case 'invalid_union': {
        // An alternative whose complaints lie deeper was the one that was meant.
        const meant = issue.errors.find(
          (errors) => errors.length > 0 && errors.every((inner) => inner.path.length > 0),
        );
        if (meant !== undefined) return toProblems(meant, { yaml, schema: z.unknown(), value: found, prefix: path });
        const wanted = issue.errors.flatMap(([first]) => (first === undefined ? [] : [alternative(first)]));
        return [
          {
            message: `${subject}${show(found)} is not ${wanted.join(' or ') || 'allowed here'}`,
            location: yaml.locate(path),
          },
        ];
      }
      default:
        return [{ message: `${subject}${issue.message}`, location: yaml.locate(path) }];
    }
  });
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

function missing(yaml: YamlFile, path: Path): Problem {
  return { message: `${showPath(path)} is missing`, location: yaml.locate(path) };
}

/** `{{ node.name }}` without quotes is, to YAML, a map with a map as its key. */
function isUnquotedTemplate(found: unknown, source: string): boolean {
  return typeof found === 'object' && found !== null && /^\{[{%]/.test(source);
}

function unquotedTemplate(yaml: YamlFile, path: Path): Problem {
  return {
    message: `${showPath(path)}: YAML reads this template as a map`,
    hint: templateHint,
    location: yaml.locate(path),
  };
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

function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = Reflect.get(current, key);
  }
  return current;
}

/**
 * A copy of the value without what the issues complain of, so that the rest can be checked in the same round. From a list the
 * whole list goes, since its items would move.
 */
export function withoutIssues(value: unknown, issues: readonly Issue[]): { value: unknown; removed: Path[] } {
  const copy: unknown = structuredClone(value);
  const paths = issues.flatMap((issue): Path[] =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path],
  );
  const removed: Path[] = [];
  for (const path of paths) {
    const list = path.findIndex((key) => typeof key === 'number');
    const whole = list === -1 ? path : path.slice(0, list);
    const last = whole.at(-1);
    const parent = valueAt(copy, whole.slice(0, -1));
    removed.push(whole);
    if (last !== undefined && typeof parent === 'object' && parent !== null) Reflect.deleteProperty(parent, last);
  }
  return { value: copy, removed };
}
