import fc from 'fast-check';
import { rulesOf } from '../../testing/rules.ts';
import { measureColumn } from '../measure-column.ts';

/** Numbers of transactions with both sides of a rule, with its antecedent, with its consequent, and of all. */
export type Counts = readonly [xy: number, x: number, y: number, n: number];

/** A measure of the rule 0 ⇒ 1 with these counts, alone; one sale of either item brings 3. */
export function measureOfCounts(name: string, [support, antecedent, consequent, n]: Counts): number {
  const rules = rulesOf(n, [{ from: [0], to: 1, support, antecedent, consequent }]);
  return measureColumn(rules, name, { margins: Float64Array.of(3, 3) })[0]!;
}

/** Any possible counts of a mined rule, extremes often. */
export function anyCounts(): fc.Arbitrary<Counts> {
  return fc
    .oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 1_000_000 }))
    .chain((n) => fc.tuple(fc.integer({ min: 1, max: n }), fc.integer({ min: 1, max: n }), fc.constant(n)))
    .chain(([x, y, n]) =>
      fc.tuple(
        fc.integer({ min: Math.max(1, x + y - n), max: Math.min(x, y) }),
        fc.constant(x),
        fc.constant(y),
        fc.constant(n),
      ),
    );
}

/** Counts of which P(XY) = P(X) P(Y) exactly. */
export function independentCounts(): fc.Arbitrary<Counts> {
  const share = fc
    .integer({ min: 1, max: 200 })
    .chain((whole) => fc.tuple(fc.integer({ min: 1, max: whole }), fc.constant(whole)));
  return fc.tuple(share, share).map(([[a, b], [c, d]]) => [a * c, a * d, c * b, b * d] as const);
}
