import { describe, expect, it } from 'vitest';
import { unservable } from './catalogue.ts';
import { productOf } from './testing/product.ts';

describe('unservable', () => {
  it.each([
    [undefined, 'not in the catalogue'],
    [productOf('P', { nonProduct: true }), 'not a product'],
    [productOf('P', { active: false }), 'inactive'],
    [productOf('P', { stock: 0 }), 'out of stock'],
    [productOf('P', { stock: -2 }), 'out of stock'],
    [productOf('P', { stock: 0.5 }), undefined],
    [productOf('P', { stock: null }), undefined],
  ])('of %o is %o', (product, reason) => {
    expect(unservable(product)).toBe(reason);
  });
});
