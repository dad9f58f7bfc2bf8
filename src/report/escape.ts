import { stripVTControlCharacters } from 'node:util';

/** Characters that could end a Markdown or HTML construct, start one, or (as in `@name` and `#1`) notify somebody on GitHub. */
const special = /[\\`*_{}[\]<>&|~#!$@]/g;
// Controls, zero-width characters and those that reverse the reading direction; lone halves of surrogate pairs, and what XML forbids.
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu;

/** One line of what came from outside (broker output, names) with nothing in it that a terminal obeys. */
export function plain(outside: string, mostCharacters = 500): string {
  // Outside text may have megabytes, and this runs for each place where it is shown.
  const looked = outside.slice(0, 20 * mostCharacters);
  const line = stripVTControlCharacters(looked).replaceAll(/\s+/g, ' ').replaceAll(invisible, '').trim();
  return line.length > mostCharacters ? `${cut(line, mostCharacters - 3)}...` : line;
}

/** One line of outside text for HTML and XML: the content of an element, or an attribute within its quotes. */
export function escapeHtml(outside: string): string {
  return entities(plain(outside));
}

/** A command for HTML and XML, never cut. */
export function escapeHtmlCommand(command: string): string {
  return entities(plain(command, Number.POSITIVE_INFINITY));
}

/** Outside lines one below the other, for a preformatted element. */
export function escapeHtmlLines(lines: readonly string[], mostLines = 20): string {
  return entities(plainLines(lines, mostLines).join('\n'));
}

/** Outside lines with their spacing and without anything that a terminal obeys. If some are left out, the last line says how many. */
export function plainLines(lines: readonly string[], mostLines = 20): string[] {
  const shown = lines.slice(0, mostLines).map((line) =>
    cut(
      stripVTControlCharacters(line)
        .replaceAll(/[\r\n\t]+/g, ' ')
        .replaceAll(invisible, ''),
      500,
    ),
  );
  return lines.length > mostLines ? [...shown, `(${lines.length - mostLines} more)`] : shown;
}

/**
 * One line of outside text for Markdown prose, table cells and headings. It uses entities and not backslashes, because entities also work
 * inside HTML elements and table cells. GitHub looks for mentions after it has decoded entities, so a zero-width space breaks them up.
 * Markers of lists and underlined headings matter only at the start of a line.
 */
export function text(outside: string): string {
  return textOf(plain(outside));
}

/** One line of outside text as inline code, in table cells too. */
export function code(outside: string): string {
  return codeOf(plain(outside));
}

/** A command within a line. It is never cut: a cut command would repeat something else. */
export function inlineCommand(command: string): string {
  return codeOf(plain(command, Number.POSITIVE_INFINITY));
}

/** Outside lines as a code block whose fence is longer than any run of backticks in them. */
export function fenced(lines: readonly string[]): string {
  return fence(plainLines(lines), 'text');
}

/** A command as a code block, never cut. */
export function fencedCommand(command: string): string {
  return fence([plain(command, Number.POSITIVE_INFINITY)], 'sh');
}

function fence(shown: readonly string[], language: string): string {
  const longest = Math.max(0, ...shown.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)));
  const marks = '`'.repeat(Math.max(3, longest + 1));
  return [`${marks}${language}`, ...shown, marks].join('\n');
}

/** Outside text within the double quotes of a Mermaid string, where no escape exists. */
export function mermaidText(outside: string): string {
  return plain(outside, 120).replaceAll(/[^\p{L}\p{N} .,:()%/+-]/gu, ' ');
}

function textOf(line: string): string {
  return (
    line
      .replaceAll(special, (character) =>
        character === '@' ? '@&#8203;' : `${entity(character)}${character === '#' ? '&#8203;' : ''}`,
      )
      // GitHub makes links of addresses, and of issues by their old name, without any markup.
      .replaceAll('://', ':&#8203;//')
      .replaceAll(/\b(www|gh)([.-])/gi, '$1&#8203;$2')
      .replace(/^[-+=]/, entity)
      .replace(/^(\d+)([.)])/, (_, digits: string, mark: string) => digits + entity(mark))
  );
}

function codeOf(line: string): string {
  if (line === '') return '(empty)';
  return /^[\w .,:;=/%+()'"@#>-]+$/.test(line) ? `\`${line}\`` : `<code>${textOf(line)}</code>`;
}

/** The tool's own words for HTML and XML, with the blanks at their ends. */
export function entities(words: string): string {
  return words.replaceAll(/[&<>"']/g, entity);
}

/** Does not cut a surrogate pair in half. */
function cut(line: string, mostCharacters: number): string {
  return line.slice(0, mostCharacters).replace(/\p{Cs}$/u, '');
}

function entity(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}
