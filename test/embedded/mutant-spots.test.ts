import { describe, expect, test } from '@jest/globals';
import type { Event, Item, Message, Will } from '../../src/embedded/model.ts';
import type { Mutant } from '../../src/embedded/mutants.ts';
import { message, node } from './state-support.ts';

type TestNode = ReturnType<typeof node>;

/** What a conversation with one node comes to, with the sound broker and with the mutant. */
type Spot = { readonly talk: (one: TestNode) => unknown; readonly sound: unknown; readonly mutated: unknown };

/** A session that was made while a peer could not be asked is kept only when its client has said something. */
const peer = 'node2';
let seq = 0;

/** An item that a peer sends. */
function fromPeer({ run }: TestNode, item: Item, number = ++seq): void {
  run({ type: 'peer-item', peer, epoch: 'e', seq: number, item, sentAtMs: 4, nowMs: 4 });
}

const stampAt = (wallMs: number, at = peer) => ({ wallMs, counter: 0, node: at });
const fromPeerAt = (wallMs: number, what: Message): Item => ({
  kind: 'message',
  message: what,
  stamp: stampAt(wallMs),
  publisher: 'p',
});

/** What the node tells its peer. */
const told = ({ state }: TestNode): Item[] => [...(state.outboxes.get(peer)?.items.values() ?? [])];

function subscriber(one: TestNode, qos: 0 | 1 | 2 = 2): void {
  one.connect('sub');
  one.subscribe('sub', 't', qos);
  one.connect('pub');
  one.take('sub');
}

/** `count` messages to a subscriber that is away, and what it is sent when it is back. */
function backlog(one: TestNode, count: number, qos: 1 | 2): string[] {
  subscriber(one);
  one.leave('sub');
  for (let n = 1; n <= count; n++) one.publish('pub', n, message('t', `${n}`, qos));
  one.connect('sub');
  return one.take('sub').slice(1);
}

/** A QoS 1 message that is not acknowledged, and what is sent when its subscriber is back. */
function unacknowledged(one: TestNode): string[] {
  subscriber(one);
  one.publish('pub', 1, message('t', 'x', 1));
  one.take('sub');
  one.connect('sub');
  return one.take('sub');
}

const will: Will = message('w', 'will', 1);

function watcher(one: TestNode): void {
  one.connect('watcher');
  one.subscribe('watcher', 'w', 1);
  one.take('watcher');
}

const wait = ({ run }: TestNode, nowMs: number): void => run({ type: 'tick', nowMs });

/** Those that show in processes and connections only: mutants.test.ts. */
type OfProcesses =
  | 'ack-before-store'
  | 'corrupt-forward'
  | 'count-pings-only'
  | 'duplicate-qos0'
  | 'forget-outbox'
  | 'forget-session'
  | 'ignore-ping'
  | 'keep-older-elsewhere'
  | 'keep-older-here'
  | 'local-wildcards'
  | 'mix-payloads'
  | 'never-redial'
  | 'no-will-on-timeout'
  | 'one-way-link'
  | 'own-broadcast'
  | 'redeliver-qos2'
  | 'reorder-after-reconnect';

