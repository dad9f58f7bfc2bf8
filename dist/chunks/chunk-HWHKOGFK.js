import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  isPath,
  readCatalogue,
  readScenario,
  unknownSettings
} from "./chunk-M2CWEPOC.js";
import {
  parseYaml,
  planEntrySchema,
  planNames,
  planSchema,
  plansFolder,
  readText,
  showPath,
  shownPath,
  toProblems
} from "./chunk-HFBFBK3D.js";
import {
  suggest
} from "./chunk-LLYA5VLZ.js";
import {
  showLocation,
  throwProblems
} from "./chunk-EOJIUADP.js";

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
  const { cwd, plan: asked, set = {}, plansFolder: plansFolder2 = plansFolder() } = options;
  const file = isPath(asked) ? resolve(cwd, asked) : join(plansFolder2, `${asked}.yml`);
  const known = planNames(plansFolder2);
  const { yaml, problems: unreadable } = isPath(asked) || known.includes(asked) ? readYaml(file, cwd) : { problems: [{ message: `there is no plan "${asked}"`, hint: suggest(asked, known, "plans") }] };
  const value = yaml === void 0 ? void 0 : withLongEntries(yaml.toValue());
  const entries = entriesOf(value).map((entry) => planEntrySchema.safeParse(entry));
  const folder = dirname(file);
  const named = entries.flatMap(
    ({ data }) => data !== void 0 && isPath(data.scenario) ? [resolve(folder, data.scenario)] : []
  );
  const catalogue = readCatalogue({ ...options, set: {} }, named.filter(existsSync));
  const names = [...catalogue.byName.keys()];
  if (yaml === void 0) return { scenarios: [], names, problems: [...unreadable, ...catalogue.problems] };
  const parsed = planSchema.safeParse(value);
  const problems = parsed.success ? [] : toProblems(parsed.error.issues, { yaml, schema: planSchema, value });
  const read = entries.flatMap(
    ({ data }, index) => data === void 0 ? [] : [readEntry(data, index, { yaml, folder, catalogue, options })]
  );
  problems.push(...read.flatMap((one) => one.problems), ...sameNames(read, yaml));
  if (entries.every(({ success }) => success) && read.every(({ scenario }) => scenario !== void 0))
    problems.push(...unusedSettings(set, read));
  return {
    ...parsed.success ? { plan: { name: parsed.data.name, title: parsed.data.title, abortOn: parsed.data["abort-on"] } } : {},
    scenarios: read.map(({ scenario }) => scenario).filter((scenario) => scenario !== void 0),
    names,
    problems: [...catalogue.problems, ...distinct(problems)]
  };
}
function readYaml(file, cwd) {
  const text = readText(file, cwd, "or name one of the shipped plans; chaos-action list prints them");
  if ("problem" in text) return { problems: [text.problem] };
  const parsed = parseYaml(text.text, shownPath(file, cwd));
  parsed.yaml?.mapScalars((path, value, source) => {
    const isSetting = path[0] === "scenarios" && path[2] === "set" && path.length === 4;
    return isSetting && typeof value !== "string" && value !== null ? source : value;
  });
  return parsed;
}
function withLongEntries(value) {
  const entries = entriesOf(value);
  if (entries.length === 0 || !isMap(value)) return value;
  return { ...value, scenarios: entries.map((entry) => isMap(entry) ? entry : { scenario: entry }) };
}
function entriesOf(value) {
  const entries = isMap(value) ? Reflect.get(value, "scenarios") : void 0;
  return Array.isArray(entries) ? entries : [];
}
function isMap(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function readEntry(given, index, context) {
  const { yaml, folder, catalogue, options } = context;
  const { set: own = {}, duration } = given;
  const problemAt = (keys, message, ...hints) => {
    const path = ["scenarios", index, ...keys];
    return {
      message: `${showPath(path)}: ${message}`,
      hint: hints.filter((hint2) => hint2 !== void 0).join("; "),
      location: yaml.locate(path)
    };
  };
  const file = isPath(given.scenario) ? resolve(folder, given.scenario) : void 0;
  const found = file === void 0 ? catalogue.byName.get(given.scenario) : catalogue.read.find((one) => one.file === file);
  if (found === void 0) {
    const names = [...catalogue.byName.keys()];
    const problem = file === void 0 ? problemAt(
      ["scenario"],
      `there is no scenario "${given.scenario}"`,
      suggest(given.scenario, names, "scenarios")
    ) : problemAt(
      ["scenario"],
      `there is no file ${given.scenario}`,
      `looked for ${file}`,
      "paths in a plan are relative to its own folder"
    );
    return { index, given, name: given.as, parameterNames: [], problems: [problem] };
  }
  const { parameterNames } = found;
  const identity = { index, given, name: given.as ?? found.name, parameterNames };
  const problems = [];
  const other = given.as === void 0 ? void 0 : catalogue.byName.get(given.as);
  if (other !== void 0 && other !== found)
    problems.push(
      problemAt(["as"], `"${given.as}" is the name of another scenario`, "reports would mix them up: choose another")
    );
  if (found.scenario === void 0) return { ...identity, problems };
  const hint = (key) => parameterNames.length === 0 ? "it has none" : suggest(key, parameterNames, "its parameters");
  const unknown = Object.keys(own).filter((key) => !parameterNames.includes(key));
  problems.push(...unknown.map((key) => problemAt(["set", key], `${found.name} has no parameter "${key}"`, hint(key))));
  const isNamed = found.scenario.path !== void 0;
  const shared = Object.fromEntries(Object.entries(options.set ?? {}).filter(([key]) => !(key in own)));
  const { scenario, problems: all } = readScenario(found.file, {
    ...options,
    set: { ...shared, ...own },
    holdMs: duration,
    isNamed
  });
  const unchanged = readScenario(found.file, { ...options, set: shared, isNamed });
  const changes = Object.keys(own).map((key) => ["set", key]);
  if (duration !== void 0) changes.push(["duration"]);
  const [change = []] = changes.length === 1 ? changes : [];
  for (const problem of all) {
    const { message, hint: hint2, location } = problem;
    const isOfPlan = !unchanged.problems.some((one) => isDeepStrictEqual(one, problem));
    const used = location && `used at ${showLocation(location)}`;
    problems.push(isOfPlan ? problemAt(change, message, hint2, used) : problem);
  }
  return {
    ...identity,
    ...scenario === void 0 ? {} : { scenario: { ...scenario, name: given.as ?? scenario.name } },
    problems
  };
}
function sameNames(read, yaml) {
  return read.flatMap(({ index, name, given }) => {
    const first = read.find((one) => one.name === name);
    if (name === void 0 || first === void 0 || first.index === index) return [];
    const key = ["scenarios", index, given.as === void 0 ? "scenario" : "as"];
    return [
      {
        message: `scenarios[${index}]: ${name} is in the plan already, as scenarios[${first.index}]`,
        hint: `give it a name of its own: as: ${name}-2`,
        location: yaml.locate(key)
      }
    ];
  });
}
function unusedSettings(set, read) {
  const open = read.flatMap(
    ({ parameterNames, given }) => parameterNames.filter((name) => !(name in (given.set ?? {})))
  );
  const taken = read.flatMap(({ given }) => Object.keys(given.set ?? {}));
  return Object.entries(set).flatMap(
    ([name, value]) => taken.includes(name) && !open.includes(name) ? [
      {
        message: `--set ${name}: the plan sets "${name}" itself wherever a scenario has it`,
        hint: "change the plan, or run the scenario alone with --scenario"
      }
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
