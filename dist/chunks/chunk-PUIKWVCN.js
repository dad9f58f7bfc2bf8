import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/model/flow-kinds.ts
var flowKindNames = [
  "stream",
  "retained",
  "will",
  "shared",
  "handover",
  "inflight",
  "expiry",
  "unsubscribe"
];
var profileNames = ["mixed", ...flowKindNames];

// src/workload/flows/unsubscribe/facts.ts
var settledMs = 1e3;

// src/workload/flows/retained/facts.ts
function allowedValues({ last }) {
  const [newest, before] = [last.at(-1), last.at(-2)];
  const numberOf = (write) => write === void 0 || write.deletes ? 0 : write.sequence;
  if (newest === void 0 || newest.acknowledgedMs !== null) return [numberOf(newest)];
  return [.../* @__PURE__ */ new Set([numberOf(newest), numberOf(before)])];
}

export {
  settledMs,
  allowedValues,
  flowKindNames,
  profileNames
};
