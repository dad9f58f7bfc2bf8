import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  exitCodeOf,
  interruptible,
  plainView
} from "./chunk-4ISUTPTZ.js";
import {
  loadChoice
} from "./chunk-WWXTDWTY.js";
import "./chunk-4A3Z7VEA.js";
import {
  scenariosSection
} from "./chunk-24CB5SRQ.js";
import {
  printMarkdown
} from "./chunk-HZ722BGO.js";
import {
  code,
  heading,
  list,
  own,
  paragraph,
  say,
  scenarioName,
  table,
  verdictOf
} from "./chunk-WV6MXPV7.js";
import {
  renderSummary
} from "./chunk-QVH2ITTI.js";
import "./chunk-EKUSH7OR.js";
import {
  expectedText,
  formatAt,
  formatRecovery,
  measuredText
} from "./chunk-AU4Z6BYV.js";
import "./chunk-2OZVQ7HJ.js";
import "./chunk-N33DJXRZ.js";
import {
  plural
} from "./chunk-72AKB4P6.js";
import "./chunk-42UPCQSF.js";
import "./chunk-QWFIUWZU.js";
import "./chunk-HGW2HVRG.js";
import "./chunk-DZ5XMPTE.js";
import "./chunk-SK5LQEX4.js";
import "./chunk-3XBQVNRE.js";
import "./chunk-INS2QZRR.js";
import "./chunk-EMGA3PAX.js";
import "./chunk-Y7MW5ZQU.js";
import "./chunk-WYH6IPWY.js";
import "./chunk-DSQIK4KK.js";
import "./chunk-EOJIUADP.js";
import "./chunk-SSPUT3OG.js";
import "./chunk-C2BOSRP4.js";
import {
  formatMs,
  formatShare
} from "./chunk-VDOZDET2.js";
import "./chunk-RSWY53MK.js";
import "./chunk-SVSJGPEQ.js";
import "./chunk-TOAIUC6F.js";
import "./chunk-YAQKREF6.js";
import "./chunk-IBM3SNPL.js";
import "./chunk-6BLWVCAN.js";
import "./chunk-4HIF7BH4.js";
import "./chunk-IEWOHIMU.js";
import "./chunk-53UEWYNP.js";
import "./chunk-GUM24SOH.js";
import "./chunk-4XSUANPV.js";
import "./chunk-WFQI7BEC.js";
import {
  ChaosError
} from "./chunk-EV4V3EIO.js";
import "./chunk-6DG7BXTN.js";

// src/cli/gameday.ts
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { createInterface } from "node:readline/promises";

