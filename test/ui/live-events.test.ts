import { describe, expect, test } from '@jest/globals';
import { asServerSent, type LiveEvent, LiveHistory } from '../../src/ui/live-events.ts';

const progress = (atMs: number): LiveEvent => ({
  ...{ type: 'progress', atMs, scenario: 'baseline', phase: 'hold', faults: [] },
  ...{ published: atMs, acknowledged: atMs, delivered: atMs },
});

describe('what a page is told', () => {
  test('a page that is opened late is told all, one that comes back what it has missed', () => {
    const history = new LiveHistory();
    for (const atMs of [1, 2, 3]) history.add(progress(atMs));
    const ids = (after: number): number[] => history.after(after).map(({ id }) => id);
    expect(ids(0)).toEqual([1, 2, 3]);
    expect(ids(2)).toEqual([3]);
    expect(ids(3)).toEqual([]);
  });

  test('one that has seen more than there was belongs to another run, and is told all', () => {
    const history = new LiveHistory();
    history.add(progress(1));
    expect(history.after(90)).toHaveLength(1);
  });

  test('of a long run the oldest progress is forgotten, and what happened is kept', () => {
    const history = new LiveHistory();
    history.add({ type: 'note', atMs: 0, text: 'kept' });
    for (let atMs = 1; atMs <= 5_000; atMs++) history.add(progress(atMs));
    const all = history.after(0);
    expect(all).toHaveLength(3_600);
    expect(all[0]?.event).toEqual({ type: 'note', atMs: 0, text: 'kept' });
    expect(all.at(-1)?.id).toBe(5_001);
  });

  test('a line break in a text cannot end an event', () => {
    const text = asServerSent({ id: 7, event: { type: 'note', atMs: 1, text: 'a\n\nid: 9\ndata: {}' } });
    expect(text).toBe('id: 7\ndata: {"type":"note","atMs":1,"text":"a\\n\\nid: 9\\ndata: {}"}\n\n');
  });
});
