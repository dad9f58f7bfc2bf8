import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  readPlan
} from "./chunk-HWHKOGFK.js";
import {
  isNodeCount,
  readConfig
} from "./chunk-AMZMT3QG.js";
import {
  readScenarios
} from "./chunk-M2CWEPOC.js";
import {
  suggest
} from "./chunk-LLYA5VLZ.js";
import {
  throwProblems
} from "./chunk-EOJIUADP.js";

// src/config/load-all.ts
function loadAll(options) {
  const { config, problems, locateKnownIssue } = readConfig(options);
  const asked = options.overrides?.nodes;
  const nodes = config?.nodes ?? (asked !== void 0 && isNodeCount(asked) ? asked : void 0);
  const read = options.plan === void 0 ? readScenarios({ ...options, nodes }) : readPlan({ ...options, plan: options.plan, nodes });
  const { scenarios, plan, names, problems: others } = read;
  const unknown = (config?.broker.knownIssues ?? []).flatMap((issue, index) => {
    if (issue.scenario === void 0 || names.includes(issue.scenario)) return [];
    const location = locateKnownIssue(index);
    return [
      {
        message: `broker.known-issues[${index}].scenario: there is no scenario "${issue.scenario}"`,
        hint: suggest(issue.scenario, names, "scenarios"),
        ...location === void 0 ? {} : { location }
      }
    ];
  });
  throwProblems([...problems, ...unknown, ...others]);
  if (config === void 0) throw new Error("no problem was reported and no configuration was made");
  return { config, scenarios, plan };
}

export {
  loadAll
};
