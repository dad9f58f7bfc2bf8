import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  hideReferences,
  restoreReferences,
  revealReferences
} from "./chunk-XDHWNYUN.js";
import {
  parseYaml,
  readText,
  shownPath
} from "./chunk-FHX7LMTH.js";
import {
  presetNames,
  shippedFolder
} from "./chunk-Y7MW5ZQU.js";
import {
  locate,
  merge,
  problemOf,
  rawAt,
  rawMap,
  rawOption
} from "./chunk-YPF2GKCE.js";
import {
  suggest
} from "./chunk-SSPUT3OG.js";

// src/config/layers.ts
import { existsSync } from "node:fs";
import { join } from "node:path";
var defaultFiles = ["chaos.yml", "chaos.yaml", ".github/chaos.yml", ".github/chaos.yaml"];
var emptyLayer = rawMap({});
var unknownValue = { type: "scalar", value: null, source: "", isReported: true };
var unknownLayer = rawMap({
  broker: rawMap({
    start: unknownValue,
    ports: unknownValue,
    "peer-ports": unknownValue,
    ready: rawMap({ http: unknownValue })
  }),
  cluster: rawMap({ nodes: unknownValue })
});
function readLayers(options) {
  const { cwd, env, presetsFolder = shippedFolder("brokers") } = options;
  const found = findFile(options);
  const user = found.file === void 0 ? void 0 : readLayer(found.file, cwd, env, "chaos-action init writes one");
  const preset = findPreset({ asked: options.preset, file: found.file, user: user?.raw }, presetsFolder);
  const read = preset.file === void 0 ? void 0 : readLayer(preset.file, cwd, env);
  const userLayer = user === void 0 ? emptyLayer : user.raw ?? unknownLayer;
  const presetLayer = preset.isNone ? emptyLayer : read?.raw ?? unknownLayer;
  return {
    raw: merge(commandLineLayer(options.overrides ?? {}), merge(userLayer, presetLayer)),
    file: found.file,
    presetName: preset.name,
    problems: [...found.problems, ...user?.problems ?? [], ...preset.problems, ...read?.problems ?? []],
    secrets: [.../* @__PURE__ */ new Set([...user?.secrets ?? [], ...read?.secrets ?? []])]
  };
}
function findFile({ file, preset, cwd }) {
  const candidates = preset === void 0 ? defaultFiles.filter((name) => existsSync(join(cwd, name))) : [];
  if (file !== void 0 || candidates.length < 2) return { file: file ?? candidates[0], problems: [] };
  const message = `there are ${candidates.slice(0, -1).join(", ")} and ${candidates.at(-1)}, and one of them would be ignored`;
  const hint = "keep one, or name it with --config (in a workflow: config)";
  return { file: candidates[0], problems: [problemOf(message, hint)] };
}
function findPreset({ asked, file, user }, folder) {
  const path = ["broker", "preset"];
  const own = user && rawAt(user, path);
  if (asked === void 0 && user !== void 0 && own === void 0) return { isNone: true, problems: [] };
  const name = asked ?? (file === void 0 ? "embedded" : own && readableText(own));
  if (name === void 0) return { problems: [] };
  const known = presetNames(folder);
  if (known.includes(name)) return { name, file: join(folder, `${name}.yml`), problems: [] };
  const location = asked === void 0 && user !== void 0 ? locate(user, path) : void 0;
  return { name, problems: [problemOf(`there is no preset "${name}"`, suggest(name, known, "presets"), location)] };
}
function readableText(raw) {
  if (raw.type !== "scalar" || raw.isReported || typeof raw.value !== "string") return void 0;
  return raw.value === "" ? void 0 : raw.value;
}
function readLayer(path, cwd, env, hint) {
  const read = readText(path, cwd, hint);
  if ("problem" in read) return { problems: [read.problem], secrets: [] };
  const { raw, problems } = parseYaml(hideReferences(read.text), shownPath(path, cwd), restoreReferences);
  return raw === void 0 ? { problems, secrets: [] } : revealReferences(raw, env);
}
function commandLineLayer({
  nodes,
  mqttVersion,
  profile,
  ratePerSecond,
  failBelow
}) {
  return rawMap({
    ...mqttVersion === void 0 ? {} : { broker: rawMap({ mqtt: rawMap({ version: rawOption("mqtt", mqttVersion) }) }) },
    ...nodes === void 0 ? {} : { cluster: rawMap({ nodes: rawOption("nodes", nodes) }) },
    ...profile === void 0 && ratePerSecond === void 0 ? {} : {
      workload: rawMap({
        ...profile === void 0 ? {} : { profile: rawOption("profile", profile) },
        ...ratePerSecond === void 0 ? {} : { rate: rawOption("rate", `${plainNumber(ratePerSecond)}/s`) }
      })
    },
    ...failBelow === void 0 ? {} : { score: rawMap({ "fail-below": rawOption("fail-below", failBelow) }) }
  });
}
function plainNumber(value) {
  return Number.isInteger(value) ? String(value) : value.toFixed(20);
}

export {
  defaultFiles,
  readLayers
};
