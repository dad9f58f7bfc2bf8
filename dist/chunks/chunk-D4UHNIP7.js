import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/faults/corpus.ts
var topic = "chaos-broken/a";
var types = {
  connect: 1,
  connack: 2,
  publish: 3,
  puback: 4,
  pubrec: 5,
  pubrel: 6,
  pubcomp: 7,
  subscribe: 8,
  suback: 9,
  unsubscribe: 10,
  unsuback: 11,
  pingreq: 12,
  pingresp: 13,
  disconnect: 14
};
function bytes(...parts) {
  return Buffer.concat(
    parts.map(
      (part) => typeof part === "number" ? Buffer.from([part]) : typeof part === "string" ? string(Buffer.from(part)) : part
    )
  );
}
function string(content) {
  return Buffer.concat([u16(content.length), content]);
}
function u16(value) {
  return Buffer.from([value >> 8 & 255, value & 255]);
}
function length(value) {
  const digits = [];
  let rest = value;
  do {
    digits.push(rest % 128 | (rest >= 128 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.from(digits);
}
function packet(type, flags, ...body) {
  const content = bytes(...body);
  return Buffer.concat([Buffer.from([type << 4 | flags]), length(content.length), content]);
}
var cleanSession = 2;
var willFlag = 4;
var userNameFlag = 128;
var passwordFlag = 64;
function connect(random, said = {}) {
  const { name = "MQTT", level = 4, flags = cleanSession, keepAlive = 60, rest = [] } = said;
  return packet(types.connect, 0, name, level, flags, u16(keepAlive), said.clientId ?? clientId(random), ...rest);
}
function connect5(random, properties, lengthSaid = length(properties.length)) {
  const fixed = bytes("MQTT", 5, cleanSession, u16(60), lengthSaid, properties, clientId(random));
  return Buffer.concat([Buffer.from([types.connect << 4]), length(fixed.length), fixed]);
}
function clientId(random) {
  return `broken${random.below(4294967296).toString(16)}${random.below(4294967296).toString(16)}`;
}
function someBytes(random, count) {
  return Buffer.from(Array.from({ length: count }, () => random.below(256)));
}
function packetId(random) {
  return u16(1 + random.below(65535));
}
var publish = (flags, ...body) => packet(types.publish, flags, ...body);
var subscribe = (...body) => packet(types.subscribe, 2, ...body);
var unsubscribe = (...body) => packet(types.unsubscribe, 2, ...body);
function mutated(packetOf) {
  return (random) => {
    const made = [...packetOf(random)];
    for (let changes = 1 + random.below(3); changes > 0; changes--) {
      const at = random.below(made.length);
      const old = made[at] ?? 0;
      const how = random.below(4);
      if (how === 0) made[at] = old ^ 1 << random.below(8);
      else if (how === 1) made[at] = random.below(256);
      else if (how === 2) made.splice(at, 1);
      else made.splice(at, 0, old);
    }
    const type = (made[0] ?? 0) >> 4;
    if (type === types.publish) made[0] = (made[0] ?? 0) & ~1;
    if (type === types.connect && made.length > 9) made[9] = ((made[9] ?? 0) | cleanSession) & ~32;
    return Buffer.from(made);
  };
}
var badStrings = [
  {
    name: "bad-utf8",
    breaks: "MQTT-1.5.3-1",
    make: (random) => bytes(Buffer.from("chaos-broken/"), Buffer.from([255, 128 | random.below(64), 254]))
  },
  {
    name: "overlong-utf8",
    breaks: "MQTT-1.5.3-1",
    make: () => bytes(Buffer.from("chaos-broken/"), Buffer.from([192, 175]))
  },
  {
    name: "surrogate",
    breaks: "MQTT-1.5.3-1",
    make: (random) => bytes(Buffer.from("chaos-broken/"), Buffer.from([237, 160 + random.below(32), 128 + random.below(64)]))
  },
  { name: "nul", breaks: "MQTT-1.5.3-2", make: () => Buffer.from("chaos-broken/\0a") }
];
var stringPlaces = [
  { place: "client-id", sent: "first", make: (random, content) => connect(random, { clientId: string(content) }) },
  {
    place: "will-topic",
    sent: "first",
    make: (random, content) => connect(random, { flags: cleanSession | willFlag, rest: [string(content), "will"] })
  },
  {
    place: "user-name",
    sent: "first",
    make: (random, content) => connect(random, { flags: cleanSession | userNameFlag, rest: [string(content)] })
  },
  { place: "topic", sent: "session", make: (_, content) => publish(0, string(content), Buffer.from("payload")) },
  { place: "filter", sent: "session", make: (random, content) => subscribe(packetId(random), string(content), 0) },
  {
    place: "unsubscription",
    sent: "session",
    make: (random, content) => unsubscribe(packetId(random), string(content))
  }
];
var reservedFlags = [
  { type: "puback", breaks: "MQTT-2.2.2-2" },
  { type: "pubrec", breaks: "MQTT-2.2.2-2" },
  { type: "pubrel", breaks: "MQTT-3.6.1-1" },
  { type: "pubcomp", breaks: "MQTT-2.2.2-2" },
  { type: "subscribe", breaks: "MQTT-3.8.1-1" },
  { type: "unsubscribe", breaks: "MQTT-3.10.1-1" },
  { type: "pingreq", breaks: "MQTT-2.2.2-2" },
  { type: "disconnect", breaks: "MQTT-3.14.1-1" }
];
function bodyOf(type, random) {
  switch (type) {
    case "subscribe":
      return [packetId(random), topic, 0];
    case "unsubscribe":
      return [packetId(random), topic];
    case "pingreq":
    case "disconnect":
      return [];
    default:
      return [packetId(random)];
  }
}
var wholeConnect = [
  { name: "protocol-name-wrong", breaks: "MQTT-3.1.2-1", said: { name: "MQTT?" } },
  { name: "protocol-name-empty", breaks: "MQTT-3.1.2-1", said: { name: "" } },
  { name: "protocol-name-of-3.1-with-level-4", breaks: "MQTT-3.1.2-1", said: { name: "MQIsdp" } },
  { name: "protocol-level-0", breaks: "MQTT-3.1.2-2", said: { level: 0 } },
  { name: "protocol-level-6", breaks: "MQTT-3.1.2-2", said: { level: 6 } },
  { name: "protocol-level-255", breaks: "MQTT-3.1.2-2", said: { level: 255 } },
  { name: "connect-reserved-flag", breaks: "MQTT-3.1.2-3", said: { flags: cleanSession | 1 } },
  {
    name: "will-without-topic-and-message",
    breaks: "MQTT-3.1.2-9",
    said: { flags: cleanSession | willFlag }
  },
  { name: "will-qos-without-will", breaks: "MQTT-3.1.2-13", said: { flags: cleanSession | 16 } },
  { name: "will-retain-without-will", breaks: "MQTT-3.1.2-15", said: { flags: cleanSession | 32 } },
  {
    name: "will-qos-3",
    breaks: "MQTT-3.1.2-14",
    said: { flags: cleanSession | willFlag | 24, rest: [topic, "will"] }
  },
  {
    name: "will-topic-with-wildcard",
    breaks: "MQTT-4.7.1-1",
    said: { flags: cleanSession | willFlag, rest: ["chaos-broken/#", "will"] }
  },
  { name: "will-topic-empty", breaks: "MQTT-4.7.3-1", said: { flags: cleanSession | willFlag, rest: ["", "will"] } },
  {
    name: "password-without-user-name",
    breaks: "MQTT-3.1.2-22",
    said: { flags: cleanSession | passwordFlag, rest: ["secret"] }
  },
  { name: "user-name-missing", breaks: "MQTT-3.1.2-19", said: { flags: cleanSession | userNameFlag } },
  {
    name: "password-missing",
    breaks: "MQTT-3.1.2-21",
    said: { flags: cleanSession | userNameFlag | passwordFlag, rest: ["user"] }
  },
  { name: "client-id-empty-and-session-kept", breaks: "MQTT-3.1.3-8", said: { flags: 0, clientId: "" } },
  { name: "client-id-missing", breaks: "MQTT-3.1.3-3", said: { clientId: Buffer.alloc(0) } },
  { name: "client-id-longer-than-the-packet", breaks: "1.5.3", said: { clientId: bytes(u16(65535), 97) } },
  { name: "connect-with-trailing-bytes", breaks: "MQTT-3.1.4-1", said: { rest: [Buffer.from("more")] } }
];
var cutConnects = [
  { behind: "nothing", body: [] },
  { behind: "half-of-the-protocol-name", body: [u16(4), Buffer.from("MQ")] },
  { behind: "the-protocol-name", body: ["MQTT"] },
  { behind: "the-level", body: ["MQTT", 4] },
  { behind: "the-flags", body: ["MQTT", 4, cleanSession] },
  { behind: "half-of-the-keep-alive", body: ["MQTT", 4, cleanSession, 0] },
  { behind: "half-of-the-client-id", body: ["MQTT", 4, cleanSession, u16(60), u16(8), Buffer.from("half")] }
];
var session = (name, breaks, make) => ({
  name,
  breaks,
  sent: "session",
  make
});
var first = (name, breaks, make, manner) => ({ name, breaks, sent: "first", make, ...manner === void 0 ? {} : { manner } });
var largePublish = publish(0, topic, Buffer.alloc(262144, "a"));
var brokenClasses = [
  // The fixed header.
  session("packet-type-0", "2.2.1", (random) => packet(0, 0, someBytes(random, random.below(16)))),
  session("packet-type-15", "2.2.1", (random) => packet(15, 0, someBytes(random, random.below(16)))),
  ...reservedFlags.map(
    ({ type, breaks }) => session(`${type}-with-reserved-flags`, breaks, (random) => {
      const right = type === "pubrel" || type === "subscribe" || type === "unsubscribe" ? 2 : 0;
      return packet(types[type], right ^ 1 + random.below(15), ...bodyOf(type, random));
    })
  ),
  first("connect-with-reserved-flags", "MQTT-2.2.2-2", (random) => {
    const made = connect(random);
    made[0] = types.connect << 4 | 1 + random.below(15);
    return made;
  }),
  first("remaining-length-of-5-bytes", "2.2.3", () => Buffer.from([types.connect << 4, 255, 255, 255, 255, 1])),
  first("remaining-length-without-end", "2.2.3", () => Buffer.alloc(64, 255).fill(types.connect << 4, 0, 1)),
  session("remaining-length-overlong", "5.0 MQTT-1.5.5-1", () => Buffer.from([types.pingreq << 4, 128, 128, 0])),
  session(
    "remaining-length-beyond-the-content",
    "2.2.3",
    (random) => bytes(types.publish << 4, length(topic.length + 2 + 1 + random.below(1e5)), topic)
  ),
  session(
    "remaining-length-of-256-MiB",
    "2.2.3",
    (random) => bytes(types.publish << 4, Buffer.from([255, 255, 255, 127]), topic, someBytes(random, 150))
  ),
  session("remaining-length-short-of-the-content", "2.2.3", (random) => {
    const made = publish(0, topic, someBytes(random, 32));
    made[1] = 2 + random.below(12);
    return made;
  }),
  // CONNECT.
  ...wholeConnect.map(({ name, breaks, said }) => first(name, breaks, (random) => connect(random, said))),
  ...cutConnects.map(
    ({ behind, body }) => first(`connect-cut-behind-${behind}`, "3.1", () => packet(types.connect, 0, ...body))
  ),
  first(
    "client-id-of-65535-bytes",
    "3.1.3.1, at its limit",
    (random) => connect(random, { clientId: string(Buffer.alloc(65535, "a")) })
  ),
  first("publish-before-connect", "MQTT-3.1.0-1", (random) => publish(0, topic, someBytes(random, 8))),
  first("subscribe-before-connect", "MQTT-3.1.0-1", (random) => subscribe(packetId(random), topic, 0)),
  first("pingreq-before-connect", "MQTT-3.1.0-1", () => packet(types.pingreq, 0)),
  first("disconnect-before-connect", "MQTT-3.1.0-1", () => packet(types.disconnect, 0)),
  session("second-connect", "MQTT-3.1.0-2", (random) => connect(random)),
  first("two-connects-at-once", "MQTT-3.1.0-2", (random) => bytes(connect(random), connect(random))),
  // Strings.
  ...stringPlaces.flatMap(
    ({ place, sent, make }) => badStrings.map(
      (bad) => ({
        name: `${bad.name}-in-${place}`,
        breaks: bad.breaks,
        sent,
        make: (random) => make(random, bad.make(random))
      })
    )
  ),
  // PUBLISH and its acknowledgements.
  session("publish-qos-3", "MQTT-3.3.1-4", (random) => publish(6, topic, packetId(random), Buffer.from("payload"))),
  session("publish-dup-at-qos-0", "MQTT-3.3.1-2", () => publish(8, topic, Buffer.from("payload"))),
  session("publish-packet-id-0", "MQTT-2.3.1-1", () => publish(2, topic, u16(0), Buffer.from("payload"))),
  session("publish-qos-2-packet-id-0", "MQTT-2.3.1-1", () => publish(4, topic, u16(0), Buffer.from("payload"))),
  session("publish-without-packet-id", "MQTT-2.3.1-1", () => publish(2, topic)),
  session(
    "publish-to-wildcard",
    "MQTT-3.3.2-2",
    (random) => publish(0, random.below(2) === 0 ? "chaos-broken/+" : "chaos-broken/#", Buffer.from("payload"))
  ),
  session("publish-to-empty-topic", "MQTT-4.7.3-1", () => publish(0, "", Buffer.from("payload"))),
  session("publish-without-topic", "MQTT-3.3.2-1", () => publish(0)),
  session("publish-topic-longer-than-the-packet", "1.5.3", () => publish(0, u16(65535), Buffer.from("chaos-broken"))),
  session(
    "publish-to-topic-of-65535-bytes",
    "4.7.3, at its limit",
    () => publish(0, string(Buffer.from("chaos-broken/".padEnd(65535, "a"))))
  ),
  session(
    "publish-to-topic-of-20000-levels",
    "4.7.3, at its limit",
    () => publish(0, `chaos-broken${"/".repeat(2e4)}`)
  ),
  session("publish-of-256-KiB", "2.2.3, inside its limit", () => largePublish),
  session("puback-for-unknown-id", "4.3.2", (random) => packet(types.puback, 0, packetId(random))),
  session("pubrec-for-unknown-id", "4.3.3", (random) => packet(types.pubrec, 0, packetId(random))),
  session("pubrel-for-unknown-id", "4.3.3", (random) => packet(types.pubrel, 2, packetId(random))),
  session("pubcomp-for-unknown-id", "4.3.3", (random) => packet(types.pubcomp, 0, packetId(random))),
  session("puback-for-id-0", "2.3.1", () => packet(types.puback, 0, u16(0))),
  session("pubrel-for-id-0", "2.3.1", () => packet(types.pubrel, 2, u16(0))),
  session("puback-without-id", "3.4.2", () => packet(types.puback, 0)),
  session("pubrec-of-1-byte", "3.5.2", () => packet(types.pubrec, 0, 1)),
  // SUBSCRIBE and UNSUBSCRIBE.
  session("subscribe-without-filter", "MQTT-3.8.3-3", (random) => subscribe(packetId(random))),
  session("subscribe-without-anything", "3.8.2", () => subscribe()),
  session("subscribe-packet-id-0", "MQTT-2.3.1-1", () => subscribe(u16(0), topic, 0)),
  session("subscribe-empty-filter", "MQTT-4.7.3-1", (random) => subscribe(packetId(random), "", 0)),
  session("subscribe-qos-3", "MQTT-3.8.3-4", (random) => subscribe(packetId(random), topic, 3)),
  session(
    "subscribe-reserved-bits",
    "MQTT-3.8.3-4",
    (random) => subscribe(packetId(random), topic, 1 + random.below(63) << 2)
  ),
  session("subscribe-without-qos", "3.8.3", (random) => subscribe(packetId(random), topic)),
  session(
    "subscribe-filter-longer-than-the-packet",
    "1.5.3",
    (random) => subscribe(packetId(random), u16(65535), Buffer.from("chaos-broken"))
  ),
  session("subscribe-hash-not-last", "MQTT-4.7.1-2", (random) => subscribe(packetId(random), "chaos-broken/#/a", 0)),
  session("subscribe-hash-in-a-word", "MQTT-4.7.1-2", (random) => subscribe(packetId(random), "chaos-broken/a#", 0)),
  session("subscribe-plus-in-a-word", "MQTT-4.7.1-3", (random) => subscribe(packetId(random), "chaos-broken/a+", 0)),
  session(
    "subscribe-shared-without-filter",
    "5.0 MQTT-4.8.2-1",
    (random) => subscribe(packetId(random), "$share//chaos-broken", 0)
  ),
  session("unsubscribe-without-filter", "MQTT-3.10.3-2", (random) => unsubscribe(packetId(random))),
  session("unsubscribe-packet-id-0", "MQTT-2.3.1-1", () => unsubscribe(u16(0), topic)),
  session("unsubscribe-empty-filter", "MQTT-4.7.3-1", (random) => unsubscribe(packetId(random), "")),
  // Packets with a body that they may not have, and packets that only servers send.
  session("pingreq-with-body", "3.12", (random) => packet(types.pingreq, 0, someBytes(random, 1 + random.below(32)))),
  session("disconnect-with-body", "3.14", (random) => packet(types.disconnect, 0, someBytes(random, 4))),
  session("connack-from-a-client", "2.2.1", () => packet(types.connack, 0, 0, 0)),
  session("suback-from-a-client", "2.2.1", (random) => packet(types.suback, 0, packetId(random), 0)),
  session("unsuback-from-a-client", "2.2.1", (random) => packet(types.unsuback, 0, packetId(random))),
  session("pingresp-from-a-client", "2.2.1", () => packet(types.pingresp, 0)),
  // MQTT 5.
  first("v5-property-unknown", "5.0 2.2.2.2", (random) => connect5(random, bytes(127, 1))),
  first(
    "v5-property-twice",
    "5.0 3.1.2.11.2",
    (random) => connect5(random, bytes(17, u16(0), u16(1), 17, u16(0), u16(1)))
  ),
  first("v5-receive-maximum-0", "5.0 3.1.2.11.3", (random) => connect5(random, bytes(33, u16(0)))),
  first("v5-maximum-packet-size-0", "5.0 3.1.2.11.4", (random) => connect5(random, bytes(39, u16(0), u16(0)))),
  first(
    "v5-properties-longer-than-the-packet",
    "5.0 2.2.2.1",
    (random) => connect5(random, Buffer.alloc(0), length(1e4))
  ),
  first(
    "v5-property-length-of-5-bytes",
    "5.0 1.5.5",
    (random) => connect5(random, Buffer.alloc(0), Buffer.from([255, 255, 255, 255, 1]))
  ),
  first(
    "v5-publish-topic-alias-0",
    "5.0 MQTT-3.3.2-8",
    (random) => bytes(connect5(random, Buffer.alloc(0)), publish(0, topic, 3, 35, u16(0), Buffer.from("payload")))
  ),
  first(
    "v5-subscribe-reserved-bits",
    "5.0 MQTT-3.8.3-5",
    (random) => bytes(connect5(random, Buffer.alloc(0)), subscribe(packetId(random), 0, topic, 192))
  ),
  first(
    "v5-auth-that-nobody-asked-for",
    "5.0 4.12",
    (random) => bytes(connect5(random, Buffer.alloc(0)), packet(15, 0, 24, 0))
  ),
  session("v5-disconnect-in-a-3.1.1-session", "3.14", () => packet(types.disconnect, 0, 4, 0)),
  session("v5-subscribe-in-a-3.1.1-session", "3.8.3", (random) => subscribe(packetId(random), 2, 11, 1, topic, 0)),
  // No MQTT at all, and MQTT that does not end.
  first(
    "http-request",
    "MQTT-3.1.0-1",
    () => Buffer.from("GET / HTTP/1.1\r\nHost: broker\r\nConnection: Upgrade\r\n\r\n")
  ),
  first(
    "tls-hello",
    "MQTT-3.1.0-1",
    (random) => bytes(
      Buffer.from("16030100f1010000ed0303", "hex"),
      someBytes(random, 32),
      0,
      Buffer.from("0004130113020100", "hex")
    )
  ),
  first("zeros", "MQTT-3.1.0-1", () => Buffer.alloc(128)),
  first("garbage", "MQTT-3.1.0-1", (random) => someBytes(random, 1 + random.below(150))),
  session("garbage-in-a-session", "2.2", (random) => bytes(0, someBytes(random, 1 + random.below(150)))),
  first("connect-that-drips", "3.1, not ended", (random) => connect(random).subarray(0, 12), "drip"),
  first(
    "connect-half-sent-and-half-closed",
    "3.1, not ended",
    (random) => connect(random).subarray(0, 16),
    "half-open"
  ),
  // Changed at random.
  first(
    "mutated-connect",
    "any",
    mutated((random) => connect(random))
  ),
  session(
    "mutated-publish",
    "any",
    mutated((random) => publish(2, topic, packetId(random), Buffer.from("payload")))
  ),
  session(
    "mutated-subscribe",
    "any",
    mutated((random) => subscribe(packetId(random), topic, 1))
  ),
  session(
    "mutated-unsubscribe",
    "any",
    mutated((random) => unsubscribe(packetId(random), topic))
  ),
  session(
    "mutated-pubrel",
    "any",
    mutated((random) => packet(types.pubrel, 2, packetId(random)))
  )
];

export {
  brokenClasses
};
