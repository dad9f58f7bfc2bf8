import { describe, expect, test } from '@jest/globals';
import { signal } from '../../src/engines/local/cluster/proc.ts';
import { eventually } from '../support/eventually.ts';
import { writeShortScenario } from '../support/short-scenario.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { leftAtLast, leftOf, processesOfRun, reaperOf, runTool, startTool } from '../support/tool.ts';

const temporary = temporaryFolders();

describe('clean', () => {
  test('has nothing to do where nothing ever ran', async () => {
    const { code, stdout, stderr } = await runTool(temporary(), 'clean');
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: 'nothing to do: no run has left anything behind\n',
      stderr: '',
    });
  });

  test('leaves a run alone that goes on, and takes back one whose tool and reaper were both killed', async () => {
    const folder = temporary();
    const scenario = writeShortScenario(folder, '{ steady: 1s, hold: 60s, recover: 5s }');
    const tool = startTool(folder, ['run', '--scenario', scenario, '--rate', '60/s']);
    await eventually('a node is paused', () => processesOfRun(tool.pid).some(({ state }) => state === 'T'));
    expect((await runTool(folder, 'clean')).stdout).toBe('nothing to do: no run has left anything behind\n');
    expect(processesOfRun(tool.pid)).toHaveLength(3);

    const reaper = reaperOf(tool.pid);
    expect(reaper).toBeDefined();
    signal(reaper ?? 0, 'SIGKILL');
    signal(tool.pid, 'SIGKILL');
    await tool.done;
    // Nobody is left to take it back: the cluster runs on, one node of it stopped.
    expect(leftOf(folder, tool.pid)).toHaveLength(4);

    const { code, stdout } = await runTool(folder, 'clean');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(
        `^run \\d+-${tool.pid}:\\n  continued 1 stopped process \\(pause\\)\\n(  killed process \\d+ \\(node\\d started\\)\\n){3}(  removed cgroup \\S+ \\(a cgroup for each node\\)\\n)?  removed its state\\n$`,
      ),
    );
    expect(await leftAtLast(folder, tool.pid)).toEqual([]);
    expect((await runTool(folder, 'clean')).stdout).toBe('nothing to do: no run has left anything behind\n');
  });
});
