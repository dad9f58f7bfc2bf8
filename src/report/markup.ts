import { escapeHtml, escapeHtmlCommand, escapeHtmlLines } from './escape.ts';

/** Finished HTML or XML: all text from outside in it has been escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type MarkupPart = string | number | Markup | readonly Markup[];

/**
 * A template of HTML or XML. A value that is not markup is escaped (and trimmed), so that escaping cannot be forgotten.
 */
export function markup(pieces: TemplateStringsArray, ...parts: readonly MarkupPart[]): Markup {
  let text = pieces[0] ?? '';
  for (const [index, part] of parts.entries()) text += `${textOf(part)}${pieces[index + 1] ?? ''}`;
  return new Markup(text);
}

/** A command. It is never cut. */
export function wholeCommand(command: string): Markup {
  return new Markup(escapeHtmlCommand(command));
}

/** Outside lines one below the other, with their spacing. */
export function lines(outside: readonly string[], mostLines?: number): Markup {
  return new Markup(escapeHtmlLines(outside, mostLines));
}

export const nothing = new Markup('');

function textOf(part: MarkupPart): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  return part.map(({ text }) => text).join('');
}
