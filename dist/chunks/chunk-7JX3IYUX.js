import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  faultKinds
} from "./chunk-SK5LQEX4.js";
import {
  createRandom
} from "./chunk-GUM24SOH.js";

// src/faults/possible.ts
function strikesPeerLinks({ kind, on }) {
  return faultKinds.get(kind)?.strikes === "links" && !(on.type === "links" && on.which === "clients");
}
function whySkipped(faults, cluster, offers) {
  for (const spec of faults) {
    const planned = faultKinds.get(spec.kind)?.plan(spec.parameters, spec.on, cluster, createRandom("any"));
    const offer = planned && offers(planned.effect);
    if (offer && "reason" in offer) return offer.reason;
  }
  return void 0;
}

export {
  strikesPeerLinks,
  whySkipped
};
