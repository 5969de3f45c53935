import { createRoute, z } from '@hono/zod-openapi';
import { storeOrder } from '../../../db/queries/orders.ts';
import { productsByCode } from '../../../db/queries/products.ts';
import { parseCurrency } from '../../orders/currency.ts';
import type { AppDependencies } from '../environment.ts';
import { router } from '../router.ts';
import { amount, customerCode, jsonAnswer, jsonBody, orderCode, problems, productCode } from '../schemas.ts';

const orderBody = z
  .strictObject({
    id: orderCode,
    customerId: customerCode.optional().openapi({ description: 'Without it the order is anonymous.' }),
    orderedAt: z.iso.datetime({ offset: true }).optional().openapi({ description: 'Default: now.' }),
    channel: z.string().max(200).optional(),
    currency: z.string().trim().min(1).max(20).optional().openapi({
      description:
        "That of all its money; the first order or file to name one makes it the shop's, and no other is taken.",
      example: 'EUR',
    }),
    lines: z
      .array(
        z.strictObject({
          productId: productCode,
          quantity: z
            .number()
            .min(-1e9)
            .max(1e9)
            .refine((quantity) => quantity !== 0, 'must not be 0')
            .openapi({ description: 'Negative: a return.' }),
          unitPrice: amount.optional(),
          unitCost: amount.optional(),
          discount: amount.optional().openapi({ description: 'Taken off the whole line, in money.' }),
          promotion: z.string().max(200).optional(),
        }),
      )
      .min(1)
      .max(10_000),
  })
  .openapi('Order');

const answerOf = <const Stored extends string>(stored: Stored) =>
  z.object({
    orderId: z.string(),
    stored: z.literal(stored),
    isAnonymous: z.literal(true).optional().openapi({
      description: 'There where the customer was forgotten: nothing tells whose the order is.',
    }),
  });

const order = createRoute({
  method: 'post',
  path: '/orders',
  tags: ['storefront'],
  summary: 'Tell of an order',
  description:
    'Acknowledged once it is committed; the next offers of the customer know it. Sending the same order again changes nothing.',
  'x-roles': ['storefront'],
  request: { body: jsonBody(orderBody) },
  responses: {
    200: jsonAnswer(answerOf('before'), 'It was stored before'),
    201: jsonAnswer(answerOf('now'), 'Stored'),
    ...problems(400, 403, 409, 413, 415, 503),
  },
});

export function ordersRoutes({ shop, database, now }: AppDependencies) {
  return router().openapi(order, async (c) => {
    const { id: orderId, customerId, orderedAt, channel, currency, lines } = c.req.valid('json');
    const { id, created, isOfForgotten } = await storeOrder(database, {
      code: orderId,
      customer: customerId,
      orderedAt: orderedAt === undefined ? now() : new Date(orderedAt),
      channel,
      currency: currency === undefined ? undefined : parseCurrency(currency),
      lines: lines.map(({ productId, ...line }) => ({ product: productId, ...line })),
    });
    const bought = lines.filter(({ quantity }) => quantity > 0).map(({ productId }) => productId);
    if (customerId !== undefined && !isOfForgotten)
      shop.addOrder({ id, customer: customerId, products: bought });
    const unseen = lines.map(({ productId }) => productId).filter((code) => !shop.product(code));
    try {
      shop.putProducts(await productsByCode(database, unseen));
    } catch (error) {
      // The order is stored, so that is the answer; the products come with the next change that is followed.
      c.env.log.warn({ err: error, requestId: c.env.requestId }, 'new products could not be read');
    }
    const anonymous = isOfForgotten ? ({ isAnonymous: true } as const) : {};
    return created
      ? c.json({ orderId, stored: 'now', ...anonymous } as const, 201)
      : c.json({ orderId, stored: 'before', ...anonymous } as const, 200);
  });
}
