import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  detectProject,
  projectFiles
} from "./chunk-V6LNEMOZ.js";
import {
  defaultFiles,
  loadConfig
} from "./chunk-42UPCQSF.js";
import "./chunk-QWFIUWZU.js";
import "./chunk-EMGA3PAX.js";
import {
  presetNames
} from "./chunk-Y7MW5ZQU.js";
import "./chunk-WYH6IPWY.js";
import "./chunk-DSQIK4KK.js";
import "./chunk-EOJIUADP.js";
import "./chunk-SSPUT3OG.js";
import "./chunk-C2BOSRP4.js";
import "./chunk-VDOZDET2.js";
import "./chunk-RSWY53MK.js";
import "./chunk-6BLWVCAN.js";
import "./chunk-4HIF7BH4.js";
import "./chunk-WFQI7BEC.js";
import {
  ChaosError,
  exitCodes
} from "./chunk-EV4V3EIO.js";
import "./chunk-6DG7BXTN.js";

// src/cli/init.ts
import { existsSync, mkdirSync, statSync as statSync2, writeFileSync } from "node:fs";
import { dirname, join as join2, resolve } from "node:path";

// src/config/json-schema.ts
import { z } from "#vendor/zod.js";
var schemaFolder = "https://raw.githubusercontent.com/org/chaos-action/main/schema";

// src/config/port-hints.ts
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
var configuration = /\.(conf|cfg|toml|ya?ml|hocon|properties|xml|json|ini)$/;
var skipped = /^(node_modules|target|build.*|vendor|\..*|test.*|deps?|k8s|helm|charts|docs?|chaos.*)$/;
var limits = { depth: 3, files: 300, bytes: 64 * 1024, hints: 5, characters: 100 };
function portHints(folder) {
  const files = configurationFiles(folder, "", limits.depth).slice(0, limits.files);
  return files.flatMap((file) => hintsOf(folder, file)).slice(0, limits.hints);
}
function configurationFiles(root, folder, depth) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  const files = entries.filter(
    (entry) => entry.isFile() && configuration.test(entry.name) && !skipped.test(entry.name)
  );
  const folders = depth === 0 ? [] : entries.filter((entry) => entry.isDirectory() && !skipped.test(entry.name));
  return [
    ...files.map(({ name }) => join(folder, name)).sort(),
    ...folders.map(({ name }) => name).sort().flatMap((name) => configurationFiles(root, join(folder, name), depth - 1))
  ];
}
function hintsOf(root, file) {
  const path = join(root, file);
  if (statSync(path).size > limits.bytes) return [];
  return readFileSync(path, "utf8").split("\n").flatMap(
    (text, index) => /\b1883\b/.test(text) ? [{ file, line: index + 1, text: text.trim().slice(0, limits.characters) }] : []
  ).slice(0, 1);
}

