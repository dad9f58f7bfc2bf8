import type { Grade, Interval, ScenarioRecord, Verdict } from '../model/record.ts';
import type { Lifeline } from './lifeline.ts';

/**
 * What a report says, without how it looks: sections are made of these blocks, and two printers (print-markdown.ts, print-html.ts) know
 * how to print each. Text from outside is marked as such by `say` and escaped by the printers.
 */
export type Block =
  /** The result of the run in one look. */
  | ({ readonly type: 'card' } & Card)
  /** The head of a section. */
  | { readonly type: 'heading'; readonly text: Inline }
  /** The head of a part of a section. */
  | { readonly type: 'title'; readonly text: Inline; readonly tone?: 'bad' }
  | { readonly type: 'paragraph'; readonly text: Inline; readonly tone?: 'muted' | 'small' }
  /** A remark that a reader must not miss. */
  | { readonly type: 'note'; readonly text: Inline }
  | { readonly type: 'list'; readonly items: readonly Inline[] }
  | { readonly type: 'table'; readonly columns: readonly Column[]; readonly rows: readonly Row[] }
  /** A command to copy, never cut. */
  | { readonly type: 'command'; readonly command: string }
  /** Hidden until a reader opens it. */
  | { readonly type: 'fold'; readonly summary: Inline; readonly blocks: readonly Block[] }
  /** Something that broke, with a head of its own. `id` is the target of links to it. */
  | { readonly type: 'finding'; readonly id?: string; readonly head: Inline; readonly blocks: readonly Block[] }
  | { readonly type: 'facts'; readonly facts: readonly (readonly [name: string, value: Inline])[] }
  /** Lines of another program. */
  | { readonly type: 'output'; readonly lines: readonly string[] }
  /** Scores of 0 to 10, each with its interval. */
  | { readonly type: 'scores'; readonly what: string; readonly scores: readonly ScoreLine[] }
  /** Totals that must be the sum of their parts. */
  | { readonly type: 'sums'; readonly sums: readonly Sum[] }
  /** Latency, throughput and availability of a scenario over time, with the faults. A page draws three charts, text has one of latency. */
  | { readonly type: 'charts'; readonly scenario: ScenarioRecord }
  /** What happened around a run of messages: a page draws it as well. */
  | { readonly type: 'lifeline'; readonly lifeline: Lifeline }
  /** Scores of several runs: a page draws a chart for each line, text has a table with a character for each run. */
  | { readonly type: 'trend'; readonly runs: readonly TrendRun[]; readonly lines: readonly TrendLine[] }
  /** Parts that stand side by side where there is room. */
  | { readonly type: 'columns'; readonly columns: readonly (readonly Block[])[] }
  /** Printed in one medium only: on a page (HTML) or in text (Markdown). */
  | { readonly type: 'only'; readonly medium: Medium; readonly blocks: readonly Block[] };

export type Medium = 'page' | 'text';

/** A part of a report that links can lead to. */
export type Section = {
  readonly id?: string;
  readonly blocks: readonly Block[];
  /** What a reader can choose a scenario by. */
  readonly facets?: { readonly verdict: Verdict; readonly violated: readonly string[]; readonly dimension: string };
};

export type Card = {
  readonly verdict: Verdict;
  readonly score: number | null;
  readonly grade: Grade | null;
  readonly interval: Interval | null;
  readonly cap: string | null;
  /** What stands in the place of a score that there cannot be. */
  readonly unscored?: Inline;
  /** What was run, in a few words each. */
  readonly about: readonly Inline[];
  readonly notes: readonly Inline[];
  /** Less urgent than the notes. */
  readonly remarks: readonly Inline[];
  /** What was found, a line each. Text leaves it out: the section of what broke follows there at once. */
  readonly found: readonly FoundLine[];
  /** Stands beside it on a page. */
  readonly beside: readonly Block[];
};

export type FoundLine = { readonly tone: 'bad' | 'doubt' | 'good'; readonly text: Inline };

export type ScoreLine = {
  readonly name: string;
  /** The fragment by which a page shows what it is made of. */
  readonly fragment?: string;
  readonly score: number;
  readonly interval: Interval | null;
  readonly intervalText: string;
};

export type Sum = {
  readonly what: string;
  /** What it counts; shown if there is room. */
  readonly note?: string;
  readonly total: number;
  readonly parts: readonly SumPart[];
  /** How many are missing from the parts; negative where there are too many. */
  readonly gap: number;
  /** Counted beside the sum. */
  readonly beside?: SumPart;
};

export type SumPart = {
  readonly what: string;
  readonly note?: string;
  readonly count: number;
  /** The count of each rule, if there are rules. */
  readonly rules?: readonly (readonly [rule: string, count: number])[];
  /** The count should be 0. */
  readonly isBad?: boolean;
};

/** A run of a trend, by which its points are named. `startedAt` is a date. */
export type TrendRun = { readonly startedAt: string; readonly verdict: Verdict };

export type TrendLine = {
  readonly name: string;
  /** One for each run, the oldest first. */
  readonly values: readonly { readonly score: number | null; readonly interval: Interval | null }[];
  /** The newest run against the one before it, in words. */
  readonly call: string;
};

export type Row = { readonly cells: readonly Inline[]; readonly isBad?: boolean };

export type Column = { readonly head: string; readonly kind?: 'number' };

/** A line of text. */
export type Inline = { readonly parts: readonly Part[] };

