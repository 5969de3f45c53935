import type { Model } from '../../model/model.ts';
import type { StepCounter } from './step-counts.ts';

/** Who is in which segment: by customer its position in `ids`, −1 for none. */
export interface CustomerSegments {
  readonly segmentOf: ArrayLike<number>;
  readonly ids: readonly string[];
}

/** Those by behaviour where there are several, else those that the shop states. */
export function customerSegments({ customers, segmentNames, customerSegment }: Model): CustomerSegments {
  const behaviour = customers?.behaviour;
  if (behaviour && behaviour.model.segments.length > 1) {
    const ids = behaviour.model.segments.map(({ id }) => `behaviour-${id}`);
    return { segmentOf: behaviour.segmentOf, ids };
  }
  const ids = Array.from({ length: segmentNames.size }, (_, s) => segmentNames.get(s));
  return { segmentOf: customerSegment, ids };
}

/** How a segment chooses between a product and its upgrade. */
export interface SegmentFavour {
  readonly segment: string;
  /** Its customers who bought the upgrade, and those who bought either. */
  readonly buyers: number;
  readonly ofEither: number;
  /**
   * How many times as large the share of the upgrade is among its buyers of either as among all such buyers, as if
   * {@link priorBuyers} more had chosen as all do.
   */
  readonly lift: number;
}

/** Fewer buyers of the upgrade say nothing of a segment. */
export const fewestBuyers = 5;
/** As many buyers of either as count for the shop's share beside a segment's own. */
const priorBuyers = 20;

/** A segment whose share is less above that of all favours nothing in particular. */
const leastLift = 1.1;

export const isFavour = ({ lift }: SegmentFavour): boolean => lift >= leastLift;

/**
 * What the segments make of an upgrade, the most favourable first; those with too few buyers are left out. Buyers of either are
 * compared, so that a segment that buys much of everything favours nothing for that.
 *
 * @param from, to numbers of the model
 */
export function segmentFavours(
  counter: StepCounter,
  { segmentOf, ids }: CustomerSegments,
  from: number,
  to: number,
): readonly SegmentFavour[] {
  const upgrade = buyersBySegment([counter.visitsWith(to)], counter.customerOf, segmentOf, ids.length);
  const either = buyersBySegment(
    [counter.visitsWith(from), counter.visitsWith(to)],
    counter.customerOf,
    segmentOf,
    ids.length,
  );
  const share = sum(upgrade) / sum(either);
  return ids
    .map((segment, s) => ({
      segment,
      buyers: upgrade[s],
      ofEither: either[s],
      lift: (upgrade[s] + priorBuyers * share) / (either[s] + priorBuyers) / share,
    }))
    .filter(({ buyers }) => buyers >= fewestBuyers)
    .sort((a, b) => b.lift - a.lift);
}

const sum = (counts: Int32Array): number => counts.reduce((total, count) => total + count, 0);

/** By segment: its different customers with any of these visits. */
function buyersBySegment(
  lists: readonly Int32Array[],
  customerOf: Int32Array,
  segmentOf: ArrayLike<number>,
  segments: number,
): Int32Array {
  const customers = new Set<number>();
  for (const visits of lists) for (const visit of visits) customers.add(customerOf[visit]);
  const counts = new Int32Array(segments);
  for (const customer of customers) if (segmentOf[customer] >= 0) counts[segmentOf[customer]]++;
  return counts;
}
