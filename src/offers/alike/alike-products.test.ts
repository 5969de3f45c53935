import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Product } from '../catalogue.ts';
import { nameTerms } from '../terms/name-terms.ts';
import { productOf } from '../testing/product.ts';
import { AlikeProducts } from './alike-products.ts';

function among(products: readonly Product[]): AlikeProducts {
  const alike = new AlikeProducts();
  for (const product of products) alike.add(product);
  return alike;
}

const shop = [
  productOf('cup', { name: 'Red cup', price: 4, category: ['kitchen', 'cups'] }),
  productOf('mug', { name: 'Large mug', price: 5, category: ['kitchen', 'cups'] }),
  productOf('pan', { name: 'Frying pan', price: 30, category: ['kitchen', 'pans'] }),
  productOf('lamp', { name: 'Red lamp', price: 60, category: ['living', 'lamps'] }),
  productOf('sofa', { name: 'Sofa', price: 900, category: ['living', 'seats'] }),
];

describe('AlikeProducts', () => {
  const codesFor = (given: Partial<Product>): string[] =>
    among(shop)
      .of(productOf('new', given))
      .map(({ product }) => product.code);

  it('finds what shares rare words, the category and the price', () => {
    expect(codesFor({ name: 'Red cups, set of 4', category: ['kitchen', 'cups'], price: 8 })).toEqual([
      'cup',
    ]);
    expect(codesFor({ name: 'Beaker', category: ['kitchen', 'cups'], price: 5 }).slice(0, 2)).toEqual([
      'mug',
      'cup',
    ]);
    expect(codesFor({ name: 'red', price: 60 })[0]).toBe('lamp');
    expect(codesFor({ name: 'red', price: 4 })[0]).toBe('cup');
  });

  it('finds nothing where nothing is shared, and never the product itself', () => {
    expect(codesFor({ name: 'Bicycle', category: ['sports'] })).toEqual([]);
    expect(codesFor({})).toEqual([]);
    expect(
      among(shop)
        .of(shop[0]!)
        .map(({ product }) => product.code),
    ).not.toContain('cup');
  });

  it('counts equal attributes, but not what all have, nor how a product is sold', () => {
    const shirts = ['linen', 'cotton', 'wool'].map((cloth, n) =>
      productOf(cloth, {
        attributes: { cloth, currency: 'EUR', promotion: n === 0 ? 'spring' : '', size: n },
      }),
    );
    const found = (attributes: Product['attributes']) =>
      among(shirts)
        .of(productOf('new', { attributes }))
        .map(({ product }) => product.code);
    expect(found({ cloth: 'Wool ' })).toEqual(['wool']);
    expect(found({ size: 1 })).toEqual(['cotton']);
    expect(found({ currency: 'EUR', promotion: 'spring' })).toEqual([]);
  });

  it('gives at most eight, with weights that fall and make 1', () => {
    const words = fc.array(fc.constantFrom<string>('red', 'blue', 'cup', 'pan', 'lamp', 'set'), {
      maxLength: 4,
    });
    const any = fc.record({ words, price: fc.option(fc.integer({ min: 1, max: 50 })) });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 30 }), any, (others, one) => {
        const product = (code: string, { words, price }: typeof one) =>
          productOf(code, { name: words.join(' '), price });
        const found = among(others.map((other, n) => product(`p${n}`, other))).of(product('new', one));
        expect(found.length).toBeLessThanOrEqual(8);
        const weights = found.map(({ weight }) => weight);
        expect(weights).toEqual(weights.toSorted((a, b) => b - a));
        if (found.length > 0) expect(weights.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
        for (const { product: other } of found)
          expect(nameTerms(other.name).words.some((word) => one.words.includes(word))).toBe(true);
      }),
    );
  });
});
