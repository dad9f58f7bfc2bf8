import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { RunRecord } from '../../src/model/record.ts';
import { copyAction } from './runner.ts';

/** What one session is to have measured; with `untilCancelled` it is cut off before its first scenario is over. */
export type Recording = { readonly record: RunRecord; readonly untilCancelled?: boolean };

const root = join(import.meta.dirname, '..', '..');

/**
 * Makes, in this folder, an action that is this one with recorded sessions in place of measured ones: everything it does with a report, and
 * all that it says to GitHub, is real. Answers with its folder and the variable that it finds the recordings by.
 */
export async function recordedAction(
  folder: string,
  recordings: readonly Recording[],
): Promise<{ action: string; env: Readonly<Record<string, string>> }> {
  const action = copyAction(folder);
  const { outputFiles } = await bundle();
  for (const { path, contents } of outputFiles)
    writeFileSync(join(action, 'dist', path.slice(root.length + 1)), contents);
  const file = join(action, 'action.yml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('main: dist/index.js', 'main: dist/recorded.js'));
  const sessions = join(action, 'sessions.json');
  writeFileSync(sessions, JSON.stringify(recordings));
  return { action, env: { RECORDED_SESSIONS: sessions } };
}

let bundled: ReturnType<typeof makeBundle> | undefined;

/** Once for all tests of a file. */
function bundle(): ReturnType<typeof makeBundle> {
  bundled ??= makeBundle();
  return bundled;
}

function makeBundle() {
  return build({
    absWorkingDir: root,
    entryPoints: { recorded: 'test/github/recorded-main.ts' },
    outdir: root,
    write: false,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    define: { __VERSION__: '"recorded"' },
    logLevel: 'error',
  });
}
