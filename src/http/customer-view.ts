import { z } from '@hono/zod-openapi';
import type { StoredDocument } from '../../db/queries/customer-timeline.ts';
import { CustomerPlacer } from '../customers/behaviour/place.ts';
import { causeNames } from '../customers/profit/drain-causes.ts';
import { tierNames } from '../customers/profit/tiers.ts';
import type { CustomerBook } from '../serving/customer-book.ts';
import { customerCosts, drainOf } from '../serving/customer-costs.ts';
import { dateOf } from '../serving/customer-figures.ts';
import { segmentationBefore } from '../serving/customer-segments.ts';
import { placedDocuments } from './customer-ledger.ts';
import {
  count,
  date,
  figuresView,
  noFigures,
  segmentRef,
  share,
  tidied,
  viewFigures,
  viewName,
  words,
} from './customer-schemas.ts';
import { timelineView } from './customer-timeline.ts';
import { costGroup } from './profit-schemas.ts';
import { tierWords } from './segment-view.ts';

const placedSegment = segmentRef
  .extend({
    words: words.openapi({ description: 'Who they are, or what to do about them.' }),
    why: z.array(z.string()).openapi({ description: 'What put the customer there.' }),
    before: segmentRef
      .nullable()
      .openapi({ description: 'Where the customer was in the model before; null in none, or without one.' }),
  })
  .openapi('CustomerSegment');

export const customerView = z
  .object({
    modelVersion: z.string(),
    customerId: z.string(),
    today: date.openapi({ description: 'The day that the figures are of.' }),
    inModel: z.boolean().openapi({
      description: 'Whether the model knows an order of this customer; without one there are no figures.',
    }),
    note: z.string().nullable().openapi({ description: 'What is special about this answer.' }),
    channel: z.string().nullable(),
    firstSeen: z.iso.datetime().nullable(),
    attributes: z.record(z.string(), z.unknown()),
    segments: z.object({
      behaviour: placedSegment.nullable(),
      rfm: placedSegment.nullable(),
      tier: placedSegment.nullable(),
    }),
    placement: z.object({ orders: count, sureness: z.number() }).nullable().openapi({
      description:
        'Of who is not in the model: on how many documents the behavioural segment rests, and how sure it is, 0 to 1.',
    }),
    figures: figuresView,
    lifetime: z
      .object({
        purchases: z.enum(['bg-nbd', 'shrunk-rates']),
        spend: z.enum(['gamma-gamma', 'shrunk-means']),
        horizonWeeks: z.number(),
        monthlyDiscount: z.number(),
      })
      .openapi({ description: 'How lifetime value was worked out.' }),
    rhythm: z
      .object({
        orderDays: count,
        gapSpread: share.openapi({ description: 'The median distance of the gaps from their median.' }),
        allowedSilence: share.openapi({
          description: 'The longest silence that the rhythm explains, in days.',
        }),
        rule: z.string(),
      })
      .nullable(),
    costs: z.array(
      z.object({
        id: z.string(),
        group: costGroup,
        rate: z.number(),
        isAssumed: z.boolean(),
        amount: z.number(),
        cost: z.number(),
      }),
    ),
    drain: z
      .object({
        shortfall: z
          .number()
          .openapi({ description: 'How much more profit the peers make of sales like these.' }),
        causes: z.array(z.object({ cause: z.enum(causeNames), words: z.string(), excess: z.number() })),
        definition: z.string(),
      })
      .nullable()
      .openapi({ description: 'Of a profit drain: what costs more than at customers of like revenue.' }),
    timeline: timelineView,
  })
  .openapi('Customer');

export type CustomerView = z.infer<typeof customerView>;

/** What a model knows of a customer. */
export type KnownCustomer = Pick<
  CustomerView,
  'inModel' | 'note' | 'segments' | 'placement' | 'figures' | 'rhythm' | 'costs' | 'drain'
>;

export function viewKnown(book: CustomerBook, customer: number): KnownCustomer {
  const { insights } = book;
  const { orderDays, gapSpread, allowedSilence } = insights.rhythm.columns;
  const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
  const drain = drainOf(insights.profit, customer);
  return tidied({
    inModel: true,
    note: null,
    segments: viewSegmentsOf(book, customer),
    placement: null,
    figures: viewFigures(book, customer),
    rhythm: {
      orderDays: orderDays[customer],
      gapSpread: known(gapSpread[customer]),
      allowedSilence: known(allowedSilence[customer]),
      rule: insights.rhythm.report.rule,
    },
    costs: customerCosts(insights.profit, customer),
    drain: drain ? { ...drain, causes: [...drain.causes] } : null,
  });
}

