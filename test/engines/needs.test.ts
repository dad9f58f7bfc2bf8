import { expect, test } from '@jest/globals';
import { needRows } from '../../src/cli/doctor.ts';
import { requirePrograms } from '../../src/engines/local/needs.ts';
import { rejection } from '../support/eventually.ts';

const shell = { program: 'sh', get: 'apt-get install dash' };
const server = { program: 'no-such-server', get: 'https://example.org/get' };
const tool = { program: 'no-such-tool', get: 'https://example.org/get' };
const path = '/usr/bin:/bin';

test('a run of a broker whose programs are here goes on', () => {
  requirePrograms({ name: 'x', needs: [shell] }, path);
  requirePrograms({ name: 'x', needs: [] }, path);
});

test.each([
  [[shell, server], 'x needs no-such-server, which is not here'],
  [[server, tool], 'x needs no-such-server and no-such-tool, which are not here'],
])('otherwise it ends with all that is missing, and how to get it', async (needs, message) => {
  expect(await rejection((async () => requirePrograms({ name: 'x', needs }, path))())).toMatchObject({
    code: 'build',
    exitCode: 4,
    message,
    hint: 'https://example.org/get',
  });
});

test('doctor says where a program is, or how to get it', () => {
  expect(needRows({ needs: [shell, server], links: 'proxy' }, undefined, path)).toEqual([
    { need: 'sh', found: expect.stringMatching(/^\/.*\/sh$/), get: null },
    { need: 'no-such-server', found: null, get: 'https://example.org/get' },
  ]);
});

test('and whether this machine offers transparent links to a broker that has them', () => {
  const lack = { reason: 'nft is not on the PATH', hint: 'apt-get install nftables' };
  expect(needRows({ needs: [], links: 'transparent' }, { ...lack, available: false }, path)).toEqual([
    { need: 'links: transparent', found: null, get: 'nft is not on the PATH; apt-get install nftables' },
  ]);
  expect(needRows({ needs: [], links: 'transparent' }, undefined, path)).toMatchObject([{ get: null }]);
});
