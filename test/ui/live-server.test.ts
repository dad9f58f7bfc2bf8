import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { renderHtml } from '../../src/report/html.ts';
import { type LiveServer, openLiveServer } from '../../src/ui/live-server.ts';
import { looks, seriousFaults } from '../support/accessibility.ts';
import { BrowserPage } from '../support/browser.ts';
import { rejection } from '../support/eventually.ts';
import { needing } from '../support/needs.ts';
import { failingRun } from '../support/records.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const temporary = temporaryFolders();
const open: LiveServer[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

async function started(): Promise<{ readonly server: LiveServer; readonly out: string }> {
  const out = temporary();
  const server = await openLiveServer({ port: 0, broker: 'a <broker>', out });
  open.push(server);
  return { server, out };
}

/** The first events of a stream, as far as so many have come. */
async function events(url: string, count: number, headers: Record<string, string> = {}): Promise<string[]> {
  const abort = new AbortController();
  const response = await fetch(`${url}events`, { headers, signal: abort.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const found = (): string[] => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id = '']) => id);
  while (reader && found().length < count) text += (await reader.read()).value ?? '';
  abort.abort();
  return found();
}

/** Another port that leads to the server, and whose connections can be cut. */
async function breakableWay(url: string) {
  const sockets = new Set<Socket>();
  const way = createServer((near) => {
    const far = connect(Number(new URL(url).port), '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => way.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(way.address() as AddressInfo).port}/`,
    cut,
    close: () =>
      new Promise<void>((resolve) => {
        way.close(() => resolve());
        cut();
      }),
  };
}

function statusFor(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('the live view', () => {
  test('tells a page all that was told before it came, and goes on where it was', async () => {
    const { server } = await started();
    for (const text of ['one', 'two']) server.tell({ type: 'note', atMs: 1, text });
    expect(await events(server.url, 2)).toEqual(['1', '2']);
    server.tell({ type: 'note', atMs: 2, text: 'three' });
    expect(await events(server.url, 1, { 'Last-Event-ID': '2' })).toEqual(['3']);
  });

  test('has the report as soon as there is one', async () => {
    const { server, out } = await started();
    expect((await fetch(`${server.url}report.html`)).status).toBe(404);
    writeFileSync(join(out, 'report.html'), '<p>so far</p>');
    expect(await (await fetch(`${server.url}report.html`)).text()).toBe('<p>so far</p>');
  });

  test('answers nobody who asks by another name: that name may lead here from anywhere', async () => {
    const { server } = await started();
    expect(await statusFor(server.url, { Host: 'evil.example:80' })).toBe(403);
    expect(await statusFor(server.url, { Host: 'localhost:80' })).toBe(200);
  });

  test('a port that is taken is told', async () => {
    const { server } = await started();
    const port = Number(new URL(server.url).port);
    expect(await rejection(openLiveServer({ port, broker: 'x', out: '.' }))).toMatchObject({
      code: 'port',
      message: `--ui ${port}: the port is taken`,
    });
  });

  needing('chromium')('shows in a browser what goes on, and the report of what has ended', async () => {
    const { server, out } = await started();
    writeFileSync(join(out, 'report.html'), renderHtml(failingRun()));
    const counts = { published: 0, acknowledged: 0, delivered: 0 };
    const at = { type: 'progress', scenario: 'node-kill', phase: 'hold' } as const;
    server.tell({ type: 'stage', atMs: 0, text: 'booting 3 nodes of <b>x</b>' });
    server.tell({ ...at, atMs: 500, ...counts, faults: [] });
    server.tell({ ...at, atMs: 1_000, ...counts, published: 150, faults: ['kill on node1'] });
    server.tell({ type: 'scenario', atMs: 2_000, name: 'baseline', verdict: 'pass', line: 'baseline: pass' });
    const page = await BrowserPage.open(server.url, out);
    const text = (id: string): Promise<string> => page.evaluate(`document.getElementById('${id}').textContent`);
    try {
      await page.until("document.querySelector('#scenarios li')");
      expect(await text('faults')).toBe('kill on node1');
      expect(await text('phase')).toBe('hold');
      expect(await text('log')).toContain('booting 3 nodes of <b>x</b>');
      expect(await text('log')).toContain('in force: kill on node1');
      expect(await text('scenarios')).toBe('baseline: pass');
      await page.until("document.querySelector('#chart canvas')");
      // The report of the run is there beside it, whole.
      await page.until("document.getElementById('report').contentDocument?.querySelector('#scenarios')");

      server.tell({ ...at, atMs: 2_500, ...counts, faults: [] });
      await page.until("document.getElementById('faults').textContent === 'none'");
      expect(await text('log')).toContain('healed: kill on node1');

      for (const look of looks) {
        await page.show(look);
        expect({ look, faults: await seriousFaults(page) }).toEqual({ look, faults: [] });
      }

      server.tell({ type: 'end', atMs: 3_000, verdict: 'pass' });
      await page.until("document.getElementById('link').textContent === 'the run has ended: pass'");
      expect(page.console).toEqual([]);
    } finally {
      await page.close();
    }
  });

  needing('chromium')('goes on after the connection was lost', async () => {
    const { server, out } = await started();
    server.tell({ type: 'note', atMs: 1, text: 'first' });
    const way = await breakableWay(server.url);
    const page = await BrowserPage.open(way.url, out);
    const has = (text: string): string => `document.getElementById('log').textContent.includes('${text}')`;
    try {
      await page.until(has('first'));
      way.cut();
      server.tell({ type: 'note', atMs: 2, text: 'second' });
      await page.until(has('second'));
      // What was told before is not told again.
      expect(await page.evaluate("document.querySelectorAll('#log li').length")).toBe(2);
    } finally {
      await page.close();
      await way.close();
    }
  });
});
