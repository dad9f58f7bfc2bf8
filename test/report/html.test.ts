import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RunRecord, ScenarioRecord } from '../../src/model/record.ts';
import { renderHtml } from '../../src/report/html.ts';
import { compareRecords } from '../../src/score/compare.ts';
import { hostile, recordFullOf } from '../support/hostile.ts';
import {
  failingRun,
  faultRecord,
  inconclusiveRun,
  knownIssueRun,
  partialRun,
  passingRun,
  rescored,
  runRecord,
  scenarioRecord,
  violationRecord,
} from '../support/records.ts';

type Element = { readonly attributes: string; readonly content: string };

function elements(html: string, name: 'script' | 'style'): Element[] {
  return [...html.matchAll(new RegExp(`<${name}([^>]*)>([\\s\\S]*?)</${name}>`, 'g'))].map(
    ([, attributes = '', content = '']) => ({ attributes, content }),
  );
}

/** The page without what is not text: scripts, the data of the charts, style. */
function markupOf(html: string): string {
  return html.replaceAll(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, '<$1></$1>');
}

/** What a reader sees, a blank for every tag. */
function textOf(html: string): string {
  return markupOf(html)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll(/\s+/g, ' ');
}

function timelines(html: string): { readonly bands: readonly { readonly label: string }[] }[] {
  return elements(html, 'script')
    .filter(({ attributes }) => attributes.includes('application/json'))
    .map(({ content }) => JSON.parse(content));
}

const of = (scenario: ScenarioRecord): string => renderHtml(runRecord([scenario]));
const every = [passingRun(), failingRun(), inconclusiveRun(), knownIssueRun(), partialRun(), runRecord([])];

