/**
 * The inner loops of growing trees. Everything is in one memory: addresses are byte offsets into it.
 *
 * Rows have up to eight bins next to each other in a block, 8 bytes a row. A histogram has 256 bins of 16 bytes for each feature:
 * the sum of the gradients (64 bits), then that of the second derivatives (the lower 40 bits) under the number of rows (the upper
 * 24). These are whole numbers, so that sums do not depend on the order of the rows, and what is left of a parent's histogram
 * without one child's is exactly the other child's.
 */
export interface TreeKernel {
  /**
   * Replaces the histograms of a block's features by those of some rows.
   *
   * @param order of `count` 32-bit row numbers
   * @param gradients by row: two 32-bit integers
   * @param width how many features the block has, 1 … 8
   */
  histogram(bins: number, order: number, count: number, gradients: number, width: number, out: number): void;

  /** Takes the histograms of `width` features from others. */
  subtract(from: number, other: number, width: number): void;

  /**
   * Divides rows: those of which the bin is not above `cut` go to the beginning of `out`, the others to its end, backwards.
   * What is missing goes with the others unless `missingLeft` is 1.
   *
   * @param bins where the first row's bin of the feature is
   * @returns how many went to the beginning
   */
  partition(
    bins: number,
    order: number,
    count: number,
    cut: number,
    missingLeft: number,
    out: number,
  ): number;

  /** Adds a value to the scores (64 bits) of some rows. */
  addValue(order: number, count: number, scores: number, value: number): void;

  /**
   * Derives the log-loss of some rows at their scores: gradients w (p − y) and second derivatives w p (1 − p), p = 1 / (1 + e⁻ˢ),
   * in whole numbers of which `perGradient` and `perHessian` make 1. See `plain-kernel.ts` for the steps of p: each
   * kernel takes these, so that all give the same bits.
   */
  derive(
    order: number,
    count: number,
    scores: number,
    target: number,
    weights: number,
    gradients: number,
    perGradient: number,
    perHessian: number,
  ): void;
}

/** The memory of a training, and what works in it. */
export interface KernelPlace {
  readonly buffer: ArrayBufferLike;
  readonly kernel: TreeKernel;
}

/** Makes a place of so many bytes. */
export type MakePlace = (bytes: number) => KernelPlace;

export const laneCount = 8;
export const binCount = 256;
export const binBytes = 16;
export const histogramBytes = binCount * binBytes;
