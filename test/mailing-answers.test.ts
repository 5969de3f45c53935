import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../db/database.ts';
import { answerReader } from '../db/queries/answers.ts';
import { storeOrder } from '../db/queries/orders.ts';
import { purchaseReader } from '../db/queries/purchases.ts';
import { events } from '../db/schema.ts';
import { readRecommendationId } from '../src/offers/recommendation-id.ts';
import { customersIn } from '../src/serving/customers-in.ts';
import { readSnapshot } from '../src/serving/read-snapshot.ts';
import { readAnswers } from '../src/train/read-answers.ts';
import { offerText } from '../workers/offer-text.ts';
import { describeDatabases } from './support/databases.ts';
import { openTestService, type TestService } from './support/service.ts';
import { fillShop } from './support/shop.ts';

const msPerDay = 86_400_000;
/** Besides those of the shop; enough that more than 200 offers are accepted. */
const customers = 150;

/** A line of the file, as whoever sends the mails reads it. */
interface MailedOffer {
  readonly customerId: string;
  readonly recommendationId: string;
  readonly position: string;
  readonly productId: string;
  readonly probability: string;
  readonly chance: string;
}

interface OfferBody {
  readonly productId: string;
  readonly probability: number;
  readonly chance?: number;
}

const byCustomer = (offers: readonly MailedOffer[]): MailedOffer[][] =>
  [...new Set(offers.map(({ customerId }) => customerId))].map((customer) =>
    offers.filter(({ customerId }) => customerId === customer),
  );

describeDatabases('answers to a mailing', (opened) => {
  let database: Database;
  let service: TestService;
  /** Of the first model. */
  let mailed: MailedOffer[];

  const exported = async (): Promise<MailedOffer[]> => {
    const read = await readSnapshot(database, undefined);
    const order = { id: randomUUID(), snapshot: read.snapshot, placement: 'email', now: Date.now() } as const;
    const everybody = await customersIn(database, read, undefined);
    const chunks: Uint8Array[] = [];
    for await (const chunk of offerText({ order, format: 'csv', customers: everybody }, { threads: 1 }))
      chunks.push(chunk);
    return parse(Buffer.concat(chunks).toString(), { columns: true });
  };

  let eventCount = 0;
  /** As long ago as it takes to know what it came to. */
  const eventOf = (type: string, recommendationId: string, more: object) => ({
    ...{ id: `e${++eventCount}`, type, recommendationId, ...more },
    at: new Date(Date.now() - 10 * msPerDay + eventCount).toISOString(),
  });
  /** What the file says of one customer's offers is all that there is to say of their mail. */
  const impressionOf = (offers: readonly MailedOffer[]) =>
    eventOf('impression', offers[0].recommendationId, {
      customerId: offers[0].customerId,
      productIds: offers.map(({ productId }) => productId),
      position: Number(offers[0].position),
      payload: { scores: offers.map(({ chance, probability }) => Number(chance || probability)) },
    });
  const post = async (list: readonly object[]): Promise<void> => {
    const { status, body } = await service.send('POST', '/v1/events', { events: list });
    expect({ status, body }).toEqual({ status: 200, body: { stored: list.length } });
  };

  beforeAll(async () => {
    database = opened().database;
    await fillShop(database);
    const products = ['bread', 'butter', 'jam', 'tea', 'sugar'];
    for (let n = 0; n < customers; n++) {
      await storeOrder(database, {
        code: `c${n}`,
        customer: `c${n}`,
        orderedAt: new Date(Date.UTC(2024, 3, 1 + (n % 9), 12)),
        lines: [n % 5, (n + (n % 3 === 0 ? 1 : 2)) % 5].map((place) => ({
          product: products[place],
          quantity: 1,
        })),
      });
    }
    service = await openTestService(database);
    expect(await service.train()).toMatchObject({ status: 'succeeded' });
    mailed = await exported();
  });
  afterAll(() => service?.close());

  it('quote ids that each customer has for themselves, by model and placement', () => {
    const lists = byCustomer(mailed);
    expect(lists.length).toBe(customers + 4);
    for (const list of lists) {
      const ids = new Set(list.map(({ recommendationId }) => recommendationId));
      expect([...ids].map(readRecommendationId)).toEqual([{ modelVersion: 1, placement: 'email' }]);
    }
    expect(new Set(mailed.map(({ recommendationId }) => recommendationId)).size).toBe(lists.length);
  });

  it('quote other ids than those to the mailing before', async () => {
    const known = new Set(mailed.map(({ recommendationId }) => recommendationId));
    const again = await exported();
    expect(again.map(({ productId }) => productId)).toEqual(mailed.map(({ productId }) => productId));
    expect(again.filter(({ recommendationId }) => known.has(recommendationId))).toEqual([]);
  });

  it('count for the placement, and teach the next model', async () => {
    const lists = byCustomer(mailed);
    await post(lists.map(impressionOf));
    const accepted = mailed.filter((_, n) => n % 3 !== 0);
    // Who follows a link need not be known: the id says whose mail it was.
    await post(
      accepted.map(({ recommendationId, productId }) => eventOf('accept', recommendationId, { productId })),
    );
    const [{ customerId, recommendationId, productId }] = mailed;
    const click = eventOf('click', recommendationId, { customerId, productId });
    await post([click]);
    expect(await database.orm.select().from(events).where(eq(events.code, click.id))).toMatchObject([
      { kind: 'click', recommendationId, placement: 'email' },
    ]);
    expect(service.shop.activity(customerId).placementImpressions('email', 0)).toBe(lists[0].length);

    expect(await service.train()).toMatchObject({ status: 'succeeded' });
    const { snapshot, model } = await readSnapshot(database, undefined);
    expect(snapshot.version).toBe(2);
    expect(model.answers?.byPlacement).toEqual({
      email: expect.objectContaining({ impressions: mailed.length, accepts: accepted.length }),
    });
    expect(model.answers?.isScored).toBe(true);
  });

  it('change probabilities, and the next mailing says what they were', async () => {
    const next = byCustomer(await exported());
    const requests = next.map(([{ customerId }]) => ({ customerId }));
    const { body } = await service.send('POST', '/v1/offers/batch', { requests });
    const figures = next.map((list) =>
      list.map(({ productId, probability, chance }) => ({
        ...{ productId, probability: Number(probability) },
        ...(chance === '' ? {} : { chance: Number(chance) }),
      })),
    );
    expect(figures).toEqual(
      body.items.map(({ offers }: { offers: OfferBody[] }) =>
        offers.map(({ productId, probability, chance }) => ({
          ...{ productId, probability },
          ...(chance === undefined ? {} : { chance }),
        })),
      ),
    );
    expect(mailed.every(({ chance }) => chance === '')).toBe(true);
    expect(next.flat().some(({ chance }) => chance !== '')).toBe(true);

    const list = next.find((offers) => offers.some(({ chance }) => chance !== ''))!;
    await post([impressionOf(list)]);
    const lastOrder = await purchaseReader(database).lastOrder();
    const shown = await readAnswers(answerReader(database), lastOrder, new Date());
    expect([...shown.probability].slice(-list.length)).toEqual(
      list.map(({ chance, probability }) => Number(chance || probability)),
    );
  });
});
