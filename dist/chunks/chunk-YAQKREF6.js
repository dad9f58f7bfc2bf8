import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  matchesTopic
} from "./chunk-IBM3SNPL.js";
import {
  decodePayload
} from "./chunk-IEWOHIMU.js";
import {
  require_mqtt
} from "./chunk-53UEWYNP.js";
import {
  __toESM
} from "./chunk-6DG7BXTN.js";

// src/sabotage/strikes.ts
function oneIn(every, random) {
  const clients = /* @__PURE__ */ new Map();
  return (clientId) => {
    let client = clients.get(clientId);
    if (client === void 0) {
      const own = random.fork(clientId);
      client = { random: own, count: 0, struck: own.below(every) };
      clients.set(clientId, client);
    }
    const isStruck = client.count === client.struck;
    client.count++;
    if (client.count === every) {
      client.count = 0;
      client.struck = client.random.below(every);
    }
    return isStruck;
  };
}
function perKey(make) {
  const values = /* @__PURE__ */ new Map();
  return (key) => {
    const known = values.get(key);
    if (known !== void 0) return known;
    const made = make();
    values.set(key, made);
    return made;
  };
}
function isProbe(clientId) {
  return /^chaos-(feature|reach|health)-|^chaos-[0-9a-f]+-paths-/.test(clientId);
}
function isMessage(packet) {
  return packet.cmd === "publish" && packet.properties?.topicAlias === void 0 && !isWarmUp(packet);
}
function isWarmUp({ payload }) {
  const decoded = decodePayload(bytesOf(payload));
  return decoded.ok && decoded.header.kind === "warm-up";
}
function bytesOf(payload) {
  return typeof payload === "string" ? Buffer.from(payload) : payload;
}

// src/sabotage/kinds/acknowledge-early.ts
var acknowledgeEarly = {
  name: "acknowledge-early",
  breaks: "every 20th QoS 1 or 2 PUBLISH is acknowledged before it is stored, and then lost",
  invariant: "no-acknowledged-loss",
  versions: [4, 5],
  needs: [],
  flow: "stream",
  report: "vernemq/vernemq#1700",
  create(random) {
    const isStruck = oneIn(20, random);
    return {
      fromClient(packet, peer) {
        if (!isMessage(packet) || packet.qos === 0 || packet.dup || !isStruck(peer.clientId)) return void 0;
        return { toClient: peer.acknowledge(packet, "client") };
      }
    };
  }
};

// src/sabotage/kinds/corrupt-payload.ts
var corruptPayload = {
  name: "corrupt-payload",
  breaks: "the last byte of every 20th payload is altered",
  invariant: "integrity",
  versions: [4, 5],
  needs: [],
  flow: "stream",
  report: "eclipse-mosquitto/mosquitto#1161",
  create(random) {
    const isStruck = oneIn(20, random);
    return {
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.payload.length === 0 || !isStruck(peer.clientId)) return void 0;
        const payload = Buffer.from(bytesOf(packet.payload));
        const last = payload.length - 1;
        payload.writeUInt8(payload.readUInt8(last) ^ 255, last);
        return { toClient: [{ ...packet, payload }] };
      }
    };
  }
};

// src/sabotage/kinds/deliver-expired.ts
var deliverExpired = {
  name: "deliver-expired",
  breaks: "the Message Expiry Interval of a message is ignored: it is delivered however late",
  invariant: "expiry",
  versions: [5],
  needs: ["mqtt5"],
  flow: "expiry",
  report: "emqx/emqx#18176",
  create: () => ({
    fromClient(packet) {
      if (!isMessage(packet) || packet.properties?.messageExpiryInterval === void 0) return void 0;
      const { messageExpiryInterval: _, ...properties } = packet.properties;
      return { toBroker: [{ ...packet, properties }] };
    }
  })
};

// src/sabotage/kinds/deliver-unsubscribed.ts
var deliverUnsubscribed = {
  name: "deliver-unsubscribed",
  breaks: "every 20th message arrives once more on a topic that the client has not subscribed to",
  invariant: "integrity",
  versions: [4, 5],
  needs: [],
  flow: "stream",
  report: "nanomq/nanomq#330",
  create(random) {
    const isStruck = oneIn(20, random);
    return {
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.retain) return void 0;
        const topic = `not-subscribed/${packet.topic}`;
        const isSubscribed = [...peer.subscriptions.keys()].some((filter) => matchesTopic(filter, topic));
        if (isSubscribed || !isStruck(peer.clientId)) return void 0;
        return { toClient: [packet, peer.deliver({ ...packet, dup: false, topic })] };
      }
    };
  }
};

