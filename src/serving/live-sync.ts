import { type Change, listenToChanges } from '../../db/changes.ts';
import type { Database } from '../../db/database.ts';
import { activeVersion, readModelBytes } from '../../db/queries/models.ts';
import { ordersAfter } from '../../db/queries/orders.ts';
import { allProducts, productsByCode } from '../../db/queries/products.ts';
import { decodeModel } from '../model/model.ts';
import type { LiveShop } from './live-shop.ts';

/** Keeps a live shop equal to the database, whichever process changes it. */
export class LiveSync {
  readonly #database: Database;
  readonly #shop: LiveShop;
  readonly #onError: (error: unknown) => void;
  /** Changes are applied one after another, in the order they came. */
  #applied: Promise<void> = Promise.resolve();
  #stop: () => Promise<void> = async () => undefined;

  /** @param onError told when a change could not be read; the shop then goes on with what it has */
  constructor(database: Database, shop: LiveShop, onError: (error: unknown) => void) {
    this.#database = database;
    this.#shop = shop;
    this.#onError = onError;
  }

  /** Loads everything, then follows changes. */
  async start(): Promise<void> {
    // Listening first: what changes while loading is applied again afterwards, which does no harm.
    this.#stop = await listenToChanges(
      this.#database,
      (change) => this.#enqueue(() => this.#apply(change)),
      () => this.#enqueue(() => this.#loadAll()),
    );
    await this.#loadAll();
  }

  async stop(): Promise<void> {
    await this.#stop();
    await this.#applied;
  }

  #enqueue(work: () => Promise<void>): void {
    this.#applied = this.#applied.then(work).catch(this.#onError);
  }

  async #loadAll(): Promise<void> {
    this.#shop.putProducts(await allProducts(this.#database));
    await this.#loadActiveModel();
    await this.#loadOrders();
  }

  /** Swaps to the active model if it is not in service yet. */
  async #loadActiveModel(): Promise<void> {
    const version = await activeVersion(this.#database);
    if (version === undefined || version === this.#shop.served?.version) return;
    const model = decodeModel(await readModelBytes(this.#database, version));
    this.#shop.serve(version, model);
  }

  async #loadOrders(afterId = this.#shop.served?.recommender.model.meta.lastOrderId ?? 0): Promise<void> {
    for (const order of await ordersAfter(this.#database, afterId)) this.#shop.addOrder(order);
  }

  async #apply(change: Change): Promise<void> {
    if (change.kind === 'products') {
      this.#shop.putProducts(await productsByCode(this.#database, change.codes));
    } else if (change.kind === 'orders') {
      await this.#loadOrders(change.afterId);
    } else {
      await this.#loadActiveModel();
      await this.#loadOrders();
    }
  }
}
