import { beforeEach, expect, it } from 'vitest';
import type { Database } from '../db/database.ts';
import { type AnswerReader, answerReader } from '../db/queries/answers.ts';
import { type NewEvent, storeEvents } from '../db/queries/events.ts';
import { storeOrder } from '../db/queries/orders.ts';
import { putProducts } from '../db/queries/products.ts';
import { purchaseReader } from '../db/queries/purchases.ts';
import { readAnswers } from '../src/train/read-answers.ts';
import { describeDatabases } from './support/databases.ts';
import { emptyShop } from './support/shop.ts';

/** Days since 2024-01-01, at noon and some minutes. */
const at = (day: number, minute = 0): Date => new Date(Date.UTC(2024, 0, 1 + day, 12, minute));

describeDatabases('reading answers to offers', (opened) => {
  let database: Database;
  let reader: AnswerReader;
  let codes = 0;
  beforeEach(async () => {
    database = opened().database;
    reader = answerReader(database);
    await emptyShop(database);
    await putProducts(database, [{ code: 'jam' }, { code: 'tea' }, { code: 'mug' }]);
  });

  const event = (kind: string, products: string[], when: Date, more: Partial<NewEvent> = {}): NewEvent => ({
    code: `e${codes++}`,
    kind,
    customer: 'ann',
    products,
    recommendationId: null,
    placement: 'cart',
    position: 1,
    at: when,
    payload: {},
    ...more,
  });
  const store = (...events: NewEvent[]) => storeEvents(database, events, 'test');
  const buy = (customer: string | null, when: Date, product: string, quantity = 1) =>
    storeOrder(database, { code: `o${codes++}`, customer, orderedAt: when, lines: [{ product, quantity }] });
  const read = async (until: Date) => readAnswers(reader, await purchaseReader(database).lastOrder(), until);

  it('knows where each product stood, and what the impression says that it was shown with', async () => {
    await store(
      event('impression', ['jam', 'tea'], at(1), { position: 3, payload: { scores: [0.25, 0.5] } }),
      event('impression', ['jam'], at(2), { placement: 'home', position: null, payload: { score: 0.125 } }),
      event('impression', ['jam'], at(3), { customer: null, placement: null, payload: { score: '0.9' } }),
      event('impression', ['jam'], at(4), { payload: { score: 7 } }),
      event('impression', ['nowhere'], at(4)),
      event('view', ['jam'], at(4)),
    );
    const shown = await read(at(20));
    expect(shown.placementNames).toEqual(['cart', 'home']);
    expect([...shown.placement]).toEqual([0, 0, 1, -1, 0]);
    expect([...shown.position]).toEqual([3, 4, -1, 1, 1]);
    expect([...shown.probability]).toEqual([0.25, 0.5, 0.125, Number.NaN, Number.NaN]);
    expect([...shown.isAccepted]).toEqual([0, 0, 0, 0, 0]);
  });

  it('takes an accept that quotes the recommendation for an answer to its product, of guests too', async () => {
    const recommendationId = '1.cart.x';
    await store(
      event('impression', ['jam', 'tea'], at(1), { customer: null, recommendationId }),
      event('impression', ['jam'], at(1, 1), { customer: null, recommendationId: '1.cart.y' }),
      event('accept', ['tea'], at(1, 5), { customer: null, recommendationId }),
    );
    expect([...(await read(at(20))).isAccepted]).toEqual([0, 1, 0]);
  });

  it('takes what the customer bought within seven days for an answer to the newest impression before it', async () => {
    await store(
      event('impression', ['jam'], at(1)),
      event('impression', ['jam'], at(3)),
      event('impression', ['tea'], at(3)),
      event('impression', ['mug'], at(3)),
      event('impression', ['jam'], at(3), { customer: 'ben' }),
    );
    await buy('ann', at(5), 'jam');
    await buy('ann', at(10, 1), 'tea');
    await buy('ann', at(2), 'mug');
    await buy('ann', at(4), 'mug', -1);
    await buy(null, at(4), 'jam');
    expect([...(await read(at(20))).isAccepted]).toEqual([0, 1, 0, 0, 0]);
    await buy('ann', at(10), 'tea');
    expect([...(await read(at(20))).isAccepted]).toEqual([0, 1, 1, 0, 0]);
  });

  it('counts what was accepted and then bought once', async () => {
    const recommendationId = '1.product.x';
    await store(
      event('impression', ['jam'], at(1), { recommendationId }),
      event('accept', ['jam'], at(1, 1), { recommendationId }),
      event('impression', ['jam'], at(1, 2)),
      event('impression', ['tea'], at(2)),
      event('accept', ['tea'], at(2, 1)),
    );
    await buy('ann', at(1, 3), 'jam');
    expect([...(await read(at(20))).isAccepted]).toEqual([1, 0, 1]);
  });

  it('looks at nothing after the end of the training, nor at what could still be answered then', async () => {
    const recommendationId = '1.cart.x';
    await store(
      event('impression', ['jam'], at(1), { recommendationId }),
      event('impression', ['tea'], at(2)),
      event('impression', ['mug'], at(3, 1)),
      event('accept', ['jam'], at(10, 1), { recommendationId }),
    );
    await buy('ann', at(6), 'tea');
    expect([...(await read(at(10))).isAccepted]).toEqual([0, 1]);
    expect([...(await read(at(11))).isAccepted]).toEqual([1, 1, 0]);
    // What the training does not know of is not looked at.
    expect([...(await readAnswers(reader, 0, at(10))).isAccepted]).toEqual([0, 0]);
  });
});
