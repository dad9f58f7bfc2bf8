import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  nearest
} from "./chunk-SSPUT3OG.js";
import {
  formatBytes,
  formatMs,
  mostDurationMs,
  mostRatePerSecond,
  parseBytes,
  parseDurationMs,
  parseRatePerSecond,
  parseShare
} from "./chunk-VDOZDET2.js";

// src/model/topology.ts
var fullMesh = { type: "full" };
function linkedPaths(nodes, topology = fullMesh) {
  const all = nodes.flatMap((from) => nodes.filter((to) => to !== from).map((to) => ({ from, to })));
  switch (topology.type) {
    case "full":
    case "single":
      return all;
    case "star":
      return all.filter(({ from, to }) => from === topology.hub || to === topology.hub);
    case "bridges":
      return all.filter(
        ({ from, to }) => topology.pairs.some(([a, b]) => from === a && to === b || from === b && to === a)
      );
  }
}
function widened(impact, nodes, topology = fullMesh) {
  return { ...impact, cutPaths: [...impact.cutPaths, ...separated(impact, nodes, topology)] };
}
function separated(impact, nodes, topology = fullMesh) {
  if (topology.type === "full" || topology.type === "single") return [];
  const { unavailableNodes, cutPaths } = impact;
  const isCut = ({ from, to }) => cutPaths.some((cut) => cut.from === from && cut.to === to);
  const available = nodes.filter((node) => !unavailableNodes.includes(node));
  const open = linkedPaths(available, topology).filter((path) => !isCut(path));
  return available.flatMap((from) => {
    const reached = reachedFrom(from, open);
    return available.filter((to) => !reached.has(to) && !isCut({ from, to })).map((to) => ({ from, to }));
  });
}
function reachedFrom(start, open) {
  const reached = /* @__PURE__ */ new Set([start]);
  for (const node of reached) for (const { from, to } of open) if (from === node) reached.add(to);
  return reached;
}

