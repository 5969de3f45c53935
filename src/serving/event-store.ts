import type { Database } from '../../db/database.ts';
import { isUnavailable } from '../../db/errors.ts';
import { type EventOutcome, type NewEvent, storeEvents } from '../../db/queries/events.ts';
import { Batcher } from './batcher.ts';
import type { LiveShop } from './live-shop.ts';

/** Lines of events in one commit. */
const batchSize = 2000;

/** Lines of events that may wait for theirs. */
const queueSize = 100_000;

/** Stores events, those of requests that come together in one commit, and has the shop take them in. */
export class EventStore {
  readonly #shop: LiveShop;
  readonly #batcher: Batcher<readonly NewEvent[], EventOutcome[]>;

  /** @param origin names this process to the others */
  constructor(database: Database, shop: LiveShop, origin: string) {
    this.#shop = shop;
    this.#batcher = new Batcher({
      work: (requests) => storeTogether(database, requests, origin),
      sizeOf: (events) => events.reduce((lines, { products }) => lines + Math.max(1, products.length), 0),
      batchSize,
      queueSize,
      isGeneral: isUnavailable,
    });
  }

  /**
   * Stores events; on return they are committed, and the next offers know them.
   *
   * @returns one outcome an event
   * @throws PairwellError `busy` when too many are waiting
   */
  async store(events: readonly NewEvent[]): Promise<readonly EventOutcome[]> {
    const outcomes = await this.#batcher.run(events);
    // What was stored before may be news here all the same: its answer may never have arrived.
    for (const { lines } of outcomes) {
      for (const { kind, customer, ...line } of lines)
        if (customer !== null) this.#shop.addEvent({ ...line, type: kind, customer });
    }
    return outcomes;
  }
}

async function storeTogether(
  database: Database,
  requests: readonly (readonly NewEvent[])[],
  origin: string,
): Promise<EventOutcome[][]> {
  const outcomes = await storeEvents(database, requests.flat(), origin);
  let from = 0;
  return requests.map(({ length }) => {
    from += length;
    return outcomes.slice(from - length, from);
  });
}
