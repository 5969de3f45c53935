import { z } from 'zod';
import { PairwellError } from '../errors.ts';
import type { StudySettings } from '../insights/study.ts';
import { absoluteSupport } from '../mining/options.ts';
import { learners } from '../ranking/learn-ranking.ts';
import { byPeriod, type Period } from '../rules/calendar.ts';
import { maxMatrixItems } from '../rules/matrix.ts';
import { churnSettings } from './churn-settings.ts';
import { customerSettings } from './customer-settings.ts';

const msPerDay = 86_400_000;

const support = z
  .number()
  .positive()
  .refine((share) => share < 1 || Number.isSafeInteger(share), 'a count of baskets must be whole');

const period = z.strictObject({
  name: z.string().trim().min(1).max(100),
  from: z.iso.date().describe('The first day.'),
  to: z.iso.date().describe('The last day.'),
});

const daysOf = (periods: readonly z.output<typeof period>[]): Period[] =>
  periods.map(({ name, from, to }) => ({ name, from: dayOf(from), to: dayOf(to) }));

const dayOf = (date: string): number => Date.parse(date) / msPerDay;

const periods = z
  .array(period)
  .max(1000)
  .superRefine((given, context) => {
    try {
      byPeriod({ first: 0, count: 0 }, daysOf(given));
    } catch (error) {
      if (!(error instanceof PairwellError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
    }
  });

const rankingSettings = z.strictObject({
  learner: z
    .enum(learners)
    .default('trees')
    .describe(
      'What weighs the signals of an offer: boosted trees, or a logistic model, which is plainer and ranks worse.',
    ),
  gate: z
    .boolean()
    .default(true)
    .describe(
      'Whether a model that ranks orders it was not taught worse than the one in service does, by more than chance, is kept without being put into service.',
    ),
});

/** How a model is trained. The defaults suit a shop of thousands to millions of orders. */
export const trainSettings = z.strictObject({
  algorithm: z.enum(['fpgrowth', 'eclat', 'apriori']).default('fpgrowth'),
  minSupport: support
    .default(0.005)
    .describe('Baskets that must hold an itemset: a share under 1, a count from 1 on.'),
  minConfidence: z.number().min(0).max(1).default(0.1),
  minLift: z.number().min(0).default(1),
  maxLength: z
    .number()
    .int()
    .min(2)
    .max(20)
    .default(3)
    .describe('Items in an itemset, so one more than in an antecedent.'),
  maxItemsets: z
    .number()
    .int()
    .min(1)
    .max(100_000_000)
    .default(5_000_000)
    .describe('Mining stops with an error when there would be more.'),
  recentDays: z
    .number()
    .int()
    .min(1)
    .default(90)
    .describe('The days whose orders make the popularity lists.'),
  popularItems: z.number().int().min(1).max(1000).default(100),
  minSegmentOrders: z.number().int().min(1).default(50),
  alpha: z
    .number()
    .positive()
    .max(1)
    .default(0.05)
    .describe('Rules to show: the highest share of chance findings among those that pass a test.'),
  laterShare: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.2)
    .describe('The newest share of baskets, in which rules found in the earlier ones are tested again.'),
  maxStudied: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(20_000)
    .describe('Rules to show, the best by leverage, that influences and drift are worked out for.'),
  periods: periods
    .default([])
    .describe(
      'Days of something out of the ordinary, such as a sale of a competitor, to hold still. No two overlap.',
    ),
  halfLifeDays: z
    .number()
    .positive()
    .max(36_500)
    .nullable()
    .default(null)
    .describe(
      'Studied rules also get figures in which an order counts half as much with every so many days that it is older than the newest. Null: none.',
    ),
  relatedItems: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(500)
    .describe('Best-selling products among which complements and substitutes are looked for.'),
  matrixItems: z
    .number()
    .int()
    .min(1)
    .max(maxMatrixItems)
    .default(500)
    .describe('Best-selling products, and categories, that are counted two by two.'),
  minCategorySupport: support
    .default(0.01)
    .describe(
      'Baskets that must hold both sides of a rule of categories: a share under 1, a count from 1 on.',
    ),
  customers: customerSettings.prefault({}).describe('How customers are studied.'),
  churn: churnSettings.prefault({}).describe('How it is studied who leaves.'),
  ranking: rankingSettings.prefault({}).describe('How the ranking of offers is learnt.'),
});

export type TrainSettings = z.output<typeof trainSettings>;

/** @param transactions how many baskets there are */
export function studySettings(settings: TrainSettings, transactions: number): StudySettings {
  const { alpha, laterShare, maxStudied, halfLifeDays, relatedItems, matrixItems, minConfidence } = settings;
  return {
    alpha,
    laterShare,
    maxStudied,
    periods: daysOf(settings.periods),
    halfLifeDays,
    relatedItems,
    matrixItems,
    minCategorySupport: absoluteSupport(settings.minCategorySupport, transactions),
    minCategoryConfidence: minConfidence,
  };
}
