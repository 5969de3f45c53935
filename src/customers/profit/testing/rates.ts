import type { CostBasis, CostDriver, CostGroup, CostRates } from '../rates.ts';

export const driverOf = (basis: CostBasis, rate: number, id = JSON.stringify(basis)): CostDriver => ({
  id,
  group: groups[basis.per],
  basis,
  rate,
  isAssumed: false,
  reason: 'Counted.',
});

const groups: Readonly<Record<CostBasis['per'], CostGroup>> = {
  order: 'packing',
  line: 'picking',
  unit: 'picking',
  kilogram: 'shipping',
  return: 'returns',
  'returned-line': 'returns',
  'returned-unit': 'returns',
  channel: 'rush',
  fee: 'rush',
  event: 'service',
};

/** Goods of unknown cost cost half of their price, and returned ones are as good as new, unless told otherwise. */
export const ratesOf = (drivers: readonly CostDriver[], more: Partial<CostRates> = {}): CostRates => ({
  drivers,
  goodsCostShare: 0.5,
  isGoodsCostShareAssumed: true,
  goodsCostReason: 'Counted.',
  returnedGoodsLost: 0,
  isReturnedGoodsLostAssumed: true,
  returnedGoodsReason: 'Counted.',
  ...more,
});

/** One of each kind. */
export const allBases: readonly CostBasis[] = [
  { per: 'order' },
  { per: 'line' },
  { per: 'unit' },
  { per: 'kilogram' },
  { per: 'return' },
  { per: 'returned-line' },
  { per: 'returned-unit' },
  { per: 'channel', names: ['web', 'telephone'] },
  { per: 'fee', names: ['postage'] },
  { per: 'event', names: ['complaint'] },
];
