import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  strikesPeerLinks
} from "./chunk-7JX3IYUX.js";
import {
  loadPlan
} from "./chunk-4A3Z7VEA.js";
import {
  loadScenarios
} from "./chunk-DZ5XMPTE.js";
import "./chunk-SK5LQEX4.js";
import "./chunk-INS2QZRR.js";
import "./chunk-EMGA3PAX.js";
import {
  planNames,
  presetSummaries
} from "./chunk-Y7MW5ZQU.js";
import "./chunk-WYH6IPWY.js";
import "./chunk-DSQIK4KK.js";
import "./chunk-EOJIUADP.js";
import "./chunk-SSPUT3OG.js";
import {
  tierSchedule,
  tiers
} from "./chunk-C2BOSRP4.js";
import "./chunk-VDOZDET2.js";
import "./chunk-RSWY53MK.js";
import {
  mutants
} from "./chunk-SVSJGPEQ.js";
import "./chunk-TOAIUC6F.js";
import {
  sabotages
} from "./chunk-YAQKREF6.js";
import "./chunk-IBM3SNPL.js";
import "./chunk-6BLWVCAN.js";
import "./chunk-4HIF7BH4.js";
import "./chunk-IEWOHIMU.js";
import "./chunk-53UEWYNP.js";
import "./chunk-GUM24SOH.js";
import {
  exitCodes
} from "./chunk-EV4V3EIO.js";
import "./chunk-6DG7BXTN.js";

// src/cli/list.ts
import { styleText } from "node:util";
var mutantSpecs = Object.entries(mutants);
function listCommand(options, out) {
  const { faultKinds, cwd, folders, presetsFolder, plansFolder, colour } = options;
  const scenarios = loadScenarios({ cwd, faultKinds, folders });
  const plans = planNames(plansFolder).map((plan) => loadPlan({ cwd, faultKinds, folders, plansFolder, plan }));
  const presets = presetSummaries(presetsFolder);
  const kinds = [...faultKinds.values()].map(({ kind, summary, strikes }) => ({ name: kind, strikes, summary }));
  const present = tiers.filter((tier) => scenarios.some((scenario) => scenario.tier === tier));
  if (options.json) {
    const record = {
      tiers: present.map((tier) => ({ name: tier, when: tierSchedule[tier] })),
      scenarios: scenarios.map(scenarioRecord),
      plans: plans.map(planRecord),
      presets,
      faultKinds: kinds,
      mutants: mutantSpecs.map(([name, { report = null, ...mutant }]) => ({ name, ...mutant, report })),
      sabotages: sabotages.map(({ create: _, report = null, ...sabotage }) => ({ ...sabotage, report }))
    };
    out(JSON.stringify(record, null, 2));
    return exitCodes.pass;
  }
  const bold = (text) => colour ? styleText("bold", text, { validateStream: false }) : text;
  const dim = (text) => colour ? styleText("dim", text, { validateStream: false }) : text;
  const rows = (entries) => {
    const widths = entries[0]?.map((_, column) => Math.max(...entries.map((row) => row[column]?.length ?? 0))) ?? [];
    for (const row of entries) {
      const last = row.length - 1;
      out(`  ${row.map((cell, column) => column === last ? cell : cell.padEnd((widths[column] ?? 0) + 2)).join("")}`);
    }
  };
  for (const tier of present) {
    out(`${bold(`tier ${tier}`)} ${dim(`(${tierSchedule[tier]})`)}`);
    rows(
      scenarios.filter((scenario) => scenario.tier === tier).map(({ name, severity, title }) => [name, severity, title])
    );
    out("");
  }
  if (plans.length > 0) {
    out(bold("plans"));
    rows(plans.map(({ plan, scenarios: scenarios2 }) => [plan.name, plan.title, scenarios2.map(({ name }) => name).join(", ")]));
    out("");
  }
  out(bold("presets"));
  rows(presets.map(({ name, summary }) => [name, summary]));
  out("");
  out(bold("fault kinds"));
  rows(kinds.map(({ name, strikes, summary }) => [name, strikes, summary]));
  out("");
  out(`${bold("mutants")} ${dim("(run --mutant NAME, on the embedded broker)")}`);
  rows(mutantSpecs.map(([name, { invariant, does }]) => [name, invariant, does]));
  out("");
  out(`${bold("sabotages")} ${dim("(run --sabotage NAME, on any broker)")}`);
  rows(sabotages.map(({ name, invariant, breaks }) => [name, invariant, breaks]));
  return exitCodes.pass;
}
function planRecord({ plan, scenarios }) {
  const { name, title, abortOn = null } = plan;
  return { name, title, abortOn, scenarios: scenarios.map((scenario) => scenario.name) };
}
function scenarioRecord(scenario) {
  const { name, title, tier, severity, dimension, parameters, phases, faults } = scenario;
  return {
    name,
    title,
    tier,
    severity,
    dimension,
    parameters,
    phases,
    faults: faults.map(({ kind }) => kind),
    needsPeerLinks: faults.some(strikesPeerLinks)
  };
}
export {
  listCommand
};
