import { type CountSource, type CustomerDrivers, sumOf } from './drivers.ts';
import { rounded } from './order-sizes.ts';
import type { CostBasis, CostDriver, CostGroup, CostRates } from './rates.ts';

interface DefaultRate {
  readonly id: string;
  readonly group: CostGroup;
  readonly per: CostBasis['per'];
  /** Of the revenue of a typical order: for each that is paid for, or for those of an average order together. */
  readonly share: number;
  readonly why: string;
}

/**
 * Rates for a shop that has stated none. They are shares of its own typical order, as no amount of money would suit every
 * currency and trade. Lines, units and kilograms are dear where an order has few of them: what an average order has of them
 * costs the share together. To pick, pack and ship such an order then costs 12 % of a typical one, most of it whatever the
 * order holds, and that is what makes small orders dear. They are a place to start from: state your own.
 */
const defaults: readonly DefaultRate[] = [
  { id: 'picking-per-line', group: 'picking', per: 'line', share: 0.02, why: 'the walk to each shelf' },
  { id: 'picking-per-unit', group: 'picking', per: 'unit', share: 0.01, why: 'each piece taken from it' },
  {
    id: 'packing-per-order',
    group: 'packing',
    per: 'order',
    share: 0.02,
    why: 'a box, papers and a few minutes',
  },
  {
    id: 'shipping-per-order',
    group: 'shipping',
    per: 'order',
    share: 0.06,
    why: 'the base price of a parcel',
  },
  {
    id: 'shipping-per-kilogram',
    group: 'shipping',
    per: 'kilogram',
    share: 0.01,
    why: 'what a parcel costs more by weight',
  },
  { id: 'rush-by-channel', group: 'rush', per: 'channel', share: 0.06, why: 'a second base price for haste' },
  { id: 'rush-by-fee', group: 'rush', per: 'fee', share: 0.06, why: 'a second base price for haste' },
  { id: 'rush-by-event', group: 'rush', per: 'event', share: 0.06, why: 'a second base price for haste' },
  {
    id: 'return-per-document',
    group: 'returns',
    per: 'return',
    share: 0.08,
    why: 'the parcel back and the refund',
  },
  {
    id: 'return-per-line',
    group: 'returns',
    per: 'returned-line',
    share: 0.01,
    why: 'goods looked over and put back on a shelf',
  },
  { id: 'service-by-event', group: 'service', per: 'event', share: 0.05, why: 'some minutes of a person' },
];

/** Those whose place a rate of the shop's can take by its id alone. */
export const defaultDriverIds: readonly string[] = defaults.map(({ id }) => id);

const rushNames = /express|rush|urgent|overnight|(?:next|same)[ _-]?day/i;
const serviceNames = /call|claim|complain|contact|service|support|ticket/i;

/** The share that goods of unknown cost are taken to have cost in a shop that states no costs at all. */
const commonGoodsCostShare = 0.6;
/** From this share of the goods' sales on, known costs tell about the unknown ones. */
const enoughKnown = 0.1;

/**
 * The documented assumptions, in the shop's own money. Rush and service are charged where the name of a channel, a fee
 * product or a kind of event says so ("express", "next-day", "complaint" …); the drivers name those that were found.
 */
export function defaultRates(drivers: CustomerDrivers): CostRates {
  const typical = drivers.totals.typicalOrder ?? 0;
  const inOrder = amountsInOrder(drivers);
  return {
    drivers: defaults.map(({ id, group, per, share, why }): CostDriver => {
      const percent = Number((100 * share).toPrecision(3));
      const amount = inOrder[per];
      const together = amount === undefined ? '' : ' for those of an average order together';
      return {
        id,
        group,
        basis: basisOf(per, group, drivers),
        rate: rounded((share * typical) / (amount ?? 1)),
        isAssumed: true,
        reason: `Assumed: ${percent} % of the revenue of a typical order${together}, for ${why}.`,
      };
    }),
    ...goodsCostShare(drivers),
    returnedGoodsLost: 0.1,
    isReturnedGoodsLostAssumed: true,
    returnedGoodsReason: 'Assumed: one in ten returned goods cannot be sold as new.',
  };
}

/** What an average order has of what is paid for piece by piece; 1 where nothing is known of it. */
function amountsInOrder(drivers: CustomerDrivers): Partial<Record<CostBasis['per'], number>> {
  const orders = sumOf(drivers.orders);
  const units = sumOf(drivers.units);
  const weighed = units - sumOf(drivers.unweighedUnits);
  // As if the other units weighed as much.
  const kilograms = weighed > 0 ? (sumOf(drivers.kilograms) / weighed) * units : 0;
  const average = (amount: number): number => (orders > 0 && amount > 0 ? amount / orders : 1);
  return { line: average(sumOf(drivers.lines)), unit: average(units), kilogram: average(kilograms) };
}

function basisOf(
  per: CostBasis['per'],
  group: CostGroup,
  { counts }: Pick<CustomerDrivers, 'counts'>,
): CostBasis {
  if (!isCountSource(per)) return { per };
  const wanted = group === 'rush' ? rushNames : serviceNames;
  const columns = counts.filter(({ source, name }) => source === per && wanted.test(name));
  return { per, names: columns.map(({ name }) => name) };
}

const isCountSource = (per: CostBasis['per']): per is CountSource =>
  per === 'channel' || per === 'fee' || per === 'event';

function goodsCostShare({
  totals,
  uncosted,
}: Pick<CustomerDrivers, 'totals' | 'uncosted'>): Pick<
  CostRates,
  'goodsCostShare' | 'isGoodsCostShareAssumed' | 'goodsCostReason'
> {
  const { costedSales, costOfCosted } = totals;
  let unknown = 0;
  for (let c = 0; c < uncosted.length; c++) unknown += Math.max(0, uncosted[c]);
  if (costedSales > 0 && costedSales >= enoughKnown * (costedSales + unknown)) {
    return {
      goodsCostShare: Math.min(1, Math.max(0, costOfCosted / costedSales)),
      isGoodsCostShareAssumed: true,
      goodsCostReason:
        'Goods of unknown cost are taken to cost as large a share of their list price as the others.',
    };
  }
  return {
    goodsCostShare: commonGoodsCostShare,
    isGoodsCostShareAssumed: true,
    goodsCostReason: `Assumed: goods of unknown cost have cost ${100 * commonGoodsCostShare} % of their list price.`,
  };
}
