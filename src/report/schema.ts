import { z } from 'zod';
import type { RunRecord, ScenarioRecord } from '../model/record.ts';
import { dimensions, severities, tiers } from '../model/scenario.ts';

const count = z.int().nonnegative();
const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();
const figure = z.number().nullable();
const ms = z.number();
const score = z.number().min(0).max(10).nullable().describe('0 to 10; null means not measured');
const interval = z
  .tuple([z.number().min(0).max(10), z.number().min(0).max(10)])
  .readonly()
  .nullable()
  .describe('95% interval, block bootstrap over one-second windows; null means not measured');
const part = z.number().min(0).max(10);
const verdict = z.enum(['pass', 'fail', 'inconclusive', 'skipped']);
const phaseName = z.enum(['warm-up', 'steady', 'hold', 'recover', 'drain']);
const tier = z.enum(tiers);
const dimension = z.enum(dimensions);

const feature = z.object({ available: z.boolean(), seen: z.string() });

const fault = z.object({
  kind: z.string(),
  target: z.string(),
  mechanism: z.string(),
  injected: z.string(),
  observed: z.string(),
  proven: z.boolean().describe('The effect was observed by something other than the injector'),
  figures: z.record(z.string(), z.number()),
  startMs: ms,
  endMs: ms,
  healed: z.boolean(),
});

const latency = z
  .object({ count, p50Ms: ms, p95Ms: ms, p99Ms: ms, p999Ms: ms, maxMs: ms })
  .describe('Publish to receipt, counted from the intended send time');

const phaseMeasures = z.object({
  possible: count,
  done: count,
  availability: z.number().min(0).max(1).nullable(),
  acknowledged: count,
  delivered: count,
  deliveredPerSecond: z.number(),
  reconnects: count,
  latency: latency.nullable(),
  nodes: list(
    z.object({
      name: z.string(),
      cpuCores: figure,
      memoryBytes: figure,
      memoryGrowthBytes: z
        .number()
        .optional()
        .describe('Median of the last fifth of the phase less that of the first; absent with too few looks'),
    }),
  ),
  host: z
    .object({
      othersCores: z.number().describe('Mean CPUs that ran neither the nodes nor this tool'),
      stealCores: z.number().describe('Mean CPUs that a hypervisor gave to others'),
      pressureShare: figure.describe('Share of the time in which some task waited for a CPU (PSI)'),
      nodesWaiting: z.number().describe('Mean number of threads of the nodes that waited for a CPU (schedstat)'),
    })
    .optional()
    .describe('What the machine was like; absent with too few looks'),
});

const phase = z.object({ name: phaseName, startMs: ms, endMs: ms, measures: phaseMeasures.nullable() });

const expectation = z.object({
  name: z.enum(['availability', 'p99-latency', 'recovery']),
  expected: z.number(),
  unit: z.enum(['share', 'ms']),
  measured: figure,
  met: z.boolean(),
  notApplicable: z.string().optional().describe('Why the scenario could not show it: neither met nor broken'),
});

const evidence = z.object({
  what: z.string(),
  atMs: figure,
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  faultsInForce: list(z.string()),
  logs: list(z.string()),
});

const pairs = list(z.tuple([count, count]).readonly());

const lost = z.object({
  subscriber: z.string(),
  subscriberNode: z.string(),
  topic: z.string(),
  publisher: z.string(),
  publisherNode: z.string(),
  messages: count,
  ranges: pairs.describe('Sequence numbers of the lost messages, both ends of a range included'),
  rangesLeftOut: count.describe('Further ranges that are not listed'),
  packetIds: pairs.describe('Sequence number and the packet id that the publisher last sent the message with'),
  packetIdsLeftOut: count.describe('Lost messages whose packet id is not listed'),
});

const episodeClient = z.object({
  client: z.string(),
  node: z.string(),
  connections: list(
    z.object({ fromMs: ms, toMs: figure.describe('null: it lasted until the end'), sessionPresent: z.boolean() }),
  ).describe('In order, from the last one that began before the episode'),
  connectionsLeftOut: count.describe('Later ones that are not listed'),
});

