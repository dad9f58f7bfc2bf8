import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/faults/corpus/bytes.ts
var prefix = "chaos-broken/";
var topic = `${prefix}a`;
var payload = Buffer.from("payload");
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
  disconnect: 14,
  auth: 15
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
function u32(value) {
  return bytes(u16(value >>> 16), u16(value & 65535));
}
function varint(value) {
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
  return Buffer.concat([Buffer.from([type << 4 | flags]), varint(content.length), content]);
}
function properties(...parts) {
  const content = bytes(...parts);
  return bytes(varint(content.length), content);
}
var cleanSession = 2;
var willFlag = 4;
var willRetain = 32;
var userNameFlag = 128;
var passwordFlag = 64;
var property = {
  payloadFormat: 1,
  messageExpiry: 2,
  contentType: 3,
  responseTopic: 8,
  correlationData: 9,
  subscriptionIdentifier: 11,
  sessionExpiry: 17,
  assignedClientIdentifier: 18,
  authenticationMethod: 21,
  authenticationData: 22,
  requestProblemInformation: 23,
  willDelay: 24,
  requestResponseInformation: 25,
  serverReference: 28,
  reasonString: 31,
  receiveMaximum: 33,
  topicAliasMaximum: 34,
  topicAlias: 35,
  maximumQos: 36,
  userProperty: 38,
  maximumPacketSize: 39,
  unknown: 127
};
var sessionProperties = bytes(
  ...[property.sessionExpiry, u32(0), property.receiveMaximum, u16(20), property.maximumPacketSize, u32(1048576)],
  ...[property.topicAliasMaximum, u16(10), property.requestProblemInformation, 1, property.userProperty, "chaos", "a"]
);
var keptForSeconds = 5;
function openingPacket({ level, kept, will, properties: own = sessionProperties }, clientId2, { username, password }) {
  const flags = (kept ? 0 : cleanSession) | (will ? willFlag | will.qos << 3 | (will.retain ? willRetain : 0) : 0) | (username === void 0 ? 0 : userNameFlag) | (password === void 0 ? 0 : passwordFlag);
  const propertiesOf = (content) => level === 5 ? [properties(content)] : [];
  return packet(
    types.connect,
    0,
    ...[
      "MQTT",
      level,
      flags,
      u16(60),
      ...propertiesOf(kept ? bytes(property.sessionExpiry, u32(keptForSeconds)) : own)
    ],
    clientId2,
    ...will ? [...propertiesOf(will.properties ?? Buffer.alloc(0)), will.topic, string(will.payload)] : [],
    ...[username, password].filter((part) => part !== void 0)
  );
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
function packetsIn(received) {
  const found = [];
  for (let at = 0; at + 1 < received.length; ) {
    const first3 = received[at] ?? 0;
    let length = 0;
    let digits = 0;
    let digit = 128;
    for (; digit >= 128; digits++) {
      digit = received[at + 1 + digits] ?? -1;
      if (digit < 0 || digits === 4) return found;
      length += (digit & 127) * 128 ** digits;
    }
    const start = at + 1 + digits;
    if (start + length > received.length) return found;
    found.push({ type: first3 >> 4, flags: first3 & 15, body: received.subarray(start, start + length) });
    at = start + length;
  }
  return found;
}
function deliveredId(heard) {
  const last = packetsIn(heard).findLast(({ type, flags }) => type === types.publish && (flags & 6) > 0);
  if (!last) return u16(1);
  const topicLength = last.body.readUInt16BE(0);
  return last.body.subarray(2 + topicLength, 4 + topicLength);
}

// src/faults/corpus/dialect.ts
function dialectOf(level) {
  const none = level === 5 ? bytes(0) : Buffer.alloc(0);
  return {
    level,
    none,
    publish: (flags, to, id = Buffer.alloc(0), ...payload2) => packet(types.publish, flags, to, id, none, ...payload2),
    subscribe: (id, ...filters) => packet(types.subscribe, 2, id, none, ...filters),
    unsubscribe: (id, ...filters) => packet(types.unsubscribe, 2, id, none, ...filters)
  };
}
var dialects = [dialectOf(4), dialectOf(5)];
function flagsOf(type) {
  return type === "pubrel" || type === "subscribe" || type === "unsubscribe" ? 2 : 0;
}
function bodyOf(type, { none }, random) {
  switch (type) {
    case "subscribe":
      return [packetId(random), none, topic, 0];
    case "unsubscribe":
      return [packetId(random), none, topic];
    case "pingreq":
    case "disconnect":
    case "auth":
      return [];
    default:
      return [packetId(random)];
  }
}

// src/faults/corpus/broken-class.ts
function clauseAt(level, [in3112, in50]) {
  return level === 4 || in50 === "any" ? in3112 : `5.0 ${in50}`;
}
function nameAt(level, name) {
  return level === 4 ? name : `v5-${name}`;
}

// src/faults/corpus/mutation.ts
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
    if (type === types.connect && made.length > 9) made[9] = ((made[9] ?? 0) | cleanSession) & ~willRetain;
    return Buffer.from(made);
  };
}

// src/faults/corpus/strings.ts
var ofCorpus = Buffer.from(prefix);
var badStrings = [
  {
    name: "bad-utf8",
    rule: ["MQTT-1.5.3-1", "MQTT-1.5.4-1"],
    make: (random) => bytes(ofCorpus, Buffer.from([255, 128 | random.below(64), 254]))
  },
  {
    name: "overlong-utf8",
    rule: ["MQTT-1.5.3-1", "MQTT-1.5.4-1"],
    make: () => bytes(ofCorpus, Buffer.from([192, 175]))
  },
  {
    name: "surrogate",
    rule: ["MQTT-1.5.3-1", "MQTT-1.5.4-1"],
    make: (random) => bytes(ofCorpus, Buffer.from([237, 160 + random.below(32), 128 + random.below(64)]))
  },
  { name: "nul", rule: ["MQTT-1.5.3-2", "MQTT-1.5.4-2"], make: () => bytes(ofCorpus, Buffer.from("\0a")) }
];
var notUtf8 = Buffer.from([255, 254, 192]);

// src/faults/corpus/first.ts
function connect(random, level, said = {}) {
  const { name = "MQTT", flags = cleanSession, keepAlive = 60, rest = [] } = said;
  const own = level === 5 ? said.properties ?? properties() : Buffer.alloc(0);
  const id = said.clientId ?? clientId(random);
  return packet(types.connect, 0, name, said.level ?? level, flags, u16(keepAlive), own, id, ...rest);
}
var willStart = (level) => level === 5 ? [properties()] : [];
var withWill = cleanSession | willFlag;
function contradictions(level) {
  const will = (...parts) => [...willStart(level), ...parts];
  return [
    { name: "protocol-name-wrong", rule: ["MQTT-3.1.2-1", "MQTT-3.1.2-1"], said: { name: "MQTT?" } },
    { name: "protocol-name-empty", rule: ["MQTT-3.1.2-1", "MQTT-3.1.2-1"], said: { name: "" } },
    {
      name: `protocol-name-of-3.1-with-level-${level}`,
      rule: ["MQTT-3.1.2-1", "MQTT-3.1.2-1"],
      said: { name: "MQIsdp" }
    },
    { name: "connect-reserved-flag", rule: ["MQTT-3.1.2-3", "MQTT-3.1.2-3"], said: { flags: cleanSession | 1 } },
    { name: "will-without-topic-and-message", rule: ["MQTT-3.1.2-9", "MQTT-3.1.2-9"], said: { flags: withWill } },
    {
      name: "will-without-message",
      rule: ["MQTT-3.1.2-9", "MQTT-3.1.2-9"],
      said: { flags: withWill, rest: will(topic) }
    },
    { name: "will-qos-without-will", rule: ["MQTT-3.1.2-13", "MQTT-3.1.2-11"], said: { flags: cleanSession | 16 } },
    {
      name: "will-retain-without-will",
      rule: ["MQTT-3.1.2-15", "MQTT-3.1.2-13"],
      said: { flags: cleanSession | willRetain }
    },
    {
      name: "will-qos-3",
      rule: ["MQTT-3.1.2-14", "MQTT-3.1.2-12"],
      said: { flags: withWill | 24, rest: will(topic, "will") }
    },
    {
      name: "will-topic-with-wildcard",
      rule: ["MQTT-4.7.1-1", "MQTT-4.7.0-1"],
      said: { flags: withWill, rest: will("chaos-broken/#", "will") }
    },
    {
      name: "will-topic-empty",
      rule: ["MQTT-4.7.3-1", "MQTT-4.7.3-1"],
      said: { flags: withWill, rest: will("", "will") }
    },
    {
      name: "user-name-missing",
      rule: ["MQTT-3.1.2-19", "MQTT-3.1.2-17"],
      said: { flags: cleanSession | userNameFlag }
    },
    {
      name: "password-missing",
      rule: ["MQTT-3.1.2-21", "MQTT-3.1.2-19"],
      said: { flags: cleanSession | userNameFlag | passwordFlag, rest: ["user"] }
    },
    { name: "client-id-missing", rule: ["MQTT-3.1.3-3", "MQTT-3.1.3-3"], said: { clientId: Buffer.alloc(0) } },
    {
      name: "client-id-longer-than-the-packet",
      rule: ["1.5.3", "1.5.4"],
      said: { clientId: bytes(u16(65535), 97) }
    },
    {
      name: "connect-with-trailing-bytes",
      rule: ["MQTT-3.1.4-1", "MQTT-3.1.4-1"],
      said: { rest: [Buffer.from("more")] }
    }
  ];
}
function cuts(level) {
  const head = ["MQTT", level, cleanSession];
  const idStart = [...head, u16(60), ...willStart(level)];
  return [
    { behind: "nothing", body: [] },
    { behind: "half-of-the-protocol-name", body: [u16(4), Buffer.from("MQ")] },
    { behind: "the-protocol-name", body: ["MQTT"] },
    { behind: "the-level", body: ["MQTT", level] },
    { behind: "the-flags", body: head },
    { behind: "half-of-the-keep-alive", body: [...head, 0] },
    { behind: "half-of-the-client-id", body: [...idStart, u16(8), Buffer.from("half")] }
  ];
}
var stringPlaces = [
  { place: "client-id", said: (_, content) => ({ clientId: string(content) }) },
  {
    place: "will-topic",
    said: (level, content) => ({ flags: withWill, rest: [...willStart(level), string(content), "will"] })
  },
  { place: "user-name", said: (_, content) => ({ flags: cleanSession | userNameFlag, rest: [string(content)] }) }
];
function firstAt(level) {
  const first3 = (name, rule, make) => ({
    name: nameAt(level, name),
    breaks: clauseAt(level, rule),
    sent: "first",
    make
  });
  return [
    ...contradictions(level).map(({ name, rule, said }) => first3(name, rule, (random) => connect(random, level, said))),
    ...cuts(level).map(
      ({ behind, body }) => (
        // What is cut off before the level is the same at each.
        first3(`connect-cut-behind-${behind}`, ["3.1", "3.1"], () => packet(types.connect, 0, ...body))
      )
    ).slice(level === 4 ? 0 : 3),
    first3("connect-with-reserved-flags", ["MQTT-2.2.2-2", "MQTT-2.1.3-1"], (random) => {
      const made = connect(random, level);
      made[0] = types.connect << 4 | 1 + random.below(15);
      return made;
    }),
    first3(
      "client-id-of-65535-bytes",
      ["3.1.3.1, at its limit", "3.1.3.1, at its limit"],
      (random) => connect(random, level, { clientId: string(Buffer.alloc(65535, "a")) })
    ),
    first3(
      "two-connects-at-once",
      ["MQTT-3.1.0-2", "MQTT-3.1.0-2"],
      (random) => bytes(connect(random, level), connect(random, level))
    ),
    ...stringPlaces.flatMap(
      ({ place, said }) => badStrings.map(
        (bad) => first3(`${bad.name}-in-${place}`, bad.rule, (random) => connect(random, level, said(level, bad.make(random))))
      )
    ),
    first3(
      "mutated-connect",
      ["any", "any"],
      mutated((random) => connect(random, level))
    )
  ];
}

