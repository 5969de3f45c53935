import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { historyCount, itemsOfBasket } from '../../baskets/basket-histories.ts';
import type { ShopBaskets } from '../../ranking/shop-baskets.ts';
import type { Sales } from '../sales.ts';
import { type OrderLiteral, salesOf } from '../testing/sales.ts';
import { cartCases, rankCarts } from './cart.ts';
import { holdoutCases } from './holdout.ts';
import { nextBasketCases } from './next-basket.ts';
import type { CustomerCases } from './rank-customers.ts';

const anyOrder: fc.Arbitrary<OrderLiteral> = fc.record({
  day: fc.integer({ min: 0, max: 9 }),
  customer: fc.constantFrom('ann', 'bob', 'eve', null),
  items: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1 }),
  revenue: fc.integer({ min: 1, max: 9 }),
});

/** By code, so that orders that are added do not renumber anything: each customer's days with what was bought. */
function seen({ histories, anonymous }: ShopBaskets, { itemCodes, customerCodes }: Sales) {
  const known: Record<string, [number, string[]][]> = {};
  for (let customer = 0; customer < historyCount(histories); customer++) {
    const baskets: [number, string[]][] = [];
    for (let b = histories.offsets[customer]; b < histories.offsets[customer + 1]; b++)
      baskets.push([histories.day[b], Array.from(itemsOfBasket(histories, b), (item) => itemCodes[item])]);
    if (baskets.length > 0) known[customerCodes[customer]] = baskets;
  }
  const items = Array.from(anonymous.transactions.items, (item) => itemCodes[item]);
  return { known, items, days: [...anonymous.day] };
}

const wanted = ({ customers, targets }: CustomerCases, { itemCodes, customerCodes }: Sales) =>
  Object.fromEntries(
    Array.from(customers, (customer, at) => [
      customerCodes[customer],
      Array.from(
        targets.items.subarray(targets.offsets[at], targets.offsets[at + 1]),
        (item) => itemCodes[item],
      ),
    ]),
  );

const nextBasket = { minBaskets: 3, maxBaskets: 4, minItemBaskets: 1, seed: 1 };

it('all protocols tell what was on promotion when', () => {
  const sales = salesOf(
    [1, 2, 3, 4].flatMap((day) => [
      { day, customer: 'ann', items: ['a', 'b'], promoted: day < 3 ? ['b'] : [] },
      { day, customer: null, items: ['b', 'c'] },
    ]),
  );
  const pasts = [
    nextBasketCases(sales, nextBasket).cases.past,
    holdoutCases(sales, { testFrom: 3, testShare: 0.5, seed: 1 }).cases.past,
    cartCases(sales, { testShare: 0.5, hide: 1, seed: 1 }).cases.past,
  ];
  for (const { promoted } of pasts)
    expect(promoted).toEqual({ items: Int32Array.of(1, 1), days: Int32Array.of(1, 2) });
});

