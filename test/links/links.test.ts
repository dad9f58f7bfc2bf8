import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { createRandom, type Random } from '../../src/base/random.ts';
import { openLinks } from '../../src/engines/local/links/links.ts';
import type { Conditions } from '../../src/engines/local/links/types.ts';
import { eventuallyBelow } from '../support/eventually.ts';
import { closedByReset, dial, type End, eventually, farEnd, startServer, startToDial, withLink } from './peers.ts';

const mebibyte = 1_048_576;

function echo(socket: Socket): void {
  socket.pipe(socket);
}

/** Bytes in which every place is recognisable. */
function pattern(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let i = 0; i < length; i++) bytes[i] = (i * 31 + (i >> 8) * 17 + seed) & 0xff;
  return bytes;
}

async function writeInPieces(socket: Socket, bytes: Buffer, random: Random): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const length = 1 + random.below(random.next() < 0.1 ? 200_000 : 3_000);
    if (!socket.write(bytes.subarray(at, at + length))) await once(socket, 'drain');
    at += length;
    if (random.next() < 0.02) await sleep(1);
  }
  socket.end();
}

function anyConditions(random: Random): Partial<Conditions> {
  const some = (share: number): boolean => random.next() < share;
  return {
    delayMs: some(0.6) ? random.below(20) : 0,
    jitterMs: some(0.3) ? random.below(10) : 0,
    bytesPerSecond: some(0.3) ? 1_000_000 + random.below(20_000_000) : undefined,
    lossShare: some(0.2) ? 0.001 : 0,
    cut: some(0.2),
  };
}

describe('what goes in comes out', () => {
  test.each([1, 2, 3, 4])('byte by byte, while the conditions change at random (%i)', async (seed) => {
    await withLink(async ({ links, server, dial }) => {
      const random = createRandom(`chunks-${seed}`);
      const [there, back] = [pattern(700_000, seed), pattern(500_000, seed + 100)];
      const near = await dial();
      const far = await farEnd(server);
      const writing = [
        writeInPieces(near.socket, there, random.fork('there')),
        writeInPieces(far.socket, back, random.fork('back')),
      ];
      for (let change = 0; change < 25; change++) {
        await links.shape('link', change % 2 === 0 ? 'forward' : 'backward', anyConditions(random));
        if (random.next() < 0.15) await links.clear('link');
        await sleep(random.below(25));
      }
      await links.clear();
      await Promise.all(writing);
      await eventually(() => near.events.includes('close') && far.events.includes('close'), 'both ends have closed');
      expect(far.bytes().equals(there)).toBe(true);
      expect(near.bytes().equals(back)).toBe(true);
      expect(near.events).toEqual(['end', 'close']);
      expect(far.events).toEqual(['end', 'close']);
      const { forward, backward, connectionsOpen } = await eventually(() => {
        const counters = links.counters('link');
        return counters.connectionsOpen === 0 && counters;
      }, 'the link has let go of the connection');
      expect(connectionsOpen).toBe(0);
      expect(forward).toMatchObject({
        bytesOffered: there.length,
        bytesDelivered: there.length,
        bytesHeld: 0,
        bytesDiscarded: 0,
      });
      expect(backward).toMatchObject({
        bytesOffered: back.length,
        bytesDelivered: back.length,
        bytesHeld: 0,
        bytesDiscarded: 0,
      });
    });
  });

  test('in either half of a connection after the other was closed', async () => {
    await withLink(async ({ server, dial }) => {
      const near = await dial();
      const far = await farEnd(server);
      near.socket.end('the last question');
      await eventually(() => far.events.includes('end'), 'the end has come through');
      expect(far.bytes().toString()).toBe('the last question');
      far.socket.write('an answer');
      await eventually(() => near.bytes().length > 0, 'the answer has come through');
      expect(near.events).toEqual([]);
      far.socket.end(' and its end');
      await eventually(() => near.events.includes('close'), 'the connection is over');
      expect(near.bytes().toString()).toBe('an answer and its end');
      expect(near.events).toEqual(['end', 'close']);
    });
  });

  test('also when the server is the first to close its half', async () => {
    await withLink(async ({ server, dial }) => {
      const near = await dial();
      const far = await farEnd(server);
      far.socket.end('greetings');
      await eventually(() => near.events.includes('end'), 'the end has come through');
      near.socket.end('thanks');
      await eventually(() => far.events.includes('close'), 'the connection is over');
      expect(far.bytes().toString()).toBe('thanks');
    });
  });
});

