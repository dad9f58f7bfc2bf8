import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  hideReferences,
  restoreReferences,
  revealReferences
} from "./chunk-QWFIUWZU.js";
import {
  chaosFileSchema,
  parseRaw,
  parseYaml,
  readText,
  shownPath
} from "./chunk-EMGA3PAX.js";
import {
  presetNames,
  shippedFolder
} from "./chunk-Y7MW5ZQU.js";
import {
  separated
} from "./chunk-WYH6IPWY.js";
import {
  checkTemplates,
  isTemplatePath,
  locate,
  locateInside,
  merge,
  nodeNames,
  problemAt,
  problemOf,
  rawAt,
  rawMap,
  rawOption,
  scalarsOf,
  showPath
} from "./chunk-DSQIK4KK.js";
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

// src/config/layers.ts
import { existsSync } from "node:fs";
import { join } from "node:path";
var defaultFiles = ["chaos.yml", "chaos.yaml", ".github/chaos.yml", ".github/chaos.yaml"];
var emptyLayer = rawMap({});
var unknownValue = { type: "scalar", value: null, source: "", isReported: true };
var unknownLayer = rawMap({
  broker: rawMap({
    start: unknownValue,
    ports: unknownValue,
    "peer-ports": unknownValue,
    ready: rawMap({ http: unknownValue })
  }),
  cluster: rawMap({ nodes: unknownValue })
});
function readLayers(options) {
  const { cwd, env, presetsFolder = shippedFolder("brokers") } = options;
  const found = findFile(options);
  const user = found.file === void 0 ? void 0 : readLayer(found.file, cwd, env, "chaos-action init writes one");
  const preset = findPreset({ asked: options.preset, file: found.file, user: user?.raw }, presetsFolder);
  const read = preset.file === void 0 ? void 0 : readLayer(preset.file, cwd, env);
  const userLayer = user === void 0 ? emptyLayer : user.raw ?? unknownLayer;
  const presetLayer = preset.isNone ? emptyLayer : read?.raw ?? unknownLayer;
  return {
    raw: merge(commandLineLayer(options.overrides ?? {}), merge(userLayer, presetLayer)),
    file: found.file,
    presetName: preset.name,
    problems: [...found.problems, ...user?.problems ?? [], ...preset.problems, ...read?.problems ?? []],
    secrets: [.../* @__PURE__ */ new Set([...user?.secrets ?? [], ...read?.secrets ?? []])]
  };
}
function findFile({ file, preset, cwd }) {
  const candidates = preset === void 0 ? defaultFiles.filter((name) => existsSync(join(cwd, name))) : [];
  if (file !== void 0 || candidates.length < 2) return { file: file ?? candidates[0], problems: [] };
  const message = `there are ${candidates.slice(0, -1).join(", ")} and ${candidates.at(-1)}, and one of them would be ignored`;
  const hint = "keep one, or name it with --config (in a workflow: config)";
  return { file: candidates[0], problems: [problemOf(message, hint)] };
}
function findPreset({ asked, file, user }, folder) {
  const path = ["broker", "preset"];
  const own = user && rawAt(user, path);
  if (asked === void 0 && user !== void 0 && own === void 0) return { isNone: true, problems: [] };
  const name = asked ?? (file === void 0 ? "embedded" : own && readableText(own));
  if (name === void 0) return { problems: [] };
  const known = presetNames(folder);
  if (known.includes(name)) return { name, file: join(folder, `${name}.yml`), problems: [] };
  const location = asked === void 0 && user !== void 0 ? locate(user, path) : void 0;
  return { name, problems: [problemOf(`there is no preset "${name}"`, suggest(name, known, "presets"), location)] };
}
function readableText(raw) {
  if (raw.type !== "scalar" || raw.isReported || typeof raw.value !== "string") return void 0;
  return raw.value === "" ? void 0 : raw.value;
}
function readLayer(path, cwd, env, hint) {
  const read = readText(path, cwd, hint);
  if ("problem" in read) return { problems: [read.problem], secrets: [] };
  const { raw, problems } = parseYaml(hideReferences(read.text), shownPath(path, cwd), restoreReferences);
  return raw === void 0 ? { problems, secrets: [] } : revealReferences(raw, env);
}
function commandLineLayer({
  nodes,
  mqttVersion,
  profile,
  ratePerSecond,
  failBelow
}) {
  return rawMap({
    ...mqttVersion === void 0 ? {} : { broker: rawMap({ mqtt: rawMap({ version: rawOption("mqtt", mqttVersion) }) }) },
    ...nodes === void 0 ? {} : { cluster: rawMap({ nodes: rawOption("nodes", nodes) }) },
    ...profile === void 0 && ratePerSecond === void 0 ? {} : {
      workload: rawMap({
        ...profile === void 0 ? {} : { profile: rawOption("profile", profile) },
        ...ratePerSecond === void 0 ? {} : { rate: rawOption("rate", `${plainNumber(ratePerSecond)}/s`) }
      })
    },
    ...failBelow === void 0 ? {} : { score: rawMap({ "fail-below": rawOption("fail-below", failBelow) }) }
  });
}
function plainNumber(value) {
  return Number.isInteger(value) ? String(value) : value.toFixed(20);
}

// src/config/load.ts
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
    ...unfitTopology(raw, parsed),
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
function unfitTopology(raw, { value, isSound }) {
  if (!isSound(["broker", "topology"]) || !isSound(["cluster", "nodes"])) return [];
  const { topology } = value.broker;
  const names = nodeNames(value.cluster.nodes);
  if (topology === void 0 || names.length === 1) return [];
  const at = (message, hint) => [problemAt(raw, ["broker", "topology"], message, hint)];
  if (topology.type === "single")
    return at(`single is one node, and the cluster has ${names.length}`, "set cluster.nodes: 1");
  const named = topology.type === "star" ? [topology.hub] : topology.type === "bridges" ? topology.pairs.flat() : [];
  const unknown = named.find((name) => !names.includes(name));
  if (unknown !== void 0) return at(`there is no node "${unknown}"`, suggest(unknown, names, "nodes"));
  const alone = topology.type === "full" ? void 0 : names.find((name) => !isJoined(name, names, topology));
  return alone === void 0 ? [] : at(`nothing leads from ${names[0]} to ${alone}`, "each node needs a bridge to another");
}
function isJoined(name, names, topology) {
  const apart = separated({ unavailableNodes: [], cutPaths: [] }, names, topology);
  return !apart.some(({ from, to }) => from === names[0] && to === name);
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
  const { name, needs, build, start, env, files, prepare, join: join2, ready, metrics, stop, links, topology, grpc } = broker;
  return {
    ...{
      needs,
      build,
      start,
      env,
      files,
      prepare,
      join: join2,
      metrics,
      stop,
      links,
      topology,
      grpc,
      secrets,
      ...portsOf(said)
    },
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
  defaultFiles,
  loadConfig,
  readConfig
};
