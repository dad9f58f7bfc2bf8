import { Worker } from 'node:worker_threads';
import { distPath } from '../base/entries.ts';
import { type Remote, remote } from '../base/thread-rpc.ts';
import type { WorkloadMethods } from './worker.ts';

/** The workload in its own thread, so that the conductor's work cannot delay a message or its time stamp. */
export type Workload = Remote<WorkloadMethods>;

export function openWorkload(thread = new Worker(distPath('workload-worker.js'))): Workload {
  return remote<WorkloadMethods>(thread, 'workload');
}
