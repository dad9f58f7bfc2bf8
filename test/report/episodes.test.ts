import { describe, expect, test } from '@jest/globals';
import type { EpisodeRecord, ScenarioRecord, ViolationRecord } from '../../src/model/record.ts';
import type { Block } from '../../src/report/document.ts';
import { lifelineOf, messagesText } from '../../src/report/lifeline.ts';
import { printHtml } from '../../src/report/print-html.ts';
import { printMarkdown } from '../../src/report/print-markdown.ts';
import { brokenSection } from '../../src/report/sections/broken.ts';
import { episodesPart } from '../../src/report/sections/episodes.ts';
import { episodeRecord, faultRecord, runRecord, scenarioRecord, violationRecord } from '../support/records.ts';

/** Node2 is killed from 13 s to 33 s; the books are closed at 45 s. */
function killed(given: Partial<ScenarioRecord> = {}): ScenarioRecord {
  const scenario = scenarioRecord({ name: 'node-kill', faults: [faultRecord()] });
  const drain = { name: 'drain', startMs: 43_000, endMs: 45_000, measures: null } as const;
  return { ...scenario, phases: [...scenario.phases, drain], ...given };
}

const withEpisodes = (...episodes: readonly EpisodeRecord[]): ViolationRecord =>
  violationRecord({ count: episodes.reduce((sum, { messages }) => sum + messages, 0), episodes });

const markdown = (blocks: readonly Block[]): string => printMarkdown(blocks).join('\n\n');

