import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import { ChaosError, messageOf } from '../base/error.ts';
import { createRandom } from '../base/random.ts';
import { Link } from './link.ts';
import type { Failure, Question, Reply, Request, WorkerStart } from './protocol.ts';
import { Scheduler } from './scheduler.ts';
import type { Lag } from './types.ts';

/** The thread in which all links live: nothing the conductor computes delays a byte, and no traffic delays the conductor. */

const lagResolutionMs = 10;

const { seed } = workerData as WorkerStart;
const random = createRandom(seed);
const scheduler = new Scheduler();
const links = new Map<string, Link>();
const loopDelay = monitorEventLoopDelay({ resolution: lagResolutionMs });
loopDelay.enable();

parentPort?.on('message', async (question: Question) => {
  const reply = await answer(question);
  parentPort?.postMessage(reply);
  if (question.request.type === 'close') parentPort?.close();
});

async function answer({ id, request }: Question): Promise<Reply> {
  try {
    return { id, ok: true, value: await perform(request) };
  } catch (error) {
    return { id, ok: false, failure: failureOf(error) };
  }
}

async function perform(request: Request): Promise<Extract<Reply, { ok: true }>['value']> {
  switch (request.type) {
    case 'open': {
      if (links.has(request.linkId)) throw new ChaosError('internal', `There is a link ${request.linkId} already.`);
      const link = new Link(request.counters, scheduler, random.fork(request.linkId));
      links.set(request.linkId, link);
      try {
        return { port: await link.open(request.listenPort, request.upstream) };
      } catch (error) {
        links.delete(request.linkId);
        throw error;
      }
    }
    case 'open-lane':
      return { port: await find(request.linkId).openLane(request.upstream) };
    case 'close-lane':
      await find(request.linkId).closeListener(request.port);
      return undefined;
    case 'shape':
      find(request.linkId).shape(request.direction, request.change);
      return undefined;
    case 'clear':
      for (const link of request.linkId === undefined ? links.values() : [find(request.linkId)]) link.clear();
      return undefined;
    case 'reset':
      return find(request.linkId).reset();
    case 'lag':
      return takeLag();
    case 'close':
      await Promise.all([...links.values()].map((link) => link.close()));
      links.clear();
      scheduler.close();
      loopDelay.disable();
      return undefined;
  }
}

function find(linkId: string): Link {
  const link = links.get(linkId);
  if (!link) throw new ChaosError('internal', `There is no link ${linkId}.`);
  return link;
}

/** The histogram holds the time between two ticks of its own timer, so that the timer's interval is taken off. */
function takeLag(): Lag {
  const beyondInterval = (ns: number): number => Math.max(0, ns / 1e6 - lagResolutionMs);
  const none = loopDelay.count === 0;
  const lag = {
    p50Ms: none ? 0 : beyondInterval(loopDelay.percentile(50)),
    p99Ms: none ? 0 : beyondInterval(loopDelay.percentile(99)),
    maxMs: none ? 0 : beyondInterval(loopDelay.max),
  };
  loopDelay.reset();
  return lag;
}

function failureOf(error: unknown): Failure {
  if (error instanceof ChaosError) return { code: error.code, message: error.message, hint: error.hint };
  return { code: 'internal', message: messageOf(error), hint: undefined };
}
