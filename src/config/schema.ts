import { normalize } from 'node:path';
import { z } from 'zod';
import { checks } from '../checks/registry.ts';
import { profileNames } from '../model/flow-kinds.ts';
import { dimensions, severities, type Target, tiers } from '../model/scenario.ts';
import type { Topology } from '../model/topology.ts';
import { nearest, suggest } from './nearest.ts';
import {
  atLeastShare,
  atMostDuration,
  bytes,
  bytesBetween,
  duration,
  oneOf,
  operationRate,
  type Reading,
  readDuration,
  reading,
  show,
  wholeNumber,
} from './zod-units.ts';

/** The invariants that a known issue can name: every check that there is. */
export const invariantIds: readonly string[] = checks.map(({ id }) => id);

/** More nodes than this mean more proxies than one machine keeps up with: two a pair and a port. */
export const maxNodes = 15;

const text = z.string().min(1);

/** Text that lists, reports and the terminal show as it is. */
const line = text.refine((value) => /^\P{Cc}*$/u.test(value), 'contains a line break or a control character');

const kebabName = reading<string>({ type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }, (value) =>
  typeof value === 'string' && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value)
    ? { value }
    : {
        message: `${show(value)} is not a name`,
        hint: 'use lowercase letters, digits and single hyphens, as in node-kill',
      },
);

/** A peer offers its ports beside these of its own, so no port can be called that. */
const reservedPortNames = ['name', 'index', 'host', 'ports'];

const portName = reading<string>({ type: 'string', pattern: '^[a-z][a-z0-9_]*$' }, (value) => {
  if (typeof value !== 'string' || !/^[a-z][a-z0-9_]*$/.test(value)) {
    const number = typeof value === 'number' || /^\d+$/.test(String(value));
    return {
      message: `${show(value)} is not a name of a port`,
      hint: number
        ? 'the tool picks a free port: write a name, such as mqtt, and use {{ node.ports.mqtt }}'
        : 'use lowercase letters, digits and underscores, as in mqtt',
    };
  }
  if (reservedPortNames.includes(value))
    return { message: `"${value}" cannot name a port`, hint: 'a peer has a property of that name' };
  return { value };
});

const portList = z
  .array(portName)
  .max(64)
  .superRefine((names, context) => {
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) !== index)
        context.addIssue({ code: 'custom', message: `"${name}" is named twice`, path: [index] });
    }
  });

function readFileName(name: string): Reading<string> {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
  if (/[\x00-\x1f\x7f]/.test(name))
    return {
      message: `${JSON.stringify(name)} contains a control character`,
      hint: 'name a file as in broker.conf',
    };
  const outside = name.startsWith('/') || name.split(/[/\\]/).includes('..') || name === '';
  return outside
    ? { message: `"${name}" is outside the node's folder`, hint: 'name a file inside it, as in broker.conf' }
    : { value: name };
}

/** `a` and `a/b` of `a/b/c`. */
function foldersOf(name: string): string[] {
  const parts = name.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

const files = z.record(z.string(), z.string()).superRefine((entries, context) => {
  const names = new Set(Object.keys(entries).map((name) => normalize(name)));
  for (const name of Object.keys(entries)) {
    const folder = foldersOf(normalize(name)).find((one) => names.has(one));
    if (folder !== undefined) {
      const message = `"${folder}" cannot be a file and a folder with "${name}" in it`;
      context.addIssue({ code: 'custom', message, path: [name] });
    }
    const result = readFileName(name);
    if ('value' in result) continue;
    const { message, hint } = result;
    context.addIssue({ code: 'custom', message, path: [name], params: { hint } });
  }
});

const fileMode = reading<number>(
  { type: 'string', pattern: '^0?[0-7]{3}$', description: 'Permissions in octal: "0400"' },
  (value) => {
    const digits = String(value).padStart(3, '0');
    return /^0?[0-7]{3}$/.test(digits)
      ? { value: Number.parseInt(digits, 8) }
      : { message: `${show(value)} is not a mode of a file`, hint: 'write three octal digits, as in "0400"' };
  },
);

const environment = z.record(z.string(), z.string()).superRefine((entries, context) => {
  for (const name of Object.keys(entries)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      context.addIssue({ code: 'custom', message: `"${name}" is not a name of an environment variable`, path: [name] });
    }
  }
});

