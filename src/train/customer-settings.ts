import { z } from 'zod';
import { unknownDriver } from '../customers/profit/adjusted-rates.ts';
import { defaultDriverIds } from '../customers/profit/default-rates.ts';
import type { CustomerSettings } from '../customers/study-customers.ts';

const msPerDay = 86_400_000;

const money = z.number().positive().max(1e12);
const rate = z.number().min(0).max(1e12);
const names = z.array(z.string().min(1).max(200)).max(100);

const basis = z
  .union([
    z.strictObject({
      per: z.enum(['order', 'line', 'unit', 'kilogram', 'return', 'returned-line', 'returned-unit']),
    }),
    z.strictObject({ per: z.enum(['channel', 'fee', 'event']), names }),
  ])
  .describe(
    'What it is paid for each of; with names: orders through channels, orders with fees, events of kinds.',
  );

/** What serving customers costs. */
export const costSettings = z.strictObject({
  goodsCostShare: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('What goods of unknown cost are taken to have cost, as a share of their list price.'),
  returnedGoodsLost: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('The share of what returned goods had cost that is lost.'),
  drivers: z
    .array(
      z
        .strictObject({
          id: z.string().min(1).max(100).describe('That of a default, whose place it takes, or a new one.'),
          rate: rate.describe('Money for each.'),
          group: z.enum(['picking', 'packing', 'shipping', 'rush', 'returns', 'service']).optional(),
          basis: basis.optional(),
        })
        .refine(({ id, group, basis }) => defaultDriverIds.includes(id) || (group && basis), {
          error: ({ input }) => unknownDriver((input as { id: string }).id),
        }),
    )
    .max(100)
    .optional(),
});

/** Where a large customer begins, and what it has to earn. */
export const tierSettings = z
  .strictObject({
    largeRevenueShare: z
      .number()
      .positive()
      .max(1)
      .optional()
      .describe(
        'Large are those who, from the largest down, bring this share of the revenue before returns; 0.8 by default.',
      ),
    minRevenue: money.optional().describe('Instead: large is who brought this much before returns.'),
    minProfitRate: z
      .number()
      .min(-10)
      .max(1)
      .optional()
      .describe(
        'A large customer is a peak from this profit on, as a share of revenue before returns; half of what all make by default.',
      ),
  })
  .refine(
    ({ largeRevenueShare, minRevenue }) => largeRevenueShare === undefined || minRevenue === undefined,
    {
      error:
        'largeRevenueShare and minRevenue both say where a large customer begins: state one and leave out the other',
    },
  );

const ascending = z
  .array(z.number().min(0).max(1e12))
  .min(1)
  .max(9)
  .refine((cuts) => cuts.every((cut, n) => n === 0 || cut > cuts[n - 1]!), 'must ascend');

/** How a model's customers are studied. */
export const customerSettings = z.strictObject({
  asOf: z.iso
    .date()
    .optional()
    .describe(
      'The day that customers are studied as of; that of the newest order, at the latest today, by default.',
    ),
  segments: z
    .number()
    .int()
    .min(1)
    .max(100)
    .optional()
    .describe('How many behavioural segments; the best number of 3 to 8 by default.'),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1)
    .describe('Of all that is drawn at random.'),
  rfmCutoffs: z
    .strictObject({ recency: ascending, frequency: ascending, monetary: ascending })
    .optional()
    .describe(
      'Where scores begin, instead of quintiles: so many orders, so much money, or up to so many days since the last order. Who is at a cut-off has the better score.',
    ),
  smallOrderUnder: money
    .optional()
    .describe('An order of less is a small one; a quarter of all are by default.'),
  orderBounds: z
    .array(money)
    .min(1)
    .max(8)
    .optional()
    .describe('Values of orders that fewer, larger or dearer small orders can be asked about.'),
  costs: costSettings.default({}).describe('What serving customers costs; assumed where it is not stated.'),
  tiers: tierSettings.default({}).describe('Profit peaks, drains and deserts.'),
  horizonWeeks: z.number().positive().max(1000).default(52).describe('How far lifetime value looks ahead.'),
  monthlyDiscount: z.number().min(0).max(1).default(0.01).describe('By which a month later counts for less.'),
  holdOutShare: z
    .number()
    .positive()
    .max(0.9)
    .default(0.25)
    .describe('Of the days observed, the newest, which the forecast of purchases is held against.'),
  bestShare: z
    .number()
    .positive()
    .max(0.5)
    .default(0.1)
    .describe('Of the customers, the best; as many next to them.'),
  retentionDays: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('Within which a customer has to order again to count as kept; 90, or half of those observed.'),
});

export type CustomerTrainSettings = z.output<typeof customerSettings>;

/** The day that customers are studied as of, where it is stated: days since 1970-01-01. */
export const statedDay = ({ asOf }: CustomerTrainSettings): number | undefined =>
  asOf === undefined ? undefined : Date.parse(asOf) / msPerDay;

export function studiedAs(settings: CustomerTrainSettings): CustomerSettings {
  const { segments, seed, rfmCutoffs, smallOrderUnder, orderBounds, costs, tiers, bestShare } = settings;
  const { horizonWeeks, monthlyDiscount, holdOutShare, retentionDays } = settings;
  return {
    rfm: rfmCutoffs ? { cutoffs: rfmCutoffs } : {},
    behaviour: { segments, seed },
    orderSizes: { ...(smallOrderUnder && { smallOrderUnder }), ...(orderBounds && { orderBounds }) },
    costs,
    tiers,
    drains: {},
    lifetime: { horizonWeeks, monthlyDiscount },
    holdOutShare,
    best: { top: bestShare, next: bestShare },
    holdings: retentionDays === undefined ? {} : { horizonDays: retentionDays },
  };
}
