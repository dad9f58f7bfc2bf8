import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  isUnexplained
} from "./chunk-3XBQVNRE.js";

// src/run/decide.ts
var repeats = [1, 3];
var defaultRepeat = 3;
var mostInconclusive = 2;
function decide(runs, repeat) {
  const last = runs.at(-1);
  if (last === void 0) return void 0;
  const unexplained = unexplainedRun(runs);
  if (unexplained) return unexplained;
  if (last.verdict === "skipped") return withOthers(last, runs);
  const missed = runs.filter(({ verdict }) => verdict === "fail");
  const met = runs.filter(({ verdict }) => verdict === "pass");
  const undecided = runs.length - missed.length - met.length;
  if (undecided >= mostInconclusive) return withOthers(last, runs);
  if (missed.length === 0 && met.length > 0) return withOthers(last, runs);
  const majority = Math.ceil(repeat / 2);
  if (missed.length >= majority) return told(best(missed), runs, missed.length);
  if (met.length >= majority) return told(worst(met), runs, met.length);
  return void 0;
}
function unexplainedRun(runs) {
  const found = runs.findLast(isUnexplained);
  return found && withOthers(found, runs);
}
function best(runs) {
  return runs.reduce((one, other) => (other.score ?? 0) > (one.score ?? 0) ? other : one);
}
function worst(runs) {
  return runs.reduce((one, other) => (other.score ?? 0) < (one.score ?? 0) ? other : one);
}
function told(run, runs, same) {
  const decided = runs.filter(({ verdict }) => verdict === "pass" || verdict === "fail").length;
  if (decided < 2) return withOthers(run, runs);
  const what = run.verdict === "fail" ? "an expectation was missed" : "every expectation was met";
  return withOthers({ ...run, reason: `${run.reason}; ${what} in ${same} of ${decided} runs` }, runs);
}
function withOthers(run, runs) {
  const others = runs.filter(({ attempt }) => attempt !== run.attempt).sort((a, b) => a.attempt - b.attempt);
  return { ...run, earlier: others.reduce((earlier, one) => ({ ...one, earlier }), null) };
}

export {
  repeats,
  defaultRepeat,
  decide,
  unexplainedRun
};
