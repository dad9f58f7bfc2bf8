import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  detectProject,
  projectFiles
} from "./chunk-NUXAM4T3.js";
import {
  defaultFiles
} from "./chunk-WBYSMTUS.js";
import "./chunk-XDHWNYUN.js";
import "./chunk-FHX7LMTH.js";
import {
  presetNames
} from "./chunk-Y7MW5ZQU.js";
import "./chunk-QBGJZPFF.js";
import "./chunk-YPF2GKCE.js";
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
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

// src/config/json-schema.ts
import { z } from "#vendor/zod.js";
var schemaFolder = "https://raw.githubusercontent.com/org/chaos-action/main/schema";

// src/cli/init.ts
function initCommand(options, out) {
  const { cwd, file = "chaos.yml", force } = options;
  const path = resolve(cwd, file);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new ChaosError("usage", `${file} is a folder`, {
      hint: `name the file to write, such as ${join(file, "chaos.yml")}`,
      location: { file }
    });
  }
  if (existsSync(path) && !force) {
    throw new ChaosError("usage", `${file} is there already`, {
      hint: "chaos-action validate checks it; --force overwrites it",
      location: { file }
    });
  }
  const project = detectProject(cwd);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, project === void 0 ? skeleton() : brokerFile(project));
  const config = defaultFiles.some((name) => name === file) ? "" : ` --config ${quotedForShell(file)}`;
  if (project === void 0) {
    out(
      `wrote ${file}, to be filled in: there is no ${projectFiles.slice(0, -1).join(", ")} or ${projectFiles.at(-1)} here`
    );
    out("  say how the broker is built and started: build and start");
    out(`next: chaos-action validate${config}, then chaos-action run${config}`);
  } else {
    out(`wrote ${file} for ${project.name} (${project.language}, from ${project.evidence})`);
    if (project.known !== true) out("  check how the broker takes its ports and its peers: env, files and start");
    out(`next: chaos-action validate${config}, then chaos-action run${config}`);
  }
  return exitCodes.pass;
}
function brokerFile(project) {
  const { build, env, ports, metrics, known } = project;
  return `# yaml-language-server: $schema=${schemaFolder}/chaos.schema.json
# How chaos-action builds and starts this broker. Reference: docs/chaos-yml.md
broker:
  name: ${quoted(project.name)}
${build === void 0 ? "" : `  # Run once, in the folder that chaos-action is run in.
  build: ${quoted(build)}
`}  # Runs one node in the foreground. Liquid templates work in start, env and files:
  # node.name, node.index, node.folder, node.ports.NAME, peers, cluster.name, cluster.size.
  start: ${quoted(project.start)}
  env:${known ? "" : " # change the names to those that the broker reads"}
${env.map((line) => `    ${line}`).join("\n")}
${known ? "" : `  # A broker that is configured by a file gets one in each node's own folder:
  # files:
  #   broker.conf: |
  #     listener {{ node.ports.mqtt }} 127.0.0.1
  #     # name it in start as {{ node.folder }}/broker.conf
`}  # Free ports are found for these names on each node.
  ports: [${ports.join(", ")}]
  # Those that nodes reach each other by; they are reached through proxies, which faults act on.
  peer-ports: [cluster]
  # All that is named must hold: mqtt, http (an address that answers 200), log (a text in the output).
  ready:
    mqtt: true
    within: 30s
${metrics === void 0 ? `  # metrics: "http://127.0.0.1:{{ node.ports.metrics }}/metrics" # add metrics to ports for this` : `  metrics: "${metrics}"`}
  # mqtt:
  #   username: chaos
  #   password: \${BROKER_PASSWORD} # from the environment, and never printed
${commonTail()}`;
}
function skeleton() {
  return `# yaml-language-server: $schema=${schemaFolder}/chaos.schema.json
# How chaos-action builds and starts this broker. Reference: docs/chaos-yml.md
broker:
  name: broker
  # Run once, in the folder that chaos-action is run in:
  # build: make
  # build: cmake -B build && cmake --build build
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
${commonTail()}`;
}
function quotedForShell(text) {
  return /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
function commonTail() {
  return `cluster:
  nodes: 3
workload:
  rate: 300/s
# score:
#   fail-below: 7 # the run fails when the score, 0 to 10, is lower
`;
}
function quoted(text) {
  return /^[A-Za-z./_][A-Za-z0-9 ./_=&@-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|~)$/i.test(text) && !text.endsWith(" ") ? text : JSON.stringify(text);
}
export {
  initCommand
};
