import { PairwellError } from '../../errors.ts';
import type { CountColumn, CustomerDrivers } from './drivers.ts';

/** What a rate is paid for each of. `channel`: an order through one of these; `fee`: an order with one of these fee products; `event`: an event of one of these kinds. */
export type CostBasis =
  | {
      readonly per: 'order' | 'line' | 'unit' | 'kilogram' | 'return' | 'returned-line' | 'returned-unit';
    }
  | { readonly per: CountColumn['source']; readonly names: readonly string[] };

/** What a cost is for: what a drain's cost is put down to. */
export type CostGroup = 'picking' | 'packing' | 'shipping' | 'rush' | 'returns' | 'service';

export interface CostDriver {
  /** Its own among the drivers, such as `packing-per-order`. */
  readonly id: string;
  readonly group: CostGroup;
  readonly basis: CostBasis;
  /** Money for each, ≥ 0. */
  readonly rate: number;
  /** Whether nobody has stated the rate, so that it is a default. */
  readonly isAssumed: boolean;
  /** Where the rate is from, in a sentence. */
  readonly reason: string;
}

export interface CostRates {
  readonly drivers: readonly CostDriver[];
  /** What goods of unknown cost are taken to have cost, as a share of their list price, 0 … 1. */
  readonly goodsCostShare: number;
  /** Whether nobody has stated it. */
  readonly isGoodsCostShareAssumed: boolean;
  readonly goodsCostReason: string;
  /** The share of what returned goods had cost that is lost, as they cannot be sold as new, 0 … 1. */
  readonly returnedGoodsLost: number;
  readonly isReturnedGoodsLostAssumed: boolean;
  readonly returnedGoodsReason: string;
}

const largestRate = 1e12;

/**
 * @throws PairwellError `bad-input` for a rate that is negative, not finite or above 1e12, a share that is not between 0
 *   and 1, or two drivers of one id
 */
export function checkRates({ drivers, goodsCostShare, returnedGoodsLost }: CostRates): void {
  for (const { id, rate } of drivers) {
    if (rate >= 0 && rate <= largestRate) continue;
    const message = `The rate of the cost driver "${id}" is ${rate}; give an amount of money of 0 or more.`;
    throw new PairwellError('bad-input', message, { id, rate: String(rate) });
  }
  const ids = drivers.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) {
    const message = `Two cost drivers are called "${twice}"; give each an id of its own.`;
    throw new PairwellError('bad-input', message, { id: twice });
  }
  for (const [name, share] of Object.entries({ goodsCostShare, returnedGoodsLost })) {
    if (share >= 0 && share <= 1) continue;
    const message = `"${name}" is a share and lies between 0 and 1, not at ${share}.`;
    throw new PairwellError('bad-input', message, { [name]: String(share) });
  }
}

/** Channels, fee products and kinds of events that rates name and the drivers have no column of. */
export function unknownNames(
  { drivers }: CostRates,
  { counts }: Pick<CustomerDrivers, 'counts'>,
): { driver: string; name: string }[] {
  return drivers.flatMap(({ id, basis }) =>
    'names' in basis
      ? basis.names
          .filter((name) => !hasColumn(counts, basis.per, name))
          .map((name) => ({ driver: id, name }))
      : [],
  );
}

/** The rates without {@link unknownNames}: those that can be applied order by order with the same result. */
export function knownRates(rates: CostRates, { counts }: Pick<CustomerDrivers, 'counts'>): CostRates {
  return {
    ...rates,
    drivers: rates.drivers.map((driver) => {
      const { basis } = driver;
      if (!('names' in basis)) return driver;
      const names = basis.names.filter((name) => hasColumn(counts, basis.per, name));
      return { ...driver, basis: { per: basis.per, names } };
    }),
  };
}

const hasColumn = (counts: readonly CountColumn[], source: string, name: string): boolean =>
  counts.some((column) => column.source === source && column.name === name);
