import { z } from '@hono/zod-openapi';
import { suppressions } from '../churn/winback/suppression.ts';
import { localText } from './churn-schemas.ts';
import { count, date, list, share } from './customer-schemas.ts';

const interval = z.object({ low: z.number(), high: z.number() });

const life = z
  .object({
    days: z.number().openapi({ description: 'In the mean.' }),
    low: z.number(),
    high: z.number(),
    spendADay: z.number(),
    value: z.number().openapi({ description: 'What it brings.' }),
  })
  .nullable();

const totals = z.object({
  contacted: count,
  wonBack: z.number(),
  extra: z.number().openapi({ description: 'Who would not have come back without an offer.' }),
  spend: z.number(),
  spendDeviation: z.number(),
  profit: z.number(),
  returnOnInvestment: share,
  byOffer: list(count),
  isBest: z.boolean(),
  gap: z.number().openapi({ description: 'By how much another choice could do better at most.' }),
});

const aim = z.object({ spend: z.number(), extra: z.number(), profit: z.number() });

export const aims = ['profit', 'won-back'] as const;

export const winbackAnswer = z
  .object({
    modelVersion: z.string(),
    today: date,
    horizonDays: count,
    past: z
      .object({
        leavings: count,
        returned: count,
        share,
        interval: interval.nullable(),
        evidence: z.enum(['none', 'few', 'enough']),
        caution: localText.nullable(),
        drivers: list(
          z.object({
            id: z.string(),
            words: localText,
            unit: localText,
            oddsRatio: z.number(),
            interval,
            believed: z.number().openapi({ description: 'Before the shop’s own data.' }),
          }),
        ),
      })
      .openapi({ description: 'Who came back by himself.' }),
    firstLife: life,
    secondLife: life,
    offers: list(
      z.object({
        id: z.string(),
        words: localText,
        cost: z.number(),
        costKind: z.string(),
        rate: z.number().openapi({ description: 'The share that it wins back, as far as is believed.' }),
        low: z.number(),
        high: z.number(),
        offered: count,
        wonBack: z.number(),
      }),
    ),
    offersMade: z
      .object({
        made: count,
        answered: count.openapi({ description: 'The horizon is over: these are the answers.' }),
        open: count.openapi({ description: 'It is not.' }),
        reminders: count.openapi({ description: 'The same offer again within the horizon.' }),
        notLost: count.openapi({ description: 'To somebody who was not lost on that day.' }),
        died: count,
        unknown: count,
        others: list(z.object({ offer: z.string(), made: count })).openapi({
          description: 'The names of the unknown.',
        }),
      })
      .openapi({
        description: 'What became of each winback-offer event: all but made and others add up to made.',
      }),
    plan: z
      .object({
        budget: z.number(),
        mostProfit: totals,
        mostWonBack: totals,
        curve: list(z.object({ budget: z.number(), mostProfit: aim, mostWonBack: aim })),
      })
      .nullable()
      .openapi({ description: 'Null where there is nobody to win back or nothing to offer.' }),
    sentences: list(localText),
    total: count.openapi({ description: 'Customers who are lost, but for the dead.' }),
    items: list(
      z.object({
        customerId: z.string(),
        comesBack: z.number().openapi({ description: 'The chance without any offer.' }),
        offer: z.string().nullable().openapi({ description: 'That the plan makes; null for none.' }),
        bestOffer: z.string().nullable().openapi({ description: 'Whatever the budget.' }),
        bestProfit: z.number(),
        suppressed: z.enum(suppressions).nullable().openapi({ description: 'Why nobody contacts him.' }),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .openapi('Winback');
