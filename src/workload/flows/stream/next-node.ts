/**
 * A client with a list of `count` nodes tries again where it was served, and goes on to the next one where it is not: its node is dead, does not
 * answer, or refuses it.
 */
export function nextWhenRefused(count: number): (current: number, wasAccepted: boolean) => number {
  return (current, wasAccepted) => (wasAccepted ? current : (current + 1) % count);
}
