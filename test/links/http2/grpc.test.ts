import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { type CallWatch, type Links, openLinks } from '../../../src/engines/local/links/links.ts';
import type { CallRule } from '../../../src/model/effects.ts';
import {
  buildPeers,
  type GrpcClient,
  type GrpcServer,
  type Language,
  languages,
  needsOf,
  startGrpcClient,
  startGrpcServer,
} from '../../support/grpc-peers.ts';
import { missingOf, needing } from '../../support/needs.ts';

/**
 * Real clients and servers, each pair on one connection through one link. What is asserted of a fault is what the client saw; the
 * connection is the same from the first test to the last, so that what one fault had broken of it the next would show.
 */
let folder: string;
let commands: Map<Language, readonly string[]>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chaos-test-'));
  commands = await buildPeers(
    folder,
    languages.filter((language) => missingOf(needsOf[language]) === undefined),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const commandOf = (language: Language): readonly string[] => commands.get(language) ?? [];
const echo = '/chaos.Test/Echo';
const unavailable = { type: 'status', status: 14, message: 'no, 100% – not now' } as const;

describe.each(languages)('calls of %s', (language) => {
  const test = needing(...needsOf[language]);
  let links: Links;
  let server: GrpcServer;
  let client: GrpcClient;
  let watch: CallWatch;

  beforeAll(async () => {
    links = await openLinks({ seed: language });
    server = await startGrpcServer(commandOf(language));
    const { port } = await links.open({ id: 'link', upstream: { host: '127.0.0.1', port: server.port } });
    watch = await links.watchCalls('link', echo);
    client = startGrpcClient(commandOf(language), port);
  });
  afterAll(async () => {
    await client.stop();
    await server.stop();
    await links.close();
  });

  /** While `rule` is in force. */
  const struck = async <T>(rule: Omit<CallRule, 'method'>, use: () => Promise<T>): Promise<T> => {
    await watch.apply({ method: echo, ...rule });
    try {
      return await use();
    } finally {
      await watch.clear();
    }
  };

  const othersPass = async (): Promise<void> => {
    expect(await client.work({ method: 'Other', count: 50, concurrency: 10 })).toMatchObject({ statuses: { OK: 50 } });
  };

  test('10,000 of them pass while they are read, many at a time', async () => {
    const result = await client.work({ method: 'Echo', count: 10_000, concurrency: 50 });
    expect(result).toMatchObject({ statuses: { OK: 10_000 }, wrong: 0 });
    const { matched, others } = await watch.read({ lateAfterMs: 0 });
    expect(matched).toMatchObject({ asked: 10_000, passed: 10_000, answeredByNobody: {} });
    expect(others).toEqual({ asked: 0, passed: 0 });
  });

  test('so do large messages and streams of them', async () => {
    const large = await client.work({ method: 'Echo', count: 6, concurrency: 3, bytes: 5_000_000 });
    expect(large).toMatchObject({ statuses: { OK: 6 }, wrong: 0 });
    const many = await client.work({ method: 'Many', count: 60, concurrency: 20, bytes: 50_000 });
    expect(many).toMatchObject({ statuses: { OK: 60 }, wrong: 0 });
    const chat = await client.work({ method: 'Chat', count: 60, concurrency: 20, bytes: 10_000 });
    expect(chat).toMatchObject({ statuses: { OK: 60 }, wrong: 0 });
  });

  test('a delay is felt by every call of the method, and by no other', async () => {
    await struck({ share: 1, action: { type: 'delay', delayMs: 300 } }, async () => {
      const [delayed] = [await client.work({ method: 'Echo', count: 100, concurrency: 50 })];
      expect(delayed).toMatchObject({ statuses: { OK: 100 }, wrong: 0 });
      expect(delayed.minMs).toBeGreaterThanOrEqual(299);
      const others = await client.work({ method: 'Other', count: 50 });
      expect(others.statuses).toEqual({ OK: 50 });
      expect(others.medianMs).toBeLessThan(300);
      const { matched } = await watch.read({ lateAfterMs: 299 });
      expect(matched).toMatchObject({ asked: 100, passed: 100, ripe: 100, late: 100 });
    });
  });

  test('a delayed call that is given up harms none that come after', async () => {
    await struck({ share: 1, action: { type: 'delay', delayMs: 1_000 } }, async () => {
      const late = await client.work({ method: 'Echo', count: 20, concurrency: 20, bytes: 200_000, deadlineMs: 500 });
      expect(late.statuses).toEqual({ DEADLINE_EXCEEDED: 20 });
    });
    await othersPass();
    expect(await client.work({ method: 'Echo', count: 20, bytes: 200_000 })).toMatchObject({ statuses: { OK: 20 } });
  });

  test('a dropped call is never answered, however much it says', async () => {
    await struck({ share: 1, action: { type: 'drop' } }, async () => {
      const dropped = await client.work({ method: 'Echo', count: 30, concurrency: 30, deadlineMs: 500 });
      expect(dropped.statuses).toEqual({ DEADLINE_EXCEEDED: 30 });
      // More than any window: the connection must not run dry of what the server never gives back.
      const large = await client.work({ method: 'Echo', count: 10, concurrency: 5, bytes: 3_000_000, deadlineMs: 500 });
      expect(large.statuses).toEqual({ DEADLINE_EXCEEDED: 10 });
      await othersPass();
      const { matched, others, touched } = await watch.read({ lateAfterMs: 0 });
      expect(matched).toMatchObject({ asked: 40, passed: 0, answeredByNobody: {} });
      expect(others).toEqual({ asked: 50, passed: 50 });
      expect(touched).toBe(40);
    });
  });

  test('an answered call has the status and the message, and the others their own answers', async () => {
    await struck({ share: 1, action: unavailable }, async () => {
      const answered = await client.work({ method: 'Echo', count: 200, concurrency: 20, bytes: 100_000 });
      expect(answered).toMatchObject({ statuses: { UNAVAILABLE: 200 }, messages: [unavailable.message] });
      await othersPass();
      const { matched } = await watch.read({ lateAfterMs: 0 });
      expect(matched).toMatchObject({ asked: 200, passed: 0, answeredByNobody: { UNAVAILABLE: 200 } });
    });
  });

  test('streams are answered too, while they are open', async () => {
    const all = await links.watchCalls('link', '/chaos.Test/*');
    await all.apply({ method: '/chaos.Test/*', share: 1, action: { type: 'status', status: 8, message: '' } });
    for (const method of ['Many', 'Chat'] as const) {
      const { statuses } = await client.work({ method, count: 30, concurrency: 10 });
      expect(statuses).toEqual({ RESOURCE_EXHAUSTED: 30 });
    }
    await all.stop();
    const { statuses } = await client.work({ method: 'Chat', count: 30, concurrency: 10 });
    expect(statuses).toEqual({ OK: 30 });
  });

  test('a share of them is struck and the rest is not', async () => {
    await struck({ share: 0.3, action: unavailable }, async () => {
      const { statuses, wrong } = await client.work({ method: 'Echo', count: 2_000, concurrency: 20 });
      const struckCalls = statuses.UNAVAILABLE ?? 0;
      expect(statuses).toEqual({ UNAVAILABLE: struckCalls, OK: 2_000 - struckCalls });
      expect(wrong).toBe(0);
      // Five standard deviations of 2,000 draws.
      expect(Math.abs(struckCalls - 600)).toBeLessThan(103);
    });
  });

  test('after the heal all pass again, still on the connection that was there before', async () => {
    expect(await client.work({ method: 'Echo', count: 500, concurrency: 20 })).toMatchObject({ statuses: { OK: 500 } });
    expect(await watch.read({ lateAfterMs: 0 })).toMatchObject({ connections: { read: 1 }, brokenOff: 0 });
    // A client on a busy machine may have dialled once more; the calls have stayed where they were.
  });

  test('a connection made when nobody watches any more is not read, and is reset once when somebody does', async () => {
    await watch.stop();
    await links.reset('link');
    const dialAgain = () => client.work({ method: 'Other', count: 20 });
    // The first call may still have met the reset.
    await dialAgain();
    expect((await dialAgain()).statuses).toEqual({ OK: 20 });
    watch = await links.watchCalls('link', echo);
    expect(watch.connectionsReset).toBe(1);
    await dialAgain();
    expect((await dialAgain()).statuses).toEqual({ OK: 20 });
    expect((await watch.read({ lateAfterMs: 0 })).connections).toEqual({ read: 1, unread: 0, encrypted: 0, other: 0 });
  });
});