// src/sabotage/kinds/deny-session.ts
var denySession = {
  name: "deny-session",
  breaks: "every second CONNACK with session present = 1 arrives with 0",
  invariant: "session-state",
  versions: [4, 5],
  needs: ["persistentSessions"],
  flow: "stream",
  report: "vernemq/vernemq#73",
  create(random) {
    const isStruck = oneIn(2, random);
    return {
      fromBroker(packet, peer) {
        if (packet.cmd !== "connack" || !packet.sessionPresent || !isStruck(peer.clientId)) return void 0;
        return { toClient: [{ ...packet, sessionPresent: false }] };
      }
    };
  }
};

// src/sabotage/kinds/downgrade-qos.ts
var downgradeQos = {
  name: "downgrade-qos",
  breaks: "every 20th QoS 1 or 2 message is delivered at QoS 0",
  invariant: "delivered-qos",
  versions: [4, 5],
  needs: [],
  flow: "stream",
  report: "nats-io/nats-server#8414",
  create(random) {
    const isStruck = oneIn(20, random);
    return {
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.qos === 0 || packet.dup || !isStruck(peer.clientId)) return void 0;
        const { messageId: _, ...plain } = packet;
        return { toClient: [{ ...plain, qos: 0 }], toBroker: peer.acknowledge(packet, "broker") };
      }
    };
  }
};

// src/sabotage/retained.ts
function retainedTopics() {
  const topics = /* @__PURE__ */ new Map();
  const nodes = /* @__PURE__ */ new Set();
  return {
    note(packet, { node }) {
      nodes.add(node);
      if (!isMessage(packet) || !packet.retain || packet.dup || packet.payload.length === 0) return;
      const known = topics.get(packet.topic);
      topics.set(packet.topic, { value: Buffer.from(bytesOf(packet.payload)), older: known?.value, node });
    },
    /** The value that the topic had before its last one; undefined where it has had no other. */
    older: (topic) => topics.get(topic)?.older,
    /** Whether the client is at another node than the last publisher; of a cluster of one node everything is another. */
    isElsewhere: (topic, { node }) => nodes.size < 2 || topics.get(topic)?.node !== node
  };
}

// src/sabotage/kinds/drop-retained.ts
var dropRetained = {
  name: "drop-retained",
  breaks: "a new subscriber at another node than the publisher gets no retained message",
  invariant: "retained-convergence",
  versions: [4, 5],
  needs: ["retained"],
  flow: "retained",
  report: "emqx/emqx#1710",
  create() {
    const retained = retainedTopics();
    return {
      fromClient: retained.note,
      fromBroker(packet, peer) {
        if (!isMessage(packet) || !packet.retain || !retained.isElsewhere(packet.topic, peer)) return void 0;
        return { toBroker: peer.acknowledge(packet, "broker") };
      }
    };
  }
};

// src/sabotage/kinds/dup-at-qos0.ts
var dupAtQos0 = {
  name: "dup-at-qos0",
  breaks: "every 20th QoS 0 message has DUP = 1",
  invariant: "protocol",
  versions: [4, 5],
  needs: [],
  flow: "stream",
  report: "emqx/emqx#1319",
  create(random) {
    const isStruck = oneIn(20, random);
    return {
      fromBroker: (packet, peer) => isMessage(packet) && packet.qos === 0 && isStruck(peer.clientId) ? { toClient: [{ ...packet, dup: true }] } : void 0
    };
  }
};

// src/sabotage/kinds/duplicate-qos0.ts
var duplicateQos0 = {
  name: "duplicate-qos0",
  breaks: "every 20th QoS 0 message is delivered twice",
  invariant: "at-most-once",
  versions: [4, 5],
  needs: [],
  flow: "stream",
  report: "processone/ejabberd#3750",
  create(random) {
    const isStruck = oneIn(20, random);
    return {
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.qos !== 0 || !isStruck(peer.clientId)) return void 0;
        return { toClient: [packet, packet] };
      }
    };
  }
};

// src/sabotage/kinds/duplicate-qos2.ts
var duplicateQos2 = {
  name: "duplicate-qos2",
  breaks: "every 20th QoS 2 message is delivered once more, in an exchange of its own",
  invariant: "exactly-once",
  versions: [4, 5],
  needs: ["qos2"],
  flow: "stream",
  report: "rmqtt/rmqtt#458",
  create(random) {
    const isStruck = oneIn(20, random);
    return {
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.qos !== 2 || packet.dup || !isStruck(peer.clientId)) return void 0;
        return { toClient: [packet, peer.deliver(packet)] };
      }
    };
  }
};

// src/sabotage/kinds/forget-resend.ts
var forgetResend = {
  name: "forget-resend",
  breaks: "messages that a client had not acknowledged are not sent again when it comes back",
  invariant: "resend",
  versions: [4, 5],
  needs: ["persistentSessions"],
  flow: "inflight",
  report: "Yakifo/amqtt#401",
  create: () => ({
    fromBroker(packet, peer) {
      if (!isMessage(packet) || !packet.dup || packet.qos === 0 || peer.connection === 1) return void 0;
      return { toBroker: peer.acknowledge(packet, "broker") };
    }
  })
};

