import type { ChurnStudy } from './rates/churn-rates.ts';

/** What a model knows of who leaves: columns by customer number and reports. Plain data. */
export interface ChurnInsights {
  /** The day that it was worked out for, since 1970-01-01. */
  readonly today: number;
  /** Who left when, and how many that is. */
  readonly rates: ChurnStudy;
}
