import { z } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { nearestOf, queryCheck } from './query-check.ts';

describe('queryCheck', () => {
  const check = queryCheck(
    z.object({
      minLift: z.coerce.number().optional().openapi({ description: 'At least.' }),
      limit: z.coerce.number().int().min(1).default(50),
      text: z.string().trim().optional(),
    }),
  );

  it('lets pass what there is', () => {
    for (const query of [{}, { minLift: '2', limit: '5', text: 'tea' }, { text: '' }, { limit: ['1', '2'] }])
      expect(check(query)).toBeUndefined();
  });

  it.each([
    [{ minlift: '2' }, 'minlift', 'Did you mean minLift?'],
    [{ limit: '1', tetx: 'a' }, 'tetx', 'Did you mean text?'],
    [{ products: '2' }, 'products', 'There are minLift, limit, text.'],
    [{ constructor: '2' }, 'constructor', 'There are minLift, limit, text.'],
  ])('refuses %j', (query, name, instead) => {
    expect(check(query)).toEqual({ name, why: `there is no such parameter. ${instead}` });
  });

  it.each([{ minLift: '' }, { minLift: ' ' }])('refuses %j, which is no number', (query) => {
    expect(check(query)).toEqual({ name: 'minLift', why: 'it is empty: give a number, or leave it out.' });
  });

  it('refuses any where there are none', () => {
    expect(queryCheck(undefined)({})).toBeUndefined();
    expect(queryCheck(undefined)({ a: '1' })).toEqual({
      name: 'a',
      why: 'there is no such parameter. This takes none.',
    });
  });
});

describe('nearestOf', () => {
  const words = ['support', 'minSupport', 'lift', 'leverage'];

  it.each([
    ['MINSUPPORT', 'minSupport'],
    ['suport', 'support'],
    ['minSuport', 'minSupport'],
    ['left', 'lift'],
    ['lfit', 'lift'],
    ['price', undefined],
    ['', undefined],
  ])('of %s is %s', (word, nearest) => {
    expect(nearestOf(word, words)).toBe(nearest);
  });
});