describe('next-basket', () => {
  const orders: OrderLiteral[] = [
    { day: 1, customer: 'ann', items: ['a'] },
    { day: 1, customer: 'ann', items: ['b'] },
    { day: 2, customer: 'ann', items: ['a', 'c'] },
    { day: 5, customer: 'ann', items: ['a', 'd', 'e'] },
    { day: 1, customer: 'bob', items: ['d'] },
    { day: 2, customer: 'bob', items: ['a'] },
    { day: 3, customer: null, items: ['e'] },
    ...[1, 2, 3, 4, 5].map((day) => ({ day, customer: 'eve', items: ['e'] })),
    ...[1, 2, 3].map((day) => ({ day, customer: 'kim', items: ['d', 'a'] })),
  ];
  const sales = salesOf(orders);

  it('wants the last day of customers with few and many enough, and shows the days before', () => {
    const { cases, figures } = nextBasketCases(sales, nextBasket);
    // What bob, eve and nobody known bought is not there: e is seen by nobody, so that it cannot be wanted.
    expect(wanted(cases, sales)).toEqual({ ann: ['a', 'd'], kim: ['a', 'd'] });
    expect(seen(cases.past, sales)).toEqual({
      known: {
        ann: [
          [1, ['a', 'b']],
          [2, ['a', 'c']],
        ],
        kim: [
          [1, ['a', 'd']],
          [2, ['a', 'd']],
        ],
      },
      items: [],
      days: [],
    });
    expect(figures).toEqual({
      customers: 2,
      items: 4,
      basketsSeen: 4,
      customersWithFewerOrMoreBaskets: 2,
      customersWhoWantRareItemsAlone: 0,
      rareItems: 0,
    });
  });

  it('leaves out items in too few baskets, and customers who want nothing else', () => {
    const some = salesOf([
      ...orders,
      ...[1, 2, 3].map((day) => ({ day, customer: 'zoe', items: [`z${day}`] })),
    ]);
    const { cases, figures } = nextBasketCases(some, { ...nextBasket, minItemBaskets: 2 });
    expect(wanted(cases, some)).toEqual({ ann: ['a', 'd'], kim: ['a', 'd'] });
    expect(figures).toMatchObject({ items: 2, customersWhoWantRareItemsAlone: 1, rareItems: 4 });
  });

  it('shows nothing of what is wanted, nor of later days', () => {
    fc.assert(
      fc.property(fc.array(anyOrder, { minLength: 1, maxLength: 30 }), (bought) => {
        const ends = bought.map((order, n) => ({ ...order, day: order.day + 20 * (n % 3) }));
        const base = [...orders, ...ends];
        const last = (customer: string | null): number =>
          Math.max(...base.filter((order) => order.customer === customer).map(({ day }) => day));
        // The same but for other items on everybody's last day.
        const other = base.map((order) =>
          order.customer !== null && order.day === last(order.customer)
            ? { ...order, items: ['f', 'a'] }
            : order,
        );
        const settings = { ...nextBasket, maxBaskets: 50 };
        const [one, two] = [base, other].map((some) => salesOf(some));
        expect(seen(nextBasketCases(one, settings).cases.past, one)).toEqual(
          seen(nextBasketCases(two, settings).cases.past, two),
        );
      }),
    );
  });

  it('asks some customers alone where told to, the same ones for the same seed', () => {
    const some = (seed: number) =>
      wanted(nextBasketCases(sales, { ...nextBasket, sample: 1, seed }).cases, sales);
    expect(Object.keys(some(1))).toHaveLength(1);
    expect(some(1)).toEqual(some(1));
    expect(new Set([1, 2, 3, 4, 5, 6].flatMap((seed) => Object.keys(some(seed))))).toEqual(
      new Set(['ann', 'kim']),
    );
  });

  it('says why there is nothing to ask about', () => {
    expect(() => nextBasketCases(salesOf(orders.slice(0, 2)), nextBasket)).toThrow(
      /all of one day.*--protocol cart/,
    );
    expect(() => nextBasketCases(salesOf(orders.slice(4, 7)), nextBasket)).toThrow(
      /No known customer has 3 to 4 days/,
    );
  });
});

describe('holdout', () => {
  it('wants all that customers buy from a day on, and shows what is before: nothing of the later time leaks', () => {
    fc.assert(
      fc.property(
        fc.array(anyOrder, { maxLength: 40 }),
        fc.array(anyOrder, { maxLength: 10 }),
        (bought, other) => {
          const fixed: OrderLiteral[] = [
            { day: 0, customer: 'ann', items: ['a'] },
            { day: 5, customer: 'ann', items: ['b'] },
          ];
          const settings = { testFrom: 5, testShare: 0.2, seed: 1 };
          const before = bought.filter(({ day }) => day < 5);
          const sales = salesOf([...fixed, ...bought]);
          const changed = salesOf([
            ...fixed,
            ...before,
            ...other.map((order) => ({ ...order, day: order.day + 5 })),
          ]);
          const [{ cases }, { cases: otherCases }] = [sales, changed].map((some) =>
            holdoutCases(some, settings),
          );
          expect(seen(otherCases.past, changed)).toEqual(seen(cases.past, sales));
          const worth = ({ values }: CustomerCases, { itemCodes }: Sales) =>
            itemCodes
              .map((code, item) => [code, values!.revenue[item]] as const)
              .filter(([, value]) => !Number.isNaN(value));
          expect(worth(otherCases, changed)).toEqual(worth(cases, sales));

          const later = [...fixed, ...bought].filter(({ day }) => day >= 5);
          for (const [customer, items] of Object.entries(wanted(cases, sales))) {
            const own = later.filter((order) => order.customer === customer).flatMap((order) => order.items);
            expect(items).toEqual([...new Set(own)].sort());
          }
        },
      ),
    );
  });

  it('tests the last fifth of the days unless told otherwise, and values items by what was paid before', () => {
    const sales = salesOf([
      { day: 10, customer: 'ann', items: ['a'], revenue: 4 },
      { day: 11, customer: null, items: ['a'], revenue: 8 },
      { day: 17, customer: 'ann', items: ['b'], revenue: 1, profit: 0.5 },
      { day: 18, customer: 'ann', items: ['a'], revenue: 99 },
      { day: 19, customer: 'bob', items: ['b'], revenue: 99 },
    ]);
    const { cases, figures } = holdoutCases(sales, { testShare: 0.2, seed: 1 });
    expect(figures).toEqual({
      testFrom: '1970-01-19',
      customers: 1,
      basketsSeen: 2,
      basketsTested: 2,
      customersSeenForTheFirstTime: 1,
    });
    expect(wanted(cases, sales)).toEqual({ ann: ['a'] });
    expect([...cases.values!.revenue]).toEqual([6, 1]);
    expect([...cases.values!.profit]).toEqual([Number.NaN, 0.5]);
  });

  it('says why there is nothing to ask about', () => {
    const sales = salesOf([
      { day: 1, customer: 'ann', items: ['a'] },
      { day: 9, customer: 'bob', items: ['a'] },
    ]);
    expect(() => holdoutCases(sales, { testShare: 0.2, seed: 1 })).toThrow(
      /both before 1970-01-09 and from then on: state another day/,
    );
  });
});