/**
 * Of a customer of whom the model knows no order.
 *
 * @param documents that have come since, the first ones
 */
export function viewUnknown(book: CustomerBook, documents: readonly StoredDocument[]): KnownCustomer {
  const { behaviour, today } = book.insights;
  const placed = placedDocuments(documents, book.itemCodes);
  const last = placed.reduce((latest, { day }) => Math.max(latest, day), today);
  const placement = new CustomerPlacer(behaviour.model).place(placed, last);
  const segment = placement && book.segmentation('behaviour').segments[placement.position];
  return tidied({
    inModel: false,
    note: segment
      ? 'The model knows no order of this customer: the behavioural segment is by the orders that came since, and figures come with the next training.'
      : 'The model knows no order of this customer, and there is none to tell a segment by: figures come with the next training after an order.',
    segments: {
      behaviour: segment
        ? {
            ...viewName(segment),
            words: behaviour.report.segments[placement.position].sentence,
            why: traitsOf(book, placement.position),
            before: null,
          }
        : null,
      rfm: null,
      tier: null,
    },
    placement: segment ? { orders: documents.length, sureness: placement.sureness } : null,
    figures: noFigures,
    rhythm: null,
    costs: [],
    drain: null,
  });
}

function viewSegmentsOf(book: CustomerBook, customer: number): CustomerView['segments'] {
  const { behaviour, rfm, profit, before } = book.insights;
  const view = (
    kind: keyof CustomerView['segments'],
    segmentWords: (position: number) => z.infer<typeof words>,
    why: (position: number) => string[],
  ) => {
    const segment = book.segmentOf(kind, customer);
    if (!segment) return null;
    const position = book.segmentation(kind).segmentOf[customer];
    const earlier = before && segmentationBefore(before, kind);
    const earlierSegment = earlier?.segments[earlier.segmentOf[customer]];
    return {
      ...viewName(segment),
      words: segmentWords(position),
      why: why(position),
      before: earlierSegment ? viewName(earlierSegment) : null,
    };
  };
  return {
    behaviour: view(
      'behaviour',
      (position) => behaviour.report.segments[position].sentence,
      (position) => traitsOf(book, position),
    ),
    rfm: view(
      'rfm',
      (position) => rfm.report.segments[position].advice,
      () => scoresOf(book, customer),
    ),
    tier: view(
      'tier',
      (position) => tierWords[tierNames[position]],
      () => [...tierReasons(book, customer), profit.tiers.report.cutOffs.definition],
    ),
  };
}

/** The strongest traits of a segment against all other customers. */
function traitsOf({ insights }: CustomerBook, position: number): string[] {
  return insights.behaviour.report.segments[position].traits.slice(0, 3).map((trait) => {
    const written = (value: number): string =>
      trait.unit === 'share' ? percent(value) : String(Number(value.toPrecision(3)));
    return `${trait.label.en}: ${written(trait.here)} in this segment, ${written(trait.elsewhere)} elsewhere`;
  });
}

function scoresOf({ insights: { rfm, today } }: CustomerBook, customer: number): string[] {
  const { recency, frequency, recencyScore, frequencyScore } = rfm.columns;
  const { scores } = rfm.report;
  const days = counted(recency[customer], 'day');
  return [
    `last order on ${dateOf(today - recency[customer])}, ${days} before: score ${recencyScore[customer]} of ${scores}`,
    `${counted(frequency[customer], 'order')}: score ${frequencyScore[customer]} of ${scores}`,
  ];
}

function tierReasons(book: CustomerBook, customer: number): string[] {
  const [revenue, rate] = [book.figure('revenue')(customer), book.figure('profitRate')(customer)];
  const earned = Number.isNaN(rate) ? '' : `, of which ${percent(rate)} is profit`;
  return [`a revenue of ${Math.round(revenue * 100) / 100}${earned}`];
}

const percent = (part: number): string => `${Number((100 * part).toPrecision(3))} %`;
const counted = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;
