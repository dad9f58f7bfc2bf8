import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  require_cli_table3
} from "./chunk-EKUSH7OR.js";
import {
  execa
} from "./chunk-C7D3GCA6.js";
import "./chunk-N33DJXRZ.js";
import {
  shippedFolder
} from "./chunk-Y7MW5ZQU.js";
import {
  suggest
} from "./chunk-SSPUT3OG.js";
import {
  formatMs
} from "./chunk-VDOZDET2.js";
import {
  distPath
} from "./chunk-RSWY53MK.js";
import {
  mutants
} from "./chunk-SVSJGPEQ.js";
import {
  sabotages
} from "./chunk-YAQKREF6.js";
import "./chunk-IBM3SNPL.js";
import {
  systemClock
} from "./chunk-REAO3S7U.js";
import "./chunk-IEWOHIMU.js";
import "./chunk-53UEWYNP.js";
import {
  ChaosError,
  exitCodes
} from "./chunk-EV4V3EIO.js";
import {
  __toESM
} from "./chunk-6DG7BXTN.js";

// src/cli/selftest.ts
var import_cli_table3 = __toESM(require_cli_table3(), 1);
import { mkdirSync as mkdirSync2, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join as join2, resolve } from "node:path";
import { fileURLToPath } from "node:url";

// src/selftest/cases.ts
var cleanRuns = { full: 20, quick: 2 };
function selftestCases(options) {
  const all = [...cleanCases(options), ...options.isEmbedded ? mutantCases(options) : [], ...sabotageCases(options)];
  return options.quick ? oneOfEachInvariant(all) : all;
}
function cleanCases({ quick, nodes, seed }) {
  const versions2 = [4, 5];
  return Array.from(
    { length: quick ? cleanRuns.quick : cleanRuns.full },
    (_, index) => ({
      defect: { kind: "none" },
      mqttVersion: versions2[index % 2] ?? 4,
      scenario: (index + Math.floor(index / 2)) % 2 === 0 ? "quiet" : "restart",
      ...{ profile: "mixed", nodes, seed: `${seed}-${index + 1}`, invariant: null, mayLack: false }
    })
  );
}
function mutantCases({ nodes, seed }) {
  return Object.entries(mutants).flatMap(
    ([name, { invariant, scenario, profile, versions: versions2 }]) => versions2.map(
      (mqttVersion) => ({
        ...{ defect: { kind: "mutant", name }, mqttVersion, scenario, profile, nodes, seed, invariant, mayLack: false }
      })
    )
  );
}
function sabotageCases({ isEmbedded, nodes, seed }) {
  return sabotages.flatMap(
    ({ name, invariant, versions: versions2, flow }) => versions2.map(
      (mqttVersion) => ({
        ...{
          defect: { kind: "sabotage", name },
          mqttVersion,
          scenario: "quiet",
          profile: flow,
          seed,
          invariant,
          mayLack: !isEmbedded
        },
        nodes: isEmbedded ? flow === "shared" || flow === "handover" ? 2 : 1 : nodes
      })
    )
  );
}
function oneOfEachInvariant(cases) {
  const invariants = [...new Set(cases.flatMap(({ invariant }) => invariant ?? []))];
  return [
    ...cases.filter(({ invariant }) => invariant === null),
    ...invariants.flatMap((id, index) => {
      const own = cases.filter(({ invariant }) => invariant === id);
      const kind = index % 2 === 0 ? "mutant" : "sabotage";
      const version = index % 4 < 2 ? 4 : 5;
      const ofKind = own.filter(({ defect }) => defect.kind === kind);
      return ofKind.find(({ mqttVersion }) => mqttVersion === version) ?? ofKind[0] ?? own[0] ?? [];
    })
  ];
}

