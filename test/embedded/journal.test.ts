import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeFrame, encodeFrame, FrameReader } from '../../src/embedded/frame.ts';
import { Journal } from '../../src/embedded/journal.ts';

/** The simplest state there is: the list of what happened. */
function openList(folder: string, minCompactBytes?: number) {
  let list: string[] = [];
  const { journal, cutBytes } = Journal.open<string[], string>(folder, {
    create: () => [],
    restore: (snapshot) => {
      list = [...snapshot];
    },
    replay: (event) => {
      list.push(event);
    },
    ...(minCompactBytes === undefined ? {} : { minCompactBytes }),
  });
  return { journal, cutBytes, list };
}

describe('the journal', () => {
  let folder = '';
  const file = () => join(folder, 'journal');
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'journal-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('gives back what was committed, and only that', () => {
    const { journal } = openList(folder);
    journal.append('one');
    journal.append('two');
    journal.commit();
    journal.append('never written');
    journal.close();
    expect(openList(folder)).toMatchObject({ list: ['one', 'two'], cutBytes: 0 });
  });

  test('cut at any byte, it gives back the whole records before the cut and can be written on', () => {
    const { journal } = openList(folder);
    const ends = [statSync(file()).size];
    for (const event of ['one', 'two', 'three']) {
      journal.append(event);
      journal.commit();
      ends.push(statSync(file()).size);
    }
    journal.close();
    const whole = readFileSync(file());
    for (let bytes = ends[0] ?? 0; bytes <= whole.length; bytes++) {
      writeFileSync(file(), whole.subarray(0, bytes));
      const survivors = ends.filter((end) => end <= bytes).length - 1;
      const opened = openList(folder);
      expect(opened.list).toEqual(['one', 'two', 'three'].slice(0, survivors));
      opened.journal.append('more');
      opened.journal.commit();
      opened.journal.close();
      const again = openList(folder);
      again.journal.close();
      expect(again.list.at(-1)).toBe('more');
    }
  });

  test('cut within the very first record, it begins anew', () => {
    openList(folder).journal.close();
    truncateSync(file(), 5);
    expect(openList(folder)).toMatchObject({ list: [], cutBytes: 5 });
  });

  test('a snapshot takes the place of many events', () => {
    const first = openList(folder, 2000);
    const list: string[] = [];
    for (let i = 0; i < 500; i++) {
      const event = String(i % 10);
      list.push(event);
      if (list.length > 10) list.shift();
      first.journal.append(event);
      first.journal.commit();
      first.journal.compactIfLarge(list);
    }
    first.journal.close();
    expect(statSync(file()).size).toBeLessThan(2500);
    const { journal, list: found } = openList(folder, 2000);
    journal.close();
    expect(found.slice(-10)).toEqual(list);
  });
});

describe('frames', () => {
  test('come out of a stream as they went in, however it is cut up', () => {
    const values = [{ payload: Buffer.from('abc') }, 'text', 7, { nested: new Map([['key', new Set([1])]]) }];
    const bytes = Buffer.concat(values.map(encodeFrame));
    for (const size of [1, 3, 7, 100]) {
      const reader = new FrameReader();
      const read: unknown[] = [];
      for (let at = 0; at < bytes.length; at += size)
        read.push(...(reader.read(bytes.subarray(at, at + size)) ?? ['broken']));
      expect(read).toEqual(values);
    }
  });

  test('a flipped bit anywhere is seen', () => {
    const bytes = encodeFrame('some text that matters');
    for (let at = 0; at < bytes.length; at++) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(at) ^ 1, at);
      expect(decodeFrame(flipped, 0).kind).not.toBe('value');
    }
  });
});
