import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  readLayers
} from "./chunk-ZORZBLEO.js";
import {
  commandLine
} from "./chunk-2OZVQ7HJ.js";
import {
  readPlan
} from "./chunk-TYPBD44N.js";
import {
  defaultRepeat
} from "./chunk-HGW2HVRG.js";
import {
  loadScenarios,
  parseRaw,
  readScenarios
} from "./chunk-OI4VHNC4.js";
import {
  chaosFileSchema
} from "./chunk-KJSEAOM2.js";
import {
  presetNames,
  shippedFolder
} from "./chunk-Y7MW5ZQU.js";
import {
  faultKinds
} from "./chunk-ZA3K6TXD.js";
import {
  tiers
} from "./chunk-C2BOSRP4.js";
import {
  formatMs
} from "./chunk-VDOZDET2.js";
import {
  checkTemplates,
  isTemplatePath,
  locate,
  locateInside,
  problemAt,
  problemOf,
  scalarsOf,
  showPath
} from "./chunk-5AY4S7BM.js";
import {
  throwProblems
} from "./chunk-EOJIUADP.js";
import {
  nearest,
  suggest
} from "./chunk-SSPUT3OG.js";
import {
  mutants
} from "./chunk-MBX7E76R.js";
import {
  findSabotage,
  sabotages
} from "./chunk-YAQKREF6.js";
import {
  maskSecrets
} from "./chunk-WFQI7BEC.js";
import {
  ChaosError
} from "./chunk-EV4V3EIO.js";

