import { z } from '@hono/zod-openapi';
import { type ReasonProblem, reasonProblem } from '../churn/reasons/event-reason.ts';
import { winbackOfferKind } from '../customers/event-kinds.ts';
import { type EventType, eventTypes } from '../offers/event-types.ts';
import { customerCode, eventCode, productCode, recommendationCode } from './schemas.ts';

/** Events in one request at most. */
export const mostEvents = 1000;

/** Products of one event at most. */
const mostProducts = 50;

const longestPayload = 10_000;
const deepestPayload = 8;

/** A word of small letters, such as `add-to-cart`. */
const word = z
  .string()
  .max(50)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be words of small letters and digits, joined by -');

const type = word.refine(
  (name) => name !== 'purchase',
  'what was bought is an order with lines, quantities and prices: send it to POST /v1/orders',
);

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(inner, levels - 1));
}

const payload = z
  .record(z.string().max(200), z.unknown())
  .refine((given) => !isDeeperThan(given, deepestPayload), {
    message: `at most ${deepestPayload} levels deep`,
    abort: true,
  })
  .refine(
    (given) => JSON.stringify(given).length <= longestPayload,
    `at most ${longestPayload} characters of JSON`,
  )
  .openapi({
    type: 'object',
    description:
      'Anything else. `reason` of a cancellation: why, as one of the codes of contracts or another name for it. `offer` of a winback-offer: the id of the offer, such as discount, which must be there. `solved` (true) or `solvedAt` (a time) of a complaint: as a complaint-solved of its own. `score` or `value`: the number that the event says.',
  });

const solvedAt = z.iso.datetime({ offset: true });

const offerId = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

const typeOf = (name: string): EventType | undefined =>
  Object.hasOwn(eventTypes, name) ? eventTypes[name] : undefined;

export const event = z
  .strictObject({
    id: eventCode.openapi({ description: "The sender's own, by which an event that comes again is known." }),
    type: type.openapi({
      description: `${Object.keys(eventTypes).join(', ')}, or any other word. Those from complaint-solved on take a customerId.`,
      example: 'click',
    }),
    customerId: customerCode.optional().openapi({ description: 'Without it, a guest.' }),
    productId: productCode.optional(),
    productIds: z
      .array(productCode)
      .min(1)
      .max(mostProducts)
      .refine((ids) => new Set(ids).size === ids.length, 'each product may come once')
      .optional()
      .openapi({ description: 'Instead of productId, of several products in the order of their positions.' }),
    recommendationId: recommendationCode
      .optional()
      .openapi({ description: 'Of the answer that offered the products.' }),
    placement: word
      .optional()
      .openapi({ description: 'Default: that of the recommendation.', example: 'cart' }),
    position: z.number().int().min(1).max(10_000).optional().openapi({
      description: 'Where the product stood, from 1 on; of several the first.',
    }),
    at: z.iso.datetime({ offset: true }).optional().openapi({
      description: 'Default: now. More than 5 minutes ahead of us, or before 2000: now, and said.',
    }),
    payload: payload.optional(),
  })
  .refine(({ productId, productIds }) => productId === undefined || productIds === undefined, {
    message: 'productId or productIds, not both',
    path: ['productIds'],
  })
  .refine(
    ({ type, productId, productIds }) =>
      !typeOf(type)?.ofProduct || productId !== undefined || productIds !== undefined,
    { message: 'an event of this type is of a product', path: ['productId'] },
  )
  .refine(({ type, customerId }) => !typeOf(type)?.ofCustomer || customerId !== undefined, {
    message: 'an event of this type is of a customer',
    path: ['customerId'],
  })
  .refine(({ type, payload }) => type !== winbackOfferKind || offerId.safeParse(payload?.offer).success, {
    message: 'must be the id of the offer, in small letters, digits and hyphens',
    path: ['payload', 'offer'],
  })
  .refine(
    ({ type, payload }) =>
      type !== 'complaint' ||
      (payload?.solvedAt ?? null) === null ||
      solvedAt.safeParse(payload?.solvedAt).success,
    { message: 'must be a time of ISO 8601 with its offset', path: ['payload', 'solvedAt'] },
  )
  .refine(
    ({ type, payload }) =>
      type !== 'complaint' || (payload?.solved ?? null) === null || typeof payload?.solved === 'boolean',
    { message: 'must be true or false', path: ['payload', 'solved'] },
  )
  .openapi('Event');

