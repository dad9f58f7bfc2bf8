// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is what chaos.yml reads the environment by
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { initCommand } from '../../src/cli/init.ts';
import { validateCommand } from '../../src/cli/validate.ts';
import { chaosJsonSchema } from '../../src/config/json-schema.ts';
import { loadConfig } from '../../src/config/load.ts';
import { workspace } from '../config/workspace.ts';

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
      { 'go.mod': 'module example.com/x\n', 'cmd/cli/main.go': '', 'cmd/mqtt-server/main.go': '' },
      'x',
      'go build -o bin/x ./cmd/mqtt-server',
      './bin/x',
    ],
    [
      'EMQX-Go',
      { 'go.mod': 'module github.com/turtacn/emqx-go\n', 'cmd/emqx-go/main.go': '' },
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
      'a Rust workspace',
      { 'Cargo.toml': '[workspace]\nmembers = ["a"]\n' },
      undefined,
      'cargo build --release',
      undefined,
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
    init();
    expect(Object.keys(broker().env)).toEqual([
      'NODE_ID',
      'MQTT_PORT',
      'GRPC_PORT',
      'METRICS_PORT',
      'DASHBOARD_PORT',
      'PEER_NODES',
    ]);
  });

  test('a project that it does not recognise gets a file to be filled in, which is refused until it is', () => {
    space.write('CMakeLists.txt', 'project(mosquitto)\n');
    expect(init()).toEqual([
      'wrote chaos.yml, to be filled in: there is no go.mod, Cargo.toml, mix.exs, rebar.config or package.json here',
      '  say how the broker is built and started: build and start',
      'next: chaos-action validate, then chaos-action run',
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
      /^( *)# (?=( *)(files:|broker\.conf|listener|mqtt:|username|password|score:|fail-below))/gm,
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
      '  check how the broker takes its ports and its peers: env, files and start',
      'next: chaos-action validate, then chaos-action run',
    ]);
  });

  test('another file is named in the next command, and its folder is made', () => {
    space.write('go.mod', 'module example.com/fine\n');
    const next = (file: string): string | undefined => init({ file }).at(-1);
    expect(next('conf/mine.yml')).toBe(
      'next: chaos-action validate --config conf/mine.yml, then chaos-action run --config conf/mine.yml',
    );
    expect(next('.github/chaos.yml')).toBe('next: chaos-action validate, then chaos-action run');
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
