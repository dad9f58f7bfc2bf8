import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  githubWorkflow
} from "./chunks/chunk-LPJMFPTO.js";
import {
  exitCodes
} from "./chunks/chunk-EV4V3EIO.js";
import "./chunks/chunk-6DG7BXTN.js";

// src/action/comment-main.ts
import * as core from "#vendor/core.js";
process.exit(await main());
async function main() {
  const { commentForFork, explainFailure, openOctokit, readTrigger } = await import("./chunks/comment-step-ZNZ6MHDG.js");
  const trigger = readTrigger(process.env);
  const { owner, repo, serverUrl, payload, workspace } = trigger;
  try {
    const token = core.getInput("github-token", { required: true });
    core.setSecret(token);
    const artifactName = core.getInput("artifact-name") || "chaos-report-*";
    const commentId = core.getInput("comment-id") || void 0;
    const urls = await commentForFork(
      { artifactName, commentId, owner, repo, serverUrl, payload },
      { octokit: openOctokit(token), workflow: githubWorkflow }
    );
    core.setOutput("comment-urls", urls.join("\n"));
    for (const url of urls) core.info(`commented: ${url}`);
    return exitCodes.pass;
  } catch (error) {
    return await explainFailure(error, { cwd: workspace, workspace }, githubWorkflow);
  }
}
