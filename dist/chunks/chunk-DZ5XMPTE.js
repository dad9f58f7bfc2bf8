import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  faultKeys,
  keysOf,
  parseRaw,
  parseYaml,
  readText,
  scenarioSchema,
  shownPath,
  targetWords,
  toProblems,
  unknownKey
} from "./chunk-EMGA3PAX.js";
import {
  shippedFolder,
  yamlFiles
} from "./chunk-Y7MW5ZQU.js";
import {
  itemsAt,
  locate,
  locateInside,
  locateKey,
  mapScalars,
  nodeNames,
  problemAt,
  problemOf,
  rawAt,
  renderTemplate,
  scalarsOf,
  showPath,
  textOf,
  toValue
} from "./chunk-DSQIK4KK.js";
import {
  throwProblems
} from "./chunk-EOJIUADP.js";
import {
  nearest,
  suggest
} from "./chunk-SSPUT3OG.js";
import {
  severities,
  tiers
} from "./chunk-C2BOSRP4.js";
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

// src/config/scenario-file.ts
function readScenario(file, options) {
  const { cwd, set = {}, faultKinds, nodes, isNamed } = options;
  const text = readText(file, cwd, `or name one of the shipped scenarios; chaos-action list prints them`);
  if ("problem" in text) return { file, parameterNames: [], problems: [text.problem] };
  const { raw: written, problems: syntax } = parseYaml(text.text, shownPath(file, cwd));
  if (written === void 0) return { file, parameterNames: [], problems: syntax };
  const parameters = readParameters(written, set);
  const { raw, problems: unrendered } = withParameters(written, parameters);
  const parsed = parseRaw(scenarioSchema, raw);
  const faults = itemsAt(raw, ["faults"]).map((_, index) => checkFault(index, { raw, faultKinds, nodes }));
  const problems = [...unrendered, ...parsed.problems, ...faults.flatMap((one) => one.problems)];
  const identity = { file, ...nameOf(raw), parameterNames: Object.keys(parameters) };
  if (!parsed.isComplete) return { ...identity, problems };
  const scenario = toScenario(parsed.value, { raw, parameters, faults, file: shownPath(file, cwd), isNamed });
  const holdMs = options.holdMs ?? scenario.phases.holdMs;
  problems.push(
    ...scenario.faults.flatMap((fault, index) => timeProblems(fault, index, holdMs, raw)),
    ...scenario.faults.flatMap((fault, index) => turnProblems(fault, index, raw)),
    ...overlapProblems(scenario.faults, holdMs, faultKinds, raw),
    ...recoveryProblems(scenario, raw)
  );
  if (problems.length > 0) return { ...identity, problems };
  return { ...identity, scenario: { ...scenario, phases: { ...scenario.phases, holdMs } }, problems };
}
function readParameters(raw, set) {
  const parameters = {};
  for (const { path, scalar } of scalarsOf(raw)) {
    const [section, name] = path;
    if (section !== "parameters" || path.length !== 2 || scalar.value === null) continue;
    parameters[String(name)] = set[String(name)] ?? textOf(scalar);
  }
  return parameters;
}
function withParameters(raw, parameters) {
  const problems = [];
  const rendered = mapScalars(raw, (scalar, path) => {
    const { value } = scalar;
    if (path[0] === "parameters") {
      return value === null ? scalar : { ...scalar, value: parameters[String(path[1])] ?? textOf(scalar) };
    }
    if (typeof value !== "string" || !/\{[{%]/.test(value)) return scalar;
    const result = renderTemplate(value, parameters, "among the parameters");
    if ("text" in result) return { ...scalar, value: result.text };
    const { message, hint, row, column } = result.problem;
    problems.push(problemOf(`${showPath(path)}: ${message}`, hint, locateInside(raw, path, row, column)));
    return { ...scalar, isReported: true };
  });
  return { raw: rendered, problems };
}
function nameOf(raw) {
  const name = rawAt(raw, ["name"]);
  if (name?.type !== "scalar" || typeof name.value !== "string") return {};
  return { name: name.value, ...name.location === void 0 ? {} : { locateName: name.location } };
}
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function checkFault(index, { raw, faultKinds, nodes }) {
  const path = ["faults", index];
  const found = rawAt(raw, path);
  const value = found && toValue(found);
  const entry = isRecord(value) ? value : {};
  const kind = typeof entry.kind === "string" ? faultKinds.get(entry.kind) : void 0;
  const namesPeers = nodes === 1 && kind?.strikes === "links";
  const missingNodes = nodes === void 0 || namesPeers ? [] : unknownNodes(raw, path, nodes);
  if (kind !== void 0) {
    const { parameters, problems } = checkParameters(entry, kind, path, raw);
    return {
      ...parameters === void 0 ? {} : { parameters },
      problems: [...missingNodes, ...targetProblems(entry, kind, path, raw), ...problems]
    };
  }
  if (typeof entry.kind !== "string" || entry.kind === "") return { problems: missingNodes };
  const message = `there is no fault kind "${entry.kind}"`;
  const hint = suggest(entry.kind, [...faultKinds.keys()], "fault kinds");
  return { problems: [...missingNodes, problemAt(raw, [...path, "kind"], message, hint)] };
}
function targetProblems(entry, kind, path, raw) {
  if (kind.strikes !== "nodes") return [];
  const { on } = entry;
  const targets = `${targetWords.filter((word) => !word.startsWith("links.")).join(", ")} or { nodes: [node1] }`;
  if (on === void 0) {
    const hint = `${kind.kind} strikes nodes: write ${targets}`;
    return [problemOf(`${showPath([...path, "on"])} is missing`, hint, locate(raw, path))];
  }
  const isLinks = typeof on === "string" && on.startsWith("links.") || isRecord(on) && "from" in on;
  if (!isLinks) return [];
  return [problemAt(raw, [...path, "on"], `${kind.kind} strikes nodes, not links`, `write ${targets}`)];
}
function checkParameters(entry, { parameters: schema }, path, raw) {
  const given = Object.fromEntries(Object.entries(entry).filter(([key]) => !faultKeys.some((known2) => known2 === key)));
  const result = schema.safeParse(given);
  if (!result.success) {
    return { problems: toProblems(result.error.issues, { raw, schema, prefix: path, otherKeys: faultKeys }) };
  }
  const parameters = isRecord(result.data) ? result.data : {};
  const known = keysOf(schema);
  const dropped = Object.keys(given).filter((key) => !known.includes(key) && !(key in parameters));
  return { parameters, problems: dropped.map((key) => unknownKey(raw, [...path, key], [...known, ...faultKeys])) };
}
function unknownNodes(raw, path, nodes) {
  const names = nodeNames(nodes);
  const entry = rawAt(raw, path);
  if (entry === void 0) return [];
  return scalarsOf(entry, path).flatMap(({ path: at, scalar: { value, isReported } }) => {
    if (typeof value !== "string" || isReported || names.includes(value)) return [];
    const last = at.at(-1);
    const isName = at.includes("nodes") || last === "from" || last === "to" || /^node-?_?\d+$/.test(value);
    const message = `there is no node "${value}" in a cluster of ${nodes}`;
    return isName ? [problemAt(raw, at, message, `nodes: ${names.join(", ")}`)] : [];
  });
}
function toScenario(said, context) {
  const { raw, parameters, faults, file, isNamed } = context;
  const { name, title, tier, severity, dimension, phases, expect } = said;
  const keyOf = (...keys) => locateKey(raw, keys) ?? { file };
  return {
    ...{ name, ownName: name, title, tier, severity, dimension, parameters },
    ...isNamed ? { path: file } : {},
    phases: { steadyMs: phases.steady, holdMs: phases.hold, recoverMs: phases.recover },
    faults: said.faults.map((fault, index) => ({
      kind: fault.kind,
      // Faults of nodes have been checked for one.
      on: fault.on ?? { type: "links", which: "cluster" },
      atMs: fault.at,
      ...fault.for === "hold" ? {} : { forMs: fault.for },
      ...fault["in-turn"] ? { inTurn: true } : {},
      parameters: faults[index]?.parameters ?? {},
      location: locate(raw, ["faults", index]) ?? { file }
    })),
    expect: { availability: expect.availability, p99LatencyMs: expect["p99-latency"], recoveryMs: expect.recovery },
    expectLocations: {
      availability: keyOf("expect", "availability"),
      "p99-latency": keyOf("expect", "p99-latency"),
      recovery: keyOf("expect", "recovery")
    },
    location: keyOf("name")
  };
}
function timeProblems({ atMs, forMs }, index, holdMs, raw) {
  if (atMs >= holdMs) {
    const message2 = `the fault begins ${formatMs(atMs)} into a hold of ${formatMs(holdMs)}`;
    return [problemAt(raw, ["faults", index, "at"], message2, "begin it sooner, or make phases.hold longer")];
  }
  if (forMs === void 0 || atMs + forMs <= holdMs) return [];
  const message = `the fault would outlast hold by ${formatMs(atMs + forMs - holdMs)}`;
  return [problemAt(raw, ["faults", index, "for"], message, "write hold, or make phases.hold longer")];
}
function turnProblems({ inTurn, on }, index, raw) {
  if (!inTurn || on.type !== "links" && on.type !== "path") return [];
  const hint = "write on: all, another choice of nodes or { nodes: [node1, node2] }";
  return [problemAt(raw, ["faults", index, "in-turn"], "only nodes can be struck in turn", hint)];
}
function overlapProblems(faults, holdMs, faultKinds, raw) {
  return replacedFaults(faults, holdMs, faultKinds).map(
    ({ index, replaces }) => problemAt(
      raw,
      ["faults", index],
      `it overlaps with faults[${replaces}], which is of the same kind and may strike the same target`,
      "let one end (for) before the other begins (at), or give them different targets"
    )
  );
}
function recoveryProblems({ expect: { recoveryMs }, phases: { recoverMs } }, raw) {
  if (recoveryMs <= recoverMs) return [];
  const message = `${formatMs(recoveryMs)} cannot be measured in a recover phase of ${formatMs(recoverMs)}`;
  return [problemAt(raw, ["expect", "recovery"], message, "make phases.recover longer, or expect less")];
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
  const catalogue = readCatalogue(options, named);
  const { chosen, problems } = names === void 0 ? chooseByTier(options.tiers, catalogue) : chooseByName(names, catalogue, cwd);
  const settable = catalogue.read.filter((one) => chosen.includes(one) || one.scenario === void 0);
  const parameters = settable.flatMap((one) => one.parameterNames);
  return {
    scenarios: chosen.map((one) => one.scenario).filter((scenario) => scenario !== void 0),
    names: [...catalogue.byName.keys()],
    problems: [...catalogue.problems, ...problems, ...unknownSettings(set, parameters)]
  };
}
function chooseByName(names, { read, byName }, cwd) {
  const chosen = /* @__PURE__ */ new Set();
  const problems = [];
  for (const name of names) {
    const found = isPath(name) ? read.find((one) => one.file === resolve(cwd, name)) : byName.get(name);
    if (found !== void 0) chosen.add(found);
    else problems.push(problemOf(`there is no scenario "${name}"`, suggest(name, [...byName.keys()], "scenarios")));
  }
  return { chosen: [...chosen], problems };
}
function chooseByTier(asked, { read, problems: broken }) {
  const wanted = asked ?? tiers;
  const chosen = read.filter(({ scenario, name }) => scenario !== void 0 && (wanted.includes(scenario.tier) || name === "baseline")).sort((a, b) => runOrder(a.scenario, b.scenario));
  const empty = broken.length > 0 ? [] : (asked ?? []).filter((tier) => !read.some((one) => one.scenario?.tier === tier));
  return { chosen, problems: empty.map((tier) => problemOf(`there is no scenario of the tier ${tier}`)) };
}
function readCatalogue(options, named) {
  const { cwd, folders = [shippedFolder("scenarios")] } = options;
  const problems = [];
  const files = folders.flatMap((folder) => {
    const absolute = resolve(cwd, folder);
    if (!existsSync(absolute)) {
      problems.push(problemOf("there is no such folder of scenarios", void 0, { file: shownPath(folder, cwd) }));
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

export {
  readScenario,
  loadScenarios,
  readScenarios,
  readCatalogue,
  unknownSettings,
  parseTiers,
  parseSettings,
  isPath
};
