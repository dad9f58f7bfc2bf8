import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  openLocalEngine
} from "./chunk-FY7ISM32.js";
import "./chunk-YUZAQPZE.js";
import "./chunk-DBRFS25G.js";
import "./chunk-AIBQXCUF.js";
import "./chunk-IBASHCJD.js";
import "./chunk-EZ66WP4Y.js";
import "./chunk-E4KWL3L5.js";
import {
  execa
} from "./chunk-C7D3GCA6.js";
import "./chunk-N33DJXRZ.js";
import "./chunk-72AKB4P6.js";
import "./chunk-4VURHDWC.js";
import "./chunk-KUCWHKCI.js";
import "./chunk-NIOC5JRK.js";
import "./chunk-LAPWOYJZ.js";
import "./chunk-QWFIUWZU.js";
import "./chunk-INS2QZRR.js";
import "./chunk-DSQIK4KK.js";
import "./chunk-EOJIUADP.js";
import "./chunk-SSPUT3OG.js";
import {
  formatMs
} from "./chunk-VDOZDET2.js";
import "./chunk-RSWY53MK.js";
import "./chunk-I2F334CU.js";
import "./chunk-HUZ4BNE3.js";
import "./chunk-TOAIUC6F.js";
import "./chunk-KDYD2VBS.js";
import {
  probeFeatures
} from "./chunk-AIWK5GN2.js";
import "./chunk-DDAFSB75.js";
import "./chunk-YHUKQ7V4.js";
import "./chunk-DEWMCHU3.js";
import {
  systemClock
} from "./chunk-REAO3S7U.js";
import "./chunk-53UEWYNP.js";
import "./chunk-GUM24SOH.js";
import "./chunk-RMA55W2N.js";
import "./chunk-WFQI7BEC.js";
import "./chunk-SEHV63E6.js";
import {
  ChaosError,
  exitCodes
} from "./chunk-EV4V3EIO.js";
import "./chunk-6DG7BXTN.js";

// src/cli/try-boot.ts
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
var watchMs = 6e3;
var helpWithinMs = 5e3;
async function tryBoot(options, out) {
  const folder = mkdtempSync(join(options.temporary ?? tmpdir(), "chaos-try-"));
  let code;
  try {
    code = await bootEach(options, folder, out);
    return code;
  } finally {
    const isKept = code === exitCodes.infrastructure && readdirSync(folder).length > 0;
    if (isKept) out(`its logs: ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}
async function bootEach({ config, run, signal, openEngine = openLocalEngine }, logFolder, out) {
  const sizes = config.broker.peerPorts.length > 0 ? [1, 3] : [1];
  const logger = { debug() {
  }, info: out, warn: (text) => out(`  warning: ${text}`) };
  let isBuilt = false;
  for (const nodes of sizes) {
    const guarded = await openEngine({
      ...{ config: { ...config, nodes }, mutant: void 0, run, seed: run, logger, clock: systemClock },
      logFolder
    });
    try {
      const build = () => guarded.engine.build(signal);
      if (!isBuilt) await (config.broker.build === void 0 ? build() : timed("built", build, out));
      isBuilt = true;
      const what = nodes === 1 ? "1 node: ready" : `${nodes} nodes: ready`;
      await timed(what, () => guarded.engine.boot(signal), out);
      const [first, second] = guarded.engine.endpoints;
      if (first === void 0) throw new ChaosError("internal", "there is no endpoint");
      for (const line of featureLines(await probeFeatures(first, second))) out(`  ${line}`);
      if (nodes > 1) await systemClock.sleep(watchMs, signal);
    } catch (error) {
      if (!(error instanceof ChaosError) || signal.aborted) throw error;
      out(`${nodes === 1 ? "1 node" : `${nodes} nodes`}: ${error.message}`);
      for (const line of error.output) out(`  | ${line}`);
      if (error.hint !== void 0) out(`  ${error.hint}`);
      for (const line of await helpLines(config)) out(`  ${line}`);
      return exitCodes.infrastructure;
    } finally {
      await guarded.engine.stop();
      for (const left of await guarded.residue()) out(`  left behind: ${left}`);
    }
  }
  return exitCodes.pass;
}
async function timed(what, act, out) {
  const startMs = systemClock.nowMs();
  await act();
  out(`${what} after ${formatMs(systemClock.nowMs() - startMs)}`);
}
var names = {
  qos2: "QoS 2",
  mqtt5: "MQTT 5",
  retained: "retained messages",
  wills: "wills",
  sharedSubscriptions: "shared subscriptions",
  persistentSessions: "persistent sessions",
  emptySessions: "sessions without subscriptions",
  sessionsMove: "sessions that are found at another node",
  groupsSpan: "shared groups over several nodes"
};
function featureLines(features) {
  const all = Object.keys(names).flatMap((key) => {
    const feature = features[key];
    return feature === void 0 ? [] : [{ name: names[key], ...feature }];
  });
  const able = all.filter(({ available }) => available).map(({ name }) => name);
  return [
    ...able.length > 0 ? [`it has ${able.join(", ")}`] : [],
    ...all.filter(({ available }) => !available).map(({ name, seen }) => `it has no ${name}: ${seen}`)
  ];
}
async function helpLines({ broker: { start }, folder }) {
  const program = /^(?:exec\s+)?(\.?[\w./-]+)/.exec(start.trim())?.[1];
  if (program === void 0 || program.includes("{{")) return [];
  const result = await execa(program, ["--help"], {
    cwd: folder,
    reject: false,
    all: true,
    timeout: helpWithinMs,
    stdin: "ignore",
    maxBuffer: 1e6
  });
  const found = optionLines(result.all ?? "");
  return found.length === 0 ? [] : [`${program} --help says:`, ...found.map((line) => `  ${line}`)];
}
function optionLines(help) {
  return help.split("\n").map((line) => line.trim()).filter(
    (line) => /^-/.test(line) && /port|listen|bind|addr|host|conf|file|dir|data|peer|cluster|join|node|seed|tcp/i.test(line)
  ).slice(0, 15);
}
export {
  featureLines,
  optionLines,
  tryBoot
};
