import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  brokenClasses
} from "./chunk-INS2QZRR.js";
import {
  bytes,
  duration,
  linkedPaths,
  offset,
  operationRate,
  rate,
  reading,
  separated,
  share,
  show,
  wholeNumber,
  widened
} from "./chunk-WYH6IPWY.js";
import {
  formatBytes,
  formatMs,
  formatShare
} from "./chunk-VDOZDET2.js";
import {
  statusName,
  statusNames
} from "./chunk-TOAIUC6F.js";

// src/faults/kinds/bandwidth.ts
import { z } from "#vendor/zod.js";

// src/model/impact.ts
var noImpact = { unavailableNodes: [], cutPaths: [] };

// src/faults/targets.ts
function minoritySize(nodes) {
  return Math.max(1, Math.floor((nodes - 1) / 2));
}
function chooseNodes(target, { nodes }, random) {
  const chosen = () => {
    switch (target.type) {
      case "nodes":
        return target.nodes;
      case "path":
        return [target.from];
      case "links":
        return nodes;
      case "choice":
        switch (target.choice) {
          case "any":
            return random.pick(nodes, 1);
          case "minority":
            return random.pick(nodes, minoritySize(nodes.length));
          case "majority":
            return random.pick(nodes, Math.floor(nodes.length / 2) + 1);
          case "all":
            return nodes;
        }
    }
  };
  const names = new Set(chosen());
  return nodes.filter((node) => names.has(node));
}
function chooseLinks(target, cluster, random) {
  if (target.type === "links" && target.which === "clients")
    return { paths: [], clients: cluster.nodes, text: "links.clients" };
  if (target.type === "path") {
    const { from, to } = target;
    return { paths: [{ from, to }], clients: [], text: `${from} -> ${to}` };
  }
  const all = linkedPaths(cluster.nodes, cluster.topology);
  if (target.type === "links") return { paths: all, clients: [], text: "links.cluster" };
  const nodes = chooseNodes(target, cluster, random);
  return {
    paths: all.filter(({ from, to }) => nodes.includes(from) || nodes.includes(to)),
    clients: [],
    text: `links of ${nodes.join(", ")}`
  };
}

// src/faults/kinds/bandwidth.ts
var bandwidth = {
  kind: "bandwidth",
  summary: "each direction of the struck links passes at most so many bytes a second",
  strikes: "links",
  usage: "`rate: 1MB/s`, bytes a second",
  replacesItself: true,
  effect: "bandwidth",
  parameters: z.strictObject({ rate }),
  plan({ rate: bytesPerSecond }, target, cluster, random) {
    const { text, ...struck } = chooseLinks(target, cluster, random);
    return {
      target: text,
      injected: `at most ${bytesPerSecond} bytes a second`,
      impact: noImpact,
      effect: { type: "bandwidth", ...struck, bytesPerSecond }
    };
  }
};

// src/faults/kinds/clock-skew.ts
import { z as z2 } from "#vendor/zod.js";
var mostOffsetMs = 10 * 365 * 24 * 36e5;
var leastStrobeMs = 10;
var clockSkew = {
  kind: "clock-skew",
  summary: "the wall clock of nodes is ahead or behind; with strobe, on and off; monotonic time goes on as before",
  strikes: "nodes",
  usage: "`offset: +5s`, or negative; `strobe: 500ms` (default none): on for so long, off for so long",
  replacesItself: true,
  effect: "clock-skew",
  parameters: z2.strictObject({
    offset: offset(mostOffsetMs),
    strobe: duration.refine((ms) => ms >= leastStrobeMs, { message: `a strobe is at least ${formatMs(leastStrobeMs)}` }).optional()
  }),
  plan({ offset: offsetMs, strobe: strobeMs }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    const amount = `${offsetMs < 0 ? "-" : "+"}${formatMs(Math.abs(offsetMs))}`;
    return {
      target: nodes.join(", "),
      injected: `wall clock ${amount}${strobeMs === void 0 ? "" : `, on and off every ${formatMs(strobeMs)}`}`,
      impact: noImpact,
      effect: { type: "clock-skew", nodes, offsetMs, strobeMs }
    };
  }
};

