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

// src/workload/wire.ts
var exampleLimit = 10;
var Wire = class {
  #faults;
  #breaches = [];
  #counts = /* @__PURE__ */ new Map();
  #ends = [];
  #endCount = 0;
  #isOver = false;
  constructor(faults) {
    this.#faults = faults;
  }
  breach(breach) {
    const rule = ruleOf(breach);
    const count = (this.#counts.get(rule) ?? 0) + 1;
    this.#counts.set(rule, count);
    if (count <= exampleLimit) this.#breaches.push(breach);
  }
  /** Only what happens before the first fault says something of the broker alone: what a fault or its heal sets going may end connections. */
  ended(end) {
    if (this.#isOver || this.#faults.hasBegun) return;
    this.#endCount++;
    if (this.#ends.length < exampleLimit) this.#ends.push(end);
  }
  /** From now on connections end because the scenario does. */
  close() {
    this.#isOver = true;
  }
  facts() {
    return {
      breaches: this.#breaches,
      breachCounts: [...this.#counts],
      ends: this.#ends,
      endCount: this.#endCount
    };
  }
};
var WireTap = class {
  #wire;
  #clientId;
  /** The broker has cause to end its connections. */
  #isThrownOut;
  #node;
  #connectedMs = 0;
  constructor(wire, clientId, node, isThrownOut = false) {
    this.#wire = wire;
    this.#clientId = clientId;
    this.#node = node;
    this.#isThrownOut = isThrownOut;
  }
  /** A node is asked: what is wrong with its answer is its own doing, not that of the node before. */
  connecting({ endpoint }) {
    this.#node = endpoint.node;
  }
  connected({ atMs }) {
    this.#connectedMs = atMs;
  }
  breach(breach) {
    this.#wire.breach({ ...breach, clientId: this.#clientId, node: this.#node });
  }
  closed({ wasAccepted, reason, reasonCode, atMs }) {
    if (!wasAccepted || this.#isThrownOut) return;
    if (reason !== "closed by the broker" && reason !== "DISCONNECT" && reason !== "keep alive") return;
    this.#wire.ended({
      ...{ clientId: this.#clientId, node: this.#node, atMs, how: reason, reasonCode: reasonCode ?? null },
      connectedForMs: atMs - this.#connectedMs
    });
  }
};
function ruleOf({ clause, version }) {
  return (version === 5 ? clause.v5 : clause.v311) ?? "";
}

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
  Wire,
  WireTap,
  ruleOf,
  allowedValues,
  flowKindNames,
  profileNames
};
