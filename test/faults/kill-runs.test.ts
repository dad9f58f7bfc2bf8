import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { pollUntil } from '../../src/base/clock.ts';
import { createRandom } from '../../src/base/random.ts';
import { loadScenarios } from '../../src/config/scenarios.ts';
import { ourCgroups } from '../../src/engines/local/machine/cgroups.ts';
import { probeMachine } from '../../src/engines/local/machine/machine.ts';
import { mounts } from '../../src/engines/local/machine/mounts.ts';
import { ourTables } from '../../src/engines/local/machine/nft.ts';
import { findPrivileged } from '../../src/engines/local/machine/privilege.ts';
import { rootQdiscs } from '../../src/engines/local/machine/qdisc.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import { patienceMs } from '../support/eventually.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { leftOf, startTool, type Tool } from '../support/tool.ts';

// The tool is killed at a random moment of a random scenario, again and again: whatever it has done to the machine by then, its reaper
// takes back. `CHAOS_KILLS=50 npm test -- test/faults/kill-runs` does it fifty times; `CHAOS_KILLS_SEED` repeats the choices.

const count = Number(process.env.CHAOS_KILLS ?? 4);
const seed = process.env.CHAOS_KILLS_SEED ?? `${Date.now()}`;
const random = createRandom(`kill-runs/${seed}`);
const redirects = (await probeMachine('auto')).offers.redirect.available;
const temporary = temporaryFolders();
const scenarios = loadScenarios({ cwd: process.cwd(), faultKinds }).map(({ name }) => name);

let tool: Tool | undefined;
function killTool(): void {
  try {
    if (tool) process.kill(tool.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
afterEach(killTool);

/** What the run of the tool with this pid has in the kernel now; other runs may go on beside it. */
async function inKernel(pid: number, folder: string): Promise<string[]> {
  const { privileged } = await findPrivileged('auto');
  const tables = privileged ? await ourTables(privileged).catch(() => []) : [];
  const named = [...tables, ...ourCgroups()].filter((name) => new RegExp(`[-_]${pid}$`).test(name));
  const qdiscs = privileged ? await rootQdiscs(privileged).catch(() => []) : [];
  return [...named, ...qdiscs, ...mounts().flatMap((mount) => (mount.folder.startsWith(folder) ? [mount.folder] : []))];
}

describe(`killed with SIGKILL at a random moment, seed ${seed}`, () => {
  const rounds = Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    scenario: scenarios[Math.floor(random.next() * scenarios.length)] ?? 'baseline',
    // Boot and warm-up take 2 s; the fault begins after about 8 s and holds for 8 s and more.
    afterMs: Math.round(500 + random.next() * (count > 4 ? 19_500 : 13_500)),
    // Redirected connections have more in the kernel than others.
    links: redirects && index % 2 === 1 ? 'transparent' : 'proxy',
  }));

  test.each(rounds)(
    '$number: $scenario with links: $links after $afterMs ms leaves nothing',
    async ({ scenario, afterMs, links }) => {
      const folder = temporary();
      writeFileSync(join(folder, 'chaos.yml'), `broker: { preset: embedded, links: ${links} }\n`);
      tool = startTool(folder, ['run', '--scenario', scenario, '--seed', seed]);
      const { pid } = tool;
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      killTool();
      const left = async (): Promise<string[]> => [...leftOf(folder, pid), ...(await inKernel(pid, folder))];
      const clean = await pollUntil(async () => ((await left()).length === 0 ? true : undefined), {
        withinMs: patienceMs,
        everyMs: 200,
      });
      expect(clean ? [] : await left()).toEqual([]);
    },
  );
});
