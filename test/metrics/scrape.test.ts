import { readFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { readExposition, type Scraper, startScraper } from '../../src/metrics/scrape.ts';
import { eventually } from '../support/eventually.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const samplesOf = (text: string) => readExposition(text).samples;

describe('a scrape, flattened', () => {
  test('has one number a sample, by its name and labels', () => {
    expect(
      samplesOf(
        [
          '# HELP mqtt_connections Open connections',
          '# TYPE mqtt_connections gauge',
          'mqtt_connections 12',
          '# TYPE mqtt_messages_total counter',
          'mqtt_messages_total{direction="in",qos="1"} 1027 1395066363000',
          'mqtt_messages_total{direction="out",qos="1"} 1.5e3',
          'untyped_thing -4',
          '',
        ].join('\n'),
      ),
    ).toEqual({
      mqtt_connections: 12,
      'mqtt_messages_total{direction="in",qos="1"}': 1027,
      'mqtt_messages_total{direction="out",qos="1"}': 1500,
      untyped_thing: -4,
    });
  });

  test('keeps counts and sums of histograms and summaries', () => {
    expect(
      samplesOf(
        [
          '# TYPE delivery_seconds histogram',
          'delivery_seconds_bucket{le="0.1"} 3',
          'delivery_seconds_bucket{le="+Inf"} 5',
          'delivery_seconds_sum 0.7',
          'delivery_seconds_count 5',
          '# TYPE gc_seconds summary',
          'gc_seconds{quantile="0.5"} 0.01',
          'gc_seconds_sum 0.2',
          'gc_seconds_count 20',
          '',
        ].join('\n'),
      ),
    ).toEqual({
      delivery_seconds_count: 5,
      delivery_seconds_sum: 0.7,
      gc_seconds_count: 20,
      gc_seconds_sum: 0.2,
    });
  });

  test('tells what only grows by its type, and by its name where it has none', () => {
    const text = [
      '# TYPE connections_count gauge',
      'connections_count 3',
      '# TYPE bytes_received counter',
      'bytes_received 3',
      '# TYPE delivery_seconds histogram',
      'delivery_seconds_bucket{le="+Inf"} 5',
      'delivery_seconds_sum 0.7',
      'delivery_seconds_count 5',
      'untyped_total 1',
      'untyped 1',
      '',
    ].join('\n');
    expect([...readExposition(text).counters]).toEqual([
      'bytes_received',
      'delivery_seconds_count',
      'delivery_seconds_sum',
      'untyped_total',
    ]);
  });

  test('of nothing is nothing', () => {
    expect(samplesOf('')).toEqual({});
  });
});

describe('the scraper', () => {
  const folder = temporaryFolders();
  const servers: Server[] = [];
  const scrapers: Scraper[] = [];
  afterEach(async () => {
    await Promise.all(scrapers.splice(0).map((scraper) => scraper.stop()));
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function serve(answer: (response: ServerResponse) => void): Promise<string> {
    const server = createServer((_, response) => answer(response));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
  }

  function start(targets: Readonly<Record<string, string>>, everyMs = 50) {
    const into = join(folder(), 'metrics');
    const scraper = startScraper({
      targets: () => Object.entries(targets).map(([node, url]) => ({ node, url })),
      folder: into,
      secrets: ['hunter2'],
      clock: systemClock,
      everyMs,
    });
    scrapers.push(scraper);
    const lines = (node: string): Record<string, unknown>[] =>
      readFileSync(join(into, `${node}.jsonl`), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    return { scraper, lines };
  }

  test('counts what it asked and what was answered, and writes a line for each', async () => {
    let value = 0;
    const url = await serve((response) => response.end(`connections ${++value}\n`));
    const { scraper, lines } = start({ node1: url });
    await eventually('three answers', () => (scraper.latest().get('node1')?.connections ?? 0) >= 3);
    await scraper.stop();
    const { attempted, answered } = scraper.take().counts;
    expect(answered).toBeGreaterThanOrEqual(3);
    expect(scraper.latest().get('node1')?.connections).toBeGreaterThanOrEqual(answered);
    expect(lines('node1')).toHaveLength(attempted);
    expect(lines('node1').find(({ samples }) => samples)).toEqual({
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      samples: { connections: expect.any(Number) },
    });
  });

  test.each([
    ['a status that is no success', (response: ServerResponse) => response.writeHead(500).end(), 'HTTP status 500'],
    [
      'a page that is no Prometheus text',
      (response: ServerResponse) => response.end('<html>\n<p>Please sign in</p>\n</html>\n'),
      "no sample in Prometheus' text format",
    ],
    ['a connection that is broken off', (response: ServerResponse) => response.destroy(), 'fetch failed'],
  ])('%s is asked and not answered', async (_, answer, reason) => {
    let asked = 0;
    const url = await serve((response) => {
      asked++;
      answer(response);
    });
    const { scraper, lines } = start({ node1: url });
    await eventually('two questions', () => asked >= 2);
    await scraper.stop();
    const { attempted, answered } = scraper.take().counts;
    expect({ some: attempted >= 2, answered }).toEqual({ some: true, answered: 0 });
    expect(scraper.latest().size).toBe(0);
    expect(String(lines('node1')[0]?.error)).toContain(reason);
  });

  test('a node that hangs is given up after a while and does not hold up the others', async () => {
    let answered = 0;
    const hanging = await serve(() => {});
    const healthy = await serve((response) => {
      answered++;
      response.end('up 1\n');
    });
    const { scraper, lines } = start({ node1: hanging, node2: healthy }, 100);
    await eventually('node2 is asked on', () => answered >= 3);
    await scraper.stop();
    expect(scraper.latest().get('node2')).toEqual({ up: 1 });
    expect(scraper.latest().has('node1')).toBe(false);
    expect(String(lines('node1')[0]?.error)).toContain('timeout');
  });

  test('an answer belongs to the count of its question, also when that was taken meanwhile', async () => {
    const waiting: ServerResponse[] = [];
    const url = await serve((response) => void waiting.push(response));
    const { scraper } = start({ node1: url }, 300);
    await eventually('a question is open', () => waiting.length > 0);
    const { counts: first } = scraper.take();
    for (const response of waiting.splice(0)) response.end('up 1\n');
    await eventually('the answer has come', () => scraper.latest().size > 0);
    expect(first).toEqual({ attempted: 1, answered: 1 });
    expect(scraper.take().counts.answered).toBe(0);
  });
});
