import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  Decoder,
  encode,
  findSabotage,
  isProbe
} from "./chunks/chunk-YAQKREF6.js";
import "./chunks/chunk-IBM3SNPL.js";
import {
  resetSocket
} from "./chunks/chunk-KDYD2VBS.js";
import {
  FrameReader
} from "./chunks/chunk-GAMUYIHD.js";
import "./chunks/chunk-IEWOHIMU.js";
import "./chunks/chunk-53UEWYNP.js";
import {
  watchLoopLag
} from "./chunks/chunk-QG2TR5QC.js";
import {
  createRandom
} from "./chunks/chunk-GUM24SOH.js";
import "./chunks/chunk-4XSUANPV.js";
import {
  serve
} from "./chunks/chunk-SEHV63E6.js";
import {
  ChaosError
} from "./chunks/chunk-EV4V3EIO.js";
import "./chunks/chunk-6DG7BXTN.js";

// src/sabotage/worker.ts
import { parentPort, workerData } from "node:worker_threads";

// src/sabotage/exchanges.ts
var highestOwnId = 65535;
var lowestOwnId = 6e4;
var Exchanges = class {
  /** Packet ids of QoS 2 messages that were answered with PUBREC, by their sender. */
  #swallowed = { client: /* @__PURE__ */ new Set(), broker: /* @__PURE__ */ new Set() };
  /** Packet ids of own deliveries that the client has not answered to the end. */
  #own = /* @__PURE__ */ new Set();
  #nextOwnId = highestOwnId;
  /** PUBACK or PUBREC in place of the receiver. */
  acknowledge({ qos, messageId }, sender) {
    if (qos === 0 || messageId === void 0) return [];
    if (qos === 1) return [{ cmd: "puback", messageId, reasonCode: 0 }];
    this.#swallowed[sender].add(messageId);
    return [{ cmd: "pubrec", messageId, reasonCode: 0 }];
  }
  /** The delivery with an id of its own, which is in flight from now on. */
  deliver(publish) {
    if (publish.qos === 0) {
      const { messageId: _, ...plain } = publish;
      return plain;
    }
    const messageId = this.#nextOwnId;
    this.#nextOwnId = messageId === lowestOwnId ? highestOwnId : messageId - 1;
    this.#own.add(messageId);
    return { ...publish, messageId };
  }
  /** What answers a packet that belongs to one of these exchanges; undefined for every other packet. */
  absorb(packet, from) {
    const { messageId } = packet;
    if (messageId === void 0) return void 0;
    if (packet.cmd === "publish") this.#swallowed[from].delete(messageId);
    if (packet.cmd === "pubrel" && this.#swallowed[from].delete(messageId)) {
      const answer = { cmd: "pubcomp", messageId, reasonCode: 0 };
      return from === "client" ? { toClient: [answer] } : { toBroker: [answer] };
    }
    if (from === "client" && this.#own.has(messageId)) return this.#answered(packet, messageId);
    return void 0;
  }
  #answered(packet, messageId) {
    if (packet.cmd === "pubrec" && (packet.reasonCode ?? 0) < 128)
      return { toClient: [{ cmd: "pubrel", messageId, reasonCode: 0 }] };
    if (packet.cmd !== "puback" && packet.cmd !== "pubrec" && packet.cmd !== "pubcomp") return void 0;
    this.#own.delete(messageId);
    return {};
  }
};

