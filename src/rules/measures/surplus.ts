/**
 * n² times the leverage: n11 n00 − n10 n01, which is 0 under independence and in whole numbers exactly so (below
 * 94 million transactions, whose square still fits a double).
 */
export function surplus(xy: number, x: number, y: number, n: number): number {
  return xy * n - x * y;
}
