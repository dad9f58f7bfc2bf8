import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  hideReferences,
  restoreReferences,
  revealReferences
} from "./chunk-GYZLBUGT.js";
import {
  chaosFileSchema,
  invariantIds,
  maxNodes,
  parseYaml,
  presetNames,
  readText,
  shippedFolder,
  showPath,
  shownPath,
  toProblems,
  withoutIssues
} from "./chunk-HFBFBK3D.js";
import {
  checkTemplates,
  nearest,
  show,
  suggest
} from "./chunk-LLYA5VLZ.js";
import {
  maskSecrets
} from "./chunk-WFQI7BEC.js";

// src/config/load.ts
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
var defaultRedeliverWithinMs = 8e3;
var defaultKeepBytes = 64 * 1024 * 1024;
function isNodeCount(nodes) {
  return Number.isInteger(nodes) && nodes >= 1 && nodes <= maxNodes;
}
var defaultFiles = ["chaos.yml", "chaos.yaml", ".github/chaos.yml", ".github/chaos.yaml"];
function readConfig(options) {
  const secrets = /* @__PURE__ */ new Set();
  const { problems, ...rest } = readUnmasked(options, secrets);
  const mask = (text) => maskSecrets(text, [...secrets]);
  return {
    ...rest,
    problems: problems.map(({ message, hint, ...place }) => ({
      ...place,
      message: mask(message),
      ...hint === void 0 ? {} : { hint: mask(hint) }
    }))
  };
}
function readUnmasked(options, secrets) {
  const { cwd, env, overrides = {} } = options;
  const presetsFolder = options.presetsFolder ?? shippedFolder("brokers");
  const problems = [];
  const candidates = options.preset === void 0 ? defaultFiles.filter((name) => existsSync(join(cwd, name))) : [];
  const file = options.file ?? candidates[0];
  if (options.file === void 0 && candidates.length > 1) {
    problems.push({
      message: `there are ${listed(candidates)}, and one of them would be ignored`,
      hint: "keep one, or name it with --config (in a workflow: config)"
    });
  }
  const read = (path, hint) => {
    const result = readLayer(path, cwd, env, hint);
    problems.push(...result.problems);
    for (const secret of result.secrets) secrets.add(secret);
    return result.layer;
  };
  const user = file === void 0 ? void 0 : read(file, "chaos-action init writes one");
  const named = options.preset ?? user?.value.broker?.preset ?? (file === void 0 ? "embedded" : void 0);
  let preset;
  if (named !== void 0) {
    const known = presetNames(presetsFolder);
    if (known.includes(named)) preset = read(join(presetsFolder, `${named}.yml`));
    else {
      const location = options.preset === void 0 ? user?.yaml.locate(["broker", "preset"]) : void 0;
      problems.push({
        message: `there is no preset "${named}"`,
        hint: suggest(named, known, "presets"),
        ...location === void 0 ? {} : { location }
      });
    }
  }
  const overridden = checkOverrides(overrides);
  problems.push(...overridden);
  const locateKnownIssue = (index) => {
    const owner = [user, preset].find((layer) => layer?.yaml.has(["broker", "known-issues"]));
    return owner?.yaml.locate(["broker", "known-issues", index]);
  };
  if (file !== void 0 && user === void 0 || named !== void 0 && preset === void 0) {
    return { problems, locateKnownIssue };
  }
  const layers = [user, preset].filter((layer) => layer !== void 0);
  const ownerOf = (path) => layers.find((layer) => layer.yaml.has(path))?.yaml;
  const locate = (path) => (ownerOf(path) ?? layers[0]?.yaml)?.locate(path);
  const problemAt = (path, message, hint) => {
    const location = locate(path);
    problems.push({
      message,
      ...hint === void 0 ? {} : { hint },
      ...location === void 0 ? {} : { location }
    });
  };
  const isRemoved = (...path) => layers.some(
    ({ removed }) => removed.some((gone) => gone.every((key, index) => path[index] === void 0 || key === path[index]))
  );
  const merged = mergeFiles(user?.value ?? {}, preset?.value ?? {});
  const { broker } = merged;
  if (broker === void 0) {
    if (isRemoved("broker")) return { problems, locateKnownIssue };
    problemAt(
      ["broker"],
      "broker is missing",
      `say how a node is started, or take a preset: ${presetNames(presetsFolder).join(", ")}`
    );
    return { problems, locateKnownIssue };
  }
  if (broker.start === void 0) {
    if (isRemoved("broker", "start") || isRemoved("broker", "preset")) return { problems, locateKnownIssue };
    problemAt(
      ["broker", "start"],
      "broker.start is missing",
      `the command that runs one node in the foreground; or take a preset: ${presetNames(presetsFolder).join(", ")}`
    );
    return { problems, locateKnownIssue };
  }
  const ports = [.../* @__PURE__ */ new Set(["mqtt", ...broker.ports ?? []])];
  const peerPorts = broker["peer-ports"] ?? (ports.includes("cluster") ? ["cluster"] : []);
  for (const [index, name] of peerPorts.entries()) {
    if (!ports.includes(name)) {
      problemAt(
        ["broker", "peer-ports", index],
        `broker.peer-ports[${index}]: there is no port "${name}"`,
        suggest(name, ports, "ports")
      );
    }
  }
  const knownIssues = broker["known-issues"] ?? [];
  for (const [index, issue] of knownIssues.entries()) {
    if (invariantIds.includes(issue.invariant)) continue;
    problemAt(
      ["broker", "known-issues", index, "invariant"],
      `broker.known-issues[${index}].invariant: there is no invariant "${issue.invariant}"`,
      suggest(issue.invariant, invariantIds, "invariants")
    );
  }
  const spec = {
    name: broker.name ?? named ?? "broker",
    build: broker.build,
    buildWithinMs: broker["build-within"] ?? 6e5,
    start: broker.start,
    env: broker.env ?? {},
    files: broker.files ?? {},
    ports,
    peerPorts,
    ready: {
      mqtt: broker.ready?.mqtt ?? true,
      http: broker.ready?.http,
      log: broker.ready?.log,
      withinMs: broker.ready?.within ?? 3e4
    },
    metrics: broker.metrics,
    stop: broker.stop ?? "SIGTERM",
    stopWithinMs: broker["stop-within"] ?? 1e4,
    redeliverWithinMs: broker["redeliver-within"] ?? defaultRedeliverWithinMs,
    mqtt: { version: broker.mqtt?.version ?? 4, username: broker.mqtt?.username, password: broker.mqtt?.password },
    links: broker.links ?? "proxy",
    grpc: broker.grpc,
    knownIssues,
    secrets: [...secrets]
  };
  if (!spec.ready.mqtt && spec.ready.http === void 0 && spec.ready.log === void 0 && !isRemoved("broker", "ready")) {
    problemAt(["broker", "ready"], "broker.ready asks for nothing", "leave mqtt: true, or give http or log");
  }
  const nodes = overridden.length === 0 ? overrides.nodes ?? merged.cluster?.nodes ?? 3 : 3;
  const portsAreKnown = !isRemoved("broker", "ports") && !isRemoved("broker", "peer-ports");
  for (const found of portsAreKnown ? checkTemplates(spec, nodes) : []) {
    const owner = ownerOf(found.path);
    problems.push({
      message: `${found.path.join(".")}: ${found.message}`,
      ...hinted(templateHint(found, ports, peerPorts)),
      ...owner === void 0 ? {} : { location: owner.locateInside(found.path, found.row, found.column) }
    });
  }
  if (problems.length > 0) return { problems, locateKnownIssue };
  const config = {
    broker: spec,
    nodes,
    workload: {
      profile: merged.workload?.profile ?? "mixed",
      ratePerSecond: overrides.ratePerSecond ?? merged.workload?.rate ?? 300,
      payloadBytes: merged.workload?.payload ?? 128
    },
    score: { failBelow: overrides.failBelow ?? merged.score?.["fail-below"] },
    logs: { keepBytes: merged.logs?.keep ?? defaultKeepBytes },
    folder: resolve(cwd),
    preset: named,
    file,
    isDefault: file === void 0 && options.preset === void 0
  };
  return { config, problems, locateKnownIssue };
}
function readLayer(path, cwd, env, hint) {
  const read = readText(path, cwd, hint);
  if ("problem" in read) return { problems: [read.problem], secrets: [] };
  const { yaml, problems: syntax } = parseYaml(hideReferences(read.text), shownPath(path, cwd), restoreReferences);
  if (yaml === void 0) return { problems: [...syntax], secrets: [] };
  const problems = [];
  const secrets = [];
  const refusedAt = /* @__PURE__ */ new Set();
  yaml.mapScalars((at, value2, source) => {
    const text = isTextPath(at) && typeof value2 !== "string" && value2 !== null ? source : value2;
    if (typeof text !== "string") return text;
    const revealed = revealReferences(text, env, isTemplatePath(at));
    secrets.push(...revealed.secrets);
    for (const { name, why, row, column } of revealed.refused) {
      refusedAt.add(showPath(at));
      problems.push({ ...refusal[why](name), location: yaml.locateInside(at, row, column) });
    }
    return revealed.text;
  });
  const value = yaml.toValue();
  const result = chaosFileSchema.safeParse(value);
  if (result.success) return { layer: { yaml, value: result.data, removed: [] }, problems, secrets };
  const { issues } = result.error;
  const fresh = issues.filter((issue) => !refusedAt.has(showPath(issue.path)));
  problems.push(...toProblems(fresh, { yaml, schema: chaosFileSchema, value }));
  const rest = withoutIssues(value, issues);
  const salvaged = chaosFileSchema.safeParse(rest.value);
  return {
    ...salvaged.success ? { layer: { yaml, value: salvaged.data, removed: rest.removed } } : {},
    problems,
    secrets
  };
}
var refusal = {
  unset: (name) => ({
    message: `the environment variable ${name} is not set`,
    hint: `set it, or write $\${${name}} to keep the text as it is`
  }),
  "runners-own": (name) => ({
    message: `the environment variable ${name} belongs to the Action and its runner; no broker gets it`,
    hint: "give the value to the step under a name of your own, with env"
  })
};
function isTextPath(path) {
  const [section, key, name] = path;
  if (section !== "broker" || path.length !== 3) return false;
  return key === "env" || key === "mqtt" && (name === "username" || name === "password");
}
function isTemplatePath(path) {
  const [section, key, name] = path;
  if (section !== "broker") return false;
  return key === "start" || key === "metrics" || key === "env" || key === "files" || key === "ready" && name === "http";
}
function mergeFiles(over, under) {
  return {
    ...under,
    ...over,
    ...over.broker || under.broker ? { broker: mergeBroker(over.broker ?? {}, under.broker ?? {}) } : {},
    cluster: { ...under.cluster, ...over.cluster },
    workload: { ...under.workload, ...over.workload },
    score: { ...under.score, ...over.score },
    logs: { ...under.logs, ...over.logs }
  };
}
function mergeBroker(over, under) {
  return {
    ...under,
    ...over,
    env: { ...under.env, ...over.env },
    files: { ...under.files, ...over.files },
    ready: { ...under.ready, ...over.ready },
    mqtt: { ...under.mqtt, ...over.mqtt }
  };
}
function listed(names) {
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
function checkOverrides(overrides) {
  const problems = [];
  const { nodes, ratePerSecond, failBelow } = overrides;
  if (nodes !== void 0 && !isNodeCount(nodes)) {
    problems.push({ message: `nodes: ${show(nodes)} is out of range`, hint: `write a number from 1 to ${maxNodes}` });
  }
  if (ratePerSecond !== void 0 && !(ratePerSecond > 0)) {
    problems.push({ message: `rate: ${show(ratePerSecond)} is not a rate`, hint: "write it as 300/s" });
  }
  if (failBelow !== void 0 && !(failBelow >= 0 && failBelow <= 10)) {
    problems.push({ message: `fail-below: ${show(failBelow)} is not a score`, hint: "write a number from 0 to 10" });
  }
  return problems;
}
function hinted(hint) {
  return hint === void 0 ? {} : { hint };
}
function templateHint({ hint, peerLacks }, ports, peerPorts) {
  if (peerLacks === void 0 || nearest(peerLacks, peerPorts) !== void 0) return hint;
  if (ports.includes(peerLacks)) return `add it to peer-ports: [${[...peerPorts, peerLacks].join(", ")}]`;
  return peerLacks === "cluster" ? "add cluster to ports" : hint;
}

export {
  isNodeCount,
  defaultFiles,
  readConfig
};