// src/sabotage/conversation.ts
var Stage = class {
  saboteur;
  #changed;
  #clients = /* @__PURE__ */ new Map();
  /** `changed` is called for each change that the saboteur has made. */
  constructor(saboteur, changed = () => {
  }) {
    this.saboteur = saboteur;
    this.#changed = changed;
  }
  changed() {
    this.#changed();
  }
  client(clientId) {
    let memory = this.#clients.get(clientId);
    if (memory === void 0) {
      memory = { connections: 0, live: void 0, exchanges: new Exchanges(), subscriptions: /* @__PURE__ */ new Map() };
      this.#clients.set(clientId, memory);
    }
    return memory;
  }
};
var Conversation = class _Conversation {
  node;
  #stage;
  #wire;
  #frames = { client: new FrameReader(), broker: new FrameReader() };
  #decoders = { client: new Decoder(4), broker: new Decoder(4) };
  #connected;
  /** Nothing is read any more. */
  #isOpaque = false;
  #saidGoodbye = false;
  #isOpen = true;
  constructor(stage, node, wire) {
    this.#stage = stage;
    this.node = node;
    this.#wire = wire;
  }
  get clientId() {
    return this.#connected?.connect.clientId ?? "";
  }
  get version() {
    return this.#connected?.connect.protocolVersion === 5 ? 5 : 4;
  }
  get clean() {
    return this.#connected?.connect.clean === true;
  }
  get connection() {
    return this.#connected?.connection ?? 0;
  }
  get isOpen() {
    return this.#isOpen;
  }
  get isTakenOver() {
    return this.#connected !== void 0 && this.#connected.memory.live !== this;
  }
  get subscriptions() {
    return this.#connected?.memory.subscriptions ?? /* @__PURE__ */ new Map();
  }
  acknowledge(publish, sender) {
    return this.#connected?.memory.exchanges.acknowledge(publish, sender) ?? [];
  }
  deliver(publish) {
    return this.#connected?.memory.exchanges.deliver(publish) ?? publish;
  }
  /** Takes what one side has sent and writes what the sides get. */
  read(from, chunk) {
    if (this.#isOpaque) {
      this.#wire.write(other(from), chunk);
      return;
    }
    const { frames, unreadable } = this.#frames[from].read(chunk);
    for (const { bytes } of frames) {
      if (this.#isOpaque) this.#wire.write(other(from), bytes);
      else this.#pass(from, bytes);
    }
    if (unreadable !== void 0) {
      this.#isOpaque = true;
      this.#wire.write(other(from), unreadable);
    }
    if (!this.#isOpaque) return;
    this.#letGo("client");
    this.#letGo("broker");
  }
  /** Nothing has passed for a while. */
  quiet() {
    this.#tell((saboteur) => saboteur.quiet?.(this));
  }
  /** The client has closed its side, or is gone. What is said to the broker before it is told so is written when this returns. */
  clientLost() {
    this.#letGo("client");
    if (!this.#saidGoodbye) this.#tell((saboteur) => saboteur.clientLost?.(this));
    this.#isOpen = false;
  }
  /** The broker has closed its side, or is gone. True when the client is not told so. */
  brokerLost() {
    this.#letGo("broker");
    return this.#isSabotaged && this.#stage.saboteur.brokerLost?.(this) === "keep";
  }
  get #isSabotaged() {
    return !this.#isOpaque && this.#connected !== void 0;
  }
  #tell(ask) {
    if (!this.#isSabotaged || !this.#isOpen) return;
    const instead = ask(this.#stage.saboteur);
    if (instead === void 0) return;
    this.#stage.changed();
    this.#do(instead);
  }
  #pass(from, frame) {
    const packet = this.#decoders[from].decode(frame);
    if (this.#connected === void 0 && (from === "broker" || packet?.cmd !== "connect" || isProbe(packet.clientId))) {
      this.#isOpaque = true;
      this.#wire.write(other(from), frame);
      return;
    }
    const instead = packet === void 0 ? void 0 : this.#instead(from, packet);
    if (packet === void 0 || instead === void 0) this.#wire.write(other(from), frame);
    else this.#do(instead, { packet, frame });
  }
  #instead(from, packet) {
    this.#note(from, packet);
    const absorbed = this.#connected?.memory.exchanges.absorb(packet, from);
    if (absorbed !== void 0) return absorbed;
    const { saboteur } = this.#stage;
    const instead = from === "client" ? saboteur.fromClient?.(packet, this) : saboteur.fromBroker?.(packet, this);
    if (instead !== void 0) this.#stage.changed();
    return instead;
  }
  /** Keeps the books of the client's session. */
  #note(from, packet) {
    if (from === "client" && packet.cmd === "connect") this.#begin(packet);
    const { memory } = this.#connected ?? {};
    if (memory === void 0) return;
    if (from === "broker") {
      if (packet.cmd === "connack" && !packet.sessionPresent) beginSession(memory);
      return;
    }
    if (packet.cmd === "subscribe")
      for (const { topic, qos } of packet.subscriptions) memory.subscriptions.set(topic, qos);
    if (packet.cmd === "unsubscribe") for (const filter of packet.unsubscriptions) memory.subscriptions.delete(filter);
    if (packet.cmd === "disconnect") this.#saidGoodbye = true;
  }
  #begin(connect2) {
    const memory = this.#stage.client(connect2.clientId);
    if (connect2.clean) beginSession(memory);
    memory.connections++;
    memory.live = this;
    this.#connected = { connect: connect2, memory, connection: memory.connections };
    this.#decoders = { client: new Decoder(this.version), broker: new Decoder(this.version) };
  }
  /** Passes on what was kept back until its packet was whole. */
  #letGo(from) {
    const rest = this.#frames[from].takeRest();
    if (rest.length > 0) this.#wire.write(other(from), rest);
  }
  #do({ toClient = [], toBroker = [], toOther, close }, original) {
    this.#write("client", toClient, original);
    this.#write("broker", toBroker, original);
    if (toOther?.peer instanceof _Conversation) toOther.peer.#write("client", toOther.packets);
    if (close === "client" || close === "both") this.#wire.close("client");
    if (close === "broker" || close === "both") this.#wire.close("broker");
  }
  #write(to, packets, original) {
    for (const packet of packets) {
      if (packet === original?.packet) this.#wire.write(to, original.frame);
      else this.#wire.write(to, packet instanceof Uint8Array ? packet : encode(packet, this.version));
    }
  }
};
function beginSession(memory) {
  memory.exchanges = new Exchanges();
  memory.subscriptions = /* @__PURE__ */ new Map();
}
function other(side) {
  return side === "client" ? "broker" : "client";
}

