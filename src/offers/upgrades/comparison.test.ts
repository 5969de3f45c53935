import { describe, expect, it } from 'vitest';
import { shopBasketsOf } from '../../model/shop-baskets-of.ts';
import { modelOf, type OrderLiteral, orderTableOf } from '../../model/testing/model-of.ts';
import { purchaseWorld } from '../../ranking/purchase-world.ts';
import { RuleBrowser } from '../../rules/browse.ts';
import { Assortment } from '../assortment.ts';
import { productOf } from '../testing/product.ts';
import { attributeRows, comparison } from './comparison.ts';

describe('attributeRows', () => {
  it('are all attributes of any product, with what differs first', () => {
    const rows = attributeRows([
      { attributes: { brand: 'Acme', ram: 8, ports: ['usb'] } },
      { attributes: { brand: 'Acme', ram: 16, ports: ['usb'], touch: true } },
    ]);
    expect(rows).toEqual([
      { name: 'ram', values: [8, 16], differs: true },
      { name: 'touch', values: [null, true], differs: true },
      { name: 'brand', values: ['Acme', 'Acme'], differs: false },
      { name: 'ports', values: [['usb'], ['usb']], differs: false },
    ]);
  });

  it('are none of products without any', () => {
    expect(attributeRows([{ attributes: {} }])).toEqual([]);
  });
});

describe('comparison', () => {
  const times = (count: number, ...items: string[]): OrderLiteral[] =>
    Array.from({ length: count }, (_, day) => ({ items, day }));
  const orders = [
    ...times(6, 'cup', 'saucer'),
    ...times(4, 'cup', 'mug', 'spoon'),
    ...times(3, 'mug', 'tray'),
    ...times(3, 'mug', 'saucer'),
    ...times(2, 'cup', 'gone'),
    ...times(9, 'other'),
  ];
  const model = modelOf({ orders });
  const catalogue = ['cup', 'mug', 'saucer', 'spoon', 'tray', 'other', 'new'].map((code) => productOf(code));
  const assortment = new Assortment(model.itemCodes, [...catalogue, productOf('gone', { active: false })]);
  const product = (code: string) => catalogue.find((one) => one.code === code)!;
  const sources = { model, assortment, rules: new RuleBrowser(model.rules), serves: () => true };
  const beside = (sure: typeof sources) =>
    comparison(sure, product('cup'), [
      { product: product('mug') },
      { product: product('new') },
    ]).alsoBought.map((list) => list.map(({ item, share }) => [model.itemCodes.get(item), share]));

  const ofCup = [
    ['saucer', 6 / 12],
    ['spoon', 4 / 12],
  ];

  it('tells by rules what goes with each, without what is compared or cannot be sold', () => {
    const [cup, mug, fresh] = beside(sources);
    expect(cup).toEqual(ofCup);
    expect(mug[0]).toEqual(['spoon', 0.4]);
    expect(new Map(mug as [string, number][])).toEqual(
      new Map([
        ['spoon', 0.4],
        ['tray', 0.3],
        ['saucer', 0.3],
      ]),
    );
    expect(fresh).toEqual([]);
  });

  it('leaves out rules that may not be shown', () => {
    expect(beside({ ...sources, serves: () => false })).toEqual([[], [], []]);
  });

  it('tells by pairs, where there are lists of them, the closest first', () => {
    const { orders: table, baskets } = orderTableOf({ orders });
    const world = purchaseWorld(shopBasketsOf(table, baskets, model.purchases));
    const ranked = { ...sources, model: { ...model, ranking: { world, visit: null, cart: null } } };
    const [cup, mug] = beside(ranked);
    expect(cup).toEqual(ofCup);
    expect(mug.map(([code]) => code)).toEqual(['spoon', 'tray', 'saucer']);
    expect(mug[2]).toEqual(['saucer', 0.3]);
  });
});
