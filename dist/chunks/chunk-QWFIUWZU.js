import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  isTemplatePath,
  mapScalars,
  problemOf
} from "./chunk-DSQIK4KK.js";
import {
  secretsIn
} from "./chunk-WFQI7BEC.js";

// src/config/environment-references.ts
var open = "\uE000";
var close = "\uE001";
var reference = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
var hidden = new RegExp(`(\\$?)\\$${open}([A-Za-z_][A-Za-z0-9_]*)${close}`, "g");
var publicNames = new Set(
  [
    "CI HOME HOSTNAME LANG LOGNAME PATH PWD SHELL TEMP TERM TMP TMPDIR TZ USER",
    "GITHUB_ACTION GITHUB_ACTIONS GITHUB_ACTION_PATH GITHUB_ACTION_REF GITHUB_ACTION_REPOSITORY GITHUB_ACTOR GITHUB_ACTOR_ID GITHUB_API_URL",
    "GITHUB_BASE_REF GITHUB_EVENT_NAME GITHUB_EVENT_PATH GITHUB_GRAPHQL_URL GITHUB_HEAD_REF GITHUB_JOB GITHUB_REF GITHUB_REF_NAME",
    "GITHUB_REF_PROTECTED GITHUB_REF_TYPE GITHUB_REPOSITORY GITHUB_REPOSITORY_ID GITHUB_REPOSITORY_OWNER GITHUB_REPOSITORY_OWNER_ID",
    "GITHUB_RETENTION_DAYS GITHUB_RUN_ATTEMPT GITHUB_RUN_ID GITHUB_RUN_NUMBER GITHUB_SERVER_URL GITHUB_SHA GITHUB_TRIGGERING_ACTOR",
    "GITHUB_WORKFLOW GITHUB_WORKFLOW_REF GITHUB_WORKFLOW_SHA GITHUB_WORKSPACE",
    "RUNNER_ARCH RUNNER_DEBUG RUNNER_ENVIRONMENT RUNNER_NAME RUNNER_OS RUNNER_TEMP RUNNER_TOOL_CACHE"
  ].flatMap((line) => line.split(" "))
);
var runnersOwn = /^(?:INPUT_|STATE_|ACTIONS_|GITHUB_(?:OUTPUT|STATE|ENV|PATH|STEP_SUMMARY)$)/;
function isRunnersOwn(name) {
  return runnersOwn.test(name);
}
function hideReferences(text) {
  return text.replace(reference, `$$${open}$1${close}`);
}
function restoreReferences(text) {
  return text.replaceAll(open, "{").replaceAll(close, "}");
}
function revealReferences(raw, env) {
  const problems = [];
  const secrets = [];
  const revealed = mapScalars(raw, (scalar, path) => {
    const text = textOf(scalar, path);
    if (text === void 0) return scalar;
    const { value, secrets: own, refused } = revealText(text, env, isTemplatePath(path));
    secrets.push(...own);
    for (const { name, why, row, column } of refused) {
      const { message, hint } = refusal[why](name);
      problems.push(problemOf(message, hint, scalar.inside?.(row, column)));
    }
    return { ...scalar, value, ...refused.length === 0 ? {} : { isReported: true } };
  });
  return { raw: revealed, problems, secrets };
}
function textOf({ value, source }, path) {
  if (typeof value === "string") return value;
  return isTextPath(path) && value !== null ? source : void 0;
}
function isTextPath(path) {
  const [section, key, name] = path;
  if (section !== "broker" || path.length !== 3) return false;
  return key === "env" || key === "mqtt" && (name === "username" || name === "password");
}
var refusal = {
  unset: (name) => ({
    message: `the environment variable ${name} is not set`,
    hint: `set it, or write $\${${name}} to keep the text as it is`
  }),
  "runners-own": (name) => ({
    message: `the environment variable ${name} belongs to the Action and its runner; no broker gets it`,
    hint: "give the value to the step under a name of your own, with env"
  })
};
function revealText(text, env, isTemplate) {
  const secrets = [];
  const refused = [];
  const value = text.replace(hidden, (_, escaped, name, offset) => {
    if (escaped !== "") return `\${${name}}`;
    const found = env[name];
    if (found === void 0 || isRunnersOwn(name)) {
      const before = text.slice(0, offset);
      const place = { row: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
      refused.push({ name, why: isRunnersOwn(name) ? "runners-own" : "unset", ...place });
      return `\${${name}}`;
    }
    if (!publicNames.has(name)) secrets.push(...secretsIn(found));
    return isTemplate ? found.replace(/\{[{%]/g, (braces) => `{{ "${braces}" }}`) : found;
  });
  return { value, secrets, refused };
}

export {
  isRunnersOwn,
  hideReferences,
  restoreReferences,
  revealReferences
};