// src/sabotage/kinds/forget-subscription.ts
var forgetSubscription = {
  name: "forget-subscription",
  breaks: "a client that comes back to its session gets nothing more by the first of its filters",
  invariant: "session-state",
  versions: [4, 5],
  needs: ["persistentSessions"],
  flow: "stream",
  report: "rmqtt/rmqtt#475",
  create: () => ({
    fromBroker(packet, peer) {
      if (!isMessage(packet) || packet.retain || peer.clean || peer.connection === 1) return void 0;
      const [filter] = peer.subscriptions.keys();
      if (filter === void 0 || !matchesTopic(filter, packet.topic)) return void 0;
      return { toBroker: peer.acknowledge(packet, "broker") };
    }
  })
};

// src/sabotage/kinds/freeze-expiry.ts
var mostRemembered = 1e4;
var freezeExpiry = {
  name: "freeze-expiry",
  breaks: "the Message Expiry Interval arrives as it was published, without the time that the message has waited",
  invariant: "expiry",
  versions: [5],
  needs: ["mqtt5"],
  flow: "expiry",
  report: "hivemq/hivemq-community-edition#616",
  create() {
    const published = /* @__PURE__ */ new Map();
    const key = (topic, payload) => `${topic}\0${bytesOf(payload).toString("base64")}`;
    return {
      fromClient(packet) {
        const interval = isMessage(packet) ? packet.properties?.messageExpiryInterval : void 0;
        if (!isMessage(packet) || interval === void 0) return void 0;
        published.set(key(packet.topic, packet.payload), interval);
        const [oldest] = published.keys();
        if (published.size > mostRemembered && oldest !== void 0) published.delete(oldest);
        return void 0;
      },
      fromBroker(packet) {
        const left = isMessage(packet) ? packet.properties?.messageExpiryInterval : void 0;
        if (!isMessage(packet) || left === void 0) return void 0;
        const messageExpiryInterval = published.get(key(packet.topic, packet.payload));
        if (messageExpiryInterval === void 0 || messageExpiryInterval === left) return void 0;
        return { toClient: [{ ...packet, properties: { ...packet.properties, messageExpiryInterval } }] };
      }
    };
  }
};

// src/sabotage/kinds/hold-until-reconnect.ts
var before = 30;
var holdUntilReconnect = {
  name: "hold-until-reconnect",
  breaks: "clients get 30 messages; what follows at QoS 1 or 2 waits until they have reconnected",
  invariant: "liveness",
  versions: [4, 5],
  needs: ["persistentSessions"],
  flow: "stream",
  report: "thingsboard/tbmq#290",
  create() {
    const arrived = /* @__PURE__ */ new WeakMap();
    return {
      fromBroker(packet, peer) {
        if (peer.clean || peer.connection > 1 || !isMessage(packet) || packet.qos === 0) return void 0;
        const count = (arrived.get(peer) ?? 0) + 1;
        arrived.set(peer, count);
        return count > before ? {} : void 0;
      }
    };
  }
};

// src/sabotage/kinds/ignore-maximum-packet-size.ts
var ignoreMaximumPacketSize = {
  name: "ignore-maximum-packet-size",
  breaks: "packets are sent to a client that are larger than its Maximum Packet Size",
  invariant: "protocol",
  versions: [5],
  needs: ["mqtt5"],
  flow: "inflight",
  report: "eclipse-mosquitto/mosquitto#1168",
  create: () => ({
    fromClient(packet) {
      if (packet.cmd !== "connect" || packet.properties?.maximumPacketSize === void 0) return void 0;
      const { maximumPacketSize: _, ...properties } = packet.properties;
      return { toBroker: [{ ...packet, properties }] };
    }
  })
};

// src/sabotage/kinds/ignore-ping.ts
var ignorePing = {
  name: "ignore-ping",
  breaks: "PINGREQ is not answered, so that the client has to give its connection up",
  invariant: "no-unprovoked-disconnect",
  versions: [4, 5],
  needs: [],
  flow: "stream",
  report: "vernemq/vernemq#764",
  create: () => ({
    fromBroker: (packet) => packet.cmd === "pingresp" ? {} : void 0
  })
};

// src/sabotage/kinds/ignore-receive-maximum.ts
var ignoreReceiveMaximum = {
  name: "ignore-receive-maximum",
  breaks: "more messages are in flight to a client than its Receive Maximum allows",
  invariant: "protocol",
  versions: [5],
  needs: ["mqtt5"],
  flow: "inflight",
  report: "moquette-io/moquette#858",
  create: () => ({
    fromClient(packet) {
      if (packet.cmd !== "connect" || packet.properties?.receiveMaximum === void 0) return void 0;
      const { receiveMaximum: _, ...properties } = packet.properties;
      return { toBroker: [{ ...packet, properties }] };
    }
  })
};

