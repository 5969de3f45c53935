import { z } from 'zod';

/** How a model is trained. The defaults suit a shop of thousands to millions of orders. */
export const trainSettings = z.strictObject({
  algorithm: z.enum(['fpgrowth', 'eclat', 'apriori']).default('fpgrowth'),
  minSupport: z
    .number()
    .positive()
    .refine((support) => support < 1 || Number.isSafeInteger(support), 'a count of baskets must be whole')
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
});

export type TrainSettings = z.output<typeof trainSettings>;
