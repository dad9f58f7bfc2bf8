/** Cuts bytes at these shares of their length. */
export function pieces(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [...cuts.map((cut) => Math.floor(cut * bytes.length)), bytes.length].sort((a, b) => a - b);
  return at.map((end, i) => bytes.subarray(at[i - 1] ?? 0, end)).filter((piece) => piece.length > 0);
}
