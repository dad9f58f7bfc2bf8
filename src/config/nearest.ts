/** What is longer was meant for none of them, and comparing it takes as long as it is. */
const longestWord = 100;

/** The item of `known` that was probably meant by `word`; undefined when none is close. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (word.length > longestWord) return undefined;
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  // A third of the word may be wrong; short words get one letter, or `x` would be "near" to everything.
  return bestDistance <= Math.max(1, Math.floor(word.length / 3)) ? best : undefined;
}

/** `did you mean "x"?` or, when nothing is close, what there is to choose from. */
export function suggest(word: string, known: readonly string[], otherwise = 'known here'): string {
  const match = nearest(word, known);
  if (match !== undefined) return `did you mean "${match}"?`;
  return known.length > 0 ? `${otherwise}: ${known.join(', ')}` : 'there are none';
}

/** Optimal string alignment: insertions, deletions, substitutions, and swaps of neighbours, the commonest slip of all. */
export function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (beforePrevious[column - 2] ?? 0) + 1);
      }
      current.push(cost);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
