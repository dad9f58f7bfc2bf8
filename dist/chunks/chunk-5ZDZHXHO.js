import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  differenceOf,
  whyUnfinished
} from "./chunk-TA3G4OAG.js";
import {
  mostZipBytes,
  readReportZip
} from "./chunk-K2GD2QCZ.js";
import {
  renderFailure
} from "./chunk-EEKSX2WS.js";
import {
  compareRounds
} from "./chunk-WV6MXPV7.js";
import {
  expectedText,
  findingsOf,
  measuredText,
  ofClients,
  plain
} from "./chunk-AU4Z6BYV.js";
import {
  formatCount,
  plural
} from "./chunk-72AKB4P6.js";
import {
  formatProblems
} from "./chunk-EOJIUADP.js";
import {
  ChaosError,
  exitCodes,
  messageOf
} from "./chunk-EV4V3EIO.js";

// src/action/explain.ts
import { resolve as resolve2 } from "node:path";

// src/action/annotations.ts
import { isAbsolute, relative, resolve } from "node:path";
var mostAnnotations = 10;
function annotationsOf(record, places) {
  const { violations, crashes, expectations, unhealed, undecided, gone } = findingsOf(record);
  const scenarioOf = (name) => places.scenarios.find((scenario) => scenario.name === name);
  const at = (location) => place(location, places);
  return [
    ...violations.map(
      ({ scenario: { name }, found: { invariant, statement, count, examples } }) => ({
        level: "error",
        title: `${invariant} violated in ${name}`,
        message: `${plural(count, "violation")} of ${invariant}: ${examples[0]?.what ?? statement} (seed ${record.seed})`,
        ...at(scenarioOf(name)?.location)
      })
    ),
    ...crashes.map(
      ({ scenario: { name }, found: { node, how, lastLines } }) => ({
        level: "error",
        title: `${node} ended by itself in ${name}`,
        message: [`${node} ${how}`, ...lastLines.slice(-3)].join("\n"),
        ...at(scenarioOf(name)?.location)
      })
    ),
    ...expectations.map(
      ({ scenario, found }) => ({
        level: "error",
        title: `${found.name} of ${scenario.name} broken`,
        message: `${found.name} was ${measuredText(scenario, found)}, expected ${expectedText(found)}`,
        ...at(scenarioOf(scenario.name)?.expectLocations[found.name])
      })
    ),
    ...unhealed.map(
      ({ scenario: { name }, found: { kind, target } }) => ({
        level: "error",
        title: `${kind} was not healed in ${name}`,
        message: `${kind} on ${target} was not healed`,
        ...at(scenarioOf(name)?.faults.find((fault) => fault.kind === kind)?.location)
      })
    ),
    ...undecided.map(
      ({ name, verdict, reason }) => ({
        level: "warning",
        title: `${name} ${verdict}`,
        message: reason,
        ...at(scenarioOf(name)?.location)
      })
    ),
    ...gone.map(
      ({ invariant, scenario, limitedTo, why }) => ({
        level: "notice",
        title: `Known issue not seen: ${invariant}`,
        message: `${invariant}${scenario === null ? "" : ` in ${scenario}`}${ofClients({ limitedTo })} did not happen (${why}); if that holds, take it out of known-issues`,
        ...at(void 0)
      })
    )
  ];
}
function capped(annotations) {
  const rank = { error: 0, warning: 1, notice: 2 };
  const sorted = annotations.toSorted((a, b) => rank[a.level] - rank[b.level]);
  if (sorted.length <= mostAnnotations) return sorted;
  const left = sorted.slice(mostAnnotations - 1);
  const title = `${plural(left.length, "more finding")}`;
  return [
    ...sorted.slice(0, mostAnnotations - 1),
    { level: left[0]?.level ?? "notice", title, message: "the job summary and the report have them all" }
  ];
}
function inRepository(location, workspace) {
  const file = relative(workspace, location.file);
  if (file === "" || file.startsWith("..") || isAbsolute(file)) return {};
  return { file, ...location.line === void 0 ? {} : { line: location.line } };
}
function place(location, { cwd, workspace, config }) {
  const own = location === void 0 ? {} : inRepository({ ...location, file: resolve(cwd, location.file) }, workspace);
  if (own.file !== void 0 || config === void 0) return own;
  return inRepository({ file: resolve(cwd, config), line: 1 }, workspace);
}

