import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ChaosError, exitCodes } from '../base/error.ts';
import { schemaFolder } from '../config/json-schema.ts';
import { presetNames } from '../config/shipped.ts';

export type InitOptions = {
  readonly cwd: string;
  /** Where to write, relative to `cwd`. */
  readonly file?: string;
  readonly force: boolean;
};

/** Writes a chaos.yml that fits the project in `cwd`, and says what comes next. */
export function initCommand(options: InitOptions, out: (line: string) => void): number {
  const { cwd, file = 'chaos.yml', force } = options;
  const path = join(cwd, file);
  if (existsSync(path) && !force) {
    throw new ChaosError('usage', `${file} is there already`, {
      hint: 'chaos-action validate checks it; --force overwrites it',
      location: { file },
    });
  }
  const project = detectProject(cwd);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, project === undefined ? presetFile() : brokerFile(project));
  const config = file === 'chaos.yml' || file === '.github/chaos.yml' ? '' : ` --config ${file}`;
  if (project === undefined) {
    out(`wrote ${file}: no project that builds a broker was recognised here, so it takes the preset embedded`);
    out(`next: chaos-action run${config}`);
  } else {
    out(`wrote ${file} for ${project.name} (${project.language}, from ${project.evidence})`);
    if (project.known !== true) out('  check how the broker takes its ports and its peers: env, files and start');
    out(`next: chaos-action validate${config}, then chaos-action run${config}`);
  }
  return exitCodes.pass;
}

type Project = {
  readonly language: string;
  readonly evidence: string;
  readonly name: string;
  readonly build?: string;
  readonly start: string;
  /** True when the settings below are this broker's own and no guess. */
  readonly known?: true;
  readonly env: readonly string[];
  readonly ports: readonly string[];
  readonly metrics?: string;
};

/** What a broker of an unknown make is told through its environment; the names are for its maintainer to correct. */
const guessedEnvironment = [
  'NODE_NAME: "{{ node.name }}"',
  'DATA_DIR: "{{ node.folder }}/data"',
  'MQTT_ADDRESS: "127.0.0.1:{{ node.ports.mqtt }}"',
  'CLUSTER_ADDRESS: "127.0.0.1:{{ node.ports.cluster }}"',
  `PEERS: "{{ peers | map: 'cluster' | join: ',' }}"`,
];

const guess = { env: guessedEnvironment, ports: ['mqtt', 'cluster'] };

/** The project in a folder, by the file that its build tool reads. */
export function detectProject(cwd: string): Project | undefined {
  return detectGo(cwd) ?? detectRust(cwd) ?? detectElixir(cwd) ?? detectErlang(cwd) ?? detectNode(cwd);
}

function detectGo(cwd: string): Project | undefined {
  const text = read(cwd, 'go.mod');
  if (text === undefined) return undefined;
  const module = /^module\s+"?([^\s"]+)/m.exec(text)?.[1] ?? basename(cwd);
  const name = shellName(
    module
      .replace(/\/v\d+$/, '')
      .split('/')
      .at(-1),
    cwd,
  );
  const commands = existsSync(join(cwd, 'cmd')) ? folders(join(cwd, 'cmd')) : [];
  const command =
    commands.find((folder) => folder === name) ??
    commands.find((folder) => /broker|server|mqtt/.test(folder)) ??
    commands[0];
  const source = command === undefined ? '.' : `./cmd/${command}`;
  const settings = {
    language: 'Go',
    evidence: 'go.mod',
    name,
    build: `go build -o bin/${name} ${source}`,
    start: `./bin/${name}`,
  };
  if (name !== 'emqx-go') return { ...settings, ...guess };
  return {
    ...settings,
    known: true,
    env: [
      'NODE_ID: "{{ node.name }}"',
      'MQTT_PORT: ":{{ node.ports.mqtt }}"',
      'GRPC_PORT: ":{{ node.ports.cluster }}"',
      'METRICS_PORT: ":{{ node.ports.metrics }}"',
      'DASHBOARD_PORT: ":{{ node.ports.dashboard }}"',
      `PEER_NODES: "{{ peers | map: 'cluster' | join: ',' }}"`,
    ],
    ports: ['mqtt', 'cluster', 'metrics', 'dashboard'],
    metrics: 'http://127.0.0.1:{{ node.ports.metrics }}/metrics',
  };
}

function detectRust(cwd: string): Project | undefined {
  const text = read(cwd, 'Cargo.toml');
  if (text === undefined) return undefined;
  const bin = section(text, '[[bin]]');
  const declared = tomlName(bin) ?? tomlName(section(text, '[package]'));
  const name = shellName(declared, cwd);
  const locked = existsSync(join(cwd, 'Cargo.lock')) ? ' --locked' : '';
  return {
    language: 'Rust',
    evidence: 'Cargo.toml',
    name,
    build: `cargo build --release${locked}`,
    start: `./target/release/${name}`,
    ...guess,
  };
}

function detectElixir(cwd: string): Project | undefined {
  const text = read(cwd, 'mix.exs');
  if (text === undefined) return undefined;
  const name = shellName(/\bapp:\s*:([a-z0-9_]+)/.exec(text)?.[1], cwd);
  return {
    language: 'Elixir',
    evidence: 'mix.exs',
    name,
    build: 'mix deps.get && MIX_ENV=prod mix release --overwrite',
    start: `./_build/prod/rel/${name}/bin/${name} start`,
    ...guess,
  };
}

