import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  planFaults
} from "./chunk-3C7A4PL4.js";
import {
  whySkipped
} from "./chunk-7JX3IYUX.js";
import {
  localOffer
} from "./chunk-YUZAQPZE.js";
import "./chunk-DBRFS25G.js";
import "./chunk-AIBQXCUF.js";
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
import "./chunk-QWFIUWZU.js";
import "./chunk-SK5LQEX4.js";
import "./chunk-INS2QZRR.js";
import "./chunk-WYH6IPWY.js";
import {
  shapeOf
} from "./chunk-DSQIK4KK.js";
import "./chunk-EOJIUADP.js";
import "./chunk-SSPUT3OG.js";
import {
  formatMs
} from "./chunk-VDOZDET2.js";
import "./chunk-RSWY53MK.js";
import "./chunk-I2F334CU.js";
import "./chunk-TOAIUC6F.js";
import "./chunk-KDYD2VBS.js";
import "./chunk-YHUKQ7V4.js";
import "./chunk-DEWMCHU3.js";
import "./chunk-REAO3S7U.js";
import "./chunk-53UEWYNP.js";
import "./chunk-GUM24SOH.js";
import "./chunk-RMA55W2N.js";
import "./chunk-WFQI7BEC.js";
import "./chunk-SEHV63E6.js";
import "./chunk-EV4V3EIO.js";
import "./chunk-6DG7BXTN.js";

// src/cli/dry-run.ts
function renderDryRun({ config, scenarios, seed }, { json }) {
  const cluster = shapeOf(config);
  const planned = scenarios.map((scenario) => {
    const skipped = whySkipped(scenario.faults, shapeOf(config), (effect) => localOffer(effect, { cluster: config }));
    return { scenario, skipped, faults: skipped === void 0 ? planFaults(scenario, cluster, seed) : [] };
  });
  const { name: broker } = config.broker;
  const { ratePerSecond } = config.workload;
  if (json)
    return JSON.stringify(
      {
        ...{ seed, broker, nodes: config.nodes, ratePerSecond },
        scenarios: planned.map(({ scenario: { name, phases }, skipped = null, faults }) => ({
          ...{ name, skipped, phases },
          faults: faults.map(faultRecord)
        }))
      },
      null,
      2
    );
  const head = `seed ${seed}: ${plural(config.nodes, "node")} of ${broker}, ${ratePerSecond} messages a second`;
  return [
    head,
    ...planned.flatMap(
      ({ scenario: { name, phases }, skipped, faults }) => skipped === void 0 ? [
        `${name}: steady ${formatMs(phases.steadyMs)}, hold ${formatMs(phases.holdMs)}, recover at most ${formatMs(phases.recoverMs)}`,
        ...faults.map(faultLine)
      ] : [`${name}: skipped: ${skipped}`]
    )
  ].join("\n");
}
function faultLine({ spec: { atMs, forMs }, planned: { kind, target, injected } }) {
  return `  at ${formatMs(atMs)} ${kind} on ${target}: ${injected}${forMs === void 0 ? "" : `, for ${formatMs(forMs)}`}`;
}
function faultRecord({ spec: { atMs, forMs }, planned: { kind, target, injected, effect } }) {
  return { kind, atMs, forMs: forMs ?? null, target, injected, effect };
}
export {
  renderDryRun
};
