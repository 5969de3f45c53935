import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FuzzyFeature } from './features.ts';
import { columnSums, PairSums } from './pair-sums.ts';
import { type DrawnFuzzy, drawnFuzzy, fuzzified } from './testing/drawn-fuzzy.ts';

function literalColumn({ membership }: DrawnFuzzy, literal: number | null): Float64Array {
  if (literal === null) return new Float64Array(membership.rows.length).fill(1);
  const column = membership.column(literal >> 1);
  return literal & 1 ? column.map((degree) => 1 - degree) : column;
}

function expectSums(
  degrees: Float64Array,
  [sum, squares, target, against]: readonly number[],
  y: Float64Array,
  e: Float64Array,
): void {
  const over = (each: (z: number, n: number) => number): number =>
    degrees.reduce((all, z, n) => all + each(z, n), 0);
  expect(sum).toBeCloseTo(over((z) => z), 9); // biome-ignore format: one line
  expect(squares).toBeCloseTo(over((z) => z * z), 9); // biome-ignore format: one line
  expect(target).toBeCloseTo(over((z, n) => z * y[n]), 9); // biome-ignore format: one line
  expect(against).toBeCloseTo(over((z, n) => z * e[n]), 9); // biome-ignore format: one line
}

const weights = (length: number): fc.Arbitrary<Float64Array> =>
  fc
    .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: length, maxLength: length })
    .map((values) => Float64Array.from(values));

const drawnWithWeights = drawnFuzzy.chain((drawn) => {
  const rows = drawn.membership.rows.length;
  return fc.tuple(fc.constant(drawn), weights(rows), weights(rows));
});

describe('sums of ANDs', () => {
  it('of all pairs of literals are those of the degrees, counted one by one', () => {
    fc.assert(
      fc.property(drawnWithWeights, ([drawn, y, e]) => {
        let pairs = 0;
        new PairSums(drawn.membership, y).each(e, (first, literal, ...sums) => {
          pairs++;
          const other = literalColumn(drawn, literal);
          expectSums(
            literalColumn(drawn, first).map((z, n) => Math.min(z, other[n])),
            sums,
            y,
            e,
          );
        });
        const sets = drawn.sets.length;
        expect(pairs).toBe(2 * sets + (4 * sets * (sets - 1)) / 2);
      }),
      { numRuns: 30 },
    );
  });

  it('of a column with each literal are so too', () => {
    fc.assert(
      fc.property(drawnWithWeights, ([drawn, y, e]) => {
        const column = drawn.membership.conjunction([1, drawn.sets.length]);
        columnSums(drawn.membership, column, y, e, null, (_, literal, ...sums) => {
          const other = literalColumn(drawn, literal);
          expectSums(
            column.map((z, n) => Math.min(z, other[n])),
            sums,
            y,
            e,
          );
        });
      }),
      { numRuns: 30 },
    );
  });

  it('give the squared errors of a layer, as worked out by hand', () => {
    const features: FuzzyFeature[] = [
      { name: 'calls', kind: 'count' },
      { name: 'complaint', kind: 'yes/no' },
    ];
    // Degrees by customer: NB 1 0 0 0 0, NS 0 1 ½ 0 0, Z 0 0 ½ 0 0, PS 0 0 0 ½ 0, PB 0 0 0 ½ 1, see the test of partitions.
    const drawn = fuzzified([Float64Array.of(0, 10, 15, 35, 100), Float64Array.of(1, 0, 1, 1, 1)], features);
    const left = Float64Array.of(0, 0, 0, 1, 1);
    const errors = new Map<string, number>();
    const name = (literal: number | null): string =>
      literal === null
        ? ''
        : `${literal & 1 ? '¬' : ''}${['NB', 'NS', 'Z', 'PS', 'PB', 'yes'][literal >> 1]} `;
    new PairSums(drawn.membership, left).each(left, (first, literal, _sum, squares, target) =>
      errors.set(`${name(first)}${name(literal)}`.trim(), squares - 2 * target + 2),
    );
    expect(errors.get('PB')).toBeCloseTo(0.25, 12); // 0 0 0 ½ 1
    expect(errors.get('PB yes')).toBeCloseTo(0.25, 12); // the same
    expect(errors.get('¬NB yes')).toBeCloseTo(1, 12); // 0 0 1 1 1
    expect(errors.get('¬NB ¬NS')).toBeCloseTo(0.25, 12); // 0 0 ½ 1 1
    expect(errors.get('PS PB')).toBeCloseTo(1.25, 12); // 0 0 0 ½ 0
    expect(errors.get('¬NS yes')).toBeCloseTo(1.25, 12); // 1 0 ½ 1 1
    expect(Math.min(...errors.values())).toBeCloseTo(0.25, 12);
  });
});