// src/sabotage/kinds/ignore-unsubscribe.ts
var ignoreUnsubscribe = {
  name: "ignore-unsubscribe",
  breaks: "UNSUBSCRIBE is acknowledged, and messages go on arriving",
  invariant: "integrity",
  versions: [4, 5],
  needs: [],
  flow: "unsubscribe",
  report: "nats-io/nats-server#2061",
  create: () => ({
    fromClient(packet) {
      if (packet.cmd !== "unsubscribe" || packet.messageId === void 0) return void 0;
      const granted = packet.unsubscriptions.map(() => 0);
      return { toClient: [{ cmd: "unsuback", messageId: packet.messageId, granted }] };
    }
  })
};

// src/sabotage/kinds/invent-message.ts
var inventMessage = {
  name: "invent-message",
  breaks: "after every 20th message one arrives, on the same topic, that nobody published",
  invariant: "integrity",
  versions: [4, 5],
  needs: [],
  flow: "stream",
  create(random) {
    const isStruck = oneIn(20, random);
    return {
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.retain || !isStruck(peer.clientId)) return void 0;
        const invented = peer.deliver({ ...packet, dup: false, payload: Buffer.from("nobody published this") });
        return { toClient: [packet, invented] };
      }
    };
  }
};

// src/sabotage/kinds/invent-session.ts
var inventSession = {
  name: "invent-session",
  breaks: "clients that connect for the first time are told session present = 1",
  invariant: "session-state",
  versions: [4, 5],
  needs: ["persistentSessions"],
  flow: "stream",
  report: "dotnet/MQTTnet#613",
  create: () => ({
    fromBroker(packet, peer) {
      const isFirst = packet.cmd === "connack" && peer.connection === 1 && !peer.clean;
      if (!isFirst || packet.sessionPresent || isRefusal(packet)) return void 0;
      return { toClient: [{ ...packet, sessionPresent: true }] };
    }
  })
};
function isRefusal({ returnCode = 0, reasonCode = 0 }) {
  return returnCode !== 0 || reasonCode !== 0;
}

// src/sabotage/kinds/keep-deleted-retained.ts
var keepDeletedRetained = {
  name: "keep-deleted-retained",
  breaks: "a retained message that was deleted is still sent to new subscribers",
  invariant: "retained-convergence",
  versions: [4, 5],
  needs: ["retained"],
  flow: "retained",
  report: "nats-io/nats-server#2179",
  create: () => ({
    // Without RETAIN the empty message is delivered as any other, and deletes nothing.
    fromClient: (packet) => isMessage(packet) && packet.retain && packet.payload.length === 0 ? { toBroker: [{ ...packet, retain: false }] } : void 0
  })
};

// src/sabotage/kinds/mix-payloads.ts
var mixPayloads = {
  name: "mix-payloads",
  breaks: "every 20th message arrives with the payload of the last message of another topic",
  invariant: "integrity",
  versions: [4, 5],
  needs: [],
  flow: "stream",
  report: "hivemq/hivemq-community-edition#291",
  create(random) {
    const isStruck = oneIn(20, random);
    let last = [];
    return {
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.payload.length === 0) return void 0;
        const { topic } = packet;
        const foreign = last.find((one) => one.topic !== topic);
        last = [
          { topic, payload: Buffer.from(bytesOf(packet.payload)) },
          ...last.filter((one) => one.topic !== topic)
        ].slice(0, 2);
        if (foreign === void 0 || !isStruck(peer.clientId)) return void 0;
        return { toClient: [{ ...packet, payload: foreign.payload }] };
      }
    };
  }
};

// src/sabotage/kinds/reorder-deliveries.ts
var reorderDeliveries = {
  name: "reorder-deliveries",
  breaks: "every 10th message changes places with the next one of its topic and QoS",
  invariant: "ordering",
  versions: [4, 5],
  needs: [],
  flow: "stream",
  report: "moscajs/aedes#649",
  create(random) {
    const isStruck = oneIn(10, random);
    const heldBack = /* @__PURE__ */ new WeakMap();
    return {
      fromBroker(packet, peer) {
        const held = heldBack.get(peer);
        if (held !== void 0) {
          if (!isMessage(packet) || !isOfOneOrder(held, packet)) return void 0;
          heldBack.delete(peer);
          return { toClient: [packet, held] };
        }
        if (!isMessage(packet) || packet.retain || !isStruck(peer.clientId)) return void 0;
        heldBack.set(peer, packet);
        return {};
      },
      quiet(peer) {
        const held = heldBack.get(peer);
        if (held === void 0) return void 0;
        heldBack.delete(peer);
        return { toClient: [held] };
      }
    };
  }
};
function isOfOneOrder(held, packet) {
  return packet.cmd === "publish" && packet.topic === held.topic && packet.qos === held.qos && !packet.retain;
}