// src/faults/kinds/connection-reset.ts
import { z as z3 } from "#vendor/zod.js";
var connectionReset = {
  kind: "connection-reset",
  summary: "every open connection of the struck links is reset (RST to both ends)",
  strikes: "links",
  usage: "none",
  effect: "reset",
  parameters: z3.strictObject({}),
  plan(_, target, cluster, random) {
    const { text, ...struck } = chooseLinks(target, cluster, random);
    return {
      target: text,
      injected: "RST on every open connection, once",
      impact: noImpact,
      effect: { type: "reset", ...struck }
    };
  }
};

// src/faults/kinds/connection-storm.ts
import { z as z4 } from "#vendor/zod.js";
var connectionStorm = {
  kind: "connection-storm",
  summary: "many clients connect at a high rate and hold their connections",
  strikes: "nodes",
  usage: "`connections` (default `500`), clients to each node; `rate` (default `200/s`), how many of them connect a second",
  effect: "connection-storm",
  parameters: z4.strictObject({
    connections: wholeNumber({ min: 1, max: 2e4 }).prefault(500),
    rate: operationRate.prefault("200/s")
  }),
  plan({ connections, rate: ratePerSecond }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    const clientIdPrefix = `storm${random.below(4294967296).toString(16)}`;
    return {
      target: nodes.join(", "),
      injected: `${connections} clients to each node, ${ratePerSecond} a second`,
      impact: noImpact,
      effect: { type: "connection-storm", nodes, connections, ratePerSecond, clientIdPrefix }
    };
  }
};

// src/faults/kinds/cpu-quota.ts
import { z as z5 } from "#vendor/zod.js";
var leastQuota = 0.01;
var cpuQuota = {
  kind: "cpu-quota",
  summary: "nodes may use a share of one CPU and are throttled beyond it, as by a container limit",
  strikes: "nodes",
  usage: "`quota: 10%` of one CPU for each node, as a container limit is",
  effect: "cpu-quota",
  parameters: z5.strictObject({ quota: share.refine((quota) => quota >= leastQuota, "must be 1% at the least") }),
  plan({ quota: quotaShare }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    return {
      target: nodes.join(", "),
      injected: `at most ${formatShare(quotaShare)} of a CPU for ${nodes.length === 1 ? "the node" : "each node"}`,
      impact: noImpact,
      effect: { type: "cpu-quota", nodes, quotaShare }
    };
  }
};

// src/faults/kinds/cpu-stress.ts
import { z as z6 } from "#vendor/zod.js";
var cpuStress = {
  kind: "cpu-stress",
  summary: "the CPUs of nodes are kept busy for a share of the time by other processes",
  strikes: "nodes",
  usage: "`load: 80%`, of each CPU that the nodes may run on",
  usesMachine: true,
  effect: "cpu-stress",
  parameters: z6.strictObject({ load: share.refine((load2) => load2 > 0, "must be above 0%") }),
  plan({ load: loadShare }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    return {
      target: nodes.join(", "),
      injected: `${formatShare(loadShare)} of each CPU of the nodes burned`,
      impact: noImpact,
      effect: { type: "cpu-stress", nodes, loadShare }
    };
  }
};

// src/faults/kinds/disk-full.ts
import { z as z7 } from "#vendor/zod.js";
var diskFull = {
  kind: "disk-full",
  summary: "nodes can write nothing more to their data folders",
  strikes: "nodes",
  usage: "none",
  usesMachine: true,
  replacesItself: true,
  effect: "disk-full",
  parameters: z7.strictObject({}),
  plan(_, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    return {
      target: nodes.join(", "),
      injected: "data folder full",
      // What cannot be stored cannot be promised; a node that is full owes no acknowledgement.
      impact: { unavailableNodes: nodes, cutPaths: [] },
      effect: { type: "disk-full", nodes }
    };
  }
};