// src/faults/corpus/first-5.ts
var { publish, subscribe } = dialectOf(5);
var first = (name, breaks, make) => ({
  name: `v5-${name}`,
  breaks: `5.0 ${breaks}`,
  sent: "first",
  make
});
var connectWith = (name, breaks, own) => first(`connect-${name}`, breaks, (random) => connect(random, 5, { properties: own }));
var willWith = (name, breaks, own, message = Buffer.from("will")) => first(
  `will-${name}`,
  breaks,
  (random) => connect(random, 5, { flags: cleanSession | willFlag, rest: [own, topic, bytes(u16(message.length), message)] })
);
var userProperty = (name, value) => bytes(property.userProperty, u16(name.length), name, u16(value.length), value);
var named = Buffer.from("name");
var once = [
  { name: "session-expiry", section: "3.1.2.11.2", content: bytes(property.sessionExpiry, u32(1)) },
  { name: "receive-maximum", section: "3.1.2.11.3", content: bytes(property.receiveMaximum, u16(10)) },
  { name: "maximum-packet-size", section: "3.1.2.11.4", content: bytes(property.maximumPacketSize, u32(1e3)) },
  { name: "topic-alias-maximum", section: "3.1.2.11.5", content: bytes(property.topicAliasMaximum, u16(10)) },
  {
    name: "request-response-information",
    section: "3.1.2.11.6",
    content: bytes(property.requestResponseInformation, 1)
  },
  { name: "request-problem-information", section: "3.1.2.11.7", content: bytes(property.requestProblemInformation, 1) },
  { name: "authentication-method", section: "3.1.2.11.9", content: bytes(property.authenticationMethod, "chaos") }
];
var onceInWill = [
  { name: "delay", section: "3.1.3.2.2", content: bytes(property.willDelay, u32(0)) },
  { name: "payload-format", section: "3.1.3.2.3", content: bytes(property.payloadFormat, 1) },
  { name: "message-expiry", section: "3.1.3.2.4", content: bytes(property.messageExpiry, u32(10)) },
  { name: "content-type", section: "3.1.3.2.5", content: bytes(property.contentType, "text") },
  { name: "response-topic", section: "3.1.3.2.6", content: bytes(property.responseTopic, topic) },
  { name: "correlation-data", section: "3.1.3.2.7", content: bytes(property.correlationData, "data") }
];
var firstOf5 = [
  // The properties of CONNECT.
  connectWith("without-properties", "3.1.2.11.1", Buffer.alloc(0)),
  connectWith("property-unknown", "2.2.2.2", properties(property.unknown, 1)),
  connectWith("property-of-another-packet", "2.2.2.2", properties(property.topicAlias, u16(1))),
  connectWith("property-identifier-of-2-bytes", "2.2.2.2", properties(145, 0, u32(0))),
  connectWith("properties-longer-than-the-packet", "2.2.2.1", varint(1e4)),
  connectWith("property-length-of-5-bytes", "1.5.5", Buffer.from([255, 255, 255, 255, 1])),
  connectWith("property-length-not-minimal", "MQTT-1.5.5-1", Buffer.from([128, 0])),
  connectWith("property-without-value", "2.2.2.2", properties(property.receiveMaximum)),
  connectWith("integer-cut-off", "1.5.3", properties(property.sessionExpiry, 0, 0)),
  connectWith("string-cut-off", "1.5.4", properties(property.authenticationMethod, u16(200), named)),
  connectWith("user-property-without-value", "1.5.7", properties(property.userProperty, "name")),
  connectWith("user-property-with-bad-utf8", "MQTT-1.5.7-1", properties(userProperty(named, notUtf8))),
  connectWith("user-property-with-nul", "MQTT-1.5.4-2", properties(userProperty(Buffer.from("\0"), named))),
  ...once.map(({ name, section, content }) => connectWith(`${name}-twice`, section, properties(content, content))),
  connectWith("receive-maximum-0", "3.1.2.11.3", properties(property.receiveMaximum, u16(0))),
  connectWith("maximum-packet-size-0", "3.1.2.11.4", properties(property.maximumPacketSize, u32(0))),
  connectWith("maximum-packet-size-1", "3.1.2.11.4, at its limit", properties(property.maximumPacketSize, u32(1))),
  connectWith("request-response-information-2", "3.1.2.11.6", properties(property.requestResponseInformation, 2)),
  connectWith("request-problem-information-2", "3.1.2.11.7", properties(property.requestProblemInformation, 2)),
  connectWith(
    "authentication-data-without-method",
    "3.1.2.11.10",
    properties(property.authenticationData, u16(4), named)
  ),
  connectWith(
    "authentication-data-cut-off",
    "1.5.6",
    properties(property.authenticationMethod, "chaos", property.authenticationData, u16(500), named)
  ),
  connectWith("authentication-method-empty", "3.1.2.11.9, at its limit", properties(property.authenticationMethod, "")),
  first("connect-in-the-form-of-3.1.1", "3.1.2.11.1", (random) => {
    const made = connect(random, 4);
    made[8] = 5;
    return made;
  }),
  // The properties of a will.
  willWith("without-properties", "MQTT-3.1.2-9", Buffer.alloc(0)),
  willWith("property-unknown", "2.2.2.2", properties(property.unknown, 1)),
  willWith("property-of-another-packet", "2.2.2.2", properties(property.topicAlias, u16(1))),
  willWith("properties-longer-than-the-packet", "2.2.2.1", varint(1e4)),
  willWith("property-length-of-5-bytes", "1.5.5", Buffer.from([255, 255, 255, 255, 1])),
  ...onceInWill.map(({ name, section, content }) => willWith(`${name}-twice`, section, properties(content, content))),
  willWith("payload-format-2", "3.1.3.2.3", properties(property.payloadFormat, 2)),
  willWith("payload-not-of-its-format", "3.1.3.2.3", properties(property.payloadFormat, 1), notUtf8),
  willWith("response-topic-with-wildcard", "MQTT-4.7.0-1", properties(property.responseTopic, "chaos-broken/#")),
  willWith("content-type-with-bad-utf8", "MQTT-1.5.4-1", properties(property.contentType, u16(3), notUtf8)),
  // Packets at the wrong time.
  first("auth-before-connect", "MQTT-3.1.0-1", () => packet(types.auth, 0, 24, 0)),
  first("publish-before-connect", "MQTT-3.1.0-1", () => publish(0, topic, void 0, payload)),
  first(
    "packet-while-authenticating",
    "MQTT-3.1.2-30",
    (random) => bytes(
      connect(random, 5, { properties: properties(property.authenticationMethod, "chaos") }),
      subscribe(packetId(random), topic, 0)
    )
  ),
  first(
    "auth-at-once-that-nobody-asked-for",
    "MQTT-4.12.0-7",
    (random) => bytes(connect(random, 5), packet(types.auth, 0, 24, 0))
  )
];

