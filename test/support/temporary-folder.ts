import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';

/** A program that was killed may have children that still write for a moment. */
const patient = { maxRetries: 10, retryDelay: 100 };

/** Makes empty folders for the tests of the file that calls it, and takes them away after each test. */
export function temporaryFolders(): () => string {
  const made: string[] = [];
  afterEach(() => {
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true, ...patient });
  });
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'chaos-test-'));
    made.push(folder);
    return folder;
  };
}
