import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { pullRequestEvent, pushEvent } from './events.ts';
import { githubActions, type Identity, type LocalGitHub, shaOf, startLocalGitHub } from './local-github.ts';
import { actionRunner } from './runner.ts';
import { scriptAction } from './script-action.ts';
import { unzip, zipOf } from './zip.ts';

/**
 * The local GitHub is spoken to here by the clients that the Action uses, @octokit through @actions/github and @actions/artifact, in steps of
 * a job: what they make of its answers is what a workflow would see.
 */

const temporary = temporaryFolders();
const { runAction } = actionRunner();

let github: LocalGitHub;
beforeEach(async () => {
  github = await startLocalGitHub();
  github.addToken('ghs_writer', { contents: 'read', pullRequests: 'write', actions: 'read' });
  github.addToken('ghs_fork', { contents: 'read', pullRequests: 'read', actions: 'read' });
  github.addPullRequest({ number: 7, headRef: 'faster', headSha: shaOf('faster') });
});
afterEach(() => github.close());

const clients = `
  import * as core from '@actions/core';
  import { getOctokit } from '@actions/github';
  import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
  const octokit = getOctokit(core.getInput('github-token'));
  const broker = { owner: 'octo', repo: 'broker' };
  const refused = (call) => call.then(() => 'not refused', ({ status, message, response }) => ({
    status, message, accepts: response?.headers['x-accepted-github-permissions'],
  }));
  const answer = (value) => core.setOutput('answer', { value });
`;

/** Apart from the others, for it takes long to load. */
const artifactClient = `
  import { DefaultArtifactClient } from '@actions/artifact';
  const artifacts = new DefaultArtifactClient();
  const findBy = { repositoryOwner: 'octo', repositoryName: 'broker', token: 'ghs_writer' };
`;

/** Runs a script as a step on pull request 7; answers with what it gives to `answer`. */
async function step(script: string, token = 'ghs_writer', runId?: number): Promise<unknown> {
  const folder = temporary();
  const { conclusion, outputs, raw } = await runAction({
    github,
    folder,
    action: scriptAction(folder, clients + script),
    event: pullRequestEvent(github, 7),
    token,
    ...(runId === undefined ? {} : { runId }),
  });
  if (conclusion !== 'success') throw new Error(raw);
  return JSON.parse(outputs.answer ?? '{}').value;
}

