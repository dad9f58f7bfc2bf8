import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../base/error.ts';
import type { Logger } from '../../base/logger.ts';
import type { Ledger } from './ledger.ts';
import type { Machine } from './machine/machine.ts';
import { mountTmpfs, unmount } from './machine/mounts.ts';
import type { Privileged } from './machine/privilege.ts';

type Mount = { readonly privileged: Privileged; readonly folder: string; readonly undone: () => void };

export type DataFoldersOptions = { readonly parent: string; readonly ledger: Ledger; readonly logger: Logger };

/** The nodes' data folders: new ones for each cluster, on file systems of a limited size where a fault wants that. */
export class DataFolders {
  readonly #options: DataFoldersOptions;
  #generation = 0;
  #mounts: Mount[] = [];

  constructor(options: DataFoldersOptions) {
    this.#options = options;
  }

  /** Folders for another cluster; those of the one before stay where they are. */
  renew(): void {
    this.#generation++;
  }

  of(node: string): string {
    const folder = join(this.#options.parent, `cluster-${this.#generation}`, node);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** Without privileges the folders stay what they are; a fault that wanted them otherwise says so itself. */
  async limit({ privileged }: Machine, nodes: readonly string[], bytes: number): Promise<void> {
    const { ledger, logger } = this.#options;
    if (!privileged) return;
    for (const name of nodes) {
      const folder = this.of(name);
      const undone = ledger.add({ type: 'mount', path: folder }, `${name}'s data folder`);
      try {
        await mountTmpfs(privileged, folder, bytes);
        this.#mounts.push({ privileged, folder, undone });
      } catch (error) {
        undone();
        logger.debug(`no file system of its own for ${name}: ${messageOf(error)}`);
        return;
      }
    }
  }

  /** What cannot be unmounted is found by the residue check, and is still in the ledger. Safe to call twice. */
  async unmount(): Promise<void> {
    for (const { privileged, folder, undone } of this.#mounts.splice(0))
      await unmount(privileged, folder).then(undone, (error) => this.#options.logger.warn(messageOf(error)));
  }
}
