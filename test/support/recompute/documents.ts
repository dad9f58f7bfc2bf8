/** A report as a reader sees it: its tables and its lines, without marks. The same for Markdown and for HTML. */
export type ReadDocument = {
  readonly tables: readonly ReadTable[];
  readonly lines: readonly string[];
  /** What another program wrote, or a command: line by line. */
  readonly quoted: readonly string[];
  /** The data of charts. */
  readonly charts: readonly string[];
  /** Drawings as they are. */
  readonly pictures: readonly string[];
};

/** `heads` is empty for a table without heads. */
export type ReadTable = { readonly heads: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** Reads GitHub's Markdown, as far as reports use it. */
export function readMarkdown(markdown: string): ReadDocument {
  const tables: ReadTable[] = [];
  const [lines, quoted, charts]: [string[], string[], string[]] = [[], [], []];
  const source = markdown.split('\n');
  for (let at = 0; at < source.length; at++) {
    const line = source[at] ?? '';
    const fence = /^(`{3,})(\w*)$/.exec(line);
    if (fence) {
      const end = source.indexOf(fence[1] ?? '', at + 1);
      const inside = source.slice(at + 1, end);
      if (fence[2] === 'mermaid') charts.push(inside.join('\n'));
      else quoted.push(...inside);
      at = end;
    } else if (line.startsWith('|')) {
      const end = source.findIndex((one, index) => index > at && !one.startsWith('|'));
      const [heads = [], , ...rows] = source.slice(at, end).map(cellsOf);
      tables.push({ heads, rows });
      at = end - 1;
    } else lines.push(shown(line.replace(/^(#+|>|-) /, '')));
  }
  return { tables, lines: lines.filter((line) => line !== ''), quoted, charts, pictures: [] };
}

function cellsOf(row: string): string[] {
  return row.slice(2, -2).split(' | ').map(shown);
}

/** Reads a page, as far as reports use HTML. */
export function readHtml(html: string): ReadDocument {
  const charts = all(html, /<script type="application\/json">([\s\S]*?)<\/script>/g);
  const pictures = all(html, /<svg class="lifeline"[\s\S]*?<\/svg>/g, 0);
  const body = html
    .replaceAll(/<(script|style|noscript)[^>]*>[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<svg[\s\S]*?<\/svg>/g, '');
  const tables = [
    ...all(body, /<table[^>]*>([\s\S]*?)<\/table>/g).map((table) => ({
      heads: all(table.split('<tbody>')[0] ?? '', /<th[^>]*>([\s\S]*?)<\/th>/g).map(shown),
      rows: all(table.split('<tbody>')[1] ?? '', /<tr[^>]*>([\s\S]*?)<\/tr>/g).map((row) =>
        all(row, /<(?:td|th)[^>]*>([\s\S]*?)<\/(?:td|th)>/g).map(shown),
      ),
    })),
    ...all(body, /<dl class="facts">([\s\S]*?)<\/dl>/g).map((list) => ({
      heads: ['fact', 'value'],
      rows: all(list, /<div>([\s\S]*?)<\/div>/g).map((pair) =>
        all(pair, /<(?:dt|dd)>([\s\S]*?)<\/(?:dt|dd)>/g).map(shown),
      ),
    })),
  ];
  const quoted = all(body, /<pre[^>]*>([\s\S]*?)<\/pre>/g).flatMap((text) => decoded(text).split('\n'));
  const prose = body.replaceAll(/<(table|dl|pre)[^>]*>[\s\S]*?<\/\1>/g, '\n');
  const lines = [
    ...prose.split(/<\/?(?:p|li|h[1-4]|summary|title|footer|div|section|header|ol|ul|details)\b[^>]*>|\n/),
    ...pictures.flatMap((picture) =>
      all(picture, /<(?:title|text x="0"[^>]*)>([\s\S]*?)<\/(?:title|text)>/g).map((title) => `picture: ${title}`),
    ),
  ].map(shown);
  return { tables, lines: lines.filter((line) => line !== ''), quoted, charts, pictures };
}

/** Text without marks, with its characters as they are shown. */
function shown(source: string): string {
  return decoded(source.replaceAll(/<br>/g, ' ').replaceAll(/<[^>]*>/g, ''))
    .replaceAll(/\*\*|`/g, '')
    .replaceAll('\u200b', '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function decoded(text: string): string {
  return text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

function all(text: string, pattern: RegExp, group = 1): string[] {
  return [...text.matchAll(pattern)].map((match) => match[group] ?? '');
}

/** Whether it has a figure that somebody must be able to recompute. */
export function hasNumber(text: string): boolean {
  return /\d/.test(text);
}
