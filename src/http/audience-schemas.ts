import { z } from '@hono/zod-openapi';
import { becauseKinds } from '../audience/because.ts';
import { ownersChoices } from '../audience/select-customers.ts';
import { bases } from '../audience/subject.ts';
import { count, date, maybe, segmentRefs, words } from './customer-schemas.ts';
import { productRef } from './item-views.ts';
import { commaList } from './schemas.ts';

const probability = z.coerce.number().min(0).max(1);
const money = z.coerce.number().min(0).max(9_999_999_999);

/** Whom an audience is of, and what is asked of it. */
export const audienceQuery = z.object({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .optional()
    .openapi({ description: 'Customers of a page; default 50. A file has all of them.' }),
  cursor: z.string().max(1000).optional(),
  minProbability: probability.default(0),
  segment: commaList.optional().openapi({
    description:
      'Ids of segments as GET /v1/segments gives them, or an attribute of customers with its value, such as newsletter=yes for those who agreed to be written to; of several all must hold.',
    example: 'rfm-at-risk,newsletter=yes',
  }),
  owners: z.enum(ownersChoices).optional().openapi({
    description:
      'Customers who have the product. Left out by default, unless it is bought again and again: its attribute `consumable` says so or, where that is not stated, at least the share of its buyers that the placement `email` has as its `consumableShare`. Who bought it in an order that came after the model is in `only` alone.',
  }),
  contactCost: money
    .optional()
    .openapi({ description: 'Of one contact: the answer then says up to whom contacts pay.' }),
  value: money.optional().openapi({
    description:
      "Of one response, in money; the product's margin by default, its price where its cost is not known.",
  }),
  format: z
    .enum(['json', 'csv'])
    .optional()
    .openapi({ description: 'A file of all customers for csv; `Accept: text/csv` asks for the same.' }),
});

export type AudienceQuery = z.output<typeof audienceQuery>;

const because = z
  .object({
    kind: z.enum(becauseKinds).openapi({
      description:
        'bought: the product itself, before; alike: one that stands in for it; next: what they bought is followed by it in customers’ next orders; together: in one order; fellows: with the same customers; rule: a rule of the model.',
    }),
    products: z.array(productRef).openapi({ description: 'What the customer bought.' }),
    towards: productRef.openapi({ description: 'The product, or one that stands in for it.' }),
    count: count.openapi({
      description:
        'Orders of the customer with it; else orders, steps from one to the next, or customers with both.',
    }),
    confidence: maybe(
      z.number(),
      'Of those with what they bought, the share with both; null where it is that itself.',
    ),
  })
  .openapi('AudienceBecause');

const gain = z
  .object({
    share: z.number().openapi({ description: 'Of the audience, the most probable first.' }),
    customers: count,
    expectedResponses: z.number(),
    shareOfResponses: z.number(),
    lift: z.number().openapi({ description: 'How many times as probable as the mean of the audience.' }),
  })
  .openapi('AudienceGain');

const contact = z
  .object({
    contactCost: z.number(),
    value: z.number(),
    valueFrom: z.enum(['query', 'margin', 'price']),
    leastProbability: maybe(
      z.number(),
      'Below it a contact costs more than it brings; null for a value of 0 or less.',
    ),
    customers: count.openapi({ description: 'Up to whom contacts pay, from the most probable on.' }),
    expectedResponses: z.number(),
    expectedProfit: z
      .number()
      .openapi({ description: 'Of these customers; no other number of them has more.' }),
    profitOfAll: z.number(),
  })
  .openapi('AudienceContact');

export const audienceAnswer = z
  .object({
    modelVersion: z.string(),
    product: productRef,
    unservable: maybe(z.string(), 'Why it cannot be offered now; null where it can.'),
    day: date.openapi({ description: 'The day on which customers are thought to come.' }),
    basis: z.enum(bases).openapi({
      description:
        'product: what was learnt of it; alike: of products like it, as too few customers bought it; rules: rules of the model, as no ranking could be learnt.',
    }),
    alike: z.array(productRef.extend({ weight: z.number() })).openapi({
      description: 'What stands in for it; the weights make 1. None where it stands for itself.',
    }),
    calibration: words.openapi({
      description: 'What the probabilities are, and how far to trust their sum.',
    }),
    owners: z.enum(ownersChoices),
    buyers: count.openapi({ description: 'Known customers who bought it, as the model knows.' }),
    repeatShare: z.number().openapi({
      description: 'Of them, drawn towards 0 where there are few, who bought it on another day too.',
    }),
    size: count.openapi({ description: 'Customers who fit, on all pages.' }),
    expectedResponses: z
      .number()
      .openapi({ description: 'The sum of their probabilities: if all of them came.' }),
    meanProbability: maybe(z.number(), 'Null of nobody.'),
    gains: z.array(gain).openapi({ description: 'Every twentieth of the audience; none of nobody.' }),
    contact: maybe(contact, 'With `contactCost` alone.'),
    items: z.array(
      z.object({
        rank: count,
        customerId: z.string(),
        probability: z.number().openapi({ description: 'That the customer, coming on the day, buys it.' }),
        segments: segmentRefs,
        lastOrder: date,
        because: because.nullable().openapi({ description: 'Null where nothing they bought leads there.' }),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .openapi('Audience');
