import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { ChaosError, type ExitCode, exitCodes } from '../base/error.ts';
import { schemaFolder } from '../config/json-schema.ts';
import type { KnownBroker } from '../config/known-brokers.ts';
import { defaultFiles } from '../config/layers.ts';
import { loadConfig } from '../config/load.ts';
import { type PortHint, portHints } from '../config/port-hints.ts';
import { detectProject, type Project, projectFiles } from '../config/project.ts';
import { presetNames } from '../config/shipped.ts';
import { guessStart, type StartGuess } from '../config/start-guess.ts';

export type InitOptions = {
  readonly cwd: string;
  /** Where to write, relative to `cwd`. */
  readonly file?: string;
  readonly force: boolean;
};

/** Writes a chaos.yml that fits the project in `cwd`, and says what comes next. */
export function initCommand(options: InitOptions, out: (line: string) => void): ExitCode {
  const { cwd, file = 'chaos.yml', force } = options;
  const path = resolve(cwd, file);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new ChaosError('usage', `${file} is a folder`, {
      hint: `name the file to write, such as ${join(file, 'chaos.yml')}`,
      location: { file },
    });
  }
  if (existsSync(path) && !force) {
    throw new ChaosError('usage', `${file} is there already`, {
      hint: 'chaos-action validate checks it; --force overwrites it',
      location: { file },
    });
  }
  const { text, said } = describe(cwd, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  for (const line of said) out(line);
  const config = defaultFiles.some((name) => name === file) ? '' : ` --config ${quotedForShell(file)}`;
  out(
    `next: chaos-action validate${config}, then chaos-action init${config === '' ? '' : ` ${quotedForShell(file)}`} --try, then chaos-action run${config}`,
  );
  return exitCodes.pass;
}

/** Writes the file unless it is there, builds what it describes, and boots one node and three. */
export async function tryCommand(
  options: InitOptions & { readonly env: Readonly<Record<string, string | undefined>> },
  out: (line: string) => void,
): Promise<ExitCode> {
  const { cwd, file = 'chaos.yml', force, env } = options;
  if (force || !existsSync(resolve(cwd, file))) initCommand(options, out);
  const config = loadConfig({ cwd, env, file });
  const { tryBoot } = await import('./try-boot.ts');
  const abort = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => abort.abort(new ChaosError('cancelled', `cancelled by ${name}`));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onSignal);
  try {
    return await tryBoot({ config, run: `try-${process.pid}`, signal: abort.signal }, out);
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onSignal);
  }
}

/** What is written for the project of a folder, and what is said of it. */
function describe(cwd: string, file: string): { readonly text: string; readonly said: readonly string[] } {
  const project = detectProject(cwd);
  if (project === undefined) {
    const looked = `${projectFiles.slice(0, -1).join(', ')} or ${projectFiles.at(-1)}`;
    return {
      text: skeleton(),
      said: [
        `wrote ${file}, to be filled in: there is no ${looked} here`,
        '  say how the broker is built and started: build and start',
      ],
    };
  }
  const { known } = project;
  if (known?.impossible !== undefined)
    return { text: skeleton(known.impossible), said: [`wrote ${file}, to be filled in: ${known.impossible}`] };
  if (known !== undefined)
    return {
      text: knownFile(known),
      said: [
        `wrote ${file} for ${known.name} (from ${project.evidence})`,
        ...(known.isUntried ? ['  written from its documentation, and never tried: check each line'] : []),
      ],
    };
  const start = guessStart(cwd, basename(project.start.split(' ')[0] ?? ''));
  return {
    text: start === undefined ? guessedFile(project, portHints(cwd)) : startedFile(project, start),
    said: [
      `wrote ${file} for ${project.name} (${project.language}, from ${project.evidence})`,
      ...project.guesses.map((guess) => `  guessed: ${guess}`),
      ...(start === undefined ? [] : [`  guessed: how one node is started: ${start.why}`]),
      start === undefined
        ? '  not known: how the broker is told its ports and its peers; see CHECK in the file'
        : '  not known: how nodes find one another; see CHECK in the file',
    ],
  };
}

