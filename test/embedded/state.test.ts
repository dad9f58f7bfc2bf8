import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inFlightLimit } from '../../src/embedded/delivery.ts';
import { Journal } from '../../src/embedded/journal.ts';
import { type Event, emptyState, type Message, type Qos, type State } from '../../src/embedded/model.ts';
import { lastSeqOf } from '../../src/embedded/outboxes.ts';
import { apply } from '../../src/embedded/state.ts';
import { message, node } from './state-support.ts';

describe('publishing', () => {
  test('QoS 1: subscribers get it at the lower QoS, the publisher its PUBACK', () => {
    const { connect, subscribe, publish, take } = node();
    for (const [client, qos] of [
      ['zero', 0],
      ['one', 1],
      ['two', 2],
    ] as const) {
      connect(client);
      subscribe(client, 't', qos);
      take(client);
    }
    connect('pub');
    take('pub');
    publish('pub', 5, message('t', 'hello', 1));
    expect(take('pub')).toEqual(['puback 5']);
    expect(take('zero')).toEqual(['hello qos 0']);
    expect(take('one')).toEqual(['hello qos 1 id 1']);
    expect(take('two')).toEqual(['hello qos 1 id 1']);
  });

  test('QoS 2: a repeated PUBLISH is only answered, until PUBREL frees its id [MQTT-4.3.3-2]', () => {
    const { connect, subscribe, publish, ack, take } = node();
    connect('sub');
    subscribe('sub', 't', 2);
    connect('pub');
    take('sub');
    take('pub');
    publish('pub', 5, message('t', 'once', 2));
    publish('pub', 5, message('t', 'once', 2));
    ack('pubrel', 'pub', 5);
    ack('pubrel', 'pub', 5);
    publish('pub', 5, message('t', 'another', 2));
    expect(take('pub')).toEqual(['pubrec 5', 'pubrec 5', 'pubcomp 5', 'pubcomp 5', 'pubrec 5']);
    expect(take('sub')).toEqual(['once qos 2 id 1', 'another qos 2 id 2']);
  });

  test('overlapping subscriptions: one delivery, at the highest QoS [MQTT-3.3.5-1]', () => {
    const { connect, subscribe, publish, take } = node();
    connect('c');
    subscribe('c', 'a/+', 0);
    subscribe('c', 'a/b', 2);
    subscribe('c', '#', 1);
    take('c');
    publish('c', 9, message('a/b', 'x', 2));
    expect(take('c')).toEqual(['x qos 2 id 1', 'pubrec 9']);
  });

  test('the window is never exceeded, and ids in flight are never given again [MQTT-2.3.1-4]', () => {
    const { connect, subscribe, publish, ack, take, state } = node();
    connect('c');
    subscribe('c', 't', 1);
    for (let i = 0; i < inFlightLimit + 50; i++) publish('c', 1, message('t', `${i}`, 1));
    expect(take('c').filter((line) => line.includes('qos 1'))).toHaveLength(inFlightLimit);
    const session = state.sessions.get('c');
    if (session === undefined) throw new Error('no session');
    session.lastId = 65_534;
    ack('puback', 'c', 2);
    ack('puback', 'c', 3);
    ack('puback', 'c', 4);
    expect(take('c')).toEqual(['100 qos 1 id 65535', '101 qos 1 id 2', '102 qos 1 id 3']);
  });
});

test('an id is in use from PUBLISH to PUBCOMP, and so is its place in the window', () => {
  const { connect, subscribe, publish, ack, take, state } = node();
  connect('sub');
  subscribe('sub', 't', 2);
  for (let i = 0; i < inFlightLimit + 1; i++) publish('sub', i + 1, message('t', `${i}`, 2));
  ack('pubrec', 'sub', 1);
  ack('pubrec', 'sub', 2);
  take('sub');
  const session = state.sessions.get('sub');
  if (session === undefined) throw new Error('no session');
  session.lastId = 65_535;
  ack('pubcomp', 'sub', 2);
  expect(take('sub')).toEqual(['100 qos 2 id 2']);
});

