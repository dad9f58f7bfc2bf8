import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../base/error.ts';
import { hideReferences, restoreReferences, revealReferences } from './environment-references.ts';
import { suggest } from './nearest.ts';
import { locate, merge, problemOf, type Raw, type RawScalar, rawAt, rawMap, rawOption } from './raw.ts';
import { presetNames, shippedFolder } from './shipped.ts';
import { parseYaml, readText, shownPath } from './yaml-file.ts';

export type LoadConfigOptions = {
  /** A chaos.yml, relative to `cwd`. Without it and without `preset`, those of `defaultFiles` are looked for. */
  readonly file?: string | undefined;
  /** A preset by name; overrides the one that the file names. */
  readonly preset?: string | undefined;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the command line says; it overrides the file. */
  readonly overrides?: {
    readonly nodes?: number | undefined;
    readonly mqttVersion?: string | undefined;
    readonly profile?: string | undefined;
    readonly ratePerSecond?: number | undefined;
    readonly failBelow?: number | undefined;
  };
  /** Where presets are; tests pass their own. */
  readonly presetsFolder?: string;
};

/** The files that are looked for when none is named; there may be one of them. */
export const defaultFiles = ['chaos.yml', 'chaos.yaml', '.github/chaos.yml', '.github/chaos.yaml'] as const;

/** What is said about a run, and by whom. */
export type Layers = {
  /** What the command line, chaos.yml and the preset say together; the former override the latter. */
  readonly raw: Raw;
  /** The chaos.yml that was read, and the preset that was taken. */
  readonly file: string | undefined;
  readonly presetName: string | undefined;
  readonly problems: readonly Problem[];
  readonly secrets: readonly string[];
};

const emptyLayer: Raw = rawMap({});

/** A value that a layer would say if it could be read. Nothing is reported of it, and of what depends on it. */
const unknownValue: RawScalar = { type: 'scalar', value: null, source: '', isReported: true };

/** Stands for a layer that cannot be read: that it lacks something, or that something does not fit it, is not known. */
const unknownLayer: Raw = rawMap({
  broker: rawMap({
    start: unknownValue,
    ports: unknownValue,
    'peer-ports': unknownValue,
    ready: rawMap({ http: unknownValue }),
  }),
  cluster: rawMap({ nodes: unknownValue }),
});

/** Reads chaos.yml and the preset that is asked for. */
export function readLayers(options: LoadConfigOptions): Layers {
  const { cwd, env, presetsFolder = shippedFolder('brokers') } = options;
  const found = findFile(options);
  const user = found.file === undefined ? undefined : readLayer(found.file, cwd, env, 'chaos-action init writes one');
  const preset = findPreset({ asked: options.preset, file: found.file, user: user?.raw }, presetsFolder);
  const read = preset.file === undefined ? undefined : readLayer(preset.file, cwd, env);
  const userLayer = user === undefined ? emptyLayer : (user.raw ?? unknownLayer);
  const presetLayer = preset.isNone ? emptyLayer : (read?.raw ?? unknownLayer);
  return {
    raw: merge(commandLineLayer(options.overrides ?? {}), merge(userLayer, presetLayer)),
    file: found.file,
    presetName: preset.name,
    problems: [...found.problems, ...(user?.problems ?? []), ...preset.problems, ...(read?.problems ?? [])],
    secrets: [...new Set([...(user?.secrets ?? []), ...(read?.secrets ?? [])])],
  };
}

/** The chaos.yml to read, if there is one. */
function findFile({ file, preset, cwd }: LoadConfigOptions): { file: string | undefined; problems: Problem[] } {
  const candidates = preset === undefined ? defaultFiles.filter((name) => existsSync(join(cwd, name))) : [];
  if (file !== undefined || candidates.length < 2) return { file: file ?? candidates[0], problems: [] };
  const message = `there are ${candidates.slice(0, -1).join(', ')} and ${candidates.at(-1)}, and one of them would be ignored`;
  const hint = 'keep one, or name it with --config (in a workflow: config)';
  return { file: candidates[0], problems: [problemOf(message, hint)] };
}

type FoundPreset = {
  readonly name?: string | undefined;
  /** Its file. */
  readonly file?: string;
  /** Whether no preset is asked for. */
  readonly isNone?: true;
  readonly problems: readonly Problem[];
};

/** The preset that is asked for, that of chaos.yml or, without either, the embedded broker. */
function findPreset(
  { asked, file, user }: { asked: string | undefined; file: string | undefined; user: Raw | undefined },
  folder: string,
): FoundPreset {
  const path = ['broker', 'preset'];
  const own = user && rawAt(user, path);
  if (asked === undefined && user !== undefined && own === undefined) return { isNone: true, problems: [] };
  const name = asked ?? (file === undefined ? 'embedded' : own && readableText(own));
  // A file that cannot be read may name any; of what is no text the schema complains.
  if (name === undefined) return { problems: [] };
  const known = presetNames(folder);
  if (known.includes(name)) return { name, file: join(folder, `${name}.yml`), problems: [] };
  const location = asked === undefined && user !== undefined ? locate(user, path) : undefined;
  return { name, problems: [problemOf(`there is no preset "${name}"`, suggest(name, known, 'presets'), location)] };
}

/** The text that a layer gives, unless it is none or has a problem. */
function readableText(raw: Raw): string | undefined {
  if (raw.type !== 'scalar' || raw.isReported || typeof raw.value !== 'string') return undefined;
  return raw.value === '' ? undefined : raw.value;
}

/** One file: its YAML, and the values of the environment in it. */
function readLayer(
  path: string,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  hint?: string,
): { raw?: Raw; problems: readonly Problem[]; secrets: readonly string[] } {
  const read = readText(path, cwd, hint);
  if ('problem' in read) return { problems: [read.problem], secrets: [] };
  const { raw, problems } = parseYaml(hideReferences(read.text), shownPath(path, cwd), restoreReferences);
  return raw === undefined ? { problems, secrets: [] } : revealReferences(raw, env);
}

function commandLineLayer({
  nodes,
  mqttVersion,
  profile,
  ratePerSecond,
  failBelow,
}: NonNullable<LoadConfigOptions['overrides']>): Raw {
  return rawMap({
    ...(mqttVersion === undefined
      ? {}
      : { broker: rawMap({ mqtt: rawMap({ version: rawOption('mqtt', mqttVersion) }) }) }),
    ...(nodes === undefined ? {} : { cluster: rawMap({ nodes: rawOption('nodes', nodes) }) }),
    ...(profile === undefined && ratePerSecond === undefined
      ? {}
      : {
          workload: rawMap({
            ...(profile === undefined ? {} : { profile: rawOption('profile', profile) }),
            ...(ratePerSecond === undefined ? {} : { rate: rawOption('rate', `${plainNumber(ratePerSecond)}/s`) }),
          }),
        }),
    ...(failBelow === undefined ? {} : { score: rawMap({ 'fail-below': rawOption('fail-below', failBelow) }) }),
  });
}

/** Digits without an exponent, of which none is lost. */
function plainNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(20);
}
