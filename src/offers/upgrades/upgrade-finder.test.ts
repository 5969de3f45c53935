import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ModelLiteral, modelOf, type OrderLiteral } from '../../model/testing/model-of.ts';
import { Assortment } from '../assortment.ts';
import { type Product, unservable } from '../catalogue.ts';
import { productOf } from '../testing/product.ts';
import { UpgradeFinder, type UpgradeWish } from './upgrade-finder.ts';

type Given = Readonly<Record<string, Partial<Product>>>;

const notebooks = ['computers', 'notebooks'];
const laptop = (name: string, price: number, cpu: string, ram: string, given: Partial<Product> = {}) => ({
  name,
  price,
  category: notebooks,
  attributes: { brand: 'Acme', cpu, ram },
  ...given,
});

/** One line of notebooks in tiers, and what must not be taken for one of them. */
const laptops: Given = {
  i3: laptop('Acme ProBook 14 i3 8GB', 449, 'Core i3', '8 GB'),
  i5: laptop('Acme ProBook 14 i5 8GB', 599, 'Core i5', '8 GB'),
  i5red: laptop('Acme ProBook 14 i5 8GB red', 599, 'Core i5', '8 GB'),
  i7: laptop('Acme ProBook 14 i7 16GB', 799, 'Core i7', '16 GB'),
  i9: laptop('Acme ProBook 14 i9 64GB', 1999, 'Core i9', '64 GB'),
  other: { name: 'Zenith Lumen 9', price: 700, category: notebooks, attributes: { brand: 'Zenith' } },
  bag: { name: 'Acme ProBook 14 bag', price: 650, category: ['computers', 'bags'] },
};

function finderOf(catalogue: Given, literal: Partial<ModelLiteral> = {}) {
  const model = modelOf({ orders: [], ...literal });
  const products = Object.entries(catalogue).map(([code, given]) => productOf(code, given));
  const assortment = new Assortment(model.itemCodes, products);
  const finder = new UpgradeFinder(model, assortment);
  return {
    finder,
    assortment,
    of: (code: string, wish?: UpgradeWish) => finder.upgradesOf(code, 10, wish),
    codes: (code: string, wish?: UpgradeWish) =>
      finder.upgradesOf(code, 10, wish).upgrades.map(({ product }) => product.code),
    put: (code: string, given: Partial<Product>) =>
      assortment.put(productOf(code, { ...catalogue[code], ...given })),
  };
}

const visits = (customer: string, ...items: string[]): OrderLiteral[] =>
  items.map((item, day) => ({ customer, day, items: [item] }));

describe('upgrades by category, name and attributes', () => {
  it('are the next tier of the line, and not the same in red, nor what is cheaper, far dearer, or a bag', () => {
    const { of } = finderOf(laptops);
    const { upgrades, emptyReason } = of('i5');
    expect(emptyReason).toBeUndefined();
    expect(upgrades.map(({ product }) => product.code)).toEqual(['i7']);
    expect(upgrades[0]).toMatchObject({ ratio: 799 / 599, shrinks: [], relation: undefined });
    expect(upgrades[0].alikeness).toBeGreaterThan(0.9);
    expect(upgrades[0].grows).toEqual([
      { what: 'i#', from: 5, to: 7 },
      { what: '#gb', from: 8, to: 16 },
      { what: 'cpu', from: 5, to: 7 },
      { what: 'ram', from: 8, to: 16 },
    ]);
  });

  it('keep to the ratios that are asked for', () => {
    const { codes, of } = finderOf(laptops);
    expect(codes('i3')).toEqual(expect.arrayContaining(['i5', 'i5red', 'i7']));
    expect(codes('i3', { mostRatio: 1.5 }).sort()).toEqual(['i5', 'i5red']);
    expect(codes('i3', { leastRatio: 1.5 })).toEqual(['i7']);
    expect(codes('i5', { mostRatio: 4 }).sort()).toEqual(['i7', 'i9']);
    expect(of('i5', { mostRatio: 1.2 })).toEqual({ upgrades: [], emptyReason: 'none-dearer' });
    expect(codes('i5')).toEqual(['i7']);
  });

  it('follow the catalogue', () => {
    const { codes, of, put } = finderOf(laptops);
    expect(codes('i5')).toEqual(['i7']);
    put('i7', { stock: 0 });
    expect(of('i5')).toEqual({ upgrades: [], emptyReason: 'none-on-sale' });
    put('i7', { stock: 3 });
    expect(codes('i5')).toEqual(['i7']);
    put('i7', { price: 1300 });
    expect(of('i5').emptyReason).toBe('none-dearer');
    put('i5red', { price: 640 });
    expect(codes('i5')).toEqual(['i5red']);
    put('new', laptop('Acme ProBook 14 i7 8GB', 699, 'Core i7', '8 GB'));
    expect(codes('i5').sort()).toEqual(['i5red', 'new']);
    put('new', { nonProduct: true, price: 699 });
    expect(codes('i5')).toEqual(['i5red']);
  });

  it('of a product that cannot be sold itself are told all the same', () => {
    const { codes, put } = finderOf(laptops);
    put('i5', { stock: 0 });
    expect(codes('i5')).toEqual(['i7']);
  });

  it('do not have less of what a name measures', () => {
    const { of } = finderOf({
      ...laptops,
      less: laptop('Acme ProBook 14 i5 4GB', 699, 'Core i5', '8 GB', { category: ['x'] }),
      more: laptop('Acme ProBook 14 i5 8GB', 599, 'Core i5', '8 GB', { category: ['x'] }),
    });
    const [{ alikeness, shrinks }] = of('more').upgrades;
    expect(shrinks).toEqual([{ what: '#gb', from: 8, to: 4 }]);
    expect(alikeness).toBeLessThan(0.95);
  });

  it('do not rest on what only tells which product it is', () => {
    const many = Object.fromEntries(
      Array.from({ length: 20 }, (_, n) => [
        `m${n}`,
        laptop('Acme ProBook 14 i5 8GB', 500 + 10 * n, 'Core i5', '8 GB', {
          attributes: { code: 40_000 + n, cores: n < 10 ? 4 : 8 },
        }),
      ]),
    );
    const [{ grows }] = finderOf(many).of('m0', { leastRatio: 1.3 }).upgrades;
    expect(grows).toEqual([{ what: 'cores', from: 4, to: 8 }]);
  });

  it('are none without a price, a name or anything alike, and say so', () => {
    const { of } = finderOf({
      ...laptops,
      free: { name: 'Acme ProBook 14', price: null },
      bare: { price: 3 },
      single: { name: 'Umbrella', price: 3 },
      postage: { name: 'Postage', price: 3, nonProduct: true },
    });
    const reasons = ['free', 'bare', 'single', 'postage', 'nothing'].map((code) => of(code).emptyReason);
    expect(reasons).toEqual([
      'no-price',
      'nothing-to-compare',
      'none-alike',
      'not-a-product',
      'unknown-product',
    ]);
  });
});