// src/faults/kinds/fd-exhaustion.ts
import { z as z8 } from "#vendor/zod.js";
var fdExhaustion = {
  kind: "fd-exhaustion",
  summary: "nodes have no descriptors left: what is open stays, nothing new can be opened or accepted",
  strikes: "nodes",
  usage: "`spare` (default 0), descriptors that each process of the node may still open",
  replacesItself: true,
  effect: "fd-exhaustion",
  parameters: z8.strictObject({ spare: wholeNumber({ min: 0, max: 1e4 }).prefault(0) }),
  plan({ spare }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    return {
      target: nodes.join(", "),
      injected: spare === 0 ? "no descriptor left" : `${spare} descriptors left`,
      impact: noImpact,
      effect: { type: "fd-exhaustion", nodes, spare }
    };
  }
};

// src/faults/kinds/io-stress.ts
import { z as z9 } from "#vendor/zod.js";
var ioStress = {
  kind: "io-stress",
  summary: "files are written and synced without a pause on the disk of the nodes",
  strikes: "nodes",
  usage: "`writers` (default 8), files that are written at once; `size` (default `8MiB`) of each",
  usesMachine: true,
  effect: "io-stress",
  parameters: z9.strictObject({
    writers: wholeNumber({ min: 1, max: 64 }).prefault(8),
    size: bytes.prefault("8MiB")
  }),
  plan({ writers, size: fileBytes }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    return {
      target: nodes.join(", "),
      injected: `${writers} files of ${formatBytes(fileBytes)} written and synced over and over`,
      impact: noImpact,
      effect: { type: "io-stress", nodes, writers, fileBytes }
    };
  }
};

// src/faults/kinds/kill.ts
import { z as z10 } from "#vendor/zod.js";
var kill = {
  kind: "kill",
  summary: "nodes are killed (SIGKILL) and stay down until the heal starts them again",
  strikes: "nodes",
  usage: "none; the nodes stay down until the heal",
  effect: "kill",
  parameters: z10.strictObject({}),
  plan(_, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    return {
      target: nodes.join(", "),
      injected: "SIGKILL, down until the heal",
      impact: { unavailableNodes: nodes, cutPaths: [] },
      effect: { type: "kill", nodes }
    };
  }
};

// src/faults/kinds/load.ts
import { z as z11 } from "#vendor/zod.js";
var load = {
  kind: "load",
  summary: "further clients publish at QoS 1 from node to node, besides the workload",
  strikes: "nodes",
  usage: "`rate: 300/s`, messages a second into each node at QoS 1; `payload` (default `128B`)",
  effect: "load",
  parameters: z11.strictObject({ rate: operationRate, payload: bytes.prefault("128B") }),
  plan({ rate: ratePerSecond, payload: payloadBytes }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    const clientIdPrefix = `load${random.below(4294967296).toString(16)}`;
    const after = (node) => cluster.nodes[(cluster.nodes.indexOf(node) + 1) % cluster.nodes.length] ?? node;
    return {
      target: nodes.join(", "),
      injected: `${ratePerSecond} messages a second of ${payloadBytes} bytes at QoS 1 into each node, to a subscriber at the next`,
      impact: noImpact,
      effect: { type: "load", nodes, subscribers: nodes.map(after), ratePerSecond, payloadBytes, clientIdPrefix }
    };
  }
};

// src/faults/kinds/malformed-input.ts
import { z as z12 } from "#vendor/zod.js";
var malformedInput = {
  kind: "malformed-input",
  summary: `clients send broken MQTT packets of ${brokenClasses.length} classes, before and in sessions of MQTT 3.1.1 and MQTT 5`,
  strikes: "nodes",
  usage: "`rate` (default `200/s`), classes of broken packets sent a second to each node, once each of them was sent alone",
  effect: "malformed-input",
  parameters: z12.strictObject({ rate: operationRate.prefault("200/s") }),
  plan({ rate: ratePerSecond }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    return {
      target: nodes.join(", "),
      injected: `each of ${brokenClasses.length} classes of broken packets once, one after another, then ${ratePerSecond} of them a second, to each node`,
      impact: noImpact,
      effect: { type: "malformed-input", nodes, ratePerSecond, seeds: nodes.map(() => String(random.next())) }
    };
  }
};

