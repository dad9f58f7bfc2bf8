/** What the comment action needs; loaded by comment-main.ts in one go. */
export { explainFailure } from './explain.ts';
export { commentForFork } from './fork-comment.ts';
export { openOctokit } from './octokit.ts';
export { readTrigger } from './trigger.ts';
