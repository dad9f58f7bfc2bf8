/**
 * `${NAME}` in chaos.yml. In a flow map (`mqtt: { password: ${SECRET} }`) YAML would read its braces as a map's, so they are
 * swapped for private characters of the same length before parsing, which keeps every position, and swapped back afterwards.
 */
const open = '\uE000';
const close = '\uE001';
const reference = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const hidden = new RegExp(`(\\$?)\\$${open}([A-Za-z_][A-Za-z0-9_]*)${close}`, 'g');

/** Values shorter than this are not masked: a masked `1` would blot out every figure of a report. */
const shortestSecret = 3;

export function hideReferences(text: string): string {
  return text.replace(reference, `$$${open}$1${close}`);
}

/** The text as it was written. */
export function restoreReferences(text: string): string {
  return text.replaceAll(open, '{').replaceAll(close, '}');
}

export type Revealed = {
  readonly text: string;
  /** Values that came from the environment and must not be printed. */
  readonly values: readonly string[];
  /** Names without a value and where they stand in the text, counted from 1. */
  readonly unset: readonly { readonly name: string; readonly row: number; readonly column: number }[];
};

/** Puts in the values; `$${NAME}` stays as `${NAME}`. In a template, a value never counts as template itself. */
export function revealReferences(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
  isTemplate: boolean,
): Revealed {
  const values: string[] = [];
  const unset: { name: string; row: number; column: number }[] = [];
  const revealed = text.replace(hidden, (_, escaped: string, name: string, offset: number) => {
    if (escaped !== '') return `\${${name}}`;
    const value = env[name];
    if (value === undefined) {
      const before = text.slice(0, offset);
      unset.push({ name, row: before.split('\n').length, column: offset - before.lastIndexOf('\n') });
      return `\${${name}}`;
    }
    if (value.length >= shortestSecret) values.push(value);
    return isTemplate ? value.replace(/\{[{%]/g, (braces) => `{{ "${braces}" }}`) : value;
  });
  return { text: revealed, values, unset };
}

/** The text with every secret value in it replaced, longer ones first since they may hold shorter ones. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  return [...secrets]
    .sort((a, b) => b.length - a.length)
    .reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
}