describe('comments', () => {
  test('are found over all pages', async () => {
    for (let count = 1; count <= 7; count += 1) github.addComment(7, `comment ${count}`);
    const found = await step(
      `const all = await octokit.paginate(octokit.rest.issues.listComments, { ...broker, issue_number: 7, per_page: 3 });
       answer(all.map(({ body }) => body));`,
    );
    expect(found).toEqual([1, 2, 3, 4, 5, 6, 7].map((count) => `comment ${count}`));
    expect(github.requests('/comments').map(({ path }) => path)).toEqual([
      '/repos/octo/broker/issues/7/comments?per_page=3',
      '/repositories/4711/issues/7/comments?per_page=3&page=2',
      '/repositories/4711/issues/7/comments?per_page=3&page=3',
    ]);
  });

  test('are written and updated by whoever the token is', async () => {
    const written = await step(
      `const { data } = await octokit.rest.issues.createComment({ ...broker, issue_number: 7, body: 'first' });
       const { data: updated } = await octokit.rest.issues.updateComment({ ...broker, comment_id: data.id, body: 'second' });
       answer([data, updated]);`,
    );
    const bot = {
      user: { login: 'github-actions[bot]', type: 'Bot' },
      performed_via_github_app: { slug: 'github-actions' },
    };
    const [comment] = github.comments;
    const address = `https://github.com/octo/broker/pull/7#issuecomment-${comment?.id}`;
    expect(written).toMatchObject([
      { ...bot, body: 'first', html_url: address },
      { ...bot, body: 'second', html_url: address },
    ]);
    expect(github.commentsOn(7)).toMatchObject([{ body: 'second', author: githubActions }]);
  });

  test('one that is gone cannot be updated, and one on no pull request cannot be written', async () => {
    const comment = github.addComment(7, 'soon gone');
    github.deleteComment(comment.id);
    expect(
      await step(
        `answer([
           await refused(octokit.rest.issues.updateComment({ ...broker, comment_id: ${comment.id}, body: 'text' })),
           await refused(octokit.rest.issues.createComment({ ...broker, issue_number: 8, body: 'text' })),
         ]);`,
      ),
    ).toMatchObject([{ status: 404 }, { status: 404 }]);
  });

  test('65,536 characters are taken and no more', async () => {
    expect(
      await step(
        `const create = (length) => octokit.rest.issues.createComment({ ...broker, issue_number: 7, body: '\\u{1F4A5}'.repeat(length) });
         answer([(await create(65_536)).status, await refused(create(65_537))]);`,
      ),
    ).toMatchObject([201, { status: 422, message: expect.stringContaining('Body is too long') }]);
    expect(github.comments).toHaveLength(1);
  });

  test("a fork's token reads and does not write", async () => {
    github.addComment(7, 'a comment');
    expect(
      await step(
        `const { data } = await octokit.rest.issues.listComments({ ...broker, issue_number: 7 });
         answer([data.length, await refused(octokit.rest.issues.createComment({ ...broker, issue_number: 7, body: 'text' }))]);`,
        'ghs_fork',
      ),
    ).toEqual([
      1,
      {
        status: 403,
        message: expect.stringContaining('Resource not accessible by integration'),
        accepts: 'issues=write; pull_requests=write',
      },
    ]);
    expect(github.comments).toHaveLength(1);
  });
});

describe('who holds a token', () => {
  test('GitHub tells a person, and not the token of a workflow; nobody is refused as such', async () => {
    const person: Identity = { login: 'mona', id: 3, app: undefined };
    github.addToken('ghp_mona', { issues: 'write' }, person);
    const whoAmI = `answer(await octokit.rest.users.getAuthenticated().then(({ data }) => data.login, ({ status }) => status));`;
    expect(await step(whoAmI, 'ghp_mona')).toBe('mona');
    expect(await step(whoAmI)).toBe(403);
    expect(await step(whoAmI, 'ghs_expired')).toBe(401);
  });
});

describe('pull requests', () => {
  beforeEach(() => {
    github.addPullRequest({ number: 8, headRepo: 'mona/broker', headRef: 'faster', headSha: shaOf('forked') });
    github.addPullRequest({ number: 9, headRef: 'done', headSha: shaOf('done'), state: 'closed' });
  });

  test('one by its number, and the repository with its default branch', async () => {
    expect(
      await step(
        `const { data: pull } = await octokit.rest.pulls.get({ ...broker, pull_number: 8 });
         const { data: repository } = await octokit.rest.repos.get(broker);
         answer([pull.head.repo.full_name, pull.head.sha, pull.base.repo.full_name, repository.default_branch]);`,
      ),
    ).toEqual(['mona/broker', shaOf('forked'), 'octo/broker', 'main']);
  });

  test('by state, by base and by the branch of a fork', async () => {
    expect(
      await step(
        `const numbers = async (filter) => (await octokit.rest.pulls.list({ ...broker, ...filter })).data.map(({ number }) => number);
         answer([
           await numbers({}),
           await numbers({ state: 'all' }),
           await numbers({ head: 'mona:faster' }),
           await numbers({ head: 'octo:faster', base: 'main' }),
           await numbers({ base: 'other' }),
         ]);`,
      ),
    ).toEqual([[8, 7], [9, 8, 7], [8], [7], []]);
  });

  test("by a commit, but not by a fork's", async () => {
    expect(
      await step(
        `const numbers = async (commit_sha) =>
           (await octokit.rest.repos.listPullRequestsAssociatedWithCommit({ ...broker, commit_sha })).data.map(({ number }) => number);
         answer([await numbers('${shaOf('faster')}'), await numbers('${shaOf('forked')}')]);`,
      ),
    ).toEqual([[7], []]);
  });

  test('a run names those of its own repository and none of a fork', async () => {
    const own = github.addRun({ event: 'pull_request', headSha: shaOf('faster') });
    const forked = github.addRun({
      event: 'pull_request',
      headSha: shaOf('forked'),
      headRepositoryId: github.repositoryId('mona/broker'),
      conclusion: 'failure',
    });
    expect(
      await step(
        `const run = async (run_id) => (await octokit.rest.actions.getWorkflowRun({ ...broker, run_id })).data;
         answer([await run(${own.id}), await run(${forked.id})]);`,
      ),
    ).toMatchObject([
      { conclusion: 'success', pull_requests: [{ number: 7 }], head_repository: { full_name: 'octo/broker' } },
      { conclusion: 'failure', pull_requests: [], head_repository: { full_name: 'mona/broker' } },
    ]);
  });
});