// src/action/explain.ts
async function explainFailure(error, { cwd, workspace }, workflow) {
  const problems = problemsOf(error);
  const lines = formatProblems(problems);
  const exitCode = error instanceof ChaosError ? error.exitCode : exitCodes.infrastructure;
  for (const line of lines) workflow.info(line);
  if (error instanceof ChaosError) for (const line of error.output) workflow.info(`  | ${line}`);
  else if (error instanceof Error && error.stack !== void 0) workflow.info(error.stack);
  const annotations = problems.map(
    ({ message, hint, location }) => ({
      level: "error",
      title: exitCode === exitCodes.usage ? "Configuration" : "chaos-action",
      message: hint === void 0 ? message : `${message}
${hint}`,
      ...location === void 0 ? {} : inRepository({ ...location, file: resolve2(cwd, location.file) }, workspace)
    })
  );
  for (const annotation of capped(annotations)) workflow.annotate(annotation);
  await workflow.summarize(
    renderFailure(
      messageOf(error),
      lines.map((line) => line.trim())
    )
  );
  return exitCode;
}
function problemsOf(error) {
  if (!(error instanceof ChaosError))
    return [{ message: messageOf(error), hint: "this is a defect of chaos-action: please report it with the log" }];
  if (error.problems.length > 0) return error.problems;
  const { message, hint, location } = error;
  return [{ message, ...hint === void 0 ? {} : { hint }, ...location === void 0 ? {} : { location } }];
}

// src/action/octokit.ts
import { getOctokit } from "#vendor/github.js";
import { retry } from "#vendor/octokit-retry.js";
var callWithinMs = 1e4;
function openOctokit(token, baseUrl = process.env.GITHUB_API_URL) {
  return getOctokit(
    token,
    {
      ...baseUrl ? { baseUrl } : {},
      retry: { retries: 2 },
      // Warnings of the libraries about deprecated calls are not for the reader of a workflow's log.
      log: { debug() {
      }, info() {
      }, warn() {
      }, error() {
      } },
      request: {
        fetch: (url, init = {}) => fetch(url, { ...init, signal: AbortSignal.timeout(callWithinMs) })
      }
    },
    retry
  );
}
function statusOf(error) {
  const status = typeof error === "object" && error !== null && "status" in error ? error.status : void 0;
  return typeof status === "number" ? status : void 0;
}

// src/action/trigger.ts
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "#vendor/zod.js";
var pullRequestSchema = z.object({
  number: z.int().positive(),
  head: z.object({ sha: z.string() }),
  base: z.object({ ref: z.string(), sha: z.string() })
});
var payloadSchema = z.object({
  schedule: z.string().optional().catch(void 0),
  pull_request: pullRequestSchema.optional().catch(void 0)
});
function readTrigger(env) {
  const payload = readPayload(env.GITHUB_EVENT_PATH);
  const { schedule, pull_request: pull } = payloadSchema.catch({}).parse(payload);
  const [owner = "", repo = ""] = (env.GITHUB_REPOSITORY ?? "").split("/");
  return {
    event: env.GITHUB_EVENT_NAME ?? "",
    payload,
    schedule,
    owner,
    repo,
    runId: Number(env.GITHUB_RUN_ID ?? 0),
    runAttempt: Number(env.GITHUB_RUN_ATTEMPT ?? 1),
    runNumber: Number(env.GITHUB_RUN_NUMBER ?? 0),
    workflow: env.GITHUB_WORKFLOW ?? "",
    workflowFile: /([^/@]+?)(?:\.ya?ml)?@/.exec(env.GITHUB_WORKFLOW_REF ?? "")?.[1] ?? "",
    job: env.GITHUB_JOB ?? "",
    nth: /^__.*_(\d+)$/.exec(env.GITHUB_ACTION ?? "")?.[1],
    sha: pull?.head.sha ?? env.GITHUB_SHA ?? "",
    branch: env.GITHUB_REF?.startsWith("refs/heads/") ? env.GITHUB_REF.slice("refs/heads/".length) : void 0,
    pullRequest: pull ? { number: pull.number, headSha: pull.head.sha, baseRef: pull.base.ref, baseSha: pull.base.sha } : void 0,
    serverUrl: env.GITHUB_SERVER_URL ?? "https://github.com",
    workspace: env.GITHUB_WORKSPACE ?? process.cwd()
  };
}
function runUrl({ serverUrl, owner, repo, runId }) {
  return `${serverUrl}/${owner}/${repo}/actions/runs/${runId}`;
}
function identityOf({ workflowFile, job, nth }, matrix) {
  const values = [...matrix, ...nth === void 0 ? [] : [nth]];
  return [
    // A dot in the file's name is replaced, like all characters that do not fit. A digest keeps the name unique.
    ...workflowFile === "" ? [] : [nameOf([workflowFile.replaceAll(".", " ")], false)],
    nameOf([job || "chaos"], false),
    ...values.length === 0 ? [] : [
      nameOf(
        values,
        values.some((value) => value.includes("-"))
      )
    ]
  ].join(".");
}
function legName(job, matrix) {
  return nameOf([job || "chaos", ...matrix], matrix.length > 1 && matrix.some((value) => value.includes("-")));
}
function nameOf(parts, isAmbiguous) {
  const raw = parts.join("-");
  const name = raw.replaceAll(/[^\w.-]+/g, "-").replaceAll(/-{2,}/g, "-").replaceAll(/^-|-$/g, "").slice(0, 80);
  if (name === raw && !isAmbiguous) return name;
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 8);
  return name === "" ? digest : `${name}-${digest}`;
}
function readPayload(file) {
  if (file === void 0 || file === "") return {};
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}

