import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CustomersSeen, type ProductSeen, ProductsSeen } from './facts.ts';
import type { OrderLine } from './order-line.ts';
import { lineOf } from './testing/line-of.ts';

function productAfter(...lines: Partial<OrderLine>[]): ProductSeen | undefined {
  const products = new ProductsSeen();
  for (const line of lines) products.seeLine(lineOf(line));
  return products.get('mug');
}

function customersAfter(...lines: Partial<OrderLine>[]): CustomersSeen {
  const customers = new CustomersSeen();
  for (const line of lines) customers.seeLine(lineOf({ customer: 'c', ...line }));
  return customers;
}

describe('ProductsSeen', () => {
  it('takes name, price, cost and category of the latest purchase, wherever it stands', () => {
    const late = { time: 9, name: 'Mug', unitPrice: 3, unitCost: 2, category: ['Home'] };
    const early = { time: 1, name: 'Old mug', unitPrice: 2, unitCost: 1, category: ['Kitchen'] };
    const expected = { name: 'Mug', price: 3, cost: 2, category: ['Home'], seenAt: 9 };
    expect(productAfter(early, late)).toMatchObject(expected);
    expect(productAfter(late, early)).toMatchObject(expected);
  });

  it('takes the later line of two at the same time', () => {
    expect(productAfter({ unitPrice: 3 }, { unitPrice: 4 })).toMatchObject({ price: 4 });
  });

  it('takes no price from a return, but a name as long as there is no other', () => {
    const back = { quantity: -1, time: 9, name: 'Returned mug', unitPrice: 3, unitCost: 2 };
    expect(productAfter(back)).toMatchObject({ name: 'Returned mug', price: null, cost: null, seenAt: null });
    const bought = { time: 1, name: 'Mug', unitPrice: 2 };
    expect(productAfter(bought, back)).toMatchObject({ name: 'Mug', price: 2, seenAt: 1 });
    expect(productAfter(back, bought)).toMatchObject({ name: 'Mug', price: 2, seenAt: 1 });
  });

  it('keeps another category that some line put it in, whichever comes first', () => {
    const inHome = { time: 2, category: ['Home', 'Mugs'] };
    const inKitchen = { time: 1, category: ['Kitchen', 'Mugs'] };
    const both = { category: inHome.category, otherCategory: inKitchen.category };
    expect(productAfter(inHome, inKitchen)).toMatchObject(both);
    expect(
      productAfter(inKitchen, inHome, { time: 3 }, { ...inHome, category: ['Home', 'Mugs'] }),
    ).toMatchObject(both);
    expect(productAfter(inHome, { time: 3 }, { time: 4, category: ['Home', 'Mugs'] })).toMatchObject({
      otherCategory: null,
    });
    const products = new ProductsSeen([['mug', productAfter(inHome)!]]);
    products.see(productAfter(inKitchen, { time: 1, category: ['Gifts'] })!);
    expect(products.get('mug')).toMatchObject({ category: inHome.category, otherCategory: ['Gifts'] });
  });

  it('keeps what a later purchase does not say', () => {
    const told = { time: 1, name: 'Mug', unitPrice: 2, unitCost: 1, category: ['Home'] };
    expect(productAfter(told, { time: 2, unitPrice: 3 })).toMatchObject({
      name: 'Mug',
      price: 3,
      cost: 1,
      category: ['Home'],
      seenAt: 2,
    });
    expect(productAfter(told, { time: 2 })).toMatchObject({ name: 'Mug', price: 2, cost: 1 });
  });

  it('takes every piece from the latest line that has it, wherever that stands', () => {
    const lines: Partial<OrderLine>[] = [
      { time: 1, unitPrice: 2, unitCost: 1, name: 'First mug', category: ['Home'] },
      { time: 2, unitPrice: 3 },
      { time: 3, unitCost: 2 },
      { time: 4, category: ['Kitchen'] },
      { time: 5, name: 'Mug' },
      { time: 6, quantity: -1, unitPrice: 9, unitCost: 9, name: 'Returned mug', category: ['Returns'] },
    ];
    const expected = { name: 'Mug', price: 3, cost: 2, category: ['Kitchen'], seenAt: 2 };
    expect(productAfter(...lines)).toMatchObject(expected);
    expect(productAfter(...lines.reverse())).toMatchObject(expected);
  });

  it('knows a product that was only returned by its latest return', () => {
    const early = { time: 1, quantity: -1, name: 'Old mug' };
    const late = { time: 2, quantity: -1, name: 'Mug' };
    expect(productAfter(late, early)).toMatchObject({ name: 'Mug', seenAt: null });
    expect(productAfter(early, late)).toMatchObject({ name: 'Mug', seenAt: null });
  });

  it('gathers attributes from all lines', () => {
    expect(
      productAfter(
        {},
        { productAttributes: { colour: 'red', size: 'L' } },
        { productAttributes: { size: 'XL' }, quantity: -1 },
        {},
      ),
    ).toMatchObject({ attributes: { colour: 'red', size: 'XL' } });
  });

  it('does not write on what lines share', () => {
    const shared = Object.freeze({ size: 'L' });
    expect(
      productAfter({ productAttributes: shared }, { productAttributes: { colour: 'red' } }),
    ).toMatchObject({
      attributes: { size: 'L', colour: 'red' },
    });
    expect(shared).toEqual({ size: 'L' });
  });

  it('tells products apart by code, and non-products from products', () => {
    const products = new ProductsSeen();
    const mug = products.seeLine(lineOf({}));
    const postage = products.seeLine(lineOf({ product: 'POST', nonProduct: true }));
    expect(products.seeLine(lineOf({}))).toBe(mug);
    expect([...products.values()]).toEqual([mug, postage]);
    expect(postage).toMatchObject({ code: 'POST', nonProduct: true, id: 0 });
  });

  it('comes to the same in any order of purchases that say everything, and when all are seen again', () => {
    const purchases = fc.uniqueArray(
      fc.record({
        time: fc.nat(1000),
        unitPrice: fc.nat(9),
        unitCost: fc.nat(9),
        name: fc.string({ maxLength: 2 }),
      }),
      { selector: ({ time }) => time, minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(purchases, (purchases) => {
        const ordered = purchases.toSorted((a, b) => a.time - b.time);
        const { time, unitPrice, unitCost, name } = ordered.at(-1)!;
        const expected = { name, price: unitPrice, cost: unitCost, seenAt: time };
        expect(productAfter(...purchases)).toMatchObject(expected);
        expect(productAfter(...ordered, ...purchases)).toMatchObject(expected);
      }),
    );
  });
});

/** Lines at times of their own, each of which tells something or nothing. */
const lines = fc.uniqueArray(
  fc.record({
    time: fc.nat(1000),
    quantity: fc.constantFrom(1, 1, -1),
    unitPrice: fc.option(fc.nat(9)),
    unitCost: fc.option(fc.nat(9)),
    name: fc.option(fc.string({ maxLength: 2 })),
    category: fc.option(fc.array(fc.string({ maxLength: 1 }), { minLength: 1, maxLength: 2 })),
  }),
  { selector: ({ time }) => time, minLength: 1, maxLength: 12 },
);
const permuted = lines.chain((lines) =>
  fc.tuple(
    fc.constant(lines),
    fc.shuffledSubarray(lines, { minLength: lines.length, maxLength: lines.length }),
  ),
);

/** What a product is known by, but for the times of each piece, which stand for nothing where there is none. */
function known(product: ProductSeen | undefined) {
  const { name, price, seenAt, cost, category } = product!;
  return { name, price, seenAt, cost, category };
}

describe('what lines tell about a product', () => {
  it('is of the latest purchase that has it', () => {
    fc.assert(
      fc.property(lines, (lines) => {
        const latest = lines.toSorted((a, b) => b.time - a.time);
        const bought = latest.filter(({ quantity }) => quantity > 0);
        const boughtFirst = [...bought, ...latest.filter(({ quantity }) => quantity < 0)];
        const priced = bought.find(({ unitPrice }) => unitPrice !== null);
        expect(known(productAfter(...lines))).toEqual({
          name: boughtFirst.find(({ name }) => name !== null)?.name ?? null,
          price: priced?.unitPrice ?? null,
          seenAt: (priced ?? bought[0])?.time ?? null,
          cost: bought.find(({ unitCost }) => unitCost !== null)?.unitCost ?? null,
          category: boughtFirst.find(({ category }) => category !== null)?.category ?? null,
        });
      }),
    );
  });

  it('is the same in any order, in any parts, and when all is seen again', () => {
    fc.assert(
      fc.property(permuted, fc.nat(12), ([lines, others], cut) => {
        const expected = known(productAfter(...lines));
        expect(known(productAfter(...others))).toEqual(expected);
        const whole = new ProductsSeen();
        for (const part of [others.slice(0, cut), others.slice(cut), lines]) {
          const seen = productAfter(...part);
          if (seen) whole.see(seen);
        }
        expect(known(whole.get('mug'))).toEqual(expected);
      }),
    );
  });
});

describe('CustomersSeen', () => {
  it('knows when each was seen first, whatever the order of lines', () => {
    const customers = customersAfter(
      { customer: 'c', time: 5 },
      { customer: 'd', time: 2 },
      { customer: 'c', time: 3 },
      { customer: 'c', time: 4 },
      { customer: 'd', time: 9 },
    );
    expect([...customers.values()].map(({ code, firstSeen }) => [code, firstSeen])).toEqual([
      ['c', 3],
      ['d', 2],
    ]);
  });

  it('leaves anonymous lines out', () => {
    expect(customersAfter({ customer: null }, { customer: null }).size).toBe(0);
    expect([...customersAfter({}, { customer: null, time: -9 }, {}).values()]).toEqual([
      { code: 'c', firstSeen: 0, channel: null, attributes: null },
    ]);
  });

  it('gathers attributes, later ones before earlier ones, and keeps the first channel', () => {
    const customers = customersAfter(
      { channel: 'web', customerAttributes: { town: 'Graz', age: '30' } },
      { channel: 'till', customerAttributes: null },
      { customerAttributes: { town: 'Linz' } },
    );
    expect(customers.get('c')).toEqual({
      code: 'c',
      firstSeen: 0,
      channel: 'web',
      attributes: { town: 'Linz', age: '30' },
    });
  });
});