const invariant = reading<string>({ enum: invariantIds, description: 'The name of an invariant' }, (value) => {
  const found = invariantIds.find((id) => id === value);
  return found === undefined
    ? { message: `there is no invariant ${show(value)}`, hint: suggest(String(value), invariantIds, 'invariants') }
    : { value: found };
});

const knownIssue = z.strictObject({
  invariant,
  scenario: text.optional().meta({ description: 'Absent means every scenario' }),
  role: oneOf(['publisher', 'subscriber'])
    .optional()
    .meta({ description: 'Applies only to violations of clients of this role; absent means both' }),
  client: text.optional().meta({
    description: 'Applies only to violations of this client, named as in reports; * matches anything, as in live-*',
  }),
  why: line.meta({ description: 'A link to the issue, or the reason' }),
});

/** What each process that is waited for can be asked for. */
const readySigns = {
  http: text.optional().meta({ description: 'Ready needs this address to answer 200. Liquid template' }),
  log: text.optional().meta({ description: 'Ready needs a line of output that holds this text. Liquid template' }),
  command: text.optional().meta({ description: 'Ready needs this shell command to exit with 0. Liquid template' }),
  within: duration.prefault('30s').meta({ description: 'How long it may take to be ready' }),
};

const ready = z
  .strictObject({
    mqtt: z.boolean().prefault(true).meta({ description: 'Ready needs an MQTT connection to be accepted' }),
    ...readySigns,
  })
  .refine(({ mqtt, http, log, command }) => mqtt || [http, log, command].some((sign) => sign !== undefined), {
    message: 'has no condition',
    params: { predicate: true, hint: 'leave mqtt: true, or give http, log or command' },
  });

/** Logs and templates go by the name of a service. */
const serviceName = portName.refine((name) => !/^(node\d+|build)$/.test(name), 'a log of another thing has this name');

const service = z.strictObject({
  start: text.meta({ description: 'Shell command that runs the service in the foreground. Liquid template' }),
  env: environment.prefault({}).meta({ description: 'Environment variables of the service. Liquid templates' }),
  ports: portList.prefault([]).meta({
    description: 'Names of its TCP ports. The tool picks a free port for each: {{ services.NAME.ports.PORT }}',
  }),
  ready: z.strictObject(readySigns).prefault({}).meta({
    description:
      'When the service counts as ready: all that is given here must hold. Nothing: as soon as it is started',
  }),
});

const startOrder = reading<'together' | 'one-by-one' | { readonly everyMs: number }>(
  {
    anyOf: [{ enum: ['together', 'one-by-one'] }, { type: 'string', pattern: '^\\d+(\\.\\d+)? *(us|ms|s|m|h)$' }],
    description: 'together, one-by-one or a duration',
  },
  (value) => {
    if (value === 'together' || value === 'one-by-one') return { value };
    const time = readDuration(value);
    if (!('value' in time))
      return { message: `${show(value)} is not an order`, hint: 'write together, one-by-one or a duration' };
    return time.value > 0
      ? { value: { everyMs: time.value } }
      : { message: 'no time lies between two nodes', hint: 'write together' };
  },
);

const tls = z
  .strictObject({
    ca: text.optional().meta({
      description:
        "File with the certificate authority that the nodes' certificates are checked by, in the place of those of the machine. Liquid template",
    }),
    'server-name': line.optional().meta({
      description: 'The name that the certificates must be for, and that is asked for (SNI); default 127.0.0.1',
    }),
    verify: z.boolean().optional().meta({ description: 'false: any certificate is taken; default true' }),
  })
  .superRefine(({ ca, 'server-name': serverName, verify }, context) => {
    if (verify !== false) return;
    for (const [key, value] of Object.entries({ ca, 'server-name': serverName }))
      if (value !== undefined)
        context.addIssue({
          code: 'custom',
          message: 'has no effect with verify: false',
          path: [key],
          params: { predicate: true, hint: `leave verify or ${key} away` },
        });
  });

