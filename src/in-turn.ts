/**
 * Does pieces of work, at most `width` of them at the same time, each begun in its turn.
 *
 * @returns what they came to, in the order of the pieces; rejects with the first failure, after which no other piece begins
 */
export async function inTurn<T>(width: number, pieces: readonly (() => Promise<T>)[]): Promise<T[]> {
  const done = new Array<T>(pieces.length);
  let next = 0;
  let hasFailed = false;
  const workOff = async (): Promise<void> => {
    while (next < pieces.length && !hasFailed) {
      const at = next++;
      try {
        done[at] = await pieces[at]();
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, pieces.length) }, workOff));
  return done;
}
