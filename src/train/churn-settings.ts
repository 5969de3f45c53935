import { z } from 'zod';
import type { OutlookSettings } from '../churn/outlook/study-outlook.ts';
import type { LeavingDefinition } from '../churn/rates/definition.ts';
import type { ChurnSettings } from '../churn/study-churn.ts';

const days = z.number().int().min(1).max(3660);

const leaving = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('contracts'),
    graceDays: z.number().int().min(0).max(3660).optional().describe('A renewal so late is no loss; 7.'),
  }),
  z.strictObject({
    kind: z.literal('rhythm'),
    factor: z
      .number()
      .min(0.1)
      .max(10)
      .optional()
      .describe('How many times as long as the own rhythm allows; 1.'),
    shopSilence: z
      .number()
      .min(1)
      .max(3660)
      .optional()
      .describe('Days for who has no rhythm yet; by the gaps of the shop.'),
    leastSilence: z
      .number()
      .min(0)
      .max(3660)
      .optional()
      .describe('Days for anybody; by the gaps of the shop.'),
  }),
  z.strictObject({ kind: z.literal('silence'), days: days.optional().describe('90 by default.') }),
  z.strictObject({
    kind: z.literal('alive'),
    threshold: z.number().positive().lt(1).optional().describe('0.5 by default.'),
    shopSilence: z.number().min(1).max(3660).optional().describe('Days for whom the model says nothing of.'),
  }),
]);

/** How a model learns who leaves. */
export const churnSettings = z.strictObject({
  leaving: leaving
    .optional()
    .describe(
      'When somebody has left: by contracts if there are any, else by silence longer than the own rhythm allows.',
    ),
  period: z
    .union([z.enum(['month', 'quarter', 'year']), z.strictObject({ days })])
    .default('month')
    .describe('What rates are of.'),
  revenueDays: days.default(180).describe('Without contracts: the window whose revenue a customer is worth.'),
  falseAlarms: z
    .number()
    .positive()
    .max(1)
    .default(0.1)
    .describe(
      'False alarms of a customer in a year over all early warnings: fewer mean later and fewer true ones.',
    ),
  winback: z
    .strictObject({
      budget: z
        .number()
        .min(0)
        .max(1e12)
        .default(1000)
        .describe('What may be spent on winning customers back.'),
      horizonDays: days.default(180).describe('Who comes back within so many days is won back.'),
    })
    .prefault({}),
  outlook: z
    .strictObject({
      horizonDays: days.default(90).describe('Who is told to leave: within so many days.'),
      activeDays: days
        .default(365)
        .describe('Without contracts a customer is one who ordered in so many days before.'),
      mostRows: z
        .number()
        .int()
        .min(1000)
        .max(1_000_000)
        .default(40_000)
        .describe('With more customers at days than this, customers are drawn.'),
      withoutAttributes: z
        .array(z.string())
        .max(1000)
        .default([])
        .describe(
          'Customer attributes not to be learnt from, such as one that is set when a customer has left.',
        ),
      seed: z
        .number()
        .int()
        .min(0)
        .max(2 ** 31)
        .default(1),
    })
    .prefault({}),
});

export type ChurnTrainSettings = z.output<typeof churnSettings>;

export const churnStudiedAs = ({ outlook, ...settings }: ChurnTrainSettings): ChurnSettings => ({
  ...settings,
  leaving: settings.leaving,
});

/** Where leaving goes by contracts, it is foretold by them as well; else it is no order for the days of the horizon. */
export const outlookStudiedAs = (
  { outlook }: ChurnTrainSettings,
  { kind }: LeavingDefinition,
): OutlookSettings => ({ ...outlook, definition: kind === 'contracts' ? 'contracts' : 'orders' });
