import { overPriceWords, priceSignsOf } from '../../churn/outlook/price-signs.ts';
import { unservable } from '../catalogue.ts';
import { type OfferKind, offerKinds } from '../offer-kinds.ts';
import type { Substitutes } from '../substitutes.ts';
import type { ActivePolicies } from './active-policies.ts';
import type { Candidate } from './candidate.ts';
import type { ChoiceContext } from './choice-context.ts';
import { ItemBars } from './item-bars.ts';
import { daysAfter, daysBefore, isWithin } from './offer-activity.ts';
import { type ProductColumns, productFlags } from './product-columns.ts';
import { type RemovalDetails, type RemovalReason, removalCode, removalReasons } from './removal.ts';

/** Money has four decimals, and its sums and shares are not exact. */
const slack = 1e-9;

/** Finds what keeps a candidate out of a request by itself, whatever else is offered. */
export class Screen {
  readonly bars: ItemBars;
  #context!: ChoiceContext;
  #products!: ProductColumns;
  #policies!: ActivePolicies;
  #kinds: readonly OfferKind[] = [];
  /** The bounds that a price must keep; infinite where there are none. */
  #leastPrice = 0;
  #mostPrice = 0;
  /** The bound that holds for what an offer adds to the bill. */
  #mostAdded = 0;
  #isPriceLimited = false;
  #isMarginLimited = false;
  /** Whether up-sells are for those alone who do not leave over price. */
  #isPriceSpared = false;
  /** For all candidates alike; 0 for none. */
  #general = 0;
  #room = 0;

  constructor(substitutes: Substitutes) {
    this.bars = new ItemBars(substitutes);
  }

