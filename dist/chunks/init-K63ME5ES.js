import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  detectProject,
  projectFiles
} from "./chunk-DTF3D3SU.js";
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
import { existsSync as existsSync2, mkdirSync, statSync as statSync3, writeFileSync } from "node:fs";
import { basename as basename2, dirname, join as join3, resolve } from "node:path";

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

// src/config/start-guess.ts
import { existsSync, readdirSync as readdirSync2, readFileSync as readFileSync2, statSync as statSync2 } from "node:fs";
import { basename, join as join2 } from "node:path";
var mqttPort = /\b1883\b/g;
var portTemplate = "{{ node.ports.mqtt }}";
var configOption = /^(-c|-f|--conf|--config|--config-file|--configfile|--configuration|-config|-conf)$/;
var longestFile = 2e4;
function guessStart(cwd, program) {
  const readme = readdirSync2(cwd).find((name) => /^readme(\.md|\.rst|\.txt)?$/i.test(name));
  if (readme === void 0) return void 0;
  const lines = commandsOf(readFileSync2(join2(cwd, readme), "utf8"), program);
  const withPort = lines.find((args) => args.some((arg) => mqttPort.test(arg)));
  mqttPort.lastIndex = 0;
  if (withPort !== void 0)
    return {
      why: `${readme} starts it so, at port 1883`,
      options: withPort.join(" ").replaceAll(mqttPort, portTemplate)
    };
  for (const args of lines) {
    const at = args.findIndex((arg) => configOption.test(arg));
    const file = at < 0 ? void 0 : templateOf(cwd, args[at + 1] ?? "");
    if (file !== void 0)
      return {
        why: `${readme} starts it with ${args[at]}; the file is ${file.path} of the checkout, with its port replaced`,
        options: [...args.slice(0, at + 1), `"{{ node.folder }}/${file.name}"`, ...args.slice(at + 2)].join(" "),
        file
      };
  }
  return void 0;
}
function commandsOf(text, program) {
  return text.split("\n").flatMap((line) => {
    const words = line.trim().replace(/^[$#>]\s*/, "").split(/\s+/);
    const at = words.findIndex((word) => basename(word) === program);
    const args = at < 0 ? [] : words.slice(at + 1);
    const isPlain = args.length > 0 && args.every((arg) => /^[\w./:=@,-]+$/.test(arg));
    return isPlain && words.slice(0, at).every((word) => /^(sudo|exec|nohup|\w+=\S*)$/.test(word)) ? [args] : [];
  });
}
function templateOf(cwd, named) {
  for (const path of [named, ...portHints(cwd).map(({ file }) => file)]) {
    const file = join2(cwd, path);
    if (path === "" || !existsSync(file) || !statSync2(file).isFile() || statSync2(file).size > longestFile) continue;
    const text = readFileSync2(file, "utf8");
    if (text.search(mqttPort) < 0 || /\{\{|\{%|\$\{[A-Za-z_]/.test(text)) continue;
    return { path, name: basename(path), text: text.replaceAll(mqttPort, portTemplate) };
  }
  return void 0;
}

// src/cli/init.ts
function initCommand(options, out) {
  const { cwd, file = "chaos.yml", force } = options;
  const path = resolve(cwd, file);
  if (statSync3(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new ChaosError("usage", `${file} is a folder`, {
      hint: `name the file to write, such as ${join3(file, "chaos.yml")}`,
      location: { file }
    });
  }
  if (existsSync2(path) && !force) {
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
  if (force || !existsSync2(resolve(cwd, file))) initCommand(options, out);
  const config = loadConfig({ cwd, env, file });
  const { tryBoot } = await import("./try-boot-TIBXX6R4.js");
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
  const start = guessStart(cwd, basename2(project.start.split(" ")[0] ?? ""));
  return {
    text: start === void 0 ? guessedFile(project, portHints(cwd)) : startedFile(project, start),
    said: [
      `wrote ${file} for ${project.name} (${project.language}, from ${project.evidence})`,
      ...project.guesses.map((guess) => `  guessed: ${guess}`),
      ...start === void 0 ? [] : [`  guessed: how one node is started: ${start.why}`],
      start === void 0 ? "  not known: how the broker is told its ports and its peers; see CHECK in the file" : "  not known: how nodes find one another; see CHECK in the file"
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
function startedFile({ name, build, start, guesses }, { why, options, file }) {
  const files = file === void 0 ? "" : `  files:
    ${quoted(file.name)}: |
${file.text.trimEnd().split("\n").map((line) => line === "" ? "" : `      ${line}`).join("\n")}
`;
  return `${reference}broker:
  name: ${quoted(name)}
${build === void 0 ? "" : `  # Run once, in the folder that chaos-action is run in.
  build: ${quoted(build)}
`}${guesses.map((guess) => `  # GUESS: ${guess}.
`).join("")}  # GUESS: ${why}.
  start: ${JSON.stringify(`${start} ${options}`)}
${files}  # CHECK: a second node on this machine needs its other ports to be free ones too: name them here, and write {{ node.ports.NAME }} above.
  # How nodes find one another is said with peers: {{ peers | map: 'cluster' | join: ',' }}, and peer-ports: [cluster].
  ports: [mqtt]
  ready:
    mqtt: true
    within: 30s
${commonTail(1)}`;
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
