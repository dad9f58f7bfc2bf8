import { expect, test } from '@jest/globals';
import { missingFile } from '../../src/engines/local/cluster/missing-file.ts';

test.each([
  'cat: broker.conf: No such file or directory',
  "Error: Unable to open config file 'broker.conf'.",
  'config error: open ./broker.conf: no such file or directory',
  "Error: ENOENT: no such file or directory, open 'broker.conf'",
])('%s', (line) => expect(missingFile(['starting', line], ['broker.conf'])).toBe('broker.conf'));

test.each([
  'reading broker.conf',
  'cat: other.conf: No such file or directory',
  'broker.conf line 3: unknown key "listner"',
])('%s: nothing is missing', (line) => expect(missingFile([line], ['broker.conf'])).toBeUndefined());