describe('cart', () => {
  const orders: OrderLiteral[] = Array.from({ length: 20 }, (_, n) => ({
    day: n,
    customer: n % 2 === 0 ? 'ann' : null,
    items: n % 5 === 4 ? ['a'] : ['a', 'b', `c${n}`],
  }));
  const sales = salesOf(orders);
  const settings = { testShare: 0.25, hide: 10, seed: 1 };

  it('holds the newest baskets out where there are days, and asks about those of two items and more', () => {
    const { cases, figures } = cartCases(sales, settings);
    expect(figures).toEqual({
      heldOut: 'newest',
      baskets: 4,
      ofKnownCustomers: 2,
      basketsSeen: 15,
      basketsOfOneItem: 1,
    });
    expect([...cases.past.day]).toEqual(Array.from({ length: 15 }, (_, n) => n));
    expect([...cases.customer]).toEqual([-1, 0, -1, 0]);
    expect(cases.hidden.map((places) => [...places])).toEqual(Array(4).fill([0, 1, 2]));
  });

  it('holds any baskets out where told to, none of which is shown', () => {
    const { cases, figures } = cartCases(sales, { ...settings, heldOut: 'random', hide: 1 });
    expect(figures).toMatchObject({ heldOut: 'random', basketsSeen: 15 });
    const shown = new Set(cases.past.baskets.items);
    const rare = Array.from(cases.baskets.items).filter((item) => sales.itemCodes[item].startsWith('c'));
    expect(rare.filter((item) => shown.has(item))).toEqual([]);
    expect(cases.hidden.map(({ length }) => length)).toEqual(Array(cases.hidden.length).fill(1));
  });

  it('gives each basket the mean over its hidden items', () => {
    const { cases } = cartCases(sales, settings);
    const [a, b] = [sales.itemCodes.indexOf('a'), sales.itemCodes.indexOf('b')];
    const carts: number[][] = [];
    const { columns } = rankCarts(
      {
        rank(cart, _, k, out) {
          carts.push([...cart]);
          const list = [b, a].filter((item) => !cart.includes(item)).slice(0, k);
          out.items.set(list);
          return list.length;
        },
      },
      cases,
      [1, 2],
    );
    // Hidden in turn: a, then b, each of which is the only entry, then what is never on a list.
    expect(carts.slice(0, 3).map((cart) => cart.length)).toEqual([2, 2, 2]);
    expect([...columns.get('hr@1')!]).toEqual(Array(4).fill(expect.closeTo(2 / 3)));
    expect([...columns.get('mrr@2')!]).toEqual(Array(4).fill(expect.closeTo(2 / 3)));
  });

  it('says why there is nothing to ask about, or no newest', () => {
    const undated = salesOf(orders.map((order) => ({ ...order, day: 3 })));
    expect(cartCases(undated, settings).figures.heldOut).toBe('random');
    expect(() => cartCases(undated, { ...settings, heldOut: 'newest' })).toThrow(/--held-out random/);
    expect(() => cartCases(salesOf(orders.slice(4, 5)), settings)).toThrow(
      /nothing to ask about.*--test-share/,
    );
  });
});
