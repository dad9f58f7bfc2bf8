import { describe, expect, test } from '@jest/globals';
import { noImpact } from '../../src/model/impact.ts';
import { FaultsInForce } from '../../src/workload/faults-in-force.ts';
import { ruleOf, Wire, WireTap } from '../../src/workload/wire.ts';
import { aBreach, anEnd } from '../support/kind-facts.ts';

const times = (count: number, what: () => void): void => {
  for (let i = 0; i < count; i++) what();
};

test('where nothing happened there is nothing to tell', () => {
  expect(new Wire(new FaultsInForce()).facts()).toEqual({ breaches: [], breachCounts: [], ends: [], endCount: 0 });
});

describe('breaches', () => {
  const other = { v311: 'MQTT-3.8.4-5', v5: 'MQTT-3.8.4-6' };

  test('are all counted by their rule, and the first ten of each rule are kept', () => {
    const wire = new Wire(new FaultsInForce());
    times(25, () => wire.breach(aBreach()));
    wire.breach(aBreach({ clause: other }));
    const { breaches, breachCounts } = wire.facts();
    expect(breachCounts).toEqual([
      ['MQTT-3.3.1-2', 25],
      ['MQTT-3.8.4-5', 1],
    ]);
    expect(breaches).toHaveLength(11);
    expect(breaches.at(-1)?.clause).toBe(other);
  });

  test('count during faults too: no fault makes a broker break the format', () => {
    const faults = new FaultsInForce();
    faults.begin(noImpact, 0);
    const wire = new Wire(faults);
    wire.breach(aBreach());
    expect(wire.facts().breachCounts).toEqual([['MQTT-3.3.1-2', 1]]);
  });

  test('name the node that was asked, also where it has not let the client in', () => {
    const wire = new Wire(new FaultsInForce());
    const tap = new WireTap(wire, 'mover', 'node1');
    const at = (node: string) => ({ endpoint: { node, host: '127.0.0.1', port: 1883, version: 4 as const } });
    for (const node of ['node1', 'node2']) {
      tap.connecting(at(node));
      tap.breach(aBreach());
    }
    expect(wire.facts().breaches.map(({ node }) => node)).toEqual(['node1', 'node2']);
  });

  test('have the number of their rule in the version that was spoken', () => {
    expect(ruleOf({ clause: other, version: 4 })).toBe('MQTT-3.8.4-5');
    expect(ruleOf({ clause: other, version: 5 })).toBe('MQTT-3.8.4-6');
  });
});

describe('ends of connections', () => {
  test('are all counted, and the first ten are kept', () => {
    const wire = new Wire(new FaultsInForce());
    times(12, () => wire.ended(anEnd()));
    expect(wire.facts()).toMatchObject({ endCount: 12 });
    expect(wire.facts().ends).toHaveLength(10);
  });

  test('legal: since the first fault, even when it is over: its heal may end connections', () => {
    const faults = new FaultsInForce();
    const wire = new Wire(faults);
    wire.ended(anEnd());
    faults.begin(noImpact, 1_000)(2_000);
    wire.ended(anEnd({ atMs: 90_000 }));
    expect(wire.facts().endCount).toBe(1);
  });

  test('legal: when the scenario is over', () => {
    const wire = new Wire(new FaultsInForce());
    wire.close();
    wire.ended(anEnd());
    expect(wire.facts().endCount).toBe(0);
  });
});
