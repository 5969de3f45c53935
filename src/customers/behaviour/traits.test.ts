import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyLedger, ledgerOf } from '../testing/ledger.ts';
import { commonFeatures } from './features.ts';
import { noKinds } from './product-kinds.ts';
import { nameSegments, segmentSentence } from './segment-names.ts';
import { everyCustomer, monday } from './testing/shop.ts';
import { revenueOf, segmentLifts, segmentTraits } from './traits.ts';

const scaled = (...names: string[]) =>
  names.map((name) => ({
    ...commonFeatures.find((feature) => feature.name === name)!,
    prior: 0,
    mean: 0,
    middle: 0,
    spread: 1,
    weight: 1,
  }));

describe('segmentTraits', () => {
  it('compares a segment with all others, in units and in standard deviations', () => {
    const features = scaled('evening', 'lines');
    const values = Float32Array.of(1, Math.log(3), 0.5, Math.log(3), 0, Math.log(3), 0.5, Math.log(9));
    const [first] = segmentTraits(features, values, Int32Array.of(0, 0, 1, 1), 2);
    // Evening: means 0.75 and 0.25, standard deviation of all √(0.5 / 4). Lines: ln 3 and ln √27, √3/4 ln 3.
    expect(first!.map(({ name }) => name)).toEqual(['evening', 'lines']);
    expect(first![0]).toMatchObject({ here: 0.75, elsewhere: 0.25, shop: 0.5, average: 'mean' });
    expect(first![1]).toMatchObject({ average: 'geometric', isDrawn: false, isClustered: true });
    // The fourth root of 3 · 3 · 3 · 9, less 1.
    expect(first![1]!.shop).toBeCloseTo(243 ** 0.25 - 1, 5);
    expect(first![0]!.difference).toBeCloseTo(0.5 / Math.sqrt(0.125), 6);
    expect(first![0]!.distance).toBe(0.5);
    expect(first![1]!.here).toBeCloseTo(2, 5);
    expect(first![1]!.elsewhere).toBeCloseTo(Math.sqrt(27) - 1, 5);
    expect(first![1]!.difference).toBeCloseTo(-0.5 / (Math.sqrt(3) / 4), 5);
  });
});

describe('segmentLifts', () => {
  it('counts orders and customers as one would by hand', () => {
    fc.assert(
      fc.property(anyLedger(), fc.integer({ min: 0, max: 5 }), (ledger, border) => {
        const { documents, lines, products } = ledger;
        const segmentOf = Int16Array.from(everyCustomer(ledger), (c) => Number(c >= border));
        const kinds = {
          ...noKinds(products.itemCount),
          names: ['k'],
          kindOf: new Int16Array(products.itemCount),
        };
        const options = { itemName: String, most: 100, minOrders: 1 };
        const { orders, lifts } = segmentLifts(ledger, kinds, segmentOf, 2, options);
        const held = everyCustomer(ledger).flatMap((customer) =>
          Array.from({ length: documents.offsets[customer + 1]! - documents.offsets[customer]! }, (_, n) => {
            const d = documents.offsets[customer]! + n;
            const all = [...lines.product.keys()].slice(lines.offsets[d], lines.offsets[d + 1]);
            const bought = all.filter((line) => lines.quantity[line]! > 0);
            const items = new Set(
              bought.map((line) => lines.product[line]!).filter((i) => i < products.itemCount),
            );
            return { customer, segment: segmentOf[customer]!, items };
          }).filter(({ items }) => items.size > 0),
        );
        lifts.forEach(({ products: found }, segment) => {
          const own = held.filter((order) => order.segment === segment);
          expect(orders[segment]).toBe(own.length);
          for (const { number, orders: count, customers, share, shopShare, lift } of found) {
            const withItem = own.filter(({ items }) => items.has(number));
            expect(count).toBe(withItem.length);
            expect(customers).toBe(new Set(withItem.map(({ customer }) => customer)).size);
            expect(share).toBeCloseTo(count / own.length, 12);
            expect(shopShare).toBeCloseTo(
              held.filter(({ items }) => items.has(number)).length / held.length,
              12,
            );
            expect(lift).toBeCloseTo(share / shopShare, 12);
            expect(lift).toBeGreaterThan(1);
          }
        });
      }),
    );
  });
});