// src/faults/kinds/memory-limit.ts
import { z as z13 } from "#vendor/zod.js";
var memoryLimit = {
  kind: "memory-limit",
  summary: "nodes may have little more memory than they have, page cache included, and are slowed down beyond it",
  strikes: "nodes",
  usage: "`headroom` (default 0), how much more memory than now each node may have",
  effect: "memory-limit",
  parameters: z13.strictObject({ headroom: bytes.prefault("0B") }),
  plan({ headroom: headroomBytes }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    return {
      target: nodes.join(", "),
      injected: headroomBytes === 0 ? "no more memory than now" : `at most ${formatBytes(headroomBytes)} of memory more than now`,
      impact: noImpact,
      effect: { type: "memory-limit", nodes, headroomBytes }
    };
  }
};

// src/faults/kinds/memory-stress.ts
import { z as z14 } from "#vendor/zod.js";
var memoryStress = {
  kind: "memory-stress",
  summary: "memory of the machine is taken until a share of it is left, or up to a size",
  strikes: "nodes",
  usage: "`size: 2GiB`, at most so much is taken; `free: 15%`, and only until so much of the machine's memory is left; one of them is needed. All of the machine is struck, whatever `on` says.",
  usesMachine: true,
  effect: "memory-stress",
  parameters: z14.strictObject({ free: share.optional(), size: bytes.optional() }).refine(({ free, size }) => free !== void 0 || size !== void 0, "one of free and size is needed"),
  plan({ free: leftShare, size: mostBytes }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    const limits = [
      ...leftShare === void 0 ? [] : [`until ${formatShare(leftShare)} is left`],
      ...mostBytes === void 0 ? [] : [`at most ${formatBytes(mostBytes)}`]
    ];
    return {
      target: nodes.join(", "),
      injected: `memory taken ${limits.join(", ")}`,
      impact: noImpact,
      effect: { type: "memory-stress", nodes, leftShare, mostBytes }
    };
  }
};

// src/faults/kinds/network-delay.ts
import { z as z15 } from "#vendor/zod.js";
var networkDelay = {
  kind: "network-delay",
  summary: "bytes arrive later: delay and jitter, one way, in each struck direction",
  strikes: "links",
  usage: "`delay`, one way; `jitter` (default `0ms`)",
  replacesItself: true,
  effect: "delay",
  parameters: z15.strictObject({ delay: duration, jitter: duration.prefault("0ms") }),
  plan({ delay: delayMs, jitter: jitterMs }, target, cluster, random) {
    const { text, ...struck } = chooseLinks(target, cluster, random);
    return {
      target: text,
      injected: `${formatMs(delayMs)} each way${jitterMs > 0 ? ` +- ${formatMs(jitterMs)}` : ""}`,
      impact: noImpact,
      effect: { type: "delay", ...struck, delayMs, jitterMs }
    };
  }
};

// src/faults/kinds/packet-loss.ts
import { z as z16 } from "#vendor/zod.js";
var packetLoss = {
  kind: "packet-loss",
  summary: "segments are lost and retransmitted: stalls of 200 ms and more, as TCP shows them",
  strikes: "links",
  usage: "`loss: 10%`",
  replacesItself: true,
  effect: "loss",
  parameters: z16.strictObject({ loss: share }),
  plan({ loss: lossShare }, target, cluster, random) {
    const { text, ...struck } = chooseLinks(target, cluster, random);
    return {
      target: text,
      injected: `${formatShare(lossShare)} of transmissions lost`,
      impact: noImpact,
      effect: { type: "loss", ...struck, lossShare }
    };
  }
};