describe('a receiver that does not read', () => {
  test.each([
    { name: 'on a clean link', change: {} },
    { name: 'behind a delay', change: { delayMs: 20 } },
  ])('stops the sender, $name, and loses nothing', async ({ change }) => {
    await withLink(async ({ links, server, dial }) => {
      await links.shape('link', 'forward', change);
      const near = await dial();
      const far = await farEnd(server);
      far.socket.pause();
      const total = 128 * mebibyte;
      const piece = Buffer.alloc(mebibyte, 1);
      let written = 0;
      const writing = (async () => {
        for (; written < total; written += piece.length) {
          if (!near.socket.write(piece)) await once(near.socket, 'drain');
        }
        near.socket.end();
      })();
      const atRest = async (): Promise<boolean> => {
        const before = written;
        await sleep(300);
        return written === before;
      };
      while (!(await atRest()));
      // What the kernel buffers of two connections can hold, and no more.
      expect(written).toBeLessThan(96 * mebibyte);
      expect(links.counters('link').forward.bytesHeld).toBeLessThan(5 * mebibyte);
      far.socket.removeAllListeners('data');
      let arrived = 0;
      far.socket.on('data', (chunk: Buffer) => {
        arrived += chunk.length;
      });
      far.socket.resume();
      await writing;
      await eventually(() => far.events.includes('end'), 'all has arrived');
      expect(arrived).toBe(total);
    });
  });
});

describe('a connection that breaks', () => {
  test('at the upstream resets the dialler', async () => {
    await withLink(async ({ server, dial }) => {
      const near = await dial();
      (await farEnd(server)).socket.resetAndDestroy();
      await eventually(() => near.events.includes('close'), 'the dialler has noticed');
      expect(near.events).toEqual(['reset', 'close']);
    });
  });

  test('at the dialler resets the upstream', async () => {
    await withLink(async ({ server, dial }) => {
      const near = await dial();
      const far = await farEnd(server);
      // What has come through shows that the link knows of its own connection: one that is still being made has nothing to reset.
      near.socket.write('here');
      await eventually(() => far.bytes().length === 4, 'both are made');
      near.socket.resetAndDestroy();
      await eventually(() => far.events.includes('close'), 'the upstream has noticed');
      expect(far.events).toEqual(['reset', 'close']);
    });
  });

  test('says so behind what was said before, if the link is slow', async () => {
    await withLink(async ({ links, server, dial }) => {
      const near = await dial();
      const far = await farEnd(server);
      await links.shape('link', 'forward', { delayMs: 100 });
      near.socket.write('last words');
      await eventually(() => links.counters('link').forward.bytesHeld === 10, 'they are under way');
      near.socket.resetAndDestroy();
      await closedByReset(far);
      expect(far.bytes().toString()).toBe('last words');
    });
  });

  test('on request is reset at both ends', async () => {
    await withLink(async ({ links, server, dial }) => {
      const nears = [await dial(), await dial()];
      for (const { socket } of nears) socket.write('here');
      await farEnd(server, 1);
      await eventually(() => server.ends.every((end) => end.bytes().length === 4), 'both are made');
      expect(await links.reset('link')).toBe(2);
      await eventually(
        () => [...nears, ...server.ends].every(({ events }) => events.includes('close')),
        'all ends have noticed',
      );
      for (const { events } of [...nears, ...server.ends]) expect(events).toEqual(['reset', 'close']);
      await eventually(() => links.counters('link').connectionsOpen === 0, 'the link has let go of them');
      expect(await links.reset('link')).toBe(0);
    });
  });
});