// src/faults/corpus/first-311.ts
var { publish: publish2, subscribe: subscribe2 } = dialectOf(4);
var first2 = (name, breaks, make, manner) => ({ name, breaks, sent: "first", make, ...manner === void 0 ? {} : { manner } });
var wrongConnect = (name, breaks, said) => first2(name, breaks, (random) => connect(random, 4, said));
var firstOf311 = [
  wrongConnect("protocol-level-0", "MQTT-3.1.2-2", { level: 0 }),
  wrongConnect("protocol-level-6", "MQTT-3.1.2-2", { level: 6 }),
  wrongConnect("protocol-level-255", "MQTT-3.1.2-2", { level: 255 }),
  // MQTT 5 allows both (5.0: 3.1.2.9, 3.1.3.1).
  wrongConnect("password-without-user-name", "MQTT-3.1.2-22", { flags: cleanSession | passwordFlag, rest: ["secret"] }),
  wrongConnect("client-id-empty-and-session-kept", "MQTT-3.1.3-8", { flags: 0, clientId: "" }),
  first2("remaining-length-of-5-bytes", "2.2.3", () => Buffer.from([types.connect << 4, 255, 255, 255, 255, 1])),
  first2("remaining-length-without-end", "2.2.3", () => Buffer.alloc(64, 255).fill(types.connect << 4, 0, 1)),
  // Not CONNECT.
  first2("publish-before-connect", "MQTT-3.1.0-1", () => publish2(0, topic, void 0, payload)),
  first2("subscribe-before-connect", "MQTT-3.1.0-1", (random) => subscribe2(packetId(random), topic, 0)),
  first2("pingreq-before-connect", "MQTT-3.1.0-1", () => packet(types.pingreq, 0)),
  first2("disconnect-before-connect", "MQTT-3.1.0-1", () => packet(types.disconnect, 0)),
  first2("connack-before-connect", "MQTT-3.1.0-1", () => packet(types.connack, 0, 0, 0)),
  // No MQTT at all, and MQTT that does not end.
  first2(
    "http-request",
    "MQTT-3.1.0-1",
    () => Buffer.from("GET / HTTP/1.1\r\nHost: broker\r\nConnection: Upgrade\r\n\r\n")
  ),
  first2(
    "tls-hello",
    "MQTT-3.1.0-1",
    (random) => bytes(
      Buffer.from("16030100f1010000ed0303", "hex"),
      someBytes(random, 32),
      0,
      Buffer.from("0004130113020100", "hex")
    )
  ),
  first2("zeros", "MQTT-3.1.0-1", () => Buffer.alloc(128)),
  first2("garbage", "MQTT-3.1.0-1", (random) => someBytes(random, 1 + random.below(150))),
  first2("connect-that-drips", "3.1, not ended", (random) => connect(random, 4).subarray(0, 12), "drip"),
  first2(
    "connect-half-sent-and-half-closed",
    "3.1, not ended",
    (random) => connect(random, 4).subarray(0, 16),
    "half-open"
  )
];

