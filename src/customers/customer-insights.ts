import type { Behaviour } from './behaviour/behaviour.ts';
import type { DifferencesReport } from './differences.ts';
import type { HoldingsReport } from './holdings.ts';
import type { HoldOutReport } from './lifetime/hold-out.ts';
import type { LifetimeValues } from './lifetime/lifetime-values.ts';
import type { Drains } from './profit/drains.ts';
import type { CustomerDrivers } from './profit/drivers.ts';
import type { ProfitReport } from './profit/profit-report.ts';
import type { CostRates } from './profit/rates.ts';
import type { Tiers } from './profit/tiers.ts';
import type { RfmColumns, RfmReport } from './rfm.ts';
import type { RhythmColumns, RhythmReport } from './rhythm.ts';
import type { SegmentShares } from './segment-shares.ts';
import type { ValueColumns, ValueReport } from './value-report.ts';

/** What a model knows of the customers: columns by customer number and reports. Plain data. */
export interface CustomerInsights {
  /** The day that it was worked out for, since 1970-01-01. */
  readonly today: number;
  readonly asides: CustomerAsides;
  readonly rfm: { readonly columns: RfmColumns; readonly report: RfmReport };
  readonly rhythm: { readonly columns: RhythmColumns; readonly report: RhythmReport };
  readonly value: { readonly columns: ValueColumns; readonly report: ValueReport };
  readonly profit: CustomerProfit;
  readonly behaviour: Behaviour;
  /** What the behavioural segments do with the rules to show, and buy most. */
  readonly segmentShares: SegmentShares;
  readonly lifetime: LifetimeValues & {
    /** Fitted without the newest part and compared with it; null where too little time was observed. */
    readonly holdOut: HoldOutReport | null;
  };
  readonly differences: { readonly revenue: DifferencesReport; readonly profit: DifferencesReport };
  readonly holdings: HoldingsReport;
  /** The segments of the model before, by today's customers; null without one. */
  readonly before: SegmentsBefore | null;
}

/** What was read and not used. */
export interface CustomerAsides {
  /** Dated after today. */
  readonly laterDocuments: number;
  readonly laterEvents: number;
  readonly laterContracts: number;
  /** Lines whose cost is stated as less than 0, which counts as not known. */
  readonly negativeCosts: number;
  readonly unreadKilograms: number;
  readonly attributesLeftOut: readonly { readonly name: string; readonly reason: string }[];
}

/** With the rates that it was worked out by: others can be tried on the drivers. */
export interface CustomerProfit {
  readonly drivers: CustomerDrivers;
  readonly rates: CostRates;
  readonly report: ProfitReport;
  readonly tiers: Tiers;
  readonly drains: Drains;
}

/** In which segments of the model before today's customers were. */
export interface SegmentsBefore {
  /** ISO 8601: when that model was trained. */
  readonly trainedAt: string;
  /** The day that its customers were studied as of, since 1970-01-01. */
  readonly today: number;
  /** By customer: positions, −1 for none. */
  readonly rfm: Int8Array;
  readonly behaviour: Int16Array;
  /** The ids of the positions in `behaviour`, and their names. */
  readonly behaviourSegments: Behaviour['model']['segments'];
  /** By customer: the position of the tier, −1 for none. */
  readonly tier: Int8Array;
  /** Customers of that model who are in none of today's. */
  readonly gone: number;
}