function detectErlang(cwd: string): Project | undefined {
  const text = read(cwd, 'rebar.config');
  if (text === undefined) return undefined;
  const name = shellName(/\{\s*release\s*,\s*\{\s*'?([a-z0-9_]+)/.exec(text)?.[1], cwd);
  return {
    language: 'Erlang',
    evidence: 'rebar.config',
    name,
    build: `${existsSync(join(cwd, 'rebar3')) ? './rebar3' : 'rebar3'} release`,
    start: `./_build/default/rel/${name}/bin/${name} foreground`,
    ...guess,
  };
}

function detectNode(cwd: string): Project | undefined {
  const text = read(cwd, 'package.json');
  if (text === undefined) return undefined;
  const manifest = parseManifest(text);
  const name = shellName(manifest.name?.split('/').at(-1), cwd);
  const install = existsSync(join(cwd, 'package-lock.json')) ? 'npm ci' : 'npm install';
  // npm stands between the tool and the broker and keeps signals from it, so the script's own command is taken.
  const script = manifest.start;
  const start = script !== undefined && /^node\s/.test(script) ? script : `node ${manifest.main ?? 'index.js'}`;
  return {
    language: 'Node.js',
    evidence: 'package.json',
    name,
    build: manifest.hasBuild ? `${install} && npm run build` : install,
    start,
    ...guess,
  };
}

function parseManifest(text: string): { name?: string; main?: string; start?: string; hasBuild: boolean } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { hasBuild: false };
  }
  const name = field(value, 'name');
  const bin = field(value, 'bin');
  const firstBin = typeof bin === 'object' && bin !== null ? Object.values(bin).map(String)[0] : bin;
  const main = typeof firstBin === 'string' ? firstBin : field(value, 'main');
  const scripts = field(value, 'scripts');
  const start = field(scripts, 'start');
  return {
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof main === 'string' ? { main } : {}),
    ...(typeof start === 'string' ? { start } : {}),
    hasBuild: typeof field(scripts, 'build') === 'string',
  };
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function brokerFile(project: Project): string {
  const { build, env, ports, metrics, known } = project;
  return `# yaml-language-server: $schema=${schemaFolder}/chaos.schema.json
# How chaos-action builds and starts this broker. Reference: docs/chaos-yml.md
broker:
  name: ${quoted(project.name)}
${build === undefined ? '' : `  # Run once, in the folder that chaos-action is run in.\n  build: ${quoted(build)}\n`}\
  # Runs one node in the foreground. Liquid templates work in start, env and files:
  # node.name, node.index, node.folder, node.ports.NAME, peers, cluster.name, cluster.size.
  start: ${quoted(project.start)}
  env:${known ? '' : ' # change the names to those that the broker reads'}
${env.map((line) => `    ${line}`).join('\n')}
${
  known
    ? ''
    : `  # A broker that is configured by a file gets one in each node's own folder:
  # files:
  #   broker.conf: |
  #     listener {{ node.ports.mqtt }} 127.0.0.1
  #     # name it in start as {{ node.folder }}/broker.conf
`
}\
  # Free ports are found for these names on each node.
  ports: [${ports.join(', ')}]
  # Those that nodes reach each other by; they are reached through proxies, which faults act on.
  peer-ports: [cluster]
  # All that is named must hold: mqtt, http (an address that answers 200), log (a text in the output).
  ready:
    mqtt: true
    within: 30s
${metrics === undefined ? `  # metrics: "http://127.0.0.1:{{ node.ports.metrics }}/metrics" # add metrics to ports for this` : `  metrics: "${metrics}"`}
  # mqtt:
  #   username: chaos
  #   password: \${BROKER_PASSWORD} # from the environment, and never printed
${commonTail()}`;
}

function presetFile(): string {
  return `# yaml-language-server: $schema=${schemaFolder}/chaos.schema.json
# Which broker chaos-action tries, and how. Reference: docs/chaos-yml.md
broker:
  # Shipped: ${presetNames().join(', ')}. Keys given beside it override its own; without a preset, give at least start.
  preset: embedded
  # build: make
  # start: ./bin/broker --port {{ node.ports.mqtt }} --peers {{ peers | map: 'cluster' | join: ',' }}
  # ports: [mqtt, cluster]
${commonTail()}`;
}

function commonTail(): string {
  return `cluster:
  nodes: 3
workload:
  rate: 300/s
# score:
#   fail-below: 7 # the run fails when the score, 0 to 10, is lower
`;
}

function read(cwd: string, name: string): string | undefined {
  const path = join(cwd, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function folders(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** The lines of a TOML section up to the next one. */
function section(text: string, header: string): string | undefined {
  const [, after] = text.split(header, 2);
  return after?.split(/^\[/m, 1)[0];
}

function tomlName(text: string | undefined): string | undefined {
  return text === undefined ? undefined : /^\s*name\s*=\s*["']([^"']+)["']/m.exec(text)?.[1];
}

/** A name that needs no quotes in a shell; the folder's when the project has none. */
function shellName(name: string | undefined, cwd: string): string {
  const clean = (name ?? basename(cwd)).replace(/[^A-Za-z0-9._-]/g, '-').replace(/^[-.]+/, '');
  return clean === '' ? 'broker' : clean;
}

/** As YAML: plain where that is safe, otherwise in quotes. */
function quoted(text: string): string {
  return /^[A-Za-z./_][A-Za-z0-9 ./_=&@-]*$/.test(text) &&
    !/^(true|false|null|yes|no|on|off|~)$/i.test(text) &&
    !text.endsWith(' ')
    ? text
    : JSON.stringify(text);
}
