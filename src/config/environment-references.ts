import type { Problem } from '../base/error.ts';
import { secretsIn } from '../base/mask.ts';
import { mapScalars, type Path, problemOf, type Raw, type RawScalar } from './raw.ts';
import { isTemplatePath } from './template.ts';

/**
 * `${NAME}` in chaos.yml. In a flow map (`mqtt: { password: ${SECRET} }`) YAML would read its braces as a map's, so they are
 * swapped for private characters of the same length before parsing, which keeps every position, and swapped back afterwards.
 */
const open = '\uE000';
const close = '\uE001';
const reference = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const hidden = new RegExp(`(\\$?)\\$${open}([A-Za-z_][A-Za-z0-9_]*)${close}`, 'g');

/**
 * The variables that GitHub documents for every job, and those that every login has: their values are in each log and each address of a
 * run. https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
const publicNames = new Set(
  [
    'CI HOME HOSTNAME LANG LOGNAME PATH PWD SHELL TEMP TERM TMP TMPDIR TZ USER',
    'GITHUB_ACTION GITHUB_ACTIONS GITHUB_ACTION_PATH GITHUB_ACTION_REF GITHUB_ACTION_REPOSITORY GITHUB_ACTOR GITHUB_ACTOR_ID GITHUB_API_URL',
    'GITHUB_BASE_REF GITHUB_EVENT_NAME GITHUB_EVENT_PATH GITHUB_GRAPHQL_URL GITHUB_HEAD_REF GITHUB_JOB GITHUB_REF GITHUB_REF_NAME',
    'GITHUB_REF_PROTECTED GITHUB_REF_TYPE GITHUB_REPOSITORY GITHUB_REPOSITORY_ID GITHUB_REPOSITORY_OWNER GITHUB_REPOSITORY_OWNER_ID',
    'GITHUB_RETENTION_DAYS GITHUB_RUN_ATTEMPT GITHUB_RUN_ID GITHUB_RUN_NUMBER GITHUB_SERVER_URL GITHUB_SHA GITHUB_TRIGGERING_ACTOR',
    'GITHUB_WORKFLOW GITHUB_WORKFLOW_REF GITHUB_WORKFLOW_SHA GITHUB_WORKSPACE',
    'RUNNER_ARCH RUNNER_DEBUG RUNNER_ENVIRONMENT RUNNER_NAME RUNNER_OS RUNNER_TEMP RUNNER_TOOL_CACHE',
  ].flatMap((line) => line.split(' ')),
);

const runnersOwn = /^(?:INPUT_|STATE_|ACTIONS_|GITHUB_(?:OUTPUT|STATE|ENV|PATH|STEP_SUMMARY)$)/;

/**
 * Whether a variable is between the Action and its runner: its inputs and state, the token of the artifact service, the files that command
 * the runner. A build or a broker, which may be a stranger's, gets none of them, and chaos.yml may not name them.
 */
export function isRunnersOwn(name: string): boolean {
  return runnersOwn.test(name);
}

export function hideReferences(text: string): string {
  return text.replace(reference, `$$${open}$1${close}`);
}

/** The text as it was written. */
export function restoreReferences(text: string): string {
  return text.replaceAll(open, '{').replaceAll(close, '}');
}

export type Revealed = {
  readonly raw: Raw;
  readonly problems: readonly Problem[];
  /** What came from the environment and must not be printed. */
  readonly secrets: readonly string[];
};

/** Puts the values of the environment into what a chaos.yml says, of which `hideReferences` was parsed. */
export function revealReferences(raw: Raw, env: Readonly<Record<string, string | undefined>>): Revealed {
  const problems: Problem[] = [];
  const secrets: string[] = [];
  const revealed = mapScalars(raw, (scalar, path) => {
    const text = textOf(scalar, path);
    if (text === undefined) return scalar;
    const { value, secrets: own, refused } = revealText(text, env, isTemplatePath(path));
    secrets.push(...own);
    for (const { name, why, row, column } of refused) {
      const { message, hint } = refusal[why](name);
      problems.push(problemOf(message, hint, scalar.inside?.(row, column)));
    }
    return { ...scalar, value, ...(refused.length === 0 ? {} : { isReported: true }) };
  });
  return { raw: revealed, problems, secrets };
}

/** A scalar as text; undefined where it is to stay a number, true or false. */
function textOf({ value, source }: RawScalar, path: Path): string | undefined {
  if (typeof value === 'string') return value;
  return isTextPath(path) && value !== null ? source : undefined;
}

/** Values that are text whatever they look like: `PORT: 1883` is as good as `PORT: "1883"`. */
function isTextPath(path: Path): boolean {
  const [section, key, name] = path;
  if (section !== 'broker' || path.length !== 3) return false;
  return key === 'env' || (key === 'mqtt' && (name === 'username' || name === 'password'));
}

const refusal = {
  unset: (name: string) => ({
    message: `the environment variable ${name} is not set`,
    hint: `set it, or write $\${${name}} to keep the text as it is`,
  }),
  'runners-own': (name: string) => ({
    message: `the environment variable ${name} belongs to the Action and its runner; no broker gets it`,
    hint: 'give the value to the step under a name of your own, with env',
  }),
};

type RevealedText = {
  readonly value: string;
  readonly secrets: readonly string[];
  /** Names that have no value or may not be used, and where they stand in the text, counted from 1. */
  readonly refused: readonly {
    readonly name: string;
    readonly why: keyof typeof refusal;
    readonly row: number;
    readonly column: number;
  }[];
};

/** Puts in the values; `$${NAME}` stays as `${NAME}`. In a template, a value never counts as template itself. */
function revealText(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
  isTemplate: boolean,
): RevealedText {
  const secrets: string[] = [];
  const refused: RevealedText['refused'][number][] = [];
  const value = text.replace(hidden, (_, escaped: string, name: string, offset: number) => {
    if (escaped !== '') return `\${${name}}`;
    const found = env[name];
    if (found === undefined || isRunnersOwn(name)) {
      const before = text.slice(0, offset);
      const place = { row: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
      refused.push({ name, why: isRunnersOwn(name) ? 'runners-own' : 'unset', ...place });
      return `\${${name}}`;
    }
    if (!publicNames.has(name)) secrets.push(...secretsIn(found));
    return isTemplate ? found.replace(/\{[{%]/g, (braces) => `{{ "${braces}" }}`) : found;
  });
  return { value, secrets, refused };
}