// src/report/game-day.ts
function renderGameDay(day) {
  const parts = [prepare(day), execute(day), observe(day), recover(day), retrospective(day)];
  return `# Game day

${printMarkdown([paragraph(say`${day.plan.title}`), ...parts.flat()]).join("\n\n")}
`;
}
function stageOf({ stages }, scenario) {
  return stages.find(({ scenarios }) => scenarios.includes(scenario.name))?.name ?? "";
}
function prepare({ record, plan, scenarios }) {
  const { broker, workload, environment, startedAt, seed } = record;
  const facts = [
    ["broker", say`${broker.name}, ${own(plural(broker.nodes, "node"))}`],
    ["began", say`${startedAt}`],
    [
      "workload",
      say`${workload.profile}, ${workload.ratePerSecond} messages a second of ${workload.payloadBytes} bytes`
    ],
    ["machine", say`${environment.cpuModel}, ${own(plural(environment.cpus, "CPU"))}, ${environment.os}`],
    [
      "ends early",
      plan.abortOn === "fail" ? say`at the first scenario that fails; its faults are healed first` : say`never`
    ],
    ["seed", say`${seed}`]
  ];
  return [
    heading(say`Prepare`),
    table(
      [{ head: "what" }, { head: "value" }],
      facts.map(([name, value]) => [own(name), value])
    ),
    paragraph(say`What a good cluster is expected to keep:`),
    table(
      [{ head: "stage" }, { head: "scenario" }, { head: "what is done" }, { head: "expected" }],
      scenarios.map(({ name, title, expect }) => [
        say`${stageOf(plan, { name })}`,
        code(name),
        say`${title}`,
        own(expectationText(expect))
      ])
    ),
    { type: "command", command: record.command }
  ];
}
function expectationText({ availability, p99LatencyMs, recoveryMs }) {
  return `availability at least ${formatShare(availability)}, p99 at most ${formatMs(p99LatencyMs)}, recovery at most ${formatMs(recoveryMs)}`;
}
function execute({ record, plan, pauses }) {
  const moments = [
    ...pauses.map(
      ({ stage, fromMs, toMs }) => ({
        atMs: fromMs,
        what: say`people were asked before ${stage}, and answered after ${own(formatMs(toMs - fromMs))}`
      })
    ),
    ...record.scenarios.flatMap((scenario) => momentsOf(scenario, stageOf(plan, scenario)))
  ];
  const inOrder = moments.sort((a, b) => a.atMs - b.atMs);
  return [
    heading(say`Execute`),
    table(
      [{ head: "at", kind: "number" }, { head: "what happened" }],
      inOrder.map(({ atMs, what }) => [own(formatAt(atMs)), what])
    )
  ];
}
function momentsOf(scenario, stage) {
  const { startMs, endMs, faults, verdict, reason, crashes } = scenario;
  if (verdict === "skipped") return [{ atMs: startMs, what: say`${scenarioName(scenario)} was skipped: ${reason}` }];
  return [
    {
      atMs: startMs,
      what: stage === "" ? say`${scenarioName(scenario)} began` : say`${scenarioName(scenario)} began (${stage})`
    },
    ...faults.flatMap(({ kind, target, injected, startMs: fromMs, endMs: toMs, proven, healed }) => [
      { atMs: fromMs, what: say`${kind} in force at ${target}: ${injected}` },
      {
        atMs: toMs,
        what: say`${kind} ${own(healed ? "healed" : "could not be healed")}, ${own(proven ? "and proven" : "and not proven")}`
      }
    ]),
    ...crashes.map(({ node, how, atMs }) => ({ atMs, what: say`${node} ${how} though nobody told it to` })),
    { atMs: endMs, what: say`${scenarioName(scenario)} ended: ${verdictOf(scenario)}, ${reason}` }
  ];
}
function observe({ record }) {
  const [, ...scenarios] = scenariosSection(record);
  const violations = record.scenarios.flatMap(
    (scenario) => scenario.violations.map(
      ({ invariant, count, examples }) => say`${scenarioName(scenario)}: ${invariant} violated ${own(plural(count, "time"))}${own(examples[0] === void 0 ? "" : "; first: ")}${examples[0]?.what ?? ""}`
    )
  );
  return [
    heading(say`Observe`),
    ...scenarios.filter(({ type }) => type === "table"),
    violations.length === 0 ? paragraph(say`No promise was broken.`) : list(violations)
  ];
}
function recover({ record }) {
  const ran = record.scenarios.filter(({ verdict }) => verdict !== "skipped");
  return [
    heading(say`Recover`),
    table(
      [
        { head: "scenario" },
        { head: "faults healed" },
        { head: "steady again after" },
        { head: "cluster before the next" }
      ],
      ran.map((scenario, index) => {
        const healed = scenario.faults.filter((fault) => fault.healed).length;
        return [
          scenarioName(scenario),
          own(scenario.faults.length === 0 ? "no fault" : `${healed} of ${scenario.faults.length}`),
          own(formatRecovery(scenario)),
          say`${ran[index + 1]?.cluster.why ?? "stopped"}`
        ];
      })
    )
  ];
}
var questions = [
  "Which expectation was wrong, and why did we believe it?",
  "How was each failure noticed? By whom or what, and how long after it began?",
  "Which alert should have fired and did not? Which fired for nothing?",
  "Was the documentation that people reached for right, and found in time?",
  "What is mended, by whom and until when? Which scenario shows that it is?",
  "What do we try next time?"
];
function retrospective({ record, pauses }) {
  const of = (verdict) => record.scenarios.filter((scenario) => scenario.verdict === verdict);
  const faults = record.scenarios.flatMap((scenario) => scenario.faults);
  const inForceMs = faults.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const waitedMs = pauses.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  const missed = record.scenarios.flatMap(
    (scenario) => scenario.expectations.filter(({ met }) => met === false).map(
      (one) => say`${scenarioName(scenario)}: ${own(expectedText(one))}, measured ${own(measuredText(scenario, one))}`
    )
  );
  return [
    heading(say`Retrospective`),
    list([
      say`It took ${own(formatMs(record.durationMs))}, of which people were waited for ${own(formatMs(waitedMs))}.`,
      say`${own(plural(of("pass").length, "scenario"))} passed, ${of("fail").length} failed, ${of("inconclusive").length} stayed undecided, ${of("skipped").length} were skipped.`,
      say`Faults were in force for ${own(formatMs(inForceMs))} in all; ${faults.filter(({ proven }) => proven).length} of ${faults.length} were proven.`
    ]),
    ...missed.length === 0 ? [] : [paragraph(say`Expectations that were missed:`), list(missed)],
    paragraph(say`For people to fill in:`),
    table(
      [{ head: "question" }, { head: "answer" }],
      questions.map((question) => [own(question), own("")])
    )
  ];
}

