import * as core from '@actions/core';
import { exitCodes } from '../base/error.ts';
import { githubWorkflow as workflow } from './github-workflow.ts';

// The second action, comment/action.yml: comments for runs of forks.
process.exit(await main());

async function main(): Promise<number> {
  const { commentForFork, explainFailure, openOctokit, readTrigger } = await import('./comment-step.ts');
  const trigger = readTrigger(process.env);
  const { owner, repo, serverUrl, payload, workspace } = trigger;
  try {
    const token = core.getInput('github-token', { required: true });
    core.setSecret(token);
    const artifactName = core.getInput('artifact-name') || 'chaos-report-*';
    const commentId = core.getInput('comment-id') || undefined;
    const urls = await commentForFork(
      { artifactName, commentId, owner, repo, serverUrl, payload },
      { octokit: openOctokit(token), workflow },
    );
    core.setOutput('comment-urls', urls.join('\n'));
    for (const url of urls) core.info(`commented: ${url}`);
    return exitCodes.pass;
  } catch (error) {
    return await explainFailure(error, { cwd: workspace, workspace }, workflow);
  }
}