// src/faults/corpus/sequences.ts
var open = (by, level, opening = {}) => ({
  by,
  does: "open",
  opening: { level, ...opening }
});
var send = (by, what) => ({ by, does: "send", bytes: what });
var wait = (by) => ({ by, does: "wait" });
var cut = (by) => ({ by, does: "cut" });
function ownTopic(random) {
  return `${prefix}${random.below(4294967296).toString(16)}`;
}
var forget = (by, { publish: publish4 }, to) => send(by, publish4(1, to, void 0));
function subscribed({ level, subscribe: subscribe4 }, filter, options, opening = {}) {
  return [open("a", level, opening), send("a", subscribe4(u16(1), filter, options)), wait("a"), open("b", level)];
}
function sequencesAt(dialect) {
  const { level } = dialect;
  const sequence = (name, rule, steps, retains) => ({
    name: nameAt(level, `pair-${name}`),
    breaks: clauseAt(level, rule),
    sent: "sequence",
    level,
    steps,
    ...retains === void 0 ? {} : { retains: true }
  });
  return [publishedToSubscriber, answered, takenOver, wills, retained].flatMap((part) => part(dialect, sequence));
}
function publishedToSubscriber(dialect, sequence) {
  const { publish: publish4, subscribe: subscribe4, unsubscribe: unsubscribe2, level } = dialect;
  return [
    ...badStrings.map(
      ({ name, rule, make }) => sequence(`${name}-in-topic-to-a-subscriber`, rule, (random) => [
        ...subscribed(dialect, "chaos-broken/#", 0),
        send("b", publish4(0, string(make(random)), void 0, payload))
      ])
    ),
    sequence("publish-qos-3-to-a-subscriber", ["MQTT-3.3.1-4", "MQTT-3.3.1-4"], (random) => {
      const to = ownTopic(random);
      return [...subscribed(dialect, to, 2), send("b", publish4(6, to, packetId(random), payload))];
    }),
    sequence("publish-to-wildcard-that-is-subscribed", ["MQTT-3.3.2-2", "MQTT-3.3.2-2"], () => [
      ...subscribed(dialect, "chaos-broken/+", 1),
      send("b", publish4(2, "chaos-broken/+", u16(1), payload))
    ]),
    sequence("publish-to-the-name-of-a-share", ["MQTT-3.3.2-2", "MQTT-3.3.2-2"], () => [
      ...subscribed(dialect, "$share/g/chaos-broken/#", 1),
      send("b", publish4(2, "$share/g/chaos-broken/#", u16(1), payload))
    ]),
    sequence("topic-of-65535-bytes-to-a-subscriber", ["4.7.3, at its limit", "4.7.3, at its limit"], () => [
      ...subscribed(dialect, "chaos-broken/#", 0),
      send("b", publish4(0, string(Buffer.from(prefix.padEnd(65535, "a"))), void 0))
    ]),
    sequence("thousand-levels-to-a-subscriber", ["4.7.1, allowed", "4.7.1, allowed"], () => [
      ...subscribed(dialect, `chaos-broken${"/+".repeat(1e3)}`, 0),
      send("b", publish4(0, `chaos-broken${"/a".repeat(1e3)}`, void 0, payload))
    ]),
    sequence("message-to-a-subscriber-that-is-cut-off", ["4.3.2, allowed", "4.3.2, allowed"], (random) => {
      const to = ownTopic(random);
      const large = Buffer.alloc(1e5, "a");
      return [
        ...subscribed(dialect, to, 1),
        send("b", bytes(...[1, 2, 3].map((id) => publish4(2, to, u16(id), large)))),
        cut("a"),
        send("b", publish4(2, to, u16(4), payload))
      ];
    }),
    sequence("two-hundred-subscriptions-to-one-message", ["3.3.5, allowed", "3.3.4, allowed"], (random) => {
      const to = ownTopic(random);
      const filters = Array.from({ length: 200 }, (_, i) => [i % 2 === 0 ? to : `${to}/#`, i % 3]).flat();
      return [
        open("a", level),
        send("a", subscribe4(u16(1), ...filters)),
        wait("a"),
        open("b", level),
        send("b", publish4(2, to, u16(1), payload))
      ];
    }),
    sequence("unsubscribe-without-filter-during-delivery", ["MQTT-3.10.3-2", "MQTT-3.10.3-2"], (random) => {
      const to = ownTopic(random);
      return [
        ...subscribed(dialect, to, 1),
        send("b", bytes(...[1, 2, 3].map((id) => publish4(2, to, u16(id), payload)))),
        send("a", unsubscribe2(packetId(random)))
      ];
    }),
    sequence("publish-cut-off-behind-its-topic", ["2.2.3", "2.1.4"], (random) => {
      const to = ownTopic(random);
      return [
        ...subscribed(dialect, to, 0),
        send("b", publish4(0, to, void 0, payload).subarray(0, -payload.length)),
        cut("b"),
        send("a", packet(types.pingreq, 0))
      ];
    })
  ];
}
function answered(dialect, sequence) {
  const { publish: publish4, none } = dialect;
  const answer = (name, rule, qos, reply) => sequence(name, rule, (random) => {
    const to = ownTopic(random);
    return [
      ...subscribed(dialect, to, qos),
      send("b", publish4(qos << 1, to, u16(1), payload)),
      // PUBREC: a message of QoS 2 is delivered by then, or with PUBREL.
      ...qos === 2 ? [wait("b"), send("b", packet(types.pubrel, 2, u16(1)))] : [],
      wait("a"),
      send("a", (heard) => reply(deliveredId(heard)))
    ];
  });
  const next = (id) => u16(id.readUInt16BE(0) % 65535 + 1);
  return [
    answer("puback-of-another-id", ["MQTT-2.3.1-6", "MQTT-2.2.1-5"], 1, (id) => packet(types.puback, 0, next(id))),
    answer(
      "puback-twice",
      ["4.3.2", "4.3.2"],
      1,
      (id) => bytes(packet(types.puback, 0, id), packet(types.puback, 0, id))
    ),
    answer("puback-of-1-byte", ["3.4.2", "3.4.2"], 1, () => packet(types.puback, 0, 0)),
    answer("puback-with-reserved-flags", ["MQTT-2.2.2-2", "MQTT-2.1.3-1"], 1, (id) => packet(types.puback, 9, id)),
    answer("pubrec-for-qos-1", ["MQTT-4.3.2-2", "MQTT-4.3.2-4"], 1, (id) => packet(types.pubrec, 0, id)),
    answer("pubcomp-for-qos-1", ["MQTT-4.3.2-2", "MQTT-4.3.2-4"], 1, (id) => packet(types.pubcomp, 0, id)),
    answer("suback-for-a-message", ["2.2.1", "2.1.2"], 1, (id) => packet(types.suback, 0, id, none, 1)),
    answer("connack-for-a-message", ["2.2.1", "2.1.2"], 1, () => packet(types.connack, 0, 0, 0, none)),
    answer("puback-for-qos-2", ["MQTT-4.3.3-2", "MQTT-4.3.3-8"], 2, (id) => packet(types.puback, 0, id)),
    answer("pubcomp-before-pubrel", ["MQTT-4.3.3-2", "MQTT-4.3.3-8"], 2, (id) => packet(types.pubcomp, 0, id)),
    answer("pubrel-from-the-receiver", ["MQTT-4.3.3-2", "MQTT-4.3.3-8"], 2, (id) => packet(types.pubrel, 2, id)),
    answer("pubrec-of-1-byte", ["3.5.2", "3.5.2"], 2, () => packet(types.pubrec, 0, 0)),
    answer(
      "pubrec-twice",
      ["4.3.3", "4.3.3"],
      2,
      (id) => bytes(packet(types.pubrec, 0, id), packet(types.pubrec, 0, id))
    )
  ];
}
function takenOver(dialect, sequence) {
  const { level, publish: publish4, subscribe: subscribe4 } = dialect;
  return [
    sequence("second-connect-with-the-id-of-another", ["MQTT-3.1.0-2", "MQTT-3.1.0-2"], (random) => {
      const id = clientId(random);
      return [
        open("a", level, { clientId: id }),
        open("b", level),
        send("b", connect(random, level, { clientId: id }))
      ];
    }),
    sequence("takeover-then-subscribe-without-filter", ["MQTT-3.8.3-3", "MQTT-3.8.3-2"], (random) => {
      const id = clientId(random);
      return [
        open("a", level, { clientId: id }),
        send("a", subscribe4(u16(1), topic, 1)),
        wait("a"),
        open("b", level, { clientId: id }),
        send("b", subscribe4(u16(1)))
      ];
    }),
    sequence("takeover-in-the-middle-of-a-packet", ["MQTT-3.1.4-2, allowed", "MQTT-3.1.4-3, allowed"], (random) => {
      const id = clientId(random);
      const whole = publish4(2, ownTopic(random), u16(1), payload);
      return [
        open("a", level, { clientId: id }),
        send("a", whole.subarray(0, 9)),
        open("b", level, { clientId: id }),
        send("a", whole.subarray(9)),
        send("b", packet(types.pingreq, 0))
      ];
    }),
    sequence("pubrel-of-the-connection-that-was-taken-over", ["4.3.3", "4.3.3"], (random) => {
      const id = clientId(random);
      return [
        open("a", level, { clientId: id }),
        send("a", publish4(4, ownTopic(random), u16(1), payload)),
        wait("a"),
        // A new session: the old packet identifier means nothing to it.
        open("b", level, { clientId: id }),
        send("b", packet(types.pubrel, 2, u16(1)))
      ];
    }),
    sequence("kept-session-of-a-malformed-subscriber", ["MQTT-3.8.3-3", "MQTT-3.8.3-2"], (random) => {
      const id = clientId(random);
      const to = ownTopic(random);
      return [
        open("a", level, { clientId: id, kept: true }),
        send("a", subscribe4(u16(1), to, 1)),
        wait("a"),
        send("a", subscribe4(u16(2))),
        wait("a"),
        open("b", level),
        send("b", publish4(2, to, u16(1), payload)),
        wait("b"),
        open("a", level, { clientId: id, kept: true }),
        wait("a"),
        send("a", packet(types.puback, 0, 0)),
        wait("a"),
        // Ends the session.
        open("a", level, { clientId: id }),
        send("a", packet(types.pingreq, 0))
      ];
    })
  ];
}
function wills(dialect, sequence) {
  const { level, subscribe: subscribe4 } = dialect;
  const malformed = [
    { name: "subscribe-without-filter", rule: ["MQTT-3.8.3-3", "MQTT-3.8.3-2"], bytes: subscribe4(u16(1)) },
    { name: "packet-type-0", rule: ["2.2.1", "2.1.2"], bytes: packet(0, 0) },
    { name: "connack", rule: ["2.2.1", "2.1.2"], bytes: packet(types.connack, 0, 0, 0, dialect.none) },
    {
      name: "disconnect-with-reserved-flags",
      rule: ["MQTT-3.14.1-1", "MQTT-3.14.1-1"],
      bytes: packet(types.disconnect, 1)
    }
  ];
  const watched = (to, qos, retain, message = payload) => [
    open("b", level),
    send("b", subscribe4(u16(1), to, 1)),
    wait("b"),
    open("a", level, { will: { topic: to, payload: message, qos, retain } })
  ];
  return [
    ...malformed.map(
      ({ name, rule, bytes: sent }) => sequence(`will-by-${name}`, rule, (random) => [
        ...watched(ownTopic(random), 1, false),
        send("a", sent),
        wait("b")
      ])
    ),
    ...malformed.map(
      ({ name, rule, bytes: sent }) => sequence(
        `retained-will-by-${name}`,
        rule,
        (random) => {
          const to = ownTopic(random);
          return [...watched(to, 1, true), send("a", sent), wait("a"), cut("a"), wait("b"), forget("b", dialect, to)];
        },
        "retains"
      )
    ),
    sequence(
      "empty-retained-will",
      ["3.1.3.3, allowed", "3.1.3.4, allowed"],
      (random) => {
        const to = ownTopic(random);
        return [
          ...watched(to, 2, true, Buffer.alloc(0)),
          send("a", packet(0, 0)),
          wait("a"),
          cut("a"),
          wait("b"),
          // Nothing is retained; a broker that does so all the same must not keep it.
          forget("b", dialect, to)
        ];
      },
      "retains"
    ),
    sequence(
      "retained-will-by-takeover",
      ["MQTT-3.1.2-17, allowed", "MQTT-3.1.2-15, allowed"],
      (random) => {
        const id = clientId(random);
        const to = ownTopic(random);
        const will = { topic: to, payload, qos: 1, retain: true };
        return [
          open("a", level, { clientId: id, will }),
          open("b", level, { clientId: id }),
          cut("a"),
          send("b", subscribe4(u16(1), to, 1)),
          wait("b"),
          forget("b", dialect, to)
        ];
      },
      "retains"
    ),
    sequence("will-of-64-KiB", ["3.1.3.3, at its limit", "3.1.3.4, at its limit"], (random) => [
      ...watched(ownTopic(random), 1, false, Buffer.alloc(65535, "a")),
      cut("a"),
      wait("b"),
      send("b", packet(types.pingreq, 0))
    ])
  ];
}
function retained(dialect, sequence) {
  const { level, publish: publish4, subscribe: subscribe4, none } = dialect;
  const wrong = [
    { name: "qos-3", rule: ["MQTT-3.8.3-4", "3.8.3.1"], make: (to) => subscribe4(u16(1), to, 3) },
    {
      name: "hash-not-last",
      rule: ["MQTT-4.7.1-2", "MQTT-4.7.1-1"],
      make: (to) => subscribe4(u16(1), to, 0, `${to}/#/a`, 0)
    },
    {
      name: "a-filter-that-is-cut-off",
      rule: ["1.5.3", "1.5.4"],
      make: (to) => packet(types.subscribe, 2, u16(1), none, to, 0, u16(500), Buffer.from(prefix))
    }
  ];
  return [
    ...wrong.map(
      ({ name, rule, make }) => sequence(
        `retained-message-and-${name}`,
        rule,
        (random) => {
          const to = ownTopic(random);
          return [
            open("b", level),
            send("b", publish4(3, to, u16(1), payload)),
            wait("b"),
            open("a", level),
            send("a", make(to)),
            wait("a"),
            forget("b", dialect, to)
          ];
        },
        "retains"
      )
    ),
    sequence(
      "retained-message-of-qos-3",
      ["MQTT-3.3.1-4", "MQTT-3.3.1-4"],
      (random) => {
        const to = ownTopic(random);
        return [
          ...subscribed(dialect, to, 1),
          send("b", publish4(7, to, u16(1), payload)),
          wait("b"),
          forget("a", dialect, to)
        ];
      },
      "retains"
    )
  ];
}
var five = dialectOf(5);
var inMqtt5 = (name, breaks, steps, retains) => ({
  name: `v5-pair-${name}`,
  breaks: `5.0 ${breaks}`,
  sent: "sequence",
  level: 5,
  steps,
  ...retains === void 0 ? {} : { retains: true }
});
var userProperty2 = (name, value) => bytes(property.userProperty, string(name), string(value));
var named2 = Buffer.from("name");
function delivered(name, breaks, own, message = payload, level = 5) {
  return inMqtt5(name, breaks, (random) => {
    const to = ownTopic(random);
    return [
      open("a", level),
      send("a", dialectOf(level).subscribe(u16(1), to, 1)),
      wait("a"),
      open("b", 5),
      send("b", packet(types.publish, 2, to, u16(1), own, message))
    ];
  });
}
function acknowledged(name, breaks, ...rest) {
  return inMqtt5(name, breaks, (random) => {
    const to = ownTopic(random);
    return [
      ...subscribed(five, to, 1),
      send("b", five.publish(2, to, u16(1), payload)),
      wait("a"),
      send("a", (heard) => packet(types.puback, 0, deliveredId(heard), ...rest))
    ];
  });
}
var everyProperty = properties(
  ...[property.payloadFormat, 1, property.messageExpiry, u32(10), property.responseTopic, topic],
  ...[property.correlationData, "data", property.contentType, "text", userProperty2(named2, named2)]
);
var sequencesOf5 = [
  delivered("every-property-to-3.1.1", "3.3.4, allowed", everyProperty, payload, 4),
  delivered("property-unknown-to-3.1.1", "2.2.2.2", properties(property.unknown, 1), payload, 4),
  delivered("payload-not-of-its-format", "3.3.2.3.2", properties(property.payloadFormat, 1), notUtf8),
  delivered("response-topic-with-wildcard", "MQTT-3.3.2-14", properties(property.responseTopic, "chaos-broken/#")),
  delivered("content-type-with-bad-utf8", "MQTT-3.3.2-19", properties(property.contentType, string(notUtf8))),
  delivered("user-property-with-bad-utf8", "MQTT-1.5.7-1", properties(userProperty2(named2, notUtf8))),
  delivered("user-property-with-nul", "MQTT-1.5.4-2", properties(userProperty2(named2, Buffer.from("\0")))),
  delivered(
    "subscription-identifier-from-the-publisher",
    "MQTT-3.3.4-6",
    properties(property.subscriptionIdentifier, 1)
  ),
  delivered("message-expiry-0", "3.3.2.3.3, at its limit", properties(property.messageExpiry, u32(0))),
  delivered(
    "correlation-data-of-65535-bytes",
    "3.3.2.3.6, at its limit",
    properties(property.correlationData, string(Buffer.alloc(65535)))
  ),
  delivered("topic-alias-above-the-maximum", "MQTT-3.3.2-9", properties(property.topicAlias, u16(65535))),
  acknowledged("puback-reason-code-unknown", "MQTT-3.4.2-1", 1, 0),
  acknowledged("puback-that-refuses", "3.4.2.1, allowed", 128, 0),
  acknowledged("puback-properties-longer-than-the-packet", "2.2.2.1", 0, 200),
  acknowledged(
    "puback-reason-string-with-bad-utf8",
    "MQTT-1.5.4-1",
    0,
    properties(property.reasonString, string(notUtf8))
  ),
  acknowledged("puback-property-of-another-packet", "2.2.2.2", 0, properties(property.topicAlias, u16(1))),
  inMqtt5("pubrec-that-refuses-then-pubcomp", "4.3.3", (random) => {
    const to = ownTopic(random);
    return [
      ...subscribed(five, to, 2),
      send("b", bytes(five.publish(4, to, u16(1), payload), packet(types.pubrel, 2, u16(1)))),
      wait("a"),
      send("a", (heard) => packet(types.pubrec, 0, deliveredId(heard), 128)),
      send("a", (heard) => packet(types.pubcomp, 0, deliveredId(heard), 146))
    ];
  }),
  inMqtt5("message-above-the-maximum-packet-size", "3.1.2.11.4, allowed", (random) => {
    const to = ownTopic(random);
    return [
      ...subscribed(five, to, 1, { properties: bytes(property.maximumPacketSize, u32(20)) }),
      send("b", five.publish(2, to, u16(1), Buffer.alloc(1e3)))
    ];
  }),
  inMqtt5("messages-above-the-receive-maximum", "3.1.2.11.3, allowed", (random) => {
    const to = ownTopic(random);
    return [
      ...subscribed(five, to, 1, { properties: bytes(property.receiveMaximum, u16(1)) }),
      send("b", bytes(...[1, 2, 3, 4, 5].map((id) => five.publish(2, to, u16(id), payload)))),
      wait("a"),
      // Nothing was acknowledged; this is no acknowledgement either.
      send("a", packet(types.puback, 0, u16(6e4), 1))
    ];
  }),
  inMqtt5("topic-alias-set-to-a-wildcard", "MQTT-3.3.2-2", (random) => {
    const to = ownTopic(random);
    const alias = properties(property.topicAlias, u16(1));
    return [
      ...subscribed(five, "chaos-broken/#", 0),
      send("b", packet(types.publish, 0, to, alias, payload)),
      send("b", packet(types.publish, 0, `${to}/#`, alias, payload)),
      send("b", packet(types.publish, 0, "", alias, payload))
    ];
  }),
  inMqtt5("topic-alias-of-another-connection", "3.3.4", (random) => {
    const alias = properties(property.topicAlias, u16(1));
    return [
      open("a", 5),
      send("a", packet(types.publish, 0, ownTopic(random), alias, payload)),
      open("b", 5),
      send("b", packet(types.publish, 0, "", alias, payload))
    ];
  }),
  inMqtt5("member-of-a-share-that-is-malformed", "MQTT-4.8.2-2", (random) => {
    const to = ownTopic(random);
    return [
      ...subscribed(five, `$share/g/${to}`, 1),
      send("b", five.subscribe(u16(1), `$share/+/${to}`, 1)),
      send("b", five.publish(2, to, u16(2), payload))
    ];
  }),
  inMqtt5("no-local-member-of-a-share", "MQTT-3.8.3-4", (random) => {
    const to = ownTopic(random);
    return [
      ...subscribed(five, `$share/g/${to}`, 1),
      send("b", five.subscribe(u16(1), `$share/g/${to}`, 5)),
      send("b", five.publish(2, to, u16(2), payload))
    ];
  }),
  inMqtt5("member-of-a-share-that-is-cut-off", "4.8.2, allowed", (random) => {
    const to = ownTopic(random);
    return [
      ...subscribed(five, `$share/g/${to}`, 1),
      send("b", five.subscribe(u16(1), `$share/g/${to}`, 1)),
      wait("b"),
      send("b", bytes(...[2, 3, 4].map((id) => five.publish(2, to, u16(id), payload)))),
      cut("a"),
      send("b", five.publish(2, to, u16(5), payload))
    ];
  }),
  inMqtt5("largest-subscription-identifier", "3.8.2.1.2, at its limit", (random) => {
    const to = ownTopic(random);
    const largest = properties(property.subscriptionIdentifier, Buffer.from([255, 255, 255, 127]));
    return [
      open("a", 5),
      send("a", packet(types.subscribe, 2, u16(1), largest, to, 1)),
      wait("a"),
      open("b", 5),
      send("b", five.publish(2, to, u16(1), payload))
    ];
  }),
  inMqtt5(
    "retain-handling-3-and-a-retained-message",
    "3.8.3.1",
    (random) => {
      const to = ownTopic(random);
      return [
        open("b", 5),
        send("b", five.publish(3, to, u16(1), payload)),
        wait("b"),
        open("a", 5),
        send("a", five.subscribe(u16(1), to, 48)),
        wait("a"),
        forget("b", five, to)
      ];
    },
    "retains"
  ),
  inMqtt5("connack-with-properties-from-a-subscriber", "2.1.2", (random) => {
    const to = ownTopic(random);
    return [
      ...subscribed(five, to, 1),
      send("a", packet(types.connack, 0, 0, 0, properties(property.topicAliasMaximum, u16(10)))),
      send("b", five.publish(2, to, u16(1), payload))
    ];
  }),
  inMqtt5("auth-from-a-subscriber", "MQTT-4.12.0-7", (random) => {
    const to = ownTopic(random);
    return [
      ...subscribed(five, to, 1),
      send("b", five.publish(2, to, u16(1), payload)),
      send("a", packet(types.auth, 0, 25, properties(property.authenticationMethod, "chaos")))
    ];
  }),
  inMqtt5("session-kept-by-disconnect", "3.14.2.2.2", (random) => {
    const id = clientId(random);
    return [
      open("a", 5, { clientId: id }),
      send("a", five.subscribe(u16(1), ownTopic(random), 1)),
      wait("a"),
      // The session was begun with an interval of 0. A lenient server keeps it for a second.
      send("a", packet(types.disconnect, 0, 0, properties(property.sessionExpiry, u32(1)))),
      wait("a"),
      open("b", 5, { clientId: id }),
      send("b", packet(types.pingreq, 0))
    ];
  }),
  inMqtt5("will-delayed-beyond-its-session", "3.1.3.2.2, allowed", (random) => {
    const to = ownTopic(random);
    const will = { topic: to, payload, qos: 1, retain: false, properties: bytes(property.willDelay, u32(60)) };
    return [
      open("b", 5),
      send("b", five.subscribe(u16(1), to, 1)),
      wait("b"),
      open("a", 5, { will }),
      send("a", packet(0, 0)),
      wait("b")
    ];
  }),
  inMqtt5(
    "retained-will-with-every-property",
    "MQTT-3.14.2-1",
    (random) => {
      const to = ownTopic(random);
      const own = bytes(property.payloadFormat, 1, property.contentType, "text", userProperty2(named2, named2));
      return [
        open("b", 5),
        send("b", five.subscribe(u16(1), to, 1)),
        wait("b"),
        open("a", 5, { will: { topic: to, payload, qos: 1, retain: true, properties: own } }),
        // Disconnect with Will Message has the code 4; this is none.
        send("a", packet(types.disconnect, 0, 5, 0)),
        wait("a"),
        cut("a"),
        wait("b"),
        forget("b", five, to)
      ];
    },
    "retains"
  )
];

