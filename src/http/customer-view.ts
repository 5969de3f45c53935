import { z } from '@hono/zod-openapi';
import type { StoredDocument } from '../../db/queries/customer-timeline.ts';
import { CustomerPlacer } from '../customers/behaviour/place.ts';
import { causeNames } from '../customers/profit/drain-causes.ts';
import { segmentWords } from '../customers/segment-words.ts';
import type { CustomerBook } from '../serving/customer-book.ts';
import { customerCosts, drainOf } from '../serving/customer-costs.ts';
import { dateOf } from '../serving/customer-figures.ts';
import { secondsPerDay } from '../train/read-ledger.ts';
import { placedDocuments } from './customer-ledger.ts';
import { customerLifetime, viewLifetime } from './customer-lifetime.ts';
import {
  count,
  date,
  figuresView,
  noFigures,
  share,
  tidied,
  viewFigures,
  words,
} from './customer-schemas.ts';
import { timelineView } from './customer-timeline.ts';
import { placedSegments, viewPlacedSegments, viewPlacement } from './customer-why.ts';
import { costGroup } from './profit-schemas.ts';

export const customerView = z
  .object({
    modelVersion: z.string(),
    customerId: z.string(),
    today: date.openapi({ description: 'The day that the figures are of.' }),
    inModel: z.boolean().openapi({
      description: 'Whether the model knows an order of this customer; without one there are no figures.',
    }),
    note: words.nullable().openapi({ description: 'What is special about this answer.' }),
    channel: z.string().nullable(),
    firstSeen: z.iso.datetime().nullable(),
    attributes: z.record(z.string(), z.unknown()),
    segments: placedSegments,
    placement: z.object({ orders: count, sureness: z.number() }).nullable().openapi({
      description:
        'Of who is not in the model: on how many documents the behavioural segment rests, and how sure it is, 0 to 1.',
    }),
    figures: figuresView,
    lifetime: customerLifetime,
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
        shortfall: z.number().openapi({
          description: 'How much more profit the peers make of goods like these, fees left aside.',
        }),
        causes: z.array(z.object({ cause: z.enum(causeNames), words: z.string(), excess: z.number() })),
        definition: z.string(),
      })
      .nullable()
      .openapi({ description: 'Of a profit drain: what costs more than at customers of like revenue.' }),
    timeline: timelineView,
  })
  .openapi('Customer');

const msPerDay = 1000 * secondsPerDay;

export type CustomerView = z.infer<typeof customerView>;

/** What a model knows of a customer. */
export type KnownCustomer = Pick<
  CustomerView,
  'inModel' | 'note' | 'segments' | 'placement' | 'figures' | 'lifetime' | 'rhythm' | 'costs' | 'drain'
>;

export function viewKnown(book: CustomerBook, customer: number): KnownCustomer {
  const { insights } = book;
  const { orderDays, gapSpread, allowedSilence } = insights.rhythm.columns;
  const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
  const drain = drainOf(insights.profit, customer);
  return tidied({
    inModel: true,
    note: null,
    segments: viewPlacedSegments(book, customer),
    placement: null,
    figures: viewFigures(book, customer),
    lifetime: viewLifetime(book, customer),
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
 * @param documents that have come since, the first ones in the order of time
 * @param now what is dated after this day has not happened yet
 */
export function viewUnknown(
  book: CustomerBook,
  documents: readonly StoredDocument[],
  now: Date,
): KnownCustomer {
  const { behaviour, today } = book.insights;
  const tomorrow = Math.floor(now.getTime() / msPerDay) + 1;
  const dayOf = ({ seconds }: StoredDocument): number => Math.floor(seconds / secondsPerDay);
  const come = documents.filter((document) => dayOf(document) < tomorrow);
  const placed = placedDocuments(come, book.itemCodes);
  const last = placed.reduce((latest, { day }) => Math.max(latest, day), today);
  const placement = new CustomerPlacer(behaviour.model).place(placed, last);
  return tidied({
    inModel: false,
    note: placement
      ? segmentWords.placed()
      : come.length === 0 && documents.length > 0
        ? segmentWords.ordersAhead(dateOf(dayOf(documents[0])))
        : segmentWords.notPlaced(),
    segments: placement ? viewPlacement(book, placement) : { behaviour: null, rfm: null, tier: null },
    placement: placement ? { orders: come.length, sureness: placement.sureness } : null,
    figures: noFigures,
    lifetime: viewLifetime(book),
    rhythm: null,
    costs: [],
    drain: null,
  });
}
