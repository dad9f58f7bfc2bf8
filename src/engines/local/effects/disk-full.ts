import { readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { pollUntil } from '../../../base/clock.ts';
import { distPath } from '../../../base/entries.ts';
import { formatBytes } from '../../../model/units.ts';
import type { ActiveFault } from '../../injection.ts';
import { all, atMost, moreThan, none, proofOf } from '../../proof.ts';
import type { LocalEffect, LocalScope } from '../effect.ts';
import type { FaultEnvironment } from '../environment.ts';
import { startStressor } from '../host/control.ts';
import { ignoresSignal, readSoftLimit, restoreLimits } from '../host/limits.ts';
import { missing } from '../host/programs.ts';
import { sum } from '../lanes/link-watch.ts';
import { isMountPoint } from '../machine/mounts.ts';

/** How large the data folder of a node is made where it can be a file system of its own. Memory is used only as it is filled. */
const folderBytes = 256 * 1024 ** 2;
/** Sent to a process that writes beyond its file size limit (signal(7)). */
const sigxfsz = 25;

/**
 * The nodes' data folders are full. Where the engine could give them file systems of their own a ballast fills those; no file system that
 * the machine needs is ever filled. Elsewhere the nodes' processes may write nothing to files any more, which is not the same.
 */
export const diskFull: LocalEffect<'disk-full'> = {
  mechanisms: [
    { name: 'tmpfs', needs: ['privileges'] },
    { name: 'file size limit', needs: ['prlimit'] },
  ],
  dataFolderBytes: folderBytes,
  whyNot({ nodes }, environment) {
    const own = nodes.every((node) => isOwn(environment.nodes.folder(node)));
    const why = own ? undefined : whyNoLimit(environment, nodes);
    return why && `the nodes have no file systems of their own to be filled, and ${why}`;
  },
  async observe(effect, environment) {
    const { nodes } = effect;
    const folders = nodes.map((node) => environment.nodes.folder(node));
    const own = folders.every(isOwn);
    const startBytes = sum(folders.map(usedBytes));
    return {
      inject: (scope) =>
        own ? fill(environment, scope, folders) : limit(environment, scope, nodes, folders, startBytes),
      async release() {},
    };
  },
};

/** Whether a data folder is a file system of its own, so that filling it takes space from nobody else. */
function isOwn(folder: string): boolean {
  return isMountPoint(folder) && capacity(folder) <= folderBytes;
}

function whyNoLimit({ nodes: control }: FaultEnvironment, nodes: readonly string[]): string | undefined {
  return (
    missing(['prlimit']) ??
    (nodes.flatMap((node) => control.processes(node)).every(({ pid }) => ignoresSignal(pid, sigxfsz))
      ? undefined
      : 'a file size limit would end this broker, since it does not ignore SIGXFSZ')
  );
}

/** A ballast takes all that is left of the file systems, and what the broker frees meanwhile. */
async function fill(
  environment: FaultEnvironment,
  scope: LocalScope,
  folders: readonly string[],
): Promise<ActiveFault> {
  for (const folder of folders) {
    const place = join(folder, '.chaos-action-ballast');
    scope.undo({ type: 'remove-folder', folder: place }, () => rmSync(place, { recursive: true, force: true }));
    startStressor(environment.host, scope, ['fill', join(place, 'ballast'), `${folderBytes}`]);
  }
  return {
    mechanism: `tmpfs of ${formatBytes(folderBytes)} for the data folder, filled by a ballast`,
    async prove() {
      const availableBytes = await pollUntil(
        () => {
          const free = sum(folders.map(freeBytes));
          return free === 0 ? free : undefined;
        },
        { withinMs: 300, everyMs: 10, clock: environment.clock },
      );
      const left = availableBytes ?? sum(folders.map(freeBytes));
      const written = await Promise.all(folders.map((folder) => tryToWrite(folder)));
      const refused = written.filter((said) => said === 'ENOSPC').length;
      const conditions = [
        none('bytes left in the data folders', left, formatBytes),
        all('data folders that refused a write with ENOSPC', refused, folders.length),
      ];
      return proofOf(conditions, {
        observed: `statfs: ${formatBytes(left)} of ${formatBytes(sum(folders.map(capacity)))} available; a write by another process: ${written.join(', ')}`,
        figures: {
          availableBytes: left,
          capacityBytes: sum(folders.map(capacity)),
          folders: folders.length,
          writesRefused: refused,
        },
      });
    },
  };
}

/** Writes of the nodes' processes fail with EFBIG, where a full disk would have said ENOSPC. */
async function limit(
  { nodes: control, host, clock }: FaultEnvironment,
  scope: LocalScope,
  nodes: readonly string[],
  folders: readonly string[],
  startBytes: number,
): Promise<ActiveFault> {
  const limited = nodes
    .flatMap((node) => control.processes(node))
    .flatMap(({ pid, startTicks }) => {
      const soft = readSoftLimit(pid, 'fsize');
      return soft === undefined ? [] : [{ pid, startTicks, soft }];
    });
  scope.undo({ type: 'limits', resource: 'fsize', processes: limited }, async () => {
    await restoreLimits('fsize', limited, host.setSoftLimit);
  });
  for (const { pid } of limited) await host.setSoftLimit(pid, 'fsize', '0');
  // A write that was under way is done by then.
  await clock.sleep(50);
  const fullBytes = sum(folders.map(usedBytes));
  return {
    mechanism: 'file size limit 0 on the running processes (prlimit): EFBIG, not ENOSPC, and their logs too',
    async prove() {
      const kernel = limited.filter(({ pid }) => readSoftLimit(pid, 'fsize') === '0').length;
      const grownBytes = sum(folders.map(usedBytes)) - fullBytes;
      const grownBeforeBytes = fullBytes - startBytes;
      const conditions = [
        all('processes that may write no file', kernel, limited.length),
        atMost('bytes by which the data folders grew', grownBytes, 0, formatBytes),
        moreThan('bytes by which they had grown before', grownBeforeBytes, 0, formatBytes),
      ];
      return proofOf(conditions, {
        observed: `/proc: ${kernel} of ${limited.length} processes may write no file; their folders grew by ${formatBytes(Math.max(0, grownBytes))} (${formatBytes(Math.max(0, grownBeforeBytes))} before)`,
        figures: {
          processes: limited.length,
          processesLimited: kernel,
          grownBytes,
          grownBytesBefore: grownBeforeBytes,
        },
      });
    },
  };
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function capacity(folder: string): number {
  const { blocks, bsize } = statfsSync(folder);
  return blocks * bsize;
}

/** Sizes of all files in a folder and below; one that goes while it is looked at counts for nothing. */
function usedBytes(folder: string): number {
  return sum(
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => {
      try {
        const stat = statSync(join(folder, name));
        return stat.isFile() ? stat.size : 0;
      } catch {
        return 0;
      }
    }),
  );
}

/** What a process that has no part in the fault sees: `ok` or the code of the error. */
async function tryToWrite(folder: string): Promise<string> {
  const { stdout, shortMessage } = await execa(
    process.execPath,
    [distPath('stressor.js'), 'write', join(folder, '.chaos-action-probe')],
    { reject: false, stdin: 'ignore', timeout: 5_000 },
  );
  return stdout || (shortMessage ?? 'no answer');
}
