import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/config/project.ts
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
var guessedEnvironment = [
  'NODE_NAME: "{{ node.name }}"',
  'DATA_DIR: "{{ node.folder }}/data"',
  'MQTT_ADDRESS: "127.0.0.1:{{ node.ports.mqtt }}"',
  'CLUSTER_ADDRESS: "127.0.0.1:{{ node.ports.cluster }}"',
  `PEERS: "{{ peers | map: 'cluster' | join: ',' }}"`
];
var guess = { env: guessedEnvironment, ports: ["mqtt", "cluster"] };
var projectFiles = ["go.mod", "Cargo.toml", "mix.exs", "rebar.config", "package.json"];
function detectProject(cwd) {
  return detectGo(cwd) ?? detectRust(cwd) ?? detectElixir(cwd) ?? detectErlang(cwd) ?? detectNode(cwd);
}
function detectGo(cwd) {
  const text = read(cwd, "go.mod");
  if (text === void 0) return void 0;
  const module = /^module\s+"?([^\s"]+)/m.exec(text)?.[1] ?? basename(cwd);
  const name = shellName(
    module.replace(/\/v\d+$/, "").split("/").at(-1),
    cwd
  );
  const commands = existsSync(join(cwd, "cmd")) ? folders(join(cwd, "cmd")) : [];
  const command = commands.find((folder) => folder === name) ?? commands.find((folder) => /broker|server|mqtt/.test(folder)) ?? commands[0];
  const source = command === void 0 ? "." : `./cmd/${command}`;
  const settings = {
    language: "Go",
    evidence: "go.mod",
    name,
    build: `go build -o bin/${name} ${source}`,
    start: `./bin/${name}`
  };
  if (name !== "emqx-go") return { ...settings, ...guess };
  return {
    ...settings,
    known: true,
    env: [
      'NODE_ID: "{{ node.name }}"',
      'MQTT_PORT: ":{{ node.ports.mqtt }}"',
      'GRPC_PORT: ":{{ node.ports.cluster }}"',
      'METRICS_PORT: ":{{ node.ports.metrics }}"',
      'DASHBOARD_PORT: ":{{ node.ports.dashboard }}"',
      `PEER_NODES: "{{ peers | map: 'cluster' | join: ',' }}"`
    ],
    ports: ["mqtt", "cluster", "metrics", "dashboard"],
    metrics: "http://127.0.0.1:{{ node.ports.metrics }}/metrics"
  };
}
function detectRust(cwd) {
  const text = read(cwd, "Cargo.toml");
  if (text === void 0) return void 0;
  const bin = section(text, "[[bin]]");
  const declared = tomlName(bin) ?? tomlName(section(text, "[package]"));
  const name = shellName(declared, cwd);
  const locked = existsSync(join(cwd, "Cargo.lock")) ? " --locked" : "";
  return {
    language: "Rust",
    evidence: "Cargo.toml",
    name,
    build: `cargo build --release${locked}`,
    start: `./target/release/${name}`,
    ...guess
  };
}
function detectElixir(cwd) {
  const text = read(cwd, "mix.exs");
  if (text === void 0) return void 0;
  const name = shellName(/\bapp:\s*:([a-z0-9_]+)/.exec(text)?.[1], cwd);
  return {
    language: "Elixir",
    evidence: "mix.exs",
    name,
    build: "mix deps.get && MIX_ENV=prod mix release --overwrite",
    start: `./_build/prod/rel/${name}/bin/${name} start`,
    ...guess
  };
}
function detectErlang(cwd) {
  const text = read(cwd, "rebar.config");
  if (text === void 0) return void 0;
  const name = shellName(/\{\s*release\s*,\s*\{\s*'?([a-z0-9_]+)/.exec(text)?.[1], cwd);
  return {
    language: "Erlang",
    evidence: "rebar.config",
    name,
    build: `${existsSync(join(cwd, "rebar3")) ? "./rebar3" : "rebar3"} release`,
    start: `./_build/default/rel/${name}/bin/${name} foreground`,
    ...guess
  };
}
function detectNode(cwd) {
  const text = read(cwd, "package.json");
  if (text === void 0) return void 0;
  const manifest = parseManifest(text);
  const name = shellName(manifest.name?.split("/").at(-1), cwd);
  const install = existsSync(join(cwd, "package-lock.json")) ? "npm ci" : "npm install";
  const script = manifest.start;
  const start = script !== void 0 && /^node\s/.test(script) ? script : `node ${manifest.main ?? "index.js"}`;
  return {
    language: "Node.js",
    evidence: "package.json",
    name,
    build: manifest.hasBuild ? `${install} && npm run build` : install,
    start,
    ...guess
  };
}
function parseManifest(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return { hasBuild: false };
  }
  const name = field(value, "name");
  const bin = field(value, "bin");
  const firstBin = typeof bin === "object" && bin !== null ? Object.values(bin).map(String)[0] : bin;
  const main = typeof firstBin === "string" ? firstBin : field(value, "main");
  const scripts = field(value, "scripts");
  const start = field(scripts, "start");
  return {
    ...typeof name === "string" ? { name } : {},
    ...typeof main === "string" ? { main } : {},
    ...typeof start === "string" ? { start } : {},
    hasBuild: typeof field(scripts, "build") === "string"
  };
}
function field(value, key) {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : void 0;
}
function read(cwd, name) {
  const path = join(cwd, name);
  return existsSync(path) ? readFileSync(path, "utf8") : void 0;
}
function folders(path) {
  return readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
}
function section(text, header) {
  const [, after] = text.split(header, 2);
  return after?.split(/^\[/m, 1)[0];
}
function tomlName(text) {
  return text === void 0 ? void 0 : /^\s*name\s*=\s*["']([^"']+)["']/m.exec(text)?.[1];
}
function shellName(name, cwd) {
  const clean = (name ?? basename(cwd)).replace(/[^A-Za-z0-9._-]/g, "-").replace(/^[-.]+/, "");
  return clean === "" ? "broker" : clean;
}

export {
  projectFiles,
  detectProject
};
