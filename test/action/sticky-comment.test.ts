import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openOctokit } from '../../src/action/octokit.ts';
import { type CommentResult, marker, postComment } from '../../src/action/sticky-comment.ts';
import { type LocalGitHub, shaOf, startLocalGitHub } from '../github/local-github.ts';

let github: LocalGitHub;
beforeEach(async () => {
  github = await startLocalGitHub();
  github.addToken('ghs_workflow', { pullRequests: 'write' });
  github.addPullRequest({ number: 7, headRef: 'change', headSha: shaOf('change') });
});
afterEach(() => github.close());

const body = (runId: number, text = 'result', id = 'chaos'): string => `${marker({ id, runId })}\n${text}`;
const post = (runId: number, options: { token?: string; text?: string; id?: string } = {}): Promise<CommentResult> => {
  const { token = 'ghs_workflow', text, id = 'chaos' } = options;
  const place = { owner: 'octo', repo: 'broker', number: 7, id, runId };
  return postComment(openOctokit(token, github.apiUrl), place, body(runId, text, id));
};
const bodies = (): string[] => github.commentsOn(7).map((comment) => comment.body);

describe('the sticky comment', () => {
  test('is made once and then updated in place', async () => {
    expect(await post(1)).toMatchObject({ kind: 'posted', updated: false });
    expect(await post(2, { text: 'better' })).toMatchObject({ kind: 'posted', updated: true });
    expect(bodies()).toEqual([body(2, 'better')]);
  });

  test('is found behind any number of other comments', async () => {
    await post(1);
    for (let i = 0; i < 230; i++) github.addComment(7, `talk ${i}`);
    await post(2);
    expect(bodies()).toHaveLength(231);
    expect(bodies()[0]).toBe(body(2));
  });

  test('another id has a comment of its own, also one that begins alike', async () => {
    await post(1, { id: 'chaos' });
    await post(1, { id: 'chaos-nats' });
    await post(2, { id: 'chaos' });
    expect(bodies()).toEqual([body(2), body(1, 'result', 'chaos-nats')]);
  });

  test('of a person who copied the marker is never touched', async () => {
    github.addComment(7, body(1, 'a copy'), { login: 'mallory', id: 66, app: undefined });
    expect(await post(2)).toMatchObject({ kind: 'posted', updated: false });
    expect(bodies()).toEqual([body(1, 'a copy'), body(2)]);
  });

  test('with the marker further down, as somebody quotes it, is not ours', async () => {
    github.addComment(7, `Look:\n${body(1)}`);
    await post(2);
    expect(bodies()).toHaveLength(2);
  });

  test('of a later run is not put back to what an earlier one found', async () => {
    await post(9, { text: 'new' });
    expect(await post(8, { text: 'old' })).toMatchObject({ kind: 'newer' });
    expect(bodies()).toEqual([body(9, 'new')]);
    // A second attempt of the same run is the same run.
    expect(await post(9, { text: 'again' })).toMatchObject({ kind: 'posted', updated: true });
  });

  test('that somebody deletes in between is made anew', async () => {
    await post(1);
    // It is there when it is looked for, and gone when it is to be changed.
    github.failOnce(/PATCH/, { status: 404 });
    expect(await post(2)).toMatchObject({ kind: 'posted' });
    expect(bodies()).toEqual([body(2)]);
  });

  test('that two jobs make first at the same moment ends as one, of the later run', async () => {
    for (const runIds of [
      [1, 2],
      [2, 1],
      [3, 3],
    ] as const) {
      for (const { id } of github.commentsOn(7)) github.deleteComment(id);
      await Promise.all(runIds.map((runId) => post(runId)));
      expect(bodies()).toEqual([body(Math.max(...runIds))]);
    }
  });

  test('of an earlier release, whose id was the leg alone, is taken over once', async () => {
    const postAs = (id: string, runId: number) =>
      postComment(
        openOctokit('ghs_workflow', github.apiUrl),
        { owner: 'octo', repo: 'broker', number: 7, id, formerId: 'chaos', runId },
        body(runId, 'result', id),
      );
    await post(1, { id: 'chaos' });
    expect(await postAs('a.chaos', 2)).toMatchObject({ kind: 'posted', updated: true });
    expect(bodies()).toEqual([body(2, 'result', 'a.chaos')]);
    // The other workflow, whose job has the same id, gets one of its own.
    expect(await postAs('b.chaos', 3)).toMatchObject({ kind: 'posted', updated: false });
    await postAs('a.chaos', 4);
    expect(bodies()).toEqual([body(4, 'result', 'a.chaos'), body(3, 'result', 'b.chaos')]);
  });

  test('of a personal token is told by its login', async () => {
    github.addToken('ghp_ada', { pullRequests: 'write' }, { login: 'ada', id: 1815, app: undefined });
    github.addComment(7, body(1, 'by another'), { login: 'mallory', id: 66, app: undefined });
    await post(2, { token: 'ghp_ada' });
    await post(3, { token: 'ghp_ada' });
    expect(bodies()).toEqual([body(1, 'by another'), body(3)]);
  });

  test('with a token that may only read is no failure, and GitHub being down is a reason', async () => {
    github.addToken('ghs_fork', { pullRequests: 'read' });
    expect(await post(1, { token: 'ghs_fork' })).toEqual({ kind: 'read-only' });
    github.refuse('POST', 422, 'Validation Failed');
    expect(await post(1)).toEqual({ kind: 'failed', why: expect.stringContaining('Validation Failed') });
  });
});
