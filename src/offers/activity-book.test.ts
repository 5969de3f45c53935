import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ActivityEvent, type CustomerActivity, type InterestType, interestTypes } from './activity.ts';
import { ActivityBook, activityKept } from './activity-book.ts';
import { deedsKept } from './deed-list.ts';

const day = 86_400_000;
const always = Number.NEGATIVE_INFINITY;

let count = 0;
const eventOf = (type: string, at: number, given: Partial<ActivityEvent> = {}): ActivityEvent => ({
  ...{ id: ++count, type, customer: 'ann', product: 'tea', placement: null, at },
  ...given,
});

function bookOf(events: readonly ActivityEvent[], most?: number): ActivityBook {
  const book = new ActivityBook(most);
  for (const event of events) book.add(event);
  return book;
}

const products = ['tea', 'jam', 'soap'];

/** Everything that can be asked. */
const seen = (activity: CustomerActivity, since: number) => ({
  shown: products.map((code) => activity.impressions(code, since)),
  all: activity.totalImpressions(since),
  places: ['cart', 'email', 'moon'].map((place) => activity.placementImpressions(place, since)),
  dismissed: products.map((code) => activity.dismissedAt(code)),
  lastComplaint: activity.lastComplaint,
  interests: activity.interests,
});

/** The same by looking through all events. */
function expected(
  events: readonly ActivityEvent[],
  customer: string,
  since: number,
): ReturnType<typeof seen> {
  const newest = Math.max(...events.map(({ at }) => at));
  const own = events
    .filter((event) => event.customer === customer && event.at >= newest - activityKept)
    .sort((a, b) => b.at - a.at || b.id - a.id);
  const ofType = (type: string) => own.filter((event) => event.type === type);
  const shown = ofType('impression').filter(({ at }) => at >= since);
  const countOf = (isWanted: (event: ActivityEvent) => boolean) => shown.filter(isWanted).length;
  return {
    shown: products.map((code) => countOf(({ product }) => product === code)),
    all: shown.length,
    places: ['cart', 'email', 'moon'].map((place) =>
      // A place that we do not have is none to count in.
      place === 'moon' ? 0 : countOf(({ placement }) => placement === place),
    ),
    dismissed: products.map((code) => ofType('dismiss').find(({ product }) => product === code)?.at),
    lastComplaint: ofType('complaint')[0]?.at,
    interests: own
      .filter(({ type }) => (interestTypes as readonly string[]).includes(type))
      .map(({ type, product, at }) => ({ type: type as InterestType, product: product!, at })),
  };
}

describe('ActivityBook', () => {
  const types = [...interestTypes, 'impression', 'dismiss', 'complaint', 'visit'];
  const someEvents = fc.array(
    fc.record({
      type: fc.constantFrom(...types),
      customer: fc.constantFrom('ann', 'ben'),
      product: fc.constantFrom(...products),
      placement: fc.constantFrom('cart', 'email', 'moon', null),
      at: fc.integer({ min: 0, max: 200 }).map((days) => days * day),
    }),
    { minLength: 1, maxLength: 60 },
  );

  it('knows what looking through all events finds, in whatever order and however often they come', () => {
    const drawn = someEvents
      .map((events) => events.map((event, id): ActivityEvent => ({ ...event, id })))
      .chain((events) =>
        fc.tuple(
          fc.constant(events),
          fc.shuffledSubarray(events, { minLength: events.length }),
          fc.subarray(events),
        ),
      );
    fc.assert(
      fc.property(drawn, fc.integer({ min: 0, max: 200 }), ([events, shuffled, again], days) => {
        const book = bookOf([...shuffled, ...again]);
        for (const customer of ['ann', 'ben', 'nobody']) {
          const since = days * day;
          expect(seen(book.of(customer), since)).toEqual(expected(events, customer, since));
        }
      }),
    );
  });

  it('keeps the latest impressions of a customer, who keeps everything else', () => {
    const dismissal = eventOf('dismiss', 0, { product: 'soap' });
    const shown = Array.from({ length: 300 }, (_, n) => eventOf('impression', 1000 + n));
    const { impressions, totalImpressions, dismissedAt } = wrapped(bookOf([dismissal, ...shown]).of('ann'));
    expect(impressions('tea', always)).toBe(deedsKept.impression);
    expect(totalImpressions(1200)).toBe(100);
    expect(dismissedAt('soap')).toBe(0);
  });

  it('has another revision after each change, and only then', () => {
    const book = new ActivityBook();
    const revisions: number[] = [];
    const view = eventOf('view', day);
    const then = (...events: ActivityEvent[]) => {
      for (const event of events) book.add(event);
      revisions.push(book.of('ann').revision);
    };
    then();
    then(view);
    then(eventOf('complaint', day));
    // Nothing new: the same again, what does not count, what happened to another one.
    then(view, eventOf('visit', day), eventOf('complaint', 0), eventOf('view', day, { customer: 'ben' }));
    // What Ben did lately makes what Ann did long ago.
    then(eventOf('view', 200 * day, { customer: 'ben' }));
    const [, first, second] = revisions;
    expect(revisions).toEqual([0, first, second, second, 0]);
    expect(new Set(revisions).size).toBe(3);
    expect(book.of('ann').interests).toEqual([]);
  });

  it('forgets those of whom nothing has come for longest, so that it keeps no more than it may', () => {
    // A customer takes the room of ten deeds, and has at least one.
    const book = new ActivityBook(1100);
    for (let n = 0; n < 1000; n++) {
      const customer = n % 10 === 0 ? 'often' : `customer ${n}`;
      const type = n % 3 === 0 ? 'complaint' : 'impression';
      book.add(eventOf(type, n, { customer, product: `product ${n}` }));
      expect(book.size + 10 * book.customers).toBeLessThanOrEqual(1100);
      expect(book.products).toBeLessThanOrEqual(book.size);
      expect(book.customers).toBeLessThanOrEqual(book.size);
    }
    expect(book.of('customer 999').lastComplaint).toBe(999);
    expect(book.of('customer 801')).toMatchObject({ revision: 0, lastComplaint: undefined });
    expect(book.of('often').totalImpressions(always)).toBe(66);
  });

  it('keeps nothing of customers who did nothing for ninety days', () => {
    const book = new ActivityBook();
    for (let n = 0; n < 50; n++)
      book.add(eventOf('view', n, { customer: `customer ${n}`, product: `p${n}` }));
    expect([book.customers, book.size, book.products]).toEqual([50, 50, 50]);
    book.add(eventOf('view', activityKept + 25));
    expect([book.customers, book.size, book.products]).toEqual([26, 26, 26]);
  });
});

/** Its questions by themselves. */
function wrapped(activity: CustomerActivity) {
  return {
    impressions: activity.impressions.bind(activity),
    totalImpressions: activity.totalImpressions.bind(activity),
    dismissedAt: activity.dismissedAt.bind(activity),
  };
}
