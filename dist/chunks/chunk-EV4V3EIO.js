import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/base/error.ts
var exitCodes = {
  pass: 0,
  fail: 1,
  inconclusive: 2,
  usage: 3,
  infrastructure: 4,
  cancelled: 130
};
var ChaosError = class extends Error {
  code;
  hint;
  location;
  problems;
  /** The last lines of what another program said. */
  output;
  constructor(code, message, detail = {}) {
    super(message, detail.cause === void 0 ? void 0 : { cause: detail.cause });
    this.name = "ChaosError";
    this.code = code;
    this.hint = detail.hint;
    this.location = detail.location;
    this.problems = detail.problems ?? [];
    this.output = detail.output ?? [];
  }
  get exitCode() {
    if (this.code === "usage" || this.code === "config") return exitCodes.usage;
    if (this.code === "cancelled") return exitCodes.cancelled;
    return exitCodes.infrastructure;
  }
};
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

export {
  exitCodes,
  ChaosError,
  messageOf
};
