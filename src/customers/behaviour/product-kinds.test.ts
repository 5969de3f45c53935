import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../../mining/testing/random.ts';
import { ledgerOf } from '../testing/ledger.ts';
import { kindsBoughtTogether } from './bought-together.ts';
import { kindsOfTree, usualPrices } from './product-kinds.ts';
import { clusterer, monday } from './testing/shop.ts';

const ledgerOfCategories = (categories: Record<string, string[]>, lines: readonly string[]) =>
  ledgerOf({
    customers: { anna: lines.map((product) => ({ day: monday, lines: [product] })) },
    products: Object.fromEntries(Object.entries(categories).map(([code, category]) => [code, { category }])),
  });

describe('kindsOfTree', () => {
  it('takes the widest level with two categories, the most bought of them first', () => {
    const categories = {
      tea: ['all', 'food', 'drinks'],
      bread: ['all', 'food', 'bakery'],
      soap: ['all', 'home'],
      vase: ['all', 'decoration'],
    };
    const ledger = ledgerOfCategories(categories, ['tea', 'soap', 'bread', 'soap', 'bread', 'vase']);
    expect(kindsOfTree(ledger, 2)).toEqual({
      source: 'categories',
      names: ['food', 'home'],
      kindOf: Int16Array.of(0, 0, 1, -1),
    });
  });

  it('is of no use where most lines have no category, or all have the same', () => {
    expect(
      kindsOfTree(ledgerOfCategories({ tea: ['a'], jam: ['b'] }, ['x', 'y', 'z', 'tea', 'jam']), 5),
    ).toBeUndefined();
    expect(kindsOfTree(ledgerOfCategories({ tea: ['a'], jam: ['a'] }, ['tea', 'jam']), 5)).toBeUndefined();
  });
});

describe('usualPrices', () => {
  it('are medians by kind, that of all products where a kind has none, 1 where nothing has', () => {
    const line = (product: string, price: number | null) => ({ product, price });
    const ledger = ledgerOf({
      customers: {
        anna: [
          { day: monday, lines: [line('a', 1), line('a', 3), line('a', 9), line('b', null), line('b', 0)] },
        ],
      },
    });
    const kinds = { source: 'none' as const, kindOf: Int16Array.of(0, 1), names: ['A', 'B'] };
    expect([...usualPrices(ledger, kinds)]).toEqual([3, 3, 3]);
    const unpriced = ledgerOf({
      customers: { anna: [{ day: monday, lines: [line('a', null), line('b', null)] }] },
    });
    expect([...usualPrices(unpriced, kinds)]).toEqual([1, 1, 1]);
  });
});

describe('kindsBoughtTogether', () => {
  it('finds groups of products that are bought together, and names them by their words', async () => {
    const random = randomNumbers(4);
    const groups = [
      ['red bag', 'blue bag', 'jute bag', 'paper bag', 'lunch bag'],
      ['tin sign', 'wood sign', 'door sign', 'hook sign', 'sign'],
      ['Mug', 'Jug', 'Cup', 'Pot', 'Pan'],
    ];
    const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)]!;
    const orders = Array.from({ length: 400 }, (_, n) => {
      const lines = Array.from({ length: 3 }, () => pick(groups[n % 3]!));
      if (random() < 0.3) lines.push(pick(groups[(n + 1) % 3]!));
      return { day: monday + n, lines };
    });
    const ledger = ledgerOf({ customers: { anna: [...orders, { day: monday, lines: ['rare thing'] }] } });
    const options = {
      kinds: 3,
      minLines: 5,
      seed: 1,
      itemName: (item: number) => ledger.productCodes[item]!,
    };
    const kinds = (await kindsBoughtTogether(ledger, clusterer, options))!;
    const kindOf = (code: string): number => kinds.kindOf[ledger.productCodes.indexOf(code)]!;
    for (const group of groups) expect(new Set(group.map(kindOf)).size).toBe(1);
    expect(new Set(groups.map(([code]) => kindOf(code!))).size).toBe(3);
    expect(kindOf('rare thing')).toBe(-1);
    expect(kinds.names[kindOf('red bag')]).toBe('bag');
    expect(kinds.names[kindOf('tin sign')]).toBe('sign');
    // No word stands for these: the most bought one does.
    expect(groups[2]).toContain(kinds.names[kindOf('Mug')]);
  });

  it('finds none among products that are bought alone', async () => {
    const ledger = ledgerOf({
      customers: {
        anna: ['a', 'b', 'c', 'a', 'b', 'c'].map((product) => ({ day: monday, lines: [product] })),
      },
    });
    const options = { kinds: 3, minLines: 1, seed: 1, itemName: String };
    expect(await kindsBoughtTogether(ledger, clusterer, options)).toBeUndefined();
  });
});
