import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { WorkloadPlan } from '../src/workload/flows/stream/plan.ts';
import { Recorder } from '../src/workload/flows/stream/recorder.ts';
import { decodePayload, encodePayload } from '../src/workload/payload.ts';
import type { BenchRow } from './row.ts';

const million = 1_000_000;
const flows = 15;

/** Bytes of heap that a million more recorded messages take, once the second of them has been paid for. */
export async function benchMemory(): Promise<BenchRow[]> {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const plan: WorkloadPlan = {
    flows: Array.from({ length: flows }, (_, id) => ({
      id,
      name: `flow ${id}`,
      topic: `t/${id}`,
      qos: 1 as const,
      node: 'node1',
      clientId: `p${id}`,
      ratePerSecond: 1_000,
    })),
    subscribers: [
      {
        clientId: 's',
        node: 'node1',
        session: 'persistent',
        subscriptions: [{ filter: 't/+', qos: 1, flows: Array.from({ length: flows }, (_, id) => id) }],
      },
    ],
  };
  const recorder = new Recorder(plan, 5_000);
  // All in one window: how many windows there are depends on time, not on messages.
  recorder.mark('hold', 0, Number.MAX_SAFE_INTEGER);
  const record = (): void => {
    for (let i = 0; i < million; i++) {
      const flow = recorder.flows[i % flows];
      const subscription = flow?.subscriptions[0];
      if (!flow || !subscription) throw new Error('every flow has one subscription');
      const sequence = recorder.due(flow, i);
      const decoded = decodePayload(
        encodePayload({ run: 1, flow: flow.plan.id, kind: 'flow', sequence, sentNs: i }, 64),
      );
      if (!decoded.ok) throw new Error('a message that was just made is sound');
      recorder.acknowledged(flow, sequence, i, i + 1);
      recorder.received(subscription, decoded.header.sequence, i, i + 2, { dup: false });
    }
  };
  const heap = (): number => {
    collect();
    return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  };
  record();
  const before = heap();
  record();
  const grown = heap() - before;
  return [
    {
      name: 'memory that a second million of messages adds',
      value: grown,
      unit: 'bytes',
      aim: 'flat (under 100000)',
      met: grown < 100_000,
    },
  ];
}