const episode = z.object({
  flow: z.string(),
  qos: count,
  publisher: episodeClient,
  subscriber: episodeClient,
  first: count.describe('Sequence number'),
  last: count.describe('Sequence number'),
  messages: count.describe('How many of the messages from first to last broke the invariant'),
  examplesOnly: z.literal(true).optional().describe('Only the messages of the examples are counted'),
  fromMs: ms.describe('When the first was due'),
  toMs: ms.describe('When the last was due'),
  acknowledgedMs: z
    .tuple([figure, figure])
    .readonly()
    .describe('When the first and the last were acknowledged; null: never, or not kept'),
  seenMs: figure.describe('When the first was received late or once more; null: it never came'),
  logs: list(z.object({ moment: z.string(), atMs: ms, lines: list(z.string()) })),
});

const violation = z.object({
  invariant: z.string(),
  statement: z.string(),
  clause: z
    .string()
    .nullable()
    .describe('Clauses of the MQTT version that the workload spoke; null where the specification says nothing'),
  count,
  known: z.string().nullable().describe('The known issue of chaos.yml that covers it'),
  limitedTo: z.string().optional().describe('The clients that the known issue is limited to'),
  examples: list(evidence),
  episodes: list(episode)
    .optional()
    .describe('Its messages in runs of one flow on one subscription; absent where it is not about single messages'),
  episodesLeftOut: count.optional().describe('Further episodes that are not listed'),
  lost: list(lost).optional().describe('All that was lost, one entry a subscription; absent where nothing can be lost'),
});

const accounting = z.object({
  published: count,
  acknowledged: count,
  unknown: count,
  notSent: count,
  unacknowledgeable: count,
  owed: count,
  delivered: count,
  legallyUndelivered: z.record(z.string(), count),
  lost: count,
  legalDuplicates: z.record(z.string(), count),
});

const measures = z.object({
  availability: z.number().min(0).max(1).nullable(),
  p99LatencyMs: figure,
  recoveryMs: figure,
  operationsInHold: count,
});

const crash = z.object({
  node: z.string(),
  atMs: ms,
  how: z.string(),
  lastLines: list(z.string()),
  suspects: list(z.string())
    .optional()
    .describe('What the faults had last sent it, the likeliest cause first; absent where nothing was sent'),
});

const window = z.object({
  phase: phaseName,
  startMs: ms,
  lengthMs: ms,
  possible: count,
  done: count,
  published: count,
  delivered: count,
  p50Ms: figure,
  p99Ms: figure,
  maxMs: figure,
  latency: z.string().nullable().describe('Latencies in microseconds: HdrHistogram V2, compressed, base64'),
});

const scenario = z.object({
  name: z.string(),
  ownName: z.string().describe('What its own file calls it: another name only where a plan gave it one'),
  path: z.string().nullable().describe('Its file, if it was asked for by path'),
  title: z.string(),
  tier,
  severity: z.enum(severities),
  dimension,
  parameters: z.record(z.string(), z.string()),
  holdMs: ms.describe('How long hold was to last'),
  verdict,
  reason: z.string(),
  attempt: count,
  get earlier(): z.ZodType<ScenarioRecord | null> {
    return scenario.nullable();
  },
  cluster: z.object({ fresh: z.boolean(), why: z.string() }),
  startMs: ms,
  endMs: ms,
  score,
  interval,
  parts: z.object({ availability: part, latency: part, recovery: part }).nullable(),
  applicableParts: z
    .object({ availability: part.optional(), latency: part.optional(), recovery: part.optional() })
    .optional()
    .describe('The parts of a score to which not all three apply; parts is null then'),
  faults: list(fault),
  phases: list(phase),
  expectations: list(expectation),
  violations: list(violation),
  notApplicable: list(z.object({ invariant: z.string(), why: z.string() })),
  leftOut: list(z.string())
    .optional()
    .describe(
      'What the broker does not serve even without a fault, and is no part of the workload; absent where there is nothing',
    ),
  unknown: list(z.object({ invariant: z.string(), why: z.string() }))
    .optional()
    .describe('Checks that failed themselves, by a defect of this tool; absent where none did'),
  accounting,
  measures,
  crashes: list(crash),
  harness: z.object({ conductorLagP99Ms: z.number(), workloadLagP99Ms: z.number(), linksLagP99Ms: figure }).nullable(),
  windows: list(window),
  scrapes: z.object({ attempted: count, answered: count }),
  series: list(
    z.object({
      name: z
        .string()
        .describe(
          "What a fault is measured by; CPU, cores; memory, MiB; or the name of one of the broker's own metrics",
        ),
      kind: z.enum(['gauge', 'counter']).describe('A counter only grows, and starts anew with its node'),
      line: z.string().describe('A node, or what was injected and what was observed of a fault'),
      points: list(z.tuple([z.number(), z.number()]).readonly()).describe(
        "Milliseconds since the run's start, and the value",
      ),
    }),
  )
    .optional()
    .describe(
      'What was injected and observed, what the nodes used, and what the broker said of itself; absent in reports of earlier versions',
    ),
  logs: list(
    z.object({
      node: z.string(),
      lines: list(
        z.object({ atMs: ms, withinMs: ms.describe('How far from atMs it may have been written'), text: z.string() }),
      ),
      leftOut: count.nullable().describe('Further lines of the scenario; null where there is too much to count'),
    }),
  )
    .optional()
    .describe('What the nodes logged, the lines nearest to the faults; absent in reports of earlier versions'),
  faultsSeenByBroker: count.nullable(),
});

