import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  chooseNodes,
  faultKinds
} from "./chunk-SK5LQEX4.js";
import {
  createRandom
} from "./chunk-GUM24SOH.js";
import {
  ChaosError
} from "./chunk-EV4V3EIO.js";

// src/faults/plan.ts
var struckShare = 2 / 3;
function planFaults({ ownName, faults, phases }, cluster, seed) {
  const ofScenario = createRandom(seed).fork(`faults/${ownName}`);
  return faults.flatMap((fault, index) => {
    const random = index === 0 ? ofScenario : ofScenario.fork(String(index));
    return takeTurns(fault, phases.holdMs, cluster, random).map((spec) => {
      const kind = faultKinds.get(spec.kind);
      if (!kind) throw new ChaosError("config", `there is no fault kind "${spec.kind}"`, { location: spec.location });
      return { spec, planned: kind.plan(spec.parameters, spec.on, cluster, random) };
    });
  });
}
function effectTypesOf(faults) {
  return faults.flatMap(({ kind }) => faultKinds.get(kind)?.effect ?? []);
}
function takeTurns(spec, holdMs, cluster, random) {
  if (!spec.inTurn) return [spec];
  const nodes = chooseNodes(spec.on, cluster, random);
  const shareMs = (spec.forMs ?? holdMs - spec.atMs) / nodes.length;
  return nodes.map(
    (node, i) => ({
      ...spec,
      on: { type: "nodes", nodes: [node] },
      atMs: Math.round(spec.atMs + i * shareMs),
      forMs: Math.round(shareMs * struckShare)
    })
  );
}

export {
  planFaults,
  effectTypesOf
};
