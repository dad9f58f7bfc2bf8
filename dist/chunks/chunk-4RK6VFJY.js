import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/base/mask.ts
var hiddenText = "***";
var shortestSecret = 3;
function secretsIn(value) {
  const lines = value.split(/\r?\n/).map((line) => line.trim());
  return [.../* @__PURE__ */ new Set([value, ...lines])].filter((secret) => secret.length >= shortestSecret);
}
function maskSecrets(text, secrets) {
  const pattern = patternOf(secrets);
  return pattern === void 0 ? text : text.replace(pattern, hiddenText);
}
var MaskStream = class {
  #secrets;
  #pattern;
  /** One character a byte. */
  #held = "";
  constructor(secrets) {
    this.#secrets = secrets.map((secret) => Buffer.from(secret, "utf8").toString("latin1"));
    this.#pattern = patternOf(this.#secrets);
  }
  push(bytes) {
    if (this.#pattern === void 0) return bytes;
    const text = this.#held + bytes.toString("latin1");
    let shown = "";
    let from = 0;
    let heldFrom = this.#beginsAt(text, 0);
    for (const match of text.matchAll(this.#pattern)) {
      if (match.index >= heldFrom) break;
      shown += text.slice(from, match.index) + hiddenText;
      from = match.index + match[0].length;
      if (from > heldFrom) heldFrom = this.#beginsAt(text, from);
    }
    this.#held = text.slice(heldFrom);
    return Buffer.from(shown + text.slice(from, heldFrom), "latin1");
  }
  /** What was kept back, which nothing follows. */
  end() {
    const rest = this.#pattern === void 0 ? "" : this.#held.replace(this.#pattern, hiddenText);
    this.#held = "";
    return Buffer.from(rest, "latin1");
  }
  /** Where the last part of the text begins that may be the beginning of a secret; the text's length where there is none. */
  #beginsAt(text, from) {
    let begin = text.length;
    for (const secret of this.#secrets) {
      for (let at = Math.max(from, text.length - secret.length + 1); at < begin; at++) {
        if (secret.startsWith(text.slice(at))) {
          begin = at;
          break;
        }
      }
    }
    return begin;
  }
};
function patternOf(secrets) {
  const parts = [...new Set(secrets)].filter((secret) => secret !== "").sort((a, b) => b.length - a.length).map((secret) => secret.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
  return parts.length === 0 ? void 0 : new RegExp(parts.join("|"), "g");
}

export {
  secretsIn,
  maskSecrets,
  MaskStream
};