describe('artifacts of earlier runs', () => {
  test('by name over pages, the newest first, with the branch they are of', async () => {
    const runs = ['a', 'b', 'c'].map((text) => github.addRun({ headSha: shaOf(text) }));
    for (const { id: runId } of runs)
      for (const name of ['report', 'other'])
        github.addArtifact({ runId, name, zip: zipOf({}), expired: runId === runs[0]?.id });
    const found = await step(
      `const all = await octokit.paginate(octokit.rest.actions.listArtifactsForRepo, { ...broker, name: 'report', per_page: 1 });
       answer(all.map(({ name, expired, workflow_run: run }) => [name, expired, run.id, run.head_branch, run.head_repository_id]));`,
    );
    expect(found).toEqual(
      runs.toReversed().map(({ id }) => ['report', id === runs[0]?.id, id, 'main', github.repository.id]),
    );
  });

  test('one is fetched through a redirection to a storage that wants no token; an expired one is gone', async () => {
    const { id: runId } = github.addRun();
    const kept = github.addArtifact({ runId, name: 'report', zip: zipOf({ 'report.json': '{"score":9}' }) });
    const gone = github.addArtifact({ runId, name: 'old', zip: zipOf({}), expired: true });
    expect(
      await step(
        `${artifactClient}
         const download = (artifact_id) => octokit.rest.actions.downloadArtifact({ ...broker, artifact_id, archive_format: 'zip' });
         const { data, url } = await download(${kept.id});
         const { status } = await fetch(url, { headers: { authorization: 'token ghs_writer' } });
         await artifacts.downloadArtifact(${kept.id}, { findBy });
         answer({
           bytes: Buffer.from(data).toString('base64'),
           status,
           report: readFileSync('report.json', 'utf8'),
           gone: await refused(download(${gone.id})),
         });`,
      ),
    ).toMatchObject({
      bytes: kept.content.toString('base64'),
      status: 400,
      report: '{"score":9}',
      gone: { status: 410 },
    });
  });

  test('need a permission of their own', async () => {
    github.addToken('ghs_comments', { pullRequests: 'write' });
    expect(
      await step('answer(await refused(octokit.rest.actions.listArtifactsForRepo(broker)));', 'ghs_comments'),
    ).toMatchObject({ status: 403, accepts: 'actions=read' });
  });
});

