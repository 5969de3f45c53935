/**
 * The inner loops of k-means, over neighbouring rows. Distances are squared Euclidean, summed column by column in 32 bits, so
 * that every kernel gives the same bits.
 *
 * Rows and centres stand one after the other, `columns` values each.
 */
export interface BlockKernel {
  /**
   * Labels each row with the nearest centre, of several the first one, and puts how far that is into `distances`. What the
   * rows with a label sum up to, by column in the order of the rows, replaces what was in `sums`, and how many they are what
   * was in `counts`.
   *
   * @returns how many labels changed
   */
  assign(
    rows: Float32Array,
    columns: number,
    centres: Float32Array,
    labels: Uint16Array,
    distances: Float32Array,
    sums: Float64Array,
    counts: Int32Array,
  ): number;

  /** What would be left of the sum of `distances` with each candidate for a further centre replaces what was in `totals`. */
  potentials(
    rows: Float32Array,
    columns: number,
    candidates: Float32Array,
    distances: Float32Array,
    totals: Float64Array,
  ): void;

  /** Lowers `distances` to those from a further centre where these are smaller. */
  lower(rows: Float32Array, columns: number, centre: Float32Array, distances: Float32Array): void;
}