const mqtt = z
  .strictObject({
    version: reading<4 | 5>({ enum: [4, 5] }, readMqttVersion)
      .prefault(4)
      .meta({ description: '4 for MQTT 3.1.1, 5 for MQTT 5.0' }),
    transport: oneOf(['tcp', 'ws']).prefault('tcp').meta({ description: 'ws: MQTT over WebSocket' }),
    path: text
      .refine((path) => path.startsWith('/'), {
        message: 'must begin with /',
        params: { predicate: true, hint: 'write /mqtt' },
      })
      .optional()
      .meta({ description: 'Path of the WebSocket; default /mqtt' }),
    tls: tls
      .optional()
      .meta({ description: 'Over TLS. With transport: ws this is wss. {} trusts what the machine trusts' }),
    username: text.optional(),
    password: text.optional().meta({ description: `Take it from the environment: \${NAME}` }),
  })
  .refine(({ transport, path }) => transport === 'ws' || path === undefined, {
    message: 'is for transport: ws only',
    path: ['path'],
    params: { predicate: true, hint: 'leave it out, or set transport: ws' },
  });

const topology = reading<Topology>(
  {
    anyOf: [
      { type: 'string', enum: ['full', 'single'] },
      {
        type: 'object',
        properties: {
          star: {
            type: 'object',
            properties: { hub: { type: 'string' } },
            required: ['hub'],
            additionalProperties: false,
          },
        },
        required: ['star'],
        additionalProperties: false,
      },
      {
        type: 'object',
        properties: {
          bridges: {
            type: 'array',
            minItems: 1,
            items: { type: 'array', minItems: 2, maxItems: 2, items: { type: 'string' } },
          },
        },
        required: ['bridges'],
        additionalProperties: false,
      },
    ],
  },
  readTopology,
);

const need = z.strictObject({
  program: line.meta({ description: 'A name that is looked for in the folders of PATH, or a whole path' }),
  get: line.meta({ description: 'How to get it' }),
});

export const brokerSchema = z.strictObject({
  preset: text.optional().meta({ description: 'A shipped description of a broker; keys given here override its own' }),
  name: line.optional().meta({ description: 'The name of the broker in reports' }),
  needs: z.array(need).prefault([]).meta({
    description: 'Programs that build and start call; the run ends before the build where one is missing',
  }),
  build: text
    .optional()
    .meta({ description: 'Shell command run once, in the folder that chaos-action runs in, before anything boots' }),
  'build-within': duration.prefault('10m').meta({ description: 'How long the build may take' }),
  start: text.meta({ description: 'Command that runs one node in the foreground. Liquid template' }),
  prepare: text.optional().meta({
    description: 'Shell command run once for each node, before its first start. Liquid template; empty: nothing is run',
  }),
  join: text.optional().meta({
    description:
      'Shell command run once for each node in turn, when all nodes are ready. Liquid template; empty: nothing is run',
  }),
  'start-order': startOrder.prefault('together').meta({
    description:
      'one-by-one: a node is started when the one before it is ready; a duration: so long after the one before it',
  }),
  'working-directory': text.optional().meta({
    description:
      'The folder that the commands of a node run in; default the folder that chaos-action runs in. Liquid template',
  }),
  services: z.record(serviceName, service).prefault({}).meta({
    description:
      'Helper processes of the whole cluster by name, which start before the nodes and are struck by no fault',
  }),
  env: environment.prefault({}).meta({ description: 'Environment variables of a node. Liquid templates' }),
  files: files
    .prefault({})
    .meta({ description: "Files written into the node's own folder before it starts. Liquid templates" }),
  'file-modes': z
    .record(z.string(), fileMode)
    .prefault({})
    .meta({ description: 'Permissions of files by their name, such as "0400"; default 0644, less the umask' }),
  ports: portList.prefault(['mqtt']).meta({
    description:
      'Names of the TCP ports of a node. The tool picks a free port for each: {{ node.ports.NAME }}. mqtt is always one of them',
  }),
  'peer-ports': portList.optional().meta({
    description:
      'The ports that nodes use among themselves, reached through link proxies; default [cluster] if there is such a port',
  }),
  ready: ready.prefault({}).meta({ description: 'When a node counts as ready: all that is given here must hold' }),
  metrics: text.optional().meta({ description: 'Address that answers in the Prometheus text format. Liquid template' }),
  stop: oneOf(['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGKILL'])
    .prefault('SIGTERM')
    .meta({ description: 'Signal that stops a node' }),
  'stop-within': duration.prefault('10s').meta({ description: 'After this a node that has not stopped is killed' }),
  // A client notices a dead connection after 1.5 times its keepalive of 5 s; what a broker sends again then, it sends at once.
  'redeliver-within': duration.prefault('8s').meta({
    description:
      'The longest that the broker waits before it sends an unacknowledged message again; a message is not called lost sooner',
  }),
  mqtt: mqtt.prefault({}).meta({ description: 'How the workload connects' }),
  links: oneOf(['proxy', 'transparent', 'direct']).prefault('proxy').meta({
    description:
      'proxy: peers are reached through proxies that faults act on; transparent: the same, though nodes dial one another directly (needs root or sudo); direct: no proxies, scenarios that strike links are skipped',
  }),
  topology: topology.optional().meta({
    description:
      'Which nodes are linked; default full, each with each. What the shape makes impossible while a fault is in force is not held against the broker',
  }),
  grpc: z.boolean().optional().meta({
    description:
      'Whether the nodes call each other by gRPC; false skips the faults of calls. Absent: it is seen in the run',
  }),
  'known-issues': z.array(knownIssue).prefault([]).meta({
    description: 'Violations that are reported but never fail the run; reported too when they stop happening',
  }),
});

