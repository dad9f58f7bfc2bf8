import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { formatBytes, formatMs } from '../../../model/units.ts';
import { atLeast, moreThan, proofOf } from '../../proof.ts';
import type { LocalEffect } from '../effect.ts';
import { type HostControl, type Stressor, startStressor } from '../host/control.ts';
import { median, sum } from '../lanes/link-watch.ts';
import { readDisk, readPressureMs, readStorageWrites } from '../machine/host.ts';

const leastProbes = 5;
/** How much longer a small synced write must take at the median than in the steady phase. */
const slowerFactor = 1.5;
/** So much of what a disk writes more than in the steady phase must be of this fault. */
const leastOwnShare = 0.5;

/** Other processes write and sync without a pause where the nodes have their data, so that the nodes wait for the disk. */
export const ioStress: LocalEffect<'io-stress'> = {
  mechanisms: [{ name: 'fsync loops', needs: [] }],
  async observe(effect, { nodes: control, host, clock }) {
    const { nodes, writers, fileBytes: size } = effect;
    // Nodes that share a disk are struck together: a burden for each of them would be several for the disk.
    const folders = onePerDisk(nodes.map((node) => control.folder(node)));
    const probes = folders.map((folder) => new WriteProbe(folder, host));
    const steadyFrom = lookAt(folders, clock.nowMs());
    const mark = () => ({ writesMs: probes.map((probe) => probe.mark()), look: lookAt(folders, clock.nowMs()) });
    let calm: ReturnType<typeof mark> | undefined;
    return {
      steadyIsOver() {
        calm = mark();
      },
      async inject(scope) {
        const begun = mark();
        const { writesMs: steady, look: steadyTo } = calm ?? begun;
        const holdFrom = begun.look;
        const places = folders.map((folder) => join(folder, '.chaos-action-io'));
        const loops = places.map((place) => {
          scope.undo({ type: 'remove-folder', folder: place }, () => rmSync(place, { recursive: true, force: true }));
          mkdirSync(place);
          return startStressor(host, scope, ['io', place, `${writers}`, `${size}`]);
        });
        return {
          mechanism: 'fsync loops beside the data of the nodes',
          async prove() {
            const now = lookAt(folders, clock.nowMs());
            const ofLoops = loops.map(({ pid }) => readStorageWrites(pid));
            // Somebody else's burden is not this fault: what the disk wrote more must mostly be the loops'.
            const ownBytes = ofLoops.includes(undefined) ? undefined : sum(ofLoops.map((bytes) => bytes ?? 0));
            const during = probes.map((probe) => probe.mark());
            const compared = during.map((latenciesMs, i) => ({
              beforeMs: median(steady[i] ?? []) ?? 0,
              nowMs: median(latenciesMs) ?? 0,
              probes: Math.min(latenciesMs.length, steady[i]?.length ?? 0),
            }));
            const was = rates(steadyFrom, steadyTo);
            const is = rates(holdFrom, now);
            const moreBytes =
              (((is.writtenBytesPerSecond ?? 0) - (was.writtenBytesPerSecond ?? 0)) * (now.atMs - holdFrom.atMs)) /
              1_000;
            const disk =
              is.writtenBytesPerSecond === undefined
                ? 'the kernel keeps no figures of this disk'
                : `${formatBytes(is.writtenBytesPerSecond)}/s written to disk (${formatBytes(was.writtenBytesPerSecond ?? 0)}/s before)`;
            const { nowMs, beforeMs } = compared[0] ?? { nowMs: 0, beforeMs: 0 };
            const own = 'bytes written to disk by the loops';
            const conditions = [
              ...compared.flatMap((one) => [
                atLeast('synced writes that were timed, in the steady phase and in hold', one.probes, leastProbes),
                moreThan('a synced write of 4 KiB before, at the median', one.beforeMs, 0, formatMs),
                atLeast('a synced write of 4 KiB, at the median', one.nowMs, slowerFactor * one.beforeMs, formatMs),
              ]),
              ...(is.writtenBytesPerSecond === undefined
                ? []
                : [
                    moreThan(
                      'bytes a second written to disk',
                      is.writtenBytesPerSecond,
                      was.writtenBytesPerSecond ?? 0,
                      formatBytes,
                    ),
                  ]),
              ...(ownBytes === undefined
                ? []
                : [moreThan(own, ownBytes, 0), atLeast(own, ownBytes, leastOwnShare * moreBytes, formatBytes)]),
            ];
            return proofOf(conditions, {
              observed: `a synced write of 4 KiB takes ${compared.map((one) => `${formatMs(one.nowMs)} (${formatMs(one.beforeMs)} before)`).join(', ')} at the median; ${disk}${ownBytes === undefined ? '' : `, ${formatBytes(ownBytes)} in all by the loops`}`,
              figures: {
                probeMs: nowMs,
                probeMsBefore: beforeMs,
                probes: sum(compared.map((one) => one.probes)),
                disks: folders.length,
                ...(ownBytes === undefined ? {} : { loopsWrittenBytes: ownBytes }),
                ...named('', is),
                ...named('Before', was),
              },
            });
          },
        };
      },
      async release() {
        await Promise.all(probes.map((probe) => probe.stop()));
      },
    };
  },
};

function onePerDisk(folders: readonly string[]): string[] {
  return [...new Map(folders.map((folder) => [statSync(folder).dev, folder])).values()];
}

type Look = {
  readonly atMs: number;
  readonly writtenBytes: number | undefined;
  readonly pressureMs: number | undefined;
};

function lookAt(folders: readonly string[], atMs: number): Look {
  const disks = folders.map((folder) => readDisk(statSync(folder).dev));
  const known = disks.filter((disk) => disk !== undefined);
  return {
    atMs,
    writtenBytes: known.length < disks.length ? undefined : sum(known.map(({ writtenBytes }) => writtenBytes)),
    pressureMs: readPressureMs('io'),
  };
}

type Rates = { readonly writtenBytesPerSecond: number | undefined; readonly pressureMsPerSecond: number | undefined };

function rates(from: Look, to: Look): Rates {
  const perSecond = (before: number | undefined, after: number | undefined): number | undefined =>
    before === undefined || after === undefined || to.atMs <= from.atMs
      ? undefined
      : ((after - before) * 1_000) / (to.atMs - from.atMs);
  return {
    writtenBytesPerSecond: perSecond(from.writtenBytes, to.writtenBytes),
    pressureMsPerSecond: perSecond(from.pressureMs, to.pressureMs),
  };
}

function named(suffix: string, { writtenBytesPerSecond, pressureMsPerSecond }: Rates): Record<string, number> {
  return {
    ...(writtenBytesPerSecond === undefined ? {} : { [`writtenBytesPerSecond${suffix}`]: writtenBytesPerSecond }),
    ...(pressureMsPerSecond === undefined ? {} : { [`pressureMsPerSecond${suffix}`]: pressureMsPerSecond }),
  };
}

/** Times a synced write of a page again and again, by a process of its own. */
class WriteProbe {
  readonly #file: string;
  readonly #process: Stressor;
  #read = 0;

  constructor(folder: string, host: HostControl) {
    this.#file = join(folder, '.chaos-action-probe');
    this.#process = host.observe(['probe', this.#file]);
  }

  /** Milliseconds of each that was done since the last mark. */
  mark(): readonly number[] {
    const lines = this.#process.said().split('\n').slice(0, -1);
    const seen = lines.slice(this.#read).map(Number);
    this.#read = lines.length;
    return seen;
  }

  async stop(): Promise<void> {
    await this.#process.stop();
    rmSync(this.#file, { force: true });
  }
}