test('an upstream that refuses resets the dialler, and is counted', async () => {
  const links = await openLinks({ seed: 'test' });
  const gone = await startServer();
  await gone.close();
  const { port } = await links.open({ id: 'link', upstream: gone.upstream });
  const near = startToDial(port);
  await eventually(() => near.events.includes('close'), 'the dialler has noticed');
  expect(near.events).toEqual(['reset', 'close']);
  await eventually(() => links.counters('link').connectionsOpen === 0, 'the link has let go of it');
  expect(links.counters('link')).toMatchObject({ connectionsOpened: 1, upstreamFailures: 1 });
  await links.close();
});

describe('what a plain client measures', () => {
  async function roundTripMs(near: End): Promise<number> {
    const sentMs = performance.now();
    const before = near.bytes().length;
    near.socket.write('ping');
    await eventually(() => near.bytes().length >= before + 4, 'the echo is back');
    return performance.now() - sentMs;
  }

  test('a delay each way', async () => {
    await withLink(async ({ links, dial }) => {
      const near = await dial();
      await roundTripMs(near);
      await links.shape('link', 'forward', { delayMs: 80 });
      await links.shape('link', 'backward', { delayMs: 40 });
      const delayedMs = await roundTripMs(near);
      expect(delayedMs).toBeGreaterThanOrEqual(118);
      await eventuallyBelow(1_000, 'a round trip with the delay', () => roundTripMs(near));
      await links.clear('link');
      await eventuallyBelow(118, 'a round trip without', () => roundTripMs(near));
    }, echo);
  });

  test('a handshake that crosses the delay twice before the first question does', async () => {
    await withLink(async ({ links, dial }) => {
      for (const direction of ['forward', 'backward'] as const) await links.shape('link', direction, { delayMs: 50 });
      expect(await roundTripMs(await dial())).toBeGreaterThanOrEqual(196);
    }, echo);
  });

  test('a bandwidth', async () => {
    await withLink(async ({ links, server, dial }) => {
      await links.shape('link', 'forward', { bytesPerSecond: 200_000 });
      const near = await dial();
      const startMs = performance.now();
      near.socket.end(Buffer.alloc(100_000));
      const far = await farEnd(server);
      await eventually(() => far.events.includes('end'), 'all has arrived');
      expect(performance.now() - startMs).toBeGreaterThanOrEqual(490);
      expect(far.bytes().length).toBe(100_000);
    });
  });

  test('losses as stalls, never as holes', async () => {
    await withLink(async ({ links, server, dial }) => {
      await links.shape('link', 'forward', { lossShare: 0.5 });
      const near = await dial();
      const sent = pattern(30_000, 5);
      const startMs = performance.now();
      near.socket.end(sent);
      const far = await farEnd(server);
      await eventually(() => far.events.includes('end'), 'all has arrived');
      expect(performance.now() - startMs).toBeGreaterThanOrEqual(199);
      expect(far.bytes().equals(sent)).toBe(true);
      expect(links.counters('link').forward.segmentsLost).toBeGreaterThan(0);
    });
  });
});

test('clear lets go at once what a delay holds', async () => {
  await withLink(async ({ links, server, dial }) => {
    const near = await dial();
    const far = await farEnd(server);
    await links.shape('link', 'forward', { delayMs: 600_000 });
    near.socket.write('one ');
    await eventually(() => links.counters('link').forward.bytesHeld === 4, 'it is held');
    await links.clear('link');
    near.socket.write('two');
    await eventually(() => far.bytes().length === 7, 'both have arrived');
    expect(far.bytes().toString()).toBe('one two');
  });
});

test('clear lets go at once a handshake that a delay holds', async () => {
  await withLink(async ({ links, server, dial }) => {
    await links.shape('link', 'forward', { delayMs: 600_000 });
    const first = await dial();
    first.socket.write('first');
    await eventually(() => links.counters('link').forward.bytesHeld === 5, 'it is held');
    expect(server.ends).toEqual([]);
    await links.clear('link');
    const far = await farEnd(server);
    await eventually(() => far.bytes().toString() === 'first', 'it has arrived');
    await links.shape('link', 'backward', { delayMs: 600_000 });
    const second = await dial();
    second.socket.write('second');
    await eventually(() => links.counters('link').forward.bytesHeld === 6, 'it is held');
    await farEnd(server, 1);
    await links.clear('link');
    await eventually(
      () => server.ends.map((end) => end.bytes().toString()).join() === 'first,second',
      'both have arrived',
    );
  });
});