/** report.json as it is read back. Keys it does not know are dropped, so that a newer minor version can be read. */
export const runRecordSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('chaos-action'), version: z.string() }),
  startedAt: z.string().describe('ISO 8601'),
  durationMs: ms,
  seed: z.string(),
  command: z.string().describe('The command line that repeats this run'),
  tiers: list(tier),
  plan: z.string().nullable().describe('The plan that was run, if one was'),
  partial: z.boolean().describe('The run goes on, was cancelled or broke off'),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string().nullable() }).nullable(),
  broker: z.object({
    name: z.string(),
    preset: z.string().nullable(),
    config: z.string().nullable(),
    isDefault: z.boolean().optional().describe('Nothing was configured: it is the broker that comes with the tool'),
    nodes: count,
    mutant: z.string().nullable(),
    features: z
      .object({
        qos2: feature,
        mqtt5: feature,
        retained: feature,
        wills: feature,
        sharedSubscriptions: feature,
        persistentSessions: feature,
        emptySessions: feature
          .optional()
          .describe('The session of a client without subscriptions is reported; absent in reports of earlier versions'),
        sessionsMove: feature
          .optional()
          .describe('A session is found when its client comes back at another node; absent where there is one node'),
        groupsSpan: feature
          .optional()
          .describe(
            'A message to a shared group reaches one of its members at several nodes, not one at each; absent where there is one node',
          ),
      })
      .nullable(),
  }),
  sabotage: z
    .object({ name: z.string(), breaks: z.string(), invariant: z.string(), changes: count })
    .optional()
    .describe('What was broken on purpose on the client links; such a run has no score. Absent in every other run'),
  environment: z.object({
    os: z.string(),
    kernel: z.string(),
    node: z.string(),
    cpuModel: z.string(),
    cpus: count,
    memoryBytes: z.number(),
    ci: z.string().nullable(),
  }),
  workload: z.object({ profile: z.string(), ratePerSecond: z.number(), payloadBytes: z.number() }),
  verdict,
  score,
  interval,
  grade: z.enum(['Excellent', 'Good', 'Fair', 'Needs Improvement']).nullable(),
  cap: z.string().nullable(),
  dimensions: list(z.object({ id: z.enum([...dimensions, 'observability', 'coverage']), score, interval })),
  knownIssues: list(
    z.object({
      invariant: z.string(),
      scenario: z.string().nullable(),
      limitedTo: z.string().optional().describe('The clients that it is limited to; absent where it is of all'),
      why: z.string(),
      seen: z.boolean(),
    }),
  ),
  cutLogs: list(z.object({ name: z.string(), writtenBytes: count, keptBytes: count }))
    .optional()
    .describe('Logs that grew beyond logs.keep, of which beginning and end were kept'),
  scenarios: list(scenario),
});

type Parsed = z.infer<typeof runRecordSchema>;
type Assignable<From extends To, To> = From;
/** Does not compile unless schema and record say the same, both ways. */
export type SchemaIsTheRecord = [Assignable<Parsed, RunRecord>, Assignable<RunRecord, Parsed>];

/** The JSON Schema of report.json, as published in schema/report.schema.json. */
export function reportJsonSchema(): unknown {
  const schema = z.toJSONSchema(runRecordSchema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      // zod marks its readonly arrays as JSON Schema's readOnly, which is about servers that refuse changes.
      delete jsonSchema.readOnly;
    },
  });
  return {
    $schema: schema.$schema,
    title: 'report.json of chaos-action',
    description:
      'The record of one run. Times are milliseconds since its start unless a name says otherwise; null means not measured.',
    ...schema,
  };
}
