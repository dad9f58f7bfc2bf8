import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  localOffer
} from "./chunk-MSHJBRH7.js";
import {
  loadAll
} from "./chunk-BFIFC5RQ.js";
import {
  whySkipped
} from "./chunk-336BBMZE.js";
import "./chunk-HWHKOGFK.js";
import "./chunk-AMZMT3QG.js";
import "./chunk-6SB4S7UM.js";
import "./chunk-KUCWHKCI.js";
import "./chunk-J2UOZFGY.js";
import "./chunk-GYZLBUGT.js";
import "./chunk-X32MUOR4.js";
import "./chunk-N33DJXRZ.js";
import {
  plural
} from "./chunk-72AKB4P6.js";
import "./chunk-M2CWEPOC.js";
import "./chunk-OQXZCTYG.js";
import "./chunk-HFBFBK3D.js";
import "./chunk-LLYA5VLZ.js";
import "./chunk-RSWY53MK.js";
import "./chunk-C2BOSRP4.js";
import {
  formatProblems,
  printable
} from "./chunk-EOJIUADP.js";
import {
  formatMs
} from "./chunk-VDOZDET2.js";
import "./chunk-FPMPTTHK.js";
import "./chunk-TOAIUC6F.js";
import "./chunk-GRK5ZLLQ.js";
import "./chunk-RMA55W2N.js";
import {
  maskSecrets
} from "./chunk-WFQI7BEC.js";
import "./chunk-4VURHDWC.js";
import "./chunk-D4UHNIP7.js";
import "./chunk-GUM24SOH.js";
import "./chunk-REAO3S7U.js";
import "./chunk-53UEWYNP.js";
import "./chunk-SEHV63E6.js";
import {
  ChaosError,
  exitCodes
} from "./chunk-EV4V3EIO.js";
import "./chunk-6DG7BXTN.js";

// src/cli/validate.ts
import { styleText } from "node:util";
function validateCommand(options, out) {
  const { colour, json = false } = options;
  const chosen = options.names === void 0 && options.tiers === void 0 ? { tiers: ["basic"] } : {};
  let loaded;
  try {
    loaded = loadAll({ ...options, ...chosen });
  } catch (error) {
    if (!(error instanceof ChaosError) || error.problems.length === 0) throw error;
    if (json) out(JSON.stringify({ valid: false, problems: error.problems }, null, 2));
    else {
      for (const line of formatProblems(error.problems, colour)) out(line);
      const count = plural(error.problems.length, "problem");
      out(colour ? styleText("red", count, { validateStream: false }) : count);
    }
    return exitCodes.usage;
  }
  const { config, scenarios, plan } = loaded;
  const { broker, nodes, workload } = config;
  const skipped = scenarios.flatMap(({ name, faults }) => {
    const reason = whySkipped(faults, config, (effect) => localOffer(effect, { cluster: config }));
    return reason === void 0 ? [] : [{ name, reason }];
  });
  if (json) {
    const names = scenarios.map(({ name }) => name);
    const record = {
      valid: true,
      broker: broker.name,
      nodes,
      plan: plan?.name ?? null,
      scenarios: names,
      skipped,
      problems: []
    };
    out(JSON.stringify(record, null, 2));
    return exitCodes.pass;
  }
  const valid = `${config.file ?? `the preset ${config.preset ?? broker.name}`} is valid`;
  out(colour ? styleText("green", valid, { validateStream: false }) : valid);
  out(`  broker     ${broker.name}, ${nodes} ${nodes === 1 ? "node" : "nodes"}${linksNote(config)}`);
  const command = (text) => {
    const line = printable(maskSecrets(text.trim().replace(/\s+/g, " "), broker.secrets));
    return line.length > 100 ? `${line.slice(0, 97)}...` : line;
  };
  if (broker.build !== void 0) out(`  build      ${command(broker.build)}`);
  out(`  start      ${command(broker.start)}`);
  out(`  workload   ${workload.profile}, ${Number(workload.ratePerSecond.toFixed(2))}/s of ${workload.payloadBytes} B`);
  if (plan !== void 0) out(`  plan       ${plan.name} (${plan.title})${planNote(plan)}`);
  out(`  scenarios  ${scenarios.map(({ name }) => name).join(", ")}`);
  for (const { name, reason } of skipped) out(`  skipped    ${name}: ${reason}`);
  const running = scenarios.filter(({ name }) => !skipped.some((one) => one.name === name));
  const ms = running.reduce((sum, { phases }) => sum + phases.steadyMs + phases.holdMs + phases.recoverMs, 0);
  out(`  phases     ${formatMs(ms)} at most, without build, boot and drain`);
  return exitCodes.pass;
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
