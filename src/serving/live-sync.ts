import { type Change, listenToChanges } from '../../db/changes.ts';
import type { Database } from '../../db/database.ts';
import { isUnavailable } from '../../db/errors.ts';
import { activeVersion, readModelBytes } from '../../db/queries/models.ts';
import { ordersAfter } from '../../db/queries/orders.ts';
import { allProducts, productsByCode } from '../../db/queries/products.ts';
import { decodeModel } from '../model/model.ts';
import type { LiveShop } from './live-shop.ts';

/** How long to wait when the database could not be reached, before everything is loaded again. */
const retryMs = 1000;

/** Keeps a live shop equal to the database, whichever process changes it. */
export class LiveSync {
  readonly #database: Database;
  readonly #shop: LiveShop;
  readonly #onError: (error: unknown) => void;
  /** Changes are applied one after another, in the order they came. */
  #applied: Promise<void> = Promise.resolve();
  #stopListening: () => Promise<void> = async () => undefined;
  #stopped = false;
  #retry: NodeJS.Timeout | undefined;

  /** @param onError told when a change could not be read; the shop then goes on with what it has */
  constructor(database: Database, shop: LiveShop, onError: (error: unknown) => void) {
    this.#database = database;
    this.#shop = shop;
    this.#onError = onError;
  }

  /** Loads everything, then follows changes. */
  async start(): Promise<void> {
    // Listening first: what changes while everything is loaded waits its turn and is applied afterwards.
    this.#stopListening = await listenToChanges(
      this.#database,
      (change) => this.#follow(() => this.#apply(change)),
      () => this.#follow(() => this.#loadAll()),
    );
    try {
      await this.#inTurn(() => this.#loadAll());
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Puts the active model into service now, without waiting to be told of it. Never rejects. */
  refreshModel(): Promise<void> {
    return this.#follow(() => this.#loadModelAndOrders());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    await this.#stopListening();
    await this.#applied;
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#applied.then(work);
    this.#applied = turn.catch(() => undefined);
    return turn;
  }

  async #follow(work: () => Promise<void>): Promise<void> {
    try {
      await this.#inTurn(work);
    } catch (error) {
      this.#onError(error);
      if (!isUnavailable(error) || this.#stopped) return;
      clearTimeout(this.#retry);
      this.#retry = setTimeout(() => this.#follow(() => this.#loadAll()), retryMs);
    }
  }

  async #loadAll(): Promise<void> {
    this.#shop.putProducts(await allProducts(this.#database));
    await this.#loadModelAndOrders();
  }

  async #loadModelAndOrders(): Promise<void> {
    const version = await activeVersion(this.#database);
    if (version !== undefined && version !== this.#shop.served?.version) {
      this.#shop.serve(version, decodeModel(await readModelBytes(this.#database, version)));
    }
    await this.#loadOrders(this.#shop.served?.recommender.model.meta.lastOrderId ?? 0);
  }

  async #loadOrders(afterId: number): Promise<void> {
    for (const order of await ordersAfter(this.#database, afterId)) this.#shop.addOrder(order);
  }

  async #apply(change: Change): Promise<void> {
    if (change.kind === 'products') {
      this.#shop.putProducts(await productsByCode(this.#database, change.codes));
    } else if (change.kind === 'orders') {
      await this.#loadOrders(change.afterId);
    } else {
      await this.#loadModelAndOrders();
    }
  }
}
