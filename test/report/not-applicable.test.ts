import { describe, expect, test } from '@jest/globals';
import { renderComment } from '../../src/report/comment.ts';
import { findingsOf } from '../../src/report/findings.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderJunit } from '../../src/report/junit.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { readReport } from '../../src/report/read.ts';
import { renderSummary } from '../../src/report/table.ts';
import { aloneScenario, runRecord } from '../support/records.ts';

const record = runRecord([aloneScenario()]);
const failed = runRecord([aloneScenario({ verdict: 'fail', recoveryMs: null })]);

describe('an expectation that does not apply is shown as such, never as met or broken', () => {
  test('in the terminal', () => {
    const [, row, legend] = renderSummary(record, { colour: false, width: 100 }).split('\n');
    expect(row).toMatch(/^node-kill +pass +10\.00 +n\/a +n\/a +400 ms/);
    expect(legend).toBe('n/a: not applicable');
  });

  test('in Markdown, with the reason', () => {
    const text = renderMarkdown(record);
    expect(text).toContain('| 10.00 | not applicable | not applicable | 400 ms |');
    expect(text).toContain('| availability | at least 99% | not applicable | not applicable |');
    expect(text).toContain(
      'Availability and p99 latency not applicable: the faults left no operation possible in hold.',
    );
    expect(text).toContain('Score 10.00: availability not applicable, latency not applicable, recovery 10.00.');
  });

  test('in HTML, with the reason', () => {
    const text = renderHtml(record);
    expect(text).toContain('not applicable: the faults left no operation possible in hold.');
    expect(text).toContain('recovery 10.00.');
  });

  test('in JUnit, and it breaks nothing there', () => {
    expect(renderJunit(record)).toContain('Availability and p99 latency not applicable');
    const failure = renderJunit(failed);
    expect(failure).toContain('message="recovery never, expected at most 5 s"');
  });

  test('in the comment', () => {
    expect(renderComment(record, { marker: '<!-- test -->' })).toContain(
      '| not applicable | not applicable | 400 ms |',
    );
  });

  test('among what broke there is only what applies', () => {
    expect(findingsOf(failed).expectations.map(({ found }) => found.name)).toEqual(['recovery']);
  });

  test('it survives being written and read', () => {
    expect(readReport(Buffer.from(JSON.stringify(record)))).toEqual(record);
  });
});
