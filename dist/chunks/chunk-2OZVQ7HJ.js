import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/report/repeat.ts
function repeatCommand({ broker, sabotage, seed }, scenario) {
  const words = ["chaos-action", "run"];
  if (broker.config !== null) words.push("--config", broker.config);
  if (broker.preset !== null) words.push("--broker", broker.preset);
  if (broker.mutant !== null) words.push("--mutant", broker.mutant);
  if (sabotage) words.push("--sabotage", sabotage.name);
  words.push("--scenario", scenario.path ?? scenario.ownName);
  for (const [key, value] of Object.entries(scenario.parameters)) words.push("--set", `${key}=${value}`);
  words.push("--duration", `${scenario.holdMs / 1e3}s`);
  words.push("--nodes", String(broker.nodes), "--seed", seed);
  return commandLine(words);
}
function commandLine(words) {
  return words.map((word) => /^[\w.,:=/%+@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`).join(" ");
}

export {
  repeatCommand,
  commandLine
};
