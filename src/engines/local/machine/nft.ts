import { z } from 'zod';
import type { Privileged } from './privilege.ts';
import type { Note } from './undo.ts';

/** How the table of a run begins; the run follows. */
const tablePrefix = 'chaos_action_';

/** Packets that a rule has seen, and their bytes with headers. */
export type PacketCount = { readonly packets: number; readonly bytes: number };

/** The one nft table of a run. All its rules match ports of the run's own; nothing outside of it is ever changed. */
export type NftTable = {
  readonly name: string;
  /** Runs nft commands in one transaction; `TABLE` stands for the table. */
  load(commands: string): Promise<void>;
  /** Every named counter of the table as it stands now. */
  counters(): Promise<ReadonlyMap<string, PacketCount>>;
  /** Safe to call twice. */
  remove(): Promise<void>;
};

/** The table of a run; another one of the same name is not there. */
export function tableName(run: string): string {
  return `${tablePrefix}${run.replace(/[^A-Za-z0-9_]/g, '_')}`;
}

export async function createTable(run: string, privileged: Privileged, note: Note): Promise<NftTable> {
  const name = tableName(run);
  const undone = note({ type: 'nft-table', name }, 'packet rules');
  const load = async (commands: string): Promise<void> => {
    await privileged.run('nft', ['-f', '-'], `${commands.replaceAll('TABLE', `inet ${name}`)}\n`);
  };
  await load('create table TABLE');
  let removed = false;
  return {
    name,
    load,
    async counters() {
      const listed = await list(privileged, ['counters', 'table', 'inet', name]);
      return new Map(
        listed.flatMap(({ counter }) =>
          counter ? [[counter.name, { packets: counter.packets, bytes: counter.bytes }] as const] : [],
        ),
      );
    },
    async remove() {
      if (removed) return;
      await removeTable(privileged, name);
      removed = true;
      undone();
    },
  };
}

/** Names of the tables of runs of the tool. */
export async function ourTables(privileged: Privileged): Promise<string[]> {
  const listed = await list(privileged, ['tables', 'inet']);
  return listed.flatMap(({ table }) => (table?.name.startsWith(tablePrefix) ? [table.name] : []));
}

/** Removes one table of ours and nothing else. */
export async function removeTable(privileged: Privileged, name: string): Promise<void> {
  if (!name.startsWith(tablePrefix)) throw new Error(`${name} is no table of ours`);
  await privileged.run('nft', ['delete', 'table', 'inet', name]);
}

/** Whether the kernel takes these chains: they are put into a table and the table is deleted, in one transaction. Rejects with what nft says. */
export async function tryRules(privileged: Privileged, chains: string): Promise<void> {
  const name = `${tablePrefix}probe_${process.pid}`;
  await privileged.run('nft', ['-f', '-'], `table inet ${name} {\n${chains}\n}\ndelete table inet ${name}\n`);
}

/** What `nft -j` answers with (libnftables-json(5)), as far as it is read here. */
const listing = z.object({
  nftables: z.array(
    z.object({
      table: z.object({ name: z.string() }).optional(),
      counter: z.object({ name: z.string(), packets: z.number(), bytes: z.number() }).optional(),
    }),
  ),
});

async function list(privileged: Privileged, what: readonly string[]): Promise<z.infer<typeof listing>['nftables']> {
  return listing.parse(JSON.parse(await privileged.run('nft', ['-j', 'list', ...what]))).nftables;
}