/** chaos.yml, merged with its preset, which has the same form, and with the command line. The defaults are those of the product. */
export const chaosFileSchema = z.strictObject({
  broker: brokerSchema,
  cluster: z
    .strictObject({
      nodes: wholeNumber({ min: 1, max: maxNodes }).prefault(3).meta({ description: 'Nodes of the cluster' }),
    })
    .prefault({}),
  workload: z
    .strictObject({
      profile: oneOf(profileNames)
        .prefault('mixed')
        .meta({ description: 'What the clients do: all kinds of traffic, or streams and one other kind' }),
      rate: operationRate.prefault('300/s').meta({ description: 'Messages published in all' }),
      payload: bytes.prefault('128B').meta({ description: 'Size of a message' }),
    })
    .prefault({}),
  score: z
    .strictObject({
      'fail-below': reading<number>({ type: 'number', minimum: 0, maximum: 10 }, readScore)
        .optional()
        .meta({ description: 'The run fails when the score, 0 to 10, is below this' }),
    })
    .prefault({}),
  logs: z
    .strictObject({
      keep: bytesBetween(64 * 1_024, 16 * 1_024 ** 3)
        .prefault('64MiB')
        .meta({ description: 'Of a longer log the first half of this and the newest is kept' }),
    })
    .prefault({})
    .meta({ description: 'Logs of the nodes and of the build' }),
});

/** What chaos.yml, its preset and the command line say together, every default filled in. */
export type ChaosFile = z.infer<typeof chaosFileSchema>;

const choices = ['any', 'minority', 'majority', 'all'] as const;
const links = ['links.cluster', 'links.clients'] as const;
export const targetWords = [...links, ...choices];
const targetHint = `write ${targetWords.join(', ')}, { nodes: [node1] } or { from: node1, to: node2 }`;

/** Where a fault strikes; the published schema says it as alternatives, the messages as one sentence. */
export const target = reading<Target>(
  {
    description: 'Where the fault strikes; any and the other choices are drawn from the seed of the run',
    anyOf: [
      { type: 'string', enum: targetWords },
      {
        type: 'object',
        properties: { nodes: { type: 'array', items: { type: 'string' }, minItems: 1 } },
        required: ['nodes'],
        additionalProperties: false,
      },
      {
        type: 'object',
        properties: { from: { type: 'string' }, to: { type: 'string' } },
        required: ['from', 'to'],
        additionalProperties: false,
      },
    ],
  },
  readTarget,
);

