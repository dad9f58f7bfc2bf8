import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  probeFeatures
} from "./chunks/chunk-AIWK5GN2.js";
import {
  Presence,
  Recorder
} from "./chunks/chunk-M5SEXEKA.js";
import {
  createClient,
  ended
} from "./chunks/chunk-DDAFSB75.js";
import {
  filterKindOf,
  leastAcknowledged,
  samePath
} from "./chunks/chunk-3HBXIDWY.js";
import "./chunks/chunk-QEUH7FJ3.js";
import {
  dial
} from "./chunks/chunk-YHUKQ7V4.js";
import "./chunks/chunk-DEWMCHU3.js";
import {
  systemClock
} from "./chunks/chunk-REAO3S7U.js";
import {
  Wire,
  WireTap,
  allowedValues,
  flowKindNames,
  settledMs
} from "./chunks/chunk-6BLWVCAN.js";
import {
  IntervalSet
} from "./chunks/chunk-4HIF7BH4.js";
import {
  FrameReader,
  largestRemainingLength
} from "./chunks/chunk-GAMUYIHD.js";
import {
  decodePayload,
  encodePayload,
  headerBytes
} from "./chunks/chunk-IEWOHIMU.js";
import {
  require_mqtt
} from "./chunks/chunk-53UEWYNP.js";
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
  messageOf
} from "./chunks/chunk-EV4V3EIO.js";
import {
  __toESM
} from "./chunks/chunk-6DG7BXTN.js";

// src/workload/worker.ts
import { parentPort } from "node:worker_threads";

// src/workload/generator.ts
import { setTimeout as sleep5 } from "node:timers/promises";

// src/workload/faults-in-force.ts
var FaultsInForce = class {
  #spans = [];
  /** A fault is in force from now on; the returned function ends it. */
  begin(impact, nowMs2) {
    const span = { impact, fromMs: nowMs2, toMs: Number.POSITIVE_INFINITY };
    this.#spans.push(span);
    return (endMs) => {
      span.toMs = endMs;
    };
  }
  /** A fault has been in force, now or before. */
  get hasBegun() {
    return this.#spans.length > 0;
  }
  /** Whether any fault was in force at some time between these, whatever its impact. */
  any(fromMs, toMs) {
    return this.#during(fromMs, toMs).length > 0;
  }
  /** Whether one of these nodes was struck, or a path from or to it was cut, at some time between these. */
  struck(nodes, fromMs, toMs) {
    return this.#during(fromMs, toMs).some(
      ({ impact }) => impact.unavailableNodes.some((node) => nodes.includes(node)) || impact.cutPaths.some(({ from, to }) => nodes.includes(from) || nodes.includes(to))
    );
  }
  #during(fromMs, toMs) {
    return this.#spans.filter((span) => span.fromMs <= toMs && fromMs <= span.toMs);
  }
};

// src/workload/flows/expiry/expiry.ts
import { setTimeout as sleep2 } from "node:timers/promises";

// src/workload/mqtt/breach.ts
var evidenceBytes = 64;
function evidenceOf(bytes) {
  return bytes.subarray(0, evidenceBytes).toString("hex");
}
function both(clause2) {
  return { v311: clause2, v5: clause2 };
}
function clause(v311, v5) {
  return { v311, v5 };
}

// src/workload/mqtt/parse.ts
var import_mqtt_packet = __toESM(require_mqtt(), 1);
function parseFrame(frame, version, properFlags) {
  let bytes = frame.bytes;
  if (properFlags !== void 0) {
    bytes = Buffer.from(bytes);
    bytes[0] = (bytes[0] ?? 0) & 240 | properFlags;
  }
  decoders[version] ??= new Decoder(version);
  return decoders[version].decode(bytes);
}
var Decoder = class {
  #parser;
  #version;
  #packet;
  #failed = false;
  constructor(version) {
    this.#version = version;
    this.#parser = (0, import_mqtt_packet.parser)({ protocolVersion: version });
    this.#parser.on("packet", (packet) => {
      this.#packet = packet;
    });
    this.#parser.on("error", () => {
      this.#failed = true;
    });
  }
  decode(bytes) {
    try {
      this.#parser.parse(bytes);
    } catch {
      this.#failed = true;
    }
    const packet = this.#failed ? void 0 : this.#packet;
    if (packet === void 0) delete decoders[this.#version];
    this.#packet = void 0;
    return packet;
  }
};
var decoders = {};
function encode(packet, version) {
  const bytes = (0, import_mqtt_packet.generate)(packet, { protocolVersion: version });
  if (bytes.length === 0) throw new RangeError(`mqtt-packet cannot encode this ${packet.cmd}`);
  return bytes;
}

// src/workload/mqtt/byte-reader.ts
import { isUtf8 } from "node:buffer";
var ByteReader = class _ByteReader {
  #bytes;
  #at = 0;
  constructor(bytes) {
    this.#bytes = bytes;
  }
  /** Bytes that have not been read yet. */
  get left() {
    return this.#bytes.length - this.#at;
  }
  byte() {
    return this.#number(1);
  }
  twoBytes() {
    return this.#number(2);
  }
  fourBytes() {
    return this.#number(4);
  }
  /** A Variable Byte Integer, and whether it uses no more bytes than it needs. */
  variable() {
    let value = 0;
    for (let i = 0; i < 4; i++) {
      const byte = this.byte();
      if (byte === void 0) return void 0;
      value += (byte & 127) * 128 ** i;
      if (byte < 128) return { value, isMinimal: i === 0 || byte > 0 };
    }
    return void 0;
  }
  binary() {
    const length = this.twoBytes();
    return length === void 0 ? void 0 : this.#take(length);
  }
  /** A UTF-8 Encoded String, and what is wrong with its characters. */
  text() {
    const bytes = this.binary();
    if (bytes === void 0) return void 0;
    const findings = [];
    if (!isUtf8(bytes))
      findings.push({
        clause: clause("MQTT-1.5.3-1", "MQTT-1.5.4-1"),
        what: "sent a string that is not well-formed UTF-8"
      });
    if (bytes.includes(0))
      findings.push({
        clause: clause("MQTT-1.5.3-2", "MQTT-1.5.4-2"),
        what: "sent a string with the character U+0000"
      });
    return { value: bytes.toString("utf8"), findings };
  }
  /** A reader of the next `length` bytes; this one goes on behind them. */
  part(length) {
    const bytes = this.#take(length);
    return bytes && new _ByteReader(bytes);
  }
  /** All bytes that are left. */
  rest() {
    return this.#take(this.left);
  }
  #number(bytes) {
    return this.#take(bytes)?.readUIntBE(0, bytes);
  }
  #take(length) {
    if (this.left < length) return void 0;
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
};