// src/faults/corpus/session.ts
function sessionAt(dialect) {
  const { level } = dialect;
  const session3 = (name, rule, make) => ({
    name: nameAt(level, name),
    breaks: clauseAt(level, rule),
    sent: "session",
    level,
    make
  });
  return [fixedHeaders, strings, publications, acknowledgements, subscriptions, outOfPlace, mutations].flatMap(
    (part) => part(dialect, session3)
  );
}
var reservedFlags = [
  { type: "puback", rule: ["MQTT-2.2.2-2", "MQTT-2.1.3-1"] },
  { type: "pubrec", rule: ["MQTT-2.2.2-2", "MQTT-2.1.3-1"] },
  { type: "pubrel", rule: ["MQTT-3.6.1-1", "MQTT-3.6.1-1"] },
  { type: "pubcomp", rule: ["MQTT-2.2.2-2", "MQTT-2.1.3-1"] },
  { type: "subscribe", rule: ["MQTT-3.8.1-1", "MQTT-3.8.1-1"] },
  { type: "unsubscribe", rule: ["MQTT-3.10.1-1", "MQTT-3.10.1-1"] },
  { type: "pingreq", rule: ["MQTT-2.2.2-2", "MQTT-2.1.3-1"] },
  { type: "disconnect", rule: ["MQTT-3.14.1-1", "MQTT-3.14.1-1"] }
];
function fixedHeaders(dialect, session3) {
  const { publish: publish4 } = dialect;
  return [
    session3("packet-type-0", ["2.2.1", "2.1.2"], (random) => packet(0, 0, someBytes(random, random.below(16)))),
    // In MQTT 5 it is AUTH.
    session3(
      "packet-type-15",
      ["2.2.1", "MQTT-4.12.0-7"],
      (random) => packet(15, 0, someBytes(random, random.below(16)))
    ),
    ...reservedFlags.map(
      ({ type, rule }) => session3(
        `${type}-with-reserved-flags`,
        rule,
        (random) => packet(types[type], flagsOf(type) ^ 1 + random.below(15), ...bodyOf(type, dialect, random))
      )
    ),
    session3(
      "remaining-length-overlong",
      ["2.2.3, inside its limit", "MQTT-1.5.5-1"],
      () => Buffer.from([types.pingreq << 4, 128, 128, 0])
    ),
    session3(
      "remaining-length-of-5-bytes-in-a-session",
      ["2.2.3", "1.5.5"],
      () => Buffer.from([types.publish << 4, 255, 255, 255, 255, 1])
    ),
    session3(
      "remaining-length-beyond-the-content",
      ["2.2.3", "2.1.4"],
      (random) => bytes(types.publish << 4, varint(topic.length + 2 + 1 + random.below(1e5)), topic)
    ),
    session3(
      "remaining-length-of-256-MiB",
      ["2.2.3", "2.1.4"],
      (random) => bytes(types.publish << 4, Buffer.from([255, 255, 255, 127]), topic, someBytes(random, 150))
    ),
    session3("remaining-length-short-of-the-content", ["2.2.3", "2.1.4"], (random) => {
      const made = publish4(0, topic, void 0, someBytes(random, 32));
      made[1] = 2 + random.below(12);
      return made;
    }),
    session3("garbage-in-a-session", ["2.2", "2.1"], (random) => bytes(0, someBytes(random, 1 + random.below(150))))
  ];
}
function strings({ publish: publish4, subscribe: subscribe4, unsubscribe: unsubscribe2 }, session3) {
  return badStrings.flatMap(({ name, rule, make }) => [
    session3(`${name}-in-topic`, rule, (random) => publish4(0, string(make(random)), void 0, payload)),
    session3(`${name}-in-filter`, rule, (random) => subscribe4(packetId(random), string(make(random)), 0)),
    session3(`${name}-in-unsubscription`, rule, (random) => unsubscribe2(packetId(random), string(make(random))))
  ]);
}
var largePayload = Buffer.alloc(262144, "a");
function publications({ publish: publish4 }, session3) {
  return [
    session3(
      "publish-qos-3",
      ["MQTT-3.3.1-4", "MQTT-3.3.1-4"],
      (random) => publish4(6, topic, packetId(random), payload)
    ),
    session3("publish-dup-at-qos-0", ["MQTT-3.3.1-2", "MQTT-3.3.1-2"], () => publish4(8, topic, void 0, payload)),
    session3("publish-packet-id-0", ["MQTT-2.3.1-1", "MQTT-2.2.1-3"], () => publish4(2, topic, u16(0), payload)),
    session3("publish-qos-2-packet-id-0", ["MQTT-2.3.1-1", "MQTT-2.2.1-3"], () => publish4(4, topic, u16(0), payload)),
    session3("publish-without-packet-id", ["MQTT-2.3.1-1", "MQTT-2.2.1-3"], () => packet(types.publish, 2, topic)),
    session3(
      "publish-to-wildcard",
      ["MQTT-3.3.2-2", "MQTT-3.3.2-2"],
      (random) => publish4(0, random.below(2) === 0 ? "chaos-broken/+" : "chaos-broken/#", void 0, payload)
    ),
    session3("publish-to-empty-topic", ["MQTT-4.7.3-1", "3.3.2.1"], () => publish4(0, "", void 0, payload)),
    session3("publish-without-topic", ["MQTT-3.3.2-1", "MQTT-3.3.2-1"], () => packet(types.publish, 0)),
    session3("publish-with-half-a-topic-length", ["MQTT-3.3.2-1", "MQTT-3.3.2-1"], () => packet(types.publish, 0, 0)),
    session3(
      "publish-topic-longer-than-the-packet",
      ["1.5.3", "1.5.4"],
      () => packet(types.publish, 0, u16(65535), Buffer.from("chaos-broken"))
    ),
    session3(
      "publish-to-topic-of-65535-bytes",
      ["4.7.3, at its limit", "4.7.3, at its limit"],
      () => publish4(0, string(Buffer.from(prefix.padEnd(65535, "a"))), void 0)
    ),
    session3(
      "publish-to-topic-of-20000-levels",
      ["4.7.3, at its limit", "4.7.3, at its limit"],
      () => publish4(0, `chaos-broken${"/".repeat(2e4)}`, void 0)
    ),
    session3(
      "publish-of-256-KiB",
      ["2.2.3, inside its limit", "2.1.4, inside its limit"],
      () => publish4(0, topic, void 0, largePayload)
    ),
    session3(
      "publish-of-one-id-twice",
      ["MQTT-2.3.1-2", "MQTT-2.2.1-3"],
      () => bytes(publish4(4, topic, u16(7), payload), publish4(4, `${topic}/b`, u16(7), payload))
    )
  ];
}
var acknowledgementTypes = [
  { type: "puback", section: "3.4.2", exchange: "4.3.2" },
  { type: "pubrec", section: "3.5.2", exchange: "4.3.3" },
  { type: "pubrel", section: "3.6.2", exchange: "4.3.3" },
  { type: "pubcomp", section: "3.7.2", exchange: "4.3.3" }
];
function acknowledgements(_, session3) {
  return acknowledgementTypes.flatMap(({ type, section, exchange }) => [
    session3(
      `${type}-for-unknown-id`,
      [exchange, exchange],
      (random) => packet(types[type], flagsOf(type), packetId(random))
    ),
    session3(`${type}-for-id-0`, ["2.3.1", "2.2.1"], () => packet(types[type], flagsOf(type), u16(0))),
    session3(`${type}-without-id`, [section, section], () => packet(types[type], flagsOf(type))),
    session3(`${type}-of-1-byte`, [section, section], () => packet(types[type], flagsOf(type), 1))
  ]);
}
function subscriptions({ level, none, subscribe: subscribe4, unsubscribe: unsubscribe2 }, session3) {
  return [
    session3("subscribe-without-filter", ["MQTT-3.8.3-3", "MQTT-3.8.3-2"], (random) => subscribe4(packetId(random))),
    session3("subscribe-without-anything", ["3.8.2", "3.8.2"], () => packet(types.subscribe, 2)),
    session3("subscribe-of-1-byte", ["3.8.2", "3.8.2"], () => packet(types.subscribe, 2, 1)),
    session3("subscribe-packet-id-0", ["MQTT-2.3.1-1", "MQTT-2.2.1-3"], () => subscribe4(u16(0), topic, 0)),
    session3("subscribe-empty-filter", ["MQTT-4.7.3-1", "MQTT-4.7.3-1"], (random) => subscribe4(packetId(random), "", 0)),
    session3("subscribe-qos-3", ["MQTT-3.8.3-4", "3.8.3.1"], (random) => subscribe4(packetId(random), topic, 3)),
    session3(
      "subscribe-reserved-bits",
      ["MQTT-3.8.3-4", "MQTT-3.8.3-5"],
      (random) => subscribe4(packetId(random), topic, level === 4 ? 1 + random.below(63) << 2 : 1 + random.below(3) << 6)
    ),
    session3("subscribe-without-qos", ["3.8.3", "3.8.3"], (random) => subscribe4(packetId(random), topic)),
    session3(
      "subscribe-second-filter-without-qos",
      ["3.8.3", "3.8.3"],
      (random) => subscribe4(packetId(random), topic, 0, `${topic}/b`)
    ),
    session3(
      "subscribe-filter-longer-than-the-packet",
      ["1.5.3", "1.5.4"],
      (random) => subscribe4(packetId(random), u16(65535), Buffer.from("chaos-broken"))
    ),
    session3(
      "subscribe-hash-not-last",
      ["MQTT-4.7.1-2", "MQTT-4.7.1-1"],
      (random) => subscribe4(packetId(random), "chaos-broken/#/a", 0)
    ),
    session3(
      "subscribe-hash-in-a-word",
      ["MQTT-4.7.1-2", "MQTT-4.7.1-1"],
      (random) => subscribe4(packetId(random), "chaos-broken/a#", 0)
    ),
    session3(
      "subscribe-plus-in-a-word",
      ["MQTT-4.7.1-3", "MQTT-4.7.1-2"],
      (random) => subscribe4(packetId(random), "chaos-broken/a+", 0)
    ),
    session3(
      "subscribe-to-20000-levels",
      ["4.7.3, at its limit", "4.7.3, at its limit"],
      (random) => subscribe4(packetId(random), `chaos-broken${"/+".repeat(2e4)}`, 0)
    ),
    session3(
      "unsubscribe-without-filter",
      ["MQTT-3.10.3-2", "MQTT-3.10.3-2"],
      (random) => unsubscribe2(packetId(random))
    ),
    session3("unsubscribe-without-anything", ["3.10.2", "3.10.2"], () => packet(types.unsubscribe, 2)),
    session3("unsubscribe-of-1-byte", ["3.10.2", "3.10.2"], () => packet(types.unsubscribe, 2, 1)),
    session3("unsubscribe-packet-id-0", ["MQTT-2.3.1-1", "MQTT-2.2.1-3"], () => unsubscribe2(u16(0), topic)),
    session3(
      "unsubscribe-empty-filter",
      ["MQTT-4.7.3-1", "MQTT-4.7.3-1"],
      (random) => unsubscribe2(packetId(random), "")
    ),
    session3(
      "unsubscribe-filter-longer-than-the-packet",
      ["1.5.3", "1.5.4"],
      (random) => packet(types.unsubscribe, 2, packetId(random), none, u16(65535), Buffer.from("chaos-broken"))
    )
  ];
}
function outOfPlace({ level, none, publish: publish4 }, session3) {
  return [
    session3("second-connect", ["MQTT-3.1.0-2", "MQTT-3.1.0-2"], (random) => connect(random, level)),
    session3(
      "publish-after-disconnect",
      ["MQTT-3.14.4-2", "MQTT-3.14.4-1"],
      () => bytes(packet(types.disconnect, 0), publish4(0, topic, void 0, payload))
    ),
    session3(
      "pingreq-with-body",
      ["3.12", "3.12"],
      (random) => packet(types.pingreq, 0, someBytes(random, 1 + random.below(32)))
    ),
    session3("connack-from-a-client", ["2.2.1", "2.1.2"], () => packet(types.connack, 0, 0, 0, none)),
    session3("suback-from-a-client", ["2.2.1", "2.1.2"], (random) => packet(types.suback, 0, packetId(random), none, 0)),
    session3(
      "unsuback-from-a-client",
      ["2.2.1", "2.1.2"],
      (random) => packet(types.unsuback, 0, packetId(random), none)
    ),
    session3("pingresp-from-a-client", ["2.2.1", "2.1.2"], () => packet(types.pingresp, 0))
  ];
}
function mutations({ publish: publish4, subscribe: subscribe4, unsubscribe: unsubscribe2 }, session3) {
  const change = (name, packetOf) => session3(`mutated-${name}`, ["any", "any"], mutated(packetOf));
  return [
    change("publish", (random) => publish4(2, topic, packetId(random), payload)),
    change("subscribe", (random) => subscribe4(packetId(random), topic, 1)),
    change("unsubscribe", (random) => unsubscribe2(packetId(random), topic)),
    change("pubrel", (random) => packet(types.pubrel, 2, packetId(random)))
  ];
}

