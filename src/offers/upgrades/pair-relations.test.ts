import { expect, it } from 'vitest';
import { relations } from '../../insights/insights.ts';
import { modelOf, type OrderLiteral } from '../../model/testing/model-of.ts';
import { relationOf } from './pair-relations.ts';

it('relationOf finds every pair that was examined, either way round, and no other', () => {
  const times = (count: number, ...items: string[]): OrderLiteral[] =>
    Array.from({ length: count }, () => ({ items }));
  const orders = [
    ...times(30, 'a', 'b'),
    ...times(30, 'c', 'd'),
    ...times(2, 'a', 'c'),
    ...times(1, 'e'),
    ...times(1, 'f'),
  ];
  const { insights, itemCodes } = modelOf({ orders, study: { relatedItems: 4 } });
  const columns = insights.relations;
  const found = new Map(
    Array.from(columns.a, (a, row) => [`${a} ${columns.b[row]}`, relations[columns.relation[row]]]),
  );
  expect(found.size).toBe(6);
  expect(relationOf(columns, itemCodes.indexOf('b'), itemCodes.indexOf('a'))).toBe('complement');
  for (let a = 0; a < 6; a++) {
    for (let b = 0; b < 6; b++) {
      const expected = found.get(`${Math.min(a, b)} ${Math.max(a, b)}`);
      expect(relationOf(columns, a, b)).toBe(expected);
    }
  }
});
