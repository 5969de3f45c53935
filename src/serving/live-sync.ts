import { type Change, listenToChanges } from '../../db/changes.ts';
import type { Database } from '../../db/database.ts';
import { isUnavailable } from '../../db/errors.ts';
import { attributesOf, customersWith } from '../../db/queries/customer-attributes.ts';
import { forgottenMark } from '../../db/queries/forgotten.ts';
import { activeVersion, readModelBytes } from '../../db/queries/models.ts';
import { ordersAfter } from '../../db/queries/orders.ts';
import { changedPlacements } from '../../db/queries/placements.ts';
import { allPolicies } from '../../db/queries/policies.ts';
import { allProducts, productsByCode } from '../../db/queries/products.ts';
import { latestEventIds, recentEvents } from '../../db/queries/recent-events.ts';
import { decodeModel } from '../model/model.ts';
import { activityTypes } from '../offers/activity.ts';
import { activityKept, deedsOfAllKept } from '../offers/activity-book.ts';
import type { LiveShop } from './live-shop.ts';
import { loadWording } from './load-wording.ts';

/** How long to wait when the database could not be reached, before everything is loaded again. */
const retryMs = 1000;

/** Keeps a live shop equal to the database, whichever process changes it. */
export class LiveSync {
  readonly #database: Database;
  readonly #shop: LiveShop;
  readonly #onError: (error: unknown) => void;
  readonly #origin: string;
  /** Changes are applied one after another, in the order they came. */
  #applied: Promise<void> = Promise.resolve();
  #stopListening: () => Promise<void> = async () => undefined;
  #stopped = false;
  /** Who was forgotten when everything was last loaded. */
  #forgotten: string | undefined;
  #retry: NodeJS.Timeout | undefined;

  /**
   * @param origin names this process: it need not hear of events that it has stored itself
   * @param onError told when a change could not be read; the shop then goes on with what it has
   */
  constructor(database: Database, shop: LiveShop, origin: string, onError: (error: unknown) => void) {
    this.#database = database;
    this.#shop = shop;
    this.#origin = origin;
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

  /** Takes in policies and settings of placements now, without waiting to be told of them. Never rejects. */
  refreshPolicies(): Promise<void> {
    return this.#follow(() => this.#loadPolicies());
  }

  /** Takes in the words of reasons now, without waiting to be told of them. Never rejects. */
  refreshWording(): Promise<void> {
    return this.#follow(() => loadWording(this.#database, this.#shop.wording));
  }

  /** Takes in customers' attributes now, without waiting to be told of them. Never rejects. */
  async refreshCustomers(codes: readonly string[]): Promise<void> {
    // Most shops ask about no attribute: then nobody waits for what else is being loaded.
    if (this.#shop.policies.attributes.length > 0) await this.#follow(() => this.#loadCustomers(codes));
  }

  /** Forgets a customer now, without waiting to be told of it. Never rejects. */
  forgetCustomer(code: string): Promise<void> {
    return this.#follow(async () => this.#shop.forgetCustomer(code));
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
    const forgotten = await forgottenMark(this.#database);
    const isNews = this.#forgotten !== undefined && this.#forgotten !== forgotten;
    // Nobody said who was forgotten while nobody listened.
    if (isNews) this.#shop.forgetCustomers();
    await this.#loadModelAndOrders(isNews);
    this.#forgotten = forgotten;
    // Whoever lost an attribute while nobody listened is not among those who have it.
    this.#shop.policies.forgetCustomers();
    await this.#loadPolicies();
    await loadWording(this.#database, this.#shop.wording);
    await this.#loadEvents(await latestEventIds(this.#database, deedsOfAllKept));
  }

  /** @param isRewritten whether the model in service may have changed in the database */
  async #loadModelAndOrders(isRewritten = false): Promise<void> {
    const version = await activeVersion(this.#database);
    if (version !== undefined && (isRewritten || version !== this.#shop.served?.version)) {
      this.#shop.serve(version, decodeModel(await readModelBytes(this.#database, version)));
    }
    await this.#loadOrders(this.#shop.served?.recommender.model.meta.lastOrderId ?? 0);
  }

  async #loadOrders(afterId: number): Promise<void> {
    for (const order of await ordersAfter(this.#database, afterId)) this.#shop.addOrder(order);
  }

  async #loadEvents(ids: { afterId: number; lastId: number }): Promise<void> {
    const wanted = { ...ids, kinds: activityTypes, within: activityKept };
    for await (const events of recentEvents(this.#database, wanted))
      for (const event of events) this.#shop.addEvent(event);
  }

  async #loadPolicies(): Promise<void> {
    const { policies } = this.#shop;
    const stored = await allPolicies(this.#database);
    const changed = Object.entries(await changedPlacements(this.#database));
    const asked = policies.put(
      stored.map(({ policy }) => policy),
      Object.fromEntries(changed.map(([name, { settings }]) => [name, settings])),
    );
    await this.#loadCustomersWith(asked);
  }

  async #loadCustomersWith(attributes: readonly string[]): Promise<void> {
    for await (const customers of customersWith(this.#database, attributes))
      this.#shop.policies.putCustomers(customers);
  }

  async #loadCustomers(codes: readonly string[]): Promise<void> {
    const { policies } = this.#shop;
    if (policies.attributes.length > 0) policies.putCustomers(await attributesOf(this.#database, codes));
  }

  async #apply(change: Change): Promise<void> {
    if (change.kind === 'products') {
      this.#shop.putProducts(await productsByCode(this.#database, change.codes));
    } else if (change.kind === 'orders') {
      await this.#loadOrders(change.afterId);
    } else if (change.kind === 'events') {
      if (change.origin !== this.#origin) await this.#loadEvents(change);
    } else if (change.kind === 'policies') {
      await this.#loadPolicies();
    } else if (change.kind === 'explanations') {
      await loadWording(this.#database, this.#shop.wording);
    } else if (change.kind === 'forgotten') {
      for (const code of change.codes) this.#shop.forgetCustomer(code);
    } else if (change.kind === 'customers') {
      await this.#loadCustomers(change.codes);
    } else {
      await this.#loadModelAndOrders();
      // Imports change customers too, and say nothing of it.
      await this.#loadCustomersWith(this.#shop.policies.attributes);
    }
  }
}