// src/faults/corpus/session-5.ts
var { unsubscribe, publish: publish3 } = dialectOf(5);
var in311 = dialectOf(4);
var session = (name, breaks, make) => ({
  name: `v5-${name}`,
  breaks: breaks === "any" ? breaks : `5.0 ${breaks}`,
  sent: "session",
  level: 5,
  make
});
var reasonString = bytes(property.reasonString, "reason");
var userProperty3 = (name, value) => bytes(property.userProperty, string(name), string(value));
var named3 = Buffer.from("name");
var places = [
  {
    type: "publish",
    before: () => [topic],
    after: [payload],
    foreign: bytes(property.sessionExpiry, u32(1))
  },
  { type: "puback", before: (random) => [packetId(random), 0], after: [], foreign: bytes(property.topicAlias, u16(1)) },
  { type: "pubrec", before: (random) => [packetId(random), 0], after: [], foreign: bytes(property.topicAlias, u16(1)) },
  { type: "pubrel", before: (random) => [packetId(random), 0], after: [], foreign: bytes(property.topicAlias, u16(1)) },
  {
    type: "pubcomp",
    before: (random) => [packetId(random), 0],
    after: [],
    foreign: bytes(property.topicAlias, u16(1))
  },
  { type: "subscribe", before: (random) => [packetId(random)], after: [topic, 0], foreign: reasonString },
  { type: "unsubscribe", before: (random) => [packetId(random)], after: [topic], foreign: reasonString },
  { type: "disconnect", before: () => [0], after: [], foreign: bytes(property.receiveMaximum, u16(1)) },
  { type: "auth", before: () => [25], after: [], foreign: bytes(property.receiveMaximum, u16(1)) }
];
var brokenProperties = [
  { name: "property-unknown", breaks: "2.2.2.2", content: properties(property.unknown, 1) },
  { name: "property-of-the-server", breaks: "2.2.2.2", content: properties(property.assignedClientIdentifier, "a") },
  { name: "property-without-value", breaks: "2.2.2.2", content: properties(property.userProperty) },
  { name: "properties-longer-than-the-packet", breaks: "2.2.2.1", content: varint(1e4) },
  {
    name: "property-length-of-5-bytes",
    breaks: "1.5.5",
    content: Buffer.from([255, 255, 255, 255, 1])
  },
  { name: "property-length-not-minimal", breaks: "MQTT-1.5.5-1", content: Buffer.from([128, 0]) },
  { name: "property-length-cut-off", breaks: "1.5.5", content: Buffer.from([255]) },
  {
    name: "user-property-cut-off",
    breaks: "1.5.7",
    content: properties(property.userProperty, "name", u16(500), named3)
  },
  {
    name: "user-property-with-bad-utf8",
    breaks: "MQTT-1.5.7-1",
    content: properties(userProperty3(named3, notUtf8))
  },
  {
    name: "user-property-with-nul",
    breaks: "MQTT-1.5.4-2",
    content: properties(userProperty3(Buffer.from("\0"), named3))
  }
];
var inEachPlace = places.flatMap(
  ({ type, before, after, foreign }) => [...brokenProperties, { name: "property-of-another-packet", breaks: "2.2.2.2", content: properties(foreign) }].map(
    ({ name, breaks, content }) => session(
      `${type}-${name}`,
      breaks,
      (random) => packet(types[type], flagsOf(type), ...before(random), content, ...after)
    )
  )
);
var publishWith = (name, breaks, own, content = payload, to = topic) => session(`publish-${name}`, breaks, () => packet(types.publish, 0, to, own, content));
var oncePublished = [
  { name: "payload-format", section: "3.3.2.3.2", content: bytes(property.payloadFormat, 1) },
  { name: "message-expiry", section: "3.3.2.3.3", content: bytes(property.messageExpiry, u32(10)) },
  { name: "topic-alias", section: "3.3.2.3.4", content: bytes(property.topicAlias, u16(1)) },
  { name: "response-topic", section: "3.3.2.3.5", content: bytes(property.responseTopic, topic) },
  { name: "correlation-data", section: "3.3.2.3.6", content: bytes(property.correlationData, "data") },
  { name: "content-type", section: "3.3.2.3.9", content: bytes(property.contentType, "text") }
];
var publications2 = [
  ...oncePublished.map(
    ({ name, section, content }) => publishWith(`${name}-twice`, section, properties(content, content))
  ),
  ...oncePublished.map(
    ({ name, content }) => (
      // Its last byte is missing, so that what follows is read as a part of it.
      publishWith(`${name}-cut-off`, "2.2.2.2", properties(content.subarray(0, -1)))
    )
  ),
  publishWith("payload-format-2", "3.3.2.3.2", properties(property.payloadFormat, 2)),
  publishWith("payload-not-of-its-format", "3.3.2.3.2", properties(property.payloadFormat, 1), notUtf8),
  publishWith("message-expiry-0", "3.3.2.3.3, at its limit", properties(property.messageExpiry, u32(0))),
  publishWith("topic-alias-0", "MQTT-3.3.2-8", properties(property.topicAlias, u16(0))),
  publishWith("topic-alias-65535", "MQTT-3.3.2-9", properties(property.topicAlias, u16(65535))),
  publishWith("topic-alias-unknown", "3.3.4", properties(property.topicAlias, u16(1)), payload, ""),
  publishWith("response-topic-with-wildcard", "MQTT-3.3.2-14", properties(property.responseTopic, "chaos-broken/#")),
  publishWith("response-topic-with-plus", "MQTT-3.3.2-14", properties(property.responseTopic, "chaos-broken/+")),
  publishWith("response-topic-empty", "MQTT-4.7.3-1", properties(property.responseTopic, "")),
  publishWith("subscription-identifier", "MQTT-3.3.4-6", properties(property.subscriptionIdentifier, 1)),
  publishWith("subscription-identifier-0", "3.3.2.3.8", properties(property.subscriptionIdentifier, 0)),
  publishWith(
    "thousand-user-properties",
    "3.3.2.3.7, allowed",
    properties(...Array.from({ length: 1e3 }, () => userProperty3(named3, named3)))
  ),
  ...badStrings.flatMap(({ name, rule, make }) => [
    session(
      `publish-${name}-in-response-topic`,
      rule[1],
      (random) => packet(types.publish, 0, topic, properties(property.responseTopic, string(make(random))), payload)
    ),
    session(
      `publish-${name}-in-content-type`,
      rule[1],
      (random) => packet(types.publish, 0, topic, properties(property.contentType, string(make(random))), payload)
    )
  ]),
  session("publish-in-the-form-of-3.1.1", "3.3.2.3.1", () => in311.publish(0, topic, void 0)),
  session(
    "publish-of-more-than-the-receive-maximum",
    "MQTT-3.3.4-7, where the server takes less",
    () => bytes(...Array.from({ length: 200 }, (_, i) => publish3(4, topic, u16(i + 1), payload)))
  )
];
var acknowledgements2 = [
  ["puback", "3.4"],
  ["pubrec", "3.5"],
  ["pubrel", "3.6"],
  ["pubcomp", "3.7"]
].flatMap(([type, section]) => {
  const codes = `MQTT-${section}.2-1`;
  const acknowledge = (name, breaks, ...rest) => session(`${type}-${name}`, breaks, (random) => packet(types[type], flagsOf(type), packetId(random), ...rest));
  return [
    acknowledge("reason-code-unknown", codes, 1),
    acknowledge("reason-code-of-connack", codes, 134, 0),
    acknowledge("reason-code-255", codes, 255, 0),
    acknowledge("reason-string-twice", `${section}.2.2.2`, 0, properties(reasonString, reasonString)),
    acknowledge("reason-string-cut-off", "1.5.4", 0, properties(property.reasonString, u16(200), named3)),
    acknowledge("reason-string-with-bad-utf8", "MQTT-1.5.4-1", 0, properties(property.reasonString, string(notUtf8))),
    acknowledge("with-trailing-bytes", `${section}.3`, 0, 0, Buffer.from("more"))
  ];
});
var subscribeWith = (name, breaks, own, ...filters) => session(`subscribe-${name}`, breaks, (random) => packet(types.subscribe, 2, packetId(random), own, ...filters));
var noLocal = 4;
var identifier = (value) => properties(property.subscriptionIdentifier, value);
var mostIdentifier = Buffer.from([255, 255, 255, 127]);
var badShares = [
  { name: "shared-without-name", breaks: "MQTT-4.8.2-1", filter: "$share//chaos-broken/a" },
  { name: "shared-without-filter", breaks: "MQTT-4.8.2-2", filter: "$share/g" },
  { name: "shared-with-empty-filter", breaks: "MQTT-4.8.2-2", filter: "$share/g/" },
  { name: "shared-with-plus-in-name", breaks: "MQTT-4.8.2-2", filter: "$share/+/chaos-broken/a" },
  { name: "shared-with-hash-in-name", breaks: "MQTT-4.8.2-2", filter: "$share/g#/chaos-broken/a" },
  { name: "shared-alone", breaks: "MQTT-4.8.2-1", filter: "$share/" },
  { name: "shared-hash-not-last", breaks: "MQTT-4.7.1-1", filter: "$share/g/chaos-broken/#/a" }
];
var subscriptions2 = [
  ...[64, 128].map((bit) => subscribeWith(`reserved-bit-${bit}`, "MQTT-3.8.3-5", properties(), topic, bit)),
  subscribeWith("retain-handling-3", "3.8.3.1", properties(), topic, 48),
  subscribeWith("every-option", "MQTT-3.8.3-5", properties(), topic, 255),
  subscribeWith("second-filter-with-reserved-bits", "MQTT-3.8.3-5", properties(), topic, 0, `${topic}/b`, 192),
  subscribeWith("no-local-on-a-shared-filter", "MQTT-3.8.3-4", properties(), "$share/g/chaos-broken/a", noLocal),
  subscribeWith("subscription-identifier-0", "3.8.2.1.2", identifier(0), topic, 0),
  subscribeWith(
    "subscription-identifier-twice",
    "3.8.2.1.2",
    properties(property.subscriptionIdentifier, 1, property.subscriptionIdentifier, 2),
    topic,
    0
  ),
  subscribeWith(
    "subscription-identifier-of-268435455",
    "3.8.2.1.2, at its limit",
    identifier(mostIdentifier),
    topic,
    0
  ),
  subscribeWith(
    "subscription-identifier-of-5-bytes",
    "1.5.5",
    identifier(Buffer.from([128, 128, 128, 128, 1])),
    topic,
    0
  ),
  subscribeWith("subscription-identifier-not-minimal", "MQTT-1.5.5-1", identifier(Buffer.from([129, 0])), topic, 0),
  subscribeWith("subscription-identifier-cut-off", "1.5.5", identifier(129), topic, 0),
  ...badShares.map(({ name, breaks, filter }) => subscribeWith(name, breaks, properties(), filter, 0)),
  session("subscribe-in-the-form-of-3.1.1", "3.8.2.1.1", (random) => in311.subscribe(packetId(random), topic, 0)),
  session("unsubscribe-in-the-form-of-3.1.1", "3.10.2.1", (random) => in311.unsubscribe(packetId(random), topic)),
  session("subscribe-of-2-bytes", "3.8.2.1.1", (random) => packet(types.subscribe, 2, packetId(random))),
  session("unsubscribe-of-2-bytes", "3.10.2.1", (random) => packet(types.unsubscribe, 2, packetId(random))),
  ...badShares.map(
    ({ name, breaks, filter }) => session(`unsubscribe-${name}`, breaks, (random) => unsubscribe(packetId(random), filter))
  ),
  session(
    "unsubscribe-subscription-identifier",
    "2.2.2.2",
    (random) => packet(types.unsubscribe, 2, packetId(random), identifier(1), topic)
  )
];
var disconnectWith = (name, breaks, ...body) => session(`disconnect-${name}`, breaks, () => packet(types.disconnect, 0, ...body));
var expiry = bytes(property.sessionExpiry, u32(1));
var endings = [
  disconnectWith("reason-code-unknown", "MQTT-3.14.2-1", 1),
  disconnectWith("reason-code-255", "MQTT-3.14.2-1", 255, 0),
  disconnectWith("reason-code-of-the-server", "3.14.2.1", 142, 0),
  disconnectWith("reason-code-of-connack", "MQTT-3.14.2-1", 132, 0),
  disconnectWith("session-expiry-after-0", "3.14.2.2.2", 0, properties(expiry)),
  disconnectWith("session-expiry-twice", "3.14.2.2.2", 0, properties(expiry, expiry)),
  disconnectWith("session-expiry-cut-off", "1.5.3", 0, properties(property.sessionExpiry, 0, 0)),
  disconnectWith("server-reference", "3.14.2.2.5", 156, properties(property.serverReference, "elsewhere")),
  disconnectWith("reason-string-twice", "3.14.2.2.3", 0, properties(reasonString, reasonString)),
  disconnectWith("reason-string-with-bad-utf8", "MQTT-1.5.4-1", 0, properties(property.reasonString, string(notUtf8))),
  disconnectWith("with-trailing-bytes", "3.14.3", 0, 0, Buffer.from("more"))
];
var authWith = (name, breaks, ...body) => session(`auth-${name}`, breaks, () => packet(types.auth, 0, ...body));
var method = bytes(property.authenticationMethod, "chaos");
var data = bytes(property.authenticationData, "data");
var authentications = [
  session(
    "auth-with-reserved-flags",
    "MQTT-3.15.1-1",
    (random) => packet(types.auth, 1 + random.below(15), 25, properties(method))
  ),
  authWith("without-anything", "MQTT-4.12.0-7"),
  authWith("of-1-byte", "3.15.2.2.2", 24),
  authWith("without-method", "3.15.2.2.2", 24, 0),
  authWith("data-without-method", "3.15.2.2.2", 24, properties(data)),
  authWith("method-nobody-asked-for", "MQTT-4.12.0-7", 24, properties(method, data)),
  authWith("again-without-method", "3.15.2.2.2", 25, 0),
  authWith("again-with-a-method", "MQTT-4.12.0-7", 25, properties(method, data)),
  authWith("success-from-a-client", "3.15.2.1", 0, properties(method)),
  authWith("reason-code-unknown", "MQTT-3.15.2-1", 1, properties(method)),
  authWith("method-twice", "3.15.2.2.2", 25, properties(method, method)),
  authWith("data-twice", "3.15.2.2.3", 25, properties(method, data, data)),
  authWith("method-cut-off", "1.5.4", 25, properties(property.authenticationMethod, u16(500), named3))
];
var fromTheServer = [
  session(
    "connack-with-properties-from-a-client",
    "2.1.2",
    () => packet(types.connack, 0, 0, 0, properties(property.topicAliasMaximum, u16(10), property.maximumQos, 1))
  ),
  session("connack-of-1-byte-from-a-client", "2.1.2", () => packet(types.connack, 0, 0)),
  session("connack-without-anything-from-a-client", "2.1.2", () => packet(types.connack, 0)),
  session("connack-properties-longer-than-the-packet", "2.1.2", () => packet(types.connack, 0, 0, 0, varint(1e4))),
  session("connack-refusal-from-a-client", "2.1.2", () => packet(types.connack, 0, 0, 135, 0)),
  session(
    "suback-with-properties-from-a-client",
    "2.1.2",
    (random) => packet(types.suback, 0, packetId(random), properties(reasonString), 0)
  ),
  session(
    "unsuback-with-properties-from-a-client",
    "2.1.2",
    (random) => packet(types.unsuback, 0, packetId(random), properties(reasonString), 0)
  ),
  session("pingresp-with-body-from-a-client", "2.1.2", () => packet(types.pingresp, 0, 0))
];
var mutations2 = [
  session(
    "mutated-publish-with-properties",
    "any",
    mutated(
      () => packet(
        types.publish,
        0,
        topic,
        properties(...oncePublished.filter(({ name }) => name !== "topic-alias").map(({ content }) => content)),
        payload
      )
    )
  ),
  session(
    "mutated-subscribe-with-properties",
    "any",
    mutated(
      (random) => packet(types.subscribe, 2, packetId(random), properties(property.subscriptionIdentifier, 7), topic, 1)
    )
  ),
  session(
    "mutated-puback-with-properties",
    "any",
    mutated((random) => packet(types.puback, 0, packetId(random), 0, properties(reasonString)))
  ),
  session(
    "mutated-pubrec-with-properties",
    "any",
    mutated((random) => packet(types.pubrec, 0, packetId(random), 128, properties(reasonString)))
  ),
  session(
    "mutated-disconnect-with-properties",
    "any",
    mutated(() => packet(types.disconnect, 0, 4, properties(reasonString)))
  ),
  session(
    "mutated-auth",
    "any",
    mutated(() => packet(types.auth, 0, 25, properties(method, data)))
  ),
  session(
    "mutated-connack",
    "any",
    mutated(() => packet(types.connack, 0, 0, 0, properties(property.topicAliasMaximum, u16(10))))
  )
];
var sessionOf5 = [
  ...inEachPlace,
  ...publications2,
  ...acknowledgements2,
  ...subscriptions2,
  ...endings,
  ...authentications,
  ...fromTheServer,
  ...mutations2
];

