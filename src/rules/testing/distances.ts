import fc from 'fast-check';

/** An n × n symmetric matrix; the pairs 0 1, 0 2, … 0 n−1, 1 2, … have these distances. */
export function distancesOf(n: number, pairs: readonly number[]): Float64Array {
  const distances = new Float64Array(n * n);
  let at = 0;
  for (let row = 0; row < n; row++) {
    for (let column = row + 1; column < n; column++) {
      distances[row * n + column] = distances[column * n + row] = pairs[at++];
    }
  }
  return distances;
}

/** Any distances, some negative, between at most so many items. */
export function anyDistances(most: number): fc.Arbitrary<{ n: number; distances: Float64Array }> {
  return fc.nat(most).chain((n) => {
    const pairs = (n * (n - 1)) / 2;
    const distance = fc.double({ min: -1, max: 3, noNaN: true });
    return fc
      .array(distance, { minLength: pairs, maxLength: pairs })
      .map((distances) => ({ n, distances: distancesOf(n, distances) }));
  });
}
