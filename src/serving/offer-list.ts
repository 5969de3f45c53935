import { rowsOf } from '../baskets/grouped-rows.ts';
import { decodeModel, type Model } from '../model/model.ts';
import { type CustomerActivity, noActivity } from '../offers/activity.ts';
import { ActivityBook } from '../offers/activity-book.ts';
import { Assortment } from '../offers/assortment.ts';
import type { OfferKind } from '../offers/offer-kinds.ts';
import type { Placement } from '../offers/placements.ts';
import { PolicyBook } from '../offers/policies/policy-book.ts';
import { Reasons } from '../offers/reason.ts';
import { recommendationIdOf } from '../offers/recommendation-id.ts';
import { Recommender } from '../offers/recommender.ts';
import { UpgradeFinder } from '../offers/upgrades/upgrade-finder.ts';
import { Wording } from '../offers/words/wording.ts';
import type { MakeScorer } from '../ranking/row-scorer.ts';
import { DeedReader } from './customer-deeds.ts';
import { RecentOrders } from './recent-orders.ts';
import type { ShopSnapshot } from './shop-snapshot.ts';

/** What is offered to each customer of a list. Plain data, for threads. */
export interface OfferListOrder {
  /** What no other list has: letters, digits, `-` and `_`, 80 of them at most. */
  readonly id: string;
  readonly snapshot: ShopSnapshot;
  readonly placement: Placement;
  /** Offers to one at most; the placement's by default. */
  readonly limit?: number | undefined;
  /** Of the kinds of the placement; all of them by default. */
  readonly kinds?: readonly OfferKind[] | undefined;
  /** A tag of BCP 47: reasons are told in what serves it best, else in the shop's default language. */
  readonly language?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface ListedOffer {
  readonly productId: string;
  readonly position: number;
  readonly kind: OfferKind;
  /** What it was ranked by. */
  readonly score: number;
  /** That it is accepted. */
  readonly probability: number;
  /** The probability before answers were learnt from, where they made another of it: what impressions repeat. */
  readonly chance: number | undefined;
  /** For the customer. */
  readonly reason: string;
  readonly name: string | null;
  readonly price: number | null;
}

/** What is offered to one customer; nothing, where there is nothing to offer. */
export interface CustomerOffers {
  readonly customerId: string;
  /** That events quote. */
  readonly recommendationId: string;
  readonly offers: readonly ListedOffer[];
}

const rounded = (figure: number): number => Math.round(figure * 1e6) / 1e6;

/** Each customer comes once: nothing is kept for the next time. */
const customersKept = 1;

/** Offers to one customer of a model after another, as the API answers for customers without a cart. Holds work arrays. */
export class OfferList {
  readonly language: string;
  readonly #order: OfferListOrder;
  readonly #model: Model;
  readonly #recommender: Recommender;
  readonly #reasons: Reasons;
  readonly #wording: Wording;
  readonly #policies: PolicyBook;
  readonly #deeds: DeedReader;

  /** @throws PairwellError `conflict` for a model that is damaged or of an earlier program */
  constructor(order: OfferListOrder, makeScorer: MakeScorer) {
    const { snapshot, language } = order;
    const { products, policies, wording, deeds } = snapshot;
    const model = decodeModel(snapshot.model);
    const assortment = new Assortment(model.itemCodes, products);
    this.#order = order;
    this.#model = model;
    this.#recommender = new Recommender(
      model,
      assortment,
      new UpgradeFinder(model, assortment),
      makeScorer,
      customersKept,
    );
    this.#reasons = new Reasons(model, assortment);
    this.#wording = new Wording(wording.own, wording.defaultLanguage);
    this.#policies = new PolicyBook(policies);
    this.#deeds = new DeedReader(model.customerCodes, deeds);
    this.language = this.#wording.pick(language, undefined);
  }

  /** @param customer by number in the model */
  of(customer: number): CustomerOffers {
    const { id, snapshot, placement } = this.#order;
    return {
      customerId: this.#codeOf(customer),
      // By the customer, not by a count: whichever thread's turn it is, the id is the same.
      recommendationId: recommendationIdOf(
        { modelVersion: snapshot.version, placement },
        `${id}-${customer}`,
      ),
      offers: this.#offersTo(customer),
    };
  }

  #codeOf(customer: number): string {
    return this.#model.customerCodes.get(customer);
  }

  #offersTo(customer: number): ListedOffer[] {
    const { snapshot, placement, limit, kinds, now } = this.#order;
    const code = this.#codeOf(customer);
    const { offers } = this.#recommender.recommend({
      cart: [],
      customer: { code, recentPurchases: this.#recentPurchases(customer) },
      exclude: [],
      placement,
      settings: snapshot.placements[placement],
      limit,
      kinds,
      now,
      policies: this.#policies,
      segments: this.#segmentsOf(customer),
      activity: this.#activity(customer),
    });
    return offers.map(({ candidate, position, value }) => {
      const { product, kind, probability, chance } = candidate;
      return {
        productId: product.code,
        position,
        kind,
        score: rounded(value),
        probability: rounded(probability),
        chance: chance === probability ? undefined : rounded(chance),
        reason: this.#wording.text(this.#reasons.of(candidate), this.language),
        name: product.name,
        price: product.price,
      };
    });
  }

  #recentPurchases(customer: number): readonly string[] {
    const orders = this.#deeds.ordersOf(customer);
    if (orders.length === 0) return [];
    const recent = new RecentOrders();
    for (const order of orders) recent.add(order);
    return recent.productsOf(this.#codeOf(customer));
  }

  #activity(customer: number): CustomerActivity {
    const events = this.#deeds.eventsOf(customer);
    if (events.length === 0) return noActivity;
    const book = new ActivityBook();
    for (const event of events) book.add(event);
    return book.of(this.#codeOf(customer));
  }

  #segmentsOf(customer: number): ReadonlySet<string> {
    const { segmentIds, segments } = this.#order.snapshot;
    const found = new Set<string>();
    for (const [place] of rowsOf(segments, customer)) found.add(segmentIds[place]);
    return found;
  }
}
