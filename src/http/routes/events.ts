import { createRoute, type z } from '@hono/zod-openapi';
import type { EventOutcome, NewEvent } from '../../../db/queries/events.ts';
import { PairwellError } from '../../errors.ts';
import { eventTime, eventTypes } from '../../offers/event-types.ts';
import { placementNames } from '../../offers/placements.ts';
import { readRecommendationId } from '../../offers/recommendation-id.ts';
import type { AppDependencies } from '../environment.ts';
import {
  type EventBody,
  event,
  eventList,
  eventsAnswer,
  eventsBody,
  mostEvents,
  type UnknownReason,
} from '../event-schemas.ts';
import { router } from '../router.ts';
import { jsonAnswer, jsonBody, problems } from '../schemas.ts';

const eventsRoute = createRoute({
  method: 'post',
  path: '/events',
  tags: ['storefront'],
  summary: 'Tell what customers did, one event or several',
  description: `Up to ${mostEvents} events, acknowledged once they are committed; the next offers of the customers know them. Sending an event again changes nothing. Customers nobody has heard of are made; products, recommendations, placements and types that are not known are stored as they were sent, and named in the answer. A cancellation with a reason that there is not is refused, with the nearest; among others it alone is not stored, and the answer says so.`,
  'x-roles': ['storefront'],
  request: { body: jsonBody(eventsBody) },
  responses: {
    200: jsonAnswer(eventsAnswer, 'Stored, now or before'),
    ...problems(400, 403, 409, 413, 415, 503),
  },
});

/** An event as it is to be stored, and what was odd about it. */
interface Read {
  readonly event: NewEvent;
  readonly isTimeCorrected: boolean;
}

function read({ id, type, customerId, payload = {}, ...given }: EventBody, now: Date): Read {
  const { productId, productIds, recommendationId = null, position = null } = given;
  const origin = recommendationId === null ? undefined : readRecommendationId(recommendationId);
  const { at, isCorrected } = eventTime(given.at === undefined ? undefined : new Date(given.at), now);
  return {
    isTimeCorrected: isCorrected,
    event: {
      code: id,
      kind: type,
      customer: customerId ?? null,
      products: productIds ?? (productId === undefined ? [] : [productId]),
      recommendationId,
      placement: given.placement ?? origin?.placement ?? null,
      position,
      at,
      payload,
    },
  };
}

type Answer = z.infer<typeof eventsAnswer>;

const namesOfPlaces: readonly string[] = placementNames;

function answerOf(
  events: readonly Read[],
  outcomes: readonly EventOutcome[],
  unknownReasons: readonly UnknownReason[],
): Answer {
  const those = (wanted: EventOutcome['outcome']): Read[] =>
    events.filter((_, n) => outcomes[n].outcome === wanted);
  const idsOf = (some: readonly Read[]): string[] => some.map(({ event }) => event.code);
  const stored = those('now');
  const corrected = stored.filter(({ isTimeCorrected }) => isTimeCorrected);
  const told = events.map(({ event }) => event);
  const lists: Omit<Answer, 'stored' | 'unknownReasons'> = {
    storedBefore: idsOf(those('before')),
    conflicts: idsOf(those('conflict')),
    forgotten: idsOf(those('forgotten')),
    correctedTimes: corrected.map(({ event }) => ({ id: event.code, at: event.at.toISOString() })),
    unknownProducts: outcomes.flatMap(({ outcome, lines }) =>
      outcome === 'conflict' ? [] : lines.flatMap(({ product, isKnown }) => (isKnown ? [] : (product ?? []))),
    ),
    unknownRecommendations: told.flatMap(({ recommendationId: id }) =>
      id === null || readRecommendationId(id) ? [] : id,
    ),
    unknownPlacements: told.flatMap(({ placement }) =>
      placement === null || namesOfPlaces.includes(placement) ? [] : placement,
    ),
    unknownTypes: told.flatMap(({ kind }) => (Object.hasOwn(eventTypes, kind) ? [] : kind)),
  };
  const filled = Object.entries(lists)
    .filter(([, list]) => list.length > 0)
    .map(([name, list]) => [name, name === 'correctedTimes' ? list : [...new Set(list as string[])]]);
  return {
    stored: stored.length,
    ...(unknownReasons.length > 0 && {
      unknownReasons: unknownReasons.map(({ nearest, ...one }) => ({ ...one, nearest: [...nearest] })),
    }),
    ...Object.fromEntries(filled),
  };
}

export function eventsRoutes({ events: store, now }: AppDependencies) {
  const routes = router();
  routes.openAPIRegistry.register('Event', event);
  routes.openAPIRegistry.register('Events', eventList);
  return routes.openapi(eventsRoute, async (c) => {
    const arrived = now();
    const given = c.req.valid('json');
    const events = given.events.map((one) => read(one, arrived));
    const outcomes = await store.store(events.map(({ event }) => event));
    if (outcomes.every(({ outcome }) => outcome === 'conflict')) {
      const [{ event }] = events;
      throw new PairwellError(
        'conflict',
        `Another event with the id ${event.code} is stored already. Give each event an id of its own.`,
        { eventIds: events.map(({ event }) => event.code) },
      );
    }
    return c.json(answerOf(events, outcomes, given.unknownReasons), 200);
  });
}
