import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ActionOptions } from './runner.ts';

/**
 * The variables that a runner sets for every step of a job, and their folders and files. Nothing else is inherited from whoever runs the tests,
 * which may be a runner too. https://docs.github.com/actions/reference/variables-reference
 */
export function jobEnvironment(
  { github, folder, cwd, event, job = 'chaos', debug }: ActionOptions & { readonly cwd: string },
  runId: number,
  runtimeToken: string,
): NodeJS.ProcessEnv {
  const { fullName, id } = github.repository;
  const [owner = '', name = ''] = fullName.split('/');
  const eventPath = join(folder, '_temp', '_github_workflow', `event-${randomUUID()}.json`);
  const temporary = join(folder, 'tmp');
  for (const needed of [cwd, temporary, dirname(eventPath)]) mkdirSync(needed, { recursive: true });
  writeFileSync(eventPath, JSON.stringify(event.payload));
  return {
    ...only(process.env, ['PATH', 'HOME']),
    TMPDIR: temporary,
    LANG: 'C.UTF-8',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__octo_chaos-action',
    GITHUB_ACTION_REPOSITORY: 'octo/chaos-action',
    GITHUB_ACTION_REF: 'v1',
    GITHUB_ACTOR: 'hubot',
    GITHUB_ACTOR_ID: '2',
    GITHUB_TRIGGERING_ACTOR: 'hubot',
    GITHUB_API_URL: github.apiUrl,
    GITHUB_GRAPHQL_URL: `${github.apiUrl}/graphql`,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: fullName,
    GITHUB_REPOSITORY_ID: String(id),
    GITHUB_REPOSITORY_OWNER: owner,
    GITHUB_REPOSITORY_OWNER_ID: String(github.repositoryId(owner)),
    GITHUB_RETENTION_DAYS: '90',
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_REF: event.ref,
    GITHUB_REF_NAME: event.ref.replace(/^refs\/(heads|pull|tags)\//, ''),
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REF_PROTECTED: 'false',
    GITHUB_SHA: event.sha,
    GITHUB_HEAD_REF: event.headRef ?? '',
    GITHUB_BASE_REF: event.baseRef ?? '',
    GITHUB_RUN_ID: String(runId),
    GITHUB_RUN_NUMBER: '1',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_JOB: job,
    GITHUB_WORKFLOW: 'Chaos',
    GITHUB_WORKFLOW_REF: `${fullName}/.github/workflows/chaos.yml@${event.ref}`,
    GITHUB_WORKFLOW_SHA: event.sha,
    GITHUB_WORKSPACE: cwd,
    RUNNER_OS: 'Linux',
    RUNNER_ARCH: process.arch === 'arm64' ? 'ARM64' : 'X64',
    RUNNER_NAME: 'GitHub Actions 1',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_TEMP: join(folder, '_temp'),
    RUNNER_TOOL_CACHE: join(folder, '_tool'),
    RUNNER_WORKSPACE: join(folder, name),
    RUNNER_TRACKING_ID: `github_${randomUUID()}`,
    ...(debug === true ? { RUNNER_DEBUG: '1' } : {}),
    ACTIONS_RUNTIME_URL: github.resultsUrl,
    ACTIONS_RUNTIME_TOKEN: runtimeToken,
    ACTIONS_RESULTS_URL: github.resultsUrl,
  };
}

/** The inputs of a step, completed from action.yml, each as INPUT_ and its name in capitals; hyphens stay. */
export function inputVariables(
  known: Readonly<Record<string, { readonly default?: string | undefined }>>,
  { inputs = {}, token, matrix = null }: ActionOptions,
): Record<string, string> {
  const unknown = Object.keys(inputs).filter((name) => !(name in known));
  if (unknown.length > 0) throw new Error(`action.yml has no input ${unknown.join(', ')}`);
  const expressions: Readonly<Record<string, string>> = {
    'github.token': token,
    'toJSON(matrix)': JSON.stringify(matrix, null, 2),
  };
  const evaluated = (text: string): string =>
    text.replaceAll(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression) => {
      const value = expressions[expression];
      if (value === undefined) throw new Error(`the local runner cannot evaluate ${expression}`);
      return value;
    });
  return Object.fromEntries(
    Object.entries(known).map(([name, input]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      inputs[name] ?? evaluated(input.default ?? ''),
    ]),
  );
}

function only(environment: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(names.map((name) => [name, environment[name]]).filter(([, value]) => value !== undefined));
}
