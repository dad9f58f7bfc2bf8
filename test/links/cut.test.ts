import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { heldBytesCap, initialWindowBytes } from '../../src/engines/local/links/behaviours/cut.ts';
import type { Links } from '../../src/engines/local/links/links.ts';
import { eventually, farEnd, withLink } from './peers.ts';

async function cutBothWays(links: Links, cut = true): Promise<void> {
  await links.shape('link', 'forward', { cut });
  await links.shape('link', 'backward', { cut });
}

/** Long enough for anything that leaks through a cut to be seen. */
const aWhileMs = 300;

describe('a partition', () => {
  test('holds what is said on either side and delivers it, in order, on heal', async () => {
    await withLink(async ({ links, server, dial }) => {
      const near = await dial();
      const far = await farEnd(server);
      await cutBothWays(links);
      for (let i = 0; i < 10; i++) {
        near.socket.write(`n${i} `);
        far.socket.write(`f${i} `);
        await sleep(aWhileMs / 10);
      }
      expect(far.bytes().length + near.bytes().length).toBe(0);
      const { forward, backward } = links.counters('link');
      expect(forward).toMatchObject({ bytesOffered: 30, bytesDelivered: 0, bytesHeld: 30 });
      expect(backward).toMatchObject({ bytesOffered: 30, bytesDelivered: 0, bytesHeld: 30 });
      await cutBothWays(links, false);
      await eventually(() => far.bytes().length === 30 && near.bytes().length === 30, 'all has arrived');
      expect(far.bytes().toString()).toBe('n0 n1 n2 n3 n4 n5 n6 n7 n8 n9 ');
      expect(near.bytes().toString()).toBe('f0 f1 f2 f3 f4 f5 f6 f7 f8 f9 ');
    });
  });

  test('holds what was under way in a delay, too', async () => {
    await withLink(async ({ links, server, dial }) => {
      const near = await dial();
      const far = await farEnd(server);
      await links.shape('link', 'forward', { delayMs: 50 });
      near.socket.write('late');
      await eventually(() => links.counters('link').forward.bytesHeld === 4, 'it is under way');
      await links.shape('link', 'forward', { cut: true });
      await sleep(aWhileMs);
      expect(far.bytes().length).toBe(0);
      await links.shape('link', 'forward', { cut: false });
      await eventually(() => far.bytes().toString() === 'late', 'it has arrived');
    });
  });

  test('makes the sender stop when buffers are full', async () => {
    await withLink(async ({ links, server, dial }) => {
      const near = await dial();
      const far = await farEnd(server);
      await cutBothWays(links);
      const total = 64 * heldBytesCap;
      near.socket.write(Buffer.alloc(total, 7));
      await eventually(() => links.counters('link').forward.bytesHeld >= heldBytesCap / 2, 'much is held');
      await sleep(aWhileMs);
      expect(links.counters('link').forward.bytesOffered).toBeLessThan(2 * heldBytesCap);
      expect(near.socket.writableLength).toBeGreaterThan(0);
      expect(far.bytes().length).toBe(0);
      await links.clear('link');
      near.socket.end();
      await eventually(() => far.events.includes('end'), 'all has arrived');
      expect(far.bytes().length).toBe(total);
    });
  });

  test('tells nobody that a connection was closed until it heals', async () => {
    await withLink(async ({ links, server, dial }) => {
      const near = await dial();
      const far = await farEnd(server);
      await cutBothWays(links);
      near.socket.end('goodbye');
      await sleep(aWhileMs);
      expect(far.events).toEqual([]);
      await cutBothWays(links, false);
      await eventually(() => far.events.includes('end'), 'the end has come through');
      expect(far.bytes().toString()).toBe('goodbye');
    });
  });

  test('tells nobody that a connection was reset until it heals', async () => {
    await withLink(async ({ links, server, dial }) => {
      const near = await dial();
      const far = await farEnd(server);
      await cutBothWays(links);
      near.socket.resetAndDestroy();
      await sleep(aWhileMs);
      expect(far.events).toEqual([]);
      await cutBothWays(links, false);
      await eventually(() => far.events.includes('reset'), 'the reset has come through');
    });
  });
});

describe('a new connection during a partition', () => {
  test.each([
    { name: 'both ways', directions: ['forward', 'backward'] as const },
    { name: 'of the way there', directions: ['forward'] as const },
    { name: 'of the way back', directions: ['backward'] as const },
  ])('$name reaches nobody and gets no answer; on heal it goes on', async ({ directions }) => {
    await withLink(
      async ({ links, server, dial }) => {
        for (const direction of directions) await links.shape('link', direction, { cut: true });
        const near = await dial();
        near.socket.write('anybody there?');
        await sleep(aWhileMs);
        expect(server.ends).toEqual([]);
        expect(near.events).toEqual([]);
        expect(near.bytes().length).toBe(0);
        for (const direction of directions) await links.shape('link', direction, { cut: false });
        const far = await farEnd(server);
        await eventually(() => far.bytes().toString() === 'anybody there?', 'the question has arrived');
        await eventually(() => near.bytes().toString() === 'yes', 'the answer has arrived');
      },
      (socket) => socket.once('data', () => socket.write('yes')),
    );
  });

  test('that has hung up by the heal is never made', async () => {
    await withLink(async ({ links, server, dial }) => {
      await cutBothWays(links);
      const [closed, reset, kept] = [await dial(), await dial(), await dial()];
      closed.socket.end('too late');
      reset.socket.resetAndDestroy();
      kept.socket.write('still here');
      await eventually(() => {
        const { connectionsOpened, connectionsOpen } = links.counters('link');
        return connectionsOpened === 3 && connectionsOpen === 1;
      }, 'the link has noticed');
      await cutBothWays(links, false);
      const far = await farEnd(server);
      await eventually(() => far.bytes().toString() === 'still here', 'the one that stayed has come through');
      await sleep(aWhileMs);
      expect(server.ends.length).toBe(1);
      expect(links.counters('link')).toMatchObject({ connectionsOpened: 3, connectionsOpen: 1 });
      kept.socket.destroy();
    });
  });
});

describe('a cut of one direction', () => {
  test('lets the other say an initial window more, having no acknowledgements', async () => {
    await withLink(async ({ links, server, dial }) => {
      const near = await dial();
      const far = await farEnd(server);
      await links.shape('link', 'backward', { cut: true });
      const sent = Buffer.alloc(5 * initialWindowBytes, 'abc');
      near.socket.write(sent);
      far.socket.write('nobody hears this');
      await eventually(() => far.bytes().length >= initialWindowBytes, 'the window has come through');
      await sleep(aWhileMs);
      expect(far.bytes().length).toBe(initialWindowBytes);
      expect(near.bytes().length).toBe(0);
      await links.shape('link', 'backward', { cut: false });
      await eventually(() => far.bytes().length === sent.length && near.bytes().length > 0, 'all has arrived');
      expect(far.bytes().equals(sent)).toBe(true);
    });
  });

  test('leaves small talk in the other direction alone for a while', async () => {
    await withLink(async ({ links, server, dial }) => {
      const near = await dial();
      const far = await farEnd(server);
      await links.shape('link', 'forward', { cut: true });
      near.socket.write('lost');
      far.socket.write('heard');
      await eventually(() => near.bytes().toString() === 'heard', 'it has arrived');
      await sleep(aWhileMs);
      expect(far.bytes().length).toBe(0);
    });
  });
});