describe('a session', () => {
  test('comes back: what was in flight first, under its id and DUP, then the backlog, then live [MQTT-4.4.0-1]', () => {
    const { connect, leave, subscribe, publish, ack, take } = node();
    connect('sub');
    subscribe('sub', 't', 2);
    connect('pub');
    for (let i = 1; i <= 3; i++) publish('pub', i, message('t', `live ${i}`, 2));
    ack('pubrec', 'sub', 2);
    leave('sub', true);
    publish('pub', 4, message('t', 'backlog', 2));
    take('sub');
    connect('sub');
    publish('pub', 5, message('t', 'live again', 2));
    expect(take('sub')).toEqual([
      'connack present',
      'pubrel 2',
      'live 1 qos 2 id 1 dup',
      'live 3 qos 2 id 3 dup',
      'backlog qos 2 id 4',
      'live again qos 2 id 5',
    ]);
  });

  test('with more backlog than the window holds, live messages wait their turn [MQTT-4.6.0-6]', () => {
    const { connect, leave, subscribe, publish, ack, take } = node();
    connect('sub');
    subscribe('sub', 't', 1);
    leave('sub');
    connect('pub');
    const count = inFlightLimit + 10;
    for (let i = 0; i < count; i++) publish('pub', 1, message('t', `${i}`, 1));
    take('sub');
    connect('sub');
    publish('pub', 1, message('t', `${count}`, 1));
    for (let id = 1; id <= count + 1; id++) ack('puback', 'sub', id);
    const order = take('sub')
      .slice(1)
      .map((line) => Number(line.split(' ')[0]));
    expect(order).toEqual(Array.from({ length: count + 1 }, (_, index) => index));
  });

  test('QoS 0 is not kept for an absent client, QoS 1 is', () => {
    const { connect, leave, subscribe, publish, take, run } = node();
    connect('sub');
    subscribe('sub', 't', 1);
    leave('sub');
    connect('pub');
    publish('pub', 1, message('t', 'kept', 1));
    run({ type: 'publish', clientId: 'pub', messageId: undefined, message: message('t', 'gone', 0), nowMs: 5 });
    take('sub');
    connect('sub');
    expect(take('sub')).toEqual(['connack present', 'kept qos 1 id 1']);
  });

  test('a clean one leaves nothing behind [MQTT-3.1.2-6]', () => {
    const { connect, leave, subscribe, take, state } = node();
    connect('c', true);
    subscribe('c', 'a', 1);
    subscribe('c', '+/b', 1);
    leave('c', true);
    expect(state.sessions.size + state.exactFilters.size + state.wildcardFilters.size).toBe(0);
    connect('c');
    expect(take('c').at(-1)).toBe('connack new');
    leave('c');
    connect('c', true);
    expect(take('c').at(-1)).toBe('connack new');
  });

  test('a will is published after an abnormal end, also that of the node, and never after DISCONNECT', () => {
    const { connect, leave, subscribe, take, run } = node();
    connect('watcher');
    subscribe('watcher', 'will/#', 1);
    for (const name of ['abnormal', 'polite', 'node']) connect(name, true, message(`will/${name}`, name, 1));
    take('watcher');
    leave('abnormal', true);
    leave('polite', false);
    expect(take('watcher')).toEqual(['abnormal qos 1 id 1']);
    run({ type: 'start', peers: [], mutant: undefined, nowMs: 9 });
    connect('watcher');
    expect(take('watcher')).toContain('node qos 1 id 2');
  });

  test('the same client at another node ends the older connection, in whatever order the nodes hear of it', () => {
    const { connect, subscribe, state, run } = node('node1', ['node2']);
    connect('c');
    subscribe('c', 't', 1);
    const claim = (seq: number, wallMs: number): void =>
      run({
        type: 'peer-item',
        peer: 'node2',
        epoch: 'e',
        seq,
        item: { kind: 'connected', clientId: 'c', stamp: { wallMs, counter: 0, node: 'node2' } },
        sentAtMs: 5,
        nowMs: 5,
      });
    claim(1, 1);
    expect(state.sessions.get('c')?.connectedAt).toBeDefined();
    claim(2, 1000);
    expect(state.sessions.get('c')?.connectedAt).toBeUndefined();
  });
});

