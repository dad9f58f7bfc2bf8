import type { EpisodeRecord, RunRecord, ScenarioRecord } from '../../src/model/record.ts';
import { episodeRecord, failingRun } from './records.ts';

/** What a broker may print or a user may name something that would break a report that did not escape it. */
export const hostile = [
  '</details><script>alert(1)</script>',
  '| a | b |\n|---|---|\n# A heading\n```\n~~~',
  '````` five backticks `````',
  '@octocat #1 [link](javascript:x) ![image](http://x/y.png) **bold** _it_ $x$ <!-- open',
  'see https://evil.example/login or www.evil.example, closes GH-12, https://github.com/o/r/issues/5',
  '\u001b[31mred\u001b[0m\u0007\u202Egnp.exe\u200b\r\n---\n- item',
  '"]\n```\nend of chart',
  '`````',
  '- item',
  '1. item',
  '2) item',
  '+ item',
  '===',
  '---',
  '',
  '"\' onmouseover="alert(1)" x=\'',
  '</script></style></title><img src=x onerror=alert(1)>',
  ']]><![CDATA[ &lt; &amp &#0; \u0000\u0008\uFFFE\uD800',
];

function hostileEpisode(outside: string): EpisodeRecord {
  const { publisher, subscriber, ...episode } = episodeRecord();
  return {
    ...episode,
    flow: outside,
    publisher: { ...publisher, client: outside, node: outside },
    subscriber: { ...subscriber, client: outside, node: outside },
    logs: [{ moment: outside, atMs: 1, lines: [outside] }],
  };
}

let failing: RunRecord | undefined;

/** A failing run with `outside` in every place that broker, operating system or user fill. */
export function recordFullOf(outside: string): RunRecord {
  failing ??= failingRun();
  const record = failing;
  const scenarios = record.scenarios.map(
    (scenario): ScenarioRecord => ({
      ...scenario,
      name: outside,
      title: outside,
      reason: outside,
      series: [
        {
          name: outside,
          kind: 'gauge',
          line: outside,
          points: [
            [4_000, 1],
            [5_000, 2],
          ],
        },
      ],
      logs: [{ node: outside, leftOut: 1, lines: [{ atMs: 4_000, withinMs: 0, text: outside }] }],
      parameters: { node: outside },
      cluster: { fresh: true, why: outside },
      faults: scenario.faults.map((fault) => ({
        ...fault,
        kind: outside,
        target: outside,
        mechanism: outside,
        injected: outside,
        observed: outside,
      })),
      violations: scenario.violations.map((violation) => ({
        ...violation,
        statement: outside,
        episodes: [hostileEpisode(outside), hostileEpisode(outside)],
        examples: [
          {
            what: outside,
            atMs: scenario.startMs + 1_000,
            facts: { [`fact ${outside}`]: outside },
            faultsInForce: [outside],
            logs: [outside, outside],
          },
        ],
      })),
      crashes: scenario.crashes.map((crash) => ({ ...crash, node: outside, how: outside, lastLines: [outside] })),
      notApplicable: [{ invariant: outside, why: outside }],
      accounting: { ...scenario.accounting, legallyUndelivered: { [outside]: 10 } },
    }),
  );
  const { broker, environment } = record;
  return {
    ...record,
    scenarios,
    seed: outside,
    command: outside,
    cap: outside,
    partial: true,
    error: { code: 'internal', message: outside, hint: outside },
    broker: { ...broker, name: outside, mutant: outside },
    environment: { ...environment, os: outside, kernel: outside, cpuModel: outside, ci: outside },
  };
}
