import { expect, test } from '@jest/globals';
import { printable } from '../../src/base/printable.ts';

test.each([
  ['a line stays as it is', 'node1: ready\tin 5 ms, ünïcode', 'node1: ready\tin 5 ms, ünïcode'],
  ['lines stay lines', 'one\ntwo', 'one\ntwo'],
  ['colours and cursor movements are gone', '\u001b[31mred\u001b[2J\u001b[1;1H', 'red'],
  ['a title of the window is gone', '\u001b]0;title\u0007text', 'text'],
  ['a carriage return overwrites nothing', 'FAIL\rPASS', 'FAIL\\x0dPASS'],
  ['a bell does not ring', 'a\u0007b\u009b', 'a\\x07b\\x9b'],
  ['the reading direction stays', 'a\u202egpj.exe', 'a\\x202egpj.exe'],
])('%s', (_, outside, shown) => {
  expect(printable(outside)).toBe(shown);
});
