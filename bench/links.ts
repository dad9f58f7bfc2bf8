import { spawn } from 'node:child_process';
import type * as Net from 'node:net';
import { openLinks } from '../src/engines/local/links/links.ts';
import type { BenchRow } from './row.ts';

const rounds = 7;
const pings = 4_000;
const pingBytes = 64;
const bulkBytes = 512 * 1_048_576;
const bulkWriteBytes = 65_536;
const pacedMessages = 2_500;
const pacedWarmUp = 500;
const pacedPerSecond = 1_000;
const delayMs = 100;

/** What a link costs when nothing is injected, and how well it keeps a delay. Direct and proxied rounds take turns. */
export async function benchLinks(): Promise<BenchRow[]> {
  const links = await openLinks({ seed: 'bench' });
  const [echo, sink, stamps, client] = await Promise.all([
    startPeer(serve, 'echo'),
    startPeer(serve, 'sink'),
    startPeer(serve, 'stamps'),
    startPeer(drive, 'client'),
  ]);
  try {
    const open = async (id: string, port: number): Promise<number> =>
      (await links.open({ id, upstream: { host: '127.0.0.1', port } })).port;
    const [viaEcho, viaSink, viaStamps] = [
      await open('echo', echo.port),
      await open('sink', sink.port),
      await open('stamps', stamps.port),
    ];

    const ping = (port: number): Promise<number[]> => client.ask({ do: 'ping', port, count: pings, bytes: pingBytes });
    const bulk = async (port: number): Promise<number> =>
      (await client.ask({ do: 'bulk', port, count: bulkBytes, bytes: bulkWriteBytes }))[0] ?? Number.NaN;

    // A round that nobody counts lets the compilers settle.
    for (const port of [echo.port, viaEcho]) await ping(port);
    for (const port of [sink.port, viaSink]) await bulk(port);

    const addedP50: number[] = [];
    const addedP99: number[] = [];
    const ratios: number[] = [];
    const rates: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const direct = await ping(echo.port);
      const proxied = await ping(viaEcho);
      addedP50.push(quantile(proxied, 0.5) - quantile(direct, 0.5));
      addedP99.push(quantile(proxied, 0.99) - quantile(direct, 0.99));
    }
    for (let round = 0; round < rounds; round++) {
      const direct = await bulk(sink.port);
      const proxied = await bulk(viaSink);
      ratios.push(direct / proxied);
      rates.push(bulkBytes / proxied / 1e6);
    }

    const pace = async (port: number): Promise<number[]> => {
      const received = stamps.ask({ do: 'receive', count: pacedMessages });
      await client.ask({ do: 'pace', port, count: pacedMessages, perSecond: pacedPerSecond, bytes: pingBytes });
      // The first are not counted: the handshake crosses the delayed link too and holds them up.
      return (await received).slice(pacedWarmUp);
    };
    const undelayed99: number[] = [];
    const error50: number[] = [];
    const error99: number[] = [];
    await links.shape('stamps', 'forward', { delayMs });
    await links.lag();
    for (let round = 0; round < rounds; round++) {
      undelayed99.push(quantile(await pace(stamps.port), 0.99));
      const errorsMs = (await pace(viaStamps)).map((ms) => Math.abs(ms - delayMs));
      error50.push(quantile(errorsMs, 0.5));
      error99.push(quantile(errorsMs, 0.99));
    }
    const lag = await links.lag();

    const added50 = 1_000 * quantile(addedP50, 0.5);
    const ratio = quantile(ratios, 0.5);
    const delayError99 = quantile(error99, 0.5);
    return [
      { name: 'link: added round trip, median', value: added50, unit: 'us', aim: '< 60', met: added50 < 60 },
      { name: 'link: added round trip, p99', value: 1_000 * quantile(addedP99, 0.5), unit: 'us' },
      { name: 'link: throughput over direct', value: ratio, unit: 'ratio', aim: '>= 0.85', met: ratio >= 0.85 },
      { name: 'link: throughput', value: quantile(rates, 0.5), unit: 'GB/s' },
      {
        name: `link: error of a ${delayMs} ms delay at ${pacedPerSecond}/s, median`,
        value: quantile(error50, 0.5),
        unit: 'ms',
      },
      {
        name: `link: error of a ${delayMs} ms delay at ${pacedPerSecond}/s, p99`,
        value: delayError99,
        unit: 'ms',
        aim: '< 1',
        met: delayError99 < 1,
      },
      {
        name: 'link: how late the same messages are without a link, p99',
        value: quantile(undelayed99, 0.5),
        unit: 'ms',
      },
      { name: 'link: event loop lag of the worker, p99', value: lag.p99Ms, unit: 'ms' },
    ];
  } finally {
    await Promise.all([...[echo, sink, stamps, client].map((peer) => peer.stop()), links.close()]);
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

type Task = {
  readonly do: 'ping' | 'bulk' | 'pace' | 'receive';
  readonly port?: number;
  readonly count: number;
  readonly bytes?: number;
  readonly perSecond?: number;
};

type Peer = { readonly port: number; ask(task: Task): Promise<number[]>; stop(): Promise<unknown> };

type PeerBody = (net: typeof Net, role: string) => void;

/**
 * A server or client in a process of its own, as a broker's node is. The body is handed over as text, so that it needs no file
 * in the bundle; it may use nothing but its arguments and globals.
 */
async function startPeer(body: PeerBody, role: string): Promise<Peer> {
  const code = `(${body.toString()})(require('node:net'), ${JSON.stringify(role)})`;
  const child = spawn(process.execPath, ['--input-type=commonjs', '-e', code], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const next = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      const onExit = (): void => reject(new Error(`The ${role} process of the benchmark ended early.`));
      child.once('exit', onExit);
      child.once('message', (value) => {
        child.off('exit', onExit);
        resolve(value as T);
      });
    });
  const port = await next<number>();
  return {
    port,
    ask(task) {
      child.send(task);
      return next<number[]>();
    },
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        child.kill();
      }),
  };
}