// src/faults/corpus/session-311.ts
var { subscribe: subscribe3 } = dialectOf(4);
var inMqtt52 = dialectOf(5);
var session2 = (name, breaks, make) => ({
  name,
  breaks,
  sent: "session",
  level: 4,
  make
});
var sessionOf311 = [
  session2("disconnect-with-body", "3.14", (random) => packet(types.disconnect, 0, someBytes(random, 4))),
  session2("disconnect-in-the-form-of-5", "3.14", () => packet(types.disconnect, 0, 4, 0)),
  session2("puback-in-the-form-of-5", "3.4", (random) => packet(types.puback, 0, packetId(random), 16, 0)),
  session2("pubrel-in-the-form-of-5", "3.6", (random) => packet(types.pubrel, 2, packetId(random), 146, 0)),
  session2(
    "subscribe-in-the-form-of-5",
    "3.8.3",
    (random) => packet(types.subscribe, 2, packetId(random), 2, 11, 1, topic, 0)
  ),
  session2(
    "publish-in-the-form-of-5",
    "3.3.3, allowed",
    (random) => inMqtt52.publish(2, topic, packetId(random), payload)
  ),
  session2("auth-in-a-session", "2.2.1", () => packet(types.auth, 0, 24, 0)),
  // MQTT 3.1.1 knows no shared subscriptions, brokers do in its sessions too.
  session2(
    "subscribe-shared-without-name",
    "5.0 MQTT-4.8.2-1",
    (random) => subscribe3(packetId(random), "$share//chaos-broken", 0)
  ),
  session2(
    "subscribe-shared-without-filter",
    "5.0 MQTT-4.8.2-2",
    (random) => subscribe3(packetId(random), "$share/g", 0)
  ),
  session2(
    "subscribe-shared-with-wildcard-name",
    "5.0 MQTT-4.8.2-2",
    (random) => subscribe3(packetId(random), "$share/+/chaos-broken", 0)
  )
];

// src/faults/corpus.ts
var brokenClasses = [
  ...firstOf311,
  ...firstOf5,
  ...sessionOf311,
  ...sessionOf5,
  ...dialects.flatMap((dialect) => [...firstAt(dialect.level), ...sessionAt(dialect), ...sequencesAt(dialect)]),
  ...sequencesOf5
];

export {
  prefix,
  types,
  u16,
  packet,
  openingPacket,
  clientId,
  packetsIn,
  dialectOf,
  brokenClasses
};