// src/faults/kinds/partition.ts
import { z as z17 } from "#vendor/zod.js";
var groups = z17.union([z17.literal("minority"), z17.array(z17.array(z17.string()).min(1)).min(2)]);
var partition = {
  kind: "partition",
  summary: "nothing arrives across the cut: a minority, given groups, one way only, or a ring",
  strikes: "links",
  usage: "One of `groups: minority` (default), `groups: [[node1], [node2, node3]]`, `shape: one-way` (one node hears the others and is not heard) and `shape: ring` (each node reaches its neighbours only; three nodes make a chain). `on` may name the nodes that are cut off or not heard.",
  replacesItself: true,
  effect: "cut",
  parameters: z17.strictObject({ groups: groups.optional(), shape: z17.enum(["ring", "one-way"]).optional() }).refine(({ groups: groups2, shape }) => groups2 === void 0 || shape === void 0, "groups and shape exclude each other"),
  plan(parameters, target, cluster, random) {
    const cut = chooseCut(parameters, target, cluster, random);
    const { paths, clients, target: struck } = cut;
    const why = cluster.nodes.length < 2 ? void 0 : whyNothing(cut, parameters);
    return {
      target: struck,
      injected: cut.text,
      impact: { unavailableNodes: cut.unavailable, cutPaths: paths },
      effect: why === void 0 ? { type: "cut", paths, clients } : { type: "nothing", why }
    };
  }
};
function whyNothing({ paths, clients, target }, { shape }) {
  if (paths.length > 0 || clients.length > 0) return void 0;
  return shape === "ring" ? "a ring needs at least three nodes" : `nothing is cut, all nodes are on one side: ${target}`;
}
function chooseCut({ groups: groups2, shape }, target, cluster, random) {
  const { nodes } = cluster;
  const all = linkedPaths(nodes, cluster.topology);
  if (target.type === "path") {
    const { from, to } = target;
    return { paths: [{ from, to }], clients: [], unavailable: [], target: `${from} -> ${to}`, text: "one path cut" };
  }
  if (target.type === "links" && target.which === "clients")
    return {
      ...{ paths: [], clients: nodes, unavailable: nodes },
      ...{ target: "links.clients", text: "every node cut off from its clients" }
    };
  if (shape === "ring") return ring(nodes);
  if (shape === "one-way") {
    const mute = chooseNodes(target.type === "links" ? { type: "choice", choice: "any" } : target, cluster, random);
    const others = nodes.filter((node) => !mute.includes(node));
    return {
      paths: all.filter(({ from, to }) => mute.includes(from) && !mute.includes(to)),
      clients: [],
      unavailable: mute,
      target: `${mute.join("+")} -> ${others.join("+")}`,
      text: `${mute.join(", ")} can hear the others and not be heard`
    };
  }
  const sides = Array.isArray(groups2) ? groups2 : [chooseNodes(target.type === "links" ? { type: "choice", choice: "minority" } : target, cluster, random)];
  const sideOf = (node) => sides.findIndex((side) => side.includes(node));
  const whole = new Set(nodes.map(sideOf));
  const members = [...whole].map((side) => nodes.filter((node) => sideOf(node) === side));
  return {
    paths: all.filter(({ from, to }) => sideOf(from) !== sideOf(to)),
    clients: [],
    unavailable: members.filter((side) => side.length * 2 <= nodes.length).flat(),
    target: members.map((side) => side.join("+")).join(" | "),
    text: "nothing passes between the groups, in either direction"
  };
}
function ring(nodes) {
  const count = nodes.length;
  if (count < 3)
    return {
      ...{ paths: [], clients: [], unavailable: [] },
      ...{ target: nodes.join(" - "), text: "nothing: a ring needs at least three nodes" }
    };
  const reach = Math.floor((count - minoritySize(count)) / 2);
  const distance = (a, b) => Math.min(Math.abs(a - b), count - Math.abs(a - b));
  const open = count === 3;
  const paths = linkedPaths(nodes).filter(({ from, to }) => {
    const a = nodes.indexOf(from);
    const b = nodes.indexOf(to);
    return open ? Math.abs(a - b) === count - 1 : distance(a, b) > Math.max(1, reach);
  });
  return {
    paths,
    clients: [],
    unavailable: [],
    target: (open ? nodes : [...nodes, ...nodes.slice(0, 1)]).join(" - "),
    text: `a ${open ? "chain" : "ring"}: each node reaches ${open || reach < 2 ? "its neighbours" : `the ${reach} nodes on either side of it`} only`
  };
}