// src/sabotage/kinds/resend-under-new-id.ts
var resendUnderNewId = {
  name: "resend-under-new-id",
  breaks: "messages that are sent again have another packet id",
  invariant: "resend",
  versions: [4, 5],
  needs: ["persistentSessions"],
  flow: "inflight",
  report: "cloudamqp/lavinmq#2233",
  create: () => ({
    fromBroker(packet, peer) {
      if (!isMessage(packet) || !packet.dup || packet.qos === 0 || peer.connection === 1) return void 0;
      return { toClient: [peer.deliver(packet)], toBroker: peer.acknowledge(packet, "broker") };
    }
  })
};

// src/sabotage/kinds/resend-without-dup.ts
var resendWithoutDup = {
  name: "resend-without-dup",
  breaks: "messages that are sent again have DUP = 0",
  invariant: "resend",
  versions: [4, 5],
  needs: ["persistentSessions"],
  flow: "inflight",
  report: "emqx/emqx#1562",
  create: () => ({
    fromBroker: (packet) => isMessage(packet) && packet.dup ? { toClient: [{ ...packet, dup: false }] } : void 0
  })
};

// src/sabotage/packets.ts
var import_mqtt_packet = __toESM(require_mqtt(), 1);
var Decoder = class {
  #version;
  #parser;
  #decoded;
  /** The version does not matter for CONNECT, which names its own. */
  constructor(version) {
    this.#version = version;
  }
  /** Undefined for what is no packet of MQTT. */
  decode(frame) {
    this.#decoded = void 0;
    this.#parser ??= this.#begin();
    try {
      this.#parser.parse(frame);
    } catch {
      this.#parser = void 0;
      return void 0;
    }
    const decoded = this.#decoded;
    if (decoded === void 0) this.#parser = void 0;
    return decoded;
  }
  #begin() {
    const begun = (0, import_mqtt_packet.parser)({ protocolVersion: this.#version });
    begun.on("packet", (packet) => {
      this.#decoded = packet;
    });
    begun.on("error", () => {
    });
    return begun;
  }
};
function encode(packet, version) {
  return (0, import_mqtt_packet.generate)(packet, { protocolVersion: version });
}

// src/sabotage/kinds/reserved-flags.ts
var reservedFlags = {
  name: "reserved-flags",
  breaks: "every 50th PUBACK has a reserved bit of its first byte set",
  invariant: "protocol",
  versions: [4, 5],
  needs: [],
  flow: "stream",
  report: "espressif/esp-mqtt#134",
  create(random) {
    const isStruck = oneIn(50, random);
    return {
      fromBroker(packet, { clientId, version }) {
        if (packet.cmd !== "puback" || !isStruck(clientId)) return void 0;
        const bytes = encode(packet, version);
        bytes.writeUInt8(66, 0);
        return { toClient: [bytes] };
      }
    };
  }
};

// src/sabotage/kinds/retain-on-live.ts
var retainOnLive = {
  name: "retain-on-live",
  breaks: "every 20th message to an established subscription has RETAIN = 1",
  invariant: "protocol",
  versions: [4, 5],
  needs: [],
  flow: "stream",
  report: "mochi-mqtt/server#251",
  create(random) {
    const isStruck = oneIn(20, random);
    return {
      fromBroker: (packet, peer) => isMessage(packet) && !packet.retain && isStruck(peer.clientId) ? { toClient: [{ ...packet, retain: true }] } : void 0
    };
  }
};

// src/sabotage/kinds/reuse-packet-id.ts
var reusePacketId = {
  name: "reuse-packet-id",
  breaks: "every 20th QoS 2 message still waits for PUBREL when the next message comes under its packet id",
  invariant: "protocol",
  versions: [4, 5],
  needs: ["qos2"],
  flow: "stream",
  report: "emqx/emqx#16296",
  create(random) {
    const isStruck = oneIn(20, random);
    const reuses = perKey(() => ({ current: void 0 }));
    return {
      fromBroker(packet, peer) {
        const slot = reuses(peer);
        const reuse = slot.current;
        if (reuse === void 0) {
          if (isMessage(packet) && packet.qos === 2 && packet.messageId !== void 0 && isStruck(peer.clientId))
            slot.current = { id: packet.messageId, pubrel: void 0, otherId: void 0 };
          return void 0;
        }
        if (packet.cmd === "pubrel" && packet.messageId === reuse.id && reuse.otherId === void 0) {
          reuse.pubrel = packet;
          return {};
        }
        if (packet.cmd === "pubrel" && packet.messageId === reuse.otherId && reuse.otherId !== void 0) {
          slot.current = void 0;
          return { toBroker: [{ cmd: "pubcomp", messageId: reuse.otherId, reasonCode: 0 }] };
        }
        if (!isMessage(packet) || packet.qos !== 2 || reuse.pubrel === void 0 || reuse.otherId !== void 0)
          return void 0;
        if (packet.messageId === void 0 || packet.messageId === reuse.id) return void 0;
        reuse.otherId = packet.messageId;
        return { toClient: [{ ...packet, messageId: reuse.id }, reuse.pubrel] };
      },
      fromClient(packet, peer) {
        const reuse = reuses(peer).current;
        if (packet.cmd !== "pubrec" || packet.messageId !== reuse?.id || reuse?.otherId === void 0) return void 0;
        return { toBroker: [{ ...packet, messageId: reuse.otherId }] };
      },
      quiet(peer) {
        const slot = reuses(peer);
        if (slot.current?.pubrel === void 0 || slot.current.otherId !== void 0) return void 0;
        const { pubrel } = slot.current;
        slot.current = void 0;
        return { toClient: [pubrel] };
      }
    };
  }
};

// src/sabotage/shared.ts
function sharedGroups() {
  const groups = /* @__PURE__ */ new Map();
  const groupOf = (topic, { subscriptions }) => {
    const matching = [...subscriptions.keys()].filter((filter) => matchesTopic(filterOf(filter), topic));
    return matching.length === 1 && matching[0]?.startsWith("$share/") ? matching[0] : void 0;
  };
  const membersOf = (topic, peer) => {
    const group = groupOf(topic, peer);
    return (group === void 0 ? void 0 : groups.get(group)) ?? /* @__PURE__ */ new Map();
  };
  return {
    note(packet, peer) {
      if (packet.cmd === "connect") {
        for (const members of groups.values()) if (members.has(peer.clientId)) members.set(peer.clientId, peer);
      }
      if (packet.cmd === "subscribe") {
        for (const { topic } of packet.subscriptions)
          if (topic.startsWith("$share/")) groups.set(topic, (groups.get(topic) ?? /* @__PURE__ */ new Map()).set(peer.clientId, peer));
      }
      if (packet.cmd === "unsubscribe")
        for (const topic of packet.unsubscriptions) groups.get(topic)?.delete(peer.clientId);
    },
    /** A connected member of the group, other than the client that the message came to. */
    otherMember: (topic, peer) => [...membersOf(topic, peer).values()].find((one) => one.clientId !== peer.clientId && isThere(one)),
    /** Whether the message came to the client that was the first to subscribe. */
    isFirstMember(topic, peer) {
      const [first] = membersOf(topic, peer).keys();
      return first === peer.clientId;
    }
  };
}
function isThere({ isOpen, isTakenOver }) {
  return isOpen && !isTakenOver;
}
function filterOf(subscribed) {
  return subscribed.startsWith("$share/") ? subscribed.split("/").slice(2).join("/") : subscribed;
}

// src/sabotage/kinds/share-with-two.ts
var shareWithTwo = {
  name: "share-with-two",
  breaks: "every 5th message of a shared subscription is delivered to two of its members",
  invariant: "shared-delivery",
  versions: [4, 5],
  needs: ["sharedSubscriptions"],
  flow: "shared",
  report: "emqx/emqx#1728",
  create(random) {
    const isStruck = oneIn(5, random);
    const groups = sharedGroups();
    return {
      fromClient: groups.note,
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.retain || packet.dup) return void 0;
        const other = groups.otherMember(packet.topic, peer);
        if (other === void 0 || !isStruck(peer.clientId)) return void 0;
        return { toClient: [packet], toOther: { peer: other, packets: [other.deliver(packet)] } };
      }
    };
  }
};

