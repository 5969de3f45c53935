import { describe, expect, it } from 'vitest';
import { isPromoted, unservable } from './catalogue.ts';
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

describe('isPromoted', () => {
  it.each([
    [{}, false],
    [{ promotion: null }, false],
    [{ promotion: '' }, false],
    [{ promotion: ' \t' }, false],
    [{ promotion: false }, false],
    [{ promotion: 'SUMMER' }, true],
    [{ promotion: 51 }, true],
    [{ promotion: true }, true],
    [{ Promotion: 'SUMMER' }, false],
  ])('of the attributes %o is %o', (attributes, promoted) => {
    expect(isPromoted(productOf('P', { attributes }))).toBe(promoted);
  });
});
