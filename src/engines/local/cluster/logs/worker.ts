import { constants, openSync, readSync } from 'node:fs';
import { Socket } from 'node:net';
import { parentPort } from 'node:worker_threads';
import { serve } from '../../../../base/thread-rpc.ts';
import { LogSink, type LogSinkOptions } from './log-sink.ts';

/** The thread that writes all logs: nothing the conductor computes keeps a program waiting that has something to say. */

type Pipe = { readonly fd: number; readonly socket: Socket; readonly sink: LogSink };

const pipes = new Map<string, Pipe>();
/** As much as a pipe may hold (pipe-max-size, pipe(7)): all that was said before a flush is within it. */
const chunk = Buffer.alloc(1_024 * 1_024);

export type LogMethods = {
  /** Writes to a log all that is said into the named pipe. */
  open(options: LogSinkOptions & { readonly pipe: string }): void;
  /** Writes all that was said into the pipe before; resolves when it is in the log. */
  flush(pipe: string): void;
  close(): void;
};

const methods: LogMethods = {
  open({ pipe, ...options }) {
    // Also for writing, so that it does not end with the first program that was given it.
    const fd = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    const sink = new LogSink(options);
    const socket = new Socket({ fd, readable: true, writable: false });
    socket.on('data', (bytes) => sink.push(bytes));
    // It is a pipe of our own, which does not break.
    socket.on('error', () => {});
    pipes.set(pipe, { fd, socket, sink });
  },
  flush(name) {
    const pipe = pipes.get(name);
    if (pipe === undefined) return;
    try {
      for (let length = 0, total = 0; total < chunk.length; total += length) {
        length = readSync(pipe.fd, chunk);
        if (length === 0) break;
        pipe.sink.push(chunk.subarray(0, length));
      }
    } catch {
      // EAGAIN: it is empty.
    }
    pipe.sink.flush();
  },
  close() {
    for (const [name, { socket, sink }] of pipes) {
      methods.flush(name);
      socket.destroy();
      sink.close();
    }
    pipes.clear();
  },
};

if (parentPort) serve(parentPort, 'logs', methods);
