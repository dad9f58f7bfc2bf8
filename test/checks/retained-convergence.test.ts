import { describe, expect, test } from '@jest/globals';
import { retainedConvergence } from '../../src/checks/retained-convergence.ts';
import type { RetainedReading, RetainedTopic } from '../../src/workload/flows/retained/facts.ts';
import { expectNothing, findings, input, theOne } from '../support/histories.ts';
import { aReading, aTopic, aWrite, ofKind } from '../support/kind-facts.ts';

const retained = (topics: readonly RetainedTopic[], readings: readonly RetainedReading[]) =>
  ofKind('retained', { topics, readings });
const both = (seen: number): RetainedReading[] => [aReading('node1', seen), aReading('node2', seen)];

const settled = aTopic([aWrite(7), aWrite(8)]);
const deleted = aTopic([aWrite(7), aWrite(8, { deletes: true })]);
/** Of write 8 nobody knows whether the broker has it. */
const open = aTopic([aWrite(7), aWrite(8, { acknowledgedMs: null })]);
const openDeletion = aTopic([aWrite(7), aWrite(8, { deletes: true, acknowledgedMs: null })]);

describe('the last value', () => {
  test('is what every node gives to a fresh subscriber', () => {
    expectNothing(retainedConvergence, retained([settled], both(8)));
  });

  test('that one node does not have is a violation, and so said', () => {
    const finding = theOne(retainedConvergence, retained([settled], [aReading('node1', 8), aReading('node2', 7)]));
    expect(finding.what).toBe(
      'a fresh subscriber at node2 got write 7 of the retained topic t/state instead of write 8',
    );
    expect(finding.clause).toBeUndefined();
    expect(finding).toMatchObject({
      atMs: 60_000,
      facts: {
        topic: 't/state',
        client: 'reader-node2',
        writer: 'writer-1',
        writerNode: 'node1',
        lastWrite: 8,
        lastWriteDeletes: false,
        writtenAtMs: 8_000,
        acknowledgedAtMs: 8_010,
        readings: 'node1: write 8, node2: write 7',
        attempts: 1,
      },
    });
  });

  test('that is stored nowhere is one violation, which names all nodes', () => {
    const { what } = theOne(retainedConvergence, retained([settled], both(0)));
    expect(what).toBe(
      'a fresh subscriber at node1, node2 got no message of the retained topic t/state instead of write 8',
    );
  });

  test('of one topic says nothing of another', () => {
    const other = aTopic([aWrite(3)], 't/other');
    const { count, findings: shown } = findings(
      retainedConvergence,
      retained([settled, other], [aReading('node1', 8, 2), aReading('node2', 8, 3)]),
    );
    expect(count).toBe(1);
    expect(shown[0]?.facts.topic).toBe('t/other');
  });
});

describe('a deleted topic', () => {
  test('has no message', () => {
    expectNothing(retainedConvergence, retained([deleted], both(0)));
  });

  test('whose value comes back is a violation of the clauses about deletion', () => {
    const finding = theOne(retainedConvergence, retained([deleted], [aReading('node1', 0), aReading('node2', 7)]));
    expect(finding.what).toBe(
      'a fresh subscriber at node2 got write 7 of the retained topic t/state, which was deleted by write 8',
    );
    expect(finding.clause).toEqual({ v311: 'MQTT-3.3.1-10, MQTT-3.3.1-11', v5: 'MQTT-3.3.1-6, MQTT-3.3.1-7' });
  });

  test('may have a value again that was written later', () => {
    expectNothing(retainedConvergence, retained([aTopic([aWrite(8, { deletes: true }), aWrite(9)])], both(9)));
  });
});

describe('a last write without an acknowledgement', () => {
  test.each([7, 8])('leaves either value legal: write %d at all nodes', (seen) => {
    expectNothing(retainedConvergence, retained([open], both(seen)));
  });

  test.each([0, 7])('that deletes leaves either legal: %d at all nodes', (seen) => {
    expectNothing(retainedConvergence, retained([openDeletion], both(seen)));
  });

  test('is no excuse for a value that is older than both', () => {
    const { what } = theOne(retainedConvergence, retained([open], both(6)));
    expect(what).toContain('got write 6 of the retained topic t/state instead of write 8');
  });

  test('is no excuse for nodes that do not agree', () => {
    const finding = theOne(retainedConvergence, retained([open], [aReading('node1', 8), aReading('node2', 7)]));
    expect(finding.what).toBe('t/state has more than one value when all is quiet: node1 write 8, node2 write 7');
    expect(finding.facts).toMatchObject({ acknowledgedAtMs: null, readings: 'node1: write 8, node2: write 7' });
  });
});

describe('nothing is said', () => {
  test.each([
    [
      'where a fault could not be healed',
      [aReading('node1', 0)],
      ['kill of node2'],
      'a fault could not be healed: kill of node2',
    ],
    ['where nobody could read', [], [], 'no fresh subscriber could read the topics'],
  ])('%s', (_, readings, unhealed, why) => {
    expect(retainedConvergence.run(input(retained([settled], readings), { unhealed }))).toEqual({
      applicable: false,
      why,
    });
  });

  test('of a topic that was never written and that no one sees', () => {
    expectNothing(retainedConvergence, retained([aTopic([])], both(0)));
  });
});

test('a topic that was never written has no message', () => {
  theOne(retainedConvergence, retained([aTopic([])], both(3)));
});
