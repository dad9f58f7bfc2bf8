import type { Problem } from '../base/error.ts';
import { suggest } from '../config/nearest.ts';
import { throwProblems } from '../config/problems.ts';
import { parseTiers } from '../config/scenarios.ts';
import { type PrivilegedMode, privilegedModes } from '../model/privileged-mode.ts';
import type { Tier } from '../model/scenario.ts';
import { mostDurationMs, parseDurationMs } from '../model/units.ts';
import type { Repeat } from '../run/decide.ts';

export const compares = ['none', 'artifact', 'merge-base'] as const;
export const commentings = ['auto', 'always', 'never'] as const;

/** The inputs of action.yml, checked. An empty input is undefined. */
export type Inputs = {
  readonly config: string | undefined;
  readonly broker: string | undefined;
  readonly tier: 'auto' | readonly Tier[];
  readonly scenarios: readonly string[] | undefined;
  readonly plan: string | undefined;
  readonly nodes: number | undefined;
  readonly durationMs: number | undefined;
  readonly seed: string | undefined;
  readonly failBelow: number | undefined;
  readonly warnBelow: number | undefined;
  readonly failOnInconclusive: boolean;
  readonly repeat: Repeat;
  readonly workingDirectory: string;
  readonly compare: (typeof compares)[number];
  readonly comment: (typeof commentings)[number];
  readonly commentId: string | undefined;
  readonly artifactName: string | undefined;
  readonly retentionDays: number | undefined;
  readonly privileged: PrivilegedMode;
  readonly token: string | undefined;
  /** The values of the matrix in this job, in the order of the workflow; empty without a matrix. */
  readonly matrix: readonly string[];
};

/** Every input by the name that action.yml gives it. */
export const inputNames = [
  'config',
  'broker',
  'tier',
  'scenarios',
  'plan',
  'nodes',
  'duration',
  'seed',
  'fail-below',
  'warn-below',
  'fail-on-inconclusive',
  'repeat',
  'working-directory',
  'compare',
  'comment',
  'comment-id',
  'artifact-name',
  'retention-days',
  'privileged',
  'github-token',
  'matrix',
] as const;
type InputName = (typeof inputNames)[number];

/** Reads and checks all inputs. Throws one ChaosError with every problem found. */
export function loadInputs(get: (name: InputName) => string): Inputs {
  const problems: Problem[] = [];
  const complain = (name: InputName, message: string, hint?: string): undefined => {
    problems.push({ message: `input ${name}: ${message}`, ...(hint === undefined ? {} : { hint }) });
    return undefined;
  };
  const given = (name: InputName): string | undefined => get(name).trim() || undefined;
  const number = (name: InputName, most: number, words: string): number | undefined => {
    const value = given(name);
    if (value === undefined) return undefined;
    const parsed = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
    return parsed <= most ? parsed : complain(name, `"${value}" is not ${words}`);
  };
  const whole = (name: InputName, most: number, words: string): number | undefined => {
    const value = number(name, most, words);
    return value === undefined || (Number.isInteger(value) && value > 0)
      ? value
      : complain(name, `"${value}" is not ${words}`);
  };
  const oneOf = <Word extends string>(name: InputName, words: readonly Word[], otherwise: Word): Word => {
    const value = given(name)?.toLowerCase();
    const word = words.find((one) => one === value);
    if (value !== undefined && word === undefined)
      complain(name, `"${value}" is none of ${words.join(', ')}`, suggest(value, words, 'values'));
    return word ?? otherwise;
  };
  const duration = (): number | undefined => {
    const value = given('duration');
    if (value === undefined) return undefined;
    const ms = parseDurationMs(value);
    if (ms === undefined || ms <= 0) return complain('duration', `"${value}" is not a duration`, 'such as 30s or 5m');
    return ms <= mostDurationMs ? ms : complain('duration', `"${value}" is longer than a year`, 'at most 8784h');
  };
  const tier = (): Inputs['tier'] => {
    const value = given('tier') ?? 'auto';
    if (value === 'auto') return 'auto';
    try {
      return parseTiers(value);
    } catch (error) {
      complain('tier', error instanceof Error ? error.message : String(error), 'auto, basic, fault, stress, extreme');
      return [];
    }
  };
  const names = given('scenarios')
    ?.split(/[,\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const plan = given('plan');
  if (plan !== undefined && names !== undefined)
    complain('plan', 'not together with scenarios', 'leave one of them away');

  const inputs: Inputs = {
    config: given('config'),
    broker: given('broker'),
    tier: tier(),
    scenarios: names,
    plan,
    nodes: whole('nodes', 1_000, 'a whole number of nodes'),
    durationMs: duration(),
    seed: given('seed'),
    failBelow: number('fail-below', 10, 'a score from 0 to 10'),
    warnBelow: number('warn-below', 10, 'a score from 0 to 10'),
    failOnInconclusive: oneOf('fail-on-inconclusive', ['true', 'false'], 'false') === 'true',
    repeat: oneOf('repeat', ['1', '3'], '3') === '1' ? 1 : 3,
    workingDirectory: given('working-directory') ?? '.',
    compare: oneOf('compare', compares, 'artifact'),
    comment: oneOf('comment', commentings, 'auto'),
    commentId: given('comment-id'),
    artifactName: given('artifact-name'),
    retentionDays: whole('retention-days', 400, 'a whole number of days'),
    privileged: oneOf('privileged', privilegedModes, 'auto'),
    token: given('github-token'),
    matrix: matrixValues(get('matrix'), (message) => complain('matrix', message)),
  };
  throwProblems(problems);
  return inputs;
}

/** The leaves of `toJSON(matrix)`, which is `null` without a matrix. */
function matrixValues(json: string, complain: (message: string) => void): string[] {
  if (json.trim() === '') return [];
  try {
    return leaves(JSON.parse(json));
  } catch {
    complain('not for you to set: it is the matrix of the job as JSON');
    return [];
  }
}

function leaves(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  if (typeof value === 'object') return Object.values(value).flatMap(leaves);
  return [String(value)];
}
