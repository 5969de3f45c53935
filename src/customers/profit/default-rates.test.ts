import { describe, expect, it } from 'vitest';
import { ledgerOf } from '../testing/ledger.ts';
import { defaultRates } from './default-rates.ts';
import { driversOf } from './drivers-of.ts';
import { profitOf } from './profit.ts';
import { drivers } from './testing/shop.ts';

describe('defaultRates', () => {
  it('are shares of a typical order, each with its reason', () => {
    const { drivers: assumed, ...shares } = defaultRates(drivers);
    const rateOf = (id: string): number => assumed.find((one) => one.id === id)!.rate;
    expect(rateOf('packing-per-order')).toBe(0.8);
    expect(rateOf('shipping-per-order')).toBe(2.4);
    // 2 % of 40 for 4 / 3 lines in an order; 1 % for the weight, as if the 3 unweighed of 17 units were like the others.
    expect(rateOf('picking-per-line')).toBe(0.6);
    expect(rateOf('shipping-per-kilogram')).toBe(0.18);
    expect(assumed.every(({ isAssumed, reason, rate }) => isAssumed && reason !== '' && rate > 0)).toBe(true);
    expect(shares.goodsCostShare).toBe(0.4);
    expect(shares.goodsCostReason).toContain('the others');
  });

  it('finds haste and service by name', () => {
    const basisOf = (id: string) => defaultRates(drivers).drivers.find((one) => one.id === id)!.basis;
    expect(basisOf('rush-by-channel')).toEqual({ per: 'channel', names: ['express'] });
    expect(basisOf('service-by-event')).toEqual({ per: 'event', names: ['complaint'] });
    expect(basisOf('rush-by-fee')).toEqual({ per: 'fee', names: [] });
  });

  it('assumes a common share where no cost is known', () => {
    const uncosted = driversOf(ledgerOf({ customers: { anna: [{ day: 1, lines: ['mug'] }] } }));
    expect(defaultRates(uncosted)).toMatchObject({
      goodsCostShare: 0.6,
      goodsCostReason: expect.stringContaining('60 %'),
    });
    expect(() => profitOf(uncosted, defaultRates(uncosted))).not.toThrow();
  });
});