const reference = `# yaml-language-server: $schema=${schemaFolder}/chaos.schema.json
# How chaos-action builds and starts this broker. Reference: docs/chaos-yml.md
`;

/** A broker that is known, built from its own checkout. */
export function knownFile({ name, preset, lines, isUntried }: KnownBroker): string {
  const head =
    preset === undefined
      ? `  name: ${name}\n`
      : `  # Ports, files and signs of readiness are those of the preset; what is said here goes before it.\n  preset: ${preset}\n`;
  const own = lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.replace(/^ {4}/, ''))
    .join('\n');
  const note = isUntried ? `# Written from the documentation of ${name}, and never tried. CHECK each line.\n` : '';
  const tail = preset === undefined ? commonTail(1) : scoreTail;
  return `${reference}${note}broker:\n${head}${own === '' ? '' : `${own}\n`}${tail}`;
}

/** A broker of an unknown make: what is likely is marked, and what is not known is asked for. */
function guessedFile({ name, build, start, guesses }: Project, hints: readonly PortHint[]): string {
  return `${reference}broker:
  name: ${quoted(name)}
${build === undefined ? '' : `  # Run once, in the folder that chaos-action is run in.\n  build: ${quoted(build)}\n`}\
${guesses.map((guess) => `  # GUESS: ${guess}.\n`).join('')}\
  # Runs one node in the foreground. Liquid templates work in start, env and files:
  # node.name, node.index, node.folder, node.ports.NAME, peers, cluster.name, cluster.size.
  # CHECK: how is the broker told its port, its peers and its folder? All nodes run on one machine, so each needs ports of its own.
${hints.map(({ file, line, text }) => `  #   ${file}:${line} has: ${text}\n`).join('')}\
  # By options: write them here, as --port {{ node.ports.mqtt }}.
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

/** A broker of an unknown make of which somebody has written how it is started. One node, since its other ports are not known. */
function startedFile({ name, build, start, guesses }: Project, { why, options, file }: StartGuess): string {
  const files =
    file === undefined
      ? ''
      : `  files:\n    ${quoted(file.name)}: |\n${file.text
          .trimEnd()
          .split('\n')
          .map((line) => (line === '' ? '' : `      ${line}`))
          .join('\n')}\n`;
  return `${reference}broker:
  name: ${quoted(name)}
${build === undefined ? '' : `  # Run once, in the folder that chaos-action is run in.\n  build: ${quoted(build)}\n`}\
${guesses.map((guess) => `  # GUESS: ${guess}.\n`).join('')}\
  # GUESS: ${why}.
  start: ${JSON.stringify(`${start} ${options}`)}
${files}\
  # CHECK: a second node on this machine needs its other ports to be free ones too: name them here, and write {{ node.ports.NAME }} above.
  # How nodes find one another is said with peers: {{ peers | map: 'cluster' | join: ',' }}, and peer-ports: [cluster].
  ports: [mqtt]
  ready:
    mqtt: true
    within: 30s
${commonTail(1)}`;
}

/** Refused until `start` is there: a run of it would score a broker that is not the project's. */
function skeleton(why?: string): string {
  return `${reference}${why === undefined ? '' : `# ${why}.\n`}broker:
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
  # Instead of all that, a shipped broker: ${presetNames().join(', ')}.
  # preset: nats
${commonTail(3)}`;
}

/** As one word of a POSIX shell. */
function quotedForShell(text: string): string {
  return /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

const scoreTail = `# score:
#   fail-below: 7 # the run fails when the score, 0 to 10, is lower
`;

function commonTail(nodes: number): string {
  return `cluster:
  nodes: ${nodes}
workload:
  rate: 300/s
${scoreTail}`;
}

/** As YAML: plain where that is safe, otherwise in quotes. */
function quoted(text: string): string {
  return /^[A-Za-z./_][A-Za-z0-9 ./_=&@-]*$/.test(text) &&
    !/^(true|false|null|yes|no|on|off|~)$/i.test(text) &&
    !text.endsWith(' ')
    ? text
    : JSON.stringify(text);
}
