import { stripVTControlCharacters } from 'node:util';

// Controls but for the tab, and what reverses the reading direction or is not seen at all.
const notPrintable = /[^\P{Cc}\t]|[\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu;

/** Lines of outside text (a file, a broker, a path) with nothing in them that a terminal obeys. Line breaks stay. */
export function printable(outside: string): string {
  return outside
    .split('\n')
    .map((line) => stripVTControlCharacters(line).replaceAll(notPrintable, (one) => `\\x${hex(one)}`))
    .join('\n');
}

function hex(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).padStart(2, '0');
}