// src/sabotage/relay.ts
import { once } from "node:events";
import { connect, createServer } from "node:net";
var quietMs = 100;
var Relay = class {
  #stage;
  #servers = [];
  #connections = /* @__PURE__ */ new Set();
  constructor(stage) {
    this.#stage = stage;
  }
  /** Listens on a free port of 127.0.0.1. */
  async open(node, upstream) {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
      const connection = new RelayedConnection(
        client,
        upstream,
        this.#stage,
        node,
        () => this.#connections.delete(connection)
      );
      this.#connections.add(connection);
    });
    this.#servers.push(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return server.address().port;
  }
  async close() {
    const closed = this.#servers.map((server) => new Promise((resolve) => server.close(resolve)));
    for (const connection of this.#connections) connection.reset();
    await Promise.all(closed);
  }
};
var RelayedConnection = class {
  #sockets;
  #conversation;
  #quiet;
  #onClosed;
  constructor(client, upstream, stage, node, onClosed) {
    const broker = connect({ ...upstream, allowHalfOpen: true, noDelay: true });
    this.#sockets = { client, broker };
    this.#onClosed = onClosed;
    this.#conversation = new Conversation(stage, node, {
      write: (to, bytes) => this.#write(to, bytes),
      close: (side) => this.#sockets[side].end()
    });
    this.#quiet = setTimeout(() => this.#batched(() => this.#conversation.quiet()), quietMs).unref();
    this.#join("client");
    this.#join("broker");
  }
  reset() {
    for (const socket of Object.values(this.#sockets)) resetSocket(socket);
  }
  #join(side) {
    const socket = this.#sockets[side];
    socket.on("data", (chunk) => {
      this.#quiet.refresh();
      this.#batched(() => this.#conversation.read(side, chunk));
      this.#holdUp(side);
    });
    socket.once("end", () => this.#ended(side));
    socket.on("error", () => {
    });
    socket.once("close", (hadError) => this.#closed(side, hadError));
  }
  #write(to, bytes) {
    if (this.#sockets[to].writable) this.#sockets[to].write(bytes);
  }
  /** What belongs together leaves together. */
  #batched(act) {
    const sockets = Object.values(this.#sockets);
    for (const socket of sockets) socket.cork();
    try {
      act();
    } finally {
      for (const socket of sockets) socket.uncork();
    }
  }
  /** A side that does not take what the other sends slows it down. */
  #holdUp(from) {
    const [source, target] = [this.#sockets[from], this.#sockets[other2(from)]];
    if (!target.writableNeedDrain) return;
    source.pause();
    target.once("drain", () => source.resume());
  }
  #ended(side) {
    const [own, theirs] = [this.#sockets[side], this.#sockets[other2(side)]];
    if (this.#leaves(side)) own.end();
    else theirs.end();
    if (theirs.destroyed) own.end();
  }
  #closed(side, hadError) {
    const [own, theirs] = [this.#sockets[side], this.#sockets[other2(side)]];
    const isKept = !own.readableEnded && this.#leaves(side);
    if (!isKept && (hadError || !own.readableEnded)) {
      if (hadError && theirs.writableLength === 0) resetSocket(theirs);
      else theirs.end();
    }
    theirs.resume();
    if (!theirs.destroyed) return;
    clearTimeout(this.#quiet);
    this.#onClosed();
  }
  /** The conversation hears that a side has left; true when the other is not to be told. */
  #leaves(side) {
    if (side === "broker") return this.#conversation.brokerLost();
    this.#batched(() => this.#conversation.clientLost());
    return false;
  }
};
function other2(side) {
  return side === "client" ? "broker" : "client";
}

// src/sabotage/worker.ts
var { sabotage, seed, changes } = workerData;
var relay = new Relay(new Stage(begin(), () => Atomics.add(changes, 0, 1)));
var loopLag = watchLoopLag();
var methods = {
  open: async ({ node, upstream }) => ({
    port: await relay.open(node, upstream)
  }),
  /** Since it was last asked. */
  lag() {
    const lag = loopLag.read();
    loopLag.reset();
    return lag;
  },
  async close() {
    loopLag.stop();
    await relay.close();
  }
};
if (parentPort) serve(parentPort, "relay", methods);
function begin() {
  if (sabotage === void 0) return {};
  const found = findSabotage(sabotage);
  if (found === void 0) throw new ChaosError("internal", `There is no sabotage ${sabotage}.`);
  return found.create(createRandom(seed));
}
