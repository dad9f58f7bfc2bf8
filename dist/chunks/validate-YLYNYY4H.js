import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  whySkipped
} from "./chunk-7JX3IYUX.js";
import {
  localOffer
} from "./chunk-YUZAQPZE.js";
import "./chunk-DBRFS25G.js";
import "./chunk-AIBQXCUF.js";
import {
  loadChoice
} from "./chunk-WWXTDWTY.js";
import "./chunk-4A3Z7VEA.js";
import "./chunk-2OZVQ7HJ.js";
import "./chunk-IBASHCJD.js";
import "./chunk-E4KWL3L5.js";
import "./chunk-C7D3GCA6.js";
import "./chunk-N33DJXRZ.js";
import {
  plural
} from "./chunk-72AKB4P6.js";
import "./chunk-4VURHDWC.js";
import "./chunk-KUCWHKCI.js";
import "./chunk-LAPWOYJZ.js";
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
import {
  shapeOf
} from "./chunk-DSQIK4KK.js";
import {
  formatProblems,
  printable
} from "./chunk-EOJIUADP.js";
import "./chunk-SSPUT3OG.js";
import "./chunk-C2BOSRP4.js";
import {
  formatMs
} from "./chunk-VDOZDET2.js";
import "./chunk-RSWY53MK.js";
import "./chunk-SVSJGPEQ.js";
import "./chunk-I2F334CU.js";
import "./chunk-TOAIUC6F.js";
import "./chunk-YAQKREF6.js";
import "./chunk-IBM3SNPL.js";
import "./chunk-KDYD2VBS.js";
import "./chunk-YHUKQ7V4.js";
import "./chunk-DEWMCHU3.js";
import "./chunk-REAO3S7U.js";
import "./chunk-6BLWVCAN.js";
import "./chunk-4HIF7BH4.js";
import "./chunk-IEWOHIMU.js";
import "./chunk-53UEWYNP.js";
import "./chunk-GUM24SOH.js";
import "./chunk-4XSUANPV.js";
import "./chunk-RMA55W2N.js";
import {
  maskSecrets
} from "./chunk-WFQI7BEC.js";
import "./chunk-SEHV63E6.js";
import {
  ChaosError,
  exitCodes
} from "./chunk-EV4V3EIO.js";
import "./chunk-6DG7BXTN.js";

// src/cli/validate.ts
import { styleText } from "node:util";
function validateCommand(choice, options, out) {
  const checked = check(choice, options.env);
  const lines = options.json ? [JSON.stringify(recordOf(checked), null, 2)] : linesOf(checked, options.colour);
  for (const line of lines) out(line);
  return "problems" in checked ? exitCodes.usage : exitCodes.pass;
}
function check(choice, env) {
  try {
    const loaded = loadChoice(choice, env);
    return { loaded, skipped: skippedOf(loaded) };
  } catch (error) {
    if (!(error instanceof ChaosError) || error.problems.length === 0) throw error;
    return { problems: error.problems };
  }
}
function skippedOf({ config, scenarios }) {
  return scenarios.flatMap(({ name, faults }) => {
    const reason = whySkipped(faults, shapeOf(config), (effect) => localOffer(effect, { cluster: config }));
    return reason === void 0 ? [] : [{ name, reason }];
  });
}
function recordOf(checked) {
  if ("problems" in checked) return { valid: false, problems: checked.problems };
  const { config, scenarios, plan } = checked.loaded;
  return {
    valid: true,
    broker: config.broker.name,
    nodes: config.nodes,
    plan: plan?.name ?? null,
    scenarios: scenarios.map(({ name }) => name),
    skipped: checked.skipped,
    problems: []
  };
}
function linesOf(checked, colour) {
  const coloured = (format, text) => colour ? styleText(format, text, { validateStream: false }) : text;
  if ("problems" in checked) {
    const { problems } = checked;
    return [...formatProblems(problems, colour), coloured("red", plural(problems.length, "problem"))];
  }
  const { config, scenarios, plan } = checked.loaded;
  const { broker, file, preset } = config;
  return [
    coloured("green", `${file ?? `the preset ${preset ?? broker.name}`} is valid`),
    ...brokerLines(config),
    ...plan === void 0 ? [] : [`  plan       ${plan.name} (${plan.title})${planNote(plan)}`],
    ...scenarioLines(scenarios, checked.skipped)
  ];
}
function brokerLines(config) {
  const { broker, nodes, workload } = config;
  const command = (text) => {
    const line = printable(maskSecrets(text.trim().replace(/\s+/g, " "), broker.secrets));
    return line.length > 100 ? `${line.slice(0, 97)}...` : line;
  };
  return [
    `  broker     ${broker.name}, ${plural(nodes, "node")}${linksNote(config)}`,
    ...broker.build === void 0 ? [] : [`  build      ${command(broker.build)}`],
    `  start      ${command(broker.start)}`,
    `  workload   ${workload.profile}, ${Number(workload.ratePerSecond.toFixed(2))}/s of ${workload.payloadBytes} B`
  ];
}
function scenarioLines(scenarios, skipped) {
  const running = scenarios.filter(({ name }) => !skipped.some((one) => one.name === name));
  const ms = running.reduce((sum, { phases }) => sum + phases.steadyMs + phases.holdMs + phases.recoverMs, 0);
  return [
    `  scenarios  ${scenarios.map(({ name }) => name).join(", ")}`,
    ...skipped.map(({ name, reason }) => `  skipped    ${name}: ${reason}`),
    `  phases     ${formatMs(ms)} at most, without build, boot and drain`
  ];
}
function planNote({ abortOn }) {
  return abortOn === void 0 ? "" : ", stops at the first failure";
}
function linksNote(config) {
  const { broker, nodes } = config;
  if (nodes === 1) return "";
  if (broker.links === "direct") return ", linked directly: faults between nodes cannot be injected";
  if (broker.peerPorts.length === 0) return ", no peer ports: faults between nodes cannot be injected";
  const ports = broker.peerPorts.join(", ");
  return broker.links === "transparent" ? `, transparent links on ${ports}: what the nodes dial there is redirected (needs root)` : `, linked through proxies on ${ports}`;
}
export {
  validateCommand
};