// src/faults/kinds/pause.ts
import { z as z18 } from "#vendor/zod.js";
var pause = {
  kind: "pause",
  summary: "nodes are stopped (SIGSTOP): connections stay open and nothing answers",
  strikes: "nodes",
  usage: "none",
  replacesItself: true,
  effect: "pause",
  parameters: z18.strictObject({}),
  plan(_, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    return {
      target: nodes.join(", "),
      injected: "SIGSTOP until the heal",
      impact: { unavailableNodes: nodes, cutPaths: [] },
      effect: { type: "pause", nodes }
    };
  }
};

// src/faults/kinds/restart.ts
import { z as z19 } from "#vendor/zod.js";
var restart = {
  kind: "restart",
  summary: "nodes are killed (SIGKILL) and started again after a downtime",
  strikes: "nodes",
  usage: "`downtime` (default `1s`)",
  effect: "restart",
  parameters: z19.strictObject({ downtime: duration.prefault("1s") }),
  plan({ downtime: downtimeMs }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    return {
      target: nodes.join(", "),
      injected: `SIGKILL, started again after ${formatMs(downtimeMs)}`,
      impact: { unavailableNodes: nodes, cutPaths: [] },
      effect: { type: "restart", nodes, downtimeMs }
    };
  }
};

// src/faults/kinds/rpc-fault.ts
import { z as z20 } from "#vendor/zod.js";
var methodPattern = String.raw`^\*$|^/[^/\s]+/([^/\s*]+|\*)$|^[A-Za-z_]\w*$`;
var method = reading(
  {
    type: "string",
    pattern: methodPattern,
    description: "A gRPC method: /package.Service/Method, Method of whatever service, /package.Service/* or *"
  },
  (value) => typeof value === "string" && new RegExp(methodPattern).test(value) ? { value } : {
    message: `${show(value)} is no gRPC method`,
    hint: "write it as /package.Service/Method, Method, /package.Service/* or *"
  }
);
var actions = ["delay", "drop", "status"];
var action = reading(
  { type: "string", pattern: `^(${actions.join("|")})$`, description: `What is done: ${actions.join(", ")}` },
  (value) => {
    const found = actions.find((known) => known === value);
    if (found !== void 0) return { value: found };
    return { message: `${show(value)} is not one of ${actions.join(", ")}`, hint: `write ${actions.join(" or ")}` };
  }
);
var status = reading(
  {
    type: ["string", "integer"],
    pattern: `^(${statusNames.slice(1).join("|")})$|^([1-9]|1[0-6])$`,
    minimum: 1,
    maximum: statusNames.length - 1,
    description: "A gRPC status of an error: UNAVAILABLE, 14"
  },
  (value) => {
    const named = statusNames.indexOf(value);
    const code = named >= 0 ? named : typeof value === "string" && value.trim() === "" ? Number.NaN : Number(value);
    if (Number.isInteger(code) && code >= 1 && code < statusNames.length) return { value: code };
    return {
      message: `${show(value)} is no gRPC status of an error`,
      hint: "write UNAVAILABLE, or a number from 1 to 16"
    };
  }
);
var rpcFault = {
  kind: "rpc-fault",
  summary: "gRPC calls of a method are delayed, dropped or answered with a status, a share of them",
  strikes: "links",
  usage: "gRPC calls. `method: /package.Service/Method`, `Method` (of whatever service), `/package.Service/*` or `*`; `action`: `delay` (with `delay`, default `200ms`), `drop` or `status` (with `status`, default `UNAVAILABLE`, a name or a number from 1 to 16, and `message`); `share` of the calls (default `100%`). A link from one node to another carries the calls that the first makes.",
  replacesItself: true,
  effect: "calls",
  parameters: z20.strictObject({
    method,
    action,
    delay: duration.prefault("200ms"),
    status: status.prefault("UNAVAILABLE"),
    message: z20.string().prefault("injected fault"),
    share: share.prefault("100%")
  }),
  plan(parameters, target, cluster, random) {
    const { text, ...struck } = chooseLinks(target, cluster, random);
    const rule = ruleOf(parameters);
    return {
      target: text,
      injected: `${rule.share === 1 ? "every call" : `${formatShare(rule.share)} of the calls`} of ${rule.method} ${described(rule.action)}`,
      impact: noImpact,
      effect: { type: "calls", ...struck, rule }
    };
  }
};
function ruleOf({ method: method2, action: action2, delay, status: status2, message, share: share2 }) {
  const byName = {
    delay: { type: "delay", delayMs: delay },
    drop: { type: "drop" },
    status: { type: "status", status: status2, message }
  };
  return { method: method2, share: share2, action: byName[action2] };
}
function described(action2) {
  switch (action2.type) {
    case "delay":
      return `answered ${formatMs(action2.delayMs)} later`;
    case "drop":
      return "dropped: neither delivered nor answered";
    case "status":
      return `not delivered and answered ${statusName(action2.status)}`;
  }
}

