import type { Model } from '../model/model.ts';
import type { ActivityEvent, CustomerActivity } from '../offers/activity.ts';
import { ActivityBook } from '../offers/activity-book.ts';
import { Assortment } from '../offers/assortment.ts';
import type { Product } from '../offers/catalogue.ts';
import type { Customer } from '../offers/customer-memory.ts';
import type { Placement } from '../offers/placements.ts';
import { Reasons } from '../offers/reason.ts';
import { Recommender } from '../offers/recommender.ts';
import { UpgradeFinder } from '../offers/upgrades/upgrade-finder.ts';
import type { MakeScorer } from '../ranking/row-scorer.ts';
import type { RuleBrowser } from '../rules/browse.ts';
import { ChurnBook } from './churn-book.ts';
import { CustomerBook } from './customer-book.ts';
import { LivePolicies } from './live-policies.ts';
import { LiveWording } from './live-wording.ts';
import { type RecentOrder, RecentOrders } from './recent-orders.ts';
import { RuleBook } from './rule-book.ts';

const msPerMinute = 60_000;

/** One model in service. */
export interface ServedModel {
  readonly version: number;
  readonly model: Model;
  /** The live catalogue by the model's item numbers. */
  readonly assortment: Assortment;
  readonly recommender: Recommender;
  readonly upgrades: UpgradeFinder;
  readonly reasons: Reasons;
  readonly rules: RuleBrowser;
  /** The same rules, and what is known of them. */
  readonly book: RuleBook;
  /** Null where nobody has studied the customers. */
  readonly customers: CustomerBook | null;
  /** Null where nobody has studied who leaves. */
  readonly churn: ChurnBook | null;
}

/**
 * What the request path reads, all in memory: the model, the live catalogue, the shop's policies, the orders that came since, and
 * what customers did lately.
 * Changes come in through its methods; whoever calls them has stored them already.
 */
export class LiveShop {
  readonly policies = new LivePolicies();
  readonly wording = new LiveWording();
  readonly #products = new Map<string, Product>();
  readonly #recent = new RecentOrders();
  readonly #activity = new ActivityBook();
  readonly #makeScorer: MakeScorer | undefined;
  #served: ServedModel | undefined;
  /** Whoever pages through the rules of the model that was in service before goes on in them. */
  #previousBook: RuleBook | undefined;
  #previousCustomers: CustomerBook | null = null;
  #catalogueVersion = 0;
  /** How often customers were forgotten. */
  #forgotten = 0;

  /** @param makeScorer what scores by learnt trees; plain code by default */
  constructor(makeScorer?: MakeScorer) {
    this.#makeScorer = makeScorer;
  }

  get served(): ServedModel | undefined {
    return this.#served;
  }

  /** The rules of the model in service, or of the one before it; undefined for any other version. */
  bookOf(version: number): RuleBook | undefined {
    return [this.#served?.book, this.#previousBook].find((book) => book?.version === version);
  }

  /** The customers of the model in service, or of the one before it, where they were studied. */
  customersOf(version: number): CustomerBook | undefined {
    const books = [this.#served?.customers, this.#previousCustomers];
    return books.find((book) => book?.version === version) ?? undefined;
  }

  /** Changes whenever a product does. */
  get catalogueVersion(): number {
    return this.#catalogueVersion;
  }

  product(code: string): Product | undefined {
    return this.#products.get(code);
  }

  /** Puts a model into service; the next request sees it. Orders it knows need not be kept any longer. */
  serve(version: number, model: Model): void {
    const assortment = new Assortment(model.itemCodes, this.#products.values());
    const upgrades = new UpgradeFinder(model, assortment);
    upgrades.prepare();
    const book = new RuleBook(version, model);
    // The same model again was read anew for customers who were forgotten, and they are in what was read before.
    if (version !== this.#served?.version) {
      this.#previousBook = this.#served?.book;
      this.#previousCustomers = this.#served?.customers ?? null;
    }
    this.#served = {
      version,
      model,
      assortment,
      recommender: new Recommender(model, assortment, upgrades, this.#makeScorer),
      upgrades,
      reasons: new Reasons(model, assortment),
      rules: book.rules,
      book,
      customers: model.customers && new CustomerBook(version, model, model.customers),
      churn:
        model.churn &&
        model.customers &&
        new ChurnBook(version, model.customerCodes, model.churn, model.customers),
    };
    this.policies.serve(this.#served.customers);
    this.#recent.forget(model.meta.lastOrderId);
  }

  putProducts(products: Iterable<Product>): void {
    for (const product of products) {
      this.#catalogueVersion++;
      this.#products.set(product.code, product);
      this.#served?.assortment.put(product);
    }
  }

  /** Adds an order; one that is known already is ignored. */
  addOrder(order: RecentOrder): void {
    if (order.id <= (this.#served?.recommender.model.meta.lastOrderId ?? -1)) return;
    this.#recent.add(order);
  }

  /** Adds an event of a customer; one that is known already, or that offers need not know, is ignored. */
  addEvent(event: ActivityEvent): void {
    this.#activity.add(event);
  }

  /** Forgets a customer at once: for all that is asked from now on there never was one of this id. */
  forgetCustomer(code: string): void {
    this.#forgotten++;
    this.#served?.model.customerCodes.remove(code);
    for (const book of [this.#served?.customers, this.#previousCustomers]) book?.forgetCustomer(code);
    this.#served?.recommender.forgetCustomer(code);
    this.#recent.forgetCustomer(code);
    this.#activity.forgetCustomer(code);
    this.policies.putCustomers([{ code, attributes: {} }]);
  }

  /** Forgets what customers did lately and the model before, where it is not known who is to be forgotten; whoever calls loads anew. */
  forgetCustomers(): void {
    this.#forgotten++;
    this.#previousCustomers = null;
    this.#recent.forgetCustomer();
    this.#activity.forgetCustomer();
  }

  /** What a customer did lately, and what was shown to one. */
  activity(customer: string): CustomerActivity {
    return this.#activity.of(customer);
  }

  /**
   * What offers rest on besides the question itself, at a time: where all of these are the same, so are the offers, but for what a
   * minute changes.
   *
   * @param customer undefined for a guest
   */
  stateOf(customer: string | undefined, placement: Placement, now: number): readonly unknown[] {
    const { policies } = this;
    return [
      this.#served,
      this.#catalogueVersion,
      this.wording.version,
      policies.version,
      policies.book.window(placement, now),
      customer === undefined ? undefined : this.#activity.of(customer).revision,
      customer === undefined ? undefined : this.#recent.of(customer),
      Math.floor(now / msPerMinute),
      this.#forgotten,
    ];
  }

  /** Who bought a product since the model in service was trained. */
  buyersSince(product: string): string[] {
    return this.#recent.buyersOf(product);
  }

  customer(code: string): Customer {
    return { code, recentPurchases: this.#recent.productsOf(code) };
  }
}
