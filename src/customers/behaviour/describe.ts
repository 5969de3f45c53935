import type { Ledger } from '../ledger.ts';
import type { Behaviour, BehaviourSegment } from './behaviour.ts';
import type { BehaviourFeatures } from './feature-matrix.ts';
import type { ProductKinds } from './product-kinds.ts';
import { segmentSentence } from './segment-names.ts';
import { type LiftOptions, revenueOf, segmentLifts, segmentTraits } from './traits.ts';

export type DescribedSegment = Omit<BehaviourSegment, 'id' | 'name'>;

/** Who is where. */
export interface Parted extends Pick<Behaviour, 'segmentOf' | 'sureness'> {
  readonly segments: number;
}

/** What there is to say of each segment. */
export function describeSegments(
  ledger: Ledger,
  kinds: ProductKinds,
  { features, values, customers }: BehaviourFeatures,
  { segmentOf, sureness, segments }: Parted,
  options: LiftOptions,
): DescribedSegment[] {
  const labels = customers.map((customer) => segmentOf[customer]);
  const traits = segmentTraits(features, values, labels, segments);
  const { orders, lifts } = segmentLifts(ledger, kinds, segmentOf, segments, options);
  const sizes = new Float64Array(segments);
  const sure = new Float64Array(segments);
  const revenue = new Float64Array(segments);
  const revenues = revenueOf(ledger);
  customers.forEach((customer, row) => {
    sizes[labels[row]]++;
    sure[labels[row]] += sureness[customer];
    revenue[labels[row]] += revenues[customer];
  });
  const sum = (column: Float64Array): number => column.reduce((total, value) => total + value, 0);
  const allOrders = sum(orders);
  const allRevenue = sum(revenue);
  return Array.from(sizes, (size, s) => {
    const figures = {
      customers: size,
      customerShare: size / customers.length,
      revenueShare: allRevenue > 0 ? revenue[s] / allRevenue : null,
      traits: traits[s],
      ...lifts[s],
    };
    return {
      ...figures,
      sentence: segmentSentence(figures),
      orders: orders[s],
      orderShare: allOrders > 0 ? orders[s] / allOrders : 0,
      revenue: revenue[s],
      sureness: sure[s] / size,
    };
  });
}
