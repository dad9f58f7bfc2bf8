/**
 * As Promise.all, but settles only when all of them have: nothing that was begun goes on behind the back of who handles the failure.
 * Rejects with the reason of the first in order that failed.
 */
export async function allDone<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(promises);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
