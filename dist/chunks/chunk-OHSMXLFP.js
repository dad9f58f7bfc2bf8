import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  templateHint
} from "./chunk-FHX7LMTH.js";
import {
  show
} from "./chunk-QBGJZPFF.js";
import {
  locate,
  locateKey,
  problemAt,
  problemOf,
  rawAt,
  showPath,
  toValue
} from "./chunk-YPF2GKCE.js";
import {
  nearest,
  suggest
} from "./chunk-SSPUT3OG.js";

// src/config/zod-problems.ts
import { z } from "#vendor/zod.js";
function parseRaw(schema, raw, options = {}) {
  let value;
  const result = schema.superRefine(
    (parsed) => {
      value = parsed;
    },
    { when: () => true }
  ).safeParse(toValue(raw));
  const issues = result.error?.issues ?? [];
  const unsound = issues.flatMap(pathsOf);
  return {
    value,
    isComplete: result.success,
    problems: toProblems(issues, { raw, schema, ...options }),
    // Of a list that is much too long zod looks at nothing else, and no value comes of it.
    isSound: (path) => value !== void 0 && !unsound.some((wrong) => isWithin(path, wrong) || isWithin(wrong, path))
  };
}
function pathsOf(issue) {
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
}
function isWithin(path, other) {
  return other.every((key, index) => key === path[index]);
}
function toProblems(issues, context) {
  return issues.flatMap((issue) => {
    const path = [...context.prefix ?? [], ...issue.path];
    const found = rawAt(context.raw, path);
    if (found?.type === "scalar" && found.isReported) return [];
    if (issue.code === "unrecognized_keys") return unknownKeys(issue, path, context);
    if (isMissing(issue, found)) {
      return [problemOf(`${showPath(path)} is missing`, context.missingHint?.(path), locate(context.raw, path))];
    }
    if (isUnquotedTemplate(issue, found)) {
      return [problemAt(context.raw, path, "YAML reads this template as a map", templateHint)];
    }
    return wrongValue(issue, path, context.raw);
  });
}
function unknownKeys(issue, path, {
  raw,
  schema,
  otherKeys = []
}) {
  const known = [...knownKeys(schema, issue.path), ...issue.path.length === 0 ? otherKeys : []];
  return issue.keys.map((key) => unknownKey(raw, [...path, key], known));
}
function unknownKey(raw, path, known) {
  return problemOf(`${showPath(path)} is not a known key`, keyHint(String(path.at(-1)), known), locateKey(raw, path));
}
function isMissing(issue, found) {
  return issue.code === "custom" ? issue.params?.missing === true : issue.code === "invalid_type" && found === void 0;
}
function isUnquotedTemplate(issue, found) {
  if (issue.code !== "custom" && issue.code !== "invalid_type") return false;
  return found !== void 0 && found.type !== "scalar" && /^\{[{%]/.test(found.source);
}
function wrongValue(issue, path, raw) {
  const node = rawAt(raw, path);
  const found = node && toValue(node);
  const at = (message, hint) => [problemAt(raw, path, message, hint)];
  const sentence = (predicate, hint) => [
    problemOf(`${showPath(path)} ${predicate}`, hint, locate(raw, path))
  ];
  switch (issue.code) {
    case "custom": {
      const { hint, predicate } = issue.params ?? {};
      const help = typeof hint === "string" ? hint : void 0;
      return predicate === true ? sentence(issue.message, help) : at(issue.message, help);
    }
    case "invalid_type": {
      const expected = typeNames[issue.expected] ?? issue.expected;
      return at(`${show(found)} is not ${expected}`, typeHint(issue.expected, found, node?.source ?? ""));
    }
    case "invalid_value": {
      const words = issue.values.map(String);
      const match = typeof found === "string" ? nearest(found, words) : void 0;
      return at(
        `${show(found)} is not one of ${words.join(", ")}`,
        match === void 0 ? void 0 : `did you mean "${match}"?`
      );
    }
    case "too_small":
      if (found === "") return sentence("is empty");
      return Array.isArray(found) ? sentence(`needs at least ${issue.minimum}`) : at(`${show(found)} is below ${issue.minimum}`);
    case "too_big":
      return Array.isArray(found) ? sentence(`can have ${issue.maximum} at most`) : at(`${show(found)} is above ${issue.maximum}`);
    case "invalid_union": {
      const meant = issue.errors.find((errors) => errors.length > 0 && errors.every((inner) => inner.path.length > 0));
      if (meant !== void 0) return toProblems(meant, { raw, schema: z.unknown(), prefix: path });
      const wanted = issue.errors.flatMap(([first]) => first === void 0 ? [] : [alternative(first)]);
      return at(`${show(found)} is not ${wanted.join(" or ") || "allowed here"}`);
    }
    case "invalid_key": {
      const [wrong] = issue.issues;
      const hint = wrong?.code === "custom" ? wrong.params?.hint : void 0;
      return at(wrong?.message ?? issue.message, typeof hint === "string" ? hint : void 0);
    }
    default:
      return at(issue.message);
  }
}
function keysOf(schema) {
  const object = unwrap(schema);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}
function knownKeys(schema, path) {
  let current = unwrap(schema);
  for (const key of path) {
    const next = childSchema(current, key);
    if (next === void 0) return [];
    current = unwrap(next);
  }
  return keysOf(current);
}
function childSchema(schema, key) {
  if (schema instanceof z.ZodObject) return asSchema(schema.shape[String(key)]);
  if (schema instanceof z.ZodArray) return asSchema(schema.element);
  if (schema instanceof z.ZodRecord) return asSchema(schema.valueType);
  return void 0;
}
function unwrap(schema) {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodNullable) {
    return unwrap(asSchema(schema.unwrap()) ?? schema);
  }
  if (schema instanceof z.ZodPipe) return unwrap(asSchema(schema.in) ?? schema);
  return schema;
}
function asSchema(value) {
  return value instanceof z.ZodType ? value : void 0;
}
function keyHint(key, known) {
  const kebab = key.replaceAll("_", "-").replace(/([a-z])([A-Z])/g, "$1-$2").toLowerCase();
  return suggest(known.includes(kebab) ? kebab : key, known);
}
function alternative(issue) {
  if (issue.code === "invalid_value") return issue.values.map(String).join(" or ");
  if (issue.code === "invalid_type") return typeNames[issue.expected] ?? issue.expected;
  return issue.message;
}
var typeNames = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a map of keys and values",
  record: "a map of keys and values"
};
function typeHint(expected, found, source) {
  if (expected === "string" && (typeof found === "number" || typeof found === "boolean"))
    return `put it in quotes: "${source}"`;
  if (expected === "array" && typeof found === "string") return `write [${found}]`;
  if (expected === "boolean" && typeof found === "string") return "write true or false, without quotes";
  return void 0;
}

export {
  parseRaw,
  toProblems,
  unknownKey,
  keysOf
};
