import type { ChurnStudy } from './rates/churn-rates.ts';
import type { EarlyWarnings } from './signals/early-warnings.ts';
import type { SignalRecord } from './signals/signal-record.ts';

/** What a model knows of who leaves: columns by customer number and reports. Plain data. */
export interface ChurnInsights {
  /** The day that it was worked out for, since 1970-01-01. */
  readonly today: number;
  /** Who left when, and how many that is. */
  readonly rates: ChurnStudy;
  /** Whom there is reason to worry about, and when the next order of each is due. */
  readonly warnings: EarlyWarnings;
  /** What alarms of a day some time ago came to; null where too little time was observed to say. */
  readonly record: SignalRecord | null;
}
