import { MessageChannel, Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ChaosError } from '../../src/base/error.ts';
import { type Methods, remote, serve } from '../../src/base/thread-rpc.ts';

const workers: Worker[] = [];

/** A thread that runs `code` for each request, with `port` and `request` at hand. */
function aThread<M extends Methods>(code: string) {
  const worker = new Worker(
    `const { parentPort: port } = require('node:worker_threads'); port.on('message', (request) => { ${code} });`,
    { eval: true },
  );
  workers.push(worker);
  return remote<M>(worker, 'test');
}

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
});

type Echo = { echo: (value: unknown) => unknown };
const echo = 'port.postMessage({ id: request.id, result: request.argument });';

describe('calls to a thread', () => {
  test('are answered, each by its own answer', async () => {
    const thread = aThread<Echo>(`setTimeout(() => { ${echo} }, request.argument);`);
    expect(await Promise.all([30, 1, 15].map((ms) => thread.call('echo', ms)))).toEqual([30, 1, 15]);
  });

  test('that fail there are rejected here, with code and hint', async () => {
    const failure = { code: 'fault', message: 'no such thing', hint: 'make one' };
    const thread = aThread<Echo>(`port.postMessage({ id: request.id, error: ${JSON.stringify(failure)} });`);
    await expect(thread.call('echo', 1)).rejects.toMatchObject(failure);
  });

  test('are rejected when the thread throws, those that follow too', async () => {
    const thread = aThread<Echo>("throw new Error('broken');");
    await expect(Promise.all([thread.call('echo', 1), thread.call('echo', 2)])).rejects.toThrow(
      /the test thread ended: .*broken/,
    );
    await expect(thread.call('echo', 3)).rejects.toThrow(/the test thread ended: .*broken/);
  });

  test('are rejected when the thread ends', async () => {
    const thread = aThread<Echo>('process.exit(3);');
    await expect(thread.call('echo', 1)).rejects.toThrow('the test thread ended: exit code 3');
    await expect(thread.call('echo', 2)).rejects.toThrow('the test thread ended: exit code 3');
  });

  test('are rejected when the thread is ended from here', async () => {
    const thread = aThread<Echo>('');
    const open = thread.call('echo', 1);
    const [outcome] = await Promise.allSettled([open, thread.terminate()]);
    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: { code: 'cancelled', message: 'the test thread was ended' },
    });
    await expect(thread.call('echo', 2)).rejects.toThrow('the test thread was ended');
  });

  test('with an argument that cannot be cloned are rejected, and the thread goes on', async () => {
    const thread = aThread<Echo>(echo);
    await expect(thread.call('echo', () => {})).rejects.toThrow('could not be cloned');
    await expect(thread.call('echo', 5)).resolves.toBe(5);
  });

  test('are not disturbed by answers to nothing', async () => {
    const thread = aThread<Echo>(`port.postMessage({ id: 999, result: 'what?' }); ${echo}`);
    await expect(thread.call('echo', 5)).resolves.toBe(5);
  });
});

describe('the thread’s side', () => {
  /** What `methods` answer to one request. */
  async function answer(methods: Methods, method: string, argument?: unknown): Promise<unknown> {
    const { port1, port2 } = new MessageChannel();
    try {
      serve(port2, 'test', methods);
      const answered = new Promise((resolve) => port1.once('message', resolve));
      port1.postMessage({ id: 7, method, argument });
      return await answered;
    } finally {
      port1.close();
    }
  }

  test('answers with what a method returns or promises', async () => {
    expect(await answer({ twice: (n: number) => 2 * n }, 'twice', 4)).toEqual({ id: 7, result: 8 });
    expect(await answer({ twice: async (n: number) => 2 * n }, 'twice', 4)).toEqual({ id: 7, result: 8 });
  });

  test('answers with the message of what it throws', async () => {
    const methods = {
      now: () => {
        throw new Error('not now');
      },
      later: () => Promise.reject(new Error('not later')),
    };
    const ours = (message: string) => ({ id: 7, error: { code: 'internal', message: `test: ${message}` } });
    expect(await answer(methods, 'now')).toEqual(ours('not now'));
    expect(await answer(methods, 'later')).toEqual(ours('not later'));
  });

  test('answers with the code, message and hint of a ChaosError', async () => {
    const refuse = () => Promise.reject(new ChaosError('fault', 'no link', { hint: 'open it' }));
    expect(await answer({ refuse }, 'refuse')).toEqual({
      id: 7,
      error: { code: 'fault', message: 'no link', hint: 'open it' },
    });
  });

  test('answers with an error where the result cannot be cloned', async () => {
    expect(await answer({ give: () => () => {} }, 'give')).toMatchObject({
      id: 7,
      error: { code: 'internal', message: expect.stringContaining('could not be cloned') },
    });
  });

  test('answers with an error where there is no such method', async () => {
    expect(await answer({}, 'missing')).toMatchObject({ id: 7, error: { message: 'test: no method missing' } });
  });
});
