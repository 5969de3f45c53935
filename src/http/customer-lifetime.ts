import { z } from '@hono/zod-openapi';
import { cautionsOf } from '../customers/lifetime/lifetime-cautions.ts';
import type { CustomerBook } from '../serving/customer-book.ts';
import { share } from './customer-schemas.ts';

export const customerLifetime = z
  .object({
    purchases: z.enum(['bg-nbd', 'shrunk-rates']),
    spend: z.enum(['gamma-gamma', 'shrunk-means']),
    horizonWeeks: z.number(),
    monthlyDiscount: z.number(),
    margin: share.openapi({
      description:
        "What of `expectedSpend` is earned: the net profit on money spent and not asked back, the customer's own drawn to that of the shop. It is neither `marginRate` nor `profitRate`, which are what was. Null of who is not in the model.",
    }),
    cautions: z.array(z.object({ code: z.string(), text: z.string() })).openapi({
      description: "What to know of this customer's `alive`, `expectedOrders` and `lifetimeValue`.",
    }),
  })
  .openapi('CustomerLifetime', { description: 'How lifetime value was worked out.' });

/** @param customer the number of one with an order; undefined of whom the model does not know */
export function viewLifetime(
  { insights }: CustomerBook,
  customer?: number,
): z.infer<typeof customerLifetime> {
  const { report, columns } = insights.lifetime;
  const { purchases, spend, horizonWeeks, monthlyDiscount } = report;
  return {
    ...{ purchases: purchases.method, spend: spend.method, horizonWeeks, monthlyDiscount },
    ...(customer === undefined
      ? { margin: null, cautions: [] }
      : {
          margin: columns.margin[customer],
          cautions: cautionsOf(report, insights.rhythm.columns.orderDays[customer]),
        }),
  };
}
