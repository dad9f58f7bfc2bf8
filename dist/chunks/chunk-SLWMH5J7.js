import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  readLayers
} from "./chunk-WBYSMTUS.js";
import {
  parseRaw
} from "./chunk-OHSMXLFP.js";
import {
  chaosFileSchema
} from "./chunk-FHX7LMTH.js";
import {
  presetNames,
  shippedFolder
} from "./chunk-Y7MW5ZQU.js";
import {
  checkTemplates,
  isTemplatePath,
  locate,
  locateInside,
  problemAt,
  problemOf,
  scalarsOf,
  showPath
} from "./chunk-YPF2GKCE.js";
import {
  throwProblems
} from "./chunk-EOJIUADP.js";
import {
  nearest,
  suggest
} from "./chunk-SSPUT3OG.js";
import {
  maskSecrets
} from "./chunk-WFQI7BEC.js";

// src/config/load.ts
import { resolve } from "node:path";
function loadConfig(options) {
  const { config, problems } = readConfig(options);
  throwProblems(problems);
  if (config === void 0) throw new Error("no problem was reported and no configuration was made");
  return config;
}
function readConfig(options) {
  const layers = readLayers(options);
  const { raw } = layers;
  const parsed = parseRaw(chaosFileSchema, raw, { missingHint: missingHint(options) });
  const found = [
    ...layers.problems,
    ...parsed.problems,
    ...unknownPeerPorts(raw, parsed),
    ...modesWithoutFile(raw, parsed),
    ...templateProblems(raw, parsed)
  ];
  const problems = found.map((problem) => masked(problem, layers.secrets));
  return {
    ...problems.length === 0 ? { config: toConfig(parsed.value, layers, options) } : {},
    problems,
    nodes: parsed.isSound(["cluster", "nodes"]) ? parsed.value.cluster.nodes : void 0,
    issueScenarios: issueScenarios(raw, parsed)
  };
}
function missingHint({ presetsFolder }) {
  return (path) => {
    const key = showPath(path);
    if (key !== "broker" && key !== "broker.start") return void 0;
    const presets = presetNames(presetsFolder ?? shippedFolder("brokers")).join(", ");
    return key === "broker" ? `say how a node is started, or take a preset: ${presets}` : `the command that runs one node in the foreground; or take a preset: ${presets}`;
  };
}
function unknownPeerPorts(raw, { value, isSound }) {
  if (!isSound(["broker", "ports"]) || !isSound(["broker", "peer-ports"])) return [];
  const { ports, peerPorts } = portsOf(value);
  return peerPorts.flatMap(
    (name, index) => ports.includes(name) ? [] : [problemAt(raw, ["broker", "peer-ports", index], `there is no port "${name}"`, suggest(name, ports, "ports"))]
  );
}
function modesWithoutFile(raw, { value, isSound }) {
  if (!isSound(["broker", "files"]) || !isSound(["broker", "file-modes"])) return [];
  const files = Object.keys(value.broker.files);
  return Object.keys(value.broker["file-modes"]).flatMap(
    (name) => files.includes(name) ? [] : [problemAt(raw, ["broker", "file-modes", name], `there is no file "${name}"`, suggest(name, files, "files"))]
  );
}
function portsOf({ broker }) {
  const ports = [.../* @__PURE__ */ new Set(["mqtt", ...broker.ports])];
  return { ports, peerPorts: broker["peer-ports"] ?? (ports.includes("cluster") ? ["cluster"] : []) };
}
var usualNodes = 3;
function templateProblems(raw, { value, isSound }) {
  if (!isSound(["broker", "ports"]) || !isSound(["broker", "peer-ports"])) return [];
  const templates = scalarsOf(raw).flatMap(
    ({ path, scalar }) => isTemplatePath(path) && isSound(path) && typeof scalar.value === "string" ? [{ path, text: scalar.value }] : []
  );
  const ports = portsOf(value);
  const nodes = isSound(["cluster", "nodes"]) ? value.cluster.nodes : usualNodes;
  const mqtt = isSound(["broker", "mqtt"]) ? value.broker.mqtt : { transport: "tcp" };
  if (!isSound(["broker", "services"])) return [];
  const services = Object.fromEntries(Object.entries(value.broker.services).map(([name, of]) => [name, of.ports]));
  return checkTemplates(templates, { nodes, mqtt, services, ...ports }).map((found) => {
    const { path, message, row, column } = found;
    return problemOf(`${path.join(".")}: ${message}`, templateHint(found, ports), locateInside(raw, path, row, column));
  });
}
function templateHint({ hint, peerLacks }, { ports, peerPorts }) {
  if (peerLacks === void 0 || nearest(peerLacks, peerPorts) !== void 0) return hint;
  if (ports.includes(peerLacks)) return `add it to peer-ports: [${[...peerPorts, peerLacks].join(", ")}]`;
  return peerLacks === "cluster" ? "add cluster to ports" : hint;
}
function issueScenarios(raw, { value, isSound }) {
  if (!isSound(["broker", "known-issues"])) return [];
  return value.broker["known-issues"].flatMap(({ scenario: name }, index) => {
    if (name === void 0) return [];
    const path = ["broker", "known-issues", index, "scenario"];
    const location = locate(raw, path);
    return [{ path, name, ...location === void 0 ? {} : { location } }];
  });
}
function masked({ message, hint, location }, secrets) {
  return problemOf(maskSecrets(message, secrets), hint === void 0 ? hint : maskSecrets(hint, secrets), location);
}
function toConfig(said, layers, { cwd, preset }) {
  const { cluster, workload, score, logs } = said;
  return {
    broker: toBroker(said, layers),
    nodes: cluster.nodes,
    workload: { profile: workload.profile, ratePerSecond: workload.rate, payloadBytes: workload.payload },
    score: { failBelow: score["fail-below"] },
    logs: { keepBytes: logs.keep },
    folder: resolve(cwd),
    preset: layers.presetName,
    file: layers.file,
    isDefault: layers.file === void 0 && preset === void 0
  };
}
function toBroker(said, { presetName, secrets }) {
  const { broker } = said;
  const { name, needs, build, start, env, files, prepare, join, ready, metrics, stop, links, grpc } = broker;
  return {
    ...{ needs, build, start, env, files, prepare, join, metrics, stop, links, grpc, secrets, ...portsOf(said) },
    name: name ?? presetName ?? "broker",
    buildWithinMs: broker["build-within"],
    startOrder: broker["start-order"],
    workingDirectory: broker["working-directory"],
    services: Object.fromEntries(
      Object.entries(broker.services).map(([of, service]) => [of, { ...service, ready: toReady(service.ready) }])
    ),
    fileModes: broker["file-modes"],
    ready: { mqtt: ready.mqtt, ...toReady(ready) },
    stopWithinMs: broker["stop-within"],
    redeliverWithinMs: broker["redeliver-within"],
    mqtt: toMqtt(broker),
    knownIssues: broker["known-issues"]
  };
}
function toReady({ http, log, command, within }) {
  return { http, log, command, withinMs: within };
}
function toMqtt({ mqtt }) {
  const { tls, ...rest } = mqtt;
  if (tls === void 0) return rest;
  return { ...rest, tls: { ca: tls.ca, serverName: tls["server-name"], verify: tls.verify ?? true } };
}

export {
  loadConfig,
  readConfig
};
