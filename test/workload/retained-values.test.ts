import { describe, expect, test } from '@jest/globals';
import { allowedValues, type RetainedWrite } from '../../src/workload/flows/retained/facts.ts';
import { aTopic, aWrite } from '../support/kind-facts.ts';

const deletion = (sequence: number, shape: Partial<RetainedWrite> = {}) =>
  aWrite(sequence, { deletes: true, ...shape });
const open = { acknowledgedMs: null };

describe('a retained topic may hold', () => {
  test.each<[string, readonly RetainedWrite[], readonly number[]]>([
    ['nothing, when nobody has written it', [], [0]],
    ['the last write', [aWrite(7), aWrite(8)], [8]],
    ['its only write', [aWrite(1)], [1]],
    ['nothing, when the last write deleted it', [aWrite(7), deletion(8)], [0]],
    ['what was written after a deletion', [deletion(7), aWrite(8)], [8]],
    ['either of two, when the last write has no acknowledgement', [aWrite(7), aWrite(8, open)], [8, 7]],
    ['a first write without an acknowledgement, or nothing', [aWrite(1, open)], [1, 0]],
    ['the value before a deletion without an acknowledgement, or nothing', [aWrite(7), deletion(8, open)], [0, 7]],
    ['nothing or the new value, when a write after a deletion is open', [deletion(7), aWrite(8, open)], [8, 0]],
    ['nothing, when a deletion after a deletion is open', [deletion(7), deletion(8, open)], [0]],
  ])('%s', (_, last, allowed) => {
    expect(allowedValues(aTopic(last))).toEqual(allowed);
  });
});
