/**
 * Gradients and second derivatives are kept as whole numbers of a small unit: whole numbers sum up to the same in any order, on
 * any number of threads. The units are powers of two, so that nothing is lost on the way back.
 */
export interface Units {
  readonly gradient: number;
  readonly hessian: number;
}

/** Bits of a gradient: with 2^24 rows sums stay below 2^53. */
const gradientBits = 28;

/** Bits of a sum of second derivatives in a histogram. */
const hessianSumBits = 40;

/** A second derivative of the log-loss is at most a quarter of the weight. */
const hessianShare = 2 ** -2;

export function unitsFor(rows: number, mostWeight: number): Units {
  const scale = 2 ** Math.ceil(Math.log2(mostWeight));
  const hessianBits = Math.min(gradientBits, hessianSumBits - Math.ceil(Math.log2(rows + 1)));
  return { gradient: scale * 2 ** -gradientBits, hessian: scale * hessianShare * 2 ** -hessianBits };
}
