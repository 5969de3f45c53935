import { z } from '@hono/zod-openapi';
import type { BehaviourLift, BehaviourSegment, Trait } from '../customers/behaviour/behaviour.ts';
import { shareOf } from '../customers/value-deciles.ts';
import type { CustomerBook, SegmentPlace } from '../serving/customer-book.ts';
import type { LiveShop } from '../serving/live-shop.ts';
import { wordsOfSegment } from '../serving/words-of-segment.ts';
import { count, segmentKind, share, tidied, words } from './customer-schemas.ts';
import { moneyOf } from './figures.ts';
import { productRef } from './item-views.ts';

export const traitView = z
  .object({
    name: z.string(),
    label: words,
    unit: z.string(),
    here: z.number().openapi({ description: "Average of the segment's customers, in its unit." }),
    elsewhere: z.number().openapi({ description: 'Of all other customers.' }),
    shop: z.number().openapi({ description: 'Of all customers.' }),
    average: z.enum(['mean', 'geometric']).openapi({
      description:
        'What these three are; geometric of what is skewed, and of figures that may be 0 that of 1 + the figure, less 1.',
    }),
    isDrawn: z.boolean().openapi({
      description:
        'Whether each customer’s figure was drawn to the shop’s mean before, the more the less it rests on.',
    }),
    isClustered: z.boolean().openapi({
      description: 'Whether the segments were made by it; else it is only told of them.',
    }),
    difference: z
      .number()
      .openapi({ description: 'Of the means, in standard deviations of all customers (Cohen’s d).' }),
    distance: z.number().openapi({
      description:
        'The same in spreads of the customers’ figures before these were drawn to the shop’s mean.',
    }),
  })
  .openapi('SegmentTrait');

const liftFigures = {
  orders: count.openapi({ description: "The segment's orders with it." }),
  customers: count,
  share: z.number().openapi({ description: "Of the segment's orders." }),
  shopShare: z.number().openapi({ description: 'Of all orders of known customers.' }),
  lift: z.number(),
};

const behaviourView = z
  .object({
    orders: count.openapi({
      description:
        "Of its customers, those with goods on them: an order of nothing but fees, which the customers' own number of orders counts, tells no taste.",
    }),
    orderShare: z.number().openapi({ description: 'Of all such orders.' }),
    sureness: z.number().openapi({ description: 'The mean of how sure the customers’ places are, 0 to 1.' }),
    status: z
      .enum(['kept', 'new'])
      .nullable()
      .openapi({ description: 'Against the model before; null without one.' }),
    overlap: share.openapi({
      description:
        'Of the customers who are in it or were, of those in both models, the share of those who are and were.',
    }),
    traits: z.array(traitView).openapi({ description: 'The greatest difference first.' }),
    categories: z.array(z.object({ name: z.string(), ...liftFigures })),
    products: z.array(productRef.extend(liftFigures)),
    popular: z
      .array(
        productRef.extend({
          orders: count,
          share: z.number().openapi({
            description:
              "Of the segment's recent orders, drawn to those of all segments where there are few.",
          }),
        }),
      )
      .openapi({ description: 'What it buys most, whatever others do.' }),
  })
  .openapi('SegmentBehaviour');

const rfmView = z
  .object({ medianRecency: share, medianFrequency: share, medianMonetary: share })
  .openapi('SegmentRfm');

export const segmentView = z
  .object({
    id: z.string(),
    kind: segmentKind,
    name: words,
    words: words.openapi({ description: 'Who they are, or what to do about them.' }),
    customers: count,
    customerShare: share.openapi({ description: 'Of all customers with an order.' }),
    revenue: z.number(),
    revenueShare: share,
    profit: z.number(),
    profitShare: share.openapi({ description: 'Above 1 where other customers lose money.' }),
    behaviour: behaviourView.nullable().openapi({ description: 'Of behavioural segments alone.' }),
    rfm: rfmView.nullable().openapi({ description: 'Of segments by recency and frequency alone.' }),
  })
  .openapi('Segment');

export type SegmentView = z.infer<typeof segmentView>;

/** How many traits, categories and products of a behavioural segment are told in a list. */
export const brief = { traits: 5, lifts: 3 };

const mostPopular = 20;

/** @param most Infinity for all there are */
export function viewSegment(
  book: CustomerBook,
  shop: LiveShop,
  { id, kind, name, position }: SegmentPlace,
  most: typeof brief,
): SegmentView {
  const sums = book.sums(kind);
  const { customers, revenue, profit } = sums[position];
  const total = (what: 'revenue' | 'profit'): number => sums.reduce((sum, one) => sum + one[what], 0);
  return tidied({
    id,
    kind,
    name,
    words: wordsOfSegment(book, { kind, position }),
    customers,
    customerShare: shareOf(customers, book.ordering.length),
    revenue: moneyOf(revenue),
    revenueShare: shareOf(revenue, total('revenue')),
    profit: moneyOf(profit),
    profitShare: shareOf(profit, total('profit')),
    behaviour: kind === 'behaviour' ? viewBehaviour(book, shop, position, most) : null,
    rfm: kind === 'rfm' ? viewRfm(book, position) : null,
  });
}

function viewBehaviour(
  { insights, itemCodes }: CustomerBook,
  shop: LiveShop,
  position: number,
  most: typeof brief,
): NonNullable<SegmentView['behaviour']> {
  const { segments, matches } = insights.behaviour.report;
  const segment: BehaviourSegment = segments[position];
  const match = matches?.find(({ id }) => id === segment.id);
  const product = (item: number, name: string | null = null) => {
    const productId = itemCodes.get(item);
    return { productId, name: shop.product(productId)?.name ?? name };
  };
  const productOf = ({ number, name, ...figures }: BehaviourLift) => ({
    ...product(number, name),
    ...figures,
  });
  const { offsets, items, counts, shares } = insights.segmentShares.popularity;
  const popular = Array.from(items.subarray(offsets[position], offsets[position + 1]), (item, n) => ({
    ...product(item),
    orders: counts[offsets[position] + n],
    share: shares[offsets[position] + n],
  }));
  return {
    orders: segment.orders,
    orderShare: segment.orderShare,
    sureness: segment.sureness,
    status: match?.status === 'kept' ? 'kept' : match ? 'new' : null,
    overlap: match?.overlap ?? null,
    traits: segment.traits.slice(0, most.traits).map(viewTrait),
    categories: segment.categories.slice(0, most.lifts).map(({ number: _, ...lift }) => lift),
    products: segment.products.slice(0, most.lifts).map(productOf),
    popular: popular.slice(0, Math.min(most.lifts, mostPopular)),
  };
}

export const viewTrait = ({ block: _, ...trait }: Trait) => trait;

function viewRfm({ insights }: CustomerBook, position: number): NonNullable<SegmentView['rfm']> {
  const { medianRecency, medianFrequency, medianMonetary } = insights.rfm.report.segments[position];
  return { medianRecency, medianFrequency, medianMonetary };
}