// src/selftest/outcome.ts
function isGood({ kind }) {
  return kind === "caught" || kind === "clean" || kind === "not applicable";
}
function outcomeOf({ invariant, defect, mayLack }, record, error) {
  if (record === void 0) return { kind: "undecided", why: error ?? "the run wrote no report" };
  if (record.error !== null) return { kind: "undecided", why: record.error.message };
  const by = shownBy(record);
  if (invariant === null) return ofClean(record, by);
  const afterMs = detectedAfterMs(record, invariant);
  if (afterMs !== void 0) return { kind: "caught", afterMs, others: by.filter((one) => one !== invariant) };
  if (by.length > 0) return { kind: "side effect", by };
  const absent = notApplicable(record, invariant);
  if (absent !== void 0 && mayLack) return { kind: "not applicable", why: absent };
  if (defect.kind === "sabotage" && record.sabotage?.changes === 0) return { kind: "not struck" };
  const [first] = record.scenarios;
  return first?.verdict === "inconclusive" ? { kind: "undecided", why: first.reason } : { kind: "escaped" };
}
function ofClean(record, by) {
  if (by.length > 0) return { kind: "not clean", by };
  const undecided = record.scenarios.find(({ verdict }) => verdict !== "pass");
  return undecided ? { kind: "undecided", why: undecided.reason } : { kind: "clean" };
}
function shownBy({ scenarios }) {
  const names = scenarios.flatMap(({ violations, crashes }) => [
    ...violations.map(({ invariant }) => invariant),
    ...crashes.length > 0 ? ["a node that ended"] : []
  ]);
  return [...new Set(names)];
}
function detectedAfterMs({ scenarios }, invariant) {
  for (const { violations, startMs } of scenarios) {
    const found = violations.find((violation) => violation.invariant === invariant);
    if (!found) continue;
    const times = found.examples.flatMap(({ atMs }) => atMs === null ? [] : [atMs - startMs]);
    return times.length === 0 ? null : Math.max(0, Math.min(...times));
  }
  return void 0;
}
function notApplicable({ scenarios }, invariant) {
  return scenarios.flatMap((scenario) => scenario.notApplicable).find((one) => one.invariant === invariant)?.why;
}

// src/selftest/matrix.ts
var noViolation = "no violation";
function matrixOf(results) {
  return results.map(({ of: { defect, mqttVersion, scenario, invariant, seed }, outcome }) => ({
    defect: defect.kind === "none" ? `none, seed ${seed}` : nameOf(defect),
    mqtt: mqttVersion === 5 ? "5" : "3.1.1",
    scenario,
    expected: invariant ?? noViolation,
    result: resultText(outcome),
    after: outcome.kind === "caught" && outcome.afterMs !== null ? formatMs(Math.round(outcome.afterMs)) : "",
    isGood: isGood(outcome)
  }));
}
function nameOf(defect) {
  return `${defect.kind} ${defect.name}`;
}
function resultText(outcome) {
  switch (outcome.kind) {
    case "caught":
      return outcome.others.length === 0 ? "caught" : `caught, also by ${outcome.others.join(", ")}`;
    case "side effect":
      return `only by ${outcome.by.join(", ")}`;
    case "not clean":
      return `not clean: ${outcome.by.join(", ")}`;
    case "not applicable":
      return `not applicable: ${outcome.why}`;
    case "undecided":
      return `undecided: ${outcome.why}`;
    default:
      return outcome.kind;
  }
}
function matrixMarkdown(rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const head = ["defect", "must be named by", "scenario", ...versions.map((version) => `MQTT ${version}`)];
  return [line(head), line(head.map(() => "---")), ...[...soundLines(rows), ...defectLines(rows)].map(line)].join("\n");
}
var versions = ["3.1.1", "5"];
var isSound = ({ expected }) => expected === noViolation;
function soundLines(rows) {
  const sound = rows.filter(isSound);
  if (sound.length === 0) return [];
  const cells = versions.map((version) => {
    const own = sound.filter(({ mqtt }) => mqtt === version);
    const others = own.filter((row) => !row.isGood).map(({ defect, result }) => `${defect}: ${result}`);
    return own.length === 0 ? "not run" : [`${own.length - others.length} of ${own.length} clean`, ...others].join("; ");
  });
  return [["none", "nothing", [...new Set(sound.map(({ scenario }) => scenario))].join(", "), ...cells]];
}
function defectLines(rows) {
  const defects = rows.filter((row) => !isSound(row));
  const keyOf = ({ defect, scenario, expected }) => JSON.stringify([defect, expected, scenario]);
  return [...new Set(defects.map(keyOf))].map((key) => {
    const own = defects.filter((row) => keyOf(row) === key);
    const cells = versions.map((version) => {
      const row = own.find(({ mqtt }) => mqtt === version);
      if (row === void 0) return "not of this version";
      return row.after === "" ? row.result : `${row.result}, ${row.after}`;
    });
    return [...JSON.parse(key), ...cells];
  });
}
function summaryOf(results) {
  const count = (kind) => results.filter(({ outcome }) => outcome.kind === kind).length;
  const defects = results.filter(({ of: { defect } }) => defect.kind !== "none").length;
  const parts = [
    `${count("caught")} of ${defects} defects caught by the invariant that names them`,
    ...count("side effect") > 0 ? [`${count("side effect")} only by a side effect`] : [],
    ...count("escaped") > 0 ? [`${count("escaped")} escaped`] : [],
    ...count("not applicable") > 0 ? [`${count("not applicable")} not applicable to this broker`] : [],
    `${count("clean")} of ${results.length - defects} sound runs clean`,
    ...count("not struck") > 0 ? [`${count("not struck")} without anything to strike`] : [],
    ...count("undecided") > 0 ? [`${count("undecided")} undecided`] : []
  ];
  return parts.join(", ");
}