describe('artifacts of this run', () => {
  test('a folder goes up as a zip, is listed and comes down again', async () => {
    const { id: runId } = github.addRun();
    const listed = await step(
      `${artifactClient}
       mkdirSync('report/logs', { recursive: true });
       writeFileSync('report/report.json', '{"score":9}');
       writeFileSync('report/logs/node1.txt', 'started');
       const { id, digest } = await artifacts.uploadArtifact(
         'chaos-report', ['report/report.json', 'report/logs/node1.txt'], 'report', { retentionDays: 3 });
       const { artifacts: all } = await artifacts.listArtifacts();
       const { downloadPath, digestMismatch } = await artifacts.downloadArtifact(id, { path: 'down', expectedHash: 'sha256:' + digest });
       answer({ id, all, text: readFileSync(downloadPath + '/logs/node1.txt', 'utf8'), digestMismatch });`,
      'ghs_writer',
      runId,
    );
    const [artifact, ...others] = github.artifactsOf(runId);
    if (!artifact) throw new Error('nothing was uploaded');
    expect(others).toEqual([]);
    expect(listed).toMatchObject({
      id: artifact.id,
      all: [{ id: artifact.id, name: 'chaos-report', size: artifact.content.length }],
      text: 'started',
      digestMismatch: false,
    });
    expect(Date.parse(artifact.expiresAt)).toBeLessThan(Date.now() + 3.1 * 86_400_000);
    expect(await unzip(artifact.content)).toEqual({
      'report.json': Buffer.from('{"score":9}'),
      'logs/node1.txt': Buffer.from('started'),
    });
  });

  test('a single file goes up as it is, under its own name, and comes down through the REST API', async () => {
    const { id: runId } = github.addRun();
    await step(
      `${artifactClient}
       writeFileSync('report.html', '<h1>9</h1>');
       answer(await artifacts.uploadArtifact('any name', ['report.html'], '.', { skipArchive: true }));`,
      'ghs_writer',
      runId,
    );
    expect(github.artifactsOf(runId)).toMatchObject([
      { name: 'report.html', contentType: 'text/html', content: Buffer.from('<h1>9</h1>') },
    ]);
    expect(
      await step(
        `${artifactClient}
         const { artifact } = await artifacts.getArtifact('report.html', { findBy: { ...findBy, workflowRunId: ${runId} } });
         await artifacts.downloadArtifact(artifact.id, { path: '.', findBy });
         answer(readFileSync('report.html', 'utf8'));`,
      ),
    ).toBe('<h1>9</h1>');
  });

  test('more than one block goes up in order', async () => {
    const { id: runId } = github.addRun();
    await step(
      `${artifactClient}
       const bytes = Buffer.alloc(20 * 1024 * 1024);
       for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE(at, at);
       writeFileSync('large.bin', bytes);
       answer(await artifacts.uploadArtifact('', ['large.bin'], '.', { skipArchive: true }));`,
      'ghs_writer',
      runId,
    );
    const content = github.artifactsOf(runId)[0]?.content ?? Buffer.alloc(0);
    expect(github.requests('comp=block&')).toHaveLength(3);
    expect([content.length, content.readUInt32LE(12_000_000)]).toEqual([20 * 1024 * 1024, 12_000_000]);
  });

  test('a name is taken once a run; one that was deleted is free again', async () => {
    expect(
      await step(
        `${artifactClient}
         writeFileSync('a.txt', 'a');
         const upload = () => artifacts.uploadArtifact('name', ['a.txt'], '.');
         await upload();
         const second = await refused(upload());
         await artifacts.deleteArtifact('name');
         answer([second, (await upload()).size > 0]);`,
      ),
    ).toMatchObject([
      { message: expect.stringMatching(/\(409\).*an artifact with this name already exists on the workflow run/) },
      true,
    ]);
  });

  test('a job has no say in another run', async () => {
    const other = github.addRun();
    expect(
      await step(
        `const [head, claims, signature] = process.env.ACTIONS_RUNTIME_TOKEN.split('.');
         const { scp } = JSON.parse(Buffer.from(claims, 'base64url'));
         const call = async (run, token) => (await fetch(
           process.env.ACTIONS_RESULTS_URL + 'twirp/github.actions.results.api.v1.ArtifactService/ListArtifacts',
           { method: 'POST', headers: { authorization: 'Bearer ' + token }, body: JSON.stringify({ workflow_run_backend_id: run }) },
         )).status;
         const own = /Actions.Results:([^:]+)/.exec(scp)[1];
         const token = process.env.ACTIONS_RUNTIME_TOKEN;
         answer([await call(own, token), await call('${other.backendId}', token), await call(own, 'no.e30.token'), await call(own, '')]);`,
      ),
    ).toEqual([200, 403, 401, 401]);
  });
});

