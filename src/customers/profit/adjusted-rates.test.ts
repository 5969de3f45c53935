import { describe, expect, it } from 'vitest';
import { ledgerOf } from '../testing/ledger.ts';
import { adjustedRates } from './adjusted-rates.ts';
import { defaultRates } from './default-rates.ts';
import { driversOf } from './drivers-of.ts';

const drivers = driversOf(
  ledgerOf({ today: 9, customers: { anna: [{ day: 1, lines: [{ product: 'tea', price: 100 }] }] } }),
);

describe('adjustedRates', () => {
  it('are the default ones where nothing is stated', () => {
    expect(adjustedRates(drivers)).toEqual(defaultRates(drivers));
  });

  it('put what is stated in place of a default, and add what is new', () => {
    const basis = { per: 'channel', names: ['desk'] } as const;
    const rates = adjustedRates(drivers, {
      goodsCostShare: 0.25,
      drivers: [
        { id: 'packing-per-order', rate: 3.5 },
        { id: 'desk', rate: 0, group: 'service', basis },
      ],
    });
    const defaults = defaultRates(drivers);
    expect(rates.drivers).toEqual([
      ...defaults.drivers.map((driver) =>
        driver.id === 'packing-per-order'
          ? { ...driver, rate: 3.5, isAssumed: false, reason: 'Stated by the shop.' }
          : driver,
      ),
      { id: 'desk', rate: 0, group: 'service', basis, isAssumed: false, reason: 'Stated by the shop.' },
    ]);
    expect(rates).toMatchObject({
      goodsCostShare: 0.25,
      goodsCostReason: 'Stated by the shop.',
      returnedGoodsLost: defaults.returnedGoodsLost,
      returnedGoodsReason: defaults.returnedGoodsReason,
    });
  });

  it.each([
    ['a negative rate', [{ id: 'packing-per-order', rate: -1 }], /packing-per-order.* -1.*0 or more/],
    ['an unknown driver', [{ id: 'packaging', rate: 1 }], /no cost driver "packaging".*packing-per-order/],
    [
      'a driver that is stated twice',
      [
        { id: 'packing-per-order', rate: 1 },
        { id: 'packing-per-order', rate: 2 },
      ],
      /stated twice/,
    ],
  ])('refuse %s', (_, wishes, message) => {
    expect(() => adjustedRates(drivers, { drivers: wishes })).toThrow(
      expect.objectContaining({ code: 'bad-input', message: expect.stringMatching(message) }),
    );
  });
});