// src/selftest/run-cases.ts
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
var caseWithinMs = 3e5;
var mostAttempts = 2;
async function runCases(cases, options) {
  const results = [];
  const left = [...cases.entries()];
  const work = async () => {
    for (let next = left.shift(); next !== void 0; next = left.shift()) {
      options.signal.throwIfAborted();
      const [index, one] = next;
      const result = await runCase(one, index, options);
      results.push(result);
      options.onResult(result);
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, work));
  return results.sort((a, b) => cases.indexOf(a.of) - cases.indexOf(b.of));
}
async function runCase(one, index, options) {
  const startedMs = options.nowMs();
  const words = wordsOf(one, options);
  let outcome = { kind: "undecided", why: "it was not run" };
  for (let attempt = 1; attempt <= mostAttempts && outcome.kind === "undecided"; attempt++)
    outcome = await attemptOf(one, words, join(options.out, `${index + 1}-${attempt}`), options);
  const command = ["chaos-action", ...words].join(" ");
  return { of: one, outcome, command, tookMs: options.nowMs() - startedMs };
}
async function attemptOf(one, words, folder, { program: [file, ...before], cwd, signal }) {
  mkdirSync(folder, { recursive: true });
  const ran = await execa(file, [...before, ...words, "--out", folder], {
    ...{
      cwd,
      cancelSignal: signal,
      gracefulCancel: false,
      timeout: caseWithinMs,
      reject: false,
      forceKillAfterDelay: 2e4
    }
  });
  signal.throwIfAborted();
  const outcome = outcomeOf(one, readRecord(join(folder, "report.json")), lastLine(ran.stderr));
  if (outcome.kind === "caught" || outcome.kind === "clean") rmSync(folder, { recursive: true, force: true });
  return outcome;
}
function wordsOf({ defect, mqttVersion, scenario, profile, nodes, seed }, { broker, scenarioFolder }) {
  return [
    ...["run", ...broker, "--scenario", join(scenarioFolder, `${scenario}.yml`)],
    ...defect.kind === "none" ? [] : [`--${defect.kind}`, defect.name],
    ...["--mqtt", String(mqttVersion), "--profile", profile, "--nodes", String(nodes)],
    ...["--rate", "60/s", "--repeat", "1", "--seed", seed]
  ];
}
function readRecord(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return void 0;
  }
}
function lastLine(text) {
  return text.trim().split("\n").at(-1) || void 0;
}