function readTarget(value: unknown): Reading<Target> {
  if (typeof value === 'string') {
    if (value === 'links.cluster') return { value: { type: 'links', which: 'cluster' } };
    if (value === 'links.clients') return { value: { type: 'links', which: 'clients' } };
    const choice = choices.find((word) => word === value);
    if (choice !== undefined) return { value: { type: 'choice', choice } };
    const message = `"${value}" is not a target`;
    if (/^node\d+$/.test(value)) return { message, hint: `write { nodes: [${value}] }` };
    const near = nearest(value, targetWords);
    return { message, hint: near === undefined ? targetHint : `did you mean "${near}"?` };
  }
  if (Array.isArray(value))
    return { message: 'a list is not a target', hint: `write { nodes: [${value.join(', ')}] }` };
  if (typeof value === 'object' && value !== null) {
    const entries: Record<string, unknown> = { ...value };
    const keys = Object.keys(entries).sort().join(',');
    if (keys === 'nodes') {
      const { nodes } = entries;
      if (typeof nodes === 'string') return { message: 'nodes is not a list', hint: `write { nodes: [${nodes}] }` };
      if (!Array.isArray(nodes) || nodes.length === 0)
        return { message: 'nodes names no node', hint: 'write { nodes: [node1] }' };
      const names = nodes.map(String);
      const twice = names.find((name, index) => names.indexOf(name) !== index);
      if (twice !== undefined) return { message: `nodes names ${twice} twice` };
      return { value: { type: 'nodes', nodes: names } };
    }
    if (keys === 'from,to') {
      const from = String(entries.from);
      const to = String(entries.to);
      if (from === to)
        return { message: `from and to are both ${from}`, hint: 'a path leads from one node to another' };
      return { value: { type: 'path', from, to } };
    }
  }
  return { message: `${show(value)} is not a target`, hint: targetHint };
}

const hold = reading<number | 'hold'>(
  {
    anyOf: [{ const: 'hold' }, { type: 'string', pattern: '^\\d+(\\.\\d+)? *(us|ms|s|m|h)$' }],
    description: 'hold: as long as the phase; or a duration',
  },
  (value) => {
    if (value === 'hold') return { value: 'hold' };
    const time = readDuration(value);
    if (!('value' in time)) return { message: time.message, hint: `${time.hint}; or write hold` };
    return time.value > 0 ? time : { message: 'a fault must last longer than 0', hint: 'write hold or a duration' };
  },
);

const positiveDuration = duration.refine((ms) => ms > 0, { message: 'must be longer than 0' });

/** Keys of a fault that are not parameters of its kind. */
export const faultKeys = ['kind', 'on', 'at', 'for', 'in-turn'] as const;

export const faultEntrySchema = z.looseObject({
  kind: text.meta({ description: 'What is done' }),
  on: target.optional(),
  at: duration.prefault('0s').meta({ description: 'When it begins, counted from the start of hold' }),
  for: hold.prefault('hold'),
  'in-turn': z
    .boolean()
    .prefault(false)
    .meta({ description: 'true: its nodes are struck one after the other, each for an equal share of the time' }),
});

