import { z } from '@hono/zod-openapi';
import type { Database } from '../../db/database.ts';
import {
  chargedEvents,
  type StoredDocument,
  type StoredEvent,
  storedDocuments,
  storedEvents,
  type TimelineEntry,
  timelineEntries,
} from '../../db/queries/customer-timeline.ts';
import type { CustomerProfit } from '../customers/customer-insights.ts';
import { PairwellError } from '../errors.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { documentProfits, type LineFigures } from './customer-ledger.ts';
import { count } from './customer-schemas.ts';
import { moneyOf } from './figures.ts';
import { productRef } from './item-views.ts';

const money = z.number().nullable();

const lineView = productRef
  .extend({
    quantity: z.number().openapi({ description: 'Negative for a return.' }),
    unitPrice: money,
    discount: money.openapi({ description: 'Taken off the whole line.' }),
    promotion: z.string().nullable(),
    revenue: money.openapi({ description: 'Null where the price is not known.' }),
    profit: money.openapi({
      description:
        'After the goods and its share of what the order cost to serve, at the rates of the model; null without them.',
    }),
    isCostAssumed: z.boolean(),
  })
  .openapi('TimelineLine');

const at = z.iso.datetime().openapi({ description: "In the shop's clock." });

const orderView = z
  .object({
    type: z.literal('order'),
    at,
    orderId: z.string(),
    channel: z.string().nullable(),
    isReturn: z.boolean().openapi({ description: 'Whether it holds nothing but what came back.' }),
    revenue: z.number(),
    profit: money,
    lineCount: count,
    lines: z.array(lineView).openapi({
      description:
        'The first ones: at most 200, and 10 where the time line comes with the customer. revenue and profit are of all.',
    }),
  })
  .openapi('TimelineOrder');

const eventView = z
  .object({
    type: z.literal('event'),
    at,
    kind: z.string(),
    eventId: z.string().nullable().openapi({
      description: "The sender's id; an event of several products is an entry each.",
    }),
    product: productRef.nullable(),
    recommendationId: z
      .string()
      .nullable()
      .openapi({ description: 'The answer that the product was offered in.' }),
    placement: z.string().nullable(),
    position: z.number().int().nullable(),
    payload: z.record(z.string(), z.unknown()),
  })
  .openapi('TimelineEvent');

export const timelineView = z
  .object({
    items: z
      .array(z.discriminatedUnion('type', [orderView, eventView]))
      .openapi({ description: 'The newest first.' }),
    nextCursor: z.string().nullable(),
  })
  .openapi('Timeline');

export type TimelineView = z.infer<typeof timelineView>;

export const timelineLimit = z.coerce.number().int().min(1).max(100).default(20);

/** Lines of an order that are told at most. */
const mostLines = 200;

const place = z.object({
  customer: z.number().int(),
  type: z.enum(['order', 'event']),
  id: z.number().int(),
  at: z.iso.datetime(),
});

export interface TimelineRequest {
  readonly customerId: number;
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** Lines of an order that are told at most. */
  readonly lines?: number;
  /** Of the model in service; without it no line has a profit. */
  readonly profit: Pick<CustomerProfit, 'rates' | 'drivers'> | undefined;
}

/** @throws PairwellError `bad-input` for a cursor of another time line */
export async function readTimeline(
  database: Database,
  { customerId, limit, cursor, lines = mostLines, profit }: TimelineRequest,
): Promise<TimelineView> {
  const start = cursor === undefined ? undefined : readCursor(place, cursor);
  if (start && start.customer !== customerId) {
    throw new PairwellError(
      'bad-input',
      'The cursor belongs to the time line of another customer. Start again without one.',
    );
  }
  const entries = await timelineEntries(database, customerId, limit + 1, start);
  const shown = entries.slice(0, limit);
  const idsOf = (wanted: TimelineEntry['type']): number[] =>
    shown.filter(({ type }) => type === wanted).map(({ id }) => id);
  const documents = await storedDocuments(database, idsOf('order'));
  const events = new Map((await storedEvents(database, idsOf('event'))).map((event) => [event.id, event]));
  const kinds = profit ? chargedKinds(profit) : [];
  const figures = profit
    ? documentProfits(documents, await chargedEvents(database, customerId, kinds), profit)
    : undefined;
  const byId = new Map(documents.map((document) => [document.id, document]));
  const last = shown.at(-1);
  return {
    // What was deleted since the entries were read is left out.
    items: shown.flatMap(({ type, id, at: when }): TimelineView['items'] => {
      const document = type === 'order' ? byId.get(id) : undefined;
      if (document) return [viewOrder(document, when, figures?.get(id), lines)];
      const event = type === 'event' ? events.get(id) : undefined;
      return event ? [viewEvent(event, when)] : [];
    }),
    nextCursor: entries.length > limit && last ? writeCursor({ customer: customerId, ...last }) : null,
  };
}

/** The kinds of events that cost something. */
const chargedKinds = ({ rates }: Pick<CustomerProfit, 'rates'>): string[] => [
  ...new Set(
    rates.drivers.flatMap(({ basis, rate }) => (basis.per === 'event' && rate > 0 ? basis.names : [])),
  ),
];

function viewOrder(
  { code, channel, lines }: StoredDocument,
  when: string,
  figures: readonly LineFigures[] | undefined,
  most: number,
): z.infer<typeof orderView> {
  const viewed = lines.map(
    ({ code: productId, name, quantity, unitPrice, discount, promotion }, n): z.infer<typeof lineView> => {
      const revenue = unitPrice === null ? null : moneyOf(quantity * unitPrice - (discount ?? 0));
      const profit = figures ? moneyOf(figures[n].profit) : null;
      const isCostAssumed = figures?.[n].isCostAssumed ?? false;
      return { productId, name, quantity, unitPrice, discount, promotion, revenue, profit, isCostAssumed };
    },
  );
  return {
    type: 'order',
    at: when,
    orderId: code,
    channel,
    isReturn: lines.length > 0 && lines.every(({ quantity }) => quantity < 0),
    revenue: moneyOf(viewed.reduce((sum, { revenue }) => sum + (revenue ?? 0), 0)),
    profit: figures ? moneyOf(figures.reduce((sum, { profit }) => sum + profit, 0)) : null,
    lineCount: lines.length,
    lines: viewed.slice(0, most),
  };
}

function viewEvent(
  { kind, code, product, recommendationId, placement, position, payload }: StoredEvent,
  when: string,
): z.infer<typeof eventView> {
  const named = product && { productId: product.code, name: product.name };
  return {
    type: 'event',
    at: when,
    kind,
    eventId: code,
    product: named,
    recommendationId,
    placement,
    position,
    payload,
  };
}
