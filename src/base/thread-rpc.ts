import type { MessagePort, Worker } from 'node:worker_threads';
import { ChaosError, type ErrorCode, messageOf } from './error.ts';

type Request = { readonly id: number; readonly method: string; readonly argument: unknown };
/** What became of a request. Only the parts of a ChaosError that a reader sees cross the threads. */
type Failure = { readonly code: ErrorCode; readonly message: string; readonly hint?: string | undefined };
type Response = { readonly id: number; readonly result: unknown } | { readonly id: number; readonly error: Failure };

/** The methods of a thread: each takes at most one argument that can be cloned. */
export type Methods = Record<string, (argument: never) => unknown>;

export type Remote<M extends Methods> = {
  call<K extends keyof M & string>(method: K, ...argument: Parameters<M[K]>): Promise<Awaited<ReturnType<M[K]>>>;
  /** Aborted, with the reason as `threadEnded` has it, when the thread ends though nobody has ended it. */
  readonly ended: AbortSignal;
  /** Ends the thread; calls still open are rejected. */
  terminate(): Promise<void>;
};

/** A thread of the tool that ended though nobody has ended it: whatever was seen after that says nothing about the broker. */
export function threadEnded(name: string, why: string, cause?: unknown): ChaosError {
  return new ChaosError('internal', `the ${name} thread ended: ${why}; this is a defect of chaos-action`, {
    hint: 'it says nothing about the broker; please report it with the output of the same run with --verbose',
    cause,
  });
}

/** The conductor's side: calls answered by `serve` in the worker. A worker that dies rejects what is open and all that follows. */
export function remote<M extends Methods>(worker: Worker, name: string): Remote<M> {
  let nextId = 1;
  let death: ChaosError | undefined;
  const ended = new AbortController();
  const open = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  const die = (error: ChaosError): void => {
    if (!death) ended.abort(error);
    death ??= error;
    for (const { reject } of open.values()) reject(death);
    open.clear();
  };
  worker.on('message', (response: Response) => {
    const waiting = open.get(response.id);
    if (!waiting) return;
    open.delete(response.id);
    if ('error' in response) {
      const { code, message, hint } = response.error;
      waiting.reject(new ChaosError(code, message, hint === undefined ? {} : { hint }));
    } else waiting.resolve(response.result as never);
  });
  worker.on('error', (error) => die(threadEnded(name, messageOf(error), error)));
  worker.on('exit', (code) => die(threadEnded(name, `exit code ${code}`)));
  return {
    ended: ended.signal,
    call: (method, ...argument) =>
      new Promise((resolve, reject) => {
        if (death) {
          reject(death);
          return;
        }
        const id = nextId++;
        open.set(id, { resolve, reject });
        worker.postMessage({ id, method, argument: argument[0] } satisfies Request);
      }),
    async terminate() {
      death ??= new ChaosError('cancelled', `the ${name} thread was ended`);
      await worker.terminate();
    },
  };
}

/** The worker's side. An error that is not a ChaosError is ours, and says in which thread it was thrown. */
export function serve(port: MessagePort, name: string, methods: Methods): void {
  port.on('message', async ({ id, method, argument }: Request) => {
    try {
      const called = methods[method];
      if (!called) throw new RangeError(`no method ${method}`);
      const result = await called(argument as never);
      port.postMessage({ id, result } satisfies Response);
    } catch (error) {
      const failure: Failure =
        error instanceof ChaosError
          ? { code: error.code, message: error.message, hint: error.hint }
          : { code: 'internal', message: `${name}: ${messageOf(error)}` };
      port.postMessage({ id, error: failure } satisfies Response);
    }
  });
}
