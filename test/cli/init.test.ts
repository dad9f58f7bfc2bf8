// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is what chaos.yml reads the environment by
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { initCommand, knownFile } from '../../src/cli/init.ts';
import { validateCommand } from '../../src/cli/validate.ts';
import { chaosJsonSchema } from '../../src/config/json-schema.ts';
import { knownBrokers } from '../../src/config/known-brokers.ts';
import { loadConfig } from '../../src/config/load.ts';
import { workspace } from '../config/workspace.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples');

let space: ReturnType<typeof workspace>;
beforeEach(() => {
  space = workspace();
});
afterEach(() => space.remove());

function init(options: { file?: string; force?: boolean } = {}): string[] {
  const lines: string[] = [];
  expect(initCommand({ cwd: space.folder, force: false, ...options }, (line) => lines.push(line))).toBe(0);
  return lines;
}

const broker = (file?: string) =>
  loadConfig({ cwd: space.folder, env: {}, ...(file === undefined ? {} : { file }) }).broker;

describe('init writes a chaos.yml that fits the project and passes validate', () => {
  test.each([
    [
      'a Go module',
      { 'go.mod': 'module github.com/acme/fine-broker/v2\n\ngo 1.22\n', 'main.go': '' },
      'fine-broker',
      'go build -o bin/fine-broker .',
      './bin/fine-broker',
    ],
    [
      'a Go module with one command',
      { 'go.mod': 'module example.com/x\n', 'cmd/x/main.go': '', 'cmd/tool/main.go': '' },
      'x',
      'go build -o bin/x ./cmd/x',
      './bin/x',
    ],
    [
      'a Go module with a server among its commands',
      {
        'go.mod': 'module example.com/x\n',
        'cmd/cli/main.go': '',
        'cmd/mqtt-server/main.go': '',
        'cmd/docs/README': '',
      },
      'x',
      'go build -o bin/x ./cmd/mqtt-server',
      './bin/x',
    ],
    [
      'EMQX-Go',
      { 'go.mod': 'module github.com/turtacn/emqx-go\n', 'cmd/emqx-go/main.go': 'os.Getenv("PEER_NODES")' },
      'emqx-go',
      'go build -o bin/emqx-go ./cmd/emqx-go',
      './bin/emqx-go',
    ],
    [
      'a Rust crate',
      { 'Cargo.toml': '[package]\nname = "rumq"\nversion = "1.0.0"\n', 'Cargo.lock': '' },
      'rumq',
      'cargo build --release --locked',
      './target/release/rumq',
    ],
    [
      'a Rust crate with a named binary',
      { 'Cargo.toml': '[package]\nname = "rumq"\n\n[[bin]]\nname = "rumqd"\npath = "src/d.rs"\n' },
      'rumqd',
      'cargo build --release',
      './target/release/rumqd',
    ],
    [
      'a Rust workspace: the binary that its members name, not the folder',
      {
        'Cargo.toml': '[workspace]\nmembers = [\n  "client",\n  "crates/*",\n]\n',
        'client/Cargo.toml': '[package]\nname = "mq-client"\n',
        'crates/bench/Cargo.toml': '[package]\nname = "mq-bench"\n',
        'crates/bench/src/main.rs': '',
        'crates/daemon/Cargo.toml': '[package]\nname = "mqttd"\n',
        'crates/daemon/src/main.rs': '',
      },
      'mqttd',
      'cargo build --release --bin mqttd',
      './target/release/mqttd',
    ],
    [
      'a CMake project: the program that it names',
      {
        'CMakeLists.txt': 'cmake_minimum_required(VERSION 3.5)\nproject(fine VERSION 1)\nadd_subdirectory(src)\n',
        'src/CMakeLists.txt': 'add_executable(fine_passwd a.c)\nadd_executable(fine b.c)\n',
      },
      'fine',
      'cmake -S . -B build-chaos -DCMAKE_BUILD_TYPE=Release && cmake --build build-chaos --target fine --parallel',
      './build-chaos/src/fine',
    ],
    [
      'a Gradle project',
      { 'build.gradle.kts': '', 'settings.gradle.kts': 'rootProject.name = "mq"\n', gradlew: '' },
      'mq',
      './gradlew --quiet installDist',
      './build/install/mq/bin/mq',
    ],
    [
      'a Maven project',
      { 'pom.xml': '<project><parent><artifactId>p</artifactId></parent><artifactId>mq</artifactId></project>' },
      'mq',
      'mvn -q -B -DskipTests package',
      'exec java -jar target/mq-*.jar',
    ],
    [
      'an npm package',
      {
        'package.json': '{"name":"@acme/mq","main":"lib/main.js","scripts":{"build":"tsc"}}',
        'package-lock.json': '{}',
      },
      'mq',
      'npm ci && npm run build',
      'node lib/main.js',
    ],
    [
      'an npm package with a start script',
      { 'package.json': '{"name":"mq","scripts":{"start":"node --enable-source-maps server.js"}}' },
      'mq',
      'npm install',
      'node --enable-source-maps server.js',
    ],
    ['a broken package.json', { 'package.json': '{' }, undefined, 'npm install', 'node index.js'],
    [
      'an Elixir project',
      { 'mix.exs': 'defmodule M do\n  def project, do: [app: :mqx, version: "1"]\nend\n' },
      'mqx',
      'mix deps.get && MIX_ENV=prod mix release --overwrite',
      './_build/prod/rel/mqx/bin/mqx start',
    ],
    [
      'an Erlang release',
      { 'rebar.config': '{relx, [{release, {vmq, "1.0"}, [vmq]}]}.\n', rebar3: '' },
      'vmq',
      './rebar3 release',
      './_build/default/rel/vmq/bin/vmq foreground',
    ],
  ])('%s', (_, files, name, build, start) => {
    for (const [file, text] of Object.entries(files)) space.write(file, text);
    init();
    expect(broker()).toMatchObject({
      build,
      peerPorts: ['cluster'],
      ...(name ? { name } : {}),
      ...(start ? { start } : {}),
    });
    const lines: string[] = [];
    const code = validateCommand(
      { cwd: space.folder, tiers: ['basic'], set: {} },
      { env: {}, colour: false, json: false },
      (line) => lines.push(line),
    );
    expect([code, lines[0]]).toEqual([0, 'chaos.yml is valid']);
    const accepted = z
      .fromJSONSchema(chaosJsonSchema())
      .safeParse(parse(readFileSync(join(space.folder, 'chaos.yml'), 'utf8')));
    expect(accepted.success).toBe(true);
  });

  test('EMQX-Go gets the variables that it reads', () => {
    space.write('go.mod', 'module github.com/turtacn/emqx-go\n');
    space.write('cmd/emqx-go/main.go', 'os.Getenv("PEER_NODES")');
    init();
    expect(broker().links).toBe('transparent');
    expect(Object.keys(broker().env)).toEqual([
      'NODE_ID',
      'MQTT_PORT',
      'GRPC_PORT',
      'METRICS_PORT',
      'DASHBOARD_PORT',
      'PEER_NODES',
    ]);
  });

  test.each([
    [
      'mochi',
      { 'go.mod': 'module github.com/mochi-mqtt/server/v2\n', 'cmd/main.go': '' },
      { build: 'go build -o bin/mochi ./cmd', ports: ['mqtt', 'ws', 'http'] },
    ],
    [
      'rumqttd',
      {
        'Cargo.toml': '[workspace]\nmembers = ["rumqttc", "rumqttd"]\n',
        'rumqttd/Cargo.toml': '[package]\nname = "rumqttd"\n',
      },
      { build: 'cargo build --release --locked --bin rumqttd' },
    ],
    ['aedes', { 'package.json': '{"name":"aedes","main":"aedes.js"}' }, { ports: ['mqtt'] }],
    [
      'mosquitto',
      { 'CMakeLists.txt': 'project(mosquitto\n VERSION 2.1\n)\n', 'src/mosquitto.c': '' },
      { start: './build-chaos/src/mosquitto -c "{{ node.folder }}/mosquitto.conf"' },
    ],
    ['nats', { 'go.mod': 'module github.com/nats-io/nats-server/v2\n' }, { build: 'go build -o bin/nats-server .' }],
    [
      'flashmq',
      { 'CMakeLists.txt': 'project(FlashMQ VERSION 1.2)\n' },
      { files: { 'flashmq.conf': expect.stringContaining('port {{ node.ports.mqtt }}') } },
    ],
    ['comqtt', { 'go.mod': 'module github.com/wind-c/comqtt/v2\n' }, { build: 'go build -o bin/comqtt ./cmd/single' }],
    ['vernemq', { 'rebar.config': '{relx, [{release, {vernemq, "2"}, [vmq_server]}]}.' }, { links: 'transparent' }],
  ])('%s is recognised, and what it writes loads', (name, files, expected) => {
    for (const [file, text] of Object.entries(files)) space.write(file, text);
    expect(init()[0]).toContain(`wrote chaos.yml for ${name} (from `);
    expect(broker()).toMatchObject({ name, ...expected });
  });

  test('every broker that is known gets a file that loads', () => {
    for (const known of knownBrokers.filter(({ impossible }) => impossible === undefined)) {
      space.write('chaos.yml', knownFile(known));
      expect([known.name, broker().name]).toEqual([known.name, known.name]);
    }
  });

  test.each(
    knownBrokers.filter(({ name, impossible }) => impossible === undefined && existsSync(join(examples, name))),
  )('examples/$name has what it writes; node scripts/examples.mjs writes it anew', (known) => {
    expect(readFileSync(join(examples, known.name, 'chaos.yml'), 'utf8')).toBe(knownFile(known));
  });

  test.each(readdirSync(examples).filter((name) => !['embedded-tls', 'grafana'].includes(name)))(
    'examples/%s has the workflow of a maintainer',
    (name) => {
      const text = readFileSync(join(examples, name, '.github', 'workflows', 'chaos.yml'), 'utf8');
      const { jobs, permissions } = parse(text) as {
        jobs: { chaos: { steps: { uses?: string }[] } };
        permissions: object;
      };
      expect(jobs.chaos.steps.at(-1)?.uses).toBe('org/chaos-action@v1');
      expect(permissions).toEqual({ actions: 'read', contents: 'read', 'pull-requests': 'write' });
    },
  );

  test('EMQX-Go upstream cannot run on one machine: it says so, and what it writes is refused', () => {
    space.write('go.mod', 'module github.com/turtacn/emqx-go\n');
    space.write('cmd/emqx-go/main.go', 'flag.Parse()');
    expect(init()[0]).toContain('finds its peers through Kubernetes only');
    expect(() => broker()).toThrow('broker.start is missing');
  });

  test('what a README says of its start is taken, with the port replaced, and marked as a guess', () => {
    space.write('go.mod', 'module example.com/fine\n');
    space.write('README.md', '# fine\n\nRun it:\n\n    $ ./bin/fine --listen 0.0.0.0:1883 --log info\n');
    expect(init()).toContain('  guessed: how one node is started: README.md starts it so, at port 1883');
    expect(broker().start).toBe('./bin/fine --listen 0.0.0.0:{{ node.ports.mqtt }} --log info');
    expect(readFileSync(join(space.folder, 'chaos.yml'), 'utf8')).toContain('# GUESS: README.md starts it so');
  });

  test('so is the configuration file that a README names', () => {
    space.write('go.mod', 'module example.com/fine\n');
    space.write('README.md', '```\nfine -c conf/fine.yaml\n```\n');
    space.write('conf/fine.yaml', 'listen:\n  - tcp://0.0.0.0:1883\n\nlog: info\n');
    init();
    expect(broker()).toMatchObject({
      start: './bin/fine -c "{{ node.folder }}/fine.yaml"',
      files: { 'fine.yaml': 'listen:\n  - tcp://0.0.0.0:{{ node.ports.mqtt }}\n\nlog: info\n' },
    });
  });

  test.each([
    ['a command of another program', 'mosquitto_pub -p 1883 -t a'],
    ['a sentence about it', 'fine listens on port 1883 (see below), and so on'],
    ['a pipe', 'fine --port 1883 | tee log'],
    ['its place in a container', 'docker run -p 1883:1883 example/fine'],
  ])('%s is no way to start it', (_, line) => {
    space.write('go.mod', 'module example.com/fine\n');
    space.write('README.md', `${line}\n`);
    init();
    expect(broker().start).toBe('./bin/fine');
  });

  test('a Python project: the program that it installs', () => {
    space.write(
      'pyproject.toml',
      '[project]\nname = "finemq"\nversion = "1"\n\n[project.scripts]\nfinemq = "fine.broker:main"\nfinemq_pub = "fine.pub:main"\n',
    );
    init();
    expect(broker()).toMatchObject({
      name: 'finemq',
      build: 'python3 -m venv build-chaos && build-chaos/bin/pip install --quiet .',
      start: './build-chaos/bin/finemq',
    });
  });

  test('where the checkout names a port, the file says so', () => {
    space.write('go.mod', 'module example.com/fine\n');
    space.write('conf/fine.yaml', 'log: info\nlisten: 0.0.0.0:1883\n');
    space.write('node_modules/other/config.yaml', 'port: 1883\n');
    init();
    const text = readFileSync(join(space.folder, 'chaos.yml'), 'utf8');
    expect(text).toContain('  #   conf/fine.yaml:2 has: listen: 0.0.0.0:1883\n');
    expect(text).not.toContain('node_modules');
  });

  test('a project that it does not recognise gets a file to be filled in, which is refused until it is', () => {
    space.write('Makefile', 'all:\n');
    expect(init()).toEqual([
      'wrote chaos.yml, to be filled in: there is no go.mod, Cargo.toml, mix.exs, rebar.config, package.json, pyproject.toml, pom.xml, build.gradle or CMakeLists.txt here',
      '  say how the broker is built and started: build and start',
      'next: chaos-action validate, then chaos-action init --try, then chaos-action run',
    ]);
    expect(() => broker()).toThrow('broker.start is missing');
    const text = readFileSync(join(space.folder, 'chaos.yml'), 'utf8');
    space.write('chaos.yml', text.replace('# start:', 'start:'));
    expect(broker()).toMatchObject({ name: 'broker', start: './broker -c "{{ node.folder }}/broker.conf"' });
  });

  test('its comments hold too: what is commented out is legal when it is not', () => {
    space.write('go.mod', 'module example.com/x\n');
    init();
    const text = readFileSync(join(space.folder, 'chaos.yml'), 'utf8');
    const open = text.replace(
      /^( *)# (?=( *)(env:|MQTT_PORT|PEERS|files:|broker\.conf|listener|mqtt:|username|password|score:|fail-below))/gm,
      '$1',
    );
    space.write('chaos.yml', open);
    const config = loadConfig({ cwd: space.folder, env: { BROKER_PASSWORD: 'geheim' } });
    expect(config).toMatchObject({
      broker: { mqtt: { username: 'chaos', password: 'geheim' } },
      score: { failBelow: 7 },
    });
    expect(Object.keys(config.broker.files)).toEqual(['broker.conf']);
  });
});

