import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ChaosError } from '../../src/base/error.ts';
import { createRandom, type Random } from '../../src/base/random.ts';
import { type FreePorts, freePorts as find } from '../../src/engines/local/cluster/ports.ts';
import { rejection } from '../support/eventually.ts';

const servers: Server[] = [];
const found: FreePorts[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  for (const { release } of found.splice(0)) await release();
});

async function freePorts(count: number, random: Random): Promise<readonly number[]> {
  const ports = await find(count, random);
  found.push(ports);
  return ports.ports;
}

function listen(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    servers.push(server);
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

describe('free ports', () => {
  test('are different, and free to be listened on', async () => {
    const ports = await freePorts(12, createRandom('any'));
    expect(new Set(ports).size).toBe(12);
    for (const port of ports) await listen(port);
  });

  test('lie below those that the kernel gives to outgoing connections', async () => {
    for (const port of await freePorts(12, createRandom('any'))) {
      expect(port).toBeGreaterThanOrEqual(20_000);
      expect(port).toBeLessThan(32_768);
    }
  });

  test('a port that somebody listens on is passed over', async () => {
    const { ports, release } = await find(2, createRandom('the same draws'));
    const [first = 0, second] = ports;
    await release();
    await listen(first);
    const [instead] = await freePorts(1, createRandom('the same draws'));
    expect(instead).toBe(second);
  });

  test('one that another run was given is passed over, though its node is down, until that run lets it go', async () => {
    const draws = () => createRandom('the same draws again');
    const { ports, release } = await find(2, draws());
    const others = await freePorts(2, draws());
    expect(others.filter((port) => ports.includes(port))).toEqual([]);
    await release();
    expect(await freePorts(2, draws())).toEqual(ports);
  });

  test('none at all are no ports', async () => {
    expect(await freePorts(0, createRandom('any'))).toEqual([]);
  });

  test('when there are not enough, says between which it looked and what to do', async () => {
    const stuck: Random = { ...createRandom('any'), below: () => 7 };
    const error = await rejection(freePorts(2, stuck));
    expect(error).toBeInstanceOf(ChaosError);
    expect(error).toMatchObject({
      code: 'port',
      exitCode: 4,
      message: 'no 2 free TCP ports between 20000 and 32000 on 127.0.0.1',
      hint: 'end whatever listens on so many ports, or run fewer nodes',
    });
  });
});
