import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  faultKeys,
  keysOf,
  parseYaml,
  readText,
  scenarioSchema,
  shippedFolder,
  showPath,
  shownPath,
  targetWords,
  toProblems,
  yamlFiles
} from "./chunk-HFBFBK3D.js";
import {
  nearest,
  nodeNames,
  renderTemplate,
  suggest
} from "./chunk-LLYA5VLZ.js";
import {
  severities,
  tiers
} from "./chunk-C2BOSRP4.js";
import {
  throwProblems
} from "./chunk-EOJIUADP.js";
import {
  formatMs
} from "./chunk-VDOZDET2.js";

// src/config/scenarios.ts
import { existsSync } from "node:fs";
import { resolve } from "node:path";

// src/config/overlaps.ts
function replacedFaults(faults, holdMs, faultKinds) {
  return faults.flatMap((fault, index) => {
    const kind = faultKinds.get(fault.kind);
    if (kind?.replacesItself !== true || fault.inTurn) return [];
    const replaces = faults.slice(0, index).findIndex(
      (other) => other.kind === fault.kind && !other.inTurn && meet(fault, other, holdMs) && mayShare(kind.strikes, fault.on, other.on)
    );
    return replaces < 0 ? [] : [{ index, replaces }];
  });
}
function meet(a, b, holdMs) {
  const endMs = ({ atMs, forMs = holdMs }) => Math.min(holdMs, atMs + forMs);
  return a.atMs < endMs(b) && b.atMs < endMs(a);
}
function mayShare(strikes, a, b) {
  if (strikes === "nodes")
    return a.type !== "nodes" || b.type !== "nodes" || a.nodes.some((node) => b.nodes.includes(node));
  if (isOfClients(a) || isOfClients(b)) return isOfClients(a) && isOfClients(b);
  if (a.type === "path" && b.type === "path") return a.from === b.from && a.to === b.to;
  if (a.type === "path" && b.type === "nodes") return isOfNodes(a, b.nodes);
  if (a.type === "nodes" && b.type === "path") return isOfNodes(b, a.nodes);
  return true;
}
function isOfClients(target) {
  return target.type === "links" && target.which === "clients";
}
function isOfNodes({ from, to }, nodes) {
  return nodes.includes(from) || nodes.includes(to);
}