  /** @param policies that have begun the same request */
  begin(context: ChoiceContext, products: ProductColumns, policies: ActivePolicies): void {
    const { settings, now, activity, cart, cartValue, excluded, kinds } = context;
    this.#context = context;
    this.#products = products;
    this.#policies = policies;
    this.#kinds = offerKinds.filter(
      (kind) => (settings.kinds[kind] ?? 0) > 0 && (kinds === undefined || kinds.includes(kind)),
    );
    const { minPrice, maxPrice, maxCartShare } = settings;
    const hasCart = maxCartShare !== null && cartValue !== null && cartValue > 0;
    this.#mostAdded = hasCart ? maxCartShare * cartValue + slack : Number.POSITIVE_INFINITY;
    this.#leastPrice = minPrice ?? Number.NEGATIVE_INFINITY;
    this.#mostPrice = maxPrice ?? Number.POSITIVE_INFINITY;
    this.#isPriceLimited = minPrice !== null || maxPrice !== null || hasCart;
    this.#isMarginLimited = settings.minMargin !== null || settings.minMarginShare !== null;
    this.#isPriceSpared = settings.spareLeavingOverPrice && context.leavingOverPrice !== 0;
    const complaint = activity?.lastComplaint;
    const isQuiet = complaint !== undefined && isWithin(complaint, now, settings.quietDays);
    this.#room = roomOf(context);
    const isFull = this.#room === 0 ? removalCode['customer-limit'] : 0;
    this.#general = isQuiet ? removalCode['quiet-time'] : isFull;
    this.bars.begin();
    for (const item of cart) this.bars.bar(item, removalCode['in-cart'], item);
    for (const item of excluded) this.bars.bar(item, removalCode.excluded, item);
    for (const item of cart) this.bars.barSubstitutes(item, removalCode['substitute-in-cart']);
  }

  /** How many offers the customer may still be shown here; may be infinite. */
  get room(): number {
    return this.#room;
  }

  /** What keeps a candidate out, whose product the columns know, in `removalCode`; 0 for nothing. */
  codeOf(candidate: Candidate): number {
    if (this.#general !== 0) return this.#general;
    const { item } = candidate;
    const flags = this.#products.flags[item];
    if ((flags & productFlags.unservable) !== 0) return removalCode.unservable;
    const barred = this.bars.codeOf(item);
    if (barred !== 0 && !isInPlaceOf(candidate, barred)) return barred;
    if ((flags & productFlags.hasPolicies) !== 0 && this.#policies.isHidden(this.#products.policies[item]))
      return removalCode.hidden;
    if (!this.#takes(candidate.kind)) return removalCode.kind;
    if (this.#context.owns(item) && !this.#isConsumable(item, flags)) return removalCode.owned;
    if (this.#isPriceLimited && !this.#hasPrice(candidate)) return removalCode.price;
    if (this.#isMarginLimited && !this.#hasMargin(item)) return removalCode.margin;
    if (this.#isPriceSpared && candidate.kind === 'up-sell' && (flags & productFlags.promoted) === 0)
      return removalCode['leaving-over-price'];
    return this.#context.activity === undefined ? 0 : this.#seenCode(candidate.product.code);
  }

  /** The figures behind a reason that this or the choice gave. */
  detailsOf({ item, product, kind, added }: Candidate, code: number): RemovalDetails {
    const { settings, activity } = this.#context;
    const reason: RemovalReason = removalReasons[code - 1];
    switch (reason) {
      case 'quiet-time': {
        const complainedAt = activity!.lastComplaint!;
        return {
          complainedAt: new Date(complainedAt).toISOString(),
          until: new Date(daysAfter(complainedAt, settings.quietDays)).toISOString(),
        };
      }
      case 'customer-limit':
        return { most: settings.customerLimit, days: settings.customerDays };
      case 'unservable':
        return { why: unservable(product) };
      case 'substitute-in-cart':
      case 'substitute-offered':
        return { ofItem: this.bars.causeOf(item) };
      case 'hidden':
        return {
          policies: this.#policies.idsOf(this.#products.policies[item], (action) => action === 'hide'),
        };
      case 'kind':
        return { kind, taken: this.#kinds };
      case 'owned':
        return { repeatShare: this.#context.repeatShare(item), consumableShare: settings.consumableShare };
      case 'price':
        return {
          price: product.price,
          least: finite(this.#leastPrice),
          most: finite(this.#mostPrice),
          adds: added ?? product.price,
          mostAdded: finite(this.#mostAdded),
        };
      case 'margin':
        return { margin: finite(this.#products.margins[item]), least: finite(this.#leastMargin(item)) };
      case 'leaving-over-price': {
        const { leavingOverPrice } = this.#context;
        return { because: priceSignsOf(leavingOverPrice), words: overPriceWords(leavingOverPrice) };
      }
      case 'dismissed':
        return {
          dismissedAt: new Date(activity!.dismissedAt(product.code)!).toISOString(),
          days: settings.dismissedDays,
        };
      case 'repeat-limit':
        return { most: settings.repeatLimit, days: settings.repeatDays };
      case 'kind-share':
        return { kind, share: settings.kinds[kind] };
      case 'category-limit':
        return { most: settings.maxPerCategory, level: settings.categoryLevel };
      default:
        return {};
    }
  }

  #takes(kind: OfferKind): boolean {
    const kinds = this.#kinds;
    for (let i = 0; i < kinds.length; i++) if (kinds[i] === kind) return true;
    return false;
  }

  #isConsumable(item: number, flags: number): boolean {
    if (
      (flags & productFlags.hasPolicies) !== 0 &&
      this.#policies.isConsumable(this.#products.policies[item])
    )
      return true;
    if ((flags & (productFlags.consumable | productFlags.lasting)) !== 0)
      return (flags & productFlags.consumable) !== 0;
    return this.#context.repeatShare(item) >= this.#context.settings.consumableShare;
  }

  #hasPrice({ item, added }: Candidate): boolean {
    const price = this.#products.prices[item];
    if (Number.isNaN(price)) return this.#context.settings.unknownPrices === 'offer';
    return price >= this.#leastPrice && price <= this.#mostPrice && (added ?? price) <= this.#mostAdded;
  }

  #hasMargin(item: number): boolean {
    const margin = this.#products.margins[item];
    if (Number.isNaN(margin)) return this.#context.settings.unknownCosts === 'offer';
    return margin >= this.#leastMargin(item) - slack;
  }

  /** The margin that a product must have; −∞ without a limit. */
  #leastMargin(item: number): number {
    const { minMargin, minMarginShare } = this.#context.settings;
    const least = minMargin ?? Number.NEGATIVE_INFINITY;
    const price = this.#products.prices[item];
    return minMarginShare === null || Number.isNaN(price) ? least : Math.max(least, minMarginShare * price);
  }

  #seenCode(product: string): number {
    const { settings, now } = this.#context;
    const activity = this.#context.activity!;
    const dismissed = activity.dismissedAt(product);
    if (dismissed !== undefined && isWithin(dismissed, now, settings.dismissedDays))
      return removalCode.dismissed;
    const { repeatLimit, repeatDays } = settings;
    if (repeatLimit === null) return 0;
    return activity.impressions(product, daysBefore(now, repeatDays)) >= repeatLimit
      ? removalCode['repeat-limit']
      : 0;
  }
}

function roomOf({ settings, activity, placement, now }: ChoiceContext): number {
  const { customerLimit, customerDays } = settings;
  if (activity === undefined || customerLimit === null) return Number.POSITIVE_INFINITY;
  return Math.max(0, customerLimit - activity.placementImpressions(placement, daysBefore(now, customerDays)));
}

/** What is better than something in the cart does not stand beside it but takes its place. */
export function isInPlaceOf({ kind }: Candidate, code: number): boolean {
  return kind === 'up-sell' && code === removalCode['substitute-in-cart'];
}

const finite = (figure: number): number | null => (Number.isFinite(figure) ? figure : null);
