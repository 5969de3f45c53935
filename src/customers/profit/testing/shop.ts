import { ledgerOf } from '../../testing/ledger.ts';
import { driversOf } from '../drivers-of.ts';

/** Anna has bought in haste, given back and complained; Ben's price is not known; Eva has only given back. */
export const shop = ledgerOf({
  customers: {
    anna: [
      {
        day: 1,
        channel: 'express',
        lines: [
          { product: 'mug', quantity: 10, price: 5, discount: 4 },
          { product: 'tea', quantity: 2, price: 10 },
          { product: 'postage', price: 6 },
        ],
      },
      { day: 4, lines: [{ product: 'mug', quantity: -3, price: 5 }] },
      { day: 9, lines: [{ product: 'tea', price: 8 }] },
    ],
    ben: [{ day: 2, channel: 'web', lines: [{ product: 'mug', quantity: 4, price: null }] }],
    eva: [{ day: 2, lines: [{ product: 'tea', quantity: -1, price: 10 }] }],
  },
  products: { mug: { cost: 2, kilograms: 0.4 }, postage: { fee: true } },
  events: {
    anna: [
      { day: 5, kind: 'complaint' },
      { day: 20, kind: 'visit' },
    ],
    eva: [{ day: 3, kind: 'complaint' }],
  },
});
export const feeName = (product: number): string => shop.productCodes[product]!;
export const drivers = driversOf(shop, { smallOrderUnder: 10, orderBounds: [50], feeName });