// src/cli/selftest.ts
var embeddedConfig = "broker: { preset: embedded, redeliver-within: 4s }\n";
async function selftestCommand(options, out) {
  const { broker, config, json, markdown, signal } = options;
  const isEmbedded = config === void 0 && (broker === void 0 || broker === "embedded");
  const cases = chosen(selftestCases({ ...options, isEmbedded, nodes: options.nodes ?? 3 }), options.only);
  const folder = resolve(options.cwd, options.out);
  mkdirSync2(folder, { recursive: true });
  const say = json || markdown ? (line) => process.stderr.write(`${line}
`) : out;
  say(`${cases.length} runs, ${options.atOnce ?? defaultAtOnce()} at a time`);
  const results = await runCases(cases, {
    program: [process.execPath, toolPath()],
    broker: brokerWords(options, isEmbedded, folder),
    scenarioFolder: shippedFolder("selftest"),
    ...{ cwd: options.cwd, out: folder, atOnce: options.atOnce ?? defaultAtOnce(), nowMs: systemClock.nowMs, signal },
    onResult: (result) => say(progressLine(result))
  });
  const rows = matrixOf(results);
  if (json) out(JSON.stringify({ summary: summaryOf(results), results }, null, 2));
  else if (markdown) out(matrixMarkdown(rows));
  else printTable(rows, out);
  say(summaryOf(results));
  return results.every(({ outcome }) => isGood(outcome)) ? exitCodes.pass : exitCodes.fail;
}
function chosen(cases, only) {
  if (only === void 0) return cases;
  const nameOf2 = ({ defect }) => defect.kind === "none" ? "none" : defect.name;
  const names = [...new Set(cases.map(nameOf2))];
  for (const name of only)
    if (!names.includes(name))
      throw new ChaosError("usage", `there is no defect "${name}"`, { hint: suggest(name, names, "defects") });
  return cases.filter((one) => only.includes(nameOf2(one)));
}
function brokerWords({ broker, config }, isEmbedded, folder) {
  if (config !== void 0) return ["--config", config];
  if (!isEmbedded && broker !== void 0) return ["--broker", broker];
  const file = join2(folder, "chaos.yml");
  writeFileSync(file, embeddedConfig);
  return ["--config", file];
}
function defaultAtOnce() {
  return Math.max(1, Math.floor(availableParallelism() * 1.5));
}
function toolPath() {
  const here = fileURLToPath(import.meta.url);
  return here.endsWith(".ts") ? distPath("cli.js") : process.argv[1] ?? distPath("cli.js");
}
function progressLine({ of: { defect, mqttVersion, invariant }, outcome, command, tookMs }) {
  const name = defect.kind === "none" ? "sound broker" : `${defect.kind} ${defect.name}`;
  const line = `${isGood(outcome) ? "ok  " : "FAIL"} ${name}, MQTT ${mqttVersion === 5 ? "5" : "3.1.1"}: ${outcome.kind}${invariant === null ? "" : ` (${invariant})`}, ${formatMs(Math.round(tookMs))}`;
  return isGood(outcome) ? line : `${line}
     ${JSON.stringify(outcome)}
     repeat: ${command}`;
}
function printTable(rows, out) {
  const table = new import_cli_table3.default({
    head: ["defect", "MQTT", "scenario", "invariant", "result", "first shown after"],
    style: { head: [], border: [], compact: true },
    wordWrap: true,
    colWidths: [38, null, null, 26, 44, null]
  });
  for (const { defect, mqtt, scenario, expected, result, after } of rows)
    table.push([defect, mqtt, scenario, expected, result, after]);
  out(table.toString());
}
export {
  selftestCommand
};
