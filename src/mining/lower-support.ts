/** The first minimum support that is tried where none is given, as a share of the transactions; then half of it, and so on. */
const firstShare = 0.1;

/**
 * Mines at lower and lower minimum supports, for a best of which no search can tell by how much to raise it.
 *
 * @param least the lowest minimum support that is tried, ≥ 1
 * @param isEnough whether nothing better can be found at a lower minimum support than this
 */
export async function lowerUntil<T>(
  transactionCount: number,
  least: number,
  mine: (minSupport: number) => Promise<T>,
  isEnough: (found: T, minSupport: number) => boolean,
): Promise<T> {
  for (let tried = Math.ceil(transactionCount * firstShare); ; tried = Math.floor(tried / 2)) {
    const minSupport = Math.max(least, tried, 1);
    const found = await mine(minSupport);
    if (minSupport <= least || isEnough(found, minSupport)) return found;
  }
}