/** Names without categories: sizes are of a price each, colours are not, though one happens to be dearer. */
const gifts: Given = Object.fromEntries([
  ...['heart', 'star', 'moon', 'bird', 'fish'].flatMap((shape) => [
    [`small ${shape}`, { name: `Wicker ${shape} ornament small`, price: 2 }],
    [`large ${shape}`, { name: `Wicker ${shape} ornament large`, price: 3.5 }],
  ]),
  ...['red', 'blue', 'green', 'pink'].map((colour) => [
    `${colour} clock`,
    { name: `Diner kitchen wall clock with quartz movement ${colour}`, price: colour === 'red' ? 15 : 8 },
  ]),
  ['wax', { name: 'Beeswax candle', price: 2.2 }],
]);

describe('upgrades by name alone', () => {
  it('are of a higher tier, and no other colour that happens to be dearer', () => {
    const { of, codes } = finderOf(gifts);
    expect(codes('small heart')).toEqual(['large heart']);
    expect(of('blue clock')).toEqual({ upgrades: [], emptyReason: 'no-higher-tier' });
    expect(of('large heart').emptyReason).toBe('none-dearer');
    expect(of('wax').emptyReason).toBe('none-alike');
  });

  it('are not those whose number is only a label', () => {
    const signs = Object.fromEntries(
      [1, 2, 3, 4, 5, 6].map((n) => [`s${n}`, { name: `Blue door sign ${n}`, price: n === 5 ? 2 : 1.2 }]),
    );
    expect(finderOf({ ...gifts, ...signs }).of('s2').emptyReason).toBe('no-higher-tier');
  });
});

