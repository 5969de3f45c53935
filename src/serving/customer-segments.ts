import type { Words } from '../customers/behaviour/words.ts';
import type { CustomerInsights, SegmentsBefore } from '../customers/customer-insights.ts';
import { type TierName, tierNames } from '../customers/profit/tiers.ts';
import { rfmSegments } from '../customers/rfm-segments.ts';

/** What segments are made by: what customers do; recency and frequency; profit. */
export const segmentKinds = ['behaviour', 'rfm', 'tier'] as const;
export type SegmentKind = (typeof segmentKinds)[number];

export interface SegmentName {
  /** Of all segments, such as `behaviour-3`, `rfm-champions` and `tier-drain`. */
  readonly id: string;
  readonly name: Words;
}

/** The segments of a kind, and who is in which. */
export interface Segmentation {
  readonly kind: SegmentKind;
  readonly segments: readonly SegmentName[];
  /** By customer: the position in `segments`, or −1. */
  readonly segmentOf: ArrayLike<number>;
}

const tierWords: Readonly<Record<TierName, SegmentName['name']>> = {
  peak: { en: 'Profit peaks', zh: '利润高峰' },
  drain: { en: 'Profit drains', zh: '利润流失' },
  desert: { en: 'Profit deserts', zh: '利润荒漠' },
};

const tiers = tierNames.map((tier): SegmentName => ({ id: `tier-${tier}`, name: tierWords[tier] }));
const rfm = rfmSegments.map(({ id, name }): SegmentName => ({ id: `rfm-${id}`, name }));
const behaviour = (segments: SegmentsBefore['behaviourSegments']): SegmentName[] =>
  segments.map(({ id, name }) => ({ id: `behaviour-${id}`, name }));

export function segmentation(insights: CustomerInsights, kind: SegmentKind): Segmentation {
  switch (kind) {
    case 'behaviour': {
      const { model, segmentOf } = insights.behaviour;
      return { kind, segments: behaviour(model.segments), segmentOf };
    }
    case 'rfm': {
      const { report, columns } = insights.rfm;
      // Without names there are none.
      return { kind, segments: report.segments.length > 0 ? rfm : [], segmentOf: columns.segment };
    }
    case 'tier':
      return { kind, segments: tiers, segmentOf: insights.profit.tiers.tier };
  }
}

/** The segments of the model before, by today's customers. */
export function segmentationBefore(before: SegmentsBefore, kind: SegmentKind): Segmentation {
  switch (kind) {
    case 'behaviour':
      return { kind, segments: behaviour(before.behaviourSegments), segmentOf: before.behaviour };
    case 'rfm':
      return { kind, segments: rfm, segmentOf: before.rfm };
    case 'tier':
      return { kind, segments: tiers, segmentOf: before.tier };
  }
}

/** What a segment's customers bring together. */
export interface SegmentSums {
  readonly customers: number;
  readonly revenue: number;
  readonly profit: number;
}

export function segmentSums(
  { segments, segmentOf }: Segmentation,
  { revenue, profit }: { readonly revenue: Float64Array; readonly profit: Float64Array },
): SegmentSums[] {
  const sums = segments.map(() => ({ customers: 0, revenue: 0, profit: 0 }));
  for (let c = 0; c < segmentOf.length; c++) {
    const sum = sums[segmentOf[c]];
    if (!sum) continue;
    sum.customers++;
    sum.revenue += revenue[c];
    sum.profit += profit[c];
  }
  return sums;
}