const spots: Record<Exclude<Mutant, OfProcesses>, Spot> = {
  'ignore-unsubscribe': {
    talk: (one) => {
      subscriber(one, 1);
      one.run({ type: 'unsubscribe', clientId: 'sub', messageId: 2, filters: ['t'], nowMs: 3 });
      one.publish('pub', 1, message('t', 'x', 1));
      return one.take('sub');
    },
    sound: ['unsuback 2'],
    mutated: ['unsuback 2', 'x qos 1 id 1'],
  },
  'bound-queue': {
    talk: (one) => backlog(one, 7, 1).length,
    sound: 7,
    mutated: 5,
  },
  'apply-twice': {
    talk: (one) => {
      subscriber(one);
      fromPeer(one, fromPeerAt(10, message('t', 'x', 2)), 50);
      return one.take('sub');
    },
    sound: ['x qos 2 id 1'],
    mutated: ['x qos 2 id 1', 'x qos 2 id 2'],
  },
  'newest-first': {
    talk: (one) => backlog(one, 3, 1),
    sound: ['1 qos 1 id 1', '2 qos 1 id 2', '3 qos 1 id 3'],
    mutated: ['3 qos 1 id 1', '2 qos 1 id 2', '1 qos 1 id 3'],
  },
  'deliver-at-grant': {
    talk: (one) => {
      subscriber(one);
      one.publish('pub', 1, message('t', 'x', 1));
      return one.take('sub');
    },
    sound: ['x qos 1 id 1'],
    mutated: ['x qos 2 id 1'],
  },
  'downgrade-queued': { talk: (one) => backlog(one, 1, 2), sound: ['1 qos 2 id 1'], mutated: ['1 qos 1 id 1'] },
  'downgrade-forward': {
    talk: (one) => {
      one.connect('pub');
      one.publish('pub', 1, message('t', 'x', 2));
      return told(one).flatMap((item) => (item.kind === 'message' ? [item.message.qos] : []));
    },
    sound: [2],
    mutated: [1],
  },
  'deny-session': {
    talk: (one) => {
      subscriber(one);
      one.leave('sub');
      one.publish('pub', 1, message('t', 'x', 1));
      one.connect('sub');
      return one.take('sub');
    },
    sound: ['connack present', 'x qos 1 id 1'],
    mutated: ['connack new', 'x qos 1 id 1'],
  },
  'invent-session': {
    talk: (one) => {
      one.connect('c');
      return one.take('c');
    },
    sound: ['connack new'],
    mutated: ['connack present'],
  },
  'forget-sessions': {
    talk: (one) => {
      subscriber(one);
      startAgain(one);
      return one.state.sessions.has('sub');
    },
    sound: true,
    mutated: false,
  },
  'forget-qos2-ids': {
    talk: (one) => {
      subscriber(one);
      one.publish('pub', 1, message('t', 'x', 2));
      startAgain(one);
      one.connect('pub');
      one.publish('pub', 1, message('t', 'x', 2));
      return one.state.sessions.get('sub')?.queue.length;
    },
    sound: 0,
    mutated: 1,
  },
  'forget-retained': {
    talk: (one) => {
      one.connect('c');
      one.publish('c', 1, message('t', 'x', 1, true));
      startAgain(one);
      return one.state.retained.has('t');
    },
    sound: true,
    mutated: false,
  },
  'keep-deleted-retained': {
    talk: (one) => {
      fromPeer(one, fromPeerAt(10, message('t', 'x', 1, true)));
      fromPeer(one, fromPeerAt(11, message('t', '', 1, true)));
      return one.state.retained.get('t')?.message.payload.toString();
    },
    sound: '',
    mutated: 'x',
  },
  'retained-of-first-node': {
    talk: (one) => {
      one.connect('c');
      one.publish('c', 1, message('t', 'here', 1, true));
      fromPeer(one, fromPeerAt(10, message('t', 'there', 1, true)));
      return one.state.retained.get('t')?.message.payload.toString();
    },
    sound: 'there',
    mutated: 'here',
  },
  'will-after-disconnect': {
    talk: (one) => {
      watcher(one);
      one.connect('c', true, will);
      one.leave('c');
      return one.take('watcher');
    },
    sound: [],
    mutated: ['will qos 1 id 1'],
  },
  'will-twice': {
    talk: (one) => {
      watcher(one);
      one.connect('c', true, will);
      one.leave('c', true);
      return one.take('watcher');
    },
    sound: ['will qos 1 id 1'],
    mutated: ['will qos 1 id 1', 'will qos 1 id 2'],
  },
  'no-will-on-takeover': {
    talk: (one) => {
      watcher(one);
      one.connect('c', true, will);
      one.connect('c', true);
      return one.take('watcher');
    },
    sound: ['will qos 1 id 1'],
    mutated: [],
  },
  'ignore-will-delay': {
    talk: (one) => {
      watcher(one);
      one.connect5('c', { expiryMs: 60_000 }, { will: { ...will, delayMs: 5000 } });
      one.subscribe('c', 'other', 1);
      one.leave('c', true);
      return one.take('watcher');
    },
    sound: [],
    mutated: ['will qos 1 id 1'],
  },
  'share-with-two': {
    talk: (one) => {
      join(one, 'member');
      one.publish('pub', 1, message('t', 'x', 2));
      return told(one).flatMap((item) => (item.kind === 'message' ? [item.groups] : []));
    },
    sound: [['$share/g/t']],
    mutated: [undefined],
  },
  'share-with-absent': {
    talk: (one) => {
      join(one, 'away');
      one.leave('away');
      one.publish('pub', 1, message('t', 'x', 1));
      return one.state.groups.get('$share/g/t')?.waiting.length;
    },
    sound: 1,
    mutated: 0,
  },
  'forget-publish': {
    talk: unacknowledged,
    sound: ['connack present', 'x qos 1 id 1 dup'],
    mutated: ['connack present'],
  },
  'resend-without-dup': {
    talk: unacknowledged,
    sound: ['connack present', 'x qos 1 id 1 dup'],
    mutated: ['connack present', 'x qos 1 id 1'],
  },
  'resend-under-new-id': {
    talk: unacknowledged,
    sound: ['connack present', 'x qos 1 id 1 dup'],
    mutated: ['connack present', 'x qos 1 id 2'],
  },
  'forget-pubrel': {
    talk: (one) => {
      subscriber(one);
      one.publish('pub', 1, message('t', 'x', 2));
      one.ack('pubrec', 'sub', 1);
      one.take('sub');
      one.connect('sub');
      return one.take('sub');
    },
    sound: ['connack present', 'pubrel 1'],
    mutated: ['connack present'],
  },
  'release-unreceived': {
    talk: (one) => {
      subscriber(one);
      one.publish('pub', 1, message('t', 'x', 2));
      one.take('sub');
      one.connect('sub');
      return one.take('sub');
    },
    sound: ['connack present', 'x qos 2 id 1 dup'],
    mutated: ['connack present', 'pubrel 1'],
  },
  'deliver-expired': {
    talk: (one) => {
      subscriber(one);
      one.leave('sub');
      one.publish('pub', 1, { ...message('t', 'x', 1), lifetimeMs: 1000 });
      one.run({ type: 'connect', clientId: 'sub', clean: false, will: undefined, nowMs: 2000 });
      return one.take('sub');
    },
    sound: ['connack present'],
    mutated: ['connack present', 'x qos 1 id 1'],
  },
  'freeze-expiry': {
    talk: (one) => {
      one.connect5('sub', { expiryMs: 60_000 });
      one.subscribe('sub', 't', 1);
      one.leave('sub');
      one.connect('pub');
      one.publish('pub', 1, { ...message('t', 'x', 1), lifetimeMs: 10_000 });
      one.connect5('sub', { expiryMs: 60_000 }, { nowMs: 3004 });
      return one
        .packets('sub')
        .flatMap((packet) => (packet.cmd === 'publish' ? [packet.properties?.messageExpiryInterval] : []));
    },
    sound: [7],
    mutated: [10],
  },
  'keep-expired-session': {
    talk: (one) => {
      one.connect5('c', { expiryMs: 1000 });
      one.leave('c');
      wait(one, 2000);
      return one.state.sessions.has('c');
    },
    sound: false,
    mutated: true,
  },
  'short-suback': {
    talk: (one) => {
      one.connect('c');
      one.take('c');
      const filters = (['a', 'b'] as const).map((filter) => ({ filter, qos: 1 as const }));
      one.run({ type: 'subscribe', clientId: 'c', messageId: 1, filters, nowMs: 3 });
      return one.take('c');
    },
    sound: ['suback 1,1'],
    mutated: ['suback 1'],
  },
  'dup-at-qos0': {
    talk: (one) => {
      subscriber(one, 0);
      one.publish('pub', 1, message('t', 'x', 1));
      return one.take('sub');
    },
    sound: ['x qos 0'],
    mutated: ['x qos 0 dup'],
  },
  'reuse-packet-id': {
    talk: (one) => {
      subscriber(one);
      for (let n = 1; n <= 5; n++) one.publish('pub', n, message('t', `${n}`, 1));
      return one.take('sub').at(-1);
    },
    sound: '5 qos 1 id 5',
    mutated: '5 qos 1 id 1',
  },
};

/** The node is killed and starts again. */
function startAgain({ run, state }: TestNode): void {
  run({ type: 'start', peers: [peer], mutant: state.mutant, nowMs: 5 } satisfies Event);
}

function join(one: TestNode, clientId: string): void {
  one.connect5(clientId, { expiryMs: 60_000 });
  const filters = [{ filter: '$share/g/t', qos: 2, shared: true } as const];
  one.run({ type: 'subscribe', clientId, messageId: 1, filters, nowMs: 2 });
  one.connect('pub');
}

describe.each(Object.entries(spots))('%s', (name, { talk, sound, mutated }) => {
  const told = (mutant?: Mutant): unknown => talk(node('node1', [peer], mutant));

  test('does what its name says, where the sound broker does not', () => {
    expect(told()).toEqual(sound);
    expect(told(name as Mutant)).toEqual(mutated);
  });
});
