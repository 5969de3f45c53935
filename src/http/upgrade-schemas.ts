import { z } from '@hono/zod-openapi';
import { emptyReasons } from '../offers/upgrades/upgrade.ts';
import { productRef } from './item-views.ts';
import { productView } from './product-view.ts';

const count = z.number().int();
const share = z.number().nullable();

const quantityChange = z.object({
  what: z.string().openapi({
    description: 'The attribute; of the name what is counted, with # for the number.',
    example: '#gb',
  }),
  from: z.number(),
  to: z.number(),
});

const favour = z
  .object({
    segment: z.string().openapi({ example: 'behaviour-2' }),
    buyers: count.openapi({ description: 'Its customers who bought the upgrade, 5 at least.' }),
    ofEither: count.openapi({ description: 'Those who bought the product or the upgrade.' }),
    lift: z.number().openapi({
      description:
        "One share over the other: of the upgrade among the segment's buyers of either, drawn to that of all where they are few, and among all such buyers.",
    }),
  })
  .openapi('UpgradeSegment');

const difference = z.object({
  amount: z.number(),
  share: z.number().openapi({ description: 'Of the price of the product.' }),
});

const history = z.object({
  buyers: count.openapi({ description: 'Customers who bought the product.' }),
  returned: count.openapi({ description: 'Those of them who came back on a later day.' }),
  steppedUp: count.openapi({ description: 'Who bought the upgrade for the first time after the product.' }),
  steppedDown: count.openapi({ description: 'The other way round.' }),
  share: share.openapi({ description: 'Of those who came back, who stepped up; null where nobody did.' }),
  upShare: z.number().openapi({
    description:
      'Of those who stepped either way, who stepped up: drawn to a half as by ten such steps more.',
  }),
});

const upgradeView = z
  .object({
    productId: z.string(),
    position: count,
    alikeness: z.number().openapi({
      description: '0 to 1: how much of what names, attributes and categories say both say, by rarity.',
    }),
    probability: z.number().openapi({
      description:
        'That it is taken, and not the product, at one visit of somebody who had bought the product: the share of such visits, drawn to the share of all visits with the upgrade as by 100 visits more. It was so without an offer.',
    }),
    difference,
    grows: z.array(quantityChange),
    shrinks: z.array(quantityChange),
    relation: z
      .enum(['complement', 'substitute', 'unrelated'])
      .nullable()
      .openapi({ description: 'What the two are to each other by the baskets; null where not examined.' }),
    history,
    favouredBy: favour.nullable().openapi({ description: 'The segment that favours it most, if any.' }),
    customerSegment: favour
      .extend({ favours: z.boolean() })
      .nullable()
      .openapi({ description: "What the customer's segment makes of it; null where not known." }),
    reason: z.object({ text: z.string(), because: z.array(productRef) }),
    product: productView,
  })
  .openapi('Upgrade');

const comparisonView = z
  .object({
    productIds: z.array(z.string()).openapi({ description: 'The columns: the product, then its upgrades.' }),
    prices: z.array(z.number().nullable()),
    differences: z
      .array(difference.nullable())
      .openapi({ description: 'Of the price to that of the product; null for the product itself.' }),
    attributes: z.array(
      z.object({
        name: z.string(),
        values: z.array(z.unknown()).openapi({ description: 'By column; null where it has none.' }),
        differs: z.boolean(),
      }),
    ),
    alsoBought: z
      .array(z.array(productRef.extend({ share: z.number() })))
      .openapi({ description: 'By column: what was in the same baskets, and the share of those.' }),
  })
  .openapi('UpgradeComparison');

export const upgradesAnswer = z
  .object({
    productId: z.string(),
    modelVersion: z.string(),
    minRatio: z.number(),
    maxRatio: z.number(),
    product: productView,
    upgrades: z.array(upgradeView).openapi({ description: 'The best first.' }),
    comparison: comparisonView,
    emptyReason: z
      .object({ code: z.enum(emptyReasons), text: z.string() })
      .nullable()
      .openapi({ description: 'Why there is no upgrade; null where there is one.' }),
  })
  .openapi('Upgrades');

export type UpgradesAnswer = z.infer<typeof upgradesAnswer>;
