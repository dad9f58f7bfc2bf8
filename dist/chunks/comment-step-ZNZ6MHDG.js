import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  artifactSource,
  compareWithBranch,
  explainFailure,
  legName,
  marker,
  openOctokit,
  postComment,
  readTrigger
} from "./chunk-5ZDZHXHO.js";
import "./chunk-TA3G4OAG.js";
import {
  mostZipBytes,
  readReportZip
} from "./chunk-K2GD2QCZ.js";
import {
  renderComment
} from "./chunk-EEKSX2WS.js";
import "./chunk-WR6MWXGD.js";
import "./chunk-24CB5SRQ.js";
import "./chunk-HZ722BGO.js";
import "./chunk-WV6MXPV7.js";
import "./chunk-AU4Z6BYV.js";
import "./chunk-2OZVQ7HJ.js";
import {
  formatCount
} from "./chunk-72AKB4P6.js";
import "./chunk-3XBQVNRE.js";
import "./chunk-EOJIUADP.js";
import "./chunk-C2BOSRP4.js";
import "./chunk-VDOZDET2.js";
import {
  systemClock
} from "./chunk-REAO3S7U.js";
import "./chunk-GUM24SOH.js";
import "./chunk-4XSUANPV.js";
import {
  ChaosError,
  messageOf
} from "./chunk-EV4V3EIO.js";
import "./chunk-6DG7BXTN.js";

// src/action/fork-comment.ts
import { z } from "#vendor/zod.js";
var mostComments = 20;
var eventSchema = z.object({
  repository: z.object({ id: z.int() }),
  workflow_run: z.object({
    id: z.int().positive(),
    event: z.string(),
    head_sha: z.string(),
    head_branch: z.string(),
    head_repository: z.object({ id: z.int(), owner: z.object({ login: z.string() }) }).nullable()
  })
});
async function commentForFork(options, { octokit, workflow }) {
  const parsed = eventSchema.safeParse(options.payload);
  if (!parsed.success)
    throw new ChaosError("usage", "the event is not that of a finished workflow run", {
      hint: 'use this action in a workflow that runs "on: workflow_run"'
    });
  const { repository, workflow_run: run } = parsed.data;
  const { owner, repo } = options;
  if (run.event !== "pull_request") {
    workflow.info(`run ${run.id} was for ${run.event}, so there is no pull request to comment on`);
    return [];
  }
  const isForeign = run.head_repository?.id !== repository.id;
  const pull = await pullRequestOf(octokit, options, run, repository.id);
  if (pull === void 0) {
    workflow.info(`no open pull request has ${run.head_sha.slice(0, 7)} as its head: closed, or pushed to since`);
    return [];
  }
  const artifacts = await octokit.paginate(octokit.rest.actions.listWorkflowRunArtifacts, {
    owner,
    repo,
    run_id: run.id,
    per_page: 100
  });
  const reports = artifacts.filter(({ name, expired }) => !expired && matches(name, options.artifactName));
  if (reports.length === 0) workflow.info(`run ${run.id} has no artifact named ${options.artifactName}`);
  const urls = [];
  const source = artifactSource(octokit, options);
  for (const artifact of reports.slice(0, mostComments)) {
    const { id, name, size_in_bytes: bytes } = artifact;
    try {
      if (bytes > mostZipBytes) throw new ChaosError("report", `it has ${formatCount(bytes)} bytes`);
      const record = await readReportZip(await source.download(id));
      const against = await compareWithBranch(source, record, {
        ...{ name, branch: pull.baseRef, runId: run.id },
        wallMs: systemClock.wallMs()
      });
      const leg = legName(options.commentId ?? name.replace(/^chaos-report-/, ""), []);
      const runUrl = `${options.serverUrl}/${owner}/${repo}/actions/runs/${run.id}`;
      const body = renderComment(record, {
        marker: marker({ id: leg, runId: run.id }),
        against,
        links: { run: runUrl, artifact: `${runUrl}/artifacts/${id}` },
        sha: run.head_sha,
        leg: reports.length > 1 ? leg : void 0,
        remark: isForeign ? "Measured by a workflow of a fork: the figures are as that run reported them" : void 0,
        // Anybody who may push a branch can have written this report, and a run of Dependabot executes the code of dependencies.
        foreign: true
      });
      const formerId = /^[^.]+\.(.+)$/.exec(leg)?.[1]?.replace(".", "-");
      const former = formerId === void 0 ? {} : { formerId };
      const place = { owner, repo, number: pull.number, id: leg, runId: run.id, atMost: mostComments, ...former };
      const result = await postComment(octokit, place, body);
      if (result.kind === "posted" || result.kind === "newer") urls.push(result.url);
      else
        workflow.annotate(
          warning(
            `No comment for ${name}`,
            result.kind === "failed" ? result.why : 'the token may not write: the job needs "pull-requests: write"'
          )
        );
    } catch (error) {
      workflow.annotate(warning(`${name} was not read`, messageOf(error)));
    }
  }
  if (reports.length > mostComments)
    workflow.annotate(
      warning("Too many reports", `${reports.length - mostComments} of ${reports.length} were left out`)
    );
  return urls;
}
async function pullRequestOf(octokit, { owner, repo }, run, repositoryId) {
  const from = run.head_repository;
  if (from === null) return void 0;
  const { data } = await octokit.rest.pulls.list({
    owner,
    repo,
    state: "open",
    head: `${from.owner.login}:${run.head_branch}`,
    per_page: 100
  });
  const pull = data.find(
    ({ head, base }) => head.sha === run.head_sha && head.repo?.id === from.id && base.repo.id === repositoryId
  );
  return pull && { number: pull.number, baseRef: pull.base.ref };
}
function matches(name, pattern) {
  if (name.endsWith(".html")) return false;
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
function warning(title, message) {
  return { level: "warning", title, message };
}
export {
  commentForFork,
  explainFailure,
  openOctokit,
  readTrigger
};
