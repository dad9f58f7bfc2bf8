import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  readPlan
} from "./chunk-4A3Z7VEA.js";
import {
  commandLine
} from "./chunk-2OZVQ7HJ.js";
import {
  readConfig
} from "./chunk-42UPCQSF.js";
import {
  defaultRepeat
} from "./chunk-HGW2HVRG.js";
import {
  loadScenarios,
  readScenarios
} from "./chunk-DZ5XMPTE.js";
import {
  faultKinds
} from "./chunk-SK5LQEX4.js";
import {
  problemOf,
  showPath
} from "./chunk-DSQIK4KK.js";
import {
  throwProblems
} from "./chunk-EOJIUADP.js";
import {
  suggest
} from "./chunk-SSPUT3OG.js";
import {
  tiers
} from "./chunk-C2BOSRP4.js";
import {
  formatMs
} from "./chunk-VDOZDET2.js";
import {
  mutants
} from "./chunk-SVSJGPEQ.js";
import {
  findSabotage,
  sabotages
} from "./chunk-YAQKREF6.js";
import {
  ChaosError
} from "./chunk-EV4V3EIO.js";

// src/config/load-all.ts
function loadAll(options) {
  const { config, problems, nodes, issueScenarios } = readConfig(options);
  const read = options.plan === void 0 ? readScenarios({ ...options, nodes }) : readPlan({ ...options, plan: options.plan, nodes });
  const { scenarios, plan, names, problems: others } = read;
  const unknown = issueScenarios.filter(({ name }) => !names.includes(name)).map(
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