// src/sabotage/kinds/short-suback.ts
var shortSuback = {
  name: "short-suback",
  breaks: "the first SUBACK of each client has no return codes",
  invariant: "protocol",
  versions: [4, 5],
  needs: [],
  flow: "stream",
  report: "eclipse-mosquitto/mosquitto#1167",
  create() {
    const done = /* @__PURE__ */ new Set();
    return {
      fromBroker(packet, { clientId, version }) {
        if (packet.cmd !== "suback" || done.has(clientId)) return void 0;
        done.add(clientId);
        const { messageId = 0 } = packet;
        const rest = [messageId >> 8, messageId & 255, ...version === 5 ? [0] : []];
        return { toClient: [Uint8Array.of(144, rest.length, ...rest)] };
      }
    };
  }
};

// src/sabotage/kinds/silence-after-return.ts
var silenceAfterReturn = {
  name: "silence-after-return",
  breaks: "a client that comes back is let in, its subscriptions are granted, and no message reaches it any more",
  invariant: "session-state",
  versions: [4, 5],
  needs: ["persistentSessions"],
  flow: "stream",
  report: "eclipse-mosquitto/mosquitto#898",
  create: () => ({
    // Nothing is acknowledged in the client's place: the broker's window of messages in flight stays full.
    fromBroker: (packet, peer) => isMessage(packet) && peer.connection > 1 ? {} : void 0
  })
};

