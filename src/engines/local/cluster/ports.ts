import { createServer, type Server } from 'node:net';
import { ChaosError } from '../../../base/error.ts';
import type { Random } from '../../../base/random.ts';

/** Below the kernel's range for outgoing connections (32768 up), so that no connection takes a port between its choice and its use. */
const lowest = 20_000;
const span = 12_000;

export type FreePorts = {
  readonly ports: readonly number[];
  /** Lets other runs have them. */
  release(): Promise<void>;
};

/**
 * `count` TCP ports of 127.0.0.1 that nobody listens on. They are held until all are found, then let go for the nodes to take. Until they
 * are released no other run on this machine is given one of them: a node that is down would not find its port free again.
 */
export async function freePorts(count: number, random: Random): Promise<FreePorts> {
  const held: Server[] = [];
  const claims: Server[] = [];
  const ports: number[] = [];
  const release = (): Promise<void> => closeAll(claims);
  try {
    for (let tries = 0; ports.length < count; tries++) {
      if (tries > count * 50)
        throw new ChaosError('port', `no ${count} free TCP ports between ${lowest} and ${lowest + span} on 127.0.0.1`, {
          hint: 'end whatever listens on so many ports, or run fewer nodes',
        });
      const port = lowest + random.below(span);
      if (ports.includes(port)) continue;
      const claim = await claimPort(port);
      if (!claim) continue;
      claims.push(claim);
      const server = await hold(port);
      if (!server) continue;
      held.push(server);
      ports.push(port);
    }
    return { ports, release };
  } catch (error) {
    await release();
    throw error;
  } finally {
    await closeAll(held);
  }
}

/**
 * Makes a port this process's among all that ask so; undefined where it is another's. The claim is a socket in the abstract namespace of
 * unix(7): it is gone with the process, every user of the machine sees it, and it takes no port from a node, also none of UDP.
 */
export async function claimPort(port: number): Promise<Server | undefined> {
  const server = await listening({ path: `\0chaos-action/port/${port}` });
  server?.unref();
  return server;
}

function hold(port: number): Promise<Server | undefined> {
  return listening({ port, host: '127.0.0.1' });
}

function listening(where: { readonly path: string } | { readonly port: number; readonly host: string }) {
  return new Promise<Server | undefined>((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(where, () => resolve(server));
  });
}

async function closeAll(servers: Server[]): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
}
