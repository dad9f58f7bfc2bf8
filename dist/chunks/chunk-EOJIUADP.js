import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  ChaosError
} from "./chunk-EV4V3EIO.js";

// src/base/printable.ts
import { stripVTControlCharacters } from "node:util";
var notPrintable = /[^\P{Cc}\t]|[\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu;
function printable(outside) {
  return outside.split("\n").map((line) => stripVTControlCharacters(line).replaceAll(notPrintable, (one) => `\\x${hex(one)}`)).join("\n");
}
function hex(character) {
  return (character.codePointAt(0) ?? 0).toString(16).padStart(2, "0");
}

// src/config/problems.ts
import { styleText } from "node:util";
function throwProblems(found) {
  const problems = inFileOrder(found);
  const [first, ...others] = problems;
  if (first === void 0) return;
  const files = new Set(problems.map((problem) => problem.location?.file).filter((file) => file !== void 0));
  const message = others.length === 0 ? first.message : `${problems.length} problems in ${[...files].join(", ") || "the settings"}`;
  throw new ChaosError("config", message, {
    problems,
    ...others.length === 0 && first.hint !== void 0 ? { hint: first.hint } : {},
    ...others.length === 0 && first.location !== void 0 ? { location: first.location } : {}
  });
}
var mostShown = 50;
function formatProblems(problems, colour = false) {
  const dim = (text) => colour ? styleText("dim", text, { validateStream: false }) : text;
  const lines = problems.slice(0, mostShown).flatMap((problem) => {
    const lines2 = [printable(problemLine(problem))];
    if (problem.hint !== void 0) lines2.push(dim(`    ${printable(problem.hint)}`));
    return lines2;
  });
  return problems.length > mostShown ? [...lines, `and ${problems.length - mostShown} more problems`] : lines;
}
function problemLine(problem) {
  return problem.location === void 0 ? problem.message : `${showLocation(problem.location)}  ${problem.message}`;
}
function showLocation(location) {
  return [location.file, location.line, location.column].filter((part) => part !== void 0).join(":");
}
function inFileOrder(problems) {
  const files = problems.map((problem) => problem.location?.file);
  const rank = ({ location }) => [
    location === void 0 ? files.length : files.indexOf(location.file),
    location?.line ?? 0,
    location?.column ?? 0
  ];
  return problems.toSorted((a, b) => {
    const [ofA, ofB] = [rank(a), rank(b)];
    return ofA.map((value, index) => value - (ofB[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
  });
}

export {
  printable,
  throwProblems,
  formatProblems,
  showLocation
};