// src/sabotage/kinds/stale-retained.ts
var staleRetained = {
  name: "stale-retained",
  breaks: "a new subscriber at another node than the publisher gets an older retained value",
  invariant: "retained-convergence",
  versions: [4, 5],
  needs: ["retained"],
  flow: "retained",
  report: "nats-io/nats-server#7622",
  create() {
    const retained = retainedTopics();
    return {
      fromClient: retained.note,
      fromBroker(packet, peer) {
        if (!isMessage(packet) || !packet.retain || !retained.isElsewhere(packet.topic, peer)) return void 0;
        const older = retained.older(packet.topic);
        if (older === void 0 || older.equals(bytesOf(packet.payload))) return void 0;
        return { toClient: [{ ...packet, payload: older }] };
      }
    };
  }
};

// src/sabotage/kinds/subscribe-at-qos0.ts
var subscribeAtQos0 = {
  name: "subscribe-at-qos0",
  breaks: "clients are told that the QoS which they asked for was granted, and are subscribed at QoS 0",
  invariant: "delivered-qos",
  versions: [4, 5],
  needs: [],
  flow: "stream",
  create() {
    const asked = perKey(() => /* @__PURE__ */ new Map());
    return {
      fromClient(packet, peer) {
        if (packet.cmd !== "subscribe" || packet.messageId === void 0) return void 0;
        if (packet.subscriptions.every(({ qos }) => qos === 0)) return void 0;
        asked(peer).set(
          packet.messageId,
          packet.subscriptions.map(({ qos }) => qos)
        );
        return { toBroker: [{ ...packet, subscriptions: packet.subscriptions.map((one) => ({ ...one, qos: 0 })) }] };
      },
      fromBroker(packet, peer) {
        const wanted = packet.cmd === "suback" ? asked(peer).get(packet.messageId ?? 0) : void 0;
        if (packet.cmd !== "suback" || wanted === void 0) return void 0;
        asked(peer).delete(packet.messageId ?? 0);
        const granted = packet.granted.map((code, i) => Number(code) >= 128 ? Number(code) : wanted[i] ?? 0);
        return { toClient: [{ ...packet, granted }] };
      }
    };
  }
};

// src/sabotage/wills.ts
function hasWill() {
  const peers = /* @__PURE__ */ new WeakSet();
  return {
    note(packet, peer) {
      if (packet.cmd === "connect" && packet.will) peers.add(peer);
    },
    of: (peer) => peers.has(peer)
  };
}

// src/sabotage/kinds/suppress-will.ts
var suppressWill = {
  name: "suppress-will",
  breaks: "the will of a client whose connection is lost is not published",
  invariant: "will-once",
  versions: [4, 5],
  needs: ["wills"],
  flow: "will",
  report: "vernemq/vernemq#1051",
  create() {
    const wills = hasWill();
    return {
      fromClient: wills.note,
      clientLost: (peer) => wills.of(peer) ? { toBroker: [{ cmd: "disconnect", reasonCode: 0 }] } : void 0
    };
  }
};

// src/sabotage/kinds/survive-takeover.ts
var surviveTakeover = {
  name: "survive-takeover",
  breaks: "a client whose id has connected again keeps its older connection, and its PINGREQs are answered",
  invariant: "single-session",
  versions: [4, 5],
  needs: [],
  flow: "handover",
  report: "robustmq/robustmq#2057",
  create() {
    const kept = /* @__PURE__ */ new WeakSet();
    return {
      fromBroker: (packet, peer) => packet.cmd === "disconnect" && peer.isTakenOver ? {} : void 0,
      brokerLost(peer) {
        if (!peer.isTakenOver) return void 0;
        kept.add(peer);
        return "keep";
      },
      fromClient(packet, peer) {
        if (!kept.has(peer)) return void 0;
        return packet.cmd === "pingreq" ? { toClient: [{ cmd: "pingresp" }] } : {};
      }
    };
  }
};

// src/sabotage/kinds/swallow-delivery.ts
var swallowDelivery = {
  name: "swallow-delivery",
  breaks: "every 20th QoS 1 or 2 message to a client is acknowledged in its place and never delivered",
  invariant: "no-acknowledged-loss",
  versions: [4, 5],
  needs: [],
  flow: "stream",
  report: "vernemq/vernemq#1577",
  create(random) {
    const isStruck = oneIn(20, random);
    return {
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.qos === 0 || !isStruck(peer.clientId)) return void 0;
        return { toBroker: peer.acknowledge(packet, "broker") };
      }
    };
  }
};

