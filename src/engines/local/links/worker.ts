import { parentPort, workerData } from 'node:worker_threads';
import { ChaosError, messageOf } from '../../../base/error.ts';
import { createRandom } from '../../../base/random.ts';
import { type Lag, watchLoopLag } from '../../../metrics/loop-lag.ts';
import { CallWatch } from './http2/link-calls.ts';
import { Link } from './link.ts';
import type { Failure, Question, Reply, Request, WorkerStart } from './protocol.ts';
import { Scheduler } from './scheduler.ts';

/** The thread in which all links live: nothing the conductor computes delays a byte, and no traffic delays the conductor. */

const { seed } = workerData as WorkerStart;
const random = createRandom(seed);
const scheduler = new Scheduler();
const links = new Map<string, Link>();
const watches = new Map<number, { readonly link: Link; readonly watch: CallWatch }>();
let watchesMade = 0;
const loopLag = watchLoopLag();

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
        return { port: await link.open(request.listenPort, request.upstream, request.ipv6) };
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
    case 'watch-calls': {
      const link = find(request.linkId);
      const watch = new CallWatch(request.method, () => scheduler.nowMs());
      const watchId = watchesMade++;
      watches.set(watchId, { link, watch });
      return { watchId, connectionsReset: link.watchCalls(watch) };
    }
    case 'apply-rule':
      findWatch(request.watchId).watch.apply(request.rule);
      return undefined;
    case 'clear-rule':
      findWatch(request.watchId).watch.clear();
      return undefined;
    case 'read-calls': {
      const { link, watch } = findWatch(request.watchId);
      return link.callsSeen(watch, request.lateAfterMs);
    }
    case 'unwatch-calls': {
      const { link, watch } = findWatch(request.watchId);
      link.unwatchCalls(watch);
      watches.delete(request.watchId);
      return undefined;
    }
    case 'lag':
      return takeLag();
    case 'close':
      await Promise.all([...links.values()].map((link) => link.close()));
      links.clear();
      scheduler.close();
      loopLag.stop();
      return undefined;
  }
}

function find(linkId: string): Link {
  const link = links.get(linkId);
  if (!link) throw new ChaosError('internal', `There is no link ${linkId}.`);
  return link;
}

function findWatch(watchId: number): { readonly link: Link; readonly watch: CallWatch } {
  const found = watches.get(watchId);
  if (!found) throw new ChaosError('internal', `There is no watch ${watchId}.`);
  return found;
}

function takeLag(): Lag {
  const lag = loopLag.read();
  loopLag.reset();
  return lag;
}

function failureOf(error: unknown): Failure {
  if (error instanceof ChaosError) return { code: error.code, message: error.message, hint: error.hint };
  return { code: 'internal', message: messageOf(error), hint: undefined };
}