export type EventBody = z.output<typeof event>;

export const eventList = z.strictObject({ events: z.array(event).min(1).max(mostEvents) }).openapi('Events');

/** An event whose reason is none, and the reasons that may be meant. */
export interface UnknownReason extends Omit<ReasonProblem, 'message'> {
  readonly id: string;
}

export interface EventsGiven {
  readonly events: readonly EventBody[];
  /** Those of a list that are not among `events`. */
  readonly unknownReasons: readonly UnknownReason[];
}

const problemOf = ({ type, payload }: EventBody): ReasonProblem | undefined =>
  typeOf(type)?.tellsReason ? reasonProblem(payload?.reason) : undefined;

/**
 * One event, or a list of them. What is wrong is told of the form that was meant, which a union would not do. Of a list those with a
 * reason that there is not are set aside, unless all of them have one.
 */
export const eventsBody = z
  .custom<z.input<typeof event> | z.input<typeof eventList>>()
  .transform((given, context): EventsGiven => {
    const isList = typeof given === 'object' && given !== null && 'events' in given;
    const read = isList ? eventList.safeParse(given) : event.safeParse(given);
    if (!read.success) {
      for (const { path, message } of read.error.issues) context.addIssue({ code: 'custom', path, message });
      return z.NEVER;
    }
    const all = 'events' in read.data ? read.data.events : [read.data];
    const problems = all.map(problemOf);
    const events = all.filter((_, n) => problems[n] === undefined);
    if (events.length === 0) {
      for (const [n, problem] of problems.entries())
        context.addIssue({
          code: 'custom',
          path: [...(isList ? ['events', n] : []), 'payload', 'reason'],
          message: problem!.message,
        });
      return z.NEVER;
    }
    const unknownReasons = all.flatMap(({ id }, n): UnknownReason[] => {
      const problem = problems[n];
      return problem ? [{ id, reason: problem.reason, nearest: problem.nearest }] : [];
    });
    return { events, unknownReasons };
  })
  .openapi({
    type: 'object',
    oneOf: [{ $ref: '#/components/schemas/Event' }, { $ref: '#/components/schemas/Events' }],
  });

const ids = z.array(z.string());

export const eventsAnswer = z
  .object({
    stored: z.number().int().openapi({ description: 'Events stored now.' }),
    storedBefore: ids.optional().openapi({ description: 'Events that came again: they count once.' }),
    conflicts: ids.optional().openapi({
      description: 'Events that were not stored, as other ones have their ids.',
    }),
    unknownReasons: z
      .array(z.object({ id: z.string(), reason: z.string(), nearest: z.array(z.string()) }))
      .optional()
      .openapi({
        description:
          'Events that were not stored, as no reason is called so, with the codes that may be meant. Send them again with one of these, or without a reason.',
      }),
    forgotten: ids.optional().openapi({
      description: 'Events that were not stored, as their customers were forgotten.',
    }),
    correctedTimes: z
      .array(z.object({ id: z.string(), at: z.iso.datetime() }))
      .optional()
      .openapi({ description: 'Events whose time could not be, with the one that they have now.' }),
    unknownProducts: ids.optional().openapi({ description: 'The catalogue has none of these ids.' }),
    unknownRecommendations: ids.optional().openapi({ description: 'No answer of ours has these ids.' }),
    unknownPlacements: ids.optional(),
    unknownTypes: ids.optional().openapi({ description: 'Taken as they are: nothing is made of them yet.' }),
  })
  .openapi('EventsAnswer', {
    description:
      'What is unknown is stored all the same, but for events with an unknown reason. Lists without entries are left out.',
  });