describe('the file', () => {
  const html = renderHtml(failingRun());
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';

  test('refers to nothing outside itself', () => {
    for (const record of every) {
      const markup = markupOf(renderHtml(record));
      expect(markup).not.toMatch(/\ssrc\s*=|<(link|img|iframe|object|embed|base|form)\b|@import|url\(/i);
      expect([...markup.matchAll(/href="([^"]*)"/g)].filter(([, to]) => !to?.startsWith('#'))).toEqual([]);
    }
    for (const { content } of elements(html, 'style')) expect(content).not.toMatch(/@import|url\(/i);
  });

  test('lets nothing run but its own script, by its hash', () => {
    const scripts = elements(html, 'script').filter(({ attributes }) => attributes === '');
    const styles = elements(html, 'style');
    const hashes = [...scripts, ...styles].map(
      ({ content }) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`,
    );
    expect(policy).toBe(
      `default-src 'none'; script-src ${hashes[0]}; style-src ${hashes[1]}; base-uri 'none'; form-action 'none'`,
    );
    expect(hashes).toHaveLength(2);
    expect(markupOf(html)).not.toMatch(/\s(style|on\w+)\s*=/i);
  });

  test('stays small', () => {
    expect(html.length).toBeLessThan(200_000);
    const [scenario] = passingRun().scenarios;
    const window = scenario?.windows.find(({ phase }) => phase === 'hold');
    if (!scenario || !window) throw new Error('the baseline has windows');
    const day = Array.from({ length: 3_600 }, (_, at) => ({ ...window, startMs: at * 24_000, lengthMs: 24_000 }));
    const soaks = Array.from({ length: 4 }, () => ({ ...scenario, windows: day }));
    expect(renderHtml({ ...passingRun(), scenarios: soaks }).length).toBeLessThan(400_000);
  });

  test('carries the licence of the charts with them', () => {
    expect(html).toContain('Leon Sorokin');
  });

  test('is the same for the same record', () => {
    expect(renderHtml(failingRun())).toBe(html);
  });

  test('links only to what is in it', () => {
    const ids = new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id));
    const links = [...html.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
    expect(links).toContain('violation-1');
    expect(links).toContain('scenario-2');
    expect(links.filter((id) => !ids.has(id ?? ''))).toEqual([]);
  });
});

describe('the score card', () => {
  const card = (record: RunRecord): string => textOf(/<header[\s\S]*?<\/header>/.exec(renderHtml(record))?.[0] ?? '');

  test('has the verdict, the score with its interval, the grade and why it is capped', () => {
    expect(card(failingRun())).toContain('FAIL 3.90 of 10, Needs Improvement (capped)');
    expect(card(failingRun())).toContain(
      'The score is capped: at most 3.9: no-acknowledged-loss violated in node-kill',
    );
  });

  test('says in a line each what broke, where, and what was done to the cluster there', () => {
    expect(card(failingRun())).toContain('no-acknowledged-loss : 12 violations in node-kill (kill on node2)');
    expect(card(failingRun())).toContain('node1 ended by itself in node-restart (restart on node3)');
    expect(card(failingRun())).toContain('recovery never, expected at most 5 s, in node-restart');
    expect(card(inconclusiveRun())).toContain('node-kill inconclusive: the effect of kill on node2 was not observed.');
    expect(card(knownIssueRun())).toContain('known issue: ordering, 100 violations in node-pause');
    expect(card(passingRun())).toContain('Nothing broke in 4 scenarios.');
  });

  test('names what was done to the cluster once for each scenario', () => {
    expect(card(failingRun()).match(/kill on node2/g)).toHaveLength(1);
    expect(card(failingRun()).match(/restart on node3/g)).toHaveLength(1);
  });

  test('counts what does not fit', () => {
    const many = Array.from({ length: 12 }, (_, index) =>
      scenarioRecord({ name: `scenario ${index}`, verdict: 'fail', violations: [violationRecord()] }),
    );
    expect(card(runRecord(many))).toContain('and 5 more below');
  });

  test('has the dimensions, and names those that were not measured', () => {
    expect(card(passingRun())).toMatch(
      /fault-isolation 10\.00 auto-recovery 10\.00 observability \d\.\d\d coverage 10\.00/,
    );
    expect(card(passingRun())).toContain('Not measured: latency-tolerance, loss-recovery');
  });

  test('says that a run is not complete, and why', () => {
    expect(card(partialRun())).toContain('This run is not complete: SIGINT during node-restart. ( cancelled )');
  });

  test('praises no run without a score', () => {
    expect(card(runRecord([]))).toContain('INCONCLUSIVE Score not measured.');
    expect(card(runRecord([]))).not.toContain('Nothing broke');
  });
});

describe('what broke', () => {
  const html = renderHtml(failingRun());
  const text = textOf(html);

  test('comes before the scenarios', () => {
    expect(html.indexOf('<h2>What broke</h2>')).toBeGreaterThan(0);
    expect(html.indexOf('<h2>What broke</h2>')).toBeLessThan(html.indexOf('<h2>Scenarios</h2>'));
  });

  test('is each violation with its clause, its evidence folded, and how to repeat it', () => {
    expect(text).toContain('no-acknowledged-loss: 12 violations in node-kill (kill on node2)');
    expect(text).toContain('(MQTT-4.3.2-2)');
    expect(html).toContain('<details><summary>Evidence: 1 of 12 violations</summary>');
    expect(text).toContain('acknowledgedAtMs 14203');
    expect(text).toContain('s-n3-1 none');
    expect(text).toContain('node1 | peer node2 closed: ECONNRESET');
    expect(text).toContain('To repeat: chaos-action run --broker emqx-go --scenario node-kill --set node=any');
  });

  test('is each crash, each broken expectation and each fault left behind', () => {
    expect(text).toContain('At 101.4 s: exit code 2 after SIGSEGV.');
    expect(text).toContain('panic: runtime error');
    expect(text).toContain('availability 71%, expected at least 99%, in node-restart');
    expect(textOf(of(scenarioRecord({ name: 'node-kill', faults: [faultRecord({ healed: false })] })))).toContain(
      'kill on node2 in node-kill was not healed',
    );
  });

  test('is not there when nothing broke, nor for a known issue, which has its own place', () => {
    expect(renderHtml(passingRun())).not.toContain('What broke');
    const known = renderHtml(knownIssueRun());
    expect(known).not.toContain('What broke');
    expect(textOf(known)).toContain(
      'Known issues seen ordering in node-pause : 100 violations. https://example.org/issues/7: the prefetch reorders.',
    );
  });
});

describe('a scenario', () => {
  const text = textOf(renderHtml(failingRun()));

  test('has what was injected against what was observed, its expectations and its messages', () => {
    expect(text).toContain(
      'kill on node2 SIGKILL to pid 4711 pid 4711 gone from /proc after 3 ms; the MQTT port refuses connections signal 56.0 s to 76.0 s yes',
    );
    expect(text).toContain('availability at least 90% 95.5% yes');
    expect(text).toContain('lost 12');
    expect(renderHtml(failingRun())).toContain('<td>lost</td><td class="number bad">12</td>');
    expect(text).toContain('Every message is accounted for.');
  });

  test('says when its messages do not add up', () => {
    const scenario = scenarioRecord({ name: 'node-kill' });
    const cooked = { ...scenario.accounting, owed: scenario.accounting.owed + 7, published: 15_999 };
    const said = textOf(of({ ...scenario, accounting: cooked }));
    expect(said).toContain('Does not add up: 7 missing.');
    expect(said).toContain('Does not add up: 1 too many.');
    expect(said).not.toContain('Every message is accounted for.');
  });

  test('has what each node used, where that was measured', () => {
    const scenario = scenarioRecord({ name: 'node-kill' });
    const nodes = [
      { name: 'node1', cpuCores: 0.25, memoryBytes: 100 * 1024 ** 2 },
      { name: 'node2', cpuCores: null, memoryBytes: null },
    ];
    const phases = scenario.phases.map((phase) => ({
      ...phase,
      measures: phase.name === 'hold' && phase.measures ? { ...phase.measures, nodes } : phase.measures,
    }));
    const said = textOf(of({ ...scenario, phases }));
    expect(said).toContain('node1 0.31, 80.1 MiB 0.25, 100.0 MiB 0.31, 80.1 MiB');
    expect(said).toContain('node2 not measured, 80.1 MiB not measured, not measured');
    const without = phases.map((phase) => ({
      ...phase,
      measures: phase.measures ? { ...phase.measures, nodes: [] } : null,
    }));
    expect(textOf(of({ ...scenario, phases: without }))).toContain('CPU and memory of the nodes: not measured.');
  });

  test('has three charts of the same data, folded where they are of a first run', () => {
    const html = renderHtml(inconclusiveRun());
    // baseline, node-kill, its first run and node-restart; node-pause was skipped.
    expect(timelines(html)).toHaveLength(4);
    const groups = html.split('<div class="charts">').slice(1);
    expect(groups.map((group) => [...group.matchAll(/data-chart="(\w+)"/g)].map(([, kind]) => kind))).toEqual(
      Array(4).fill(['latency', 'throughput', 'availability']),
    );
    expect(html).toContain('<summary>Run 1 was inconclusive: the effect of kill on node2 was not observed</summary>');
  });

  test('of the same name as another, as a plan may have it, has a section of its own', () => {
    const twice = renderHtml(runRecord([scenarioRecord({ name: 'delay' }), scenarioRecord({ name: 'delay' })]));
    expect([...twice.matchAll(/<section id="(scenario-\d)" /g)].map(([, id]) => id)).toEqual([
      'scenario-1',
      'scenario-2',
    ]);
  });
});

describe('what was not measured', () => {
  test('is said to be, never 0, blank, null or NaN', () => {
    const scenario = scenarioRecord({ name: 'node-kill', faults: [faultRecord()] });
    const empty: ScenarioRecord = rescored({
      ...scenario,
      verdict: 'inconclusive',
      measures: { availability: null, p99LatencyMs: null, recoveryMs: null, operationsInHold: 0 },
      expectations: scenario.expectations.map((one) => ({ ...one, measured: null, met: false })),
      phases: [{ name: 'hold', startMs: 0, endMs: 1, measures: null }],
      windows: [],
      harness: null,
      scrapes: { attempted: 0, answered: 0 },
    });
    const html = renderHtml({ ...runRecord([empty]), broker: { ...passingRun().broker, features: null } });
    const text = textOf(html);
    expect(text).toContain('node-kill inconclusive not measured not measured not measured not measured 1 of 1');
    expect(text).toContain('availability at least 99% not measured not measured');
    expect(text).toContain('Timeline: not measured.');
    expect(text).toContain("The broker's own metrics were not scraped.");
    expect(text).toContain('What the broker can do Not measured.');
    expect(timelines(html)).toEqual([]);
  });

  test('is in no report null, NaN, undefined or a blank cell', () => {
    for (const record of every) {
      const html = renderHtml(record);
      expect(textOf(html)).not.toMatch(/\bnull\b|NaN|undefined|Infinity|\[object/);
      expect(markupOf(html)).not.toMatch(/<td[^>]*>\s*<\/td>|(width|height|x)="(NaN|-)/);
    }
  });
});

test('a comparison says what changed against the base, after what broke', () => {
  const html = renderHtml(failingRun(), compareRecords(passingRun(), failingRun()));
  const text = textOf(html);
  expect(text).toMatch(/Against the base: worse by 5\.\d\d/);
  expect(text).toContain('Not fully comparable: broker: embedded in the base, emqx-go in the head.');
  expect(text).toContain('New violations and crashes no-acknowledged-loss in node-kill : 0 before, 12 now');
  expect(text).toContain('a node that ended by itself in node-restart : 0 before, 1 now');
  expect(text).toMatch(/fault-isolation 10\.00 \([\d. to]+\) 5\.64 \([\d. to]+\) -4\.36 worse/);
  expect(text).toContain('coverage 10.00 10.00 0.00 within noise');
  expect(html.indexOf('Against the base')).toBeGreaterThan(html.indexOf('What broke'));
  expect(html.indexOf('Against the base')).toBeLessThan(html.indexOf('<h2>Scenarios</h2>'));
});

describe('text from outside', () => {
  /** Every tag with the names of its attributes, in order. */
  function structure(html: string): string[] {
    return [...markupOf(html).matchAll(/<(\/?[a-z!][a-z0-9]*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>/gi)].map(
      ([, name = '', attributes = '']) =>
        [name, ...[...attributes.matchAll(/([\w-]+)="/g)].map(([, attribute]) => attribute)].join(' '),
    );
  }

  const benign = structure(renderHtml(recordFullOf('benign')));

  function check(outside: string): void {
    const html = renderHtml(recordFullOf(outside));
    expect(structure(html)).toEqual(benign);
    const markup = markupOf(html);
    expect(markup.match(/</g)?.length).toBe(benign.length);
    expect(markup).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
    expect(timelines(html)).toHaveLength(4);
  }

  test.each(hostile)('cannot change the page: %j', check);

  test('cannot change the page, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), check), { numRuns: 40 });
    const nasty = fc.array(
      fc.constantFrom('<', '>', '"', "'", '&', '/', 'script', 'style', '!--', '--', ' ', '=', '\\', '`', '${', 'x'),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(nasty, (parts) => check(parts.join(''))),
      { numRuns: 40 },
    );
  });

  test('is shown as it is, in the data of the charts too', () => {
    const html = renderHtml(recordFullOf('</script><b>'));
    expect(textOf(html)).toContain('</script><b> on </script><b>');
    expect(timelines(html)[1]?.bands[0]?.label).toBe('</script><b> on </script><b>');
  });

  test('is never cut where it is a command to repeat', () => {
    const seed = 's'.repeat(2_000);
    expect(renderHtml({ ...passingRun(), seed, command: `chaos-action run --seed ${seed}` })).toContain(
      `<pre class="command">chaos-action run --seed ${seed}</pre>`,
    );
  });
});

test('the logs of the nodes say how many lines there are, and which were chosen only where some were left out', () => {
  const logs = (leftOut: number | null) => [
    { node: 'node1', leftOut, lines: [{ atMs: 4_000, withinMs: 0, text: 'began' }] },
  ];
  const summary = (given: Partial<ScenarioRecord>): string | undefined =>
    /Logs of the nodes: (.*?) 4\.00 s/.exec(
      textOf(of({ ...scenarioRecord({ name: 'node-kill', faults: [faultRecord()] }), ...given })),
    )?.[1];
  expect(summary({ logs: logs(0) })).toBe('1 line');
  expect(summary({ logs: logs(6) })).toBe('1 of 7 lines, those nearest to the faults');
  expect(summary({ logs: logs(null) })).toBe('1 of very many lines, those nearest to the faults');
  expect(summary({ logs: logs(6), faults: [] })).toBe('1 of 7 lines');
});