function serve(net: typeof Net, role: string): void {
  let wanted = 0;
  let delaysMs: number[] = [];
  process.on('message', (task: Task) => {
    wanted = task.count;
    delaysMs = [];
  });
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    socket.on('error', () => {});
    if (role === 'echo') {
      socket.on('data', (chunk) => socket.write(chunk));
      socket.on('end', () => socket.end());
    } else if (role === 'sink') {
      socket.resume();
      socket.on('end', () => socket.end('done'));
    } else {
      let rest: Buffer = Buffer.alloc(0);
      socket.on('data', (chunk: Buffer) => {
        const nowMs = Number(process.hrtime.bigint()) / 1e6;
        rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
        for (; rest.length >= 64; rest = rest.subarray(64)) delaysMs.push(nowMs - rest.readDoubleLE(0));
        if (wanted > 0 && delaysMs.length === wanted) process.send?.(delaysMs);
      });
      socket.on('end', () => socket.end());
    }
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as Net.AddressInfo).port));
}

function drive(net: typeof Net): void {
  const now = (): number => Number(process.hrtime.bigint()) / 1e6;
  process.on('message', (task: Task) => {
    const bytes = task.bytes ?? 64;
    const message = Buffer.alloc(bytes, 7);
    const socket = net.connect({ host: '127.0.0.1', port: task.port ?? 0, noDelay: true, allowHalfOpen: true });
    const answer = (values: number[]): void => {
      socket.end();
      process.send?.(values);
    };
    socket.on('error', (error) => {
      throw error;
    });
    socket.once('connect', () => {
      if (task.do === 'ping') {
        const times: number[] = [];
        let sent = now();
        let got = 0;
        socket.on('data', (chunk: Buffer) => {
          got += chunk.length;
          if (got < bytes) return;
          got = 0;
          times.push(now() - sent);
          if (times.length === task.count) return answer(times);
          sent = now();
          socket.write(message);
        });
        socket.write(message);
      } else if (task.do === 'bulk') {
        const start = now();
        let left = task.count;
        const push = (): void => {
          while (left > 0) {
            left -= bytes;
            if (!socket.write(message)) break;
          }
          if (left <= 0) socket.end();
        };
        socket.on('drain', push);
        socket.on('data', () => answer([now() - start]));
        push();
      } else {
        const startMs = now();
        let sent = 0;
        const timer = setInterval(() => {
          const due = Math.min(task.count, Math.floor(((now() - startMs) * (task.perSecond ?? 1_000)) / 1_000));
          for (; sent < due; sent++) {
            const stamped = Buffer.alloc(bytes);
            stamped.writeDoubleLE(now(), 0);
            socket.write(stamped);
          }
          if (sent === task.count) {
            clearInterval(timer);
            answer([]);
          }
        }, 1);
      }
    });
  });
  process.send?.(0);
}
