/**
 * Does work on numbered things a few at a time, with a pause after each few: whoever serves others meanwhile is not held up.
 *
 * @param pause lets others go first
 * @param work on the things `from … to - 1`
 */
export async function inSlices(
  count: number,
  atOnce: number,
  pause: () => Promise<unknown>,
  work: (from: number, to: number) => void,
): Promise<void> {
  for (let from = 0; from < count; from += atOnce) {
    work(from, Math.min(count, from + atOnce));
    await pause();
  }
}
