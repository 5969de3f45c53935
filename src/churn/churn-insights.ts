import type { ChurnOutlook } from './outlook/churn-outlook.ts';
import type { ChurnStudy } from './rates/churn-rates.ts';
import type { LeavingAfter, SolvedDifference } from './reasons/leaving-after.ts';
import type { ReasonReport } from './reasons/reason-counts.ts';
import type { StatedReasons } from './reasons/stated-reasons.ts';
import type { EarlyWarnings } from './signals/early-warnings.ts';
import type { SignalRecord } from './signals/signal-record.ts';
import type { WinbackStudy } from './winback/winback-study.ts';

/** Why customers left. */
export interface ReasonInsights {
  /** Of those who left in the last year. */
  readonly report: ReasonReport;
  /** What announces that customers leave, by kind of event. */
  readonly after: readonly LeavingAfter[];
  /** Whether it makes a difference that a complaint is solved. */
  readonly solved: SolvedDifference;
  /** What each customer said last in the last year. */
  readonly stated: StatedReasons;
}

/** What a model knows of who leaves: columns by customer number and reports. Plain data. */
export interface ChurnInsights {
  /** The day that it was worked out for, since 1970-01-01. */
  readonly today: number;
  /** Who left when, and how many that is. */
  readonly rates: ChurnStudy;
  /** By customer: whether not to be contacted, and why; of `leftAlone`. */
  readonly leftAlone: Uint8Array;
  /** Whom there is reason to worry about, and when the next order of each is due. */
  readonly warnings: EarlyWarnings;
  /** What alarms of a day some time ago came to; null where too little time was observed to say. */
  readonly record: SignalRecord | null;
  readonly reasons: ReasonInsights;
  /** Who is about to leave. */
  readonly outlook: ChurnOutlook;
  /** Who of the lost comes back, and whom it pays to make an offer. */
  readonly winback: WinbackStudy;
}
