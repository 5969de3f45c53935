import type { Session } from '../../db/database.ts';
import {
  knownUpTo,
  listedBetween,
  type OutcomeWindow,
  type RetentionOutcome,
  retentionOutcomes,
} from '../../db/queries/retention-outcomes.ts';
import type { ActionName } from '../churn/actions/action-catalogue.ts';
import {
  type ActionEffect,
  type ActionOutcomes,
  actionEffects,
  type EffectOptions,
  measuredEffects,
} from '../churn/actions/action-effects.ts';
import { arms } from '../churn/actions/control-arm.ts';
import type { MeasuredEffect } from '../churn/actions/effect-belief.ts';
import { dateOf } from './customer-figures.ts';

export interface EffectsFound {
  readonly effects: readonly ActionEffect[];
  /** Customers whose days are not over, and who do not count yet. */
  readonly pending: number;
}

/**
 * What came of the lists of some days.
 *
 * @param today since 1970-01-01
 */
export async function effectsBetween(
  session: Session,
  { from, to, days }: OutcomeWindow,
  today: number,
  options: EffectOptions,
): Promise<EffectsFound> {
  const lastSettled = dateOf((await knownUpTo(session, today)) - days);
  const settled = { from, to: to < lastSettled ? to : lastSettled, days };
  const outcomes = await retentionOutcomes(session, settled);
  const listed = await listedBetween(session, from, to);
  return { effects: actionEffects(columnsOf(outcomes), options), pending: listed - outcomes.length };
}

/** Effects are learnt of so many days after each contact, from lists of so many days. */
const [learntAfter, learntOf] = [90, 730];

/** What lists before a day have told of the effects by then. */
export async function measuredBefore(
  session: Session,
  day: number,
): Promise<Readonly<Partial<Record<ActionName, MeasuredEffect>>>> {
  const last = (await knownUpTo(session, day)) - learntAfter;
  const window = { from: dateOf(day - learntOf), to: dateOf(last), days: learntAfter };
  return measuredEffects(columnsOf(await retentionOutcomes(session, window)));
}

const columnsOf = (rows: readonly RetentionOutcome[]): ActionOutcomes => ({
  action: rows.map(({ action }) => action),
  arm: Uint8Array.from(rows, ({ arm }) => arms.indexOf(arm)),
  stayed: Uint8Array.from(rows, ({ stayed }) => Number(stayed)),
  revenue: Float64Array.from(rows, ({ revenue }) => revenue),
  spend: Float64Array.from(rows, ({ spend }) => spend),
  controlShare: Float64Array.from(rows, ({ controlShare }) => controlShare),
});
