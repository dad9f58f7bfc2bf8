import { createServer, type Server, type Socket } from 'node:net';
import {
  generate,
  type IConnackPacket,
  type IConnectPacket,
  type IPublishPacket,
  type IPubrecPacket,
  type IPubrelPacket,
  type ISubscribePacket,
  type Packet,
  parser,
} from 'mqtt-packet';
import { pollUntil } from '../../src/base/clock.ts';
import type { Endpoint } from '../../src/workload/client.ts';
import { patienceMs } from './eventually.ts';

type Qos = 0 | 1 | 2;

/** One client's connection, as the broker sees it. */
export type Peer = {
  readonly clientId: string;
  /** Connections of this client id are counted from 1, refused ones too. */
  readonly nth: number;
  readonly connect: IConnectPacket;
  /** Both return true, so that a hook can return what they do: the hook has done it all. */
  send(packet: Packet): true;
  /** Resets the connection, with no packet and no warning. */
  drop(): true;
};

/** A hook that returns true has done all there is to do; otherwise the broker does what a sound one does. */
type Hook<P> = (packet: P, peer: Peer) => unknown;
export type Script = {
  /** Fields of the CONNACK, or nothing at all. Default: accepted, session present as it is. */
  readonly connack?: (peer: Peer) => Partial<IConnackPacket> | 'silence' | 'drop' | undefined;
  readonly publish?: Hook<IPublishPacket>;
  readonly pubrec?: Hook<IPubrecPacket>;
  readonly pubrel?: Hook<IPubrelPacket>;
  readonly subscribe?: Hook<ISubscribePacket>;
  /** What it cannot do. */
  readonly lacks?: readonly ('qos2' | 'mqtt5' | 'retained' | 'wills' | 'shared' | 'sessions' | 'empty sessions')[];
};

/** What was received, by which connection. */
export type Heard = { readonly clientId: string; readonly nth: number; readonly packet: Packet };

export type ScriptedBroker = {
  readonly endpoint: Endpoint;
  readonly heard: readonly Heard[];
  /** Packets of one command from one client. */
  from<C extends Packet['cmd']>(clientId: string, cmd: C): { nth: number; packet: Extract<Packet, { cmd: C }> }[];
  /** The live connection of a client; waits for it. */
  peer(clientId: string, nth?: number): Promise<Peer>;
  /** Closes every connection and refuses new ones, until `open`. */
  shut(): Promise<void>;
  open(): Promise<void>;
  close(): Promise<void>;
};

type Session = { readonly filters: Map<string, Qos>; peer: Peer | undefined; readonly queue: IPublishPacket[] };

