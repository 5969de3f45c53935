/** How far `actual` is from `expected`, as a share of the latter; 0 when they are the same, infinite ones included. */
export function relativeError(actual: number, expected: number): number {
  return actual === expected ? 0 : Math.abs((actual - expected) / expected);
}

/** In how many ways a draw has k = 0, 1, … `draws` special ones; out of their sum. */
export function waysByCount(total: number, successes: number, draws: number): bigint[] {
  const special = choices(successes);
  const others = choices(total - successes);
  return Array.from({ length: draws + 1 }, (_, k) => (special[k] ?? 0n) * (others[draws - k] ?? 0n));
}

export function sum(numbers: readonly bigint[]): bigint {
  return numbers.reduce((total, number) => total + number, 0n);
}

/** The quotient of two whole numbers of any size, over ≤ under, as a logarithm: −∞ for 0. */
export function lnShare(over: bigint, under: bigint): number {
  if (over === 0n) return Number.NEGATIVE_INFINITY;
  // What is above a half is known by what it lacks.
  if (2n * over > under) return Math.log1p(-Math.exp(lnShare(under - over, under)));
  const shift = under.toString(2).length - over.toString(2).length + 60;
  return Math.log(Number((over << BigInt(shift)) / under)) - shift * Math.LN2;
}

/** In how many ways to choose 0, 1, … n of n. */
function choices(n: number): bigint[] {
  const ways = [1n];
  for (let k = 1; k <= n; k++) ways.push((ways[k - 1]! * BigInt(n - k + 1)) / BigInt(k));
  return ways;
}