// src/action/base-report.ts
var pageLength = 100;
var defaultTries = 40;
var mostPages = 3;
var mostReasons = 5;
async function findBaseReport(options) {
  const { source, name, branch, currentRunId, mostTries = defaultTries, signal, head } = options;
  const unfit = [];
  let listed = 0;
  let tries2 = 0;
  const none = (why) => ({ kind: "none", why });
  for (let page = 1; page <= mostPages; page++) {
    signal?.throwIfAborted();
    let artifacts;
    try {
      artifacts = await source.list(name, page);
    } catch (error) {
      signal?.throwIfAborted();
      return none(`the artifacts of this repository could not be listed: ${reasonOf(error)}`);
    }
    listed += artifacts.length;
    for (const artifact of artifacts) {
      const { runId, headSha: sha, createdAt } = artifact;
      if (runId === null || runId === currentRunId || !isOfBranch(artifact, name, branch)) continue;
      if (tries2 === mostTries) return none(noneFit(branch, unfit));
      if (artifact.sizeInBytes <= mostZipBytes) tries2++;
      const record = await readGood(source, artifact, head).catch((error) => plain(messageOf(error)));
      signal?.throwIfAborted();
      if (typeof record !== "string") return { kind: "found", record, runId, sha, createdAt };
      unfit.push(`${record} (run ${runId})`);
    }
    if (artifacts.length < pageLength) break;
  }
  if (unfit.length > 0) return none(noneFit(branch, unfit));
  if (listed === 0) return none(`this repository has no artifact named ${name} yet`);
  return none(`no artifact named ${name} is of another run on ${branch} (${formatCount(listed)} looked at)`);
}
function isOfBranch(artifact, name, branch) {
  return artifact.name === name && !artifact.expired && artifact.headBranch === branch && artifact.repositoryId !== null && artifact.repositoryId === artifact.headRepositoryId;
}
async function readGood(source, { id, sizeInBytes }, head) {
  if (sizeInBytes > mostZipBytes) return "the artifact is too large";
  const record = await readReportZip(await source.download(id));
  const unfinished = whyUnfinished(record);
  if (unfinished !== void 0) return unfinished;
  if (record.score === null) return "nothing was scored";
  const different = head && differenceOf(record, head);
  return different ? `it is of ${plain(different.is)}, not of ${plain(different.isNot)}` : record;
}
function noneFit(branch, unfit) {
  const told = unfit.slice(0, mostReasons);
  const others = unfit.length - told.length;
  const reasons = [...told, ...others === 0 ? [] : [`and ${formatCount(others)} more`]].join("; ");
  return `no report of ${branch} can be compared with (${formatCount(unfit.length)} looked at): ${reasons}`;
}
function reasonOf(error) {
  const needs = error?.status === 403 ? " (the token needs `actions: read`)" : "";
  return `${plain(messageOf(error))}${needs}`;
}

// src/action/against.ts
var dayMs = 864e5;
var oldDays = 30;
async function compareWithBranch(source, record, {
  name,
  branch,
  runId,
  wallMs
}) {
  if (record.error) return { kind: "none", why: "the run was interrupted" };
  try {
    const found = await findBaseReport({ source, name, branch, currentRunId: runId, head: record });
    if (found.kind === "none") return found;
    const days = found.createdAt === null ? 0 : Math.floor((wallMs - Date.parse(found.createdAt)) / dayMs);
    const label = [
      `${branch} at ${found.sha?.slice(0, 7) ?? "an unknown commit"}, run ${found.runId}`,
      ...found.record.verdict === "fail" ? ["which failed"] : [],
      ...days >= oldDays ? [`${days} days ago`] : []
    ].join(", ");
    const warning = days >= oldDays ? `the newest report of ${branch} that can be compared with is ${days} days old (run ${found.runId}): a schedule or a run on each push makes newer ones` : void 0;
    return { kind: "base", label, warning, comparison: compareRounds([found.record], [record]) };
  } catch (error) {
    const refused = /not accessible by integration/i.test(messageOf(error));
    const hint = refused ? ': the token needs the permission "actions: read"' : "";
    return { kind: "none", why: `the reports of ${branch} could not be looked at (${messageOf(error)})${hint}` };
  }
}