// src/config/scenarios.ts
function loadScenarios(options) {
  const { scenarios, problems } = readScenarios(options);
  throwProblems(problems);
  return scenarios;
}
function readScenarios(options) {
  const { cwd, names, set = {} } = options;
  const named = (names ?? []).filter(isPath).map((path) => resolve(cwd, path));
  const { read, byName, problems: broken } = readCatalogue(options, named);
  const problems = [...broken];
  let chosen;
  if (names !== void 0) {
    chosen = [];
    for (const name of names) {
      const found = isPath(name) ? read.find((one) => one.file === resolve(cwd, name)) : byName.get(name);
      if (found === void 0) {
        problems.push({
          message: `there is no scenario "${name}"`,
          hint: suggest(name, [...byName.keys()], "scenarios")
        });
      } else if (!chosen.includes(found)) chosen.push(found);
    }
  } else {
    const wanted = options.tiers ?? tiers;
    chosen = read.filter(
      (one) => one.scenario !== void 0 && (wanted.includes(one.scenario.tier) || one.name === "baseline")
    );
    chosen.sort((a, b) => runOrder(a.scenario, b.scenario));
    for (const tier of options.tiers ?? []) {
      if (read.some((one) => one.scenario?.tier === tier) || problems.length > 0) continue;
      problems.push({ message: `there is no scenario of the tier ${tier}` });
    }
  }
  const settable = read.filter((one) => chosen.includes(one) || one.scenario === void 0);
  problems.push(
    ...unknownSettings(
      set,
      settable.flatMap((one) => one.parameterNames)
    )
  );
  return {
    scenarios: chosen.map((one) => one.scenario).filter((scenario) => scenario !== void 0),
    names: [...byName.keys()],
    problems
  };
}
function readCatalogue(options, named) {
  const { cwd, folders = [shippedFolder("scenarios")] } = options;
  const problems = [];
  const files = folders.flatMap((folder) => {
    const absolute = resolve(cwd, folder);
    if (!existsSync(absolute)) {
      problems.push({ message: "there is no such folder of scenarios", location: { file: shownPath(folder, cwd) } });
    }
    return yamlFiles(absolute);
  });
  const isNamed = (file) => named.includes(file);
  const read = [.../* @__PURE__ */ new Set([...named, ...files])].map(
    (file) => readScenario(file, { ...options, isNamed: isNamed(file) })
  );
  problems.push(...read.flatMap((one) => one.problems));
  const byName = /* @__PURE__ */ new Map();
  for (const one of read) {
    if (one.name === void 0) continue;
    const other = byName.get(one.name);
    if (other === void 0) byName.set(one.name, one);
    else if (!isNamed(other.file) || isNamed(one.file)) {
      problems.push({
        message: `there are two scenarios called "${one.name}"`,
        hint: `the other is ${shownPath(other.file, cwd)}`,
        location: one.locateName ?? { file: shownPath(one.file, cwd) }
      });
    }
  }
  return { read, byName, problems };
}
function unknownSettings(set, parameters) {
  const known = [...new Set(parameters)].sort();
  const list = known.length === 0 ? "the chosen scenarios have none" : `parameters of the chosen scenarios: ${known.join(", ")}`;
  return Object.keys(set).filter((name) => !known.includes(name)).map((name) => {
    const match = nearest(name, known);
    return {
      message: `--set ${name}: no chosen scenario has the parameter "${name}"`,
      hint: match === void 0 ? list : `did you mean "${match}"? ${list}`
    };
  });
}
function parseTiers(text) {
  const found = [];
  const problems = [];
  for (const word of text.split(",").map((part) => part.trim())) {
    if (word === "") continue;
    const tier = tiers.find((name) => name === word);
    if (tier === void 0)
      problems.push({ message: `there is no tier "${word}"`, hint: suggest(word, tiers, "tiers") });
    else if (!found.includes(tier)) found.push(tier);
  }
  if (found.length === 0 && problems.length === 0)
    problems.push({ message: "no tier is given", hint: `tiers: ${tiers.join(", ")}` });
  throwProblems(problems);
  return found;
}
function parseSettings(settings) {
  const problems = [];
  const map = /* @__PURE__ */ Object.create(null);
  for (const setting of settings) {
    const [, name, value] = /^([^=\s]+)\s*=\s*(.+)$/s.exec(setting.trim()) ?? [];
    if (name === void 0 || value === void 0) {
      problems.push({ message: `--set ${setting}: this is not NAME=VALUE`, hint: "write --set delay=50ms" });
    } else map[name] = value;
  }
  throwProblems(problems);
  return map;
}
function runOrder(a, b) {
  if (a === void 0 || b === void 0) return 0;
  const rank = (scenario) => scenario.name === "baseline" ? -1 : tiers.indexOf(scenario.tier) * 10 + severities.indexOf(scenario.severity);
  return rank(a) - rank(b) || (a.name < b.name ? -1 : 1);
}
function isPath(name) {
  return /[/\\]|\.ya?ml$/.test(name);
}
function readScenario(file, options) {
  const { cwd, set = {}, faultKinds } = options;
  const text = readText(file, cwd, `or name one of the shipped scenarios; chaos-action list prints them`);
  if ("problem" in text) return { file, parameterNames: [], problems: [text.problem] };
  const { yaml, problems: syntax } = parseYaml(text.text, shownPath(file, cwd));
  if (yaml === void 0) return { file, parameterNames: [], problems: syntax };
  const parameters = readParameters(yaml, set);
  const problems = [];
  const broken = /* @__PURE__ */ new Set();
  yaml.mapScalars((path, value2, source) => {
    if (path[0] === "parameters") return value2 === null ? value2 : parameters[String(path[1])] ?? source;
    if (typeof value2 !== "string" || !/\{[{%]/.test(value2)) return value2;
    const result2 = renderTemplate(value2, parameters);
    if ("text" in result2) return result2.text;
    const { message, hint, row, column } = result2.problem;
    broken.add(showPath(path));
    problems.push({
      message: `${showPath(path)}: ${message.replace(/ in a template here$/, " among the parameters")}`,
      ...hint === void 0 ? {} : { hint },
      location: yaml.locateInside(path, row, column)
    });
    return value2;
  });
  const value = yaml.toValue();
  const result = scenarioSchema.safeParse(value);
  const problemsOfSchema = result.success ? [] : toProblems(
    result.error.issues.filter((issue) => !broken.has(showPath(issue.path))),
    { yaml, schema: scenarioSchema, value }
  );
  problems.push(...problemsOfSchema);
  const entries = faultEntries(value);
  const checked = entries.map(
    (entry, index) => checkFault(entry, index, { yaml, faultKinds, broken, nodes: options.nodes })
  );
  problems.push(...checked.flatMap((one) => one.problems));
  const name = rawName(value);
  const identity = {
    file,
    ...name === void 0 ? {} : { name, locateName: yaml.locate(["name"]) },
    parameterNames: Object.keys(parameters)
  };
  if (!result.success) return { ...identity, problems };
  const parsed = result.data;
  const { expect } = parsed;
  const phases = { ...parsed.phases, hold: options.holdMs ?? parsed.phases.hold };
  const faults = (parsed.faults ?? []).map((fault, index) => {
    const on = fault.on ?? checked[index]?.on ?? { type: "links", which: "cluster" };
    const atMs = fault.at ?? 0;
    const forMs = fault.for === void 0 || fault.for === "hold" ? void 0 : fault.for;
    if (atMs >= phases.hold) {
      problems.push({
        message: `faults[${index}].at: the fault begins ${formatMs(atMs)} into a hold of ${formatMs(phases.hold)}`,
        hint: "begin it sooner, or make phases.hold longer",
        location: yaml.locate(["faults", index, "at"])
      });
    } else if (forMs !== void 0 && atMs + forMs > phases.hold) {
      problems.push({
        message: `faults[${index}].for: the fault would outlast hold by ${formatMs(atMs + forMs - phases.hold)}`,
        hint: "write hold, or make phases.hold longer",
        location: yaml.locate(["faults", index, "for"])
      });
    }
    const inTurn = fault["in-turn"] === true;
    if (inTurn && (on.type === "links" || on.type === "path")) {
      problems.push({
        message: `faults[${index}].in-turn: only nodes have turns`,
        hint: `write on: all, another choice of nodes or { nodes: [node1, node2] }`,
        location: yaml.locate(["faults", index, "in-turn"])
      });
    }
    return {
      kind: fault.kind,
      on,
      atMs,
      ...forMs === void 0 ? {} : { forMs },
      ...inTurn ? { inTurn } : {},
      parameters: checked[index]?.parameters ?? {},
      location: yaml.locate(["faults", index])
    };
  });
  for (const { index, replaces } of replacedFaults(faults, phases.hold, faultKinds))
    problems.push({
      message: `faults[${index}]: it overlaps with faults[${replaces}], which is of the same kind and may strike the same target`,
      hint: "let one end (for) before the other begins (at), or give them different targets",
      location: yaml.locate(["faults", index])
    });
  if (expect.recovery > phases.recover) {
    problems.push({
      message: `expect.recovery: ${formatMs(expect.recovery)} cannot be seen in a recover phase of ${formatMs(phases.recover)}`,
      hint: "make phases.recover longer, or expect less",
      location: yaml.locate(["expect", "recovery"])
    });
  }
  if (problems.length > 0) return { ...identity, problems };
  const scenario = {
    name: parsed.name,
    ownName: parsed.name,
    ...options.isNamed ? { path: shownPath(file, cwd) } : {},
    title: parsed.title,
    tier: parsed.tier,
    severity: parsed.severity,
    dimension: parsed.dimension,
    parameters,
    phases: { steadyMs: phases.steady, holdMs: phases.hold, recoverMs: phases.recover },
    faults,
    expect: { availability: expect.availability, p99LatencyMs: expect["p99-latency"], recoveryMs: expect.recovery },
    expectLocations: {
      availability: yaml.locateKey(["expect", "availability"]),
      "p99-latency": yaml.locateKey(["expect", "p99-latency"]),
      recovery: yaml.locateKey(["expect", "recovery"])
    },
    location: yaml.locateKey(["name"])
  };
  return { ...identity, scenario, problems };
}
function readParameters(yaml, set) {
  const parameters = {};
  yaml.mapScalars((path, value, source) => {
    const [section, name] = path;
    if (section === "parameters" && path.length === 2 && value !== null) {
      parameters[String(name)] = set[String(name)] ?? (typeof value === "string" ? value : source);
    }
    return value;
  });
  return parameters;
}
function faultEntries(value) {
  if (typeof value !== "object" || value === null) return [];
  const faults = Reflect.get(value, "faults");
  return Array.isArray(faults) ? faults.map((entry) => isRecord(entry) ? entry : {}) : [];
}
function rawName(value) {
  const name = isRecord(value) ? value.name : void 0;
  return typeof name === "string" ? name : void 0;
}
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function checkFault(entry, index, context) {
  const { yaml, faultKinds, broken, nodes } = context;
  const prefix = ["faults", index];
  const kindName = entry.kind;
  const namesPeers = nodes === 1 && typeof kindName === "string" && faultKinds.get(kindName)?.strikes === "links";
  const problems = nodes === void 0 || namesPeers ? [] : unknownNodes(entry, prefix, yaml, nodes);
  if (typeof kindName !== "string" || kindName === "") return { problems };
  const kind = faultKinds.get(kindName);
  if (kind === void 0) {
    problems.push({
      message: `faults[${index}].kind: there is no fault kind "${kindName}"`,
      hint: suggest(kindName, [...faultKinds.keys()], "fault kinds"),
      location: yaml.locate([...prefix, "kind"])
    });
    return { problems };
  }
  if (entry.on === void 0 && kind.strikes === "nodes") {
    problems.push({
      message: `faults[${index}].on is missing`,
      hint: `${kindName} strikes nodes: write ${targetWords.filter((word) => !word.startsWith("links.")).join(", ")} or { nodes: [node1] }`,
      location: yaml.locate(prefix)
    });
  }
  const strikesLinks = typeof entry.on === "string" && entry.on.startsWith("links.") || isRecord(entry.on) && "from" in entry.on;
  if (kind.strikes === "nodes" && strikesLinks) {
    problems.push({
      message: `faults[${index}].on: ${kindName} strikes nodes, not links`,
      hint: `write ${targetWords.filter((word) => !word.startsWith("links.")).join(", ")} or { nodes: [node1] }`,
      location: yaml.locate([...prefix, "on"])
    });
  }
  const given = Object.fromEntries(Object.entries(entry).filter(([key]) => !faultKeys.some((known2) => known2 === key)));
  const result = kind.parameters.safeParse(given);
  if (!result.success) {
    const issues = result.error.issues.filter((issue) => !broken.has(showPath([...prefix, ...issue.path])));
    problems.push(...toProblems(issues, { yaml, schema: kind.parameters, value: given, prefix, otherKeys: faultKeys }));
    return { problems };
  }
  const known = keysOf(kind.parameters);
  if (known.length > 0 || Object.keys(given).length > 0) {
    for (const key of Object.keys(given)) {
      if (known.includes(key) || isRecord(result.data) && key in result.data) continue;
      problems.push({
        message: `faults[${index}].${key} is not a known key`,
        hint: suggest(key, [...known, ...faultKeys]),
        location: yaml.locateKey([...prefix, key])
      });
    }
  }
  return { parameters: isRecord(result.data) ? result.data : {}, problems };
}
function unknownNodes(value, path, yaml, nodes) {
  const last = path.at(-1);
  if (typeof value === "string") {
    const names = nodeNames(nodes);
    const inNodeList = path.includes("nodes") || last === "from" || last === "to";
    if (names.includes(value) || !(inNodeList || /^node-?_?\d+$/.test(value))) return [];
    return [
      {
        message: `${showPath(path)}: there is no node "${value}" in a cluster of ${nodes}`,
        hint: `nodes: ${names.join(", ")}`,
        location: yaml.locate(path)
      }
    ];
  }
  if (Array.isArray(value))
    return value.flatMap((item, index) => unknownNodes(item, [...path, index], yaml, nodes));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => unknownNodes(item, [...path, key], yaml, nodes));
}

export {
  loadScenarios,
  readScenarios,
  readCatalogue,
  unknownSettings,
  parseTiers,
  parseSettings,
  isPath,
  readScenario
};
