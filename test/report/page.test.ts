import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { execa } from 'execa';
import type { RunRecord, ScenarioRecord } from '../../src/model/record.ts';
import { renderHtml } from '../../src/report/html.ts';
import { looks, seriousFaults } from '../support/accessibility.ts';
import { BrowserPage } from '../support/browser.ts';
import { recordFullOf } from '../support/hostile.ts';
import { browserProgram, needing } from '../support/needs.ts';
import { failingRun, faultRecord, inconclusiveRun, runRecord, scenarioRecord } from '../support/records.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const test = needing('chromium');

const temporary = temporaryFolders();
const browser = browserProgram();

/** The page as a browser has it after its script ran, and what the browser had to say. */
async function opened(record: RunRecord): Promise<{ readonly dom: string; readonly console: string }> {
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
      `file://${file}`,
    ],
    { timeout: 50_000, env: { TMPDIR: folder } },
  );
  const console = stderr.split('\n').filter((line) => line.includes('CONSOLE'));
  return { dom: stdout, console: console.join('\n') };
}

/** A scenario with what its nodes used, said of themselves and logged. It lasts from 3 s to 43 s. */
function watched(): ScenarioRecord {
  const times = Array.from({ length: 40 }, (_, index) => 3_000 + index * 1_000);
  const series = (name: string, line: string, kind: 'gauge' | 'counter', value: (ms: number) => number) => ({
    ...{ name, line, kind },
    points: times.map((ms) => [ms, value(ms)] as const),
  });
  return {
    ...scenarioRecord({ name: 'node-kill', faults: [faultRecord()] }),
    series: [
      series('CPU, cores', 'node1', 'gauge', (ms) => 0.2 + ms / 1e6),
      series('CPU, cores', 'node2', 'gauge', (ms) => 0.3 - ms / 1e6),
      series('published_total', 'node1', 'counter', (ms) => ms / 10),
    ],
    logs: [
      {
        node: 'node1',
        leftOut: 0,
        lines: [
          { atMs: 4_000, withinMs: 0, text: 'began' },
          { atMs: 42_000, withinMs: 0, text: 'ended' },
        ],
      },
      { node: 'node2', leftOut: 7, lines: [{ atMs: 20_000, withinMs: 500, text: '<b>peer</b> lost' }] },
    ],
  };
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

  test('lets a reader choose scenarios by verdict, by invariant and by dimension, with a click or by a link', async () => {
    const record = failingRun();
    const folder = temporary();
    writeFileSync(join(folder, 'report.html'), renderHtml(record));
    const page = await BrowserPage.open(`file://${join(folder, 'report.html')}#verdict=fail`, folder);
    const shown = (): Promise<string[]> =>
      page.evaluate(
        "[...document.querySelectorAll('section[data-verdict]')].filter((one) => !one.hidden).map(({ id }) => id)",
      );
    const of = (wanted: (scenario: ScenarioRecord) => boolean): string[] =>
      record.scenarios.flatMap((scenario, index) => (wanted(scenario) ? [`scenario-${index + 1}`] : []));
    const press = (text: string): Promise<unknown> =>
      page.evaluate(
        `[...document.querySelectorAll('.filter button')].find((one) => one.textContent === '${text}').click()`,
      );
    try {
      await page.until("document.querySelector('.filter')");
      const failed = of(({ verdict }) => verdict === 'fail');
      expect(failed).not.toHaveLength(record.scenarios.length);
      expect(await shown()).toEqual(failed);
      expect(await page.evaluate("document.querySelector('.filter [role=status]').textContent")).toBe(
        `${failed.length} of ${record.scenarios.length} scenarios are shown`,
      );
      const rows = "[...document.querySelectorAll('#scenarios tbody tr')].filter((one) => !one.hidden).length";
      expect(await page.evaluate(rows)).toBe(failed.length);

      await press('all');
      expect(await shown()).toHaveLength(record.scenarios.length);
      const invariant = record.scenarios.flatMap(({ violations }) => violations)[0]?.invariant ?? '';
      await press(`violated ${invariant}`);
      expect(await shown()).toEqual(of(({ violations }) => violations.some((one) => one.invariant === invariant)));

      const dimension = record.scenarios[0]?.dimension ?? '';
      await page.evaluate(`document.querySelector('a[data-show="dimension=${dimension}"]').click()`);
      await page.until(`location.hash === '#dimension=${dimension}'`);
      await page.until(`document.querySelectorAll('section[data-verdict][hidden]').length > 0`);
      expect(await shown()).toEqual(of((scenario) => scenario.dimension === dimension));
      expect(page.console).toEqual([]);
    } finally {
      await page.close();
    }
  });

  test('draws what each node used and said of itself, zooms into all charts of a scenario together, and shows the logs of that time', async () => {
    const record = runRecord([watched()]);
    const folder = temporary();
    writeFileSync(join(folder, 'report.html'), renderHtml(record));
    const page = await BrowserPage.open(`file://${join(folder, 'report.html')}`, folder);
    const all = <T>(selector: string, what: string): Promise<T[]> =>
      page.evaluate(`[...document.querySelectorAll('${selector}')].map((one) => ${what})`);
    const shows = (): Promise<string[]> => all('[data-chart]', 'one.dataset.shows');
    const legend = (): Promise<string[]> => all('[data-chart=series] .u-label', 'one.textContent');
    try {
      await page.until("document.querySelectorAll('[data-chart] canvas').length === 4");
      expect(await all('select option', 'one.textContent')).toEqual(['CPU, cores', 'published_total, per second']);
      expect(await legend()).toEqual(['at', 'node1', 'node2']);
      const whole = await shows();
      expect(new Set(whole).size).toBe(1);
      expect(await all('.logs li:not([hidden])', 'one.textContent')).toHaveLength(3);
      expect(await all('.logs summary', 'one.textContent')).toEqual([
        'Logs of the nodes: 3 of 10 lines, those nearest to the faults',
      ]);

      await page.drag('[data-chart=throughput] .u-over', 0.3, 0.6);
      await page.until("document.querySelector('.logs [role=status]').textContent !== ''");
      const zoomed = await shows();
      expect(new Set(zoomed).size).toBe(1);
      expect(zoomed[0]).not.toBe(whole[0]);
      expect(await all('.logs li:not([hidden])', 'one.textContent')).toEqual(['~ 20.0 s node2: <b>peer</b> lost']);

      // Another measure is drawn in the same time.
      await page.evaluate(
        "{ const select = document.querySelector('select'); select.value = '1'; select.dispatchEvent(new Event('change')) }",
      );
      expect(await legend()).toEqual(['at', 'node1']);
      expect(await shows()).toEqual(zoomed);
      expect(page.console).toEqual([]);
    } finally {
      await page.close();
    }
  });

  test.each([
    ['failed', failingRun()],
    ['was watched', runRecord([watched()])],
    ['decided nothing', inconclusiveRun()],
    ['ran nothing', runRecord([])],
  ])('of a run that %s has no serious fault for readers who cannot see it well, in any look', async (_, record) => {
    const folder = temporary();
    writeFileSync(join(folder, 'report.html'), renderHtml(record));
    const page = await BrowserPage.open(`file://${join(folder, 'report.html')}`, folder);
    try {
      for (const look of looks) {
        await page.show(look);
        await page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true");
        expect({ look, faults: await seriousFaults(page) }).toEqual({ look, faults: [] });
        // Nothing but a table or a line of output is ever wider than the screen, and these scroll by themselves.
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(look.width);
      }
    } finally {
      await page.close();
    }
  });

  test('is looked at by something that sees a fault', async () => {
    const folder = temporary();
    const page = "<!doctype html><html lang=en><title>t</title><p style='color:#ccc;background:#fff'>pale<img src=x>";
    writeFileSync(join(folder, 'bad.html'), page);
    const bad = await BrowserPage.open(`file://${join(folder, 'bad.html')}`, folder);
    try {
      const faults = (await seriousFaults(bad)).map((fault) => fault.split(':')[0]);
      expect(faults).toEqual(expect.arrayContaining(['color-contrast', 'image-alt']));
    } finally {
      await bad.close();
    }
  });

  test('has the same elements whatever a broker printed', async () => {
    const elements = (dom: string): string[] =>
      dom.replaceAll(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, '<$1>').match(/<[a-z][a-z0-9]*/g) ?? [];
    const benign = await opened(recordFullOf('benign'));
    const attacked = await opened(recordFullOf('</script></style></title><img src=x onerror=console.log(1)>"\' <!--'));
    expect(attacked.console).toBe('');
    expect(elements(attacked.dom)).toEqual(elements(benign.dom));
    expect(elements(benign.dom).filter((element) => element === '<canvas')).toHaveLength(16);
  });
});
