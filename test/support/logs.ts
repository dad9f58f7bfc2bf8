import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { type Log, type Logs, openLogs } from '../../src/engines/local/cluster/logs/logs.ts';

/** A function that opens a log in `FOLDER/logs`, with a thread of its own that ends with the suite. */
export function logsOfTests(): (folder: string, name: string, secrets?: readonly string[]) => Promise<Log> {
  const open: Logs[] = [];
  afterAll(async () => {
    for (const logs of open) await logs.close();
  });
  return async (folder, name, secrets = []) => {
    const logs = await openLogs({
      folder: join(folder, 'logs'),
      pipes: join(folder, 'pipes'),
      secrets,
      keepBytes: 64 * 1_024 * 1_024,
    });
    open.push(logs);
    return logs.log(name);
  };
}
