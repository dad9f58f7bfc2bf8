import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { execa } from 'execa';
import type { RunRecord } from '../../src/model/record.ts';
import { renderHtml } from '../../src/report/html.ts';
import { recordFullOf } from '../support/hostile.ts';
import { browserProgram, needing } from '../support/needs.ts';
import { failingRun, inconclusiveRun, runRecord } from '../support/records.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const test = needing('chromium');

const temporary = temporaryFolders();
const browser = browserProgram();

/** The page as a browser has it after its script ran, and what the browser had to say. */
async function opened(record: RunRecord, hash = ''): Promise<{ readonly dom: string; readonly console: string }> {
  if (browser === undefined) throw new Error('there is no browser');
  const folder = temporary();
  const file = join(folder, 'report.html');
  writeFileSync(file, renderHtml(record));
  const { stdout, stderr } = await execa(
    browser,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--enable-logging=stderr',
      `--user-data-dir=${join(folder, 'profile')}`,
      '--dump-dom',
      `file://${file}${hash}`,
    ],
    { timeout: 50_000 },
  );
  const console = stderr.split('\n').filter((line) => line.includes('CONSOLE'));
  return { dom: stdout, console: console.join('\n') };
}

const count = (dom: string, pattern: RegExp): number => dom.match(pattern)?.length ?? 0;

describe('report.html in a browser', () => {
  test('draws every chart under its own security policy', async () => {
    const { dom, console } = await opened(inconclusiveRun());
    expect(console).toBe('');
    // Three a scenario that ran, those of a folded first run included.
    expect(count(dom, /data-chart="/g)).toBe(12);
    expect(count(dom, /<canvas /g)).toBe(12);
  });

  test('has no charts where there was nothing to draw', async () => {
    const { dom, console } = await opened(runRecord([]));
    expect(console).toBe('');
    expect(dom).toContain('No scenario was run.');
    expect(dom).not.toContain('<canvas ');
  });

  test('lets a reader choose the scenarios by verdict and by invariant', async () => {
    const { dom, console } = await opened(failingRun());
    expect(console).toBe('');
    const [, bar = ''] = /<div class="filter"[^>]*>(.*?)<\/div>/s.exec(dom) ?? [];
    const labels = [...bar.matchAll(/<button[^>]*>([^<]*)<\/button>/g)].map(([, text]) => text);
    expect(labels).toEqual(expect.arrayContaining(['all', 'verdict fail', 'verdict pass']));
    expect(labels.filter((text) => text?.startsWith('violated '))).not.toEqual([]);
    expect(count(bar, /aria-pressed="true"/g)).toBe(1);
    expect(count(dom, /<section[^>]*hidden/g)).toBe(0);
  });

  test('opens with those that a link asks for', async () => {
    const record = failingRun();
    const { dom, console } = await opened(record, '#verdict=fail');
    expect(console).toBe('');
    const failed = record.scenarios.filter(({ verdict }) => verdict === 'fail').length;
    const hidden = record.scenarios.length - failed;
    expect(hidden).toBeGreaterThan(0);
    expect(count(dom, /<section[^>]*data-verdict[^>]*hidden/g)).toBe(hidden);
    expect(count(dom, /<tr[^>]*hidden/g)).toBe(hidden);
    expect(dom).toContain(`${failed} of ${record.scenarios.length} scenarios are shown`);
  });

  test('shows the scenarios behind a dimension of the score', async () => {
    const record = failingRun();
    const dimension = record.scenarios[0]?.dimension ?? '';
    const { dom, console } = await opened(record, `#dimension=${dimension}`);
    expect(console).toBe('');
    expect(dom).toContain(`<a href="#dimension=${dimension}" data-show="dimension=${dimension}">${dimension}</a>`);
    const others = record.scenarios.filter((scenario) => scenario.dimension !== dimension).length;
    expect(count(dom, /<section[^>]*data-verdict[^>]*hidden/g)).toBe(others);
  });

  test('has the same elements whatever a broker printed', async () => {
    const elements = (dom: string): string[] =>
      dom.replaceAll(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, '<$1>').match(/<[a-z][a-z0-9]*/g) ?? [];
    const benign = await opened(recordFullOf('benign'));
    const attacked = await opened(recordFullOf('</script></style></title><img src=x onerror=console.log(1)>"\' <!--'));
    expect(attacked.console).toBe('');
    expect(elements(attacked.dom)).toEqual(elements(benign.dom));
    expect(elements(benign.dom).filter((element) => element === '<canvas')).toHaveLength(12);
  });
});