export type Part =
  /** Words of this tool. */
  | { readonly type: 'own'; readonly text: string }
  /** Words from outside: a broker's output, names that somebody gave. */
  | { readonly type: 'outside'; readonly text: string }
  | { readonly type: 'code'; readonly text: string }
  /** A command, never cut. */
  | { readonly type: 'command'; readonly text: string }
  | { readonly type: 'strong'; readonly of: Inline }
  | { readonly type: 'muted'; readonly of: Inline }
  /** Something is wrong here. */
  | { readonly type: 'bad'; readonly of: Inline }
  | { readonly type: 'verdict'; readonly verdict: Verdict }
  /** The name of a scenario. `full`: with its faults, if there is room. */
  | { readonly type: 'scenario'; readonly scenario: ScenarioRecord; readonly full: boolean }
  /** A link to the section or finding of this id. Plain words in text, where nothing has an id. */
  | { readonly type: 'jump'; readonly id: string; readonly of: Inline }
  /** A link to an address that this tool or its workflow made. */
  | { readonly type: 'link'; readonly address: string; readonly text: string }
  | { readonly type: 'break' };

type Value = string | number | Inline | readonly Inline[];

/** A line. The words of the template are this tool's own; strings that are put into it are from outside. */
export function say(pieces: TemplateStringsArray, ...values: readonly Value[]): Inline {
  const parts: Part[] = [];
  pieces.forEach((own, index) => {
    if (own !== '') parts.push({ type: 'own', text: own });
    const value = values[index];
    if (value !== undefined) parts.push(...partsOf(value));
  });
  return { parts };
}

/** Words of this tool that are made elsewhere, such as a figure with its unit. */
export function own(text: string | number): Inline {
  return { parts: [{ type: 'own', text: String(text) }] };
}

export function code(text: string): Inline {
  return { parts: [{ type: 'code', text }] };
}

export const command = (text: string): Inline => ({ parts: [{ type: 'command', text }] });
export const strong = (of: Inline): Inline => ({ parts: [{ type: 'strong', of }] });
export const muted = (of: Inline): Inline => ({ parts: [{ type: 'muted', of }] });
export const verdictOf = ({ verdict }: ScenarioRecord): Inline => ({ parts: [{ type: 'verdict', verdict }] });
export const scenarioName = (scenario: ScenarioRecord): Inline => ({
  parts: [{ type: 'scenario', scenario, full: false }],
});
/** The name of the scenario with its faults. */
export const where = (scenario: ScenarioRecord): Inline => ({ parts: [{ type: 'scenario', scenario, full: true }] });
/** Names scenarios one after the other: each with its faults the first time, and without them from then on. */
export function namer(): (scenario: ScenarioRecord) => Inline {
  const named = new Set<ScenarioRecord>();
  return (scenario) => {
    if (named.has(scenario)) return scenarioName(scenario);
    named.add(scenario);
    return where(scenario);
  };
}
export const jump = (id: string, of: Inline): Inline => ({ parts: [{ type: 'jump', id, of }] });
export const link = (address: string, text: string): Inline => ({ parts: [{ type: 'link', address, text }] });
export const lineBreak: Inline = { parts: [{ type: 'break' }] };

export function bad(of: Inline): Inline {
  return { parts: [{ type: 'bad', of }] };
}

export function joined(items: readonly Inline[], separator = ', '): Inline {
  return {
    parts: items.flatMap(({ parts }, index) =>
      index === 0 ? parts : [{ type: 'own' as const, text: separator }, ...parts],
    ),
  };
}

export const nothing: Inline = { parts: [] };

function partsOf(value: Value): readonly Part[] {
  if (typeof value === 'string') return [{ type: 'outside', text: value }];
  if (typeof value === 'number') return [{ type: 'own', text: String(value) }];
  return 'parts' in value ? value.parts : value.flatMap(({ parts }) => parts);
}

type Of<T extends Block['type']> = Extract<Block, { type: T }>;

/** What a section is made of that a terminal can show as well. */
export type PlainBlock = Of<'heading' | 'title' | 'paragraph' | 'note' | 'list' | 'table' | 'trend'>;

export const heading = (text: Inline): Of<'heading'> => ({ type: 'heading', text });
export const title = (text: Inline, tone?: 'bad'): Of<'title'> => ({
  type: 'title',
  text,
  ...(tone === undefined ? {} : { tone }),
});
export const paragraph = (text: Inline, tone?: 'muted' | 'small'): Of<'paragraph'> => ({
  type: 'paragraph',
  text,
  ...(tone === undefined ? {} : { tone }),
});
export const note = (text: Inline): Of<'note'> => ({ type: 'note', text });
export const list = (items: readonly Inline[]): Of<'list'> => ({ type: 'list', items });
export const fold = (summary: Inline, blocks: readonly Block[]): Block => ({ type: 'fold', summary, blocks });
export const output = (lines: readonly string[]): Block => ({ type: 'output', lines });
export const columns = (...parts: readonly (readonly Block[])[]): Block => ({
  type: 'columns',
  columns: parts.filter((blocks) => blocks.length > 0),
});
export const only = (medium: Medium, ...blocks: readonly Block[]): Block => ({ type: 'only', medium, blocks });
export const table = (heads: readonly Column[], rows: readonly (Row | readonly Inline[])[]): Of<'table'> => ({
  type: 'table',
  columns: heads,
  rows: rows.map((row) => ('cells' in row ? row : { cells: row })),
});