// src/config/load.ts
import { resolve } from "node:path";
function readConfig(options) {
  const layers = readLayers(options);
  const { raw } = layers;
  const parsed = parseRaw(chaosFileSchema, raw, { missingHint: missingHint(options) });
  const found = [
    ...layers.problems,
    ...parsed.problems,
    ...unknownPeerPorts(raw, parsed),
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
  return checkTemplates(templates, { nodes, mqtt, ...ports }).map((found) => {
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
  const { name, build, start, env, files, ready, metrics, stop, links, grpc } = broker;
  return {
    ...{ build, start, env, files, metrics, stop, links, grpc, secrets, ...portsOf(said) },
    name: name ?? presetName ?? "broker",
    buildWithinMs: broker["build-within"],
    ready: { mqtt: ready.mqtt, http: ready.http, log: ready.log, withinMs: ready.within },
    stopWithinMs: broker["stop-within"],
    redeliverWithinMs: broker["redeliver-within"],
    mqtt: toMqtt(broker),
    knownIssues: broker["known-issues"]
  };
}
function toMqtt({ mqtt }) {
  const { tls, ...rest } = mqtt;
  if (tls === void 0) return rest;
  return { ...rest, tls: { ca: tls.ca, serverName: tls["server-name"], verify: tls.verify ?? true } };
}

// src/config/load-all.ts
function loadAll(options) {
  const { config, problems, nodes, issueScenarios: issueScenarios2 } = readConfig(options);
  const read = options.plan === void 0 ? readScenarios({ ...options, nodes }) : readPlan({ ...options, plan: options.plan, nodes });
  const { scenarios, plan, names, problems: others } = read;
  const unknown = issueScenarios2.filter(({ name }) => !names.includes(name)).map(
    ({ path, name, location }) => problemOf(`${showPath(path)}: there is no scenario "${name}"`, suggest(name, names, "scenarios"), location)
  );
  throwProblems([...problems, ...unknown, ...others]);
  if (config === void 0) throw new Error("no problem was reported and no configuration was made");
  return { config, scenarios, plan };
}

// src/run/choice.ts
function loadChoice(choice, env) {
  const { cwd, tiers: tiers2, durationMs } = choice;
  const loaded = loadAll({
    cwd,
    env,
    file: choice.config,
    preset: choice.broker,
    overrides: {
      ...{ nodes: choice.nodes, profile: choice.profile, mqttVersion: choice.mqttVersion },
      ...{ ratePerSecond: choice.ratePerSecond, failBelow: choice.failBelow }
    },
    faultKinds,
    set: choice.set,
    tiers: tiers2,
    names: choice.scenarios,
    plan: choice.plan
  });
  checkMutant(choice.mutant, loaded.config.broker.name);
  checkSabotage(choice.sabotage, loaded.config.broker.mqtt);
  const scenarios = durationMs === void 0 ? loaded.scenarios : loaded.scenarios.map((scenario) => ({ ...scenario, phases: { ...scenario.phases, holdMs: durationMs } }));
  for (const { name, phases, faults } of scenarios)
    for (const { kind, atMs, forMs, location } of faults)
      if (atMs + (forMs ?? 0) > phases.holdMs || atMs >= phases.holdMs)
        throw new ChaosError(
          "usage",
          `duration: the fault ${kind} of ${name} would outlast a hold of ${formatMs(phases.holdMs)}`,
          { location }
        );
  const { config, plan } = loaded;
  const isOfTiers = plan === void 0 && choice.scenarios === void 0;
  return {
    config,
    scenarios,
    plan,
    tiers: isOfTiers ? tiers2 : tiersOf(scenarios),
    catalogue: (isOfTiers ? loadScenarios({ cwd, faultKinds, tiers: tiers2 }) : scenarios).map(({ name }) => name)
  };
}
function tiersOf(scenarios) {
  return tiers.filter((tier) => scenarios.some((scenario) => scenario.tier === tier));
}
function checkMutant(mutant, broker) {
  if (mutant === void 0) return;
  const names = Object.keys(mutants);
  if (!names.includes(mutant))
    throw new ChaosError("usage", `there is no mutant "${mutant}"`, { hint: suggest(mutant, names, "mutants") });
  if (broker !== "embedded")
    throw new ChaosError("usage", `--mutant is for the embedded broker, not for ${broker}`, {
      hint: "leave --broker and --config away"
    });
}
function checkSabotage(name, { version, transport, tls }) {
  if (name === void 0) return;
  const sabotage = findSabotage(name);
  const names = sabotages.map((one) => one.name);
  if (sabotage === void 0)
    throw new ChaosError("usage", `there is no sabotage "${name}"`, { hint: suggest(name, names, "sabotages") });
  if (tls !== void 0 || transport !== "tcp")
    throw new ChaosError("usage", "a sabotage needs clients that speak plain TCP", {
      hint: "take broker.mqtt.tls and transport: ws out of the chaos.yml of this run"
    });
  if (!sabotage.versions.includes(version))
    throw new ChaosError("usage", `the sabotage ${name} is for MQTT 5, and the workload speaks MQTT 3.1.1`, {
      hint: "set mqtt.version to 5 in the chaos.yml of a broker that has it"
    });
}
function repeatingCommand(choice, seed) {
  const words = ["chaos-action", "run"];
  const add = (name, value) => {
    if (value !== void 0) words.push(name, String(value));
  };
  add("--config", choice.config);
  add("--broker", choice.broker);
  add("--mutant", choice.mutant);
  add("--sabotage", choice.sabotage);
  if (choice.plan !== void 0) add("--plan", choice.plan);
  else if (choice.scenarios) add("--scenario", choice.scenarios.join(","));
  else add("--tier", choice.tiers.join(","));
  for (const [name, value] of Object.entries(choice.set)) add("--set", `${name}=${value}`);
  add("--duration", choice.durationMs === void 0 ? void 0 : `${choice.durationMs}ms`);
  add("--nodes", choice.nodes);
  add("--mqtt", choice.mqttVersion);
  add("--profile", choice.profile);
  add("--rate", choice.ratePerSecond === void 0 ? void 0 : `${choice.ratePerSecond}/s`);
  add("--repeat", choice.repeat === defaultRepeat ? void 0 : choice.repeat);
  add("--privileged", choice.privileged === "auto" ? void 0 : choice.privileged);
  add("--seed", seed);
  return commandLine(words);
}

export {
  loadChoice,
  repeatingCommand
};