// src/action/artifact-source.ts
function artifactInfo(artifact) {
  return {
    id: artifact.id,
    name: artifact.name,
    sizeInBytes: artifact.size_in_bytes,
    expired: artifact.expired,
    createdAt: artifact.created_at,
    runId: artifact.workflow_run?.id ?? null,
    headBranch: artifact.workflow_run?.head_branch ?? null,
    headSha: artifact.workflow_run?.head_sha ?? null,
    repositoryId: artifact.workflow_run?.repository_id ?? null,
    headRepositoryId: artifact.workflow_run?.head_repository_id ?? null
  };
}
function artifactSource(octokit, { owner, repo }) {
  return {
    async list(name, page) {
      const { data } = await octokit.rest.actions.listArtifactsForRepo({ owner, repo, name, page, per_page: 100 });
      return data.artifacts.map(artifactInfo);
    },
    async download(id) {
      const { data } = await octokit.rest.actions.downloadArtifact({
        owner,
        repo,
        artifact_id: id,
        archive_format: "zip"
      });
      return new Uint8Array(data);
    }
  };
}

// src/action/sticky-comment.ts
function marker({ id, runId }) {
  return `<!-- chaos-action:${id} run:${runId} -->`;
}
var tries = 3;
async function postComment(octokit, place2, body) {
  for (let left = tries - 1; ; left--) {
    try {
      return await tryPost(octokit, place2, body);
    } catch (error) {
      if (isReadOnly(error)) return { kind: "read-only" };
      const status = statusOf(error);
      const mayPass = status === void 0 || status >= 500 || status === 429;
      if (left === 0 || !mayPass) return { kind: "failed", why: messageOf(error) };
    }
  }
}
async function tryPost(octokit, place2, body) {
  const { owner, repo, number } = place2;
  const author = await authorOf(octokit);
  const ours = (await commentsOf(octokit, place2)).filter(
    ({ user, body: text }) => user?.login === author && text?.startsWith("<!-- chaos-action:")
  );
  const own = ours.findLast((comment) => runOf(comment, place2.id) !== void 0);
  if (own && (runOf(own, place2.id) ?? 0) > place2.runId) return { kind: "newer", url: own.html_url };
  const { formerId } = place2;
  const newest = own ?? (formerId === void 0 ? void 0 : ours.findLast((comment) => runOf(comment, formerId) !== void 0));
  if (newest) {
    const updated = await update(octokit, place2, newest.id, body);
    if (updated !== void 0) return posted(updated, true);
  }
  if (ours.length >= (place2.atMost ?? Number.POSITIVE_INFINITY))
    return { kind: "failed", why: `the pull request has ${ours.length} comments of this tool already` };
  const { data } = await octokit.rest.issues.createComment({
    owner,
    repo,
    issue_number: number,
    body,
    request: { retries: 0 }
  });
  return await makeWay(octokit, place2, { author, ours: data, body }) ?? posted(data.html_url, false);
}
async function makeWay(octokit, place2, { author, ours, body }) {
  const { owner, repo } = place2;
  const [oldest] = (await commentsOf(octokit, place2)).filter(
    (comment) => comment.user?.login === author && runOf(comment, place2.id) !== void 0
  );
  if (oldest === void 0 || oldest.id >= ours.id) return void 0;
  const isNewer = (runOf(oldest, place2.id) ?? 0) > place2.runId;
  const url = isNewer ? oldest.html_url : await update(octokit, place2, oldest.id, body);
  if (url === void 0) return void 0;
  await octokit.rest.issues.deleteComment({ owner, repo, comment_id: ours.id });
  return isNewer ? { kind: "newer", url } : posted(url, true);
}
function posted(url, updated) {
  return { kind: "posted", url, updated };
}
async function commentsOf(octokit, { owner, repo, number }) {
  return await octokit.paginate(octokit.rest.issues.listComments, { owner, repo, issue_number: number, per_page: 100 });
}
async function update(octokit, { owner, repo }, id, body) {
  try {
    const { data } = await octokit.rest.issues.updateComment({ owner, repo, comment_id: id, body });
    return data.html_url;
  } catch (error) {
    if (statusOf(error) === 404) return void 0;
    throw error;
  }
}
function runOf({ body }, id) {
  const match = /^<!-- chaos-action:([\w.-]+) run:(\d+) -->/.exec(body ?? "");
  return match?.[1] === id ? Number(match[2]) : void 0;
}
async function authorOf(octokit) {
  try {
    return (await octokit.rest.users.getAuthenticated()).data.login;
  } catch (error) {
    if (statusOf(error) !== 403) throw error;
    return "github-actions[bot]";
  }
}
function isReadOnly(error) {
  return statusOf(error) === 403 && /not accessible by integration/i.test(messageOf(error));
}

export {
  annotationsOf,
  capped,
  explainFailure,
  compareWithBranch,
  artifactSource,
  openOctokit,
  statusOf,
  marker,
  postComment,
  readTrigger,
  runUrl,
  identityOf,
  legName
};