describe('revenueOf', () => {
  it('is net of returns and discounts, with fees, without lines of unknown price', () => {
    const ledger = ledgerOf({
      customers: {
        anna: [
          {
            day: monday,
            lines: [
              { product: 'tea', quantity: 3, price: 4, discount: 2 },
              { product: 'postage', price: 5 },
            ],
          },
          {
            day: monday + 1,
            lines: [
              { product: 'tea', quantity: -1, price: 4 },
              { product: 'x', price: null },
            ],
          },
        ],
        ben: [],
      },
      products: { postage: { fee: true } },
    });
    expect([...revenueOf(ledger)]).toEqual([11, 0]);
  });
});

describe('nameSegments', () => {
  const trait = (name: string, difference: number) => {
    const { block, unit, label } = commonFeatures.find((feature) => feature.name === name)!;
    const kind = { average: 'mean', isDrawn: true, isClustered: name !== 'recency' } as const;
    return {
      name,
      block,
      unit,
      label,
      here: 0.4,
      elsewhere: 0.1,
      shop: 0.2,
      ...kind,
      difference,
      distance: difference / 2,
    };
  };

  it('names by the strongest traits, one of each block, no two segments alike', () => {
    const strong = [
      trait('evening', 2),
      trait('morning', -1.5),
      trait('units', 1),
      trait('again', -0.7),
      trait('returns', 0.6),
    ];
    const names = nameSegments([strong, strong, strong, []], commonFeatures, []);
    expect(names.map(({ en }) => en)).toEqual([
      'Evening orders, many units, always something new',
      'Evening orders, many units, always something new, many returns',
      'Evening orders, many units, always something new (2)',
      'Average customers',
    ]);
    expect(names[0]!.zh).toBe('晚间下单、件数多、常换新品');
    expect(nameSegments([[]], commonFeatures, [])[0]!.en).toBe('All customers');
    expect(nameSegments([[]], commonFeatures, [names[3]!])[0]).toEqual({
      en: 'Average customers (2)',
      zh: '普通顾客（2）',
    });
  });

  it('names nobody by what is next to nothing before figures are drawn to the mean', () => {
    const weekday = { ...trait('weekend', -1), distance: -0.01 };
    expect(nameSegments([[weekday, trait('evening', 0.9)], []], commonFeatures, [])[0]!.en).toBe(
      'Evening orders',
    );
  });

  it('names nobody by what is only told of them', () => {
    const silent = [trait('recency', 3), trait('evening', 2)];
    expect(nameSegments([silent, []], commonFeatures, [])[0]).toEqual({
      en: 'Evening orders',
      zh: '晚间下单',
    });
  });

  it('says in one sentence who they are', () => {
    const products = [
      { number: 0, name: 'Tea', orders: 12, customers: 9, share: 0.3, shopShare: 0.2, lift: 1.5 },
    ];
    const figures = {
      customers: 1,
      customerShare: 0.25,
      revenueShare: 0.041,
      traits: [trait('evening', 2)],
      products,
    };
    expect(segmentSentence(figures)).toEqual({
      en: '1 customer (25%) with 4.1% of the revenue; against all others: orders from 17:00 to 22:00 40% (10%); bought beyond their share: Tea (× 1.5).',
      zh: '1 位顾客（25%），占收入 4.1%；与其他顾客相比：17 点至 22 点的订单 40%（10%）；偏爱：Tea（1.5 倍）。',
    });
    expect(segmentSentence({ ...figures, revenueShare: null, traits: [], products: [] }).en).toBe(
      '1 customer (25%).',
    );
  });
});