// src/faults/kinds/slow-consumer.ts
import { z as z21 } from "#vendor/zod.js";
var slowConsumer = {
  kind: "slow-consumer",
  summary: "clients subscribe to a busy topic and do not read what arrives",
  strikes: "nodes",
  usage: "`connections` (default `5`), clients at each node that do not read; `rate` (default `4MB/s`), bytes a second for each of them; `payload` (default `16KiB`)",
  effect: "slow-consumer",
  parameters: z21.strictObject({
    connections: wholeNumber({ min: 1, max: 1e3 }).prefault(5),
    rate: rate.prefault("4MB/s"),
    payload: bytes.prefault("16KiB")
  }),
  plan({ connections, rate: bytesPerSecond, payload: payloadBytes }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    const clientIdPrefix = `slow${random.below(4294967296).toString(16)}`;
    return {
      target: nodes.join(", "),
      injected: `${connections} clients at each node that do not read, ${bytesPerSecond} bytes a second for each of them`,
      impact: noImpact,
      effect: { type: "slow-consumer", nodes, connections, bytesPerSecond, payloadBytes, clientIdPrefix }
    };
  }
};

// src/faults/registry.ts
function registered(kind) {
  return {
    ...kind,
    plan(parameters, target, cluster, random) {
      const plan = kind.plan(parameters, target, cluster, random);
      return { kind: kind.kind, ...plan, ...throughShape(plan, cluster) };
    }
  };
}
function throughShape({ target, impact }, { nodes, topology }) {
  const apart = separated(impact, nodes, topology);
  if (apart.length === 0) return { target, impact };
  const names = nodes.filter((node) => apart.some(({ from, to }) => from === node || to === node));
  return {
    target: `${target} (meanwhile ${names.join(" and ")} cannot reach each other: a single point of failure of this topology)`,
    impact: widened(impact, nodes, topology)
  };
}
var faultKinds = new Map(
  [
    registered(networkDelay),
    registered(packetLoss),
    registered(bandwidth),
    registered(partition),
    registered(connectionReset),
    registered(rpcFault),
    registered(kill),
    registered(restart),
    registered(pause),
    registered(clockSkew),
    registered(cpuStress),
    registered(cpuQuota),
    registered(memoryStress),
    registered(memoryLimit),
    registered(ioStress),
    registered(diskFull),
    registered(fdExhaustion),
    registered(malformedInput),
    registered(connectionStorm),
    registered(slowConsumer),
    registered(load)
  ].map((kind) => [kind.kind, kind])
);

export {
  chooseNodes,
  faultKinds
};