test('bytes for a receiver that has gone are counted as discarded', async () => {
  await withLink(async ({ links, server, dial }) => {
    const near = await dial();
    const far = await farEnd(server);
    await links.shape('link', 'forward', { delayMs: 600_000 });
    await links.shape('link', 'backward', { delayMs: 600_000 });
    near.socket.write('to nobody');
    await eventually(() => links.counters('link').forward.bytesHeld === 9, 'it is held');
    far.socket.resetAndDestroy();
    await eventually(() => links.counters('link').forward.bytesDiscarded === 9, 'it is discarded');
    expect(links.counters('link').forward).toMatchObject({ bytesOffered: 9, bytesDelivered: 0, bytesHeld: 0 });
    expect(near.events).toEqual([]);
  });
});

test('a port that is taken is named, with a hint', async () => {
  const links = await openLinks({ seed: 'test' });
  const other = await startServer();
  const opening = links.open({ id: 'link', listenPort: other.upstream.port, upstream: other.upstream });
  await expect(opening).rejects.toMatchObject({
    code: 'port',
    message: expect.stringContaining(String(other.upstream.port)),
    hint: expect.stringContaining('ss -ltnp'),
  });
  // The name is free again.
  await expect(links.open({ id: 'link', upstream: other.upstream })).resolves.toMatchObject({
    port: expect.any(Number),
  });
  await links.close();
  await other.close();
});

test('a condition that makes no sense is refused', async () => {
  await withLink(async ({ links }) => {
    await expect(links.shape('link', 'forward', { lossShare: 1.5 })).rejects.toMatchObject({ code: 'fault' });
    await expect(links.shape('link', 'forward', { delayMs: -1 })).rejects.toMatchObject({ code: 'fault' });
    await expect(links.shape('link', 'forward', { bytesPerSecond: 0 })).rejects.toMatchObject({ code: 'fault' });
    await expect(links.shape('nobody', 'forward', {})).rejects.toMatchObject({ code: 'internal' });
  });
});

test('the worker tells how late its event loop was', async () => {
  await withLink(async ({ links }) => {
    await sleep(100);
    const { p50Ms, p99Ms, maxMs } = await links.lag();
    expect(p50Ms).toBeGreaterThanOrEqual(0);
    expect(p99Ms).toBeGreaterThanOrEqual(p50Ms);
    expect(maxMs).toBeGreaterThanOrEqual(p99Ms);
  });
});

describe('closing', () => {
  const resources = (): string[] =>
    process.getActiveResourcesInfo().filter((name) => /TCP|MessagePort|Worker/.test(name));

  test('breaks every connection and leaves no handle, even if asked twice', async () => {
    const before = resources();
    const links = await openLinks({ seed: 'test' });
    const server = await startServer();
    const { port } = await links.open({ id: 'link', upstream: server.upstream });
    const near = await dial(port);
    await farEnd(server);
    await links.shape('link', 'forward', { cut: true, delayMs: 1_000 });
    near.socket.write('held');
    await Promise.all([links.close(), links.close()]);
    await eventually(() => near.events.includes('close'), 'the connection is broken');
    await server.close();
    await expect(links.lag()).rejects.toMatchObject({ code: 'cancelled' });
    await eventually(() => resources().length <= before.length, 'no handle is left');
  });

  test('happens on abort', async () => {
    const abort = new AbortController();
    const links = await openLinks({ seed: 'test', signal: abort.signal });
    const { port } = await links.open({ id: 'link', upstream: { host: '127.0.0.1', port: 9 } });
    abort.abort();
    await links.close();
    await expect(dial(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