export const scenarioSchema = z.strictObject({
  name: kebabName.meta({ description: 'The name that users give to --scenario' }),
  title: line.meta({ description: 'One line for lists and reports' }),
  tier: oneOf(tiers),
  severity: oneOf(severities),
  dimension: oneOf(dimensions).meta({ description: 'The dimension of the score that this tells something about' }),
  parameters: z
    .record(z.string(), z.string())
    .prefault({})
    .meta({ description: 'Values that {{ NAME }} stands for in the rest of the file, and --set NAME=VALUE changes' }),
  phases: z
    .strictObject({
      steady: positiveDuration.meta({ description: 'Load without fault' }),
      hold: positiveDuration.meta({ description: 'Load while the faults are in force' }),
      recover: positiveDuration.meta({
        description: 'Load after the heal; ends sooner when the cluster is steady again',
      }),
    })
    .meta({ description: 'How long each phase lasts' }),
  faults: z.array(faultEntrySchema).prefault([]).meta({ description: 'What is broken, and when; none in a baseline' }),
  expect: z
    .strictObject({
      availability: atLeastShare.meta({
        description: 'Share of the possible operations done in time during hold: ">= 99%"',
      }),
      'p99-latency': atMostDuration.meta({
        description: 'Latency during hold that 99% of the operations stay within: "<= 1s"',
      }),
      recovery: atMostDuration.meta({ description: 'Time from the heal until the cluster is steady again: "<= 5s"' }),
    })
    .meta({ description: 'The hypothesis: what a good cluster keeps' }),
});

export type ScenarioFile = z.infer<typeof scenarioSchema>;

/** One scenario of a plan; its name alone stands for `{ scenario: NAME }`. */
export const planEntrySchema = z.strictObject({
  scenario: text.meta({ description: 'A scenario by name, or the path of its file, relative to the plan' }),
  as: kebabName.optional().meta({ description: 'What reports call it, so that a scenario can be in the plan twice' }),
  set: z
    .record(z.string(), z.string())
    .prefault({})
    .meta({ description: 'Values of its parameters; they go before --set of the command line' }),
  duration: positiveDuration.optional().meta({ description: "How long hold lasts, instead of the scenario's own" }),
  stage: line
    .optional()
    .meta({ description: 'The part of a game day that it belongs to, as the one before it if absent' }),
});

export const planSchema = z.strictObject({
  name: kebabName.meta({ description: 'The name of the plan in reports' }),
  title: line.meta({ description: 'One line for lists' }),
  'abort-on': oneOf(['fail'])
    .optional()
    .meta({ description: 'fail: the scenarios after the first that fails are skipped' }),
  scenarios: z.array(planEntrySchema).min(1).meta({ description: 'What runs, in this order' }),
});

export type PlanFile = z.infer<typeof planSchema>;
export type PlanEntry = z.infer<typeof planEntrySchema>;

const topologyHint = 'write full, single, { star: { hub: node1 } } or { bridges: [[node1, node2]] }';

function readTopology(value: unknown): Reading<Topology> {
  const wrong = { message: `${show(value)} is not a topology`, hint: topologyHint };
  if (value === 'full' || value === 'single') return { value: { type: value } };
  if (typeof value !== 'object' || value === null) return wrong;
  const { star, bridges, ...rest }: { star?: unknown; bridges?: unknown } = value;
  if (Object.keys(rest).length > 0 || (star === undefined) === (bridges === undefined)) return wrong;
  if (bridges === undefined) {
    const hub = typeof star === 'object' && star !== null && 'hub' in star ? star.hub : undefined;
    return typeof hub === 'string' ? { value: { type: 'star', hub } } : wrong;
  }
  if (!Array.isArray(bridges) || bridges.length === 0) return wrong;
  const pairs = bridges.flatMap((pair: unknown): [string, string][] =>
    Array.isArray(pair) && pair.length === 2 && pair[0] !== pair[1] ? [[String(pair[0]), String(pair[1])]] : [],
  );
  return pairs.length === bridges.length ? { value: { type: 'bridges', pairs } } : wrong;
}

function readMqttVersion(value: unknown): Reading<4 | 5> {
  const written = String(value);
  if (written === '4') return { value: 4 };
  if (written === '5') return { value: 5 };
  return { message: `${show(value)} is not a version of MQTT`, hint: 'write 4 for MQTT 3.1.1 or 5 for MQTT 5.0' };
}

function readScore(value: unknown): Reading<number> {
  const score = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof score !== 'number' || Number.isNaN(score))
    return { message: `${show(value)} is not a score`, hint: 'write a number from 0 to 10' };
  if (score < 0 || score > 10) return { message: `${score} is out of range`, hint: 'a score lies between 0 and 10' };
  return { value: score };
}
