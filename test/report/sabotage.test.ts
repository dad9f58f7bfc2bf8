import { describe, expect, test } from '@jest/globals';
import type { RunRecord } from '../../src/model/record.ts';
import { renderBadge } from '../../src/report/badge.ts';
import { renderComment } from '../../src/report/comment.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderJunit } from '../../src/report/junit.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { repeatCommand } from '../../src/report/repeat.ts';
import { runRecordSchema } from '../../src/report/schema.ts';
import { renderStepSummary } from '../../src/report/step-summary.ts';
import { renderSummary } from '../../src/report/table.ts';
import { failingRun, passingRun } from '../support/records.ts';

const sabotage = { name: 'duplicate-qos0', breaks: 'messages arrive twice', invariant: 'at-most-once', changes: 12 };
const sabotaged = (run: RunRecord): RunRecord => ({
  ...run,
  sabotage,
  score: null,
  interval: null,
  grade: null,
  cap: null,
});

const printers: Record<string, (record: RunRecord) => string> = {
  'report.md': renderMarkdown,
  'report.html': renderHtml,
  'the comment': (record) => renderComment(record, { marker: '<!-- x -->' }),
  'the step summary': renderStepSummary,
  'the terminal': (record) => renderSummary(record, { colour: false, width: 120 }),
};

describe('a sabotaged run cannot be mistaken for a real one', () => {
  test.each(Object.entries(printers))('in %s, whatever its verdict', (_, print) => {
    for (const run of [passingRun(), failingRun()]) {
      const text = print(sabotaged(run)).replaceAll(/<[^>]*>/g, '');
      expect(text).toMatch(/sabotaged: +duplicate-qos0/i);
      expect(text).toContain('messages arrive twice (it has struck 12 times). at-most-once must name it');
      expect(text).not.toMatch(/Excellent|\d of 10, /);
      expect(print(run)).not.toMatch(/sabotage/i);
    }
  });

  test('in the badge, which has no score', () => {
    expect(JSON.parse(renderBadge(sabotaged(passingRun())))).toMatchObject({
      message: 'sabotaged',
      color: 'lightgrey',
    });
  });

  test('in junit.xml', () => {
    expect(renderJunit(sabotaged(passingRun()))).toContain('<property name="sabotage" value="duplicate-qos0"/>');
    expect(renderJunit(passingRun())).not.toContain('sabotage');
  });

  test('in the command that repeats a scenario', () => {
    const [scenario] = passingRun().scenarios;
    if (scenario === undefined) throw new Error('there is no scenario');
    expect(repeatCommand(sabotaged(passingRun()), scenario)).toContain(' --sabotage duplicate-qos0 ');
    expect(repeatCommand(passingRun(), scenario)).not.toContain('--sabotage');
  });

  test('when report.json is read back', () => {
    const record = sabotaged(failingRun());
    expect(runRecordSchema.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
  });

  test('and says so when the sabotage has not struck', () => {
    const idle = { ...sabotaged(passingRun()), sabotage: { ...sabotage, changes: 0 } };
    expect(renderMarkdown(idle)).toContain('it has not struck in this run');
  });
});