describe('a GitHub in trouble', () => {
  test('too many requests, once: refused and then not, for a client that asks again', async () => {
    const { id: runId } = github.addRun();
    github.addArtifact({ runId, name: 'report', zip: zipOf({}) });
    github.failOnce(`GET /repos/octo/broker/actions/runs/${runId}/artifacts`, {
      status: 429,
      headers: { 'retry-after': '0' },
    });
    expect(
      await step(
        `${artifactClient}
         const { artifacts: all } = await artifacts.listArtifacts({ findBy: { ...findBy, workflowRunId: ${runId} } });
         answer(all.map(({ name }) => name));`,
      ),
    ).toEqual(['report']);
    expect(github.requests('/artifacts').map(({ status }) => status)).toEqual([429, 200]);
  });

  test('a bad gateway before an upload and a busy storage within it: the upload succeeds', async () => {
    github.failOnce('CreateArtifact', { status: 502 });
    github.failOnce(/^PUT .*comp=blocklist/, { status: 503, message: 'ServerBusy' });
    const { id: runId } = github.addRun();
    await step(
      `${artifactClient}
       writeFileSync('a.txt', 'a');
       answer(await artifacts.uploadArtifact('name', ['a.txt'], '.'));`,
      'ghs_writer',
      runId,
    );
    expect(github.requests('CreateArtifact').map(({ status }) => status)).toEqual([502, 200]);
    expect(github.requests('comp=blocklist').map(({ status }) => status)).toEqual([503, 201]);
    expect(github.artifactsOf(runId)).toMatchObject([{ name: 'name' }]);
  });

  test.each([
    ['insufficient usage to create artifact', 'Artifact storage quota has been hit'],
    ['no artifacts here', '(403) Forbidden: no artifacts here'],
  ])('artifacts are refused for good: %s', async (message, said) => {
    github.refuse('CreateArtifact', 403, message);
    expect(
      await step(
        `${artifactClient}
         writeFileSync('a.txt', 'a');
         answer(await refused(artifacts.uploadArtifact('name', ['a.txt'], '.')));`,
      ),
    ).toMatchObject({ message: expect.stringContaining(said) });
    expect(github.requests('CreateArtifact')).toHaveLength(1);
  });

  test('a call that it does not know is answered as no GitHub would, not with 404', async () => {
    expect(
      await step(`answer(await refused(octokit.rest.issues.lock({ ...broker, issue_number: 1 })));`),
    ).toMatchObject({ status: 501, message: expect.stringContaining('does not know PUT') });
  });
});

test('a push to the default branch leaves its report where a later run finds it', async () => {
  const folder = temporary();
  const push = pushEvent(github, shaOf('pushed'));
  await runAction({
    github,
    folder,
    action: scriptAction(
      folder,
      `${clients} ${artifactClient}
       writeFileSync('report.json', '{"score":8}');
       await artifacts.uploadArtifact('chaos-report', ['report.json'], '.');`,
    ),
    event: push,
    token: 'ghs_writer',
  });
  expect(
    await step(
      `const { data } = await octokit.rest.actions.listArtifactsForRepo({ ...broker, name: 'chaos-report' });
       const { data: run } = await octokit.rest.actions.getWorkflowRun({ ...broker, run_id: data.artifacts[0].workflow_run.id });
       answer([run.event, run.head_branch, run.head_sha, run.conclusion]);`,
    ),
  ).toEqual(['push', 'main', shaOf('pushed'), 'success']);
});
