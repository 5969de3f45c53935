import { expect, it } from 'vitest';
import { ledgerOf } from '../../customers/testing/ledger.ts';
import { contractMoney, windowMoney } from './money.ts';

it('takes what contracts bring that run, or that ran last', () => {
  const { contracts } = ledgerOf({
    customers: {},
    contracts: {
      anna: [
        { start: 10, end: 30, amount: 20 },
        { start: 15, end: 30, amount: 5 },
        { start: 20, end: 25, amount: 7 },
        { start: 28, end: 28, amount: 99 },
        { start: 40, amount: 50 },
      ],
      ben: [{ start: 10 }, { start: 20, amount: 3 }],
      eva: [{ start: 10, amount: -4 }],
    },
    today: 100,
  });
  const moneyOn = contractMoney(contracts);
  expect([9, 10, 15, 20, 24, 25, 29].map((day) => moneyOn(0, day))).toEqual([0, 20, 25, 32, 32, 25, 25]);
  // Between contracts: the two that ended on the day 30.
  expect([30, 39, 40].map((day) => moneyOn(0, day))).toEqual([25, 25, 50]);
  expect(moneyOn(1, 30)).toBeNaN();
  expect(moneyOn(2, 30)).toBe(0);
});

it('takes the net revenue of the days up to the evening', () => {
  const ledger = ledgerOf({
    customers: {
      anna: [
        { day: 10, lines: [{ product: 'x', quantity: 3, price: 5, discount: 1 }] },
        { day: 12, lines: [{ product: 'x', price: null }, 'y'] },
        { day: 20, lines: [{ product: 'x', quantity: -2, price: 5 }] },
      ],
      ben: [{ day: 11, lines: [{ product: 'x', price: 100 }] }],
    },
    today: 40,
  });
  const moneyOn = windowMoney(ledger, 10);
  // 14 on the day 10, 1 on the day 12, −10 on the day 20, when the first of them is 10 days ago.
  expect([9, 10, 11, 12, 19, 20, 21, 22, 30].map((day) => moneyOn(0, day))).toEqual([
    0, 14, 14, 15, 15, 0, 0, 0, 0,
  ]);
  expect(windowMoney(ledger, 11)(0, 20)).toBe(5);
  expect(moneyOn(1, 11)).toBe(100);
});