// src/cli/init.ts
function initCommand(options, out) {
  const { cwd, file = "chaos.yml", force } = options;
  const path = resolve(cwd, file);
  if (statSync2(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new ChaosError("usage", `${file} is a folder`, {
      hint: `name the file to write, such as ${join2(file, "chaos.yml")}`,
      location: { file }
    });
  }
  if (existsSync(path) && !force) {
    throw new ChaosError("usage", `${file} is there already`, {
      hint: "chaos-action validate checks it; --force overwrites it",
      location: { file }
    });
  }
  const { text, said } = describe(cwd, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  for (const line of said) out(line);
  const config = defaultFiles.some((name) => name === file) ? "" : ` --config ${quotedForShell(file)}`;
  out(
    `next: chaos-action validate${config}, then chaos-action init${config === "" ? "" : ` ${quotedForShell(file)}`} --try, then chaos-action run${config}`
  );
  return exitCodes.pass;
}
async function tryCommand(options, out) {
  const { cwd, file = "chaos.yml", force, env } = options;
  if (force || !existsSync(resolve(cwd, file))) initCommand(options, out);
  const config = loadConfig({ cwd, env, file });
  const { tryBoot } = await import("./try-boot-FBXAKIFE.js");
  const abort = new AbortController();
  const onSignal = (name) => abort.abort(new ChaosError("cancelled", `cancelled by ${name}`));
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, onSignal);
  try {
    return await tryBoot({ config, run: `try-${process.pid}`, signal: abort.signal }, out);
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"]) process.off(signal, onSignal);
  }
}
function describe(cwd, file) {
  const project = detectProject(cwd);
  if (project === void 0) {
    const looked = `${projectFiles.slice(0, -1).join(", ")} or ${projectFiles.at(-1)}`;
    return {
      text: skeleton(),
      said: [
        `wrote ${file}, to be filled in: there is no ${looked} here`,
        "  say how the broker is built and started: build and start"
      ]
    };
  }
  const { known } = project;
  if (known?.impossible !== void 0)
    return { text: skeleton(known.impossible), said: [`wrote ${file}, to be filled in: ${known.impossible}`] };
  if (known !== void 0)
    return {
      text: knownFile(known),
      said: [
        `wrote ${file} for ${known.name} (from ${project.evidence})`,
        ...known.isUntried ? ["  written from its documentation, and never tried: check each line"] : []
      ]
    };
  return {
    text: guessedFile(project, portHints(cwd)),
    said: [
      `wrote ${file} for ${project.name} (${project.language}, from ${project.evidence})`,
      ...project.guesses.map((guess) => `  guessed: ${guess}`),
      "  not known: how the broker is told its ports and its peers; see CHECK in the file"
    ]
  };
}
var reference = `# yaml-language-server: $schema=${schemaFolder}/chaos.schema.json
# How chaos-action builds and starts this broker. Reference: docs/chaos-yml.md
`;
function knownFile({ name, preset, lines, isUntried }) {
  const head = preset === void 0 ? `  name: ${name}
` : `  # Ports, files and signs of readiness are those of the preset; what is said here goes before it.
  preset: ${preset}
`;
  const own = lines.split("\n").filter((line) => line.trim() !== "").map((line) => line.replace(/^ {4}/, "")).join("\n");
  const note = isUntried ? `# Written from the documentation of ${name}, and never tried. CHECK each line.
` : "";
  const tail = preset === void 0 ? commonTail(1) : scoreTail;
  return `${reference}${note}broker:
${head}${own === "" ? "" : `${own}
`}${tail}`;
}
function guessedFile({ name, build, start, guesses }, hints) {
  return `${reference}broker:
  name: ${quoted(name)}
${build === void 0 ? "" : `  # Run once, in the folder that chaos-action is run in.
  build: ${quoted(build)}
`}${guesses.map((guess) => `  # GUESS: ${guess}.
`).join("")}  # Runs one node in the foreground. Liquid templates work in start, env and files:
  # node.name, node.index, node.folder, node.ports.NAME, peers, cluster.name, cluster.size.
  # CHECK: how is the broker told its port, its peers and its folder? All nodes run on one machine, so each needs ports of its own.
${hints.map(({ file, line, text }) => `  #   ${file}:${line} has: ${text}
`).join("")}  # By options: write them here, as --port {{ node.ports.mqtt }}.
  start: ${quoted(start)}
  # By variables: give them the names that the broker reads.
  # env:
  #   MQTT_PORT: "{{ node.ports.mqtt }}"
  #   PEERS: "{{ peers | map: 'cluster' | join: ',' }}"
  # By a file: each node gets one in its own folder. Name it in start, as {{ node.folder }}/broker.conf.
  # files:
  #   broker.conf: |
  #     listener {{ node.ports.mqtt }} 127.0.0.1
  # Free ports are found for these names on each node.
  ports: [mqtt, cluster]
  # Those that nodes reach each other by; they are reached through proxies, which faults act on.
  peer-ports: [cluster]
  # Nodes that tell each other addresses of their own bypass the proxies; this redirects them (needs root or sudo):
  # links: transparent
  # All that is named must hold: mqtt, http (an address that answers 200), log (a text in the output), command.
  ready:
    mqtt: true
    within: 30s
  # metrics: "http://127.0.0.1:{{ node.ports.metrics }}/metrics" # add metrics to ports for this
  # mqtt:
  #   username: chaos
  #   password: \${BROKER_PASSWORD} # from the environment, and never printed
${commonTail(3)}`;
}
function skeleton(why) {
  return `${reference}${why === void 0 ? "" : `# ${why}.
`}broker:
  name: broker
  # Run once, in the folder that chaos-action is run in:
  # build: make
  # build: mvn -q package
  # Runs one node in the foreground. chaos-action refuses this file until it is there:
  # start: ./broker -c "{{ node.folder }}/broker.conf"
  # files:
  #   broker.conf: |
  #     listener {{ node.ports.mqtt }} 127.0.0.1
  # Free ports are found for these names on each node.
  ports: [mqtt, cluster]
  # Those that nodes reach each other by; they are reached through proxies, which faults act on.
  peer-ports: [cluster]
  # Instead of all that, a shipped broker: ${presetNames().join(", ")}.
  # preset: nats
${commonTail(3)}`;
}
function quotedForShell(text) {
  return /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
var scoreTail = `# score:
#   fail-below: 7 # the run fails when the score, 0 to 10, is lower
`;
function commonTail(nodes) {
  return `cluster:
  nodes: ${nodes}
workload:
  rate: 300/s
${scoreTail}`;
}
function quoted(text) {
  return /^[A-Za-z./_][A-Za-z0-9 ./_=&@-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|~)$/i.test(text) && !text.endsWith(" ") ? text : JSON.stringify(text);
}
export {
  initCommand,
  knownFile,
  tryCommand
};
