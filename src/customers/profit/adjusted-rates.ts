import { PairwellError } from '../../errors.ts';
import { defaultDriverIds, defaultRates } from './default-rates.ts';
import type { CustomerDrivers } from './drivers.ts';
import { type CostDriver, type CostRates, checkRates } from './rates.ts';

/** What the shop states of its costs. */
export interface RateWishes {
  /** See `CostRates`. */
  readonly goodsCostShare?: number | undefined;
  readonly returnedGoodsLost?: number | undefined;
  readonly drivers?: readonly RateWish[] | undefined;
}

/** One that has the id of a default takes its place; any other is one more, and says what it is for and what it is paid for. */
export type RateWish = Pick<CostDriver, 'id' | 'rate'> & Partial<Pick<CostDriver, 'group' | 'basis'>>;

const stated = 'Stated by the shop.';

/** What is wrong with a new driver of which not all is said. */
export const unknownDriver = (id: string): string =>
  `There is no cost driver "${id}": a new one needs its group and its basis. Those there are: ${defaultDriverIds.join(', ')}.`;

/**
 * The default rates with what the shop states in place of them.
 *
 * @throws PairwellError `bad-input` as `checkRates`, for an id that is stated twice, and for a new driver without group or basis
 */
export function adjustedRates(
  drivers: CustomerDrivers,
  { goodsCostShare, returnedGoodsLost, drivers: wishes = [] }: RateWishes = {},
): CostRates {
  const defaults = defaultRates(drivers);
  const ids = wishes.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined)
    throw new PairwellError('bad-input', `The cost driver "${twice}" is stated twice.`);
  const wished = new Map(wishes.map((wish) => [wish.id, wish]));
  const known = defaults.drivers.map((driver): CostDriver => {
    const wish = wished.get(driver.id);
    wished.delete(driver.id);
    return wish ? { ...driver, ...wish, isAssumed: false, reason: stated } : driver;
  });
  const more = [...wished.values()].map(({ id, rate, group, basis }): CostDriver => {
    if (group && basis) return { id, rate, group, basis, isAssumed: false, reason: stated };
    throw new PairwellError('bad-input', unknownDriver(id), { id });
  });
  const rates: CostRates = {
    drivers: [...known, ...more],
    goodsCostShare: goodsCostShare ?? defaults.goodsCostShare,
    isGoodsCostShareAssumed: goodsCostShare === undefined,
    goodsCostReason: goodsCostShare === undefined ? defaults.goodsCostReason : stated,
    returnedGoodsLost: returnedGoodsLost ?? defaults.returnedGoodsLost,
    isReturnedGoodsLostAssumed: returnedGoodsLost === undefined,
    returnedGoodsReason: returnedGoodsLost === undefined ? defaults.returnedGoodsReason : stated,
  };
  checkRates(rates);
  return rates;
}
