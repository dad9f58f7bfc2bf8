import type { Packet } from 'mqtt-packet';
import {
  type ConnectOptions,
  type Event,
  emptyState,
  type Message,
  type Qos,
  type Will,
} from '../../src/embedded/model.ts';
import type { Mutant } from '../../src/embedded/mutants.ts';
import { apply } from '../../src/embedded/state.ts';

/** What the tests of the state build on: short events, and what clients were sent in words. */

export const message = (topic: string, text: string, qos: Qos, retain = false): Message => ({
  topic,
  payload: Buffer.from(text),
  qos,
  retain,
});

const plain: ConnectOptions = {
  expiryMs: 0,
  receiveMaximum: 65_535,
  maximumPacketBytes: Number.POSITIVE_INFINITY,
  assignedClientId: undefined,
  serverKeepAliveS: undefined,
};

/** A state and what each client was sent. */
export function node(name = 'node1', peers: readonly string[] = [], mutant?: Mutant) {
  const state = emptyState(name, `epoch-of-${name}`);
  const sent: { to: string; packet: Packet }[] = [];
  const run = (event: Event): void => {
    for (const output of apply(state, event))
      if (output.kind === 'send') sent.push({ to: output.clientId, packet: output.packet });
  };
  // So long ago that nobody hopes for links any more.
  run({ type: 'start', peers, mutant, nowMs: -10_000 });
  return {
    state,
    run,
    connect: (clientId: string, clean = false, will?: Message) =>
      run({ type: 'connect', clientId, clean, will, nowMs: 2 }),
    /** Of MQTT 5; without options the session ends with the connection. */
    connect5: (
      clientId: string,
      options: Partial<ConnectOptions> = {},
      more: { clean?: boolean; will?: Will; nowMs?: number } = {},
    ) =>
      run({
        type: 'connect',
        clientId,
        clean: more.clean ?? false,
        will: more.will,
        options: { ...plain, ...options },
        nowMs: more.nowMs ?? 2,
      }),
    leave: (clientId: string, abnormal = false) => run({ type: 'disconnect', clientId, abnormal, nowMs: 3 }),
    subscribe: (clientId: string, filter: string, qos: Qos) =>
      run({ type: 'subscribe', clientId, messageId: 1, filters: [{ filter, qos }], nowMs: 2 }),
    publish: (clientId: string, messageId: number, what: Message) =>
      run({ type: 'publish', clientId, messageId, message: what, nowMs: 4 }),
    ack: (type: 'puback' | 'pubrec' | 'pubcomp' | 'pubrel', clientId: string, messageId: number) =>
      run({ type, clientId, messageId, nowMs: 4 }),
    /** What a client was sent since the last call. */
    packets: (clientId: string): Packet[] => {
      const own = sent.filter(({ to }) => to === clientId).map(({ packet }) => packet);
      sent.splice(0, sent.length, ...sent.filter(({ to }) => to !== clientId));
      return own;
    },
    /** The same in short: "publish 1 dup", "pubrel 3", "connack present". */
    take: (clientId: string): string[] => {
      const own = sent.filter(({ to }) => to === clientId).map(({ packet }) => short(packet));
      sent.splice(0, sent.length, ...sent.filter(({ to }) => to !== clientId));
      return own;
    },
  };
}

function short(packet: Packet): string {
  if (packet.cmd === 'connack') return `connack ${packet.sessionPresent ? 'present' : 'new'}`;
  if (packet.cmd === 'suback') return `suback ${packet.granted.join(',')}`;
  if (packet.cmd !== 'publish') return `${packet.cmd} ${packet.messageId}`;
  const flags = `${packet.dup ? ' dup' : ''}${packet.retain ? ' retained' : ''}`;
  return `${packet.payload.toString()} qos ${packet.qos}${packet.messageId === undefined ? '' : ` id ${packet.messageId}`}${flags}`;
}
