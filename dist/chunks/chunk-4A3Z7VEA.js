import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  isPath,
  readCatalogue,
  readScenario,
  unknownSettings
} from "./chunk-DZ5XMPTE.js";
import {
  parseRaw,
  parseYaml,
  planSchema,
  readText,
  shownPath
} from "./chunk-EMGA3PAX.js";
import {
  planNames,
  plansFolder
} from "./chunk-Y7MW5ZQU.js";
import {
  itemsAt,
  locate,
  mapScalars,
  problemAt,
  problemOf,
  rawAt,
  textOf
} from "./chunk-DSQIK4KK.js";
import {
  showLocation,
  throwProblems
} from "./chunk-EOJIUADP.js";
import {
  suggest
} from "./chunk-SSPUT3OG.js";

// src/config/plans.ts
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
function loadPlan(options) {
  const { plan, scenarios, problems } = readPlan(options);
  throwProblems(problems);
  if (plan === void 0) throw new Error("no problem was reported and no plan was made");
  return { plan, scenarios };
}
function readPlan(options) {
  const { file, raw, problems: unreadable } = findPlan(options);
  const parsed = raw && parseRaw(planSchema, raw);
  if (raw === void 0 || parsed === void 0) {
    const { byName, problems: problems2 } = readCatalogue({ ...options, set: {} }, []);
    return { scenarios: [], names: [...byName.keys()], problems: [...unreadable, ...problems2] };
  }
  const folder = dirname(file);
  const entries = soundEntries(raw, parsed);
  const named = entries.map(({ given }) => given.scenario).filter(isPath);
  const files = named.map((path) => resolve(folder, path)).filter(existsSync);
  const catalogue = readCatalogue({ ...options, set: {} }, files);
  const read = entries.map(({ given, index }) => readEntry(given, index, { raw, folder, catalogue, options }));
  const problems = [...parsed.problems, ...read.flatMap((one) => one.problems), ...sameNames(read, raw)];
  if (parsed.isSound(["scenarios"]) && read.every(({ scenario }) => scenario !== void 0))
    problems.push(...unusedSettings(options.set ?? {}, read));
  return {
    ...parsed.isComplete ? { plan: toPlan(parsed.value, read) } : {},
    scenarios: read.map(({ scenario }) => scenario).filter((scenario) => scenario !== void 0),
    names: [...catalogue.byName.keys()],
    problems: [...catalogue.problems, ...distinct(problems)]
  };
}
function toPlan({ name, title, "abort-on": abortOn }, read) {
  return { name, title, abortOn, stages: stagesOf(read) };
}
function stagesOf(read) {
  const stages = [];
  for (const { name, given } of read) {
    if (given.stage !== void 0 && given.stage !== stages.at(-1)?.name)
      stages.push({ name: given.stage, scenarios: [] });
    if (name !== void 0) stages.at(-1)?.scenarios.push(name);
  }
  return stages;
}
function findPlan({ cwd, plan, plansFolder: plansFolder2 = plansFolder() }) {
  const file = isPath(plan) ? resolve(cwd, plan) : join(plansFolder2, `${plan}.yml`);
  const known = planNames(plansFolder2);
  if (!isPath(plan) && !known.includes(plan)) {
    return { file, problems: [problemOf(`there is no plan "${plan}"`, suggest(plan, known, "plans"))] };
  }
  const text = readText(file, cwd, "or name one of the shipped plans; chaos-action list prints them");
  if ("problem" in text) return { file, problems: [text.problem] };
  const { raw, problems } = parseYaml(text.text, shownPath(file, cwd));
  return { file, ...raw === void 0 ? {} : { raw: withTextSettings(withLongEntries(raw)) }, problems };
}
function withLongEntries(raw) {
  const list = rawAt(raw, ["scenarios"]);
  if (raw.type !== "map" || list?.type !== "list") return raw;
  const items = list.items.map(
    (item) => item.type === "map" ? item : { ...item, type: "map", entries: /* @__PURE__ */ new Map([["scenario", item]]) }
  );
  return { ...raw, entries: new Map([...raw.entries, ["scenarios", { ...list, items }]]) };
}
function withTextSettings(raw) {
  return mapScalars(raw, (scalar, path) => {
    const isSetting = path[0] === "scenarios" && path[2] === "set" && path.length === 4;
    return isSetting && scalar.value !== null ? { ...scalar, value: textOf(scalar) } : scalar;
  });
}
function soundEntries(raw, { value, isSound }) {
  return itemsAt(raw, ["scenarios"]).flatMap((_, index) => {
    const given = isSound(["scenarios", index]) ? value.scenarios[index] : void 0;
    return given === void 0 ? [] : [{ given, index }];
  });
}
function readEntry(given, index, context) {
  const { raw, folder, catalogue, options } = context;
  const path = ["scenarios", index];
  const file = isPath(given.scenario) ? resolve(folder, given.scenario) : void 0;
  const found = file === void 0 ? catalogue.byName.get(given.scenario) : catalogue.read.find((one) => one.file === file);
  if (found === void 0) {
    const problem = unknownScenario(given, file, [...path, "scenario"], context);
    return { index, given, name: given.as, parameterNames: [], problems: [problem] };
  }
  const { parameterNames } = found;
  const identity = { index, given, name: given.as ?? found.name, parameterNames };
  const misnamed = takenName(given, found, [...path, "as"], context);
  if (found.scenario === void 0) return { ...identity, problems: misnamed };
  const { scenario, problems } = readChanged(given, found, { raw, path, options });
  return {
    ...identity,
    ...scenario === void 0 ? {} : { scenario: { ...scenario, name: given.as ?? scenario.name } },
    problems: [...misnamed, ...unknownParameters(given, found, path, raw), ...problems]
  };
}
function unknownScenario({ scenario }, file, path, { raw, catalogue }) {
  if (file === void 0) {
    const hint2 = suggest(scenario, [...catalogue.byName.keys()], "scenarios");
    return problemAt(raw, path, `there is no scenario "${scenario}"`, hint2);
  }
  const hint = `looked for ${file}; paths in a plan are relative to its own folder`;
  return problemAt(raw, path, `there is no file ${scenario}`, hint);
}
function takenName({ as }, found, path, { raw, catalogue }) {
  const other = as === void 0 ? void 0 : catalogue.byName.get(as);
  if (other === void 0 || other === found) return [];
  return [problemAt(raw, path, `"${as}" is the name of another scenario`, "reports would mix them up: choose another")];
}
function unknownParameters({ set }, found, path, raw) {
  const { name, parameterNames } = found;
  return Object.keys(set).filter((key) => !parameterNames.includes(key)).map((key) => {
    const hint = parameterNames.length === 0 ? "it has none" : suggest(key, parameterNames, "its parameters");
    return problemAt(raw, [...path, "set", key], `${name} has no parameter "${key}"`, hint);
  });
}
function readChanged({ set: own, duration }, { file, scenario: found }, { raw, path, options }) {
  const isNamed = found?.path !== void 0;
  const shared = Object.fromEntries(Object.entries(options.set ?? {}).filter(([key]) => !(key in own)));
  const changed = readScenario(file, { ...options, set: { ...shared, ...own }, holdMs: duration, isNamed });
  const unchanged = readScenario(file, { ...options, set: shared, isNamed });
  const changes = Object.keys(own).map((key) => ["set", key]);
  if (duration !== void 0) changes.push(["duration"]);
  const [change = []] = changes.length === 1 ? changes : [];
  const problems = changed.problems.map((problem) => {
    if (unchanged.problems.some((one) => isDeepStrictEqual(one, problem))) return problem;
    const { message, hint, location } = problem;
    const hints = [hint, location && `used at ${showLocation(location)}`].filter((one) => one !== void 0);
    return problemAt(raw, [...path, ...change], message, hints.join("; "));
  });
  return { ...changed.scenario === void 0 ? {} : { scenario: changed.scenario }, problems };
}
function sameNames(read, raw) {
  return read.flatMap(({ index, name, given }) => {
    const first = read.find((one) => one.name === name);
    if (name === void 0 || first === void 0 || first.index === index) return [];
    const message = `scenarios[${index}]: ${name} is in the plan already, as scenarios[${first.index}]`;
    const key = given.as === void 0 ? "scenario" : "as";
    const location = locate(raw, ["scenarios", index, key]);
    return [problemOf(message, `give it a name of its own: as: ${name}-2`, location)];
  });
}
function unusedSettings(set, read) {
  const open = read.flatMap(({ parameterNames, given }) => parameterNames.filter((name) => !(name in given.set)));
  const taken = read.flatMap(({ given }) => Object.keys(given.set));
  return Object.entries(set).flatMap(
    ([name, value]) => taken.includes(name) && !open.includes(name) ? [
      problemOf(
        `--set ${name}: the plan sets "${name}" itself wherever a scenario has it`,
        "change the plan, or run the scenario alone with --scenario"
      )
    ] : unknownSettings({ [name]: value }, open)
  );
}
function distinct(problems) {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

export {
  loadPlan,
  readPlan
};
