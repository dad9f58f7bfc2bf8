import { describe, expect, test } from '@jest/globals';
import type { Samples } from '../../src/metrics/scrape.ts';
import { type Observables, seenByBroker } from '../../src/run/observability.ts';

function phase(seconds: number, logLines: number, node1: Samples = {}): Observables {
  return { seconds, logLines, metrics: new Map([['node1', node1]]) };
}
const silent = (seconds = 10): Observables => ({ seconds, logLines: 0, metrics: new Map() });

describe('logs', () => {
  test('that grow at twice the steady rate show the fault', () => {
    expect(seenByBroker(undefined, phase(10, 5), phase(20, 20), 2)).toBe(2);
    expect(seenByBroker(undefined, phase(10, 5), phase(20, 19), 2)).toBe(0);
  });

  test('of a broker that was silent until then show it by a single line', () => {
    expect(seenByBroker(undefined, silent(), { ...silent(), logLines: 1 }, 1)).toBe(1);
  });

  test('that stop show nothing', () => {
    expect(seenByBroker(undefined, phase(10, 50), phase(10, 0), 1)).toBe(0);
  });
});

describe('metrics', () => {
  const seen = (warmUp: Samples | undefined, steady: Samples, hold: Samples, holdSeconds = 10) =>
    seenByBroker(warmUp && phase(10, 0, warmUp), phase(10, 0, steady), phase(holdSeconds, 0, hold), 1);

  test.each(['peer_connected', 'routes', 'broker_link_up{peer="node2"}', 'client_disconnects_total', 'outbox_size'])(
    '%s that was at rest and moves shows the fault',
    (name) => {
      expect(seen({ [name]: 2 }, { [name]: 2 }, { [name]: 1 })).toBe(1);
      expect(seen({ [name]: 2 }, { [name]: 2 }, { [name]: 2 })).toBe(0);
    },
  );

  test('that moved as much in the steady phase show nothing', () => {
    expect(seen({ inflight: 3 }, { inflight: 5 }, { inflight: 4 })).toBe(0);
    expect(seen({ inflight: 3 }, { inflight: 5 }, { inflight: 90 })).toBe(1);
  });

  test('that go on growing as they did show nothing, however long the fault holds', () => {
    expect(seen({ errors_total: 10 }, { errors_total: 20 }, { errors_total: 50 }, 30)).toBe(0);
    expect(seen({ errors_total: 10 }, { errors_total: 20 }, { errors_total: 51 }, 30)).toBe(1);
  });

  test('of which nothing is known from before the steady phase are taken to have been at rest', () => {
    expect(seen(undefined, { inflight: 5 }, { inflight: 4 })).toBe(1);
    expect(seen({}, { inflight: 5 }, { inflight: 4 })).toBe(1);
  });

  test.each(['messages_dropped', 'bytes_queued', 'retry_seconds', 'uptime', 'go_goroutines'])(
    '%s moves anyway, or tells of no trouble',
    (name) => {
      expect(seen({ [name]: 1 }, { [name]: 1 }, { [name]: 9 })).toBe(0);
    },
  );

  test('that are not a number do not move', () => {
    expect(seen({ lag: Number.NaN }, { lag: Number.NaN }, { lag: Number.NaN })).toBe(0);
  });

  test('that are new, or of a node that was not there, cannot be compared', () => {
    expect(seen({}, {}, { peers: 1 })).toBe(0);
    const elsewhere = { seconds: 10, logLines: 0, metrics: new Map([['node2', { peers: 1 }]]) };
    expect(seenByBroker(undefined, phase(10, 0, { peers: 2 }), elsewhere, 1)).toBe(0);
  });
});

test('a broker that neither logs nor measures was not asked', () => {
  expect(seenByBroker(silent(), silent(), silent(), 1)).toBeNull();
});

test('phases that never were cannot be compared', () => {
  expect(seenByBroker(undefined, undefined, phase(10, 5), 1)).toBeNull();
  expect(seenByBroker(undefined, phase(10, 5), undefined, 1)).toBeNull();
});
