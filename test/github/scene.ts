import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import type { RunRecord } from '../../src/model/record.ts';
import { writeShortScenario } from '../support/short-scenario.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import type { WorkflowEvent } from './events.ts';
import { type LocalGitHub, shaOf, startLocalGitHub } from './local-github.ts';
import { type ActionOptions, copyAction } from './runner.ts';

/** A token that may comment, and one that may not. */
export const [writer, reader] = ['ghs_writer', 'ghs_reader'];

export type Step = Partial<ActionOptions> & { readonly event: WorkflowEvent };

/** The local GitHub and the machines of the tests of one file. */
export function actionScene() {
  const temporary = temporaryFolders();
  let github: LocalGitHub;
  beforeAll(async () => {
    github = await startLocalGitHub();
    github.addToken(writer, { pullRequests: 'write', actions: 'read', contents: 'read' });
    github.addToken(reader, { pullRequests: 'read', actions: 'read', contents: 'read' });
  });
  afterAll(() => github.close());
  let pullRequests = 100;

  /** A machine whose workspace holds a chaos.yml and a scenario of a few seconds. */
  const machine = (): { folder: string; cwd: string } => {
    const folder = temporary();
    const cwd = join(folder, 'workspace');
    mkdirSync(cwd, { recursive: true });
    writeShortScenario(cwd, '{ steady: 1s, hold: 3s, recover: 30s }');
    writeFileSync(join(cwd, 'chaos.yml'), 'broker: { preset: embedded }\n');
    return { folder, cwd };
  };
  return {
    github: () => github,
    machine,
    nextPullRequest: () => pullRequests++,
    /** A pull request of its own for each test. */
    openPullRequest(headRepo?: string): number {
      const number = pullRequests++;
      const head = { headRef: `change-${number}`, headSha: shaOf(`change ${number}`) };
      github.addPullRequest({ number, ...head, ...(headRepo === undefined ? {} : { headRepo }) });
      return number;
    },
    stepOf({ inputs, folder = machine().folder, action = copyAction(folder), ...others }: Step): ActionOptions {
      const scenarios = './short-pause.yml';
      return { github, folder, action, token: writer, inputs: { scenarios, ...inputs }, ...others };
    },
    recordOf: (folder: string): RunRecord =>
      JSON.parse(readFileSync(join(folder, 'workspace', 'chaos-report', 'report.json'), 'utf8')),
  };
}
