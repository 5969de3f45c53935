import { z } from '@hono/zod-openapi';
import { activityKept } from '../offers/activity-book.ts';
import { type OfferKind, offerKinds } from '../offers/offer-kinds.ts';
import { objectives, type PlacementSettings, placementNames, unknownChoices } from '../offers/placements.ts';
import { amount } from './schemas.ts';

const msPerDay = 86_400_000;
const daysKept = activityKept / msPerDay;

const days = z.number().min(0).max(daysKept);
const count = z.number().int().min(1).max(1000);
const share = z.number().min(0).max(1);
const described = <Schema extends z.ZodType>(schema: Schema, description: string): Schema =>
  schema.openapi({ description });

export const placementName = z.enum(placementNames).openapi({ description: 'Where offers stand.' });

const kindShares = z.strictObject(
  Object.fromEntries(offerKinds.map((kind) => [kind, share.optional()])) as Record<
    OfferKind,
    z.ZodOptional<typeof share>
  >,
);

/** One setting each, all of them with the meaning that {@link PlacementSettings} gives. */
export const placementSettings = z
  .strictObject({
    limit: described(z.number().int().min(1).max(100), 'Offers, unless the request says.'),
    objective: described(z.enum(objectives), 'What offers are ranked by beside the likelihood.'),
    objectiveWeight: described(
      share,
      'How much the objective counts: 0 ranks by likelihood alone. Not read for conversion.',
    ),
    kinds: described(
      kindShares.refine((shares) => Object.values(shares).some((most) => most > 0), 'at least one above 0'),
      'The kinds that are offered, each with the largest share of the list that it may take, rounded up to whole offers. They replace those that are set.',
    ),
    minPrice: described(amount.nullable(), 'Null: no limit.'),
    maxPrice: described(amount.nullable(), 'Null: no limit.'),
    maxCartShare: described(
      z.number().positive().max(1000).nullable(),
      'The largest price as a share of what the cart is worth, where that is known. Null: no limit.',
    ),
    unknownPrices: described(
      z.enum(unknownChoices),
      'Of products without a price, where prices are limited.',
    ),
    minMargin: described(z.number().min(-1e10).max(1e10).nullable(), 'Price less cost. Null: no limit.'),
    minMarginShare: described(z.number().min(-1000).max(1).nullable(), 'Of the price. Null: no limit.'),
    unknownCosts: described(z.enum(unknownChoices), 'Of products without a margin, where it is limited.'),
    maxPerCategory: described(count.nullable(), 'Offers of one category. Null: no limit.'),
    categoryLevel: described(
      z.number().int().min(1).max(10).nullable(),
      'What a category is: 1 for the widest; null for the narrowest.',
    ),
    consumableShare: described(
      share,
      'Who has a product is offered it again if at least this share of its buyers bought it on another day too, unless its attribute consumable (true or false) or a policy says.',
    ),
    repeatLimit: described(
      count.nullable(),
      'A product is not shown to a customer who was shown it so often. Null: no limit.',
    ),
    repeatDays: described(days, 'Within so many days, in any placement.'),
    dismissedDays: described(days, 'A product that the customer dismissed is not shown for so long.'),
    customerLimit: described(
      count.nullable(),
      'Offers that a customer is shown here at most. Null: no limit.',
    ),
    customerDays: described(days, 'Within so many days.'),
    quietDays: described(days, 'A customer who complained is shown nothing for so long.'),
    spareLeavingOverPrice: described(
      z.boolean(),
      'A customer who is about to leave over price, as the model in service tells, is offered no up-sell unless it is on promotion (the attribute promotion of the product).',
    ),
  } satisfies Record<keyof PlacementSettings, z.ZodType>)
  .openapi('PlacementSettings');

export const placementView = z
  .object({
    name: placementName,
    settings: placementSettings.openapi({ description: 'As they hold.' }),
    changed: z
      .array(z.string())
      .openapi({ description: 'Those that the shop has set; the others are as they come.' }),
    defaults: placementSettings.openapi({ description: 'As they come.' }),
    updatedAt: z.iso.datetime().nullable().openapi({ description: 'Null: never changed.' }),
  })
  .openapi('Placement');
