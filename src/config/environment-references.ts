import { secretsIn } from '../base/mask.ts';

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
  readonly text: string;
  /** What came from the environment and must not be printed. */
  readonly secrets: readonly string[];
  /** Names that have no value or may not be used, and where they stand in the text, counted from 1. */
  readonly refused: readonly {
    readonly name: string;
    readonly why: 'unset' | 'runners-own';
    readonly row: number;
    readonly column: number;
  }[];
};

/** Puts in the values; `$${NAME}` stays as `${NAME}`. In a template, a value never counts as template itself. */
export function revealReferences(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
  isTemplate: boolean,
): Revealed {
  const secrets: string[] = [];
  const refused: Revealed['refused'][number][] = [];
  const revealed = text.replace(hidden, (_, escaped: string, name: string, offset: number) => {
    if (escaped !== '') return `\${${name}}`;
    const value = env[name];
    if (value === undefined || isRunnersOwn(name)) {
      const before = text.slice(0, offset);
      const place = { row: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
      refused.push({ name, why: isRunnersOwn(name) ? 'runners-own' : 'unset', ...place });
      return `\${${name}}`;
    }
    if (!publicNames.has(name)) secrets.push(...secretsIn(value));
    return isTemplate ? value.replace(/\{[{%]/g, (braces) => `{{ "${braces}" }}`) : value;
  });
  return { text: revealed, secrets, refused };
}
