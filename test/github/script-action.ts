import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { distPath } from '../../src/base/entries.ts';

const actionYml = `
name: A script
description: What the tests of the local GitHub and of the runner start.
inputs:
  greeting: { description: A word, default: hello }
  fail-below: { description: A number with a hyphen in its name, default: '' }
  two words: { description: A space in its name, default: '' }
  github-token: { description: The token, default: '\${{ github.token }}' }
  matrix: { description: The matrix, default: '\${{ toJSON(matrix) }}' }
runs:
  using: node24
  main: main.mjs
  post: post.mjs
`;

/** Makes an action of a script, which can import what this repository depends on; answers with the action's folder. */
export function scriptAction(folder: string, main: string, post = ''): string {
  const action = join(folder, '_actions', 'script');
  mkdirSync(action, { recursive: true });
  writeFileSync(join(action, 'action.yml'), actionYml);
  writeFileSync(join(action, 'main.mjs'), main);
  writeFileSync(join(action, 'post.mjs'), post);
  symlinkSync(join(dirname(distPath('cli.js')), '..', 'node_modules'), join(action, 'node_modules'));
  return action;
}