describe('retained messages', () => {
  test('are sent on subscribing, marked as such; live copies are not [MQTT-3.3.1-8, -9]', () => {
    const { connect, subscribe, publish, take } = node();
    connect('c');
    publish('c', 1, message('a', 'kept', 1, true));
    publish('c', 2, message('b', 'deleted', 1, true));
    publish('c', 3, message('b', '', 1, true));
    take('c');
    subscribe('c', '#', 2);
    publish('c', 4, message('a', 'new', 1, true));
    expect(take('c')).toEqual(['suback 2', 'kept qos 1 id 1 retained', 'new qos 1 id 2', 'puback 4']);
  });

  test('converge: the later stamp wins in either order of arrival, deletions included', () => {
    const write = (text: string, wallMs: number, seq: number): Event => ({
      type: 'peer-item',
      peer: 'p',
      epoch: 'e',
      seq,
      item: { kind: 'message', message: message('t', text, 1, true), stamp: { wallMs, counter: 0, node: 'p' } },
      sentAtMs: 0,
      nowMs: 0,
    });
    for (const [first, second] of [
      [write('', 20, 1), write('old', 10, 2)],
      [write('old', 10, 1), write('', 20, 2)],
    ] as const) {
      const { state, run } = node();
      run(first);
      run(second);
      expect(state.retained.get('t')?.message.payload).toHaveLength(0);
    }
  });

  test('a clock that is behind still overwrites what its node has seen', () => {
    const { state, run, connect } = node();
    run({
      type: 'peer-item',
      peer: 'p',
      epoch: 'e',
      seq: 1,
      item: {
        kind: 'message',
        message: message('t', 'from the future', 1, true),
        stamp: { wallMs: 9e12, counter: 0, node: 'p' },
      },
      sentAtMs: 0,
      nowMs: 0,
    });
    connect('c');
    run({ type: 'publish', clientId: 'c', messageId: 1, message: message('t', 'now', 1, true), nowMs: 5 });
    expect(state.retained.get('t')?.message.payload.toString()).toBe('now');
  });

  test('a peer that lost its data is told of them again', () => {
    const { state, run, connect, publish } = node('node1', ['node2']);
    connect('c');
    publish('c', 1, message('t', 'kept', 1, true));
    run({ type: 'peer-welcome', peer: 'node2', epoch: 'first', seq: 0, nowMs: 4 });
    run({ type: 'peer-confirm', peer: 'node2', seq: 99 });
    expect(state.outboxes.get('node2')?.items.size).toBe(0);
    run({ type: 'peer-welcome', peer: 'node2', epoch: 'first', seq: 99, nowMs: 4 });
    expect(state.outboxes.get('node2')?.items.size).toBe(0);
    run({ type: 'peer-welcome', peer: 'node2', epoch: 'second', seq: 0, nowMs: 4 });
    expect([...(state.outboxes.get('node2')?.items.values() ?? [])].map(({ kind }) => kind)).toEqual(['retained']);
  });
});

// ---- what holds for every history

const clientIds = fc.constantFrom('a', 'b', 'c');
const topics = fc.constantFrom('x', 'y', 'x/y');
const filters = fc.constantFrom('x', '+', '#', 'x/+', 'y');
const qosLevels = fc.constantFrom<Qos>(0, 1, 2);
const packetIds = fc.integer({ min: 1, max: 6 });
const messages: fc.Arbitrary<Message> = fc.record({
  topic: topics,
  payload: fc.uint8Array({ maxLength: 5 }).map((bytes) => Buffer.from(bytes)),
  qos: qosLevels,
  retain: fc.boolean(),
});
const nowMs = fc.integer({ min: 0, max: 50 });
const stamps = fc.record({ wallMs: nowMs, counter: fc.nat(3), node: fc.constantFrom('p', 'q') });
const events: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    type: fc.constant('start' as const),
    peers: fc.constantFrom(['p'], ['p', 'q']),
    mutant: fc.constant(undefined),
    nowMs,
  }),
  fc.record({
    type: fc.constant('connect' as const),
    clientId: clientIds,
    clean: fc.boolean(),
    will: fc.option(messages, { nil: undefined }),
    nowMs,
  }),
  fc.record({ type: fc.constant('disconnect' as const), clientId: clientIds, abnormal: fc.boolean(), nowMs }),
  fc.record({
    type: fc.constant('subscribe' as const),
    clientId: clientIds,
    messageId: packetIds,
    filters: fc.array(fc.record({ filter: filters, qos: qosLevels }), { minLength: 1, maxLength: 3 }),
    nowMs,
  }),
  fc.record({
    type: fc.constant('unsubscribe' as const),
    clientId: clientIds,
    messageId: packetIds,
    filters: fc.array(filters, { minLength: 1, maxLength: 2 }),
    nowMs,
  }),
  fc.record({
    type: fc.constant('publish' as const),
    clientId: clientIds,
    messageId: fc.option(packetIds, { nil: undefined }),
    message: messages,
    nowMs,
  }),
  fc.record({
    type: fc.constantFrom('puback' as const, 'pubrec' as const, 'pubcomp' as const, 'pubrel' as const),
    clientId: clientIds,
    messageId: packetIds,
    nowMs,
  }),
  fc.record({
    type: fc.constant('peer-item' as const),
    peer: fc.constantFrom('p', 'q'),
    epoch: fc.constant('e'),
    seq: fc.integer({ min: 1, max: 30 }),
    item: fc.oneof(
      fc.record({ kind: fc.constantFrom('message' as const, 'retained' as const), message: messages, stamp: stamps }),
      fc.record({ kind: fc.constant('connected' as const), clientId: clientIds, stamp: stamps }),
    ),
    sentAtMs: nowMs,
    nowMs,
  }),
  fc.record({
    type: fc.constant('peer-welcome' as const),
    peer: fc.constantFrom('p', 'q'),
    epoch: fc.constantFrom('e', 'f'),
    seq: fc.nat(9),
    nowMs,
  }),
  fc.record({ type: fc.constant('peer-confirm' as const), peer: fc.constantFrom('p', 'q'), seq: fc.nat(40) }),
);
const histories = fc.array(events, { maxLength: 120, size: 'max' });

