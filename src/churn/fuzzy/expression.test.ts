import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Algebra, type Expression, isWithinLimits, keyOf } from './expression.ts';
import { type DrawnFuzzy, drawnFuzzy, fuzzified } from './testing/drawn-fuzzy.ts';

type Tree = number | { readonly op: 'and' | 'or' | 'not'; readonly parts: readonly Tree[] };

const tree: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.nat(1000),
    fc.record({
      op: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.tuple(tie('tree'), tie('tree')),
    }),
    fc.record({ op: fc.constant('not' as const), parts: fc.tuple(tie('tree')) }),
  ),
})).tree;

/** The tree as the layers would build it, and its degrees by the definitions, row by row. */
function both(of: Tree, algebra: Algebra, drawn: DrawnFuzzy): { expression: Expression; degrees: number[] } {
  if (typeof of === 'number') {
    const set = of % drawn.sets.length;
    return { expression: [[2 * set]], degrees: [...drawn.membership.column(set)] };
  }
  const [a, b] = of.parts.map((part) => both(part, algebra, drawn));
  if (of.op === 'not')
    return { expression: algebra.not(a.expression), degrees: a.degrees.map((degree) => 1 - degree) };
  const [joined, chosen] = of.op === 'and' ? (['and', Math.min] as const) : (['or', Math.max] as const);
  return {
    expression: algebra[joined](a.expression, b.expression),
    degrees: a.degrees.map((degree, n) => chosen(degree, b.degrees[n])),
  };
}

describe('rules as OR of ANDs', () => {
  it('say the same as the ANDs, ORs and NOTs that they are made of', () => {
    fc.assert(
      fc.property(drawnFuzzy, tree, (drawn, of) => {
        const { expression, degrees } = both(of, new Algebra(drawn.sets), drawn);
        const own = drawn.membership.expression(expression);
        for (const [n, degree] of degrees.entries()) expect(own[n]).toBeCloseTo(degree, 12);
      }),
    );
  });

  it('keep the laws of AND, OR and NOT', () => {
    fc.assert(
      fc.property(drawnFuzzy, tree, tree, (drawn, first, second) => {
        const algebra = new Algebra(drawn.sets);
        const [a, b] = [first, second].map((of) => both(of, algebra, drawn).expression);
        expect(keyOf(algebra.and(a, b))).toBe(keyOf(algebra.and(b, a)));
        expect(keyOf(algebra.or(a, b))).toBe(keyOf(algebra.or(b, a)));
        expect(keyOf(algebra.and(a, a))).toBe(keyOf(algebra.or(a, a)));
        expect(keyOf(algebra.or(a, algebra.and(a, b)))).toBe(keyOf(algebra.or(a, a)));
        const degrees = (of: Expression): Float64Array => drawn.membership.expression(of);
        const onceMore = degrees(algebra.not(algebra.not(a)));
        const neither = degrees(algebra.not(algebra.or(a, b)));
        const [notA, notB] = [degrees(algebra.not(a)), degrees(algebra.not(b))];
        for (const [n, degree] of degrees(a).entries()) {
          expect(onceMore[n]).toBeCloseTo(degree, 12);
          expect(neither[n]).toBeCloseTo(Math.min(notA[n], notB[n]), 12);
        }
      }),
    );
  });

  it('are shortened by what is known of sets', () => {
    const drawn = fuzzified(
      [[0, 10, 15, 35, 100], [1, 2, 3, 4, 5], [0, 1, 2, 3, 0]].map((column) => Float64Array.from(column)), // biome-ignore format: one line
    );
    const algebra = new Algebra(drawn.sets);
    const set = (feature: number, place: number): number =>
      2 * drawn.sets.findIndex((one) => one.feature === feature && one.place === place);
    const not = (literal: number): number => literal ^ 1;
    // "Low" says "not high"; two plans at once nobody has; "very low" and "high" have nothing in common.
    expect(algebra.conjunction([set(0, 1), not(set(0, 3))])).toEqual([set(0, 1)]);
    expect(algebra.conjunction([set(2, 0), set(2, 1)])).toBeUndefined();
    expect(algebra.conjunction([set(2, 0), not(set(2, 0))])).toBeUndefined();
    expect(algebra.conjunction([set(0, 0), set(0, 3)])).toBeUndefined();
    // A rule that another contains is dropped.
    expect(algebra.or([[set(0, 1), set(2, 0)]], [[not(set(0, 3))]])).toEqual([[not(set(0, 3))]]);
    // Neighbours overlap, and so do a set of five and its NOT: both are kept, but are not plain.
    expect(algebra.conjunction([set(0, 0), set(0, 1)])).toHaveLength(2);
    expect(algebra.isPlain([set(0, 0), not(set(0, 0))])).toBe(false);
    expect(algebra.isPlain([not(set(0, 3)), not(set(0, 4))])).toBe(true);
  });

  it('are measured by their rules and terms', () => {
    expect(isWithinLimits([[0, 2], [4]], { conjunctions: 2, terms: 2 })).toBe(true);
    expect(isWithinLimits([[0, 2], [4]], { conjunctions: 1, terms: 2 })).toBe(false);
    expect(isWithinLimits([[0, 2], [4]], { conjunctions: 2, terms: 1 })).toBe(false);
  });
});
