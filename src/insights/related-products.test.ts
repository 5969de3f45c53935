import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextOf, type OrderLiteral, orderTableOf } from '../model/testing/model-of.ts';
import { BlockedTransactions } from '../rules/block-counts.ts';
import { PairTallies } from '../rules/pair-tallies.ts';
import { relationsOf } from '../rules/relations.ts';
import { relations } from './insights.ts';
import { orderBlocks } from './order-blocks.ts';
import { Promotions } from './promotions.ts';
import { relatedProducts } from './related-products.ts';

function related(orders: readonly OrderLiteral[], categories: Record<string, string[]>) {
  const { orders: table, baskets } = orderTableOf({ orders });
  const context = contextOf({ orders, categories, itemCodes: table.itemCodes });
  const blocks = orderBlocks(context);
  const { productNodes } = context.tree;
  const items = productNodes.map((_, item) => item).filter((item) => item !== 1);
  const columns = relatedProducts(
    baskets,
    items,
    productNodes,
    new BlockedTransactions(baskets, blocks.blockOf, blocks.sizes.length),
    new Promotions(context, blocks, baskets.itemCount),
  );
  const pairs = Array.from(columns.a, (a, row) =>
    [table.itemCodes[a], relations[columns.relation[row]!], table.itemCodes[columns.b[row]!]].join(' '),
  );
  return { baskets, items, productNodes, columns, pairs };
}

const every = (count: number, items: string, more: Partial<OrderLiteral> = {}): OrderLiteral[] =>
  Array.from({ length: count }, () => ({ items: items.split(' '), ...more }));

/** Colas and lagers go with the same things, one of each kind to a basket; bread is bought whenever. */
const drinks = [
  ...every(200, 'cola filler crisps'),
  ...every(200, 'pepsi crisps dip'),
  ...every(200, 'cola dip crisps bread'),
  ...every(200, 'pepsi crisps'),
  ...every(600, 'soap towel'),
  ...every(600, 'bread'),
  ...every(300, 'soap bread'),
];
const categories = { cola: ['drinks'], pepsi: ['drinks'], soap: ['home'] };

describe('relatedProducts', () => {
  it('has a row for every pair that was examined, with its figures', () => {
    const letters = fc.uniqueArray(fc.constantFrom('cola', 'pepsi', 'crisps', 'soap'), { minLength: 1 });
    const extra = fc.array(fc.tuple(letters, fc.integer({ min: 1, max: 400 })), { maxLength: 4 });
    fc.assert(
      fc.property(extra, (more) => {
        const orders = [...drinks, ...more.flatMap(([items, count]) => every(count, items.join(' ')))];
        const { baskets, items, productNodes, columns } = related(orders, categories);
        const expected = relationsOf(new PairTallies(baskets, items), {
          categoryOf: Int32Array.from(items, (item) => productNodes[item]!),
        });
        const rows = expected.map((_, row) => ({
          a: items.indexOf(columns.a[row]!),
          b: items.indexOf(columns.b[row]!),
          relation: relations[columns.relation[row]!],
          together: columns.together[row],
          lift: columns.lift[row],
          logP: columns.logP[row],
          logPBeyondSize: columns.logPBeyondSize[row],
          similarity: columns.similarity[row],
          confidence: columns.confidence[row],
        }));
        expect(rows).toEqual(expected.map(({ sameCategory: _, ...rest }) => rest));
        expect(columns.a).toHaveLength(expected.length);
      }),
      { numRuns: 20 },
    );
  });

  it('needs products to be of one category to call them substitutes', () => {
    expect(related(drinks, categories).pairs).toContain('cola substitute pepsi');
    expect(related(drinks, { ...categories, pepsi: ['home'] }).pairs).not.toContain('cola substitute pepsi');
  });

  it('calls nothing complements that a promotion alone brings together', () => {
    const offered = (more: Partial<OrderLiteral>) => [
      ...drinks,
      ...every(80, 'jam tea', { day: 1, ...more }),
      ...every(80, 'salt oil', { day: 1 }),
      ...every(100, 'jam salt'),
      ...every(100, 'tea oil'),
    ];
    expect(related(offered({}), categories).pairs).toContain('jam complement tea');
    const promoted = related(offered({ promoted: ['tea'] }), categories).pairs;
    expect(promoted).not.toContain('jam complement tea');
    expect(promoted).toContain('jam complement salt');
  });
});
