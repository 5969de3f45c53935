import { describe, expect, it } from 'vitest';
import { influenceOf } from '../../src/rules/influences.ts';
import { changedRows, type Place, placeRows, promotionRows, verdictRow } from './influence-tables.ts';
import type { Studied } from './influence-work.ts';

const names = ['tea', 'mug', 'fir'];
const grouping = { names: ['May', 'June'], of: Int32Array.of(0, 1) };

/** A rule in two months, by its tables of both, left, right and neither. */
const studied = (
  from: number[],
  to: number,
  may: readonly [number, number, number, number],
  june: readonly [number, number, number, number],
) => {
  const [n11, n10, n01, n00] = may.map((count, cell) => Int32Array.of(count, june[cell]));
  return {
    antecedent: Int32Array.from(from),
    consequent: to,
    crudeLift: 2,
    findings: influenceOf({ n11, n10, n01, n00 }, grouping),
  };
};

/** All of its association comes from both being bought in May: an odds ratio of 1 in either month. */
const seasonal = [
  studied([0], 1, [64, 16, 16, 4], [4, 16, 16, 64]),
  studied([1], 0, [64, 16, 16, 4], [4, 16, 16, 64]),
];
/** The same odds ratio, 16, in both months and together. */
const steady = studied([0], 2, [40, 10, 10, 40], [40, 10, 10, 40]);

describe('tables of influences', () => {
  it('count verdicts', () => {
    expect(verdictRow('month', [...seasonal, steady])).toMatchObject({
      holds: 1,
      weakens: 0,
      vanishes: 2,
      reverses: 0,
      'differs by group': 0,
      most: 1,
    });
  });

  it('show the most changed rules, one for each set of items', () => {
    const rows = changedRows([steady, ...seasonal], names, 5);
    expect(rows.map(({ rule, verdict }) => [rule, verdict])).toEqual([
      ['tea → mug', 'vanishes'],
      ['tea → fir', 'holds'],
    ]);
    expect(rows[0]).toMatchObject({ adjusted: 1, 'most often in': 'May: 64 of 68 baskets' });
    expect(changedRows([steady, ...seasonal], names, 1)).toHaveLength(1);
  });
});

describe('tables of promotions', () => {
  const side = { name: '', n11: 9, n10: 1, n01: 1, n00: 9, lift: 1.8, p: 0.001 };
  const place = (item: number, verdict: Place['verdict'], differsP: number): Studied<Place> => ({
    antecedent: Int32Array.of(item),
    consequent: 2,
    crudeLift: 1.5,
    findings: { verdict, inside: side, outside: side, differsP },
  });
  const found = [
    place(0, 'only-in-promotion', 0.04),
    place(1, 'only-in-promotion', 0.001),
    place(0, 'holds', 0.6),
    place(1, 'not-in-promotion', 0.3),
  ];

  it('tell how many verdicts are more than chance', () => {
    expect(placeRows(found).map((row) => Object.values(row))).toEqual([
      ['holds', 1, 0, 0],
      ['not-in-promotion', 1, 0, 0],
      ['only-in-promotion', 2, 2, 1],
      ['nowhere', 0, 0, 0],
      ['too-few-to-tell', 0, 0, 0],
    ]);
  });

  it('show the rules of promotions alone, the surest first', () => {
    expect(promotionRows(found, names, 5).map(({ rule }) => rule)).toEqual(['mug → fir', 'tea → fir']);
  });
});