/** A small MQTT broker of one node on loopback, sound but for what its script says. It never sends anything again of its own. */
export async function startScriptedBroker(
  script: Script = {},
  node = 'node1',
  version: 4 | 5 = 4,
): Promise<ScriptedBroker> {
  const lacks = new Set(script.lacks ?? []);
  const heard: Heard[] = [];
  const sockets = new Set<Socket>();
  const peers = new Set<Peer>();
  const counts = new Map<string, number>();
  const sessions = new Map<string, Session>();
  const retained = new Map<string, IPublishPacket>();
  let nextId = 1;

  const deliver = (session: Session, packet: IPublishPacket): void => {
    if (session.peer) session.peer.send(packet);
    else if (packet.qos > 0) session.queue.push(packet);
  };
  const route = (packet: IPublishPacket): void => {
    for (const session of sessions.values()) {
      for (const [filter, granted] of session.filters) {
        const wanted =
          !lacks.has('shared') && filter.startsWith('$share/') ? filter.split('/').slice(2).join('/') : filter;
        if (!matches(wanted, packet.topic)) continue;
        const qos = Math.min(granted, packet.qos) as Qos;
        deliver(session, aPublish(packet.topic, packet.payload as Buffer, { qos, messageId: qos > 0 ? nextId++ : 0 }));
      }
    }
    if (packet.retain && !lacks.has('retained')) retained.set(packet.topic, packet);
  };

  function accept(socket: Socket): void {
    sockets.add(socket);
    socket.setNoDelay(true);
    const packets = parser();
    let peer: Peer | undefined;
    let session: Session | undefined;
    let polite = false;

    const onConnect = (connect: IConnectPacket): void => {
      const nth = (counts.get(connect.clientId) ?? 0) + 1;
      counts.set(connect.clientId, nth);
      const made: Peer = {
        clientId: connect.clientId,
        nth,
        connect,
        send(packet) {
          socket.write(generate(packet, { protocolVersion: connect.protocolVersion ?? 4 }));
          return true;
        },
        drop() {
          socket.resetAndDestroy();
          return true;
        },
      };
      peer = made;
      heard.push({ clientId: connect.clientId, nth, packet: connect });
      const answer = script.connack?.(made);
      if (answer === 'silence') return;
      if (answer === 'drop' || (connect.protocolVersion === 5 && lacks.has('mqtt5'))) {
        made.drop();
        return;
      }
      const code = answer?.returnCode ?? 0;
      const kept = connect.clean || lacks.has('sessions') ? undefined : sessions.get(connect.clientId);
      const present = answer?.sessionPresent ?? kept !== undefined;
      made.send({ cmd: 'connack', returnCode: code, reasonCode: code, ...answer, sessionPresent: present });
      if (code !== 0) {
        socket.destroySoon();
        return;
      }
      session = (present && kept) || { filters: new Map(), peer: undefined, queue: [] };
      session.peer = made;
      sessions.set(connect.clientId, session);
      peers.add(made);
      for (const packet of session.queue.splice(0)) made.send(packet);
    };

    const onPublish = (packet: IPublishPacket, from: Peer): void => {
      const { messageId } = packet;
      if (packet.qos === 2 && lacks.has('qos2')) {
        from.drop();
        return;
      }
      if (packet.qos === 1) from.send({ cmd: 'puback', ...(messageId === undefined ? {} : { messageId }) });
      if (packet.qos === 2) from.send({ cmd: 'pubrec', ...(messageId === undefined ? {} : { messageId }) });
      route(packet);
    };

    const onSubscribe = (packet: ISubscribePacket, from: Peer): void => {
      const granted = packet.subscriptions.map(({ topic, qos }) => {
        const given = lacks.has('qos2') ? (Math.min(qos, 1) as Qos) : qos;
        session?.filters.set(topic, given);
        return given;
      });
      from.send({ cmd: 'suback', granted, ...(packet.messageId === undefined ? {} : { messageId: packet.messageId }) });
      for (const { topic: filter } of packet.subscriptions) {
        for (const kept of retained.values())
          if (matches(filter, kept.topic)) from.send(aPublish(kept.topic, kept.payload as Buffer, { retain: true }));
      }
    };

    packets.on('packet', (packet) => {
      if (packet.cmd === 'connect') return onConnect(packet);
      if (!peer) return;
      heard.push({ clientId: peer.clientId, nth: peer.nth, packet });
      if (packet.cmd === 'publish') {
        if (script.publish?.(packet, peer) !== true) onPublish(packet, peer);
      } else if (packet.cmd === 'pubrel') {
        if (script.pubrel?.(packet, peer) !== true) peer.send({ cmd: 'pubcomp', ...idOf(packet) });
      } else if (packet.cmd === 'pubrec') {
        if (script.pubrec?.(packet, peer) !== true) peer.send({ cmd: 'pubrel', ...idOf(packet) });
      } else if (packet.cmd === 'subscribe') {
        if (script.subscribe?.(packet, peer) !== true) onSubscribe(packet, peer);
      } else if (packet.cmd === 'pingreq') {
        peer.send({ cmd: 'pingresp' });
      } else if (packet.cmd === 'disconnect') {
        polite = true;
      }
    });
    socket.on('data', (chunk) => packets.parse(chunk));
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      if (!peer) return;
      peers.delete(peer);
      const { will, clientId, clean } = peer.connect;
      if (session?.peer === peer) {
        session.peer = undefined;
        const isEmpty = session.filters.size === 0 && lacks.has('empty sessions');
        if (clean || isEmpty || lacks.has('sessions')) sessions.delete(clientId);
      }
      if (will && !polite && !lacks.has('wills'))
        route(aPublish(will.topic, Buffer.from(will.payload as Buffer), { qos: 1 }));
    });
  }

  let server: Server;
  let port = 0;
  const open = async (): Promise<void> => {
    server = createServer(accept);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the broker has no port');
    port = address.port;
  };
  const shut = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.resetAndDestroy();
    await closed;
  };
  await open();

  return {
    endpoint: { node, host: '127.0.0.1', port, version },
    heard,
    from: <C extends Packet['cmd']>(clientId: string, cmd: C) =>
      heard.flatMap(({ clientId: of, nth, packet }) =>
        of === clientId && packet.cmd === cmd ? [{ nth, packet: packet as Extract<Packet, { cmd: C }> }] : [],
      ),
    async peer(clientId, nth) {
      const found = await pollUntil(
        () => [...peers].find((peer) => peer.clientId === clientId && (nth === undefined || peer.nth === nth)),
        { withinMs: patienceMs, everyMs: 5 },
      );
      if (!found) throw new Error(`${clientId} did not connect`);
      return found;
    },
    shut,
    open,
    close: shut,
  };
}

export function aPublish(
  topic: string,
  payload: Buffer,
  options: Partial<Pick<IPublishPacket, 'qos' | 'messageId' | 'dup' | 'retain'>> = {},
): IPublishPacket {
  return {
    cmd: 'publish',
    topic,
    payload,
    qos: 0,
    dup: false,
    retain: false,
    messageId: options.qos ? nextOwnId++ : 0,
    ...options,
  };
}

// Far from the ids that the broker gives away itself.
let nextOwnId = 30_000;

function idOf({ messageId }: { messageId?: number | undefined }): { messageId?: number } {
  return messageId === undefined ? {} : { messageId };
}

/** MQTT 3.1.1 section 4.7.1, for filters without wildcards in odd places. */
function matches(filter: string, topic: string): boolean {
  const levels = topic.split('/');
  const wanted = filter.split('/');
  for (const [i, level] of wanted.entries()) {
    if (level === '#') return true;
    if (i >= levels.length || (level !== '+' && level !== levels[i])) return false;
  }
  return wanted.length === levels.length;
}

/** Waits until something is so; says what did not come about otherwise. */
export async function until(what: string, condition: () => boolean): Promise<void> {
  const came = await pollUntil(() => (condition() ? true : undefined), { withinMs: patienceMs, everyMs: 5 });
  if (!came) throw new Error(`it never came about that ${what}`);
}