// src/sabotage/kinds/swallow-shared.ts
var swallowShared = {
  name: "swallow-shared",
  breaks: "what is chosen for the first member of a shared subscription reaches nobody",
  invariant: "shared-delivery",
  versions: [4, 5],
  needs: ["sharedSubscriptions"],
  flow: "shared",
  report: "emqx/emqx#1665",
  create() {
    const groups = sharedGroups();
    return {
      fromClient: groups.note,
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.retain || !groups.isFirstMember(packet.topic, peer)) return void 0;
        return { toBroker: peer.acknowledge(packet, "broker") };
      }
    };
  }
};

// src/sabotage/kinds/throw-out.ts
var throwOut = {
  name: "throw-out",
  breaks: "the connection of a healthy client is closed once in 100 messages",
  invariant: "no-unprovoked-disconnect",
  versions: [4, 5],
  needs: [],
  flow: "stream",
  report: "eclipse-mosquitto/mosquitto#3238",
  create(random) {
    const isStruck = oneIn(100, random);
    return {
      fromBroker: (packet, peer) => isMessage(packet) && isStruck(peer.clientId) ? { toClient: [packet], close: "both" } : void 0
    };
  }
};

// src/sabotage/kinds/upgrade-qos.ts
var upgradeQos = {
  name: "upgrade-qos",
  breaks: "every 20th QoS 0 message is delivered at QoS 1, which is more than was published or granted",
  invariant: "delivered-qos",
  versions: [4, 5],
  needs: [],
  flow: "stream",
  report: "moscajs/mosca#769",
  create(random) {
    const isStruck = oneIn(20, random);
    return {
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.qos !== 0 || !isStruck(peer.clientId)) return void 0;
        return { toClient: [peer.deliver({ ...packet, qos: 1 })] };
      }
    };
  }
};

// src/sabotage/kinds/will-after-disconnect.ts
var willAfterDisconnect = {
  name: "will-after-disconnect",
  breaks: "the will of a client that has sent DISCONNECT is published",
  invariant: "will-once",
  versions: [4, 5],
  needs: ["wills"],
  flow: "will",
  report: "Yakifo/amqtt#199",
  create() {
    const wills = hasWill();
    return {
      fromClient(packet, peer) {
        if (packet.cmd !== "disconnect") return wills.note(packet, peer);
        return wills.of(peer) ? { close: "broker" } : void 0;
      }
    };
  }
};

// src/sabotage/kinds/will-twice.ts
var willTwice = {
  name: "will-twice",
  breaks: "a will is delivered twice",
  invariant: "will-once",
  versions: [4, 5],
  needs: ["wills"],
  flow: "will",
  report: "moscajs/aedes#109",
  create() {
    const wills = /* @__PURE__ */ new Set();
    const key = (topic, payload) => `${topic}\0${bytesOf(payload).toString("base64")}`;
    return {
      fromClient(packet) {
        if (packet.cmd === "connect" && packet.will) wills.add(key(packet.will.topic, packet.will.payload));
        return void 0;
      },
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.retain || packet.dup || !wills.has(key(packet.topic, packet.payload)))
          return void 0;
        return { toClient: [packet, peer.deliver(packet)] };
      }
    };
  }
};

// src/sabotage/kinds/withhold-acknowledgement.ts
var withholdAcknowledgement = {
  name: "withhold-acknowledgement",
  breaks: "every 40th PUBACK is never sent, though the message was stored and delivered",
  invariant: "liveness",
  versions: [4, 5],
  needs: [],
  flow: "stream",
  report: "vernemq/vernemq#764",
  create(random) {
    const isStruck = oneIn(40, random);
    return {
      fromBroker: (packet, peer) => packet.cmd === "puback" && isStruck(peer.clientId) ? {} : void 0
    };
  }
};

// src/sabotage/registry.ts
var sabotages = [
  corruptPayload,
  deliverUnsubscribed,
  ignoreUnsubscribe,
  inventMessage,
  mixPayloads,
  acknowledgeEarly,
  swallowDelivery,
  duplicateQos0,
  duplicateQos2,
  reorderDeliveries,
  downgradeQos,
  subscribeAtQos0,
  upgradeQos,
  denySession,
  forgetSubscription,
  inventSession,
  silenceAfterReturn,
  surviveTakeover,
  dropRetained,
  keepDeletedRetained,
  staleRetained,
  suppressWill,
  willAfterDisconnect,
  willTwice,
  shareWithTwo,
  swallowShared,
  forgetResend,
  resendUnderNewId,
  resendWithoutDup,
  deliverExpired,
  freezeExpiry,
  dupAtQos0,
  ignoreMaximumPacketSize,
  ignoreReceiveMaximum,
  reservedFlags,
  retainOnLive,
  reusePacketId,
  shortSuback,
  ignorePing,
  throwOut,
  holdUntilReconnect,
  withholdAcknowledgement
];
function findSabotage(name) {
  return sabotages.find((sabotage) => sabotage.name === name);
}

export {
  isProbe,
  Decoder,
  encode,
  sabotages,
  findSabotage
};