describe('the lifeline of an episode', () => {
  test('tells in its order what happened to the messages, their clients, the faults and the books', () => {
    const lines = markdown([{ type: 'lifeline', lifeline: lifelineOf(killed(), episodeRecord()) }]).split('\n');
    expect(lines).toEqual([
      '<details>',
      '<summary>Moment by moment</summary>',
      '',
      '- `3.00 s` durable-node3 connected to node3, session present = 0',
      '- `3.01 s` publisher-3 connected to node2, session present = 0',
      '- `12.70 s` message 78 due',
      '- `12.71 s` message 78 acknowledged by node2',
      '- `12.90 s` message 82 due, the last',
      '- `12.91 s` message 82 acknowledged by node2',
      '- `13.00 s` fault begins: kill on node2',
      '- `13.05 s` connection of publisher-3 ended',
      '- `33.00 s` fault ends: kill on node2',
      '- `33.40 s` publisher-3 connected to node2, session present = 1',
      '- `45.00 s` drained: these messages had not arrived',
      '',
      '</details>',
    ]);
  });

  test('has a row for the messages, each client, the fault and the drain, on an axis that begins with the first message', () => {
    const { fromMs, toMs, rows } = lifelineOf(killed(), episodeRecord());
    expect(rows.map(({ name }) => name)).toEqual([
      'messages 78 to 82',
      'from publisher-3 at node2',
      'to durable-node3 at node3',
      'kill on node2',
      'drain: waiting for what is still owed',
    ]);
    expect(fromMs).toBeGreaterThan(10_000);
    expect(fromMs).toBeLessThan(12_700);
    expect(toMs).toBeGreaterThan(45_000);
  });

  test('is drawn within its width, whatever began before it or lasted longer', () => {
    const drawn = printHtml([{ type: 'lifeline', lifeline: lifelineOf(killed(), episodeRecord()) }]).text;
    const bars = [...drawn.matchAll(/<rect class="([\w-]+)" x="([\d.]+)%" y="\d+" width="([\d.]+)%"/g)];
    expect(bars.map(([, kind]) => kind)).toEqual([
      'due',
      'connection-without-session',
      'connection',
      'connection-without-session',
      'fault',
      'drain',
    ]);
    for (const [, , x, width] of bars) expect(Number(x) + Number(width)).toBeLessThanOrEqual(100.01);
    expect(drawn).not.toMatch(/NaN|="-/);
  });

  test('of a message that came late has the time of its coming, and does not say that it never came', () => {
    const late = lifelineOf(killed(), episodeRecord({ examplesOnly: true, seenMs: 34_000 }));
    const lines = markdown([{ type: 'lifeline', lifeline: late }]);
    expect(lines).toContain('- `34.00 s` message 78 received late or again by durable-node3');
    expect(lines).not.toContain('had not arrived');
  });

  test('of a client that came back very often says that later connections are not drawn', () => {
    const { subscriber } = episodeRecord();
    const often = lifelineOf(killed(), episodeRecord({ subscriber: { ...subscriber, connectionsLeftOut: 7 } }));
    expect(often.rows.map(({ name }) => name)).toContain('to durable-node3 at node3, 7 later connections not shown');
    expect(markdown([{ type: 'lifeline', lifeline: often }])).toContain('; 7 further connections followed');
  });

  test('leaves a fault out that had ended long before', () => {
    const early = killed({ faults: [faultRecord({ startMs: 0, endMs: 1_000 })] });
    expect(lifelineOf(early, episodeRecord()).rows.map(({ name }) => name)).not.toContain('kill on node2');
  });

  test('of an early loss in a long scenario does not stretch to its end', () => {
    const soak = killed({ phases: [{ name: 'drain', startMs: 3_600_000, endMs: 3_601_000, measures: null }] });
    const { toMs, events } = lifelineOf(soak, episodeRecord());
    expect(toMs).toBeLessThan(140_000);
    expect(events.at(-1)?.atMs).toBe(3_601_000);
  });
});

describe('the episodes of a violation', () => {
  test('are summed up in a line: how many, when, and what was done to the cluster then', () => {
    const said = (faults: ScenarioRecord['faults']): string =>
      printMarkdown(episodesPart(killed({ faults }), withEpisodes(episodeRecord()), 1))[0] ?? '';
    expect(said([faultRecord()])).toBe(
      '**5 messages in 1 episode**, due from 12.70 s to 12.90 s. `kill on node2` (proven) began 300 ms after the first was due.',
    );
    expect(said([faultRecord({ startMs: 11_000 })])).toContain('In force then: `kill on node2` (proven).');
    expect(said([faultRecord({ startMs: 5_000, endMs: 11_700 })])).toContain(
      '`kill on node2` (proven) had ended 1 s before the first was due.',
    );
    expect(said([faultRecord({ startMs: 30_000, endMs: 31_000 })])).toContain('No fault had begun yet.');
    expect(said([])).toContain('No fault was injected.');
    expect(said([faultRecord({ proven: false })])).toContain('`kill on node2` (not proven) began');
  });

  test('of messages that two subscriptions were owed are more deliveries than messages', () => {
    const { subscriber } = episodeRecord();
    const elsewhere = episodeRecord({ subscriber: { ...subscriber, client: 'chaos-2f-durable-node1' } });
    expect(markdown(episodesPart(killed(), withEpisodes(episodeRecord(), elsewhere), 1))).toContain(
      '**10 deliveries of 5 messages in 2 episodes**',
    );
    const gaps = episodeRecord({ messages: 3 });
    expect(markdown(episodesPart(killed(), withEpisodes(gaps, gaps), 1))).toContain('**6 deliveries in 2 episodes**');
  });

  test('have one lifeline that stands open, and a table of the others', () => {
    const other = episodeRecord({ flow: 'fan-out', first: 90, last: 91, messages: 2 });
    const text = markdown(episodesPart(killed(), withEpisodes(episodeRecord(), other, other), 2));
    expect(text).toContain(
      '**Messages 78 to 82 of commands from node2 (QoS 1): publisher-3 at node2 to durable-node3 at node3**',
    );
    const folded = text.slice(text.indexOf('<summary>2 more episodes</summary>'));
    expect(folded).toContain('| messages 90 to 91 | fan-out (QoS 1) | `publisher-3` at node2 |');
    expect(folded.match(/\*\*Messages 90 to 91/g)).toHaveLength(1);
  });

  test('that are not all of it say how many they are', () => {
    const violation = { ...withEpisodes(episodeRecord({ examplesOnly: true, seenMs: 34_000 })), count: 716 };
    expect(markdown(episodesPart(killed(), violation, 1))).toContain('**5 of 716 deliveries are shown, in 1 episode**');
  });

  test('are not there where a violation is not about messages', () => {
    expect(episodesPart(killed(), violationRecord(), 3)).toEqual([]);
  });

  test('show a line of a log once, and not again in the evidence', () => {
    const violation = {
      ...withEpisodes(episodeRecord()),
      examples: violationRecord().examples.flatMap((one) => [
        { ...one, logs: ['node1 | peer node2 lost', 'node3 | peer node2 lost'] },
        { ...one, logs: ['node3 | peer node2 lost'] },
      ]),
    };
    const record = runRecord([killed({ verdict: 'fail', violations: [violation] })]);
    const text = markdown(brokenSection(record, { examples: 3, lifelines: 3, commands: true }));
    expect(text.match(/node1 \| peer node2 lost/g)).toHaveLength(1);
    expect(text.match(/node3 \| peer node2 lost/g)).toHaveLength(1);
  });
});

describe('the moment of an example', () => {
  const example = (atMs: number | null, facts: Readonly<Record<string, number>> = {}): string => {
    const [one] = violationRecord().examples;
    if (!one) throw new Error('there is no example');
    const violation = violationRecord({ examples: [{ ...one, atMs, facts }] });
    const text = markdown(
      brokenSection(runRecord([killed({ verdict: 'fail', violations: [violation] })]), {
        ...{ examples: 1, lifelines: 0, commands: false },
      }),
    );
    return /^\*\*1\.\*\* ?(.*)$/m.exec(text)?.[1] ?? 'none';
  };

  test('of a missing message is that at which it was due, and tells of the fault that came next', () => {
    expect(example(12_910, { dueAtMs: 12_910 })).toBe(
      'Due at 12.91 s. `kill on node2` (proven) began 90 ms after that.',
    );
    expect(example(12_910, { writtenAtMs: 12_910 })).toMatch(/^Written at 12\.91 s\./);
  });

  test('of what was seen is that at which it was seen', () => {
    expect(example(14_000, { dueAtMs: 12_910 })).toBe('Seen at 14.00 s. In force then: `kill on node2` (proven).');
    expect(example(34_000)).toBe('Seen at 34.00 s. `kill on node2` (proven) had ended 1 s before that.');
  });

  test('that is not known is not told', () => {
    expect(example(null)).toBe('');
  });
});

test('messages are named by their range, and counted where some between them are whole', () => {
  expect(messagesText({ first: 7, last: 7, messages: 1 })).toBe('message 7');
  expect(messagesText({ first: 7, last: 9, messages: 3 })).toBe('messages 7 to 9');
  expect(messagesText({ first: 7, last: 90, messages: 12 })).toBe('12 of the messages 7 to 90');
});
