import { z } from '@hono/zod-openapi';
import { offerKinds } from '../offers/offer-kinds.ts';
import { placementNames } from '../offers/placements.ts';
import { removalReasons } from '../offers/policies/removal.ts';
import { reasonKeys } from '../offers/reason.ts';
import { isLanguageTag } from '../offers/words/languages.ts';
import { figure } from './figures.ts';
import { productFields, productView } from './product-view.ts';
import { amount, commaList, customerCode, productCode } from './schemas.ts';

const fieldList = commaList
  .pipe(z.array(z.enum(productFields)))
  .openapi({ type: 'string', example: 'name,price', description: 'Product fields to show; all without it.' });

export const languageTag = z
  .string()
  .max(35)
  .refine(isLanguageTag, 'must be a language tag such as en, de, fr-CA or zh-Hant')
  .openapi({ example: 'zh-Hant', description: 'The language of reasons; by `Accept-Language` without it.' });

export const offersQuery = z.object({
  placement: z.enum(placementNames).default('home').openapi({ description: 'Where the offers stand.' }),
  items: commaList.default([]).openapi({ description: 'Products in the cart or on the page.' }),
  cartValue: z
    .preprocess((text) => (text === undefined ? undefined : Number(text)), amount.optional())
    .openapi({
      type: 'number',
      description: 'What the cart is worth; without it, one of each of its products at their prices.',
    }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .optional()
    .openapi({ description: 'Default: the placement decides.' }),
  kinds: commaList
    .pipe(z.array(z.enum(offerKinds)))
    .optional()
    .openapi({
      type: 'string',
      example: 'cross-sell,buy-again',
      description: 'Of the kinds of the placement; all of them without it.',
    }),
  exclude: commaList.default([]).openapi({ description: 'Products that must not be offered.' }),
  fields: fieldList.optional(),
  language: languageTag.optional(),
  explain: z
    .enum(['true', 'false'])
    .default('false')
    .openapi({ description: 'Analysts: whether to account for every candidate.' }),
});

export type OffersQuery = z.output<typeof offersQuery>;

const reasonView = z
  .object({
    key: z.enum(reasonKeys).openapi({ description: 'What the words are chosen by; see `/v1/explanations`.' }),
    text: z.string().openapi({ description: 'For the customer.' }),
    because: z.array(z.object({ productId: z.string(), name: z.string().nullable() })),
    support: z.number().optional(),
    confidence: z.number().optional(),
    lift: z.number().optional(),
    orders: z.number().int().optional(),
    segment: z.string().optional(),
    times: z.number().int().optional(),
    everyDays: z.number().optional(),
    sinceDays: z.number().int().optional(),
    customers: z.number().int().optional(),
  })
  .openapi('Reason');

const reasonCounts = z.partialRecord(z.enum(removalReasons), z.number().int());

const tracedSchema = z.object({
  productId: z.string(),
  kind: z.enum(offerKinds),
  probability: z.number(),
  value: z.number().openapi({ description: 'What it is ranked by, before boosts.' }),
  source: z.string().openapi({ description: 'What proposed it.' }),
});

export const traceView = z
  .object({
    language: z.string(),
    candidates: z.number().int(),
    offers: z.array(
      tracedSchema.extend({
        factor: z.number().openapi({ description: 'By which policies boost or bury it.' }),
        policies: z.array(z.number().int()).openapi({ description: 'That pin, boost or bury it.' }),
        signals: z
          .record(z.string(), z.object({ value: figure, contribution: figure }))
          .nullable()
          .openapi({
            description:
              'Of the learnt ranking: each signal, and what it adds to the log-odds of acceptance. Null for what was not ranked by it.',
          }),
      }),
    ),
    removed: z.array(
      tracedSchema.extend({
        reason: z.enum(removalReasons),
        details: z.record(z.string(), z.unknown()),
      }),
    ),
    skippedPins: z.array(
      z.object({
        policy: z.number().int(),
        productId: z.string(),
        position: z.number().int(),
        reason: z.string(),
        details: z.record(z.string(), z.unknown()),
      }),
    ),
  })
  .openapi('OfferTrace');

export const offersAnswer = z
  .object({
    recommendationId: z.string(),
    modelVersion: z.string(),
    placement: z.enum(placementNames),
    fallbackUsed: z.boolean(),
    fallback: z.object({ source: z.enum(['segment', 'shop']), segment: z.string().optional() }).optional(),
    unknownItems: z
      .array(z.string())
      .optional()
      .openapi({ description: 'Of the cart, those that the model does not know.' }),
    empty: reasonCounts.optional().openapi({
      description:
        'Where nothing is offered: how many candidates were removed for which reason. Without any, there was nothing to offer.',
    }),
    offers: z.array(
      z.object({
        productId: z.string(),
        kind: z.enum(offerKinds),
        position: z.number().int(),
        score: z.number().openapi({
          description:
            'What it was ranked by, comparable within one answer: the probability, weighted by the objective and by policies.',
        }),
        probability: z.number().openapi({ description: 'That it is accepted.' }),
        chance: z.number().optional().openapi({
          description:
            'The probability as it was before answers were learnt from, where these made another of it.',
        }),
        pinned: z.boolean(),
        bundle: z.array(z.string()).optional().openapi({ description: 'All products of a bundle.' }),
        upgradeOf: z.string().optional().openapi({ description: 'In place of this product.' }),
        reason: reasonView,
        product: productView,
      }),
    ),
    trace: traceView.optional(),
  })
  .openapi('Offers');

const productList = z.array(productCode).max(200);

export const batchBody = z
  .strictObject({
    placement: z.enum(placementNames).default('email'),
    limit: z.number().int().min(1).max(100).optional(),
    kinds: z.array(z.enum(offerKinds)).optional(),
    exclude: productList.default([]).openapi({ description: 'Of all answers.' }),
    fields: z.array(z.enum(productFields)).optional(),
    language: languageTag.optional(),
    requests: z
      .array(
        z.strictObject({
          customerId: customerCode.optional().openapi({ description: 'Of a guest, absent.' }),
          items: productList.optional(),
          cartValue: amount.optional(),
          exclude: productList.optional(),
        }),
      )
      .min(1)
      .max(1000),
  })
  .openapi('OfferBatch');

export const batchAnswer = z
  .object({
    modelVersion: z.string(),
    items: z.array(offersAnswer.omit({ trace: true }).extend({ customerId: z.string().nullable() })),
  })
  .openapi('OfferBatchAnswer');
