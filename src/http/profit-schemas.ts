import { z } from '@hono/zod-openapi';
import type { CostRates } from '../customers/profit/rates.ts';
import { tierNames } from '../customers/profit/tiers.ts';
import { count, list, share } from './customer-schemas.ts';

const basis = z.union([
  z.object({
    per: z.enum(['order', 'line', 'unit', 'kilogram', 'return', 'returned-line', 'returned-unit']),
  }),
  z.object({ per: z.enum(['channel', 'fee', 'event']), names: list(z.string()) }),
]);

export const costGroup = z.enum(['picking', 'packing', 'shipping', 'rush', 'returns', 'service']);

export const driverRow = z
  .object({
    id: z.string(),
    group: costGroup,
    basis,
    rate: z.number().openapi({ description: 'Money for each.' }),
    isAssumed: z.boolean().openapi({ description: 'Whether nobody has stated the rate.' }),
    reason: z.string(),
    amount: z.number().openapi({ description: 'How many of what is paid for there were.' }),
    cost: z.number(),
    revenueShare: share,
  })
  .openapi('CostDriver');

export const profitView = z
  .object({
    customers: count,
    revenue: z.number(),
    goodsCost: z.number(),
    assumedGoodsCost: z.number().openapi({
      description:
        'Of goodsCost: what rests on an assumed share of the price; 0 where the shop has stated that share.',
    }),
    assumedGoodsShare: share,
    grossMargin: z.number(),
    costToServe: z.number(),
    profit: z.number(),
    profitRate: share,
    drivers: list(driverRow),
    cautions: list(z.object({ code: z.string(), text: z.string() })).openapi({
      description: 'What a reader should know before believing the figures.',
    }),
  })
  .openapi('Profit');

export const assumptionsView = z
  .object({
    goodsCostShare: z
      .number()
      .openapi({ description: 'What goods of unknown cost are taken to have cost, of their list price.' }),
    isGoodsCostShareAssumed: z.boolean().openapi({ description: 'Whether nobody has stated it.' }),
    goodsCostReason: z.string(),
    returnedGoodsLost: z
      .number()
      .openapi({ description: 'The share of what returned goods had cost that is lost.' }),
    isReturnedGoodsLostAssumed: z.boolean().openapi({ description: 'Whether nobody has stated it.' }),
    returnedGoodsReason: z.string(),
  })
  .openapi('GoodsCostAssumptions');

export function viewAssumptions({ drivers: _, ...assumptions }: CostRates): z.infer<typeof assumptionsView> {
  return assumptions;
}

export const cutOffsView = z
  .object({
    minRevenue: share.openapi({
      description: 'A customer is large from this revenue before returns on; null where nobody is.',
    }),
    minProfitRate: z.number().openapi({
      description:
        'A large customer is a peak from this profit on, as a share of its revenue before returns.',
    }),
    definition: z.string(),
  })
  .openapi('TierCutOffs');

export const tiersView = z
  .object({
    cutOffs: cutOffsView,
    rows: list(
      z.object({
        tier: z.enum(tierNames),
        customers: count,
        customerShare: share,
        spent: z
          .number()
          .openapi({ description: 'Revenue before returns, which makes them large or small.' }),
        spentShare: share,
        revenue: z.number(),
        revenueShare: share,
        profit: z.number(),
        profitShare: share.openapi({ description: 'Below 0 for a loss; above 1 where others lose money.' }),
        profitRate: share,
        assumedGoodsShare: share,
      }),
    ),
    sentences: list(z.string()),
    code: z
      .enum(['no-customers', 'no-revenue'])
      .nullable()
      .openapi({ description: 'Why there are neither peaks nor drains, if so.' }),
  })
  .openapi('Tiers');
