import { z } from '@hono/zod-openapi';
import type { ArmTotals, StoredAction, StoredDay } from '../../db/queries/retention-actions.ts';
import { actionNames, retentionActions } from '../churn/actions/action-catalogue.ts';
import { type ActionEffect, verdicts } from '../churn/actions/action-effects.ts';
import { arms } from '../churn/actions/control-arm.ts';
import { type Restraint, restraints, restraintWords } from '../churn/actions/restraints.ts';
import { localText } from './churn-schemas.ts';
import { count, date, list } from './customer-schemas.ts';

const actionName = z.enum(actionNames);
const arm = z.enum(arms);

export const dayView = z
  .object({
    date,
    modelVersion: z.string(),
    drawnAt: z.iso.datetime(),
    settings: z.record(z.string(), z.unknown()),
    totals: list(
      z.object({ arm, action: actionName, customers: count, expectedGain: z.number(), spend: z.number() }),
    ).openapi({
      description: 'Of those held out: what contacting them would have been expected to come to.',
    }),
    notContacted: list(z.object({ why: z.enum(restraints), words: localText, customers: count })).openapi({
      description: 'Customers about whom something could be done, and whom nobody contacts.',
    }),
    effects: list(
      z.object({
        action: actionName,
        mean: z.number(),
        low: z.number(),
        high: z.number(),
        measuredShare: z.number().openapi({ description: 'How much of it the shop’s control groups told.' }),
      }),
    ).openapi({
      description: 'What was believed: the share of those who would leave that stay because of the action.',
    }),
  })
  .openapi('RetentionDay');

export const actionView = z
  .object({
    customerId: z.string(),
    arm,
    contact: z
      .object({
        action: actionName,
        words: localText,
        channel: z.string(),
        offers: list(z.string()).openapi({
          description: 'The kinds of offers that it may carry; none: nothing is to be sold.',
        }),
        winbackOffer: z.string().nullable(),
      })
      .nullable()
      .openapi({ description: 'Null for who is held out: nobody contacts him in this campaign period.' }),
    heldOutFrom: actionName.nullable().openapi({ description: 'What a customer is held out from.' }),
    why: list(z.object({ name: z.string(), words: localText })).openapi({
      description: 'The first is what the action is for.',
    }),
    chance: z.number().openapi({ description: 'That he leaves, or does not come back by himself.' }),
    value: z.number().nullable(),
    expectedGain: z.number().openapi({ description: 'In money: chance × effect × value − cost.' }),
    interval: z.object({ low: z.number(), high: z.number() }).nullable(),
    spend: z.number(),
  })
  .openapi('RetentionAction');

export const actionsAnswer = dayView
  .extend({ items: list(actionView), nextCursor: z.string().nullable() })
  .openapi('RetentionActions');

const range = z.object({ low: z.number(), high: z.number() });

const side = z.object({
  customers: count,
  stayed: count,
  share: z.number(),
  interval: range,
  revenuePerCustomer: z.number(),
});

export const effectsAnswer = z
  .object({
    from: date,
    to: date,
    days: count,
    pending: count.openapi({
      description: 'Customers on these lists whose days are not over, or not known yet; they do not count.',
    }),
    items: list(
      z.object({
        action: actionName.nullable().openapi({ description: 'Null: all together.' }),
        verdict: z.enum(verdicts),
        words: localText,
        contacted: side.nullable(),
        control: side.nullable(),
        lift: range
          .extend({
            difference: z.number(),
            relative: z.number().nullable(),
            extra: z.number(),
            p: z.number(),
          })
          .nullable()
          .openapi({
            description: 'Of the share that stays. extra: customers who stayed for it; p is adjusted.',
          }),
        revenue: range
          .extend({ difference: z.number(), p: z.number() })
          .nullable()
          .openapi({ description: 'A customer’s, contacted less held out.' }),
        profit: range
          .extend({ profit: z.number(), moneyOut: z.number() })
          .nullable()
          .openapi({ description: 'With `margin`: what the revenue earned, less what contacts cost.' }),
        sampleRatio: z.object({ p: z.number(), isMismatch: z.boolean() }).nullable(),
      }),
    ),
  })
  .openapi('RetentionEffects');

export function viewDay(day: StoredDay, totals: readonly ArmTotals[]): z.input<typeof dayView> {
  return {
    date: day.day,
    modelVersion: String(day.modelVersion),
    drawnAt: day.drawnAt.toISOString(),
    settings: day.settings,
    totals: totals.map(({ gain, ...total }) => ({ ...total, expectedGain: gain })),
    notContacted: restraints.flatMap((why: Restraint) =>
      day.held[why] ? [{ why, words: restraintWords[why], customers: day.held[why] }] : [],
    ),
    effects: actionNames.flatMap((action) => {
      const belief = day.beliefs[action];
      if (!belief) return [];
      const { mean, low, high, measuredShare } = belief;
      return [{ action, mean, low, high, measuredShare }];
    }),
  };
}

export function viewAction(row: StoredAction): z.input<typeof actionView> {
  const isContacted = row.arm === 'contacted';
  const { words, offers } = retentionActions[row.action];
  return {
    customerId: row.customer,
    arm: row.arm,
    contact: isContacted
      ? { action: row.action, words, channel: row.channel, offers: [...offers], winbackOffer: row.offer }
      : null,
    heldOutFrom: isContacted ? null : row.action,
    why: row.why,
    chance: row.chance,
    value: row.value,
    expectedGain: row.gain,
    interval: row.gainLow === null || row.gainHigh === null ? null : { low: row.gainLow, high: row.gainHigh },
    spend: row.spend,
  };
}

export function viewEffect({ action, report, pAdjusted, verdict, words }: ActionEffect) {
  const sides = report?.arms.map(({ customers, responses, rate, rateInterval, revenue }) => ({
    customers,
    stayed: responses,
    share: rate,
    interval: rateInterval,
    revenuePerCustomer: revenue?.perCustomer ?? 0,
  }));
  const effect = report?.effects[0];
  const { revenue, profitOfRevenue } = effect ?? {};
  return {
    action,
    verdict,
    words,
    contacted: sides?.[0] ?? null,
    control: sides?.[1] ?? null,
    lift: effect
      ? { ...effect.response, relative: effect.relative, extra: effect.incremental, p: pAdjusted! }
      : null,
    revenue: revenue
      ? { difference: revenue.difference, low: revenue.low, high: revenue.high, p: revenue.p }
      : null,
    profit: profitOfRevenue
      ? {
          profit: profitOfRevenue.profit,
          low: profitOfRevenue.low,
          high: profitOfRevenue.high,
          moneyOut: profitOfRevenue.moneyOut,
        }
      : null,
    sampleRatio: report?.sampleRatio
      ? { p: report.sampleRatio.p, isMismatch: report.sampleRatio.isMismatch }
      : null,
  };
}
