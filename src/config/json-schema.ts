import { z } from 'zod';
import type { FaultSchema } from '../model/fault-schema.ts';
import {
  brokerSchema,
  chaosFileSchema,
  faultEntrySchema,
  planEntrySchema,
  planSchema,
  scenarioSchema,
} from './schema.ts';

/** Where editors find the published schemas. */
export const schemaFolder = 'https://raw.githubusercontent.com/org/chaos-action/main/schema';

/** What editors check chaos.yml by. */
export function chaosJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(chaosFileSchema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema, path }) => {
      // A port is written as a number or as text in env, and both reach the broker as the same text.
      if (zodSchema instanceof z.ZodRecord && path.at(-1) === 'env') jsonSchema.additionalProperties = scalar;
      if (zodSchema instanceof z.ZodPrefault) describeDefault(jsonSchema);
      // The file, its preset and the command line must say these together.
      if (zodSchema === chaosFileSchema || zodSchema === brokerSchema) delete jsonSchema.required;
      allowReferences(jsonSchema);
    },
  });
  return titled(schema, 'chaos.schema.json', 'chaos.yml of chaos-action');
}

/** What editors check scenario files by; each fault kind brings its own parameters. */
export function scenarioJsonSchema(faultKinds: ReadonlyMap<string, FaultSchema>): Record<string, unknown> {
  const shared: Record<string, JsonSchema> = {};
  const schema = z.toJSONSchema(scenarioSchema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema, path }) => {
      if (zodSchema instanceof z.ZodRecord && path.at(-1) === 'parameters') jsonSchema.additionalProperties = scalar;
      if (zodSchema instanceof z.ZodPrefault) describeDefault(jsonSchema);
      if (zodSchema === faultEntrySchema) {
        for (const [key, value] of Object.entries(jsonSchema.properties ?? {})) {
          if (key !== 'kind' && typeof value === 'object') shared[key] = value;
        }
        for (const key of ['type', 'properties', 'required', 'additionalProperties'] as const) delete jsonSchema[key];
        jsonSchema.oneOf = [...faultKinds.values()].map((kind) => faultJsonSchema(kind, Object.keys(shared)));
      }
      allowTemplates(jsonSchema);
    },
  });
  return titled({ ...schema, $defs: shared }, 'scenario.schema.json', 'Scenario of chaos-action');
}

/** What editors check plans by. */
export function planJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(planSchema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema instanceof z.ZodRecord) jsonSchema.additionalProperties = scalar;
      if (zodSchema instanceof z.ZodPrefault) describeDefault(jsonSchema);
      if (zodSchema === planEntrySchema) {
        const entry = { ...jsonSchema };
        for (const key of Object.keys(entry)) Reflect.deleteProperty(jsonSchema, key);
        jsonSchema.anyOf = [{ type: 'string', minLength: 1, description: 'A scenario as it is' }, entry];
      }
    },
  });
  return titled(schema, 'plan.schema.json', 'Plan of chaos-action');
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

const scalar: JsonSchema = { type: ['string', 'number', 'boolean'] };

function faultJsonSchema(kind: FaultSchema, shared: readonly string[]): JsonSchema {
  const { properties, required } = z.toJSONSchema(kind.parameters, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema instanceof z.ZodPrefault) describeDefault(jsonSchema);
      allowTemplates(jsonSchema);
    },
  });
  return {
    type: 'object',
    description: kind.summary,
    properties: {
      kind: { const: kind.kind, description: kind.summary },
      ...Object.fromEntries(shared.map((key) => [key, { $ref: `#/$defs/${key}` }])),
      ...properties,
    },
    required: ['kind', ...(kind.strikes === 'nodes' ? ['on'] : []), ...(required ?? [])],
    additionalProperties: false,
  };
}

/** Editors show a description, and not all of them the default beside it. An empty map or list is none to speak of. */
function describeDefault(schema: JsonSchema): void {
  const { default: value, description } = schema;
  if (typeof value === 'object' && value !== null && Object.keys(value).length === 0) {
    delete schema.default;
    return;
  }
  const text = `default ${Array.isArray(value) ? `[${value.join(', ')}]` : value}`;
  schema.description = description === undefined ? text : `${description}; ${text}`;
}

/** `"{{ delay }}"` stands wherever a value does. */
function allowTemplates(schema: JsonSchema): void {
  if (schema.type === 'integer') {
    schema.type = ['integer', 'string'];
    schema.pattern = '^-?\\d+$';
  }
  widen(schema, '\\{\\{|\\{%');
}

/** So does `${NAME}`. */
function allowReferences(schema: JsonSchema): void {
  widen(schema, '\\$\\{');
}

function widen(schema: JsonSchema, marker: string): void {
  for (const inner of schema.anyOf ?? []) if (typeof inner === 'object') widen(inner, marker);
  if (typeof schema.pattern === 'string' && !schema.pattern.includes(marker))
    schema.pattern = `${schema.pattern}|${marker}`;
  // The pattern is for text alone, the bounds for numbers.
  if (schema.type === 'integer') Object.assign(schema, { type: ['integer', 'string'], pattern: marker });
}

function titled(schema: JsonSchema, file: string, title: string): Record<string, unknown> {
  const { $schema, ...rest } = schema;
  return { $schema, $id: `${schemaFolder}/${file}`, title, ...rest };
}
