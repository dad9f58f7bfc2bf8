import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  loadAll
} from "./chunk-BFIFC5RQ.js";
import {
  commandLine
} from "./chunk-H4Y4ADJ4.js";
import {
  defaultRepeat
} from "./chunk-YYQIK3QX.js";
import {
  loadScenarios
} from "./chunk-M2CWEPOC.js";
import {
  faultKinds
} from "./chunk-OQXZCTYG.js";
import {
  suggest
} from "./chunk-LLYA5VLZ.js";
import {
  tiers
} from "./chunk-C2BOSRP4.js";
import {
  formatMs
} from "./chunk-VDOZDET2.js";
import {
  mutants
} from "./chunk-YHYBUQ3X.js";
import {
  ChaosError
} from "./chunk-EV4V3EIO.js";

// src/run/choice.ts
function loadChoice(choice, env) {
  const { cwd, tiers: tiers2, durationMs } = choice;
  const loaded = loadAll({
    cwd,
    env,
    file: choice.config,
    preset: choice.broker,
    overrides: { nodes: choice.nodes, ratePerSecond: choice.ratePerSecond, failBelow: choice.failBelow },
    faultKinds,
    set: choice.set,
    tiers: tiers2,
    names: choice.scenarios,
    plan: choice.plan
  });
  checkMutant(choice.mutant, loaded.config.broker.name);
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
function repeatingCommand(choice, seed) {
  const words = ["chaos-action", "run"];
  const add = (name, value) => {
    if (value !== void 0) words.push(name, String(value));
  };
  add("--config", choice.config);
  add("--broker", choice.broker);
  add("--mutant", choice.mutant);
  if (choice.plan !== void 0) add("--plan", choice.plan);
  else if (choice.scenarios) add("--scenario", choice.scenarios.join(","));
  else add("--tier", choice.tiers.join(","));
  for (const [name, value] of Object.entries(choice.set)) add("--set", `${name}=${value}`);
  add("--duration", choice.durationMs === void 0 ? void 0 : `${choice.durationMs}ms`);
  add("--nodes", choice.nodes);
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
