import { createServer, type Server } from 'node:net';
import { ChaosError } from '../base/error.ts';
import type { Random } from '../base/random.ts';

/** Below the kernel's range for outgoing connections (32768 up), so that no connection takes a port between its choice and its use. */
const lowest = 20_000;
const span = 12_000;

/** `count` TCP ports of 127.0.0.1 that nobody listens on. They are held until all are found, then let go for the nodes to take. */
export async function freePorts(count: number, random: Random): Promise<number[]> {
  const held: Server[] = [];
  const ports: number[] = [];
  try {
    for (let tries = 0; ports.length < count; tries++) {
      if (tries > count * 50)
        throw new ChaosError('port', `no ${count} free TCP ports between ${lowest} and ${lowest + span} on 127.0.0.1`, {
          hint: 'end whatever listens on so many ports, or run fewer nodes',
        });
      const port = lowest + random.below(span);
      if (ports.includes(port)) continue;
      const server = await hold(port);
      if (!server) continue;
      held.push(server);
      ports.push(port);
    }
  } finally {
    await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
  }
  return ports;
}

function hold(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
