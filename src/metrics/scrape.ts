import { appendFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import parsePrometheus from 'parse-prometheus-text-format';
import type { Clock } from '../base/clock.ts';
import { messageOf } from '../base/error.ts';
import { maskSecrets } from '../base/mask.ts';
import { type NodeSeries, SeriesStore } from './series.ts';

export type ScrapeTarget = { readonly node: string; readonly url: string };

/** Every sample of one scrape: `name{label="value"}` to its value. */
export type Samples = Readonly<Record<string, number>>;

export type Scraper = {
  /** How many were tried and answered, and the values of each metric over time, since this was last asked. */
  take(): { readonly counts: { attempted: number; answered: number }; readonly series: NodeSeries[] };
  latest(): ReadonlyMap<string, Samples>;
  stop(): Promise<void>;
};

/** Asks every target once a second, and writes what they say to `folder`, a JSON line a scrape in a file a node. */
export function startScraper(options: {
  targets: () => readonly ScrapeTarget[];
  folder: string;
  /** What the metrics' labels must not show. */
  secrets: readonly string[];
  clock: Clock;
  everyMs?: number;
}): Scraper {
  const { clock, folder, secrets } = options;
  let counts = { attempted: 0, answered: 0 };
  const latest = new Map<string, Samples>();
  const series = new SeriesStore();
  let busy: Promise<unknown> = Promise.resolve();
  mkdirSync(folder, { recursive: true });
  // What an earlier run has left there is not of this one.
  for (const name of readdirSync(folder)) if (name.endsWith('.jsonl')) rmSync(join(folder, name));

  const scrape = async ({ node, url }: ScrapeTarget): Promise<void> => {
    // Kept, since an answer belongs to the count of its question, also when that was taken meanwhile.
    const own = counts;
    own.attempted++;
    const askedMs = clock.nowMs();
    const at = new Date(clock.wallMs()).toISOString();
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(900) });
      if (!response.ok) throw new Error(`HTTP status ${response.status}`);
      const { samples, counters } = readExposition(maskSecrets(await response.text(), secrets));
      // A sign-in page comes with a status that is a success too.
      if (Object.keys(samples).length === 0) throw new Error("no sample in Prometheus' text format");
      own.answered++;
      latest.set(node, samples);
      if (own === counts) series.add(node, askedMs, { samples, counters });
      appendFileSync(join(folder, `${node}.jsonl`), `${JSON.stringify({ at, samples })}\n`);
    } catch (error) {
      appendFileSync(
        join(folder, `${node}.jsonl`),
        `${JSON.stringify({ at, error: maskSecrets(messageOf(error), secrets) })}\n`,
      );
    }
  };
  const timer = setInterval(() => {
    // Those before may not have been answered yet.
    busy = Promise.allSettled([busy, ...options.targets().map(scrape)]).then(() => {});
  }, options.everyMs ?? 1_000);

  return {
    take() {
      const taken = counts;
      counts = { attempted: 0, answered: 0 };
      return { counts: taken, series: series.take() };
    },
    latest: () => new Map(latest),
    async stop() {
      clearInterval(timer);
      await busy;
    },
  };
}

/** What may be the name of a metric; the parser takes any word for one. */
const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/** What a scrape says: every sample, and the names of those that only grow. */
export type Scrape = { readonly samples: Samples; readonly counters: ReadonlySet<string> };

/**
 * Prometheus' text format as one flat map; histograms and summaries keep their counts and sums. Counters are told by their type, and where a
 * broker gives none by the ending that Prometheus prescribes.
 */
export function readExposition(text: string): Scrape {
  const samples: Record<string, number> = {};
  const counters = new Set<string>();
  for (const family of parsePrometheus(text)) {
    if (!metricName.test(family.name)) continue;
    const isUntyped = !/^(?:counter|gauge|histogram|summary)$/i.test(family.type);
    if (/^counter$/i.test(family.type) || (isUntyped && family.name.endsWith('_total'))) counters.add(family.name);
    if (/^(?:histogram|summary)$/i.test(family.type)) counters.add(`${family.name}_count`).add(`${family.name}_sum`);
    for (const metric of family.metrics) {
      const labels = Object.entries(metric.labels ?? {}).map(([name, value]) => `${name}="${value}"`);
      const key = (suffix: string): string =>
        `${family.name}${suffix}${labels.length > 0 ? `{${labels.join(',')}}` : ''}`;
      if (metric.value !== undefined) samples[key('')] = Number(metric.value);
      if (metric.count !== undefined) samples[key('_count')] = Number(metric.count);
      if (metric.sum !== undefined) samples[key('_sum')] = Number(metric.sum);
    }
  }
  return { samples, counters };
}
