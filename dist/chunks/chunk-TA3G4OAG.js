import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/score/comparable.ts
function whyUnfinished({ partial, error }) {
  if (partial) return "the report is partial";
  return error === null ? void 0 : "the run was interrupted";
}
function differenceOf(record, other) {
  const [theirs, ours] = [identityOf(record), identityOf(other)];
  const at = theirs.findIndex((words, index) => words !== ours[index]);
  return at === -1 ? void 0 : { is: theirs[at] ?? "", isNot: ours[at] ?? "" };
}
function identityOf({ tiers, plan, broker, workload, sabotage }) {
  const { name, preset, config, mutant, nodes } = broker;
  return [
    `the broker ${name}`,
    mutant === null ? "no mutant" : `the mutant ${mutant}`,
    sabotage === void 0 ? "no sabotage" : `the sabotage ${sabotage.name}`,
    preset === null ? "no preset" : `the preset ${preset}`,
    config === null ? "no chaos.yml" : config,
    `${nodes} nodes`,
    `${workload.ratePerSecond} messages a second`,
    `messages of ${workload.payloadBytes} bytes`,
    `the workload ${workload.profile}`,
    plan === null ? `tier ${tiers.join(", ")}` : `plan ${plan}`
  ];
}

export {
  whyUnfinished,
  differenceOf,
  identityOf
};
