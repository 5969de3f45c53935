import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TransactionsBuilder } from '../baskets/builder.ts';
import { transactionCount } from '../baskets/transactions.ts';
import { fpGrowth } from '../mining/fp-growth.ts';
import { basketsOf } from '../mining/testing/baskets.ts';
import { generateRules } from '../rules/generate.ts';
import { anyMined, counterIn, literalsOf, mined } from '../rules/testing/mined.ts';
import { bundleCandidates } from './bundle-candidates.ts';
import type { RelationColumns } from './insights.ts';
import { relations } from './insights.ts';

type Pair = readonly [a: number, b: number, relation: (typeof relations)[number]];

function relationsFrom(pairs: readonly Pair[]): RelationColumns {
  const zeros = new Float64Array(pairs.length);
  return {
    a: Int32Array.from(pairs, ([a]) => a),
    b: Int32Array.from(pairs, ([, b]) => b),
    relation: Uint8Array.from(pairs, ([, , relation]) => relations.indexOf(relation)),
    together: new Int32Array(pairs.length),
    lift: zeros,
    logP: zeros,
    logPBeyondSize: zeros,
    similarity: zeros,
    confidence: zeros,
  };
}

/** Candidates as `0 1 2: 5, 6 7 8`: items, transactions with all, and with all but each. */
function listed(found: ReturnType<typeof bundleCandidates>): string[] {
  const { offsets, items, together, without } = found;
  return Array.from(together, (count, s) => {
    const of = (column: Int32Array): string => column.subarray(offsets[s], offsets[s + 1]).join(' ');
    return `${of(items)}: ${count}, ${of(without)}`;
  });
}

describe('bundleCandidates', () => {
  it('are the sets that hold together however they are split, of complements', () => {
    const pair = fc.tuple(fc.nat(5), fc.nat(5), fc.constantFrom('complement', 'substitute'));
    const pairs = fc.uniqueArray(pair, { selector: ([a, b]) => 10 * a + b });
    fc.assert(
      fc.property(
        anyMined(),
        fc.nat(),
        pairs,
        fc.nat(6),
        ({ baskets, itemsets, rules }, seed, found, known) => {
          const isShown = Uint8Array.from(rules.consequent, (_, r) => ((seed + r * 7) % 5 === 0 ? 0 : 1));
          const related = found.filter(([a, b]) => a < b && b < known) as Pair[];
          const count = counterIn(baskets);
          const literals = literalsOf(rules).filter((_, r) => isShown[r] === 1);
          const isSplit = (set: number[]): boolean =>
            set.every((to) =>
              literals.some(
                (rule) => rule.to === to && rule.from.join() === set.filter((i) => i !== to).join(),
              ),
            );
          const areComplements = (set: number[]): boolean =>
            set.every((b) =>
              set.every(
                (a) =>
                  a >= b ||
                  b >= known ||
                  related.some(([c, d, what]) => c === a && d === b && what === 'complement'),
              ),
            );
          const n = transactionCount(baskets);
          const sets = Array.from({ length: 256 }, (_, bits) =>
            [0, 1, 2, 3, 4, 5, 6, 7].filter((item) => bits & (1 << item)),
          ).filter((set) => set.length >= 2 && set.length <= 4 && isSplit(set) && areComplements(set));
          const expected = sets.map((set) => {
            const without = set.map((item) => count(set.filter((other) => other !== item)));
            return `${set.join(' ')}: ${count(set)}, ${without.join(' ')}`;
          });
          const knownItems = Int32Array.from({ length: known }, (_, item) => item);
          const candidates = bundleCandidates(rules, isShown, itemsets, knownItems, relationsFrom(related));
          expect(listed(candidates).sort()).toEqual(expected.sort());
          expect(candidates.leftOut).toBe(0);
          const worth = Array.from(
            candidates.together,
            (together, s) =>
              [...candidates.items.subarray(candidates.offsets[s], candidates.offsets[s + 1])].reduce(
                (share, item) => (share * count([item])) / n,
                -n,
              ) + together,
          );
          worth.forEach((value, s) => {
            if (s > 0) expect(value).toBeLessThanOrEqual(worth[s - 1]! + 1e-9);
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('has bundles of two of which one is sold alone too', () => {
    const { itemsets, rules } = mined(basketsOf([0, 1], [0, 1], [0], [2]), 1);
    const isShown = new Uint8Array(rules.consequent.length).fill(1);
    const related = relationsFrom([[0, 1, 'complement']]);
    expect(listed(bundleCandidates(rules, isShown, itemsets, Int32Array.of(0, 1, 2), related))).toEqual([
      '0 1: 2, 2 3',
    ]);
  });

  it('keeps the ten thousand best, and says how many it left out', () => {
    // All pairs of 150 items, one basket each; the first pair is in two.
    const builder = new TransactionsBuilder();
    builder.add([0, 1]);
    for (let b = 1; b < 150; b++) for (let a = 0; a < b; a++) builder.add([a, b]);
    const baskets = builder.build();
    const itemsets = fpGrowth(baskets, { minSupport: 1 });
    const rules = generateRules(itemsets, transactionCount(baskets), { minConfidence: 0 });
    const isShown = new Uint8Array(rules.consequent.length).fill(1);
    const found = bundleCandidates(rules, isShown, itemsets, new Int32Array(0), relationsFrom([]));
    expect(found.together).toHaveLength(10_000);
    expect(found.leftOut).toBe((150 * 149) / 2 - 10_000);
    expect(listed(found)[0]).toBe('0 1: 2, 150 150');
  });
});