// src/cli/gameday.ts
async function gameDayCommand(options, ask = askOnTerminal) {
  if (options.pause && ask === askOnTerminal && !process.stdin.isTTY)
    throw new ChaosError("usage", "--pause waits for Enter, and there is no terminal", { hint: "leave --pause away" });
  const loaded = loadChoice(options, process.env);
  const { plan, scenarios, config } = loaded;
  if (plan === void 0) throw new ChaosError("internal", "a game day has no plan");
  const seed = options.seed ?? randomBytes(4).toString("hex");
  const out = resolve(options.cwd, options.out);
  const view = plainView(process.stderr);
  const startedMs = performance.now();
  const pauses = [];
  let stage = "";
  const { runSession } = await import("./session-QF7EEAQW.js");
  const result = await interruptible(view.note, (signal) => {
    const before = async (scenario) => {
      const next = stageOf(plan, scenario);
      if (next === "" || next === stage) return;
      stage = next;
      for (const line of briefing(plan, stage, scenarios)) view.note(line);
      if (!options.pause) return;
      const fromMs = performance.now() - startedMs;
      await ask(`Enter begins ${stage}, Ctrl-C heals and ends the day: `, signal);
      pauses.push({ stage, fromMs, toMs: performance.now() - startedMs });
    };
    const logger = { debug() {
    }, info: view.note, warn: view.note };
    return runSession(
      { choice: options, loaded, seed, out, env: process.env },
      { view: { ...view, before }, logger, signal }
    );
  });
  view.end();
  const { record } = result;
  const file = join(out, "game-day.md");
  if (!result.unwritten) writeFileSync(file, renderGameDay({ record, plan, scenarios, pauses }));
  const reportPath = join(relative(options.cwd, out) || ".", "report.md");
  process.stdout.write(`${renderSummary(record, { colour: false, width: 120, reportPath })}
`);
  process.stdout.write(`game day: ${join(relative(options.cwd, out) || ".", "game-day.md")}
`);
  return exitCodeOf(result, config.score.failBelow);
}
function briefing(plan, stage, scenarios) {
  const own2 = scenarios.filter((scenario) => stageOf(plan, scenario) === stage);
  return [
    "",
    `== ${stage} ==`,
    ...own2.map(
      ({ name, title, phases, expect }) => `  ${name}: ${title}, for ${formatMs(phases.holdMs)}; expected: ${expectationText(expect)}`
    )
  ];
}
async function askOnTerminal(question, signal) {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  lines.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    await lines.question(question, { signal });
  } finally {
    lines.close();
  }
}
export {
  gameDayCommand
};
