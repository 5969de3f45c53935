import { describe, expect, it } from 'vitest';
import { productOf } from '../offers/testing/product.ts';
import type { Audience } from './audience.ts';
import { type OwnersChoice, selectPlaces, usualOwners } from './select-customers.ts';

const audience = {
  ranked: {
    probabilities: Float64Array.of(0.1, 0.4, 0.2, 0.3, Number.NaN),
    order: Int32Array.of(1, 3, 2, 0),
  },
  // Customer 3 has it by the model, customer 2 has bought it since.
  owned: Uint8Array.of(0, 0, 2, 1, 0),
} as Audience;

const customers = (owners: OwnersChoice, minProbability = 0, test = (_: number): boolean => true): number[] =>
  [...selectPlaces(audience, { owners, minProbability, tests: [test] })].map(
    (place) => audience.ranked.order[place]!,
  );

describe('selectPlaces', () => {
  it('has owners or not; who bought it lately is asked no more', () => {
    expect(customers('exclude')).toEqual([1, 0]);
    expect(customers('include')).toEqual([1, 3, 0]);
    expect(customers('only')).toEqual([3, 2]);
  });

  it('has who is probable enough and passes the tests', () => {
    expect(customers('include', 0.3)).toEqual([1, 3]);
    expect(customers('include', 0, (customer) => customer !== 1)).toEqual([3, 0]);
    expect(customers('include', 0.5)).toEqual([]);
  });
});

describe('usualOwners', () => {
  it('goes by what the product says of itself, else by how often it is bought again', () => {
    expect(usualOwners(productOf('a'), 0.09, 0.1)).toBe('exclude');
    expect(usualOwners(productOf('a'), 0.1, 0.1)).toBe('include');
    expect(usualOwners(productOf('a', { attributes: { consumable: false } }), 0.9, 0.1)).toBe('exclude');
    expect(usualOwners(productOf('a', { attributes: { consumable: true } }), 0, 0.1)).toBe('include');
  });
});
