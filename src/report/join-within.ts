/** A piece of Markdown, and how soon it may be left out: rank 0 last of all, higher ranks first. */
export type Piece = { readonly text: string; readonly rank: number };

const gap = '\n\n';

/**
 * The pieces in their order as one Markdown text of at most `mostBytes` of UTF-8. If they do not fit, those of the highest rank are left out
 * first, the last ones first, and the last line says so. GitHub refuses a comment over 65,536 characters and a summary over 1 MiB as a
 * whole.
 */
export function joinWithin(pieces: readonly Piece[], mostBytes: number): string {
  const sizes = pieces.map(({ text }) => Buffer.byteLength(text) + gap.length);
  let size = sizes.reduce((sum, one) => sum + one, 0);
  // The least important first; of the same rank the last first.
  const order = pieces
    .map(({ rank }, index) => ({ rank, index }))
    .toSorted((a, b) => b.rank - a.rank || b.index - a.index);
  const dropped = new Set<number>();
  for (const { index } of order) {
    if (size + Buffer.byteLength(note(dropped.size)) < mostBytes) break;
    dropped.add(index);
    size -= sizes[index] ?? 0;
  }
  const kept = pieces.filter((_, index) => !dropped.has(index)).map(({ text }) => text);
  if (kept.length > 0 || pieces.length === 0)
    return `${[...kept, ...(dropped.size === 0 ? [] : [note(dropped.size)])].join(gap)}\n`;
  // Not even the first piece fits: it is cut between characters.
  const first = Buffer.from(pieces[0]?.text ?? '');
  return `${new TextDecoder().decode(first.subarray(0, mostBytes - 8), { stream: true })}\n`;
}

function note(dropped: number): string {
  if (dropped === 0) return '';
  return `*${dropped === 1 ? 'One section is' : `${dropped} sections are`} left out here because there is no space; the report has all.*`;
}