describe('what customers did', () => {
  const orders = [
    ...visits('ann', 'i5', 'i7'),
    ...visits('ben', 'i5', 'i7'),
    ...visits('eva', 'i7', 'i5'),
    ...visits('kim', 'i5', 'i5', 'i5'),
    ...visits('lea', 'other', 'other'),
  ];

  it('is told of those that the model knows', () => {
    const { of } = finderOf(laptops, { orders });
    const [{ steps, probability, upShare }] = of('i5').upgrades;
    expect(steps).toEqual({ buyers: 4, returned: 3, steppedUp: 2, steppedDown: 1, visits: 4, taken: 2 });
    expect(probability).toBeCloseTo((2 + 100 * (3 / 11)) / 104, 12);
    expect(upShare).toBeCloseTo(7 / 13, 12);
  });

  it('is nothing of new ones', () => {
    const { of } = finderOf(laptops, { orders: visits('ann', 'other') });
    const [{ steps, probability }] = of('i5').upgrades;
    expect(steps.buyers).toBe(0);
    // Every visit holds one product of one that is known.
    expect(probability).toBeCloseTo(1, 12);
  });

  it('puts first what is taken more often', () => {
    const catalogue = { ...laptops, twin: laptops.i7 };
    const up = (code: string) => visits(`to ${code}`, 'i5', code, code);
    expect(finderOf(catalogue, { orders: up('i7') }).codes('i5')).toEqual(['i7', 'twin']);
    expect(finderOf(catalogue, { orders: up('twin') }).codes('i5')).toEqual(['twin', 'i7']);
  });

  it('puts first, for a customer, what the segment favours', () => {
    const catalogue = { ...laptops, twin: laptops.i7 };
    const buyers = (segment: string, code: string) =>
      Array.from({ length: 12 }, (_, n) => `${segment}${n}`).flatMap((customer) =>
        visits(customer, 'i5', code),
      );
    const orders = [...buyers('a', 'i7'), ...buyers('b', 'twin')];
    const segments = Object.fromEntries(orders.map(({ customer }) => [customer!, customer![0]]));
    const { of, codes } = finderOf(catalogue, { orders, segments });
    expect(codes('i5', { customer: 'a0' })).toEqual(['i7', 'twin']);
    expect(codes('i5', { customer: 'b0' })).toEqual(['twin', 'i7']);
    const [first] = of('i5', { customer: 'b0' }).upgrades;
    expect(first.favouredBy).toEqual(first.customerSegment);
    expect(first.customerSegment).toMatchObject({ segment: 'b', buyers: 12, ofEither: 12 });
    expect(of('i5', { customer: 'nobody' }).upgrades[0].customerSegment).toBeUndefined();
  });
});

const anyName = fc
  .array(fc.constantFrom('mug', 'clock', 'red', 'i5', 'i7', '16GB', '8GB', 'set of 3', 'large'), {
    maxLength: 4,
  })
  .map((words) => words.join(' '));
const anyProduct = fc.record(
  {
    name: fc.option(anyName),
    price: fc.option(fc.integer({ min: 0, max: 12 })),
    category: fc.constantFrom<string[]>([], ['a'], ['a', 'b']),
    stock: fc.constantFrom(null, 0, 4),
    active: fc.boolean(),
    nonProduct: fc.boolean(),
    attributes: fc.dictionary(fc.constantFrom('x', 'y'), fc.constantFrom(null, 1, 2, '3 kg', 'z', true, [])),
  },
  { requiredKeys: [] },
);

it('every upgrade of whatever product is another one of its category, on sale, dearer within the ratios', () => {
  const items = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6'];
  const orders = fc.array(
    fc.record({
      items: fc.uniqueArray(fc.constantFrom(...items), { maxLength: 3 }),
      customer: fc.constantFrom('X', 'Y'),
      day: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 5 },
  );
  const bound = fc.double({ min: 1.01, max: 3, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(anyProduct, { maxLength: 7 }),
      orders,
      bound,
      bound,
      (products, bought, one, two) => {
        const [leastRatio, mostRatio] = [Math.min(one, two), Math.max(one, two)];
        const catalogue = Object.fromEntries(products.map((given, n) => [`p${n}`, given]));
        const { of } = finderOf(catalogue, { orders: bought });
        for (const [code, given] of Object.entries(catalogue)) {
          const self = productOf(code, given);
          const { upgrades, emptyReason } = of(code, { leastRatio, mostRatio });
          expect(emptyReason === undefined).toBe(upgrades.length > 0);
          for (const { product: other, alikeness, probability, upShare } of upgrades) {
            expect(other.code).not.toBe(code);
            expect(unservable(other)).toBeUndefined();
            expect(other.category).toEqual(self.category);
            expect(other.price! / self.price!).toBeGreaterThanOrEqual(leastRatio);
            expect(other.price! / self.price!).toBeLessThanOrEqual(mostRatio);
            for (const share of [alikeness, probability, upShare]) {
              expect(share).toBeGreaterThanOrEqual(0);
              expect(share).toBeLessThanOrEqual(1);
            }
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});

it('follows the catalogue: after any changes it finds what it would find in the catalogue as it has become', () => {
  const changes = fc.array(fc.tuple(fc.constantFrom('p0', 'p1', 'p2', 'p3', 'p4'), anyProduct), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(changes, (puts) => {
      const { finder, assortment } = finderOf({});
      for (const [code, given] of puts) {
        assortment.put(productOf(code, given));
        const anew = new UpgradeFinder(modelOf({ orders: [] }), assortment);
        for (let item = 0; item < assortment.size; item++)
          expect(finder.upgradesOfItem(item, 10)).toEqual(anew.upgradesOfItem(item, 10));
      }
    }),
    { numRuns: 200 },
  );
});
