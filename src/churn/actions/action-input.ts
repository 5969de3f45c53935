import type { ChurnInsights, ReasonInsights } from '../churn-insights.ts';
import type { ChurnStudy } from '../rates/churn-rates.ts';
import type { EarlyWarnings } from '../signals/early-warnings.ts';
import type { WinbackPlan } from '../winback/plan.ts';
import type { WinbackStudy } from '../winback/winback-study.ts';
import type { ActionName } from './action-catalogue.ts';
import type { LeavingPrediction } from './causes.ts';
import type { ContactFacts } from './contact-facts.ts';
import type { MeasuredEffect } from './effect-belief.ts';

/** What is needed of a model's insights. */
export interface ActionInsights extends Pick<ChurnInsights, 'record' | 'leftAlone'> {
  readonly rates: Pick<ChurnStudy, 'stays'>;
  readonly warnings: Pick<EarlyWarnings, 'today' | 'due' | 'alarms'>;
  readonly reasons: Pick<ReasonInsights, 'after'>;
  readonly winback: Pick<WinbackStudy, 'customer' | 'baseline' | 'offers' | 'beliefs'> & {
    readonly plan: Pick<WinbackPlan, 'budget' | 'bestOffer' | 'bestProfit' | 'suppressed'> | null;
  };
}

export interface ActionInput {
  /** The day of the list, since 1970-01-01. */
  readonly day: number;
  readonly insights: ActionInsights;
  /** By customer: what is still to come of one who stays, in money; NaN where it is not known. */
  readonly value: ArrayLike<number>;
  /** The code that a customer is dealt to an arm by. */
  readonly codeOf: (customer: number) => string;
  /** Whether a customer can be told of at all: whoever was forgotten cannot. */
  readonly isListed: (customer: number) => boolean;
  readonly facts: ContactFacts;
  readonly prediction?: LeavingPrediction | null | undefined;
  /** What control groups of earlier lists have told. */
  readonly measured?: Readonly<Partial<Record<ActionName, MeasuredEffect>>> | undefined;
  /** What other lists of the same win-back plan have promised of its budget, in money. */
  readonly winbackSpent?: number | undefined;
}
