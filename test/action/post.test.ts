import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { runPost } from '../../src/action/post.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const temporary = temporaryFolders();

async function said(state: { runs: string; worktree: string }): Promise<string[]> {
  const lines: string[] = [];
  await runPost({ ...state, workspace: temporary() }, { info: (line) => void lines.push(line) });
  return lines;
}

// That it takes back what a killed step left behind is tested with a real step in test/github/action.test.ts.
describe('the post step', () => {
  test('says that there was nothing to do, also where the step has left no state or a spoilt one', async () => {
    const nothing = ['nothing to undo: every fault was healed and every process ended'];
    for (const runs of ['', '[]', '["20260101000000-1"]', '{"not": "a list"}', 'no json'])
      expect(await said({ runs, worktree: '' })).toEqual(nothing);
  });

  test("removes the base's checkout that a killed step could not", async () => {
    const worktree = join(temporary(), 'chaos-rounds-x');
    mkdirSync(join(worktree, 'chaos-base-y'), { recursive: true });
    expect((await said({ runs: '[]', worktree }))[0]).toBe(`removed the base's checkout ${worktree}`);
    expect((await said({ runs: '[]', worktree }))[0]).toMatch(/^nothing to undo/);
  });
});