describe('init says what it did and what comes next', () => {
  test('with the project and where it was seen', () => {
    space.write('Cargo.toml', '[package]\nname = "rumq"\n');
    expect(init()).toEqual([
      'wrote chaos.yml for rumq (Rust, from Cargo.toml)',
      '  guessed: no binary is named, so it is taken to be rumq',
      '  not known: how the broker is told its ports and its peers; see CHECK in the file',
      'next: chaos-action validate, then chaos-action init --try, then chaos-action run',
    ]);
  });

  test('another file is named in the next command, and its folder is made', () => {
    space.write('go.mod', 'module example.com/fine\n');
    const next = (file: string): string | undefined => init({ file }).at(-1);
    expect(next('conf/mine.yml')).toBe(
      'next: chaos-action validate --config conf/mine.yml, then chaos-action init conf/mine.yml --try, then chaos-action run --config conf/mine.yml',
    );
    expect(next('.github/chaos.yml')).toBe(
      'next: chaos-action validate, then chaos-action init --try, then chaos-action run',
    );
    expect(next("it's mine.yml")).toContain(String.raw`--config 'it'\''s mine.yml'`);
    const elsewhere = join(space.folder, 'absolute', 'chaos.yml');
    expect(next(elsewhere)).toContain(`--config ${elsewhere},`);
    for (const file of ['conf/mine.yml', elsewhere]) expect(broker(file).name).toBe('fine');
  });

  test('a folder is not a file to write: it says how to name one', () => {
    const folder = join(space.folder, 'absolute');
    mkdirSync(folder);
    for (const force of [false, true])
      expect(() => init({ file: folder, force })).toThrow(
        expect.objectContaining({
          code: 'usage',
          message: `${folder} is a folder`,
          hint: `name the file to write, such as ${join(folder, 'chaos.yml')}`,
        }),
      );
  });

  test('a file that is there is kept, unless --force', () => {
    space.write('chaos.yml', 'broker: { start: mine }\n');
    expect(() => init()).toThrow(
      expect.objectContaining({ code: 'usage', message: 'chaos.yml is there already', exitCode: 3 }),
    );
    expect(broker().start).toBe('mine');
    space.write('go.mod', 'module example.com/fine\n');
    init({ force: true });
    expect(broker().name).toBe('fine');
  });
});