// src/config/zod-units.ts
import { z } from "#vendor/zod.js";
function reading(meta, read) {
  return z.unknown().meta(meta).transform((value, context) => {
    if (value === void 0) {
      context.addIssue({ code: "custom", message: "is missing", params: { missing: true } });
      return z.NEVER;
    }
    const result = read(value);
    if ("value" in result) return result.value;
    context.addIssue({
      code: "custom",
      message: result.message,
      ...result.hint === void 0 ? {} : { params: { hint: result.hint } }
    });
    return z.NEVER;
  });
}
function show(value) {
  if (value === null || value === void 0) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  if (typeof value !== "string") return String(value);
  return value.length > 60 ? `"${value.slice(0, 57)}..."` : `"${value}"`;
}
var number = String.raw`\d+(\.\d+)?`;
var duration = reading(
  {
    // Only text must match the pattern and only numbers the bounds: `0` needs no unit.
    type: ["string", "integer"],
    pattern: `^${number} *(us|ms|s|m|h)$|^0$`,
    minimum: 0,
    maximum: 0,
    description: "A duration: 100ms, 1.5s, 2m, 24h"
  },
  readDuration
);
function offset(mostMs) {
  return reading(
    {
      type: "string",
      pattern: `^[+-]? *${number} *(us|ms|s|m|h)$`,
      description: "A duration with its direction: +5s, -250ms"
    },
    (value) => {
      const text = scalarText(value);
      const match = /^([+-]?)\s*(.*)$/.exec(text ?? "");
      const [sign, amount] = [match?.[1] ?? "", match?.[2] ?? ""];
      if (text === void 0 || amount === "")
        return { message: `${show(value)} is not an offset`, hint: "write it as +5s" };
      const inner = readDuration(amount, Number.POSITIVE_INFINITY);
      if (!("value" in inner))
        return { message: inner.message, hint: `write it as ${sign || "+"}5s or ${sign || "+"}250ms` };
      if (inner.value === 0) return { message: "an offset of 0 changes nothing", hint: "write it as +5s or -250ms" };
      if (inner.value > mostMs) return { message: `${text} is more than ${formatMs(mostMs)}` };
      return { value: sign === "-" ? -inner.value : inner.value };
    }
  );
}
var share = reading(
  { type: "string", pattern: `^${number} *%$`, description: "A share between 0% and 100%" },
  readShare
);
var operationRate = reading(
  { type: "string", pattern: `^${number} */ *(s|m)$`, description: "Operations a second or a minute: 300/s, 6000/m" },
  (value) => {
    const text = scalarText(value);
    if (text === void 0) return { message: `${show(value)} is not a rate`, hint: "write it as 300/s" };
    const parsed = parseRatePerSecond(text);
    if (parsed !== void 0)
      return parsed > 0 && parsed <= mostRatePerSecond ? { value: parsed } : { message: `a rate must be above 0 and at most ${mostRatePerSecond}/s`, hint: "write 300/s" };
    if (isNumber(text)) return { message: `${text} has no unit`, hint: `write ${text}/s or ${text}/m` };
    return { message: `${show(text)} is not a rate`, hint: "write it as 300/s or 6000/m" };
  }
);
var rate = reading(
  {
    type: "string",
    pattern: `^${number} *(B|KB|MB|GB|KiB|MiB|GiB) */ *s$`,
    description: "Bytes a second: 1MB/s, 64KiB/s"
  },
  (value) => {
    const text = scalarText(value);
    if (text === void 0) return { message: `${show(value)} is not a data rate`, hint: "write it as 1MB/s" };
    const match = /^(.*?)\s*\/\s*s$/.exec(text);
    const parsed = match?.[1] === void 0 ? void 0 : parseBytes(match[1]);
    if (parsed !== void 0) {
      return parsed > 0 ? { value: parsed } : { message: "a data rate must be above 0", hint: "write it as 1MB/s" };
    }
    if (isNumber(text)) return { message: `${text} has no unit`, hint: `write ${text}KB/s or ${text}MB/s` };
    if (parseBytes(text) !== void 0) return { message: `${text} is a size, not a rate`, hint: `write ${text}/s` };
    if (/bit|bps/i.test(text))
      return { message: `${show(text)} counts bits`, hint: "write bytes a second, as in 1MB/s" };
    return { message: `${show(text)} is not a data rate`, hint: "write it as 1MB/s or 64KiB/s" };
  }
);
var bytes = bytesBetween(0, Number.MAX_SAFE_INTEGER);
function bytesBetween(min, max) {
  return reading(
    { type: "string", pattern: `^${number} *(B|KB|MB|GB|KiB|MiB|GiB)$`, description: "A size: 64B, 1KiB, 2MB" },
    (value) => {
      const text = scalarText(value);
      if (text === void 0) return { message: `${show(value)} is not a size`, hint: "write it as 64B or 2MB" };
      const parsed = parseBytes(text);
      if (parsed !== void 0 && (parsed < min || parsed > max)) {
        return {
          message: `${text} is out of range`,
          hint: `write a size from ${formatBytes(min)} to ${formatBytes(max)}`
        };
      }
      if (parsed !== void 0) {
        return Number.isInteger(parsed) ? { value: parsed } : { message: `${text} is not a whole number of bytes` };
      }
      if (isNumber(text)) return { message: `${text} has no unit`, hint: `write ${text}B or ${text}KB` };
      return { message: `${show(text)} is not a size`, hint: "write it as 64B, 1KiB or 2MB" };
    }
  );
}
function wholeNumber(bounds) {
  return reading({ type: "integer", minimum: bounds.min, maximum: bounds.max }, (value) => {
    const text = scalarText(value);
    const parsed = text === void 0 || !/^-?\d+$/.test(text) ? void 0 : Number(text);
    if (parsed === void 0) return { message: `${show(value)} is not a whole number` };
    if (parsed < bounds.min || parsed > bounds.max) {
      return { message: `${parsed} is out of range`, hint: `write a number from ${bounds.min} to ${bounds.max}` };
    }
    return { value: parsed };
  });
}
function oneOf(words, options = {}) {
  const { description } = options;
  return reading({ enum: words, ...description === void 0 ? {} : { description } }, (value) => {
    const found = words.find((word) => word === value);
    if (found !== void 0) return { value: found };
    const text = scalarText(value);
    const match = text === void 0 ? void 0 : nearest(text, words);
    return {
      message: `${show(value)} is not one of ${words.join(", ")}`,
      hint: match === void 0 ? `write ${list(words)}` : `did you mean "${match}"?`
    };
  });
}
var atLeastShare = bound({
  sign: ">=",
  words: "at least",
  read: readShare,
  pattern: `^>= *${number} *%$`,
  example: ">= 99%"
});
var atMostDuration = bound({
  sign: "<=",
  words: "at most",
  read: readDuration,
  pattern: `^<= *${number} *(us|ms|s|m|h)$`,
  example: "<= 1s"
});
function bound(options) {
  const { sign, words, read, pattern, example } = options;
  return reading({ type: "string", pattern, description: `A bound: "${example}"` }, (value) => {
    const match = /^(>=|<=|>|<|==|=|=>|=<)?\s*(.*)$/.exec(scalarText(value) ?? "");
    const found = match?.[1];
    const amount = match?.[2] ?? "";
    if (scalarText(value) === void 0 || amount === "") {
      return { message: `${show(value)} is not a bound`, hint: `write "${example}"` };
    }
    const inner = read(amount);
    if ("value" in inner && found !== sign) {
      return {
        message: found === void 0 ? `${show(value)} has no direction` : `"${found}" is the wrong direction here`,
        hint: `this is ${words}: write "${sign} ${amount}"`
      };
    }
    return inner;
  });
}
function readShare(value) {
  const text = scalarText(value);
  if (text === void 0) return { message: `${show(value)} is not a percentage`, hint: "write it as 10%" };
  const parsed = parseShare(text);
  if (parsed !== void 0) return { value: parsed };
  if (isNumber(text)) return { message: `${text} has no unit`, hint: `write ${text}%${fractionHint(text)}` };
  if (/^-?[\d.]+\s*%$/.test(text)) {
    return { message: `${text} is outside 0% to 100%`, hint: "write a share between 0% and 100%" };
  }
  return { message: `${show(text)} is not a percentage`, hint: "write it as 10%" };
}
function readDuration(value, mostMs = mostDurationMs) {
  const text = scalarText(value);
  if (text === void 0) return { message: `${show(value)} is not a duration`, hint: "write it as 100ms, 1.5s or 2m" };
  const parsed = parseDurationMs(text);
  if (parsed !== void 0 && parsed > mostMs)
    return { message: `${text} is longer than a year`, hint: "write at most 8784h" };
  if (parsed !== void 0) return { value: parsed };
  if (isNumber(text)) return { message: `${text} has no unit`, hint: `write ${text}ms or ${text}s` };
  if (text.startsWith("-")) return { message: `${show(text)} is negative`, hint: "write it as 100ms, 1.5s or 2m" };
  return { message: `${show(text)} is not a duration`, hint: "write it as 100ms, 1.5s, 2m or 24h" };
}
function scalarText(value) {
  if (typeof value === "string") return value.trim();
  return typeof value === "number" ? String(value) : void 0;
}
function isNumber(text) {
  return /^\d+(\.\d+)?$/.test(text);
}
function fractionHint(text) {
  const fraction = Number(text);
  return fraction > 0 && fraction <= 1 ? ` or ${Number((fraction * 100).toFixed(6))}%` : "";
}
function list(words) {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

export {
  reading,
  show,
  duration,
  offset,
  share,
  operationRate,
  rate,
  bytes,
  bytesBetween,
  wholeNumber,
  oneOf,
  atLeastShare,
  atMostDuration,
  readDuration,
  linkedPaths,
  widened,
  separated
};