// src/workload/mqtt/properties.ts
var sections = {
  connack: "3.2.2.3",
  publish: "3.3.2.3",
  puback: "3.4.2.2",
  pubrec: "3.5.2.2",
  pubrel: "3.6.2.2",
  pubcomp: "3.7.2.2",
  suback: "3.9.2.1",
  unsuback: "3.11.2.1",
  disconnect: "3.14.2.2",
  auth: "3.15.2.2"
};
var acknowledgements = ["puback", "pubrec", "pubrel", "pubcomp", "suback", "unsuback"];
var zero = (value) => value === 0;
var aboveOne = (value) => Number(value) > 1;
var hasWildcard = (value) => /[+#]/.test(String(value));
var properties = /* @__PURE__ */ new Map([
  [1, { name: "Payload Format Indicator", type: "byte", in: ["publish"] }],
  [2, { name: "Message Expiry Interval", type: "four bytes", in: ["publish"] }],
  [3, { name: "Content Type", type: "string", in: ["publish"] }],
  [
    8,
    {
      name: "Response Topic",
      type: "string",
      in: ["publish"],
      refuses: { clause: "MQTT-3.3.2-14", value: hasWildcard }
    }
  ],
  [9, { name: "Correlation Data", type: "binary", in: ["publish"] }],
  [
    11,
    {
      name: "Subscription Identifier",
      type: "variable",
      in: ["publish"],
      repeats: true,
      refuses: { clause: "3.3.2.3.8", value: zero }
    }
  ],
  // A server may not send it with DISCONNECT [MQTT-3.14.2-2].
  [17, { name: "Session Expiry Interval", type: "four bytes", in: ["connack"] }],
  [18, { name: "Assigned Client Identifier", type: "string", in: ["connack"] }],
  [19, { name: "Server Keep Alive", type: "two bytes", in: ["connack"] }],
  [21, { name: "Authentication Method", type: "string", in: ["connack", "auth"] }],
  [22, { name: "Authentication Data", type: "binary", in: ["connack", "auth"] }],
  [23, { name: "Request Problem Information", type: "byte", in: [] }],
  [24, { name: "Will Delay Interval", type: "four bytes", in: [] }],
  [25, { name: "Request Response Information", type: "byte", in: [] }],
  [26, { name: "Response Information", type: "string", in: ["connack"] }],
  [28, { name: "Server Reference", type: "string", in: ["connack", "disconnect"] }],
  [31, { name: "Reason String", type: "string", in: ["connack", ...acknowledgements, "disconnect", "auth"] }],
  [33, { name: "Receive Maximum", type: "two bytes", in: ["connack"], refuses: { clause: "3.2.2.3.3", value: zero } }],
  [34, { name: "Topic Alias Maximum", type: "two bytes", in: ["connack"] }],
  [35, { name: "Topic Alias", type: "two bytes", in: ["publish"], refuses: { clause: "MQTT-3.3.2-8", value: zero } }],
  [36, { name: "Maximum QoS", type: "byte", in: ["connack"], refuses: { clause: "3.2.2.3.4", value: aboveOne } }],
  [37, { name: "Retain Available", type: "byte", in: ["connack"], refuses: { clause: "3.2.2.3.5", value: aboveOne } }],
  [
    38,
    {
      name: "User Property",
      type: "pair",
      in: ["connack", "publish", ...acknowledgements, "disconnect", "auth"],
      repeats: true
    }
  ],
  [
    39,
    { name: "Maximum Packet Size", type: "four bytes", in: ["connack"], refuses: { clause: "3.2.2.3.6", value: zero } }
  ],
  [
    40,
    {
      name: "Wildcard Subscription Available",
      type: "byte",
      in: ["connack"],
      refuses: { clause: "3.2.2.3.11", value: aboveOne }
    }
  ],
  [
    41,
    {
      name: "Subscription Identifier Available",
      type: "byte",
      in: ["connack"],
      refuses: { clause: "3.2.2.3.12", value: aboveOne }
    }
  ],
  [
    42,
    {
      name: "Shared Subscription Available",
      type: "byte",
      in: ["connack"],
      refuses: { clause: "3.2.2.3.13", value: aboveOne }
    }
  ]
]);
function checkProperties(reader, carrier) {
  const findings = [];
  let topicAlias;
  const unreadable = (what, section = "2.2.2") => ({
    findings: [...findings, { clause: clause(null, section), what }],
    readable: false,
    topicAlias
  });
  const length = reader.variable();
  if (length === void 0)
    return unreadable("sent a Property Length that is cut short or longer than four bytes", "2.2.2.1");
  if (!length.isMinimal)
    findings.push({
      clause: clause(null, "MQTT-1.5.5-1"),
      what: "encoded a Property Length in more bytes than it needs"
    });
  const inside = reader.part(length.value);
  if (inside === void 0) return unreadable("sent properties that are longer than their packet", "2.2.2.1");
  const seen = /* @__PURE__ */ new Set();
  while (inside.left > 0) {
    const identifier = inside.variable();
    if (identifier === void 0) return unreadable("sent a property without a readable identifier", "2.2.2.2");
    const property = properties.get(identifier.value);
    if (property === void 0)
      return unreadable(`sent the property identifier ${identifier.value}, which does not exist`, "2.2.2.2");
    if (!property.in.includes(carrier))
      findings.push({
        clause: clause(null, identifier.value === 17 && carrier === "disconnect" ? "MQTT-3.14.2-2" : "2.2.2.2"),
        what: `sent a ${property.name} in ${carrier.toUpperCase()}, where a server may not send it`
      });
    if (seen.has(identifier.value) && !property.repeats)
      findings.push({
        clause: clause(null, sections[carrier]),
        what: `sent a ${property.name} twice in one ${carrier.toUpperCase()}`
      });
    seen.add(identifier.value);
    const value = readValue(inside, property.type);
    if (value === void 0)
      return unreadable(`sent a ${property.name} that is longer than the properties it is in`, "2.2.2.2");
    findings.push(...value.findings);
    if (property.refuses?.value(value.value))
      findings.push({
        clause: clause(null, property.refuses.clause),
        what: `sent a ${property.name} of ${String(value.value)}`
      });
    if (property.name === "Topic Alias") topicAlias = Number(value.value);
  }
  return { findings, readable: true, topicAlias };
}
function readValue(reader, type) {
  const number = (value) => value === void 0 ? void 0 : { value, findings: [] };
  switch (type) {
    case "byte":
      return number(reader.byte());
    case "two bytes":
      return number(reader.twoBytes());
    case "four bytes":
      return number(reader.fourBytes());
    case "variable": {
      const value = reader.variable();
      return value && {
        value: value.value,
        findings: value.isMinimal ? [] : [{ clause: clause(null, "MQTT-1.5.5-1"), what: "encoded a number in more bytes than it needs" }]
      };
    }
    case "binary":
      return reader.binary() === void 0 ? void 0 : { value: "", findings: [] };
    case "string":
      return reader.text();
    case "pair": {
      const name = reader.text();
      const value = reader.text();
      return name && value && { value: name.value, findings: [...name.findings, ...value.findings] };
    }
  }
}

// src/workload/mqtt/strict.ts
function typeOf(type, version) {
  return packetTypes.get(type) ?? (version === 5 ? mqtt5Types.get(type) : void 0);
}
var reserved = clause("MQTT-2.2.2-1", "MQTT-2.1.3-1");
var pubrelFlags = both("MQTT-3.6.1-1");
var publishCodes = /* @__PURE__ */ new Set([0, 16, 128, 131, 135, 144, 145, 151, 153]);
var releaseCodes = /* @__PURE__ */ new Set([0, 146]);
var subackCodes = /* @__PURE__ */ new Set([0, 1, 2, 128, 131, 135, 143, 145, 151, 158, 161, 162]);
var unsubackCodes = /* @__PURE__ */ new Set([0, 17, 128, 131, 135, 143, 145]);
var connectCodes = /* @__PURE__ */ new Set([
  ...[0, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 140, 144, 149, 151, 153, 154, 155],
  ...[156, 157, 159]
]);
var disconnectCodes = /* @__PURE__ */ new Set([
  ...[
    0,
    128,
    129,
    130,
    131,
    135,
    137,
    139,
    140,
    141,
    142,
    143,
    144,
    147,
    148,
    149,
    150,
    151,
    152,
    153
  ],
  ...[154, 155, 156, 157, 158, 159, 160, 161, 162]
]);
var packetTypes = /* @__PURE__ */ new Map([
  [2, { name: "CONNACK", flags: 0, check: checkConnack }],
  [3, { name: "PUBLISH", flags: void 0, check: checkPublish }],
  [4, { name: "PUBACK", flags: 0, check: acknowledgement("puback", "3.4", publishCodes) }],
  [5, { name: "PUBREC", flags: 0, check: acknowledgement("pubrec", "3.5", publishCodes) }],
  [6, { name: "PUBREL", flags: 2, flagsClause: pubrelFlags, check: acknowledgement("pubrel", "3.6", releaseCodes) }],
  [7, { name: "PUBCOMP", flags: 0, check: acknowledgement("pubcomp", "3.7", releaseCodes) }],
  [9, { name: "SUBACK", flags: 0, check: checkSuback }],
  [11, { name: "UNSUBACK", flags: 0, check: checkUnsuback }],
  [13, { name: "PINGRESP", flags: 0, check: checkPingresp }]
]);
var mqtt5Types = /* @__PURE__ */ new Map([
  [14, { name: "DISCONNECT", flags: 0, check: checkDisconnect }],
  [15, { name: "AUTH", flags: 0, check: checkAuth }]
]);
var clientTypes = /* @__PURE__ */ new Map([
  [1, "CONNECT"],
  [8, "SUBSCRIBE"],
  [10, "UNSUBSCRIBE"],
  [12, "PINGREQ"],
  [14, "DISCONNECT"]
]);
function checkFrame(frame, version) {
  const firstByte = frame.bytes[0] ?? 0;
  const flags = firstByte & 15;
  const type = typeOf(firstByte >> 4, version);
  const findings = [];
  if (!isMinimal(frame))
    findings.push({
      clause: clause(null, "MQTT-1.5.5-1"),
      what: "encoded a Remaining Length in more bytes than it needs"
    });
  if (type === void 0) {
    const name = clientTypes.get(firstByte >> 4);
    const what = name ? `sent ${name}, which only a client sends` : `sent a packet of type ${firstByte >> 4}, which is reserved`;
    findings.push({ clause: clause("2.2.1", "2.1.2"), what });
    return {
      findings: inForce(findings, version),
      use: name === void 0 ? "close" : "ignore",
      properFlags: void 0,
      topicAlias: void 0
    };
  }
  const wrongFlags = type.flags !== void 0 && flags !== type.flags;
  if (wrongFlags)
    findings.push({
      clause: type.flagsClause ?? reserved,
      what: `sent ${type.name} with the flags ${flags.toString(2).padStart(4, "0")} in its fixed header`
    });
  const body = type.check(new ByteReader(frame.bytes.subarray(frame.bodyStart)), version, firstByte);
  return {
    findings: inForce([...findings, ...body.findings], version),
    use: body.readable ? "read" : "close",
    properFlags: wrongFlags ? type.flags : void 0,
    topicAlias: body.topicAlias
  };
}
function inForce(findings, version) {
  return findings.filter(({ clause: { v311, v5 } }) => (version === 5 ? v5 : v311) !== null);
}
function isMinimal({ bytes, bodyStart }) {
  const value = bytes.length - bodyStart;
  if (value > largestRemainingLength) return false;
  return bodyStart - 1 === (value < 128 ? 1 : value < 16384 ? 2 : value < 2097152 ? 3 : 4);
}
var malformed = (section, what) => ({
  findings: [{ clause: typeof section === "string" ? both(section) : section, what }],
  readable: false
});
var sound = { findings: [], readable: true };
function withProperties(reader, version, carrier, findings) {
  if (version !== 5) return { findings, readable: true };
  const checked = checkProperties(reader, carrier);
  return {
    findings: [...findings, ...checked.findings],
    readable: checked.readable,
    topicAlias: checked.topicAlias
  };
}
function nothingMore(body, reader, name, section) {
  if (!body.readable || reader.left === 0) return body;
  const what = `sent ${name} with ${reader.left} bytes behind its last field`;
  return { ...body, findings: [...body.findings, { clause: both(section), what }] };
}
function checkConnack(reader, version) {
  const flags = reader.byte();
  const code = reader.byte();
  if (flags === void 0 || code === void 0) return malformed("3.2.2", "sent CONNACK that is cut short");
  if (flags > 1)
    return malformed(clause("3.2.2.1", "MQTT-3.2.2-1"), "sent CONNACK with reserved acknowledge flags set");
  const isPresent = flags === 1;
  const isOldRefusal = version === 5 && reader.left === 0 && code >= 1 && code <= 5 && !isPresent;
  if (isOldRefusal) return sound;
  const findings = [];
  if (isPresent && code !== 0)
    findings.push({
      clause: clause("MQTT-3.2.2-4", "MQTT-3.2.2-6"),
      what: `refused the connection with code ${code} and session present 1`
    });
  if (version === 5 ? !connectCodes.has(code) : code > 5)
    findings.push({
      clause: clause("MQTT-3.2.2-6", "MQTT-3.2.2-8"),
      what: `sent CONNACK with code ${code}, which does not exist`
    });
  return nothingMore(
    withProperties(reader, version, "connack", findings),
    reader,
    "CONNACK",
    version === 5 ? "3.2" : "3.2.1"
  );
}
function checkPublish(reader, version, firstByte) {
  const qos = firstByte >> 1 & 3;
  const findings = [];
  if (qos === 3) return malformed("MQTT-3.3.1-4", "sent PUBLISH with both QoS bits set");
  if (qos === 0 && (firstByte & 8) !== 0)
    findings.push({ clause: both("MQTT-3.3.1-2"), what: "sent PUBLISH with QoS 0 and DUP set" });
  const topic = reader.text();
  if (topic === void 0) return malformed("MQTT-3.3.2-1", "sent PUBLISH without a whole topic name");
  findings.push(...topic.findings);
  if (/[+#]/.test(topic.value))
    findings.push({ clause: both("MQTT-3.3.2-2"), what: "sent PUBLISH with a wildcard in its topic name" });
  if (qos > 0) {
    const id = reader.twoBytes();
    if (id === void 0) return malformed("3.3.2.2", "sent PUBLISH without a whole packet identifier");
    if (id === 0)
      findings.push({
        clause: clause("MQTT-2.3.1-1", "MQTT-2.2.1-4"),
        what: `sent PUBLISH with QoS ${qos} and packet identifier 0`
      });
  }
  const body = withProperties(reader, version, "publish", findings);
  if (topic.value !== "" || !body.readable) return body;
  if (version === 5 && body.topicAlias !== void 0) return body;
  const empty = { clause: clause("MQTT-4.7.3-1", "3.3.2.1"), what: "sent PUBLISH with an empty topic name" };
  return { ...body, findings: [...body.findings, empty] };
}
function acknowledgement(carrier, section, codes) {
  const name = carrier.toUpperCase();
  return (reader, version) => {
    const id = reader.twoBytes();
    if (id === void 0) return malformed(`${section}.2`, `sent ${name} without a whole packet identifier`);
    if (version !== 5) return nothingMore(sound, reader, name, `${section}.1`);
    const code = reader.byte() ?? 0;
    if (!codes.has(code))
      return malformed(
        clause(null, `MQTT-${section}.2-1`),
        `sent ${name} with reason code ${hex(code)}, which it does not have`
      );
    const body = reader.left === 0 ? sound : withProperties(reader, version, carrier, []);
    return nothingMore(body, reader, name, `${section}.2`);
  };
}
function checkSuback(reader, version) {
  if (reader.twoBytes() === void 0) return malformed("3.9.2", "sent SUBACK without a whole packet identifier");
  const body = withProperties(reader, version, "suback", []);
  if (!body.readable) return body;
  const codes = [...reader.rest()];
  const unknown = codes.find((code) => version === 5 ? !subackCodes.has(code) : code > 2 && code !== 128);
  if (unknown === void 0) return body;
  return {
    findings: [
      ...body.findings,
      { clause: both("MQTT-3.9.3-2"), what: `sent SUBACK with the code ${hex(unknown)}, which it does not have` }
    ],
    readable: false
  };
}
function checkUnsuback(reader, version) {
  if (reader.twoBytes() === void 0) return malformed("3.11.2", "sent UNSUBACK without a whole packet identifier");
  if (version !== 5) {
    const body2 = nothingMore(sound, reader, "UNSUBACK", "3.11.1");
    return { ...body2, readable: body2.findings.length === 0 };
  }
  const body = withProperties(reader, version, "unsuback", []);
  if (!body.readable) return body;
  const unknown = [...reader.rest()].find((code) => !unsubackCodes.has(code));
  if (unknown === void 0) return body;
  const finding = {
    clause: clause(null, "MQTT-3.11.3-2"),
    what: `sent UNSUBACK with the code ${hex(unknown)}, which it does not have`
  };
  return { findings: [...body.findings, finding], readable: false };
}
function checkPingresp(reader) {
  return nothingMore(sound, reader, "PINGRESP", "3.13.1");
}
function checkDisconnect(reader, version) {
  const code = reader.byte() ?? 0;
  if (!disconnectCodes.has(code))
    return malformed(
      clause(null, "MQTT-3.14.2-1"),
      `sent DISCONNECT with reason code ${hex(code)}, which a server does not have`
    );
  const body = reader.left === 0 ? sound : withProperties(reader, version, "disconnect", []);
  return nothingMore(body, reader, "DISCONNECT", "3.14.2");
}
function checkAuth() {
  const what = "sent AUTH to a client that did not ask for enhanced authentication";
  return { findings: [{ clause: clause(null, "MQTT-4.12.0-6"), what }], readable: true };
}
function hex(code) {
  return `0x${code.toString(16).padStart(2, "0")}`;
}

// src/workload/mqtt/connection.ts
var notBinary = {
  clause: clause("MQTT-6.0.0-1", "MQTT-6.0.0-1"),
  what: "sent a WebSocket message that is not binary"
};
var Connection = class {
  #options;
  #events;
  #transport;
  #frames = new FrameReader();
  /** Nothing that comes is looked at any more. */
  #deaf = false;
  #closed = false;
  #lastHeardMs;
  #activity;
  constructor(options, events) {
    this.#options = options;
    this.#events = events;
    this.#lastHeardMs = options.nowMs();
    const startMs = systemClock.nowMs();
    this.#activity = { sentMs: startMs, heardMs: startMs };
    this.#transport = dial(options.address, {
      open: () => {
        if (!this.#deaf) events.open();
      },
      data: (chunk) => this.#read(chunk),
      text: (text) => {
        if (this.#deaf) return;
        this.#breach(notBinary, text, options.nowMs());
        this.#giveUp();
      },
      closed: (error) => {
        this.#closed = true;
        events.closed(error);
      }
    });
  }
  /** When a chunk was last read, or the connection began. */
  get lastHeardMs() {
    return this.#lastHeardMs;
  }
  get activity() {
    return this.#activity;
  }
  get isClosed() {
    return this.#closed;
  }
  /** Hands the packet to the socket, and says when. */
  send(packet) {
    const bytes = encode(packet, this.#options.version);
    const atMs = this.#options.nowMs();
    this.#activity.sentMs = systemClock.nowMs();
    this.#transport.write(bytes);
    return atMs;
  }
  /** Closes when all that was sent has left; what still comes is ignored. */
  finish() {
    this.#deaf = true;
    this.#transport.resume();
    this.#transport.finish();
  }
  destroy() {
    this.#deaf = true;
    this.#transport.destroy();
  }
  pause() {
    this.#transport.pause();
  }
  resume() {
    this.#transport.resume();
  }
  #read(chunk) {
    if (this.#deaf) return;
    const atMs = this.#options.nowMs();
    this.#lastHeardMs = atMs;
    this.#activity.heardMs = systemClock.nowMs();
    this.#events.chunk();
    const { frames, unreadable } = this.#frames.read(chunk);
    for (const frame of frames) {
      this.#take(frame, atMs);
      if (this.#deaf) return;
    }
    if (unreadable === void 0) return;
    this.#breach(
      { clause: clause("2.2.3", "1.5.5"), what: "sent a Remaining Length of more than four bytes" },
      unreadable,
      atMs
    );
    this.#giveUp();
  }
  #take(frame, atMs) {
    const { version, maximumPacketSize } = this.#options;
    const { findings, use, properFlags } = checkFrame(frame, version);
    for (const finding of findings) this.#breach(finding, frame.bytes, atMs);
    if (version === 5 && frame.bytes.length > maximumPacketSize) {
      const what = `sent a packet of ${frame.bytes.length} bytes, where Maximum Packet Size is ${maximumPacketSize}`;
      this.#breach({ clause: clause(null, "MQTT-3.1.2-24"), what }, frame.bytes, atMs);
    }
    if (use === "ignore") return;
    const packet = use === "read" ? parseFrame(frame, version, properFlags) : void 0;
    if (packet) this.#events.packet(packet, frame.bytes, atMs);
    else this.#giveUp();
  }
  #breach(finding, bytes, atMs) {
    this.#events.breach({ ...finding, version: this.#options.version, bytesHex: evidenceOf(bytes), atMs });
  }
  #giveUp() {
    if (this.#deaf) return;
    this.#deaf = true;
    this.#events.unreadable();
  }
};

// src/workload/mqtt/keep-alive.ts
var KeepAlive = class {
  intervalMs;
  #pingedMs;
  #lookedMs;
  /** `intervalMs` 0: none. */
  constructor(intervalMs, nowMs2) {
    this.intervalMs = intervalMs;
    this.#lookedMs = nowMs2;
  }
  /** How often to look; 0 when there is nothing to look after. */
  get everyMs() {
    return this.intervalMs / 4;
  }
  look(nowMs2, { sentMs: lastSentMs, heardMs: lastHeardMs }) {
    if (this.intervalMs === 0) return "nothing";
    const ran = nowMs2 - this.#lookedMs < this.everyMs * 2;
    this.#lookedMs = nowMs2;
    if (this.#pingedMs !== void 0 && lastHeardMs > this.#pingedMs) this.#pingedMs = void 0;
    if (this.#pingedMs !== void 0)
      return ran && nowMs2 - lastHeardMs >= this.intervalMs * 1.5 && nowMs2 - this.#pingedMs >= this.intervalMs / 2 ? "give up" : this.#pingOnlyToKeep(nowMs2, lastSentMs);
    if (nowMs2 - lastSentMs < this.intervalMs / 2 && nowMs2 - lastHeardMs < this.intervalMs / 2) return "nothing";
    this.#pingedMs = nowMs2;
    return "ping";
  }
  /** The broker may be slow, and the Client must not be silent for longer than the interval [MQTT-3.1.2-23, MQTT 5: -20]. */
  #pingOnlyToKeep(nowMs2, lastSentMs) {
    return nowMs2 - lastSentMs >= this.intervalMs / 2 ? "ping" : "nothing";
  }
};

// src/workload/mqtt/answers.ts
var asks = {
  puback: "PUBLISH with QoS 1",
  pubrec: "PUBLISH with QoS 2",
  pubcomp: "PUBREL",
  suback: "SUBSCRIBE",
  unsuback: "UNSUBSCRIBE"
};
var Answers = class {
  #open = {
    puback: /* @__PURE__ */ new Map(),
    pubrec: /* @__PURE__ */ new Map(),
    pubcomp: /* @__PURE__ */ new Map(),
    suback: /* @__PURE__ */ new Map(),
    unsuback: /* @__PURE__ */ new Map()
  };
  /** Nothing is said while the session may be older than this client: who used it before may have asked. */
  #judges = false;
  /** A session has begun, or one that is older than this client is gone on with. */
  begin(session) {
    for (const open of Object.values(this.#open)) open.clear();
    this.#judges = session === "new";
  }
  asked(answer, id) {
    const open = this.#open[answer];
    open.set(id, (open.get(id) ?? 0) + 1);
  }
  /** The finding if nothing was asked that this could answer. */
  answered(answer, id) {
    const open = this.#open[answer];
    const count = open.get(id) ?? 0;
    if (count === 1) open.delete(id);
    else if (count > 1) open.set(id, count - 1);
    if (count > 0 || !this.#judges) return void 0;
    const isRequest = answer === "suback" || answer === "unsuback";
    const v311 = isRequest ? "MQTT-2.3.1-7" : answer === "pubcomp" ? "MQTT-4.3.3-2" : "MQTT-2.3.1-6";
    return {
      clause: clause(v311, isRequest ? "MQTT-2.2.1-6" : "MQTT-2.2.1-5"),
      what: `sent ${answer.toUpperCase()} with packet identifier ${id}, to which no ${asks[answer]} of this session is unanswered`
    };
  }
};

// src/workload/mqtt/incoming.ts
var Incoming = class {
  #version;
  #receiveMaximum;
  /** QoS 2: PUBLISH has come and PUBREL has not. Part of the session. */
  #held = /* @__PURE__ */ new Map();
  /** Of these: the broker may have begun a new session since, which this client does not know. */
  #inDoubt = /* @__PURE__ */ new Set();
  /** Packet identifiers that came with QoS 2 in this session; undefined where the session is older than this client. */
  #seen;
  /** PUBLISH has come on this connection, and nothing of ours that ends the exchange was sent before this chunk was read. */
  #unfinished = /* @__PURE__ */ new Map();
  /** Of these: what ends them was sent since. The broker cannot have known it when it sent what the chunk holds. */
  #finishedNow = /* @__PURE__ */ new Set();
  constructor(options) {
    this.#version = options.version;
    this.#receiveMaximum = options.receiveMaximum;
  }
  /** CONNACK has let the client in. */
  begin(session) {
    if (session === "new") this.#held.clear();
    if (session !== "kept") {
      this.#inDoubt.clear();
      this.#seen = session === "new" ? /* @__PURE__ */ new Set() : void 0;
    }
    this.#unfinished.clear();
    this.#finishedNow.clear();
  }
  /** A CONNECT got no answer: the broker may have begun a new session on it. */
  doubt() {
    for (const id of this.#held.keys()) this.#inDoubt.add(id);
    this.#seen = void 0;
  }
  /** The packets that follow were read after all that was sent before. */
  chunk() {
    for (const id of this.#finishedNow) this.#unfinished.delete(id);
    this.#finishedNow.clear();
  }
  publish(delivery) {
    const { qos, packetId } = delivery;
    if (qos === 0 || packetId === void 0)
      return [
        { type: "arrived", delivery, again: false },
        { type: "deliver", delivery }
      ];
    const held = this.#held.get(packetId);
    const before = this.#unfinished.get(packetId) ?? held;
    const again = before !== void 0 && isSame(before, delivery);
    const outputs = this.#findings(delivery, before).map((finding) => ({ type: "breach", finding }));
    this.#unfinished.set(packetId, delivery);
    this.#finishedNow.delete(packetId);
    const tooMany = this.#overReceiveMaximum();
    if (tooMany) outputs.push({ type: "breach", finding: tooMany });
    outputs.push({ type: "arrived", delivery, again });
    if (qos === 1) return [...outputs, { type: "deliver", delivery }, this.#acknowledgement("puback", packetId)];
    if (held !== void 0 && !isSame(held, delivery)) outputs.push({ type: "deliver", delivery: held });
    if (held === void 0 || !isSame(held, delivery)) this.#held.set(packetId, delivery);
    this.#seen?.add(packetId);
    return [...outputs, this.#acknowledgement("pubrec", packetId)];
  }
  pubrel(packetId) {
    const held = this.#held.get(packetId);
    this.#held.delete(packetId);
    this.#inDoubt.delete(packetId);
    if (held === void 0) {
      const outputs = [this.#acknowledgement("pubcomp", packetId, 146)];
      if (this.#seen === void 0 || this.#seen.has(packetId)) return outputs;
      const finding = {
        clause: clause("MQTT-2.3.1-6", "MQTT-2.2.1-5"),
        what: `sent PUBREL with packet identifier ${packetId}, which no PUBLISH with QoS 2 of this session has had`
      };
      return [{ type: "breach", finding }, ...outputs];
    }
    return [{ type: "deliver", delivery: held }, this.#acknowledgement("pubcomp", packetId)];
  }
  /** An acknowledgement was sent. */
  sent({ cmd, messageId }) {
    if ((cmd === "puback" || cmd === "pubcomp") && this.#unfinished.has(messageId)) this.#finishedNow.add(messageId);
  }
  #findings(delivery, before) {
    const { packetId, dup } = delivery;
    if (before === void 0 || packetId === void 0) return [];
    const onThisConnection = this.#unfinished.has(packetId);
    if (!onThisConnection && this.#inDoubt.has(packetId)) return [];
    if (!isSame(before, delivery) || onThisConnection && !dup) {
      const what = `used packet identifier ${packetId} for another PUBLISH before the earlier one was acknowledged`;
      return [{ clause: clause("MQTT-2.3.1-4", "MQTT-2.2.1-4"), what }];
    }
    if (!dup)
      return [
        {
          clause: both("MQTT-3.3.1-1"),
          what: `sent the PUBLISH with packet identifier ${packetId} again without DUP`
        }
      ];
    if (onThisConnection && this.#version === 5)
      return [
        {
          clause: clause(null, "MQTT-4.4.0-1"),
          what: `sent the PUBLISH with packet identifier ${packetId} again on the same connection`
        }
      ];
    return [];
  }
  #overReceiveMaximum() {
    if (this.#version !== 5 || this.#unfinished.size <= this.#receiveMaximum) return void 0;
    return {
      clause: clause(null, "MQTT-3.3.4-9"),
      what: `sent ${this.#unfinished.size} PUBLISH packets with QoS 1 and 2 without an acknowledgement, where Receive Maximum is ${this.#receiveMaximum}`
    };
  }
  #acknowledgement(cmd, messageId, reasonCode = 0) {
    return { type: "acknowledge", packet: { cmd, messageId, ...this.#version === 5 ? { reasonCode } : {} } };
  }
};
function isSame(one, other) {
  return one.qos === other.qos && one.topic === other.topic && one.payload.equals(other.payload);
}

// src/workload/mqtt/outgoing.ts
var noLimits = {
  receiveMaximum: 65535,
  maximumPacketSize: Number.POSITIVE_INFINITY,
  maximumQos: 2,
  retainAvailable: true
};
var Outgoing = class {
  #version;
  #identifiers;
  #answers;
  /** Exchanges in flight at most, whatever the broker allows. */
  #window;
  #publishesAgain;
  #limits = noLimits;
  #online = false;
  /** The broker kept the session that this connection goes on with. */
  #resumed = false;
  /** Not written yet, in the order in which they were published. */
  #waiting = [];
  /** PUBLISH was written, in the order of the first writes; no PUBREC yet. */
  #published = /* @__PURE__ */ new Map();
  /** PUBREC has come, in the order in which it did. */
  #released = /* @__PURE__ */ new Map();
  /** Of `#published`: to be written again on this connection, in order. */
  #again = [];
  constructor(options) {
    this.#publishesAgain = options.publishesAgain;
    this.#version = options.version;
    this.#window = options.window;
    this.#identifiers = options.identifiers;
    this.#answers = options.answers;
  }
  /** A QoS 2 exchange is in flight with that packet identifier. */
  isExactlyOnce(id) {
    return this.#released.has(id) || this.#published.get(id)?.message.qos === 2;
  }
  /** Messages that were handed over and have no outcome yet. */
  get unsettled() {
    return this.#waiting.length + this.#published.size + this.#released.size;
  }
  /** How many messages of QoS 1 and 2 would be written at once. */
  get freeSlots() {
    if (!this.#online || this.#again.length > 0) return 0;
    return Math.max(0, this.#quota - this.#published.size - this.#released.size - this.#waiting.length);
  }
  get #quota() {
    return Math.min(this.#window, this.#limits.receiveMaximum);
  }
  /**
   * CONNACK has let the client in. Everything unacknowledged is written again at once: PUBREL where PUBREC had come, then PUBLISH in the original
   * order [MQTT-4.4.0-1, MQTT-4.6.0-1], as far as the broker's Receive Maximum allows. Where the broker kept no session there is nothing
   * to release, and each PUBLISH begins a new exchange (with its old packet identifier, which nobody else has).
   */
  begin(sessionPresent, limits) {
    const outputs = [];
    this.#limits = limits;
    this.#online = true;
    this.#resumed = sessionPresent;
    if (!sessionPresent) {
      for (const exchange of [...this.#released.values()])
        outputs.push(...this.#settle(exchange, { kind: "forgotten" }));
      if (!this.#publishesAgain)
        for (const exchange of [...this.#published.values()])
          outputs.push(...this.#settle(exchange, { kind: "abandoned" }));
    }
    for (const id of this.#released.keys()) outputs.push(this.#release(id));
    this.#again = [...this.#published.values()];
    return [...outputs, ...this.#writeMore()];
  }
  /** Nothing is to be written until `resume`, though the connection is there. */
  hold() {
    this.#online = false;
  }
  resume() {
    this.#online = true;
    return this.#writeMore();
  }
  /** The connection is gone. */
  suspend() {
    this.#online = false;
    this.#again = [];
  }
  /** A CONNECT got no answer: the broker may have begun a new session on it, in which a PUBCOMP promises nothing. */
  doubt() {
    for (const exchange of this.#released.values()) exchange.inDoubt = true;
  }
  publish(message) {
    if (message.qos === 0) return this.#publishAtMostOnce(message);
    this.#waiting.push(message);
    return this.#writeMore();
  }
  /** The client has ended: nothing gets an outcome any more. */
  abandon() {
    const messages = [
      ...this.#waiting.splice(0),
      ...[...this.#published.values(), ...this.#released.values()].map(({ message }) => message)
    ];
    this.#published.clear();
    this.#released.clear();
    this.#again = [];
    return messages.map((message) => ({ type: "outcome", message, outcome: { kind: "abandoned" } }));
  }
  puback(id, reasonCode) {
    const exchange = this.#published.get(id);
    if (exchange?.message.qos !== 1) return [];
    return this.#end(exchange, outcomeOf("puback", reasonCode));
  }
  pubrec(id, reasonCode) {
    const exchange = this.#published.get(id);
    if (exchange?.message.qos !== 2) {
      if (reasonCode >= 128) return [];
      return [this.#release(id, this.#released.has(id) ? 0 : 146)];
    }
    if (reasonCode >= 128) return this.#end(exchange, outcomeOf("pubrec", reasonCode));
    this.#published.delete(id);
    this.#again = this.#again.filter((other) => other !== exchange);
    this.#released.set(id, exchange);
    return [this.#release(id)];
  }
  pubcomp(id, reasonCode) {
    const exchange = this.#released.get(id);
    if (exchange === void 0) return [];
    const isForgotten = reasonCode >= 128 || exchange.inDoubt === true;
    return this.#end(exchange, isForgotten ? { kind: "forgotten" } : { kind: "acknowledged", reasonCode });
  }
  #end(exchange, outcome) {
    return [...this.#settle(exchange, outcome), ...this.#writeMore()];
  }
  #settle(exchange, outcome) {
    this.#published.delete(exchange.packetId);
    this.#released.delete(exchange.packetId);
    if (this.#again.length > 0) this.#again = this.#again.filter((other) => other !== exchange);
    this.#identifiers.free(exchange.packetId);
    return [{ type: "outcome", message: exchange.message, outcome }];
  }
  #release(id, reasonCode = 0) {
    this.#answers.asked("pubcomp", id);
    return {
      type: "acknowledge",
      packet: { cmd: "pubrel", messageId: id, ...this.#version === 5 ? { reasonCode } : {} }
    };
  }
  #publishAtMostOnce(message) {
    const why = this.#online ? this.#refusal(message) : "not connected";
    if (why !== void 0) return [{ type: "outcome", message, outcome: { kind: "not sent", why } }];
    const written = { type: "publish", packet: publishOf(message, 0, false), message, exchange: void 0 };
    return [written, { type: "outcome", message, outcome: { kind: "acknowledged", reasonCode: 0 } }];
  }
  /** First what was written before, then what waits. */
  #writeMore() {
    const outputs = [];
    while (this.#online) {
      const inFlight = this.#published.size - this.#again.length + this.#released.size;
      const next = this.#again[0];
      if (next !== void 0) {
        if (inFlight >= this.#limits.receiveMaximum) break;
        this.#again.shift();
        const why2 = this.#refusal(next.message);
        if (why2 === void 0) outputs.push(this.#write(next));
        else outputs.push(...this.#settle(next, { kind: "abandoned" }));
        continue;
      }
      const message = this.#waiting[0];
      if (message === void 0 || inFlight >= this.#quota) break;
      const why = this.#refusal(message);
      const packetId = why === void 0 ? this.#identifiers.take() : 0;
      if (packetId === void 0) break;
      this.#waiting.shift();
      if (why !== void 0) {
        outputs.push({ type: "outcome", message, outcome: { kind: "not sent", why } });
        continue;
      }
      const exchange = { message, packetId, writes: 0 };
      this.#published.set(packetId, exchange);
      outputs.push(this.#write(exchange));
    }
    return outputs;
  }
  #write(exchange) {
    const { message, packetId } = exchange;
    this.#answers.asked(message.qos === 1 ? "puback" : "pubrec", packetId);
    const dup = exchange.writes > 0 && this.#resumed;
    return { type: "publish", packet: publishOf(message, packetId, dup), message, exchange };
  }
  #refusal(message) {
    if (message.qos > this.#limits.maximumQos) return "qos not available";
    if (message.retain && !this.#limits.retainAvailable) return "retain not available";
    const { maximumPacketSize } = this.#limits;
    if (Number.isFinite(maximumPacketSize) && encode(publishOf(message, 1, false), this.#version).length > maximumPacketSize)
      return "packet too large";
    return void 0;
  }
};
function publishOf(message, messageId, dup) {
  const { topic, payload, qos, retain = false, properties: properties2 } = message;
  return {
    cmd: "publish",
    topic,
    payload,
    qos,
    dup,
    retain,
    ...qos > 0 ? { messageId } : {},
    ...properties2 ? { properties: properties2 } : {}
  };
}
function outcomeOf(by, reasonCode) {
  return reasonCode >= 128 ? { kind: "refused", by, reasonCode } : { kind: "acknowledged", reasonCode };
}

// src/workload/mqtt/packet-identifiers.ts
var largest = 65535;
var PacketIdentifiers = class {
  #used = /* @__PURE__ */ new Set();
  #last = 0;
  /** The one that is unused for longest, so that a late answer to its last use does not meet the next; undefined while all 65,535 are in use. */
  take() {
    if (this.#used.size === largest) return void 0;
    do
      this.#last = this.#last % largest + 1;
    while (this.#used.has(this.#last));
    this.#used.add(this.#last);
    return this.#last;
  }
  free(id) {
    this.#used.delete(id);
  }
};

// src/workload/mqtt/session.ts
var Session = class {
  #version;
  #topicAliasMaximum;
  #mayBeRetained;
  #identifiers = new PacketIdentifiers();
  #answers = new Answers();
  #outgoing;
  #incoming;
  #requests = /* @__PURE__ */ new Map();
  /** Of this connection [MQTT-3.3.2-7]. */
  #aliases = /* @__PURE__ */ new Map();
  /** An earlier connection of this client was accepted. */
  #exists = false;
  #online = false;
  constructor(options) {
    this.#version = options.version;
    this.#topicAliasMaximum = options.topicAliasMaximum;
    this.#mayBeRetained = options.mayBeRetained;
    const parts = { version: options.version, identifiers: this.#identifiers, answers: this.#answers };
    this.#outgoing = new Outgoing({ ...parts, window: options.window, publishesAgain: options.publishesAgain });
    this.#incoming = new Incoming(options);
  }
  /** Messages that were handed over and have no outcome yet. */
  get unsettled() {
    return this.#outgoing.unsettled;
  }
  /** How many messages of QoS 1 and 2 would be written at once. */
  get freeSlots() {
    return this.#outgoing.freeSlots;
  }
  /** CONNACK has let the client in: with `sessionPresent` unless it asked for a clean session. */
  begin(sessionPresent, connack) {
    const session = !sessionPresent ? "new" : this.#exists ? "kept" : "older";
    if (session !== "kept") this.#answers.begin(session);
    this.#exists = true;
    this.#online = true;
    this.#aliases.clear();
    this.#incoming.begin(session);
    return this.#outgoing.begin(sessionPresent, this.#version === 5 ? limitsOf(connack) : noLimits);
  }
  /** The connection is gone. What was subscribed to without an answer is over; messages wait for the next connection. */
  suspend() {
    this.#online = false;
    this.#outgoing.suspend();
    const outputs = [];
    for (const [id, { request }] of this.#requests) {
      this.#identifiers.free(id);
      outputs.push({ type: "answer", request, codes: void 0 });
    }
    this.#requests.clear();
    return outputs;
  }
  /** Nothing is to be written until `resume`, though the connection is there. */
  hold() {
    this.#online = false;
    this.#outgoing.hold();
  }
  resume() {
    this.#online = true;
    return this.#outgoing.resume();
  }
  /** A CONNECT got no answer: the broker may have begun a new session on it. */
  doubt() {
    this.#outgoing.doubt();
    this.#incoming.doubt();
  }
  /** The client has ended. */
  abandon() {
    return [...this.suspend(), ...this.#outgoing.abandon()];
  }
  publish(message) {
    return this.#outgoing.publish(message);
  }
  subscribe(request) {
    return this.#ask({ answer: "suback", request }, (messageId) => ({
      cmd: "subscribe",
      messageId,
      subscriptions: request.filters,
      ...request.properties ? { properties: request.properties } : {}
    }));
  }
  unsubscribe(request) {
    return this.#ask({ answer: "unsuback", request }, (messageId) => ({
      cmd: "unsubscribe",
      messageId,
      unsubscriptions: [...request.filters],
      ...request.properties ? { properties: request.properties } : {}
    }));
  }
  /** The packets that follow were read after all that was sent before. */
  chunk() {
    this.#incoming.chunk();
  }
  /** An acknowledgement was sent. */
  sent(packet) {
    this.#incoming.sent(packet);
  }
  /** A packet came after CONNACK. */
  receive(packet) {
    const id = packet.messageId ?? 0;
    const reasonCode = "reasonCode" in packet ? packet.reasonCode ?? 0 : 0;
    switch (packet.cmd) {
      case "publish":
        return this.#receivePublish(packet);
      case "pubrel":
        return this.#incoming.pubrel(id);
      case "puback":
        return [...this.#checkAnswer("puback", id), ...this.#outgoing.puback(id, reasonCode)];
      case "pubrec":
        return [...this.#checkPubrec(id), ...this.#outgoing.pubrec(id, reasonCode)];
      case "pubcomp":
        return [...this.#checkAnswer("pubcomp", id), ...this.#outgoing.pubcomp(id, reasonCode)];
      case "suback":
        return [...this.#checkAnswer("suback", id), ...this.#receiveAnswer("suback", id, packet.granted)];
      case "unsuback":
        return [...this.#checkAnswer("unsuback", id), ...this.#receiveAnswer("unsuback", id, packet.granted)];
      default:
        return [];
    }
  }
  #ask(asked, packetOf) {
    const id = this.#online ? this.#identifiers.take() : void 0;
    if (id === void 0) return [{ type: "answer", request: asked.request, codes: void 0 }];
    this.#requests.set(id, asked);
    this.#answers.asked(asked.answer, id);
    return [{ type: "request", packet: packetOf(id) }];
  }
  #checkAnswer(answer, id) {
    const finding = this.#answers.answered(answer, id);
    return finding ? [{ type: "breach", finding }] : [];
  }
  /** A broker may say PUBREC again on a new connection (mosquitto does): it has the packet identifier of a PUBLISH that is in flight. */
  #checkPubrec(id) {
    const isInFlight = this.#outgoing.isExactlyOnce(id);
    const breaches = this.#checkAnswer("pubrec", id);
    return isInFlight ? [] : breaches;
  }
  #receiveAnswer(answer, id, codes) {
    const asked = this.#requests.get(id);
    if (asked?.answer !== answer) return [];
    this.#requests.delete(id);
    this.#identifiers.free(id);
    const { request } = asked;
    const count = request.filters.length;
    if (answer === "unsuback" && this.#version !== 5)
      return [{ type: "answer", request, codes: new Array(count).fill(0) }];
    const given = codes ?? [];
    if (given.length === count) return [{ type: "answer", request, codes: given }];
    const finding = {
      clause: answer === "suback" ? clause("MQTT-3.8.4-5", "MQTT-3.8.4-6") : clause(null, "MQTT-3.11.3-2"),
      what: `sent ${answer.toUpperCase()} with ${given.length} codes for ${count} topic filters`
    };
    const padded = request.filters.map((_, i) => given[i] ?? 128);
    return [
      { type: "breach", finding },
      { type: "answer", request, codes: padded }
    ];
  }
  #receivePublish(packet) {
    const { topic, breaches } = this.#topicOf(packet);
    if (topic === void 0) return breaches;
    const delivery = {
      topic,
      payload: Buffer.isBuffer(packet.payload) ? packet.payload : Buffer.from(packet.payload),
      qos: packet.qos,
      dup: packet.dup,
      retain: packet.retain,
      packetId: packet.qos > 0 ? packet.messageId : void 0,
      properties: packet.properties
    };
    return [...breaches, ...this.#wronglyRetained(packet), ...this.#incoming.publish(delivery)];
  }
  /** RETAIN = 1 says that a new subscription was sent what the broker had kept. What was published with RETAIN = 0 is never kept. */
  #wronglyRetained({ retain }) {
    if (!retain || this.#mayBeRetained) return [];
    const what = "sent with RETAIN = 1 a message that was published with RETAIN = 0";
    return [{ type: "breach", finding: { clause: clause("MQTT-3.3.1-9", "MQTT-3.3.1-12"), what } }];
  }
  /** The topic name, by its alias where it has one (MQTT 5 section 3.3.2.3.4). */
  #topicOf({ topic, properties: properties2 }) {
    const alias = properties2?.topicAlias;
    if (alias === void 0) return { topic, breaches: [] };
    const breaches = [];
    if (alias > this.#topicAliasMaximum)
      breaches.push({
        type: "breach",
        finding: {
          clause: clause(null, this.#topicAliasMaximum === 0 ? "MQTT-3.1.2-27" : "MQTT-3.1.2-26"),
          what: `sent the topic alias ${alias}, where Topic Alias Maximum is ${this.#topicAliasMaximum}`
        }
      });
    if (topic !== "") {
      this.#aliases.set(alias, topic);
      return { topic, breaches };
    }
    const known = this.#aliases.get(alias);
    if (known === void 0)
      breaches.push({
        type: "breach",
        finding: {
          clause: clause(null, "3.3.2.3.4"),
          what: `sent the topic alias ${alias}, which no earlier PUBLISH of this connection gave a topic name`
        }
      });
    return { topic: known, breaches };
  }
};
function connackFinding(connack, cleanStart) {
  const code = connack.reasonCode ?? connack.returnCode ?? 0;
  if (!connack.sessionPresent || !cleanStart || code !== 0) return void 0;
  return {
    clause: clause("MQTT-3.2.2-1", "MQTT-3.2.2-2"),
    what: "accepted a connection with a clean session and said that a session is present"
  };
}
var secondConnack = {
  clause: clause("3.2", "MQTT-3.2.0-2"),
  what: "sent CONNACK twice on one connection"
};
var beforeConnack = { clause: both("MQTT-3.2.0-1"), what: "sent another packet before CONNACK" };
function limitsOf({ properties: properties2 }) {
  return {
    receiveMaximum: properties2?.receiveMaximum || noLimits.receiveMaximum,
    maximumPacketSize: properties2?.maximumPacketSize || noLimits.maximumPacketSize,
    maximumQos: properties2?.maximumQoS ?? noLimits.maximumQos,
    retainAvailable: properties2?.retainAvailable ?? noLimits.retainAvailable
  };
}

// src/workload/mqtt/client.ts
var connackWithinMs = 3e3;
var attemptsApartMs = 250;
var closeWithinMs = 500;
var Client = class {
  #options;
  #on;
  #nowMs;
  #session;
  #closing = /* @__PURE__ */ new Map();
  #older = /* @__PURE__ */ new Set();
  #waitingForClose = /* @__PURE__ */ new Set();
  #watchers = /* @__PURE__ */ new Set();
  #lastError = "no answer";
  #link;
  #endpoint = 0;
  #nextCleanStart;
  #attempts = 0;
  #attemptMs = Number.NEGATIVE_INFINITY;
  #connections = 0;
  #sessionPresent = false;
  #wanted = false;
  #over = false;
  #retry;
  /** The packet that is looked at. */
  #current = { bytes: Buffer.alloc(0), atMs: 0 };
  #onAbort = () => this.#endNow();
  constructor(options) {
    this.#options = options;
    this.#on = options.on ?? {};
    this.#nowMs = options.nowMs ?? systemClock.nowMs;
    const [{ version }] = options.endpoints;
    if (options.endpoints.some((endpoint) => endpoint.version !== version))
      throw new RangeError("the endpoints of one client are of two MQTT versions");
    this.#session = new Session({
      version,
      window: options.window ?? 100,
      receiveMaximum: options.receiveMaximum ?? 65535,
      topicAliasMaximum: options.topicAliasMaximum ?? 0,
      publishesAgain: options.publishesAgain ?? true,
      mayBeRetained: options.mayBeRetained ?? false
    });
    options.signal?.addEventListener("abort", this.#onAbort, { once: true });
    if (options.signal?.aborted) this.#endNow();
  }
  /** CONNACK has let it in, and the connection is there and not silent. */
  get isOnline() {
    return this.#link?.phase === "online" && !this.#link.silent;
  }
  /** It connects, or tries to, until it is told otherwise. */
  get isWanted() {
    return this.#wanted;
  }
  /** Messages that were handed over and have no outcome yet. */
  get unsettled() {
    return this.#session.unsettled;
  }
  /** How many messages of QoS 1 and 2 would be written at once. */
  get freeSlots() {
    return this.#session.freeSlots;
  }
  /** The connections, other than the current one, that are still open. */
  get openConnections() {
    return this.#older.size + this.#closing.size;
  }
  /**
   * Connects, and stays connected. A connection that is there already stays open as an older one, silent if it was: the broker has to close
   * it [MQTT-3.1.4-2, MQTT 5: -3]. `cleanStart` holds until CONNACK lets the client in.
   */
  connect(how = {}) {
    if (this.#over) return;
    if (how.endpoint !== void 0) this.moveTo(how.endpoint);
    this.#nextCleanStart = how.cleanStart;
    this.#wanted = true;
    const link = this.#link;
    if (link?.phase === "online") this.#older.add(link);
    else link?.connection.destroy();
    if (link) this.#detach(link, "superseded");
    this.#dial();
  }
  /** The next connection goes to that endpoint of the list. */
  moveTo(endpoint) {
    if (this.#options.endpoints[endpoint] === void 0) throw new RangeError(`no endpoint ${endpoint}`);
    this.#endpoint = endpoint;
  }
  /** Resolves at the next CONNACK that lets it in, at once when it is online; rejects after `withinMs`, on a refusal and on abort. */
  whenConnected(withinMs, signal) {
    if (this.isOnline) return Promise.resolve({ sessionPresent: this.#sessionPresent });
    return new Promise((resolve, reject) => {
      const settle = (act) => {
        clearTimeout(timer);
        this.#watchers.delete(watcher);
        signal?.removeEventListener("abort", onAbort);
        act();
      };
      const watcher = (news) => settle(() => news instanceof Error ? reject(news) : resolve(news));
      const onAbort = () => settle(() => reject(signal?.reason));
      const timer = setTimeout(
        () => watcher(new Error(`no CONNACK within ${withinMs} ms (${this.#lastError})`)),
        withinMs
      );
      this.#watchers.add(watcher);
      signal?.addEventListener("abort", onAbort, { once: true });
      if (this.#over) watcher(new Error("the client has ended"));
      else if (signal?.aborted) onAbort();
    });
  }
  /** QoS 0 needs a connection. QoS 1 and 2 wait for a place in the window. */
  publish(message) {
    if (this.#over) message.onOutcome?.({ kind: "abandoned" });
    else this.#run(this.#session.publish(message));
  }
  subscribe(request) {
    this.#run(this.#session.subscribe(request));
  }
  unsubscribe(request) {
    this.#run(this.#session.unsubscribe(request));
  }
  /** Sends the acknowledgements of this connection that were withheld, in their order. */
  releaseAcknowledgements() {
    for (const packet of this.#link?.withheld.splice(0) ?? []) this.#acknowledge(packet);
  }
  /** Ends the connection with DISCONNECT, and stays away until `connect`. Resolves when it is closed, at the latest after half a second. */
  leave(how = {}) {
    this.#stayAway();
    const link = this.#link;
    if (link) this.#part(link, "left", how);
    return this.#closedAll();
  }
  /** Destroys the connection, without a word. */
  drop(how = { comeBack: true }) {
    if (!how.comeBack) this.#stayAway();
    const link = this.#link;
    if (!link) return;
    link.connection.destroy();
    this.#lost(link, "dropped");
  }
  /** Neither reads nor writes any more; the socket stays open. `comeBack`, `connect` and `drop` end it. */
  goSilent() {
    const link = this.#link;
    if (link?.phase !== "online") return;
    link.silent = true;
    link.connection.pause();
    this.#session.hold();
  }
  /** Goes on with the connection on which it was silent. */
  comeBack() {
    const link = this.#link;
    if (!link?.silent) return;
    link.silent = false;
    link.keepAlive = new KeepAlive(link.keepAlive.intervalMs, systemClock.nowMs());
    link.connection.resume();
    this.#run(this.#session.resume());
  }
  /** Closes the older connections that `connect` left open. */
  dropOlder() {
    for (const link of this.#older) link.connection.destroy();
    this.#older.clear();
  }
  /** Ends the client for good, with DISCONNECT if it is connected. Always settles, after `withinMs` at the latest. */
  async end(withinMs = closeWithinMs) {
    this.#stayAway();
    const link = this.#link;
    if (link) this.#part(link, "ended");
    this.dropOlder();
    this.#over = true;
    let timer;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, withinMs);
    });
    await Promise.race([this.#closedAll(), late]);
    clearTimeout(timer);
    this.#endNow();
  }
  /**
   * Ends the client for good, and takes its session off the broker by a connection with Clean Session or Clean Start 1 [MQTT-3.1.2-6, MQTT 5: -4].
   * Nothing that is unacknowledged is sent again, and of that connection only breaches are told. Gives up silently after `withinMs`.
   */
  async endSession(withinMs = 1e3) {
    await this.leave();
    this.#run(this.#session.abandon());
    const { breach } = this.#on;
    this.#on = breach ? { breach } : {};
    this.connect({ cleanStart: true });
    await this.whenConnected(withinMs).catch(() => {
    });
    const link = this.#link;
    this.#stayAway();
    if (link) this.#part(link, "ended", { sessionExpirySeconds: 0 });
    await this.end();
  }
  #endNow() {
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
    this.#stayAway();
    this.#over = true;
    const link = this.#link;
    if (link) {
      link.connection.destroy();
      this.#lost(link, "ended");
    }
    this.dropOlder();
    for (const [connection, timer] of this.#closing) {
      clearTimeout(timer);
      connection.destroy();
    }
    this.#closing.clear();
    this.#toldClosed();
    this.#run(this.#session.abandon());
    for (const watcher of [...this.#watchers]) watcher(new Error("the client has ended"));
  }
  #stayAway() {
    this.#wanted = false;
    clearTimeout(this.#retry);
    this.#retry = void 0;
  }
  /** Begins an attempt, unless one is under way or a connection that was ended has not closed: the broker might take them in another order. */
  #dial() {
    clearTimeout(this.#retry);
    this.#retry = void 0;
    if (!this.#wanted || this.#link || this.#closing.size > 0) return;
    const endpoint = this.#options.endpoints[this.#endpoint];
    this.#attemptMs = systemClock.nowMs();
    const connection = new Connection(
      {
        address: endpoint,
        version: endpoint.version,
        maximumPacketSize: this.#options.maximumPacketSize ?? Number.POSITIVE_INFINITY,
        nowMs: this.#nowMs
      },
      {
        open: () => this.#sendConnect(link),
        chunk: () => {
          if (link === this.#link) this.#session.chunk();
        },
        packet: (packet, bytes, atMs) => this.#receive(link, packet, bytes, atMs),
        breach: (breach) => this.#on.breach?.(breach),
        unreadable: () => this.#cannotRead(link),
        closed: (error) => this.#onClosed(link, error)
      }
    );
    const link = {
      connection,
      attempt: ++this.#attempts,
      endpoint,
      cleanStart: this.#nextCleanStart ?? this.#options.session === "clean",
      phase: "opening",
      silent: false,
      keepAlive: new KeepAlive(0, systemClock.nowMs()),
      connackTimer: setTimeout(() => {
        connection.destroy();
        this.#lost(link, "no CONNACK");
      }, connackWithinMs),
      careTimer: void 0,
      withheld: []
    };
    this.#link = link;
  }
  #sendConnect(link) {
    if (link !== this.#link) return;
    link.phase = "asked";
    this.#send(
      link,
      this.#connectPacket(link),
      (atMs) => this.#on.connecting?.({ attempt: link.attempt, endpoint: link.endpoint, atMs })
    );
  }
  #connectPacket({ endpoint, attempt, cleanStart }) {
    const { clientId, will: will2, keepAliveSeconds: keepAliveSeconds3 = 5, session, sessionExpirySeconds = 3600 } = this.#options;
    const { receiveMaximum, maximumPacketSize, topicAliasMaximum } = this.#options;
    const itsWill = will2?.(attempt);
    return {
      cmd: "connect",
      protocolId: "MQTT",
      protocolVersion: endpoint.version,
      clientId,
      clean: cleanStart,
      keepalive: keepAliveSeconds3,
      ...endpoint.username === void 0 ? {} : { username: endpoint.username },
      ...endpoint.password === void 0 ? {} : { password: Buffer.from(endpoint.password) },
      ...itsWill ? { will: itsWill } : {},
      ...endpoint.version === 5 ? {
        properties: {
          ...session === "persistent" ? { sessionExpiryInterval: sessionExpirySeconds } : {},
          ...receiveMaximum === void 0 ? {} : { receiveMaximum },
          ...maximumPacketSize === void 0 ? {} : { maximumPacketSize },
          ...topicAliasMaximum === void 0 ? {} : { topicAliasMaximum }
        }
      } : {}
    };
  }
  #receive(link, packet, bytes, atMs) {
    if (link !== this.#link) {
      if (this.#older.has(link)) this.#on.olderReceived?.(packet, link.attempt, atMs);
      return;
    }
    this.#current = { bytes, atMs };
    this.#on.received?.(packet, atMs);
    if (link !== this.#link) return;
    if (packet.cmd === "connack") this.#receiveConnack(link, packet, atMs);
    else if (link.phase !== "online") this.#breach(tooEarly(packet));
    else if (packet.cmd !== "disconnect") this.#run(this.#session.receive(packet));
    else if (link.endpoint.version === 5) {
      link.connection.destroy();
      this.#lost(link, "DISCONNECT", { reasonCode: packet.reasonCode ?? 0 });
    }
  }
  #receiveConnack(link, connack, atMs) {
    if (link.phase === "online") {
      this.#breach(secondConnack);
      return;
    }
    const finding = connackFinding(connack, link.cleanStart);
    if (finding) this.#breach(finding);
    const code = connack.reasonCode ?? connack.returnCode ?? 0;
    if (code !== 0) {
      this.#on.refused?.({ attempt: link.attempt, code, atMs });
      this.#lastError = `the broker refused the connection with code ${code}`;
      link.connection.destroy();
      this.#lost(link, "refused");
      for (const watcher of [...this.#watchers]) watcher(new Error(this.#lastError));
      return;
    }
    clearTimeout(link.connackTimer);
    link.phase = "online";
    this.#nextCleanStart = void 0;
    this.#sessionPresent = connack.sessionPresent && !link.cleanStart;
    this.#connections++;
    this.#careFor(link, connack.properties?.serverKeepAlive ?? this.#options.keepAliveSeconds ?? 5);
    const { attempt, endpoint } = link;
    const [connection, sessionPresent] = [this.#connections, this.#sessionPresent];
    const accepted = { attempt, connection, endpoint, sessionPresent, connack, atMs };
    this.#on.connected?.(accepted);
    if (link !== this.#link) return;
    this.#run(this.#session.begin(sessionPresent, connack));
    if (link !== this.#link) return;
    this.#on.online?.(accepted);
    for (const watcher of [...this.#watchers]) watcher({ sessionPresent });
  }
  #careFor(link, keepAliveSeconds3) {
    link.keepAlive = new KeepAlive(keepAliveSeconds3 * 1e3, systemClock.nowMs());
    if (keepAliveSeconds3 === 0) return;
    const look = () => {
      if (link !== this.#link || link.silent) return;
      const care = link.keepAlive.look(systemClock.nowMs(), link.connection.activity);
      if (care === "ping") this.#send(link, { cmd: "pingreq" });
      if (care === "give up") {
        link.connection.destroy();
        this.#lost(link, "keep alive");
      }
    };
    link.careTimer = setInterval(() => setImmediate(look), link.keepAlive.everyMs);
  }
  #cannotRead(link) {
    if (this.#older.delete(link)) link.connection.destroy();
    if (link !== this.#link) return;
    if (link.endpoint.version === 5 && link.phase === "online") this.#part(link, "unreadable", { reasonCode: 129 });
    else {
      link.connection.destroy();
      this.#lost(link, "unreadable");
    }
  }
  #onClosed(link, error) {
    if (error) this.#lastError = error.message;
    const closing = this.#closing.get(link.connection);
    if (closing !== void 0) {
      clearTimeout(closing);
      this.#closing.delete(link.connection);
      this.#toldClosed();
      this.#dial();
    } else if (this.#older.delete(link)) this.#on.olderClosed?.(link.attempt, this.#nowMs());
    else if (link === this.#link)
      this.#lost(link, link.phase === "opening" ? "could not connect" : "closed by the broker", { error });
  }
  /** Ends the connection with DISCONNECT if it is online and not silent; the socket closes in its own time. */
  #part(link, reason, how = {}) {
    const { connection } = link;
    if (link.phase !== "online" || link.silent) {
      connection.destroy();
      this.#lost(link, reason);
      return;
    }
    const { reasonCode = 0, sessionExpirySeconds } = how;
    const properties2 = sessionExpirySeconds === void 0 ? {} : { sessionExpiryInterval: sessionExpirySeconds };
    this.#send(link, { cmd: "disconnect", ...link.endpoint.version === 5 ? { reasonCode, properties: properties2 } : {} });
    this.#closing.set(
      connection,
      setTimeout(() => connection.destroy(), closeWithinMs)
    );
    connection.finish();
    this.#lost(link, reason);
  }
  /** The link is no longer the current one. */
  #detach(link, reason, more = {}) {
    if (link !== this.#link) return;
    this.#link = void 0;
    clearTimeout(link.connackTimer);
    clearInterval(link.careTimer);
    if (link.phase === "asked" && reason !== "refused") this.#session.doubt();
    const { attempt, connection } = link;
    this.#on.closed?.({
      attempt,
      wasAccepted: link.phase === "online",
      reason,
      reasonCode: more.reasonCode,
      error: more.error,
      atMs: this.#nowMs(),
      lastHeardMs: connection.lastHeardMs
    });
    this.#run(this.#session.suspend());
  }
  #lost(link, reason, more = {}) {
    if (link !== this.#link) return;
    this.#detach(link, reason, more);
    if (!this.#wanted || this.#link || this.#retry !== void 0) return;
    const { nextEndpoint } = this.#options;
    if (nextEndpoint && reason !== "dropped") this.moveTo(nextEndpoint(this.#endpoint, link.phase === "online"));
    const waitMs = Math.max(0, this.#attemptMs + attemptsApartMs - systemClock.nowMs());
    this.#retry = setTimeout(() => this.#dial(), waitMs);
  }
  /** Does what the session wants done, in its order. */
  #run(outputs) {
    const link = this.#link;
    for (const output of outputs) {
      switch (output.type) {
        case "publish":
          this.#write(link, output);
          break;
        case "request":
          this.#send(link, output.packet);
          break;
        case "acknowledge":
          if (link !== this.#link || !link) break;
          if (this.#on.acknowledging?.(output.packet) === "withhold") link.withheld.push(output.packet);
          else this.#acknowledge(output.packet);
          break;
        case "outcome":
          output.message.onOutcome?.(output.outcome);
          break;
        case "answer":
          output.request.onAnswer?.(output.codes);
          break;
        case "arrived":
          this.#on.arrived?.(output.delivery, output.again, this.#current.atMs);
          break;
        case "deliver":
          this.#on.message?.(output.delivery, this.#current.atMs);
          break;
        case "breach":
          this.#breach(output.finding);
      }
    }
  }
  #write(link, { packet, message, exchange }) {
    this.#send(link, packet, (atMs) => {
      const again = exchange !== void 0 && exchange.writes > 0;
      if (exchange) exchange.writes++;
      const { messageId: packetId = 0 } = packet;
      message.onWritten?.({
        packetId,
        again,
        sessionPresent: this.#sessionPresent,
        connection: this.#connections,
        atMs
      });
    });
  }
  #acknowledge(packet) {
    this.#send(this.#link, packet, () => this.#session.sent(packet));
  }
  /** Sends it if that is the current connection still, and tells when. */
  #send(link, packet, sent) {
    if (link === void 0 || link !== this.#link || link.connection.isClosed) return;
    const atMs = link.connection.send(packet);
    sent?.(atMs);
    this.#on.sent?.(packet, atMs);
  }
  #breach(finding) {
    const { bytes, atMs } = this.#current;
    const [{ version }] = this.#options.endpoints;
    this.#on.breach?.({ ...finding, version, bytesHex: evidenceOf(bytes), atMs });
  }
  /** Resolves when every connection that was ended is closed. */
  #closedAll() {
    if (this.#closing.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waitingForClose.add(resolve));
  }
  #toldClosed() {
    if (this.#closing.size > 0) return;
    for (const resolve of this.#waitingForClose) resolve();
    this.#waitingForClose.clear();
  }
};
function tooEarly(packet) {
  if (packet.cmd !== "disconnect") return beforeConnack;
  return { clause: clause(null, "MQTT-3.14.0-1"), what: "sent DISCONNECT before CONNACK" };
}

// src/workload/actor.ts
var askAgainMs = 250;
var Actor = class {
  client;
  presence;
  clientId;
  #options;
  #nowMs;
  #tap;
  #grants;
  #servedSinceMs;
  #connections = 0;
  constructor(context, options) {
    const { at, filters: _, isThrownOut, on, ...rest } = options;
    this.#tap = new WireTap(context.wire, options.clientId, (isOne(at) ? at : at[0]).node, isThrownOut);
    this.#options = options;
    this.#nowMs = context.nowMs;
    this.clientId = options.clientId;
    this.presence = new Presence(context.nowMs());
    this.client = new Client({
      ...rest,
      endpoints: isOne(at) ? [at] : at,
      nowMs: context.nowMs,
      on: {
        ...on,
        connecting: (attempt) => {
          this.presence.attempt(attempt.atMs);
          this.#tap.connecting(attempt);
          on?.connecting?.(attempt);
        },
        connected: (accepted) => this.#connected(accepted),
        closed: (closed) => this.#closed(closed),
        breach: (breach) => {
          this.#tap.breach(breach);
          on?.breach?.(breach);
        }
      }
    });
  }
  /** CONNACK has let it in, and what it subscribes to was granted. */
  get isServed() {
    return this.#servedSinceMs !== void 0;
  }
  /** Since when it has been served without a break; undefined while it is not. */
  get servedSinceMs() {
    return this.#servedSinceMs;
  }
  /** Accepted connections so far. */
  get connections() {
    return this.#connections;
  }
  /** What the broker granted last, by filter; undefined before. */
  get grants() {
    return this.#grants;
  }
  connect() {
    this.client.connect();
  }
  /** Disconnects for good, and takes a persistent session off the broker. */
  async end() {
    await (this.#options.session === "persistent" ? this.client.endSession() : this.client.end());
  }
  #connected(accepted) {
    const { filters = [], on } = this.#options;
    this.#connections++;
    this.#tap.connected(accepted);
    on?.connected?.(accepted);
    if (filters.length === 0 || accepted.sessionPresent && this.#grants !== void 0) {
      this.#serve(this.#grants ?? [], false, accepted.atMs);
      return;
    }
    this.presence.enter("connected", accepted.atMs);
    queueMicrotask(() => this.#subscribe(accepted.connection));
  }
  #subscribe(connection) {
    const { filters = [] } = this.#options;
    this.client.subscribe({
      filters: filters.map(({ topic, qos }) => ({ topic, qos })),
      onAnswer: (codes) => this.#answered(codes, connection)
    });
  }
  #answered(codes, connection) {
    if (codes === void 0) return;
    if (codes.some((code) => code >= 128)) {
      this.#options.on?.filterRefused?.(codes);
      setTimeout(() => {
        if (this.client.isOnline && this.#connections === connection) this.#subscribe(connection);
      }, askAgainMs).unref();
      return;
    }
    this.#serve(codes, true, this.#nowMs());
  }
  #serve(grants, fresh, atMs) {
    this.#grants = grants;
    this.#servedSinceMs = atMs;
    this.presence.enter("serving", atMs);
    this.#options.on?.served?.(grants, fresh, atMs);
  }
  #closed(closed) {
    this.#servedSinceMs = void 0;
    this.presence.enter("disconnected", closed.atMs);
    this.#tap.closed(closed);
    this.#options.on?.closed?.(closed);
  }
};
function isOwnEnd(reason) {
  return reason === "left" || reason === "dropped" || reason === "superseded" || reason === "ended";
}
function standingOf(actors, nowMs2, more) {
  const presences = [...actors].filter(({ client }) => client.isWanted).map(({ presence }) => presence);
  return {
    outstanding: 0,
    unsettled: 0,
    lastMovedMs: 0,
    ...more,
    absentSinceMs: presences.flatMap((presence) => presence.absentSinceMs(nowMs2) ?? []),
    arriving: presences.filter((presence) => presence.stage === "serving" && presence.absentSinceMs(nowMs2) !== null).length
  };
}
function headerOf({ payload }, run) {
  const decoded = decodePayload(payload);
  return decoded.ok && decoded.header.run === run ? decoded.header : void 0;
}
async function untilAll(isSo, options) {
  const { nowMs: nowMs2, withinMs, missing } = options;
  for (const deadlineMs = nowMs2() + withinMs; !isSo(); await sleep(20)) {
    if (nowMs2() > deadlineMs) throw new Error(missing());
  }
}
function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
function isOne(at) {
  return !Array.isArray(at);
}

// src/workload/one-server.ts
function isOneServer({ groupsSpan }) {
  return groupsSpan?.available !== false;
}

// src/workload/flows/expiry/expiry.ts
var [shortSeconds, longSeconds, awayMs] = [1, 60, 4e3];
var onlineMs = 500;
var answerWithinMs = 3e3;
var expiry = {
  name: "expiry",
  summary: "messages and sessions that expire while their subscriber is away, and some that do not (MQTT 5)",
  unavailable({ features }) {
    if (!features.mqtt5.available) return `the broker has no MQTT 5: ${features.mqtt5.seen}`;
    return features.persistentSessions.available ? void 0 : `the broker keeps no sessions: ${features.persistentSessions.seen}`;
  },
  open: (context) => new Expiry(context)
};
var Expiry = class {
  #context;
  #absentees;
  constructor(context) {
    this.#context = context;
    const endpoints = context.endpoints.map((endpoint) => ({ ...endpoint, version: 5 }));
    const next = (index) => endpoints[(index + 1) % endpoints.length];
    this.#absentees = endpoints.map(
      (at, index) => new Absentee(context, { index, at, publishedAt: isOneServer(context.features) ? next(index) : at })
    );
  }
  get watched() {
    return this.#absentees.length;
  }
  async warmUp(withinMs) {
    const { nowMs: nowMs2 } = this.#context;
    for (const absentee of this.#absentees) absentee.connect();
    await untilAll(() => this.#actors().every(({ isServed }) => isServed), {
      ...{ withinMs, nowMs: nowMs2 },
      missing: () => `the clients that wait for expired messages were not subscribed within ${withinMs} ms`
    });
    return [];
  }
  start() {
    for (const absentee of this.#absentees) absentee.start();
  }
  stop() {
    for (const absentee of this.#absentees) absentee.stop();
  }
  standing(nowMs2) {
    return standingOf(this.#actors(), nowMs2, {
      unsettled: this.#absentees.filter(({ isAway }) => isAway).length,
      lastMovedMs: Math.max(0, ...this.#absentees.map(({ lastMovedMs }) => lastMovedMs))
    });
  }
  finish() {
    const isStruck = (fromMs, toMs) => this.#context.faults.any(fromMs, toMs);
    return {
      messages: this.#absentees.flatMap((absentee) => absentee.messages(isStruck)),
      sessions: this.#absentees.flatMap((absentee) => absentee.sessions(isStruck))
    };
  }
  async end() {
    this.stop();
    await Promise.all(this.#actors().map((actor) => actor.end()));
  }
  #actors() {
    return this.#absentees.flatMap(({ actors }) => actors);
  }
};
var Absentee = class {
  #context;
  #index;
  #node;
  #publishedAt;
  #topic;
  #subscriber;
  #shortLived;
  #publisher;
  #stored = [];
  #sessions = [];
  #stopped = new AbortController();
  #away;
  #returning;
  #sequence = 0;
  #lastMovedMs = 0;
  constructor(context, { index, at, publishedAt }) {
    this.#context = context;
    this.#index = index;
    this.#node = at.node;
    this.#publishedAt = publishedAt.node;
    const { prefix, run } = context;
    this.#topic = `${prefix}/stored-${index + 1}`;
    this.#subscriber = new Actor(context, {
      clientId: `${prefix}-absentee-${index + 1}`,
      ...{ at, session: "persistent", filters: [{ topic: this.#topic, qos: 1 }] },
      on: {
        connecting: ({ atMs }) => {
          for (const stored of this.#stored) if (stored.returnedMs === 0) stored.returnedMs = atMs;
        },
        connected: ({ sessionPresent, connection }) => {
          if (!sessionPresent && connection > 1) this.#loseSession();
        },
        message: (delivery, atMs) => {
          const header = headerOf(delivery, run);
          if (header?.flow !== index) return;
          this.#lastMovedMs = atMs;
          const stored = this.#stored.find(({ sequence }) => sequence === header.sequence);
          const remainingSeconds = delivery.properties?.messageExpiryInterval ?? null;
          if (stored) stored.delivery ??= { atMs, remainingSeconds };
        }
      }
    });
    this.#shortLived = new Actor(context, {
      clientId: `${prefix}-short-lived-${index + 1}`,
      ...{ at, session: "persistent", sessionExpirySeconds: shortSeconds },
      on: {
        connecting: ({ atMs }) => {
          if (!this.#returning) return;
          this.#returning.attempts++;
          this.#returning.returnedMs ??= atMs;
        },
        connected: ({ sessionPresent, atMs }) => this.#returned(sessionPresent, atMs)
      }
    });
    this.#publisher = new Actor(context, {
      clientId: `${prefix}-stored-publisher-${index + 1}`,
      ...{ at: publishedAt, session: "clean" }
    });
  }
  get actors() {
    return [this.#subscriber, this.#shortLived, this.#publisher];
  }
  get isAway() {
    return this.#away !== void 0;
  }
  get lastMovedMs() {
    return this.#lastMovedMs;
  }
  connect() {
    for (const actor of this.actors) actor.connect();
  }
  start() {
    void this.#comeAndGo();
  }
  /** Whoever is away comes back. */
  stop() {
    this.#stopped.abort();
  }
  messages(isStruck) {
    return this.#stored.filter(({ acknowledgedMs, returnedMs }) => acknowledgedMs > 0 && returnedMs > 0).map(({ isBroken, ...message }) => ({
      ...message,
      struck: isBroken || isStruck(message.writtenMs, message.delivery?.atMs ?? message.returnedMs)
    }));
  }
  sessions(isStruck) {
    return this.#sessions.map(({ isBroken, ...session }) => ({
      ...session,
      struck: isBroken || isStruck(session.disconnectedMs, session.connectedMs)
    }));
  }
  /** On and on: away for a while, in which messages are stored, and back. */
  async #comeAndGo() {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      await sleep2(onlineMs, void 0, { signal }).catch(() => {
      });
      if (signal.aborted) return;
      if (!this.#subscriber.isServed || !this.#publisher.isServed) continue;
      await this.#goAway();
      await this.#publish(shortSeconds);
      await this.#publish(longSeconds);
      await sleep2(awayMs, void 0, { signal }).catch(() => {
      });
      this.#comeBack();
    }
  }
  async #goAway() {
    const { nowMs: nowMs2 } = this.#context;
    this.#away = { leftMs: nowMs2(), isBroken: false };
    const hasSession = this.#shortLived.isServed;
    await Promise.all([this.#subscriber.client.leave(), hasSession ? this.#shortLived.client.leave() : void 0]);
    if (hasSession) this.#returning = { disconnectedMs: nowMs2(), returnedMs: void 0, attempts: 0 };
  }
  #comeBack() {
    this.#away = void 0;
    this.#subscriber.connect();
    this.#shortLived.connect();
  }
  #returned(sessionPresent, atMs) {
    const returning = this.#returning;
    this.#returning = void 0;
    if (!returning?.returnedMs) return;
    this.#sessions.push({
      ...{ clientId: this.#shortLived.clientId, node: this.#node, expirySeconds: shortSeconds, sessionPresent },
      ...{ disconnectedMs: returning.disconnectedMs, returnedMs: returning.returnedMs, connectedMs: atMs },
      // A CONNECT that got no answer may have begun a session of its own.
      isBroken: returning.attempts > 1
    });
  }
  #loseSession() {
    for (const stored of this.#stored) if (stored.delivery === null) stored.isBroken = true;
  }
  /** Resolves when it is acknowledged, or is not within a time. */
  #publish(expirySeconds) {
    const { run, payloadBytes, nowMs: nowMs2 } = this.#context;
    const sequence = ++this.#sequence;
    const stored = {
      ...{ sequence, publisher: this.#publisher.clientId, publisherNode: this.#publishedAt, topic: this.#topic },
      ...{ clientId: this.#subscriber.clientId, node: this.#node, expirySeconds, isBroken: false },
      ...{ writtenMs: 0, acknowledgedMs: 0, returnedMs: 0, delivery: null }
    };
    this.#stored.push(stored);
    const answered = new Promise((resolve) => {
      this.#publisher.client.publish({
        ...{ topic: this.#topic, qos: 1, properties: { messageExpiryInterval: expirySeconds } },
        payload: encodePayload(
          { run, flow: this.#index, kind: "flow", sequence, sentNs: Math.round(nowMs2() * 1e6) },
          payloadBytes
        ),
        onWritten: ({ atMs, again }) => {
          stored.writtenMs = atMs;
          stored.isBroken ||= again;
        },
        onOutcome: ({ kind }) => {
          if (kind === "acknowledged") stored.acknowledgedMs = nowMs2();
          resolve();
        }
      });
    });
    const { signal } = this.#stopped;
    return Promise.race([answered, sleep2(answerWithinMs, void 0, { signal }).catch(() => {
    })]);
  }
};

// src/workload/flows/handover/takeovers.ts
var [olderAloneMs, bothMs] = [400, 2500];
var mostWatched = 3;
var keepAliveSeconds = 2;
var Takeovers = class {
  #context;
  #clientId;
  #endpoints;
  #done = [];
  /** The connection that is the newest of the client id. */
  #newest;
  #connecting;
  #timer;
  #turn = 0;
  #isStopped = false;
  constructor(context, { clientId, endpoints }) {
    this.#context = context;
    this.#clientId = clientId;
    this.#endpoints = endpoints;
  }
  start() {
    this.#connect();
  }
  stop() {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }
  get facts() {
    const { nowMs: nowMs2, deadlineMs, faults } = this.#context;
    return this.#done.map(({ takeover, closedMs, answeredMs }) => ({
      ...takeover,
      olderClosedMs: closedMs,
      olderAnsweredMs: answeredMs,
      watchedUntilMs: nowMs2(),
      // The nodes have to tell each other of the newer connection.
      struck: faults.any(takeover.newerConnectedMs - deadlineMs, takeover.newerConnectedMs + deadlineMs)
    }));
  }
  /** Older connections that are still open. */
  get open() {
    return this.#done.filter(({ closedMs }) => closedMs === null).length;
  }
  async end() {
    this.stop();
    const all = [...this.#done.map(({ actor }) => actor), this.#newest?.actor, this.#connecting];
    await Promise.all(all.map((actor) => actor?.client.end()));
  }
  /** The next connection of the client id, at the other of its two nodes. */
  #connect() {
    if (this.#done.filter(({ closedMs }) => closedMs === null).length >= mostWatched) return;
    const at = this.#endpoints[this.#turn++ % 2];
    const actor = new Actor(this.#context, {
      ...{ clientId: this.#clientId, at, session: "clean", keepAliveSeconds, isThrownOut: true },
      on: {
        connected: ({ atMs }) => this.#connected(actor, at.node, atMs),
        closed: ({ atMs }) => this.#closed(actor, atMs),
        received: ({ cmd }, atMs) => {
          const older = this.#done.find((one) => one.actor === actor);
          if (older && cmd === "pingresp") older.answeredMs = atMs;
        }
      }
    });
    this.#connecting = actor;
    actor.connect();
  }
  #connected(actor, node, atMs) {
    const older = this.#newest;
    this.#connecting = void 0;
    this.#newest = { actor, node, connectedMs: atMs };
    if (older?.actor.client.isOnline) {
      this.#done.push({
        actor: older.actor,
        closedMs: null,
        answeredMs: null,
        takeover: {
          clientId: this.#clientId,
          olderNode: older.node,
          newerNode: node,
          olderConnectedMs: older.connectedMs,
          newerConnectedMs: atMs,
          olderClosedMs: null,
          olderAnsweredMs: null
        }
      });
    }
    this.#connectAfter(older ? bothMs : olderAloneMs);
  }
  /** What the broker closed does not come back: it would take over itself. */
  #closed(actor, atMs) {
    actor.client.drop({ comeBack: false });
    const older = this.#done.find((one) => one.actor === actor);
    if (older) older.closedMs ??= atMs;
    if (this.#newest?.actor === actor) this.#newest = void 0;
    if (this.#connecting !== actor) return;
    this.#connecting = void 0;
    this.#connectAfter(olderAloneMs);
  }
  #connectAfter(ms) {
    clearTimeout(this.#timer);
    if (!this.#isStopped) this.#timer = setTimeout(() => this.#connect(), ms);
  }
};

// src/workload/flows/handover/handover.ts
var handover = {
  name: "handover",
  summary: "client ids that connect anew while their older connection is alive, at the same node and at another",
  unavailable: () => void 0,
  open: (context) => new Handover(context)
};
var Handover = class {
  #takeovers;
  constructor(context) {
    const { endpoints, prefix, features } = context;
    const isOneServer2 = features.sessionsMove?.available === true;
    this.#takeovers = endpoints.flatMap((at, index) => {
      const next = endpoints[(index + 1) % endpoints.length];
      const pairs = next !== at && isOneServer2 ? [
        [at, at],
        [at, next]
      ] : [[at, at]];
      return pairs.map(
        (pair, i) => new Takeovers(context, { clientId: `${prefix}-taker-${at.node}-${i + 1}`, endpoints: pair })
      );
    });
  }
  get watched() {
    return this.#takeovers.length;
  }
  async warmUp() {
    return [];
  }
  start() {
    for (const one of this.#takeovers) one.start();
  }
  stop() {
    for (const one of this.#takeovers) one.stop();
  }
  /** An older connection that is open is waited for like a message that has not come. */
  standing() {
    const outstanding = this.#takeovers.reduce((sum, { open }) => sum + open, 0);
    return { outstanding, unsettled: 0, absentSinceMs: [], arriving: 0, lastMovedMs: 0 };
  }
  finish() {
    return { takeovers: this.#takeovers.flatMap(({ facts }) => facts) };
  }
  async end() {
    await Promise.all(this.#takeovers.map((one) => one.end()));
  }
};

// src/workload/flows/inflight/inflight.ts
var [steadyMs, breaksOffAt, withholdsForMs] = [1200, 4, 1e3];
var looksAgainMs = 200;
var waitsForMoreMs = 150;
var [largeEvery, largerByBytes, spareBytes] = [20, 400, 200];
var inflight = {
  name: "inflight",
  summary: "subscribers that break off with messages half acknowledged, again and again",
  unavailable: ({ features }) => features.persistentSessions.available ? void 0 : `the broker keeps no sessions: ${features.persistentSessions.seen}`,
  open: (context) => new Inflight(context)
};
var Inflight = class {
  #context;
  #breakers;
  #ticking;
  constructor(context) {
    this.#context = context;
    const { endpoints } = context;
    this.#breakers = endpoints.map(
      (at, index) => new Breaker(context, { index, at, publishedAt: endpoints[(index + 1) % endpoints.length] })
    );
  }
  get watched() {
    return this.#breakers.length;
  }
  async warmUp(withinMs) {
    const { nowMs: nowMs2 } = this.#context;
    for (const breaker of this.#breakers) breaker.connect();
    await untilAll(() => this.#actors().every(({ isServed }) => isServed), {
      ...{ withinMs, nowMs: nowMs2 },
      missing: () => `the clients that break off were not subscribed within ${withinMs} ms`
    });
    return [];
  }
  start() {
    const each = this.#context.ratePerSecond / this.#breakers.length;
    if (each <= 0) return;
    this.#ticking = setInterval(() => {
      for (const breaker of this.#breakers) breaker.publish();
    }, 1e3 / each);
    for (const breaker of this.#breakers) breaker.start();
  }
  stop() {
    clearInterval(this.#ticking);
    for (const breaker of this.#breakers) breaker.stop();
  }
  standing(nowMs2) {
    return standingOf(this.#actors(), nowMs2, {
      outstanding: this.#breakers.reduce((sum, breaker) => sum + breaker.outstanding(this.#isStruck), 0),
      lastMovedMs: Math.max(0, ...this.#breakers.map(({ lastMovedMs }) => lastMovedMs))
    });
  }
  finish() {
    return { breaks: this.#breakers.flatMap((breaker) => breaker.facts(this.#isStruck)) };
  }
  async end() {
    this.stop();
    await Promise.all(this.#actors().map((actor) => actor.end()));
  }
  /** A fault of any sort may have kept a packet from either side. */
  #isStruck = (fromMs, toMs) => this.#context.faults.any(fromMs - this.#context.deadlineMs, toMs);
  #actors() {
    return this.#breakers.flatMap(({ actors }) => actors);
  }
};
var Breaker = class {
  #context;
  #index;
  #node;
  #topic;
  #qos;
  #isVersion5;
  /** The largest packet that the subscriber takes. */
  #largest;
  #subscriber;
  #publisher;
  /** By packet id: what came on this connection, and nothing was written for. */
  #unanswered = /* @__PURE__ */ new Map();
  #breaks = [];
  /** What was unanswered when the connection was broken off, until the next one is there. */
  #broke;
  /** The break whose packets are to come again now, with what they were. */
  #current;
  #isWithholding = false;
  #timer;
  #isStopped = false;
  #sequence = 0;
  #lastMovedMs = 0;
  constructor(context, { index, at, publishedAt }) {
    this.#context = context;
    this.#index = index;
    this.#node = at.node;
    const { prefix, features, payloadBytes } = context;
    this.#topic = `${prefix}/inflight-${index + 1}`;
    this.#qos = features.qos2.available ? 2 : 1;
    this.#isVersion5 = at.version === 5;
    this.#largest = Math.max(payloadBytes, headerBytes) + this.#topic.length + spareBytes;
    this.#subscriber = new Actor(context, {
      clientId: `${prefix}-breaker-${index + 1}`,
      ...{ at, session: "persistent", filters: [{ topic: this.#topic, qos: this.#qos }] },
      ...this.#isVersion5 && { receiveMaximum: breaksOffAt, maximumPacketSize: this.#largest },
      on: {
        connected: ({ sessionPresent, atMs, connection }) => this.#connected(sessionPresent, atMs, connection),
        closed: ({ atMs, reason }) => this.#closed(atMs, reason === "dropped"),
        arrived: (delivery, _again, atMs) => this.#arrived(delivery, atMs),
        acknowledging: ({ cmd, messageId }) => this.#acknowledging(cmd, messageId),
        received: (packet, atMs) => {
          if (packet.cmd === "pubrel") this.#released(packet.messageId ?? 0, atMs);
        }
      }
    });
    this.#publisher = new Actor(context, {
      clientId: `${prefix}-inflight-publisher-${index + 1}`,
      ...{ at: publishedAt, session: "clean" }
    });
  }
  get actors() {
    return [this.#subscriber, this.#publisher];
  }
  get lastMovedMs() {
    return this.#lastMovedMs;
  }
  connect() {
    for (const actor of this.actors) actor.connect();
  }
  start() {
    this.#after(steadyMs, () => this.#beginWithholding());
  }
  stop() {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#isWithholding = false;
    this.#subscriber.client.releaseAcknowledgements();
  }
  publish() {
    const { client } = this.#publisher;
    if (!client.isOnline || client.freeSlots === 0) return;
    const { run, payloadBytes, nowMs: nowMs2 } = this.#context;
    const sequence = ++this.#sequence;
    const header = { run, flow: this.#index, kind: "flow", sequence, sentNs: Math.round(nowMs2() * 1e6) };
    const qos = sequence % 2 === 0 ? this.#qos : 1;
    const isLarge = this.#isVersion5 && sequence % largeEvery === 0;
    const bytes = isLarge ? this.#largest + largerByBytes : payloadBytes;
    client.publish({ topic: this.#topic, qos, payload: encodePayload(header, bytes) });
  }
  /** What is still to come again of the last break. */
  outstanding(isStruck) {
    const open = this.#current?.open;
    if (!open?.sessionPresent || isStruck(open.brokeOffMs, this.#context.nowMs())) return 0;
    return open.pending.filter(({ again }) => again === null).length;
  }
  facts(isStruck) {
    const nowMs2 = this.#context.nowMs();
    return this.#breaks.map(({ endedMs = nowMs2, ...open }) => ({
      ...open,
      lastedMs: endedMs - open.returnedMs,
      struck: isStruck(
        open.brokeOffMs,
        Math.min(endedMs, Math.max(open.returnedMs, ...open.pending.map(({ again }) => again?.atMs ?? endedMs)))
      )
    }));
  }
  #beginWithholding() {
    if (this.#isStopped || !this.#subscriber.isServed) return;
    if (this.#isWaitingForPending) {
      this.#after(looksAgainMs, () => this.#beginWithholding());
      return;
    }
    this.#isWithholding = true;
    this.#after(withholdsForMs, () => this.#breakOff());
  }
  /**
   * Whether something of the last break may still come again. A subscriber that broke off sooner would excuse the broker, and one whose
   * Receive Maximum is used up by what the broker has forgotten gets nothing else.
   */
  get #isWaitingForPending() {
    const open = this.#current?.open;
    const { nowMs: nowMs2, redeliverWithinMs } = this.#context;
    if (!open?.sessionPresent || nowMs2() - open.returnedMs > redeliverWithinMs) return false;
    return open.pending.some(({ again }) => again === null);
  }
  #breakOff() {
    if (this.#isStopped || !this.#isWithholding) return;
    this.#subscriber.client.drop();
  }
  #connected(sessionPresent, atMs, connection) {
    this.#unanswered.clear();
    const broke = this.#broke;
    this.#broke = void 0;
    this.#current = void 0;
    if (broke && connection > 1) {
      const open = {
        ...{ clientId: this.#subscriber.clientId, node: this.#node, brokeOffMs: broke.atMs, returnedMs: atMs },
        ...{ sessionPresent, pending: broke.pending, endedMs: void 0 }
      };
      this.#breaks.push(open);
      this.#current = { open, payloads: broke.payloads };
    }
    this.#after(steadyMs, () => this.#beginWithholding());
  }
  #closed(atMs, isOwn) {
    const { run } = this.#context;
    if (this.#current) this.#current.open.endedMs = atMs;
    this.#current = void 0;
    this.#isWithholding = false;
    if (!isOwn) {
      this.#broke = void 0;
      return;
    }
    const payloads = new Map([...this.#unanswered].map(([id, { delivery }]) => [id, delivery.payload]));
    const pending = [...this.#unanswered].map(
      ([packetId, { delivery, waitingFor }]) => ({
        ...{ packetId, qos: delivery.qos === 2 ? 2 : 1, waitingFor, topic: delivery.topic },
        ...{ sequence: headerOf(delivery, run)?.sequence ?? null, again: null },
        maybeReceived: this.#sentPubrec.has(packetId)
      })
    );
    if (pending.length > 0) this.#broke = { atMs, pending, payloads };
  }
  #arrived(delivery, atMs) {
    this.#lastMovedMs = atMs;
    const { packetId } = delivery;
    if (packetId === void 0) return;
    this.#cameAgain(packetId, { atMs, packet: "publish", dup: delivery.dup }, delivery.payload);
    this.#unanswered.set(packetId, { delivery, waitingFor: "publish" });
    if (this.#isWithholding && this.#unanswered.size === breaksOffAt)
      this.#after(waitsForMoreMs, () => this.#breakOff());
  }
  #released(packetId, atMs) {
    this.#cameAgain(packetId, { atMs, packet: "pubrel", dup: false }, void 0);
    const unanswered = this.#unanswered.get(packetId) ?? this.#sentPubrec.get(packetId);
    this.#sentPubrec.delete(packetId);
    if (unanswered) this.#unanswered.set(packetId, { delivery: unanswered.delivery, waitingFor: "pubrel" });
  }
  /** PUBREC was written for these. Whether it arrived is known with PUBREL only. */
  #sentPubrec = /* @__PURE__ */ new Map();
  /** Only the first packet with the id of a pending one says how it came again. */
  #cameAgain(packetId, how, payload) {
    const current2 = this.#current;
    const pending = current2?.open.pending.find((one) => one.packetId === packetId && one.again === null);
    if (!current2 || !pending) return;
    const before = current2.payloads.get(packetId);
    pending.again = { ...how, same: payload === void 0 || before === void 0 || before.equals(payload) };
  }
  /** Withholds now PUBACK and PUBREC, now PUBCOMP. */
  #acknowledging(cmd, packetId) {
    const isLate = packetId % 3 === 0;
    if (this.#isWithholding && (cmd === "pubcomp" || !isLate)) return "withhold";
    const unanswered = this.#unanswered.get(packetId);
    if (cmd === "pubrec" && unanswered) this.#sentPubrec.set(packetId, unanswered);
    this.#unanswered.delete(packetId);
    return "send";
  }
  #after(ms, act) {
    clearTimeout(this.#timer);
    if (!this.#isStopped) this.#timer = setTimeout(act, ms);
  }
};

// src/workload/flows/retained/retained.ts
import { setTimeout as sleep3 } from "node:timers/promises";
var ownTopics = 2;
var restingTopics = ["rewritten", "deleted"];
var movingTopics = 2;
var deletionsInHundred = 25;
var unwantedWithinMs = 500;
var readAgainMs = 2500;
var removeWithinMs = 1e3;
var retained = {
  name: "retained",
  summary: "retained topics, rewritten and deleted at several nodes, or left alone after their second write, read by fresh subscribers at every node",
  unavailable: ({ features }) => features.retained.available ? void 0 : `the broker has no retained messages: ${features.retained.seen}`,
  open: (context) => new Retained(context)
};
var Retained = class {
  #context;
  #writers;
  #topics;
  #readings = [];
  #readers = 0;
  #ticking;
  #lastMovedMs = 0;
  constructor(context) {
    this.#context = context;
    const { endpoints, prefix } = context;
    this.#writers = endpoints.map(
      (at) => new Actor(context, { clientId: `${prefix}-writer-${at.node}`, at, session: "clean", window: 100 })
    );
    const topics = [];
    const add = (topic, places, rests) => {
      const writers = places.flatMap((place) => this.#writers[place] ?? []);
      const nodes = places.flatMap((place) => endpoints[place]?.node ?? []);
      const unwritten = { writes: 0, deletions: 0, isBusy: false, last: [] };
      topics.push({ topic: `${prefix}/${topic}`, writers, nodes, rests, ...unwritten });
    };
    endpoints.forEach(({ node }, place) => {
      for (let i = 1; i <= ownTopics; i++) add(`${node}/${i}`, [place]);
      restingTopics.forEach((rests, i) => {
        add(`${node}/resting/${i + 1}`, [place], rests);
      });
    });
    if (endpoints.length > 1) for (let i = 1; i <= movingTopics; i++) add(`moving/${i}`, [...endpoints.keys()]);
    this.#topics = topics.map((topic, index) => ({ ...topic, index }));
  }
  get watched() {
    return this.#topics.length;
  }
  /** Connects the writers, and writes every topic once. */
  async warmUp(withinMs) {
    const { nowMs: nowMs2 } = this.#context;
    for (const writer of this.#writers) writer.connect();
    for (const topic of this.#topics) this.#write(topic, false);
    await untilAll(() => this.#topics.every(({ isBusy }) => !isBusy), {
      ...{ withinMs, nowMs: nowMs2 },
      missing: () => `no PUBACK within ${withinMs} ms for the retained topics ${this.#busy().join(", ")}`
    });
    return [];
  }
  start() {
    for (const topic of this.#topics) if (topic.rests !== void 0) this.#write(topic, topic.rests === "deleted");
    const { ratePerSecond } = this.#context;
    if (ratePerSecond > 0) this.#ticking = setInterval(() => this.#writeSome(), 1e3 / ratePerSecond);
  }
  stop() {
    clearInterval(this.#ticking);
  }
  standing(nowMs2) {
    return standingOf(this.#writers, nowMs2, { unsettled: this.#busy().length, lastMovedMs: this.#lastMovedMs });
  }
  async lastLook(withinMs) {
    const deadlineMs = this.#context.nowMs() + withinMs;
    const readings = await Promise.all(this.#context.endpoints.map((at) => this.#readUntilRight(at, deadlineMs)));
    this.#readings = readings.flatMap((reading) => reading ?? []);
  }
  finish() {
    this.stop();
    return {
      topics: this.#topics.map(
        ({ topic, nodes, writes, deletions, last }) => ({ topic, nodes, writes, deletions, last })
      ),
      readings: this.#readings
    };
  }
  /** Takes the messages off the broker, and disconnects. */
  async end() {
    this.stop();
    await Promise.race([Promise.all(this.#topics.map((topic) => this.#remove(topic))), sleep3(removeWithinMs)]);
    await Promise.all(this.#writers.map((writer) => writer.end()));
  }
  #busy() {
    return this.#topics.filter(({ isBusy }) => isBusy).map(({ topic }) => topic);
  }
  #writeSome() {
    const { random } = this.#context;
    const free = this.#topics.filter(({ isBusy, rests }) => !isBusy && rests === void 0);
    const topic = free[random.below(free.length)];
    if (topic) this.#write(topic, random.below(100) < deletionsInHundred);
  }
  #write(topic, deletes) {
    const { nowMs: nowMs2, run, payloadBytes } = this.#context;
    const sequence = ++topic.writes;
    const writer = topic.writers[sequence % topic.writers.length];
    const node = topic.nodes[sequence % topic.nodes.length];
    const note = (change) => {
      topic.last = topic.last.map((write) => write.sequence === sequence ? { ...write, ...change } : write);
    };
    if (deletes) topic.deletions++;
    topic.isBusy = true;
    topic.last = [
      ...topic.last.slice(-1),
      { sequence, deletes, node, clientId: writer.clientId, writtenMs: nowMs2(), acknowledgedMs: null }
    ];
    const header = { run, flow: topic.index, kind: "flow", sequence, sentNs: Math.round(nowMs2() * 1e6) };
    writer.client.publish({
      topic: topic.topic,
      payload: deletes ? Buffer.alloc(0) : encodePayload(header, payloadBytes),
      qos: 1,
      retain: true,
      onWritten: ({ atMs }) => note({ writtenMs: atMs }),
      onOutcome: ({ kind }) => {
        if (kind === "acknowledged") {
          note({ acknowledgedMs: nowMs2() });
          this.#lastMovedMs = nowMs2();
        }
        if (kind !== "abandoned") topic.isBusy = false;
        if (kind === "refused" || kind === "not sent") topic.last = topic.last.slice(0, -1);
      }
    });
  }
  /** Reads with one fresh client after the other until the values are right; the last reading counts. */
  async #readUntilRight(at, deadlineMs) {
    const { nowMs: nowMs2 } = this.#context;
    let last;
    for (let attempts = 1; ; attempts++) {
      const reading = await this.#read(at, attempts);
      last = reading ?? last;
      if (nowMs2() >= deadlineMs || reading !== void 0 && this.#isRight(reading.seen)) return last;
    }
  }
  #isRight(seen) {
    return this.#topics.every((topic) => allowedValues(topic).includes(seen[topic.index] ?? 0));
  }
  /** What a fresh client gets; undefined when it is not let in or its filters are not granted. */
  async #read(at, attempts) {
    const { nowMs: nowMs2, run, prefix } = this.#context;
    const seen = this.#topics.map(() => 0);
    const places = new Map(this.#topics.map(({ topic, index }) => [topic, index]));
    let lastMs = 0;
    const reader = new Actor(this.#context, {
      clientId: `${prefix}-reader-${++this.#readers}`,
      ...{ at, session: "clean", mayBeRetained: true, filters: this.#topics.map(({ topic }) => ({ topic, qos: 1 })) },
      on: {
        message: (delivery, atMs) => {
          const place = places.get(delivery.topic);
          if (place === void 0) return;
          lastMs = atMs;
          const header = headerOf(delivery, run);
          seen[place] = delivery.payload.length === 0 ? 0 : header?.flow === place ? header.sequence : -1;
        }
      }
    });
    const beganMs = nowMs2();
    reader.connect();
    while (nowMs2() - beganMs < readAgainMs) {
      await sleep3(20);
      const { servedSinceMs: servedSinceMs2 } = reader;
      if (servedSinceMs2 === void 0 || !this.#isRight(seen)) continue;
      if (nowMs2() - Math.max(servedSinceMs2, lastMs) >= unwantedWithinMs) break;
    }
    const { servedSinceMs, clientId } = reader;
    await reader.end();
    if (servedSinceMs === void 0) return void 0;
    return { node: at.node, clientId, subscribedMs: servedSinceMs, endedMs: nowMs2(), attempts, seen };
  }
  #remove({ topic, writers }) {
    return new Promise((resolve) => {
      const writer = writers[0];
      if (!writer?.client.isOnline) resolve();
      else
        writer.client.publish({
          ...{ topic, payload: Buffer.alloc(0), qos: 1, retain: true },
          onOutcome: () => resolve()
        });
    });
  }
};

// src/workload/flows/shared/shared.ts
var [breaksOffEveryMs, awayMs2] = [2500, 400];
var exampleLimit = 10;
var remembered = 1e4;
var warmUpEveryMs = 100;
var shared = {
  name: "shared",
  summary: "shared groups (MQTT 5) with a member at every node; members break off and come back",
  unavailable({ features }) {
    if (!features.mqtt5.available) return `the broker has no MQTT 5: ${features.mqtt5.seen}`;
    if (!features.sharedSubscriptions.available)
      return `the broker has no shared subscriptions: ${features.sharedSubscriptions.seen}`;
    return features.persistentSessions.available ? void 0 : `the broker keeps no sessions, so that members that break off may lose messages: ${features.persistentSessions.seen}`;
  },
  open: (context) => new Shared(context)
};
var Shared = class {
  #context;
  #groups;
  #ticking;
  #breaking;
  #isStopped = false;
  constructor(context) {
    this.#context = context;
    const endpoints = context.endpoints.map((endpoint) => ({ ...endpoint, version: 5 }));
    const exactly = context.features.qos2.available ? 2 : 1;
    const placesOf = (at) => isOneServer(context.features) ? endpoints : endpoints.map(() => at);
    const isServed = (index) => !context.unserved.some(({ client }) => client === nameOf(index));
    this.#groups = endpoints.flatMap(
      (at, index) => isServed(index) ? [new Group(context, { index, at, places: placesOf(at), qos: index % 2 === 0 ? exactly : 1 })] : []
    );
  }
  get watched() {
    return this.#groups.length;
  }
  async warmUp(withinMs) {
    const unserved = await Promise.all(this.#groups.map((group) => group.warmUp(withinMs)));
    for (const [index, found] of unserved.entries()) if (found) await this.#groups[index]?.end();
    this.#groups.splice(0, this.#groups.length, ...this.#groups.filter((_, index) => unserved[index] === void 0));
    return unserved.flatMap((found) => found ?? []);
  }
  start() {
    const { ratePerSecond } = this.#context;
    const each = ratePerSecond / Math.max(1, this.#groups.length);
    if (each === 0) return;
    this.#ticking = setInterval(() => {
      for (const group of this.#groups) group.publishNext();
    }, 1e3 / each);
    this.#breaking = setInterval(() => {
      for (const group of this.#groups) group.breakOff(awayMs2);
    }, breaksOffEveryMs);
  }
  stop() {
    if (this.#isStopped) return;
    this.#isStopped = true;
    clearInterval(this.#ticking);
    clearInterval(this.#breaking);
    for (const group of this.#groups) group.comeHome();
  }
  standing(nowMs2) {
    return standingOf(
      this.#groups.flatMap(({ actors }) => actors),
      nowMs2,
      {
        outstanding: this.#groups.reduce((sum, group) => sum + group.outstanding, 0),
        unsettled: this.#groups.reduce((sum, group) => sum + group.unsettled, 0),
        lastMovedMs: Math.max(0, ...this.#groups.map(({ lastMovedMs }) => lastMovedMs))
      }
    );
  }
  finish() {
    this.stop();
    return { groups: this.#groups.map((group) => group.facts()) };
  }
  async end() {
    this.stop();
    await Promise.all(this.#groups.map((group) => group.end()));
  }
};
function nameOf(index) {
  return `shared-member-${index + 1}`;
}
var Group = class {
  #context;
  #index;
  #qos;
  #node;
  #topic;
  #filter;
  #publisher;
  #members;
  #acknowledged = new IntervalSet();
  #received = new IntervalSet();
  #firstBy = /* @__PURE__ */ new Map();
  #twice = new IntervalSet();
  #twiceExamples = [];
  #publishedAgain = new IntervalSet();
  #sessionEnded = new IntervalSet();
  #offered = 0;
  /** When the newest messages were written first. */
  #writtenMs = /* @__PURE__ */ new Map();
  #warmUps = { written: 0, acknowledged: 0, isHeard: false };
  #nextToBreak = 0;
  #lastMovedMs = 0;
  constructor(context, { index, at, places, qos }) {
    this.#context = context;
    this.#index = index;
    this.#qos = qos;
    this.#node = at.node;
    const { prefix } = context;
    this.#topic = `${prefix}/group-${index + 1}`;
    this.#filter = `$share/${prefix}-${index + 1}/${this.#topic}`;
    this.#publisher = new Actor(context, {
      clientId: `${prefix}-publisher-${index + 1}`,
      ...{ at, session: "persistent" }
    });
    this.#members = places.map((endpoint, place) => {
      const isOnlyOne = places.filter(({ node }) => node === endpoint.node).length === 1;
      const clientId = `${prefix}-member-${index + 1}-${endpoint.node}${isOnlyOne ? "" : `-${place + 1}`}`;
      return {
        node: endpoint.node,
        actor: new Actor(context, {
          ...{ clientId, at: endpoint, session: "persistent", filters: [{ topic: this.#filter, qos }] },
          on: {
            connected: ({ sessionPresent, connection }) => {
              if (!sessionPresent && connection > 1) this.#loseSession();
            },
            message: (delivery, atMs) => {
              const header = headerOf(delivery, context.run);
              if (header?.flow !== index) return;
              if (header.kind === "warm-up") this.#warmUps.isHeard = true;
              else this.#receive(clientId, header.sequence, delivery.dup, atMs);
            }
          }
        })
      };
    });
  }
  get actors() {
    return [this.#publisher, ...this.#members.map(({ actor }) => actor)];
  }
  get lastMovedMs() {
    return this.#lastMovedMs;
  }
  get unsettled() {
    return this.#publisher.client.unsettled;
  }
  get outstanding() {
    return this.#acknowledged.minus(this.#received).minus(this.#sessionEnded).size;
  }
  /** Why the group gets nothing; undefined when it does. */
  async warmUp(withinMs) {
    const { nowMs: nowMs2 } = this.#context;
    for (const actor of this.actors) actor.connect();
    const timer = setInterval(() => this.#warmUp(), warmUpEveryMs);
    try {
      const isReady = () => this.actors.every(({ isServed }) => isServed) && this.#warmUps.isHeard;
      await untilAll(isReady, { withinMs, nowMs: nowMs2, missing: () => `the group ${this.#filter} got nothing` });
      return void 0;
    } catch {
      return this.#unserved(withinMs);
    } finally {
      clearInterval(timer);
    }
  }
  /** One message, unless the publisher has none of its window left: it is not there, or the broker is slow. */
  publishNext() {
    const { client } = this.#publisher;
    if (!client.isOnline || client.freeSlots === 0) return;
    const sequence = ++this.#offered;
    client.publish({
      ...{ topic: this.#topic, qos: this.#qos, payload: this.#payload("flow", sequence) },
      onWritten: ({ again, sessionPresent, atMs }) => {
        if (!again) remember(this.#writtenMs, sequence, atMs);
        if (again && (this.#qos === 1 || !sessionPresent)) this.#publishedAgain.add(sequence);
      },
      onOutcome: ({ kind }) => {
        if (kind !== "acknowledged") return;
        this.#lastMovedMs = this.#context.nowMs();
        this.#acknowledged.add(sequence);
      }
    });
  }
  /** The next member breaks off, with whatever it has not acknowledged, if another is there to go on. */
  breakOff(forMs) {
    const { actor } = this.#members[this.#nextToBreak++ % this.#members.length];
    if (this.#members.length < 2 || !actor.isServed) return;
    actor.client.drop({ comeBack: false });
    setTimeout(() => actor.connect(), forMs).unref();
  }
  comeHome() {
    for (const { actor } of this.#members) if (!actor.client.isWanted) actor.connect();
  }
  facts() {
    const members = this.#members.map(({ actor, node }) => ({
      clientId: actor.clientId,
      node,
      isServed: actor.isServed,
      connections: actor.connections
    }));
    return {
      ...{ filter: this.#filter, topic: this.#topic, members },
      publisher: this.#publisher.clientId,
      publisherNode: this.#node,
      qos: Math.min(this.#qos, ...this.#members.map(({ actor }) => actor.grants?.[0] ?? 0)),
      offered: this.#offered,
      writtenMs: this.#timesOfInterest(),
      acknowledged: this.#acknowledged.intervals(),
      received: this.#received.intervals(),
      twice: this.#twice.intervals(),
      twiceExamples: this.#twiceExamples,
      publishedAgain: this.#publishedAgain.intervals(),
      sessionEnded: this.#sessionEnded.intervals()
    };
  }
  async end() {
    await Promise.all(this.actors.map((actor) => actor.end()));
  }
  #warmUp() {
    const sequence = ++this.#warmUps.written;
    this.#publisher.client.publish({
      ...{ topic: this.#topic, qos: this.#qos, payload: this.#payload("warm-up", sequence) },
      onOutcome: ({ kind }) => {
        if (kind === "acknowledged") this.#warmUps.acknowledged++;
      }
    });
  }
  #unserved(waitedMs) {
    const isGranted = this.#members.every(({ actor }) => actor.grants !== void 0);
    const { written, acknowledged } = this.#warmUps;
    return {
      why: !isGranted ? "not-granted" : acknowledged > 0 ? "not-delivered" : "not-acknowledged",
      ...{ from: this.#node, to: this.#node, filter: "exact", filterText: `$share/${this.#index + 1}`, qos: this.#qos },
      ...{ written, acknowledged, waitedMs, client: nameOf(this.#index), flow: "shared group" }
    };
  }
  #receive(member, sequence, dup, atMs) {
    const first = this.#firstBy.get(sequence);
    if (this.#received.add(sequence)) {
      this.#lastMovedMs = atMs;
      remember(this.#firstBy, sequence, { member, atMs });
      return;
    }
    this.#twice.add(sequence);
    if (this.#twiceExamples.length < exampleLimit)
      this.#twiceExamples.push({
        ...{ sequence, first: first?.member ?? "a member", firstMs: first?.atMs ?? atMs },
        ...{ second: member, secondMs: atMs, secondDup: dup }
      });
  }
  /** Of messages that a finding may be about, the first ones of each sort. */
  #timesOfInterest() {
    const missing = this.#acknowledged.minus(this.#received).minus(this.#sessionEnded);
    const shown = /* @__PURE__ */ new Set([...missing.first(exampleLimit), ...this.#twice.first(exampleLimit)]);
    return [...shown].flatMap((sequence) => {
      const atMs = this.#writtenMs.get(sequence);
      return atMs === void 0 ? [] : [[sequence, atMs]];
    });
  }
  /** A member's session is gone, and with it what it had. Nobody can tell what that was. */
  #loseSession() {
    if (this.#offered === 0) return;
    const written = new IntervalSet();
    written.addRange(1, this.#offered);
    for (const [first, last] of written.minus(this.#received).intervals()) this.#sessionEnded.addRange(first, last);
  }
  #payload(kind, sequence) {
    const { run, payloadBytes, nowMs: nowMs2 } = this.#context;
    const sentNs = Math.round(nowMs2() * 1e6);
    return encodePayload({ run, flow: this.#index, kind, sequence, sentNs }, payloadBytes);
  }
};
function remember(times, sequence, value) {
  times.set(sequence, value);
  times.delete(sequence - remembered);
}

// src/workload/flows/stream/stream.ts
import { setTimeout as sleep4 } from "node:timers/promises";

// src/workload/recovery.ts
function steadyBarMs(worstSteadyP99Ms) {
  return Math.max(2 * worstSteadyP99Ms, 150);
}
function recoveryMs(windows, bar, nowMs2, deadlineMs) {
  let since;
  for (const window of windows) {
    if (window.startMs < bar.fromMs || window.endMs > nowMs2) continue;
    const undecided = window.done < window.possible && nowMs2 < window.endMs + deadlineMs;
    const steady = !undecided && window.possible > 0 && window.done / window.possible >= bar.availability && (window.p99Ms ?? Number.POSITIVE_INFINITY) <= bar.p99LatencyMs;
    if (!steady) {
      since = void 0;
      continue;
    }
    since ??= window.startMs;
    if (window.endMs - since >= bar.sustainMs) return since - bar.fromMs;
  }
  return null;
}

// src/workload/flows/stream/mixed.ts
function sessionsMove({ persistentSessions, sessionsMove: sessionsMove2 }) {
  return persistentSessions.available && sessionsMove2?.available === true;
}
var mixed = ({ nodes, features, ratePerSecond, prefix }) => {
  const flows = [];
  const flow = (name, topic, qos, node, how = {}) => flows.push({ name, topic: `${prefix}/${topic}`, qos, node, ...how }) - 1;
  const next = (index) => nodes[(index + 1) % nodes.length];
  const exactly = features.qos2.available ? 2 : 1;
  const telemetry = nodes.map((node) => flow(`telemetry from ${node}`, `telemetry/${node}`, 0, node));
  const commands = nodes.map((node) => flow(`commands from ${node}`, `commands/${node}`, 1, node));
  const orders = nodes.map((node) => flow(`orders from ${node}`, `orders/${node}`, exactly, node));
  const gathered = nodes.map((node) => flow(`fan-in from ${node}`, `gather/${node}`, 1, node));
  const broadcast = flow("fan-out", "broadcast", 1, nodes[0]);
  const last = nodes[nodes.length - 1];
  const mail = [flow("mail at QoS 1", "mail/once", 1, last), flow("mail at QoS 2", "mail/exactly", exactly, last)];
  const moving = nodes.flatMap(
    (node, index) => nodes.length > 1 ? [flow(`moving from ${node}`, `moving/${node}`, index % 2 === 0 ? exactly : 1, node, { moves: true })] : []
  );
  const at = (list, index) => list[(index + list.length) % list.length];
  const session = features.persistentSessions.available ? "persistent" : "clean";
  const subscribers = [];
  nodes.forEach((node, index) => {
    subscribers.push({
      clientId: `${prefix}-live-${node}`,
      node,
      session: "clean",
      subscriptions: [
        { filter: `${prefix}/telemetry/#`, qos: 0, flows: telemetry },
        { filter: `${prefix}/broadcast`, qos: 1, flows: [broadcast] }
      ]
    });
    const near = [.../* @__PURE__ */ new Set([index, (index + nodes.length - 1) % nodes.length])];
    subscribers.push({
      clientId: `${prefix}-durable-${node}`,
      node,
      session,
      subscriptions: near.flatMap((from) => [
        { filter: `${prefix}/commands/${at(nodes, from)}`, qos: 1, flows: [at(commands, from)] },
        { filter: `${prefix}/orders/${at(nodes, from)}`, qos: exactly, flows: [at(orders, from)] }
      ])
    });
  });
  const ofMoving = { filter: `${prefix}/moving/+`, qos: exactly, flows: moving };
  subscribers.push({
    clientId: `${prefix}-gatherer`,
    node: next(0),
    session,
    subscriptions: [
      { filter: `${prefix}/gather/+`, qos: 1, flows: gathered },
      ...moving.length > 0 ? [ofMoving] : []
    ]
  });
  if (moving.length > 0)
    for (const node of nodes) {
      subscribers.push({
        clientId: `${prefix}-mover-${node}`,
        node,
        session: sessionsMove(features) ? "persistent" : "clean",
        subscriptions: [ofMoving],
        moves: true
      });
    }
  if (session === "persistent") {
    subscribers.push({
      clientId: `${prefix}-roamer`,
      node: nodes[0],
      session,
      subscriptions: [{ filter: `${prefix}/mail/#`, qos: exactly, flows: mail }],
      roam: { onlineMs: 2e3, awayMs: 1500 }
    });
  }
  const used = new Set(subscribers.flatMap((s) => s.subscriptions.flatMap((subscription) => subscription.flows)));
  return {
    flows: flows.map((made, id) => ({
      ...made,
      id,
      clientId: `${prefix}-publisher-${id}`,
      ratePerSecond: used.has(id) ? ratePerSecond / used.size : 0
    })),
    subscribers
  };
};

// src/workload/flows/stream/next-node.ts
function nextWhenRefused(count) {
  return (current2, wasAccepted) => wasAccepted ? current2 : (current2 + 1) % count;
}

// src/workload/flows/stream/publisher.ts
var publishWindow = 100;
var Publisher = class {
  client;
  #options;
  #session;
  #presence;
  #backlog = [];
  #open = /* @__PURE__ */ new Map();
  #connection = 0;
  /** The session may be another one than that which knows what is in flight. */
  #isRestarted = false;
  #startedMs = Number.POSITIVE_INFINITY;
  #due = 0;
  #stopped = false;
  /** Of the warm-up: the last sequence number written, and those acknowledged. */
  #warmUpsWritten = 0;
  #warmUpsAcknowledged = [];
  constructor(options) {
    this.#options = options;
    const { flow, recorder, endpoints, nowMs: nowMs2 } = options;
    const { clientId, node, moves } = flow.plan;
    const session = options.persistent ? "persistent" : "clean";
    this.#session = recorder.session(clientId, node, "publisher", [], session, moves);
    this.#presence = recorder.client(clientId, node, "publisher", nowMs2());
    const tap = new WireTap(options.wire, clientId, node);
    this.client = new Client({
      clientId,
      endpoints,
      nextEndpoint: moves && nextWhenRefused(endpoints.length),
      session,
      window: publishWindow,
      nowMs: nowMs2,
      on: {
        connecting: (attempt) => {
          tap.connecting(attempt);
          this.#presence.attempt(nowMs2());
          recorder.connecting(this.#session, attempt.endpoint.node);
        },
        refused: () => recorder.refused(this.#session),
        breach: (breach) => tap.breach(breach),
        connected: (accepted) => {
          const { connection, connack, endpoint } = accepted;
          tap.connected(accepted);
          this.#presence.enter("serving", nowMs2());
          this.#connection = connection;
          if (connection > 1) recorder.reconnected(nowMs2());
          const { sessionPresent } = connack;
          const arrival = recorder.connected(this.#session, sessionPresent, nowMs2(), endpoint.node);
          this.#isRestarted = arrival.isRestarted;
          if (arrival.hasMoved && (session === "clean" || arrival.isUndecided)) recorder.publisherMoved(flow, nowMs2());
        },
        closed: (closed) => {
          tap.closed(closed);
          this.#presence.enter("disconnected", nowMs2());
          recorder.disconnected(this.#session, nowMs2(), closed.lastHeardMs);
        }
      }
    });
  }
  /** The name of its flow. */
  get flow() {
    return this.#options.flow.plan.name;
  }
  get ready() {
    return this.client.isOnline;
  }
  /** Written or waiting, and not yet settled. */
  get unsettled() {
    return this.#open.size + this.#backlog.length;
  }
  connect() {
    this.client.connect();
  }
  /** A message outside the accounting, to see whether the way to the subscribers is open. */
  warmUp(sequence) {
    if (!this.ready) return;
    const { qos, topic } = this.#options.flow.plan;
    this.#warmUpsWritten = sequence;
    this.client.publish({
      topic,
      payload: this.#payload("warm-up", sequence, this.#options.nowMs()),
      qos,
      onOutcome: ({ kind }) => {
        if (kind === "acknowledged" && qos > 0) this.#warmUpsAcknowledged.push(sequence);
      }
    });
  }
  /** The sequence number of the last message of the warm-up. */
  get warmUpsWritten() {
    return this.#warmUpsWritten;
  }
  /** How many messages of the warm-up were written after that one, and how many of them were acknowledged (none at QoS 0). */
  warmUpsAfter(sequence) {
    return {
      written: this.#warmUpsWritten - sequence,
      acknowledged: this.#warmUpsAcknowledged.filter((one) => one > sequence).length
    };
  }
  /** The first message is due at `startMs`, the others at the flow's rate. */
  start(startMs) {
    this.#startedMs = startMs;
  }
  /** No further message falls due. */
  stop() {
    this.#stopped = true;
  }
  /** Notes what has fallen due, writes what can be written, gives up what is past its deadline. */
  tick() {
    const nowMs2 = this.#options.nowMs();
    const { flow, recorder, deadlineMs } = this.#options;
    if (!this.#stopped && flow.plan.ratePerSecond > 0) {
      const total = Math.floor((nowMs2 - this.#startedMs) * flow.plan.ratePerSecond / 1e3) + 1;
      while (this.#due < total) {
        const dueMs = Math.round((this.#startedMs + this.#due++ * 1e3 / flow.plan.ratePerSecond) * 1e6) / 1e6;
        this.#backlog.push({ sequence: recorder.due(flow, dueMs), dueMs, writtenOn: 0 });
      }
    }
    while (this.#backlog.length > 0) {
      const operation = this.#backlog[0];
      if (nowMs2 - operation.dueMs > deadlineMs) {
        flow.notSent.add(operation.sequence);
      } else if (flow.plan.qos === 0 ? this.ready : this.client.freeSlots > 0) {
        this.#write(operation);
      } else {
        return;
      }
      this.#backlog.shift();
    }
  }
  /**
   * At the end of the scenario: what was never written failed, what was written and not acknowledged is unknown. What was written to a
   * connection that has lasted for `patienceMs` by now should have been answered.
   */
  settle(patienceMs) {
    const { flow, nowMs: nowMs2 } = this.#options;
    for (const operation of this.#backlog.splice(0)) flow.notSent.add(operation.sequence);
    const hadTime = this.#presence.servedForMs(nowMs2()) >= patienceMs;
    for (const { sequence, writtenOn } of this.#open.values()) {
      (writtenOn > 0 ? flow.unknown : flow.notSent).add(sequence);
      if (hadTime && writtenOn === this.#connection) flow.unanswered.add(sequence);
    }
    this.#open.clear();
  }
  /** Disconnects, and takes the persistent session off the broker. */
  async end() {
    await (this.#options.persistent ? this.client.endSession() : this.client.end());
  }
  #write(operation) {
    const { flow, recorder, nowMs: nowMs2 } = this.#options;
    const { sequence, dueMs } = operation;
    recorder.written(flow, sequence, nowMs2());
    this.#open.set(sequence, operation);
    this.client.publish({
      topic: flow.plan.topic,
      payload: this.#payload("flow", sequence, dueMs),
      qos: flow.plan.qos,
      onWritten: (write) => this.#wrote(operation, write),
      onOutcome: (outcome) => this.#ended(operation, outcome)
    });
  }
  #wrote(operation, { again, connection, packetId, sessionPresent }) {
    const { flow, recorder } = this.#options;
    const { sequence } = operation;
    operation.writtenOn = connection;
    if (flow.plan.qos > 0) flow.packetIds.sent(sequence, packetId);
    if (!again) {
      recorder.wrote(this.#session, sequence);
      return;
    }
    flow.resent.add(sequence);
    if (!sessionPresent || this.#isRestarted) flow.resentWithoutSession.add(sequence);
  }
  #ended({ sequence, dueMs, writtenOn }, outcome) {
    const { flow, recorder, nowMs: nowMs2 } = this.#options;
    if (!this.#open.delete(sequence) || flow.plan.qos === 0) return;
    const isRefused = outcome.kind === "refused" && !flow.resent.has(sequence);
    if (outcome.kind === "acknowledged") recorder.acknowledged(flow, sequence, dueMs, nowMs2());
    else (writtenOn > 0 && !isRefused ? flow.unknown : flow.notSent).add(sequence);
  }
  #payload(kind, sequence, sentMs) {
    return encodePayload(
      { run: this.#options.run, flow: this.#options.flow.plan.id, kind, sequence, sentNs: Math.round(sentMs * 1e6) },
      this.#options.payloadBytes
    );
  }
};

// src/workload/flows/stream/subscriber.ts
var leaveAgainMs = 100;
var askAgainMs2 = 250;
var Subscriber = class {
  client;
  #options;
  #session;
  #presence;
  #byFlow = /* @__PURE__ */ new Map();
  /** Flows of which a warm-up message has not been seen yet. */
  #unseen;
  #leftOut = /* @__PURE__ */ new Set();
  /** Filters that the last SUBACK refused. */
  #refused = /* @__PURE__ */ new Set();
  #subscribed = false;
  /** The session may be another one than that which was subscribed. */
  #isRestarted = false;
  #subscribing = false;
  #accepted = false;
  /** The next step of the roaming. */
  #roaming;
  /** Where its deliberate absence stands, and how to end its record. */
  #away;
  #returning = false;
  #settled = false;
  #over = false;
  constructor(options) {
    this.#options = options;
    const { plan, recorder, nowMs: nowMs2 } = options;
    for (const flow of recorder.flows) {
      for (const subscription of flow.subscriptions) {
        if (subscription.subscriber === plan) this.#byFlow.set(flow.plan.id, subscription);
      }
    }
    this.#unseen = new Set(this.#byFlow.keys());
    const { clientId, node, session, moves } = plan;
    this.#session = recorder.session(clientId, node, "subscriber", [...this.#byFlow.keys()], session, moves);
    this.#presence = recorder.client(clientId, node, "subscriber", nowMs2());
    const tap = new WireTap(options.wire, clientId, node);
    this.client = new Client({
      clientId,
      endpoints: options.endpoints,
      nextEndpoint: moves && nextWhenRefused(options.endpoints.length),
      session,
      nowMs: nowMs2,
      on: {
        connecting: (attempt) => {
          tap.connecting(attempt);
          this.#presence.attempt(nowMs2());
          recorder.connecting(this.#session, attempt.endpoint.node);
        },
        refused: () => recorder.refused(this.#session),
        breach: (breach) => tap.breach(breach),
        connected: (accepted) => {
          tap.connected(accepted);
          if (this.#accepted && !this.#returning) recorder.reconnected(nowMs2());
          this.#accepted = true;
          this.#returning = false;
          const { connack, endpoint } = accepted;
          const { isRestarted } = recorder.connected(this.#session, connack.sessionPresent, nowMs2(), endpoint.node);
          this.#isRestarted = isRestarted;
          if (isRestarted) recorder.sessionRestarted(plan);
        },
        online: ({ sessionPresent }) => this.#online(sessionPresent),
        closed: (closed) => {
          tap.closed(closed);
          this.#closed(closed);
        },
        // A QoS 2 message is delivered with its PUBREL.
        arrived: ({ qos, topic, payload }) => {
          if (qos === 2) this.#arrived(topic, payload);
        },
        message: (delivery) => this.#receive(delivery)
      }
    });
  }
  connect() {
    this.client.connect();
  }
  /** Subscribed, and a warm-up message of every flow has arrived: from here on it is owed what is published. */
  get ready() {
    return this.#subscribed && this.#unseen.size === 0;
  }
  /** A CONNACK has let it in at least once. */
  get wasAccepted() {
    return this.#accepted;
  }
  get plan() {
    return this.#options.plan;
  }
  /** The flows of which nothing has arrived yet. */
  get missing() {
    return [...this.#unseen].flatMap((id) => this.#byFlow.get(id) ?? []);
  }
  /** Whether the broker refuses the filter, grants it, or has not answered the SUBSCRIBE. */
  answerTo(filter) {
    if (this.#refused.has(filter)) return "refused";
    return this.#subscribed || this.#refused.size > 0 ? "granted" : "none";
  }
  /** From now on the flow is nothing to this subscriber: what arrives of it is not noted, and not waited for. */
  leaveOut(flow) {
    this.#unseen.delete(flow);
    this.#leftOut.add(flow);
    this.#byFlow.delete(flow);
    const wanted = new Set([...this.#byFlow.values()].map(({ plan }) => plan.filter));
    this.#refused = new Set([...this.#refused].filter((filter) => wanted.has(filter)));
    if (this.#presence.stage === "connected" && this.#refused.size === 0 && !this.#subscribing) this.#granted([]);
  }
  /** Begins to leave and to come back, as its plan says, until `settle`. */
  startRoaming() {
    const { recorder, plan, nowMs: nowMs2 } = this.#options;
    const { roam } = plan;
    if (!roam || this.#roaming) return;
    const leave = async () => {
      if (!this.client.isOnline || !this.#subscribed) {
        this.#roaming = setTimeout(leave, leaveAgainMs);
        return;
      }
      const away = { state: "leaving", end: recorder.away(plan, nowMs2()) };
      this.#away = away;
      await this.client.leave();
      away.state = "gone";
      if (this.#settled) comeBack();
      else this.#roaming = setTimeout(comeBack, roam.awayMs);
    };
    const comeBack = () => {
      this.#return();
      if (!this.#settled) this.#roaming = setTimeout(leave, roam.onlineMs);
    };
    this.#roaming = setTimeout(leave, roam.onlineMs);
  }
  /** Ends the roaming with the subscriber online, so that it can get all that it is owed. */
  settle() {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#roaming);
    if (this.#away?.state === "gone") this.#return();
  }
  /** Leaves politely and comes back at once with its session, so that the broker sends again what it has kept for it. */
  async reconnect() {
    await this.client.leave();
    this.#return();
  }
  /** Disconnects, and takes the persistent session off the broker. */
  async end() {
    this.#settled = true;
    this.#over = true;
    clearTimeout(this.#roaming);
    await (this.#options.plan.session === "persistent" ? this.client.endSession() : this.client.end());
  }
  /** Its absence ends when it sets out to return: a broker that does not let it in is not excused by it. */
  #return() {
    this.#away?.end(this.#options.nowMs());
    this.#away = void 0;
    if (this.#over) return;
    this.#returning = true;
    this.client.connect();
  }
  /** Only a session that the broker kept still has the subscriptions. */
  #online(sessionPresent) {
    if (sessionPresent && this.#subscribed && !this.#isRestarted) {
      this.#serve();
      return;
    }
    this.#subscribed = false;
    this.#refused = /* @__PURE__ */ new Set();
    this.#presence.enter("connected", this.#options.nowMs());
    this.#subscribe();
  }
  #closed({ wasAccepted, reason, lastHeardMs }) {
    const { recorder, plan, nowMs: nowMs2 } = this.#options;
    recorder.disconnected(this.#session, nowMs2(), lastHeardMs);
    if (plan.session === "clean") {
      if (wasAccepted) recorder.cleanSessionEnded(plan, reason === "keep alive" ? lastHeardMs : nowMs2());
      this.#subscribed = false;
    }
    this.#presence.enter("disconnected", nowMs2());
    this.#subscribing = false;
  }
  #subscribe() {
    if (this.#subscribing) return;
    if (this.#byFlow.size === 0) {
      this.#granted([]);
      return;
    }
    this.#subscribing = true;
    const filters = this.#options.plan.subscriptions.filter(({ flows }) => flows.some((flow) => this.#byFlow.has(flow))).map(({ filter, qos }) => ({ topic: filter, qos }));
    this.client.subscribe({ filters, onAnswer: (codes) => this.#answered(filters, codes) });
  }
  #answered(filters, codes) {
    this.#subscribing = false;
    if (codes === void 0) return;
    this.#granted(filters.map(({ topic }, i) => [topic, codes[i] ?? 128]));
    if (this.#refused.size > 0)
      setTimeout(() => this.client.isOnline && !this.#subscribed && this.#subscribe(), askAgainMs2).unref();
  }
  #granted(codes) {
    const { recorder, nowMs: nowMs2 } = this.#options;
    const refused = new Set(codes.filter(([, code]) => code >= 128).map(([filter]) => filter));
    for (const [filter, code] of codes) {
      if (refused.has(filter) || this.#refused.size > 0 && !this.#refused.has(filter)) continue;
      recorder.subscribed(this.#session);
      for (const subscription of this.#byFlow.values())
        if (subscription.plan.filter === filter) recorder.granted(subscription, code, nowMs2());
    }
    this.#refused = refused;
    if (refused.size > 0) return;
    this.#subscribed = true;
    this.#serve();
  }
  #serve() {
    const { recorder, plan, nowMs: nowMs2 } = this.#options;
    this.#presence.enter("serving", nowMs2());
    recorder.served(plan);
  }
  #arrived(topic, payload) {
    const decoded = decodePayload(payload);
    if (!decoded.ok || decoded.header.run !== this.#options.run || decoded.header.kind !== "flow") return;
    const { flow, sequence } = decoded.header;
    const subscription = this.#byFlow.get(flow);
    if (subscription?.flow.plan.topic === topic && sequence <= subscription.flow.offered)
      this.#options.recorder.arrived(subscription, sequence);
  }
  #receive({ topic, payload, dup, packetId, qos }) {
    const { recorder, nowMs: nowMs2, run } = this.#options;
    const decoded = decodePayload(payload);
    if (!decoded.ok) {
      const why = decoded.why === "corrupt" ? "its CRC-32 does not match" : "it is no message of this workload";
      this.#odd(
        decoded.why,
        topic,
        `${payload.length} bytes: ${why}; they begin ${payload.subarray(0, 32).toString("hex")}`
      );
      return;
    }
    const { header } = decoded;
    if (header.run === run && this.#leftOut.has(header.flow)) return;
    const subscription = this.#byFlow.get(header.flow);
    if (header.run !== run || !subscription || subscription.flow.plan.topic !== topic) {
      this.#odd(
        "unsubscribed",
        topic,
        `flow ${header.flow}, message ${header.sequence}, which this client did not subscribe to on that topic`
      );
      return;
    }
    if (header.kind !== "flow") {
      this.#unseen.delete(header.flow);
      return;
    }
    if (header.sequence > subscription.flow.offered || header.sequence < 1) {
      this.#odd(
        "invented",
        topic,
        `message ${header.sequence} of flow ${header.flow}, of which ${subscription.flow.offered} were published`
      );
      return;
    }
    recorder.received(subscription, header.sequence, header.sentNs / 1e6, nowMs2(), { dup, messageId: packetId, qos });
  }
  #odd(kind, topic, detail) {
    const { clientId, node } = this.#options.plan;
    this.#options.recorder.odd(kind, { clientId, node, topic, atMs: this.#options.nowMs(), detail });
  }
};

// src/workload/flows/stream/stream.ts
var tickMs = 2;
var stream = {
  name: "stream",
  summary: "numbered messages at QoS 0, 1 and 2, fan-in, fan-out, persistent sessions that go away and come back, clients that go on to another node",
  unavailable: () => void 0,
  open: (context) => new Stream(context)
};
var Stream = class {
  #recorder;
  #publishers;
  #subscribers;
  #nowMs;
  #options;
  #ticking;
  /** The last message of the warm-up that was written before a subscription was granted. */
  #grantedAfter = /* @__PURE__ */ new Map();
  constructor(options) {
    this.#options = options;
    this.#nowMs = options.nowMs;
    const { endpoints, features, ratePerSecond, prefix, run, payloadBytes, deadlineMs, wire, nowMs: nowMs2 } = options;
    const plan = mixed({
      nodes: endpoints.map(({ node }) => node),
      features,
      ratePerSecond,
      prefix
    });
    const endpointsOf = ({ node, moves }) => {
      const index = endpoints.findIndex((endpoint) => endpoint.node === node);
      const own = endpoints[index];
      if (!own) throw new RangeError(`no endpoint for ${node}`);
      return moves ? [own, ...endpoints.slice(index + 1), ...endpoints.slice(0, index)] : [own];
    };
    const recorder = new Recorder(plan, deadlineMs);
    this.#recorder = recorder;
    this.#publishers = recorder.flows.filter((flow) => flow.plan.ratePerSecond > 0).map((flow) => {
      const isKept = flow.plan.moves ? sessionsMove(features) : features.persistentSessions.available;
      const persistent = flow.plan.qos > 0 && isKept;
      return new Publisher({
        flow,
        recorder,
        endpoints: endpointsOf(flow.plan),
        run,
        wire,
        payloadBytes,
        deadlineMs,
        persistent,
        nowMs: nowMs2
      });
    });
    this.#subscribers = plan.subscribers.map(
      (subscriber) => new Subscriber({ plan: subscriber, recorder, endpoints: endpointsOf(subscriber), run, wire, nowMs: nowMs2 })
    );
    for (const subscriber of this.#subscribers)
      for (const subscription of subscriber.missing) {
        const asked = this.#asked(subscription);
        if (options.unserved.some((unserved) => concerns(unserved, asked))) this.#leaveOut(subscriber, subscription);
      }
  }
  /**
   * Connects everybody and publishes until each subscription has seen a message from each of its publishers, so that all of them
   * are owed what follows. What has shown after `withinMs` that it does not work is left out of the workload and returned. Rejects when
   * nothing is shown: a publisher could not connect, or nothing at all works.
   */
  async warmUp(withinMs) {
    const startedMs = this.#nowMs();
    for (const subscriber of this.#subscribers) subscriber.connect();
    for (const publisher of this.#publishers) publisher.connect();
    for (let sequence = 1; ; sequence++) {
      const isReady = this.#publishers.every(({ ready }) => ready) && this.#subscribers.every(({ ready }) => ready);
      if (isReady) return [];
      if (this.#nowMs() - startedMs > withinMs) return this.#leaveOutUnserved(withinMs);
      this.#noteGranted();
      for (const publisher of this.#publishers) publisher.warmUp(sequence);
      await sleep4(100);
    }
  }
  /** How many subscriptions are part of the workload. */
  get watched() {
    return this.#recorder.flows.reduce((sum, { subscriptions }) => sum + subscriptions.length, 0);
  }
  #noteGranted() {
    for (const subscriber of this.#subscribers)
      for (const subscription of subscriber.missing)
        if (!this.#grantedAfter.has(subscription) && subscriber.answerTo(subscription.plan.filter) === "granted")
          this.#grantedAfter.set(subscription, this.#publisherOf(subscription)?.warmUpsWritten ?? 0);
  }
  #publisherOf({ flow }) {
    return this.#publishers.find((publisher) => publisher.flow === flow.plan.name);
  }
  #leaveOutUnserved(waitedMs) {
    const away = [
      ...this.#publishers.filter(({ ready }) => !ready).map(({ flow }) => `the publisher of ${flow}`),
      ...this.#subscribers.filter(({ wasAccepted }) => !wasAccepted).map(({ plan }) => plan.clientId)
    ];
    if (away.length > 0) throw new Error(`no CONNACK within ${waitedMs} ms for ${named(away)}`);
    const silent = this.#subscribers.flatMap(
      (subscriber) => subscriber.missing.map((subscription) => ({
        subscriber,
        subscription,
        unserved: this.#unserved(subscriber, subscription, waitedMs)
      }))
    );
    const unclear = silent.filter(({ unserved }) => unserved === void 0);
    if (unclear.length > 0)
      throw new Error(
        `no message arrived within ${waitedMs} ms for: ${named(unclear.map(({ subscription }) => `${subscription.flow.plan.name} at ${subscription.subscriber.clientId}`))}`
      );
    for (const { subscriber, subscription } of silent) this.#leaveOut(subscriber, subscription);
    return silent.flatMap(({ unserved }) => unserved ?? []);
  }
  /** Why a subscription has seen nothing; undefined where too little was tried to say. */
  #unserved(subscriber, subscription, waitedMs) {
    const publisher = this.#publisherOf(subscription);
    if (!publisher) return void 0;
    const { qos } = subscription.flow.plan;
    const { written, acknowledged } = publisher.warmUpsAfter(this.#grantedAfter.get(subscription) ?? 0);
    const answer = subscriber.answerTo(subscription.plan.filter);
    const asked = { ...this.#asked(subscription), written, acknowledged, waitedMs };
    if (answer === "refused") return { why: "refused", ...asked };
    if (answer === "none") return { why: "not-granted", ...asked };
    if (written < leastAcknowledged) return void 0;
    if (qos > 0 && acknowledged === 0) return { why: "not-acknowledged", ...asked };
    return qos === 0 || acknowledged >= leastAcknowledged ? { why: "not-delivered", ...asked } : void 0;
  }
  #asked({
    subscriber,
    plan,
    flow
  }) {
    const short = (name) => name.replace(new RegExp(`^${this.#options.prefix}[-/]`), "");
    return {
      from: flow.plan.node,
      to: subscriber.node,
      filter: filterKindOf(plan.filter),
      filterText: short(plan.filter),
      qos: flow.plan.qos,
      client: short(subscriber.clientId),
      flow: flow.plan.name
    };
  }
  #leaveOut(subscriber, subscription) {
    subscriber.leaveOut(subscription.flow.plan.id);
    this.#recorder.leaveOut(subscription);
  }
  /** Publishing begins. */
  start(startMs) {
    const { ratePerSecond } = this.#options;
    const gapMs = ratePerSecond > 0 ? 1e3 / ratePerSecond : 0;
    this.#publishers.forEach((publisher, i) => {
      publisher.start(startMs + i * gapMs);
    });
    for (const subscriber of this.#subscribers) subscriber.startRoaming();
    this.#ticking = setInterval(() => {
      for (const publisher of this.#publishers) publisher.tick();
    }, tickMs);
  }
  mark(phase) {
    if (phase === "recover") this.#recorder.healed();
  }
  impact(impact, nowMs2) {
    return this.#recorder.impact(impact, nowMs2);
  }
  /** A phase begins, and the first of its windows. */
  openWindows(phase, nowMs2, windowMs) {
    this.#recorder.mark(phase, nowMs2, windowMs);
  }
  progress() {
    let published = 0;
    let acknowledged = 0;
    let delivered = 0;
    for (const window of this.#recorder.windows.all) {
      published += window.published;
      acknowledged += window.acknowledged;
      delivered += window.delivered;
    }
    return { published, acknowledged, delivered };
  }
  /** Milliseconds from `expected.fromMs` to the start of the first sustained steady window; null while there is none. */
  recovery(expected) {
    const bar = { ...expected, p99LatencyMs: Math.min(expected.p99LatencyMs, steadyBarMs(this.#worstSteadyP99Ms())) };
    return recoveryMs(this.#recorder.summaries({ histograms: false }), bar, this.#nowMs(), this.#options.deadlineMs);
  }
  /** How many subscriptions at QoS 0 have heard nothing since the recover phase began, of messages enough to say. */
  silent() {
    return this.#recorder.silent();
  }
  #worstSteadyP99Ms() {
    const steady = this.#recorder.windows.all.filter(
      ({ phase, latency }) => phase === "steady" && latency.totalCount > 0
    );
    return Math.max(0, ...steady.map(({ latency }) => latency.getValueAtPercentile(99) / 1e3));
  }
  /** Nothing new falls due; travellers come home. */
  stop() {
    for (const publisher of this.#publishers) publisher.stop();
    for (const subscriber of this.#subscribers) subscriber.settle();
  }
  standing(nowMs2) {
    const recorder = this.#recorder;
    return {
      outstanding: recorder.outstanding(),
      unsettled: this.#publishers.reduce((sum, publisher) => sum + publisher.unsettled, 0),
      // A client that is between two connections is waited for: it is not one that could not come back.
      absentSinceMs: recorder.absences(nowMs2),
      arriving: recorder.arriving(nowMs2),
      lastMovedMs: recorder.lastMovedMs
    };
  }
  async reconnectMissing() {
    const missing = this.#recorder.noteMissing();
    await Promise.all(
      this.#subscribers.filter(({ plan }) => missing.includes(plan)).map((subscriber) => subscriber.reconnect())
    );
    return missing.length;
  }
  finish(quietMs) {
    clearInterval(this.#ticking);
    for (const publisher of this.#publishers) publisher.settle(quietMs);
    return this.#recorder.history(this.#nowMs());
  }
  /** Every window with its measures. */
  windows() {
    return this.#recorder.summaries({ histograms: true });
  }
  /** Disconnects every client and takes their sessions off the broker. */
  async end() {
    clearInterval(this.#ticking);
    await Promise.all([...this.#publishers, ...this.#subscribers].map((client) => client.end()));
  }
};
function concerns(unserved, asked) {
  if (unserved.from !== asked.from || unserved.to !== asked.to) return false;
  if (unserved.client === null) return unserved.filter === asked.filter;
  return unserved.client === asked.client && unserved.flow === asked.flow && unserved.filterText === asked.filterText;
}
function named(names) {
  return names.slice(0, 6).join("; ") + (names.length > 6 ? `; and ${names.length - 6} more` : "");
}

// src/workload/flows/unsubscribe/unsubscribe.ts
var [subscribedForMs, leftForMs] = [800, 2500];
var exampleLimit2 = 3;
var rememberedWrites = 5e3;
var unsubscribe = {
  name: "unsubscribe",
  summary: "subscribers that leave a topic at one node, and come back to it, while it is published at another",
  unavailable: () => void 0,
  open: (context) => new Unsubscribe(context)
};
var Unsubscribe = class {
  #context;
  #leavers;
  #ticking;
  constructor(context) {
    this.#context = context;
    const { endpoints } = context;
    this.#leavers = endpoints.map(
      (at, index) => new Leaver(context, {
        ...{ index, at, publishedAt: endpoints[(index + 1) % endpoints.length] }
      })
    );
  }
  get watched() {
    return this.#leavers.length;
  }
  async warmUp(withinMs) {
    const { nowMs: nowMs2 } = this.#context;
    for (const leaver of this.#leavers) leaver.connect();
    await untilAll(() => this.#actors().every(({ isServed }) => isServed), {
      ...{ withinMs, nowMs: nowMs2 },
      missing: () => `the clients that unsubscribe were not subscribed within ${withinMs} ms`
    });
    return [];
  }
  start() {
    const each = this.#context.ratePerSecond / this.#leavers.length;
    if (each <= 0) return;
    this.#ticking = setInterval(() => {
      for (const leaver of this.#leavers) leaver.publish();
    }, 1e3 / each);
    for (const leaver of this.#leavers) leaver.start();
  }
  stop() {
    clearInterval(this.#ticking);
    for (const leaver of this.#leavers) leaver.stop();
  }
  standing(nowMs2) {
    return standingOf(this.#actors(), nowMs2, {});
  }
  finish() {
    return { leaves: this.#leavers.flatMap(({ facts }) => facts) };
  }
  async end() {
    this.stop();
    await Promise.all(this.#actors().map((actor) => actor.end()));
  }
  #actors() {
    return this.#leavers.flatMap(({ actors }) => actors);
  }
};
var Leaver = class {
  #context;
  #index;
  #topic;
  #node;
  #publishedAt;
  #subscriber;
  #publisher;
  #written = /* @__PURE__ */ new Map();
  #leaves = [];
  #left;
  #sequence = 0;
  #timer;
  #isStopped = false;
  constructor(context, { index, at, publishedAt }) {
    this.#context = context;
    this.#index = index;
    const { prefix, run } = context;
    this.#topic = `${prefix}/left-${index + 1}`;
    this.#node = at.node;
    this.#publishedAt = publishedAt.node;
    this.#subscriber = new Actor(context, {
      ...{ clientId: `${prefix}-leaver-${index + 1}`, at, session: "clean", filters: [{ topic: this.#topic, qos: 1 }] },
      on: {
        message: (delivery, atMs) => {
          const header = headerOf(delivery, run);
          if (header?.flow === index) this.#arrived(header.sequence, atMs);
        },
        closed: () => {
          if (this.#left) this.#left.isBroken = true;
          this.#endLeave();
        }
      }
    });
    this.#publisher = new Actor(context, {
      clientId: `${prefix}-left-publisher-${index + 1}`,
      ...{ at: publishedAt, session: "clean" }
    });
  }
  get actors() {
    return [this.#subscriber, this.#publisher];
  }
  get facts() {
    this.#endLeave();
    return this.#leaves.map(({ isBroken, ...leave }) => ({
      ...leave,
      struck: isBroken || this.#context.faults.any(leave.unsubackMs - this.#context.deadlineMs, leave.endedMs)
    }));
  }
  connect() {
    for (const actor of this.actors) actor.connect();
  }
  start() {
    this.#after(subscribedForMs, () => this.#leave());
  }
  stop() {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#endLeave();
  }
  publish() {
    const { client } = this.#publisher;
    if (!client.isOnline || client.freeSlots === 0) return;
    const { run, payloadBytes, nowMs: nowMs2 } = this.#context;
    const sequence = ++this.#sequence;
    const sentNs = Math.round(nowMs2() * 1e6);
    client.publish({
      ...{ topic: this.#topic, qos: 1 },
      payload: encodePayload({ run, flow: this.#index, kind: "flow", sequence, sentNs }, payloadBytes),
      // What is written again may have been received the first time: the first time counts.
      onWritten: ({ atMs, again }) => {
        if (again) return;
        this.#written.set(sequence, atMs);
        this.#written.delete(sequence - rememberedWrites);
      }
    });
  }
  #leave() {
    if (this.#isStopped) return;
    if (!this.#subscriber.isServed) {
      this.#after(subscribedForMs, () => this.#leave());
      return;
    }
    this.#subscriber.client.unsubscribe({
      filters: [this.#topic],
      onAnswer: (codes) => {
        if (codes !== void 0 && !this.#isStopped) this.#begin();
        this.#after(codes === void 0 ? subscribedForMs : leftForMs, () => this.#comeBack());
      }
    });
  }
  #begin() {
    const { nowMs: nowMs2 } = this.#context;
    this.#left = {
      ...{ clientId: this.#subscriber.clientId, node: this.#node, topic: this.#topic },
      ...{ publisher: this.#publisher.clientId, publisherNode: this.#publishedAt },
      ...{ unsubackMs: nowMs2(), endedMs: Number.POSITIVE_INFINITY, arrived: [], arrivedCount: 0, isBroken: false }
    };
  }
  #comeBack() {
    this.#endLeave();
    if (this.#isStopped) return;
    if (this.#subscriber.client.isOnline)
      this.#subscriber.client.subscribe({ filters: [{ topic: this.#topic, qos: 1 }] });
    this.#after(subscribedForMs, () => this.#leave());
  }
  #endLeave() {
    const left = this.#left;
    if (!left) return;
    this.#left = void 0;
    left.endedMs = this.#context.nowMs();
    this.#leaves.push(left);
  }
  #arrived(sequence, atMs) {
    const left = this.#left;
    const writtenMs = this.#written.get(sequence);
    if (!left || writtenMs === void 0 || writtenMs - left.unsubackMs <= settledMs) return;
    left.arrivedCount++;
    if (left.arrived.length < exampleLimit2) left.arrived.push({ sequence, writtenMs, atMs });
  }
  #after(ms, act) {
    clearTimeout(this.#timer);
    if (!this.#isStopped) this.#timer = setTimeout(act, ms);
  }
};

// src/workload/flows/will/will.ts
var clientsPerNode = (version) => version === 5 ? 2 : 1;
var keepAliveSeconds2 = 2;
var [leastOnlineMs, mostOnlineMs, awayMs3] = [400, 1400, 400];
var [delaySeconds, returnsInTimeMs, returnsLateMs] = [2, 500, 4e3];
var surelyMs = 750;
var will = {
  name: "will",
  summary: "a will per connection, ended by DISCONNECT, by a closed socket, by silence, by takeover; will delay (MQTT 5)",
  unavailable: ({ features }) => features.wills.available ? void 0 : `the broker has no wills: ${features.wills.seen}`,
  open: (context) => new Wills(context)
};
var Wills = class {
  #context;
  #topic;
  #qos;
  #observers;
  #mortals;
  #trials = [];
  /** By will number, by observer. */
  #seen = /* @__PURE__ */ new Map();
  #numbers = 0;
  #lastMovedMs = 0;
  constructor(context) {
    this.#context = context;
    const { endpoints, features, prefix } = context;
    this.#topic = `${prefix}/wills`;
    this.#qos = features.qos2.available ? 2 : 1;
    const session = features.persistentSessions.available ? "persistent" : "clean";
    this.#observers = endpoints.map((at, place) => ({
      node: at.node,
      actor: new Actor(context, {
        ...{ clientId: `${prefix}-observer-${at.node}`, at, session },
        filters: [{ topic: this.#topic, qos: this.#qos }],
        on: { message: (delivery, atMs) => this.#saw(place, headerOf(delivery, context.run)?.sequence, atMs) }
      })
    }));
    this.#mortals = endpoints.flatMap(
      (at) => Array.from({ length: clientsPerNode(at.version) }, (_, i) => new Mortal(this, context, at, i + 1))
    );
  }
  get watched() {
    return this.#observers.length;
  }
  async warmUp(withinMs) {
    const { nowMs: nowMs2 } = this.#context;
    for (const { actor } of this.#observers) actor.connect();
    await untilAll(() => this.#observers.every(({ actor }) => actor.isServed), {
      ...{ withinMs, nowMs: nowMs2 },
      missing: () => `the observers of wills were not subscribed within ${withinMs} ms`
    });
    return [];
  }
  start() {
    for (const mortal of this.#mortals) mortal.start();
  }
  stop() {
    for (const mortal of this.#mortals) mortal.stop();
  }
  standing(nowMs2) {
    const facts = this.#trials.filter(({ end }) => end !== void 0).map((trial) => this.#factOf(trial));
    const wanted = facts.filter(
      ({ end, returnedInTime, struck }) => end !== "disconnect" && !returnedInTime && !struck
    );
    const actors = this.#observers.map(({ actor }) => actor);
    return standingOf(actors, nowMs2, {
      outstanding: wanted.filter(
        ({ seen, watchedBy, dueMs }) => dueMs <= nowMs2 && seen.length === 0 && watchedBy.length > 0
      ).length,
      unsettled: wanted.filter(({ dueMs }) => dueMs > nowMs2).length,
      lastMovedMs: Math.max(this.#lastMovedMs, ...wanted.map(({ dueMs }) => Math.min(dueMs, nowMs2)))
    });
  }
  finish() {
    return {
      observers: this.#observers.map(({ actor: { clientId }, node }) => ({ clientId, node })),
      wills: this.#trials.filter(({ end }) => end !== void 0).map((trial) => this.#factOf(trial))
    };
  }
  async end() {
    await Promise.all([...this.#mortals.map((one) => one.end()), ...this.#observers.map(({ actor }) => actor.end())]);
  }
  /** The will that the next CONNECT of a client has, with its number. */
  nextWill(delayMs) {
    const { run, payloadBytes, nowMs: nowMs2 } = this.#context;
    const number = ++this.#numbers;
    const header = { run, flow: 0, kind: "flow", sequence: number, sentNs: Math.round(nowMs2() * 1e6) };
    const will2 = {
      ...{ topic: this.#topic, payload: encodePayload(header, payloadBytes), qos: this.#qos, retain: false },
      ...delayMs > 0 ? { properties: { willDelayInterval: delayMs / 1e3 } } : {}
    };
    return { number, will: will2 };
  }
  began(trial) {
    this.#trials.push(trial);
  }
  #saw(observer, number, atMs) {
    if (number === void 0) return;
    this.#lastMovedMs = atMs;
    const seen = this.#seen.get(number) ?? /* @__PURE__ */ new Map();
    this.#seen.set(number, seen);
    const sight = seen.get(observer);
    if (sight) sight.copies++;
    else seen.set(observer, { copies: 1, firstMs: atMs });
  }
  /** What it arrives at: the lowest that an observer was granted. */
  #grantedQos() {
    return Math.min(this.#qos, ...this.#observers.map(({ actor }) => actor.grants?.[0] ?? 0));
  }
  #factOf(trial) {
    const { number, clientId, node, connectedMs, endedMs, dueMs, isOdd, returnedInTime, end = "drop" } = trial;
    const isWatching = ({ actor, node: at }) => at === node && (actor.servedSinceMs ?? Number.POSITIVE_INFINITY) <= endedMs;
    return {
      ...{ number, clientId, node, topic: this.#topic, qos: this.#grantedQos(), end },
      ...{ connectedMs, endedMs, dueMs, returnedInTime },
      // A fault of any sort may delay what the broker hears of an end.
      struck: isOdd || this.#context.faults.any(connectedMs, dueMs + this.#context.deadlineMs),
      watchedBy: this.#observers.flatMap((observer, place) => isWatching(observer) ? [place] : []),
      seen: [...this.#seen.get(number) ?? []].map(([observer, sight]) => ({ observer, ...sight }))
    };
  }
};
var Mortal = class {
  #wills;
  #context;
  #node;
  #actor;
  #delayMs;
  #isVersion5;
  #timer;
  #next = 0;
  /** The will that its current CONNECT said. */
  #number = 0;
  #trial;
  /** A connection that takes over from the one before. */
  #takesOver = false;
  /** The trial before, whose will delay may still run. */
  #delayed;
  #keepAliveMs = keepAliveSeconds2 * 1e3;
  #stopped = false;
  constructor(wills, context, at, count) {
    this.#wills = wills;
    this.#context = context;
    this.#node = at.node;
    this.#isVersion5 = at.version === 5;
    const isDelayed = this.#isVersion5 && count === clientsPerNode(at.version) && context.features.persistentSessions.available;
    this.#delayMs = isDelayed ? delaySeconds * 1e3 : 0;
    this.#actor = new Actor(context, {
      ...{ clientId: `${context.prefix}-mortal-${at.node}-${count}`, at, keepAliveSeconds: keepAliveSeconds2, isThrownOut: true },
      // A will delay ends with the session, so its client has one.
      session: isDelayed ? "persistent" : "clean",
      will: () => {
        const { number, will: will2 } = this.#wills.nextWill(this.#delayMs);
        this.#number = number;
        return will2;
      },
      on: {
        connected: ({ atMs, connack }) => {
          this.#keepAliveMs = (connack.properties?.serverKeepAlive ?? keepAliveSeconds2) * 1e3;
          this.#connected(atMs);
        },
        closed: ({ wasAccepted, reason, atMs }) => {
          if (wasAccepted && !isOwnEnd(reason)) this.#endedOddly(atMs);
        }
      }
    });
  }
  start() {
    this.#actor.connect();
  }
  /** Ends the connection as it would have been ended next. */
  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    if (this.#trial) void this.#die();
    else this.#actor.client.drop({ comeBack: false });
  }
  async end() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#actor.end();
  }
  #connected(atMs) {
    this.#settleDelayed(atMs);
    const before = this.#trial;
    if (this.#takesOver && before) this.#close(before, "takeover", atMs, atMs);
    else if (before && before.end === void 0) before.isOdd = true;
    this.#takesOver = false;
    const trial = {
      ...{ number: this.#number, clientId: this.#actor.clientId, node: this.#node, connectedMs: atMs },
      ...{ delayMs: this.#delayMs, end: void 0, endedMs: 0, dueMs: 0, isOdd: false, returnedInTime: false }
    };
    this.#trial = trial;
    this.#wills.began(trial);
    if (this.#stopped) {
      void this.#die();
      return;
    }
    const { random } = this.#context;
    this.#after(leastOnlineMs + random.below(mostOnlineMs - leastOnlineMs), () => this.#die());
  }
  /** Ends the connection in the next way of the list, and comes back later. */
  async #die() {
    const trial = this.#trial;
    const { client } = this.#actor;
    if (!trial || !client.isOnline) return;
    const end = this.#nextEnd();
    const nowMs2 = this.#context.nowMs();
    switch (end) {
      case "takeover":
        this.#takesOver = true;
        client.connect();
        return;
      case "silence":
        client.goSilent();
        this.#close(trial, end, nowMs2, nowMs2 + this.#keepAliveMs * 1.5);
        this.#after(this.#keepAliveMs * 2.5, () => {
          client.drop({ comeBack: false });
          this.#comeBack(trial);
        });
        return;
      case "drop":
        this.#close(trial, end, nowMs2, nowMs2);
        client.drop({ comeBack: false });
        break;
      default:
        this.#close(trial, end, nowMs2, nowMs2);
        await client.leave(end === "disconnect" ? {} : { reasonCode: 4 });
    }
    this.#comeBack(trial);
  }
  #comeBack(trial) {
    if (this.#stopped) return;
    const { random } = this.#context;
    const delayedMs = random.below(2) === 0 ? returnsInTimeMs : returnsLateMs;
    this.#delayed = this.#delayMs > 0 ? trial : void 0;
    this.#after(this.#delayMs > 0 ? delayedMs : awayMs3, () => this.#actor.connect());
  }
  /** It is back with its session: the will of the connection before must not be sent if its delay was not over [MQTT-3.1.3-9]. */
  #settleDelayed(connectedMs) {
    const trial = this.#delayed;
    this.#delayed = void 0;
    if (trial?.end !== "drop") return;
    if (connectedMs < trial.dueMs - surelyMs) trial.returnedInTime = true;
    else if (connectedMs < trial.dueMs + surelyMs) trial.isOdd = true;
  }
  /** Without a will delay, all ways; with one, those that do not take longer than the delay. */
  #nextEnd() {
    const ends = this.#delayMs > 0 ? ["drop", "disconnect"] : [
      "drop",
      "disconnect",
      "takeover",
      ...this.#isVersion5 ? ["disconnect-with-will"] : [],
      "silence"
    ];
    const possible = this.#stopped ? ends.filter((end) => end !== "takeover") : ends;
    return possible[this.#next++ % possible.length];
  }
  #close(trial, end, endedMs, closedMs) {
    trial.end = end;
    trial.endedMs = endedMs;
    trial.dueMs = closedMs + trial.delayMs;
    this.#trial = void 0;
  }
  #endedOddly(atMs) {
    const trial = this.#trial;
    if (!trial || trial.end !== void 0) return;
    this.#close(trial, "drop", atMs, atMs);
    trial.isOdd = true;
  }
  #after(ms, act) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, ms);
  }
};

// src/workload/flows/registry.ts
var flowKinds = {
  ...{ stream, retained, will, shared, handover, inflight, expiry, unsubscribe }
};

// src/workload/profiles.ts
var leastStreams = 0.3;
var mixed2 = {
  ...{ stream: 0.83, retained: 0.04, will: 0.01, shared: 0.04 },
  ...{ handover: 0.01, inflight: 0.04, expiry: 0.01, unsubscribe: 0.02 }
};
function sharesOf(profile) {
  if (profile === "mixed") return mixed2;
  return profile === "stream" ? { stream: 1 } : { stream: leastStreams, [profile]: 1 - leastStreams };
}
function kindsOf(shares) {
  return flowKindNames.flatMap((name) => {
    const share = shares[name] ?? 0;
    return share > 0 ? [[name, share]] : [];
  });
}

// src/workload/generator.ts
var kindWithinMs = 15e3;
var Generator = class {
  #flows;
  /** Measures are taken from the streams: every profile has some. */
  #stream;
  #notRun;
  #nowMs;
  #faults = new FaultsInForce();
  #wire = new Wire(this.#faults);
  #impacts = /* @__PURE__ */ new Map();
  #quietMs = 0;
  constructor(options, nowMs2) {
    this.#nowMs = nowMs2;
    const { flows, notRun } = openFlows(options, { nowMs: nowMs2, faults: this.#faults, wire: this.#wire });
    const stream2 = flows.find(({ flow }) => flow instanceof Stream)?.flow;
    if (!(stream2 instanceof Stream)) throw new RangeError(`the profile ${options.profile} has no streams`);
    this.#flows = flows;
    this.#stream = stream2;
    this.#notRun = notRun;
  }
  /**
   * Connects everybody and waits until everything works. What has shown that it does not is left out of the workload and returned. Rejects
   * where the streams do not work: without them there is no steady state. Another kind whose clients do not get ready does not run.
   */
  async warmUp(withinMs) {
    return (await Promise.all(this.#flows.map((one) => this.#warmUp(one, withinMs)))).flat();
  }
  async #warmUp({ name, flow }, withinMs) {
    if (flow === this.#stream) return await flow.warmUp(withinMs);
    try {
      return await flow.warmUp(Math.min(withinMs, kindWithinMs));
    } catch (error) {
      this.#notRun[name] = `its clients did not get ready: ${messageOf(error)}`;
      this.#flows = this.#flows.filter((one) => one.name !== name);
      await flow.end();
      return [];
    }
  }
  /** How many things there are that can be seen delivered. */
  get watched() {
    return this.#flows.reduce((sum, { flow }) => sum + flow.watched, 0);
  }
  /** Traffic begins; the first window opens. Returns when. */
  start(windowMs) {
    const startMs = Math.ceil(this.#nowMs());
    this.#stream.openWindows("steady", startMs, windowMs);
    for (const { flow } of this.#flows) flow.start(startMs);
    return startMs;
  }
  mark(phase, windowMs) {
    const nowMs2 = this.#nowMs();
    this.#stream.openWindows(phase, nowMs2, windowMs);
    for (const { flow } of this.#flows) flow.mark?.(phase, nowMs2);
    return nowMs2;
  }
  impactBegins(id, impact) {
    const nowMs2 = this.#nowMs();
    this.#impacts.set(id, [
      this.#faults.begin(impact, nowMs2),
      ...this.#flows.flatMap(({ flow }) => flow.impact?.(impact, nowMs2) ?? [])
    ]);
  }
  impactEnds(id) {
    const nowMs2 = this.#nowMs();
    for (const end of this.#impacts.get(id) ?? []) end(nowMs2);
    this.#impacts.delete(id);
  }
  progress() {
    return this.#stream.progress();
  }
  /** Milliseconds from `expected.fromMs` to the start of the first sustained steady window; null while there is none. */
  recovery(expected) {
    return this.#stream.recovery(expected);
  }
  /** How many subscriptions at QoS 0 have heard nothing since the recover phase began, of messages enough to say. */
  silent() {
    return this.#stream.silent();
  }
  /** Nothing new falls due; travellers come home. */
  stop() {
    for (const { flow } of this.#flows) flow.stop();
  }
  /**
   * Waits until every operation is settled, every client is back and all that is owed has arrived, or nothing has moved for `quietMs`.
   * Clients that miss something then reconnect once with their session, and get another quiet period: what arrives in it was stuck.
   */
  async drain(options) {
    this.#quietMs = options.quietMs;
    const startedMs = this.#nowMs();
    const first = await this.#settle(options, startedMs);
    const reconnected = first.unfinished ? 0 : await this.#reconnectMissing();
    const last = reconnected === 0 ? first : await this.#settle(options, this.#nowMs());
    if (!last.unfinished) await Promise.all(this.#flows.map(({ flow }) => flow.lastLook?.(options.returnMs)));
    return { ...last, reconnected, tookMs: this.#nowMs() - startedMs };
  }
  async #reconnectMissing() {
    const counts = await Promise.all(this.#flows.map(({ flow }) => flow.reconnectMissing?.() ?? 0));
    return counts.reduce((sum, count) => sum + count, 0);
  }
  async #settle({ quietMs, returnMs, withinMs }, startedMs) {
    for (; ; ) {
      const nowMs2 = this.#nowMs();
      const { outstanding, unsettled, absentSinceMs, arriving, lastMovedMs } = this.#standing(nowMs2);
      const idleMs = nowMs2 - Math.max(startedMs, lastMovedMs);
      const isDone = outstanding === 0 && unsettled === 0 && absentSinceMs.length === 0;
      const isQuiet = (outstanding === 0 && unsettled === 0 ? true : idleMs >= quietMs) && absentSinceMs.every((sinceMs) => nowMs2 - Math.max(startedMs, sinceMs) >= returnMs) && arriving === 0;
      if (isDone || isQuiet || nowMs2 - startedMs >= withinMs)
        return { outstanding, unsettled, absent: absentSinceMs.length, unfinished: !isDone && !isQuiet };
      await sleep5(50);
    }
  }
  #standing(nowMs2) {
    return this.#flows.map(({ flow }) => flow.standing(nowMs2)).reduce((all, one) => ({
      outstanding: all.outstanding + one.outstanding,
      unsettled: all.unsettled + one.unsettled,
      absentSinceMs: [...all.absentSinceMs, ...one.absentSinceMs],
      arriving: all.arriving + one.arriving,
      lastMovedMs: Math.max(all.lastMovedMs, one.lastMovedMs)
    }));
  }
  /** Closes the books; call after `drain`. */
  finish() {
    const facts = Object.fromEntries(this.#flows.map(({ name, flow }) => [name, flow.finish(this.#quietMs)]));
    return { history: { facts, notRun: this.#notRun, wire: this.#wire.facts() }, windows: this.#stream.windows() };
  }
  /** Disconnects every client and takes what the broker keeps for them off it. */
  async end() {
    this.#wire.close();
    await Promise.all(this.#flows.map(({ flow }) => flow.end()));
  }
};
function openFlows(options, shared2) {
  const notRun = {};
  const wanted = [];
  for (const [name, share] of kindsOf(sharesOf(options.profile))) {
    const kind = flowKinds[name];
    const why = kind.unavailable(options);
    if (why === void 0) wanted.push({ kind, share });
    else notRun[kind.name] = why;
  }
  const left = 1 - wanted.reduce((sum, { share }) => sum + share, 0);
  const flows = wanted.map(({ kind, share }) => ({
    name: kind.name,
    flow: kind.open(contextOf(options, kind.name, kind.name === "stream" ? share + left : share, shared2))
  }));
  return { flows, notRun };
}
function contextOf(options, kind, share, shared2) {
  const { endpoints, features, ratePerSecond, payloadBytes, deadlineMs, redeliverWithinMs } = options;
  const { prefix, run, seed, unserved = [] } = options;
  return {
    ...{ endpoints, features, payloadBytes, deadlineMs, redeliverWithinMs, run, unserved, ...shared2 },
    ratePerSecond: ratePerSecond * share,
    // The streams have the scenario's own: known issues of earlier versions name their clients.
    prefix: kind === "stream" ? prefix : `${prefix}-${kind}`,
    random: createRandom(`${seed}/workload/${kind}`)
  };
}

// src/workload/paths.ts
var filterKinds = ["exact", "wildcard"];
var publishEveryMs = 250;
var refusedForMs = 3e3;
async function checkPaths(endpoints, options) {
  const { nowMs: nowMs2, prefix, except = [] } = options;
  const nodes = endpoints.map(({ node }) => node);
  const paths = nodes.flatMap((from) => nodes.flatMap((to) => filterKinds.map((filter) => ({ from, to, filter })))).filter((path) => !except.some(samePath(path))).map((path) => new Watched(path));
  const startedMs = nowMs2();
  const accepted = /* @__PURE__ */ new Map();
  await new Promise((resolve) => {
    let over = false;
    let lastHeardMs = startedMs;
    const clients = endpoints.map((endpoint) => {
      const { node } = endpoint;
      const client = createClient(endpoint, { clientId: `${prefix}-${node}`, clean: true });
      client.on("connect", () => {
        if (!accepted.has(node)) accepted.set(node, nowMs2());
        subscribe(client, node);
      });
      client.on("close", () => {
        for (const path of paths) if (path.to === node) path.subscribed = false;
      });
      client.on("message", (topic) => {
        const path = paths.find(({ from, to, filter }) => to === node && topic === topicOf(prefix, from, filter));
        if (!path) return;
        path.atMs ??= nowMs2();
        lastHeardMs = nowMs2();
        finishWhenAllHeard();
      });
      client.connect();
      return client;
    });
    function subscribe(client, node) {
      for (const filter of filterKinds) {
        const own = paths.filter((path) => path.to === node && path.filter === filter);
        if (over || !client.connected || own.length === 0) continue;
        client.subscribe(filtersOf(prefix, own), { qos: 1 }, (error, _, packet) => {
          const isRefused = packet?.granted?.some((code) => Number(code) >= 128) === true;
          for (const path of own) {
            path.subscribed = !error;
            path.refused = isRefused;
          }
          if (error) setTimeout(() => subscribe(client, node), publishEveryMs).unref();
        });
      }
    }
    function publish(client, node, filter) {
      const unheard = paths.filter((path) => path.from === node && path.filter === filter && path.atMs === null);
      if (!client.connected || unheard.length === 0) return;
      const owed = unheard.filter(({ subscribed }) => subscribed);
      client.publish(topicOf(prefix, node, filter), "path", { qos: 1 }, (error) => {
        if (!error) {
          for (const path of owed) if (path.atMs === null) path.acknowledged++;
        }
      });
    }
    const publishing = setInterval(() => {
      finishWhenAllHeard();
      clients.forEach((client, i) => {
        for (const filter of filterKinds) publish(client, nodes[i], filter);
      });
    }, publishEveryMs);
    const timer = setTimeout(finish, options.withinMs);
    options.signal?.addEventListener("abort", finish, { once: true });
    if (options.signal?.aborted) finish();
    function finishWhenAllHeard() {
      const unheard = paths.filter(({ atMs }) => atMs === null);
      const rest = options.refusalsDecide && nowMs2() - lastHeardMs >= refusedForMs ? unheard.filter((path) => !path.refused) : unheard;
      if (rest.length === 0 && accepted.size === nodes.length) finish();
    }
    function finish() {
      if (over) return;
      over = true;
      clearInterval(publishing);
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", finish);
      Promise.all(clients.map((client) => ended(client, { force: true }))).then(() => resolve());
    }
  });
  return {
    startedMs,
    endedMs: nowMs2(),
    accepted: nodes.map((node) => ({ node, atMs: accepted.get(node) ?? null })),
    paths: paths.map((path) => path.seen())
  };
}
var Watched = class {
  from;
  to;
  filter;
  subscribed = false;
  refused = false;
  acknowledged = 0;
  atMs = null;
  constructor({ from, to, filter }) {
    this.from = from;
    this.to = to;
    this.filter = filter;
  }
  seen() {
    const { from, to, filter, atMs, acknowledged, refused } = this;
    return { from, to, filter, atMs, acknowledged, refused };
  }
};
function topicOf(prefix, from, filter) {
  return `${prefix}/${filter}/${from}`;
}
function filtersOf(prefix, paths) {
  return [
    ...new Set(
      paths.map(({ from, filter }) => filter === "exact" ? topicOf(prefix, from, filter) : `${prefix}/wildcard/+`)
    )
  ];
}

// src/workload/worker.ts
var nowMs = systemClock.nowMs;
var lag = watchLoopLag();
var generator;
function current() {
  if (!generator) throw new Error("no scenario has begun");
  return generator;
}
var methods = {
  probeFeatures: ({ endpoint, another }) => probeFeatures(endpoint, another),
  checkPaths: ({ endpoints, ...options }) => checkPaths(endpoints, { ...options, nowMs }),
  async begin(options) {
    generator = new Generator(options, nowMs);
    const unserved = await generator.warmUp(options.warmUpWithinMs);
    return { unserved, watched: generator.watched };
  },
  start: (windowMs) => current().start(windowMs),
  mark: ({ phase, windowMs }) => {
    if (phase === "hold" || phase === "recover") lag.reset();
    return current().mark(phase, windowMs);
  },
  impactBegins: ({ id, impact }) => current().impactBegins(id, impact),
  impactEnds: (id) => current().impactEnds(id),
  progress: () => current().progress(),
  recovery: (expected) => current().recovery(expected),
  silent: () => current().silent(),
  stop: () => current().stop(),
  drain: (options) => current().drain(options),
  finish: () => current().finish(),
  async end() {
    await generator?.end();
    generator = void 0;
  },
  lag: () => lag.read()
};
if (parentPort) serve(parentPort, "workload", methods);