describe('for every history of events', () => {
  test('the journal cut at any byte leads to the state of the events before the cut', () => {
    const folder = mkdtempSync(join(tmpdir(), 'state-'));
    try {
      fc.assert(
        fc.property(
          histories,
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.integer({ min: 300, max: 5000 }),
          (history, where, minCompactBytes) => {
            rmSync(join(folder, 'journal'), { force: true });
            const open = (): { journal: Journal<State, Event>; state: State; replayed: number } => {
              let state = emptyState('n', 'epoch');
              let replayed = 0;
              const { journal } = Journal.open<State, Event>(folder, {
                create: () => state,
                restore: (snapshot) => {
                  state = snapshot;
                },
                replay: (event) => {
                  apply(state, event);
                  replayed += 1;
                },
                minCompactBytes,
              });
              return { journal, state, replayed };
            };
            const { journal, state } = open();
            // The states as they were after each event since the last snapshot.
            let states = [structuredClone(state)];
            for (const event of history) {
              journal.append(event);
              apply(state, event);
              journal.commit();
              states.push(structuredClone(state));
              const before = journal.bytes;
              journal.compactIfLarge(state);
              if (journal.bytes !== before) states = [structuredClone(state)];
            }
            journal.close();
            const bytes = readFileSync(join(folder, 'journal'));
            // Never into the snapshot: it was in place, whole, before the first event after it was written.
            const snapshotEnd = 8 + bytes.readUInt32LE(0);
            const cut = snapshotEnd + Math.floor(where * (bytes.length - snapshotEnd + 0.999));
            writeFileSync(join(folder, 'journal'), bytes.subarray(0, cut));
            const again = open();
            again.journal.close();
            expect(structuredClone(again.state)).toEqual(states[again.replayed]);
            if (cut === bytes.length) expect(again.replayed).toBe(states.length - 1);
          },
        ),
        { numRuns: 80 },
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('the state stays sound', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const state = emptyState('n', 'epoch');
        for (const event of history) {
          apply(state, event);
          for (const session of state.sessions.values()) {
            const ids = [...session.inFlight.keys(), ...session.released];
            expect(new Set(ids).size).toBe(ids.length);
            expect(ids.length).toBeLessThanOrEqual(inFlightLimit);
            // Nobody is kept who said that nothing should be, and nobody waits while there is room.
            if (session.connectedAt === undefined) expect(session.expiryMs).toBeGreaterThan(0);
            else if (ids.length < inFlightLimit) expect(session.queue).toHaveLength(0);
            for (const [filter, subscription] of session.subscriptions) {
              const index = /[+#]/.test(filter) ? state.wildcardFilters : state.exactFilters;
              expect(index.get(filter)?.get(session.clientId)).toBe(subscription);
            }
          }
          const indexed = [...state.exactFilters.values(), ...state.wildcardFilters.values()].reduce(
            (sum, { size }) => sum + size,
            0,
          );
          const subscribed = [...state.sessions.values()].reduce(
            (sum, { subscriptions }) => sum + subscriptions.size,
            0,
          );
          expect(indexed).toBe(subscribed);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('between two nodes each message is applied once and in order, whatever the link repeats or loses', () => {
    // A step is: publish; carry n items from the first that is unconfirmed (a link made anew sends from there); confirm.
    const steps = fc.array(fc.oneof(fc.constant('publish' as const), fc.constant('confirm' as const), fc.nat(8)), {
      maxLength: 200,
      size: 'max',
    });
    fc.assert(
      fc.property(steps, (plan) => {
        const from = node('from', ['to']);
        const to = node('to', ['from']);
        from.connect('pub');
        to.connect('sub', false);
        to.subscribe('sub', 't', 2);
        to.leave('sub');
        let count = 0;
        const carry = (limit: number): void => {
          const items = [...(from.state.outboxes.get('to')?.items ?? [])].slice(0, limit);
          for (const [seq, item] of items)
            to.run({ type: 'peer-item', peer: 'from', epoch: 'e', seq, item, sentAtMs: 0, nowMs: 0 });
        };
        for (const step of plan) {
          if (step === 'publish') {
            from.publish('pub', (count % 100) + 1, message('t', `${count}`, 1));
            count += 1;
          } else if (step === 'confirm') {
            from.run({ type: 'peer-confirm', peer: 'to', seq: lastSeqOf(to.state, 'from', 'e') });
          } else carry(step);
        }
        carry(Number.POSITIVE_INFINITY);
        const arrived = to.state.sessions
          .get('sub')
          ?.queue.map((delivery) => Number(delivery.message.payload.toString()));
        expect(arrived).toEqual(Array.from({ length: count }, (_, index) => index));
      }),
      { numRuns: 100 },
    );
  });
});
