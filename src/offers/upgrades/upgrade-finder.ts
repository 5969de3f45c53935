import type { Model } from '../../model/model.ts';
import type { Assortment } from '../assortment.ts';
import { isLabel } from '../terms/quantities.ts';
import { CatalogueTerms } from './catalogue-terms.ts';
import { likeness } from './likeness.ts';
import { relationOf } from './pair-relations.ts';
import {
  type CustomerSegments,
  customerSegments,
  isFavour,
  type SegmentFavour,
  segmentFavours,
} from './segment-favour.ts';
import { StepCounter, upShareOf } from './step-counts.ts';
import { defaultRatios, type EmptyReason, type PriceRatios, type Upgrade, type Upgrades } from './upgrade.ts';

export interface UpgradeWish extends Partial<PriceRatios> {
  /** The customer's code: what the segment favours comes first. */
  readonly customer?: string | undefined;
}

/** What an upgrade has in common with the product at least: names alone must say more than names within a category. */
const leastAlike = { inCategory: 0.5, byName: 0.55 };
/** Of the most alike ones so many are held against what customers did, and of these so many kept, some to spare for what is sold out. */
const mostCompared = 24;
const mostKept = 20;
/** Answers remembered, of about 40 upgrades each at most. */
const answersKept = 20_000;

/** An upgrade but for what changes from one request to the next. */
interface Found extends Omit<Upgrade, 'product' | 'customerSegment' | 'favouredBy'> {
  /** What the segments make of it, once somebody has asked. */
  favours?: readonly SegmentFavour[];
}

/** An upgrade as offers take it. */
export type LikelyUpgrade = Pick<Upgrade, 'item' | 'steps' | 'probability'>;

interface Answer {
  readonly found: readonly Found[];
  readonly emptyReason: EmptyReason | undefined;
}

/**
 * Finds dearer products for the same need. Made for one model; follows the catalogue product by product. What it needs is worked out
 * when it is first asked or prepared. Answers are remembered by product, for as long as neither a price nor what products say changes.
 */
export class UpgradeFinder {
  readonly #model: Model;
  readonly #assortment: Assortment;
  readonly #counter: StepCounter;
  readonly #segments: CustomerSegments;
  readonly #remembered = new Map<number, Answer>();
  readonly #terms = new CatalogueTerms();
  #version = -1;

  constructor(model: Model, assortment: Assortment) {
    this.#model = model;
    this.#assortment = assortment;
    this.#counter = new StepCounter(model.purchases);
    this.#segments = customerSegments(model);
  }

  /** Reads the catalogue now, so that the first question need not wait for it. */
  prepare(): void {
    this.#currentTerms();
  }

  /**
   * The upgrades of a product that can be sold now: of its narrowest category, or alike by name where it has none; alike in name and
   * attributes; dearer within the ratios; and of a higher tier, not another colour whose price happens to differ.
   *
   * The best first: by the chance that it serves the same need (alikeness), times the chance that it is taken, times the share of
   * those who stepped up and not down; for a customer times the lift of the customer's segment.
   *
   * @param n the most, up to {@link mostKept}
   */
  upgradesOf(code: string, n: number, wish: UpgradeWish = {}): Upgrades {
    const item = this.#assortment.numberOf(code);
    return item < 0 ? { upgrades: [], emptyReason: 'unknown-product' } : this.upgradesOfItem(item, n, wish);
  }

  /** The same by the product's number in the assortment. */
  upgradesOfItem(item: number, n: number, wish: UpgradeWish = {}): Upgrades {
    const answer = this.#answerOf(item, wish);
    if (answer.found.length === 0) return { upgrades: [], emptyReason: answer.emptyReason };
    const segment = this.#segmentOf(wish.customer);
    const upgrades: Upgrade[] = [];
    for (const one of answer.found) {
      const product = this.#assortment.product(one.item);
      if (!product || !this.#assortment.isSellable(one.item)) continue;
      const { favours = this.#favours(item, one.item), ...found } = one;
      one.favours = favours;
      const customerSegment = favours.find((favour) => favour.segment === segment);
      upgrades.push({ ...found, product, favouredBy: favours.find(isFavour), customerSegment });
    }
    if (segment !== undefined) upgrades.sort((a, b) => worth(b) - worth(a));
    return {
      upgrades: upgrades.slice(0, n),
      emptyReason: upgrades.length === 0 ? 'none-on-sale' : undefined,
    };
  }

  /** The same within the usual ratios and for nobody in particular, with what offers go by alone; the best first. */
  likelyOf(item: number, n: number): LikelyUpgrade[] {
    const likely: LikelyUpgrade[] = [];
    for (const found of this.#answerOf(item, defaultRatios).found) {
      if (likely.length === n) break;
      if (this.#assortment.isSellable(found.item)) likely.push(found);
    }
    return likely;
  }

  #answerOf(
    item: number,
    { leastRatio = defaultRatios.leastRatio, mostRatio = defaultRatios.mostRatio }: Partial<PriceRatios>,
  ): Answer {
    const terms = this.#currentTerms();
    const isUsual = leastRatio === defaultRatios.leastRatio && mostRatio === defaultRatios.mostRatio;
    const known = isUsual ? this.#remembered.get(item) : undefined;
    const answer = known ?? this.#find(terms, item, { leastRatio, mostRatio });
    if (isUsual && this.#remembered.size < answersKept) this.#remembered.set(item, answer);
    return answer;
  }

  #currentTerms(): CatalogueTerms {
    const { version, size } = this.#assortment;
    if (this.#version === version) return this.#terms;
    const changed = this.#assortment.changedSince(this.#version);
    let isSame = true;
    const put = (item: number): void => {
      if (this.#terms.put(item, this.#assortment.product(item)) !== 'nothing') isSame = false;
    };
    if (changed) changed.forEach(put);
    else for (let item = 0; item < size; item++) put(item);
    if (!isSame) this.#remembered.clear();
    this.#version = version;
    return this.#terms;
  }

  #segmentOf(customer: string | undefined): string | undefined {
    const number = customer === undefined ? -1 : this.#model.customerCodes.indexOf(customer);
    return number < 0 ? undefined : this.#segments.ids[this.#segments.segmentOf[number]];
  }

  #find(terms: CatalogueTerms, from: number, ratios: PriceRatios): Answer {
    const none = (emptyReason: EmptyReason): Answer => ({ found: [], emptyReason });
    const product = terms.products[from];
    if (!product) return none('unknown-product');
    if (product.nonProduct) return none('not-a-product');
    const { price } = product;
    if (price === null || price <= 0) return none('no-price');
    const { words, quantities, attributes, category } = terms.terms[from];
    if (words.length + quantities.size + attributes.size === 0) return none('nothing-to-compare');

    const least = category === '' ? leastAlike.byName : leastAlike.inCategory;
    const alike = terms.near(from).flatMap((item) => {
      const like = likeness(terms, from, item);
      return like && like.alikeness >= least ? [{ item, ...like }] : [];
    });
    if (alike.length === 0) return none('none-alike');
    const dearer = alike.flatMap((one) => {
      const ratio = (terms.products[one.item]?.price ?? 0) / price;
      return ratio >= ratios.leastRatio && ratio <= ratios.mostRatio ? [{ ...one, ratio }] : [];
    });
    if (dearer.length === 0) return none('none-dearer');
    const higher = dearer.flatMap((one) => {
      const relation = relationOf(this.#model.insights.relations, from, one.item);
      const isHigher =
        one.grows.some(({ what }) => !isLabel(what)) ||
        // What is bought beside it is not bought in its place.
        (relation !== 'complement' &&
          (category !== '' ||
            (one.shrinks.length === 0 &&
              isUsuallyDearer(terms.usualRatio(from, one.item), one.ratio, ratios))));
      return isHigher ? [{ ...one, relation }] : [];
    });
    if (higher.length === 0) return none('no-higher-tier');
    const found = higher
      .sort((a, b) => b.alikeness - a.alikeness || a.item - b.item)
      .slice(0, mostCompared)
      .map((one) => ({ ...one, ...this.#taken(from, one.item) }))
      .sort((a, b) => worth(b) - worth(a) || a.item - b.item)
      .slice(0, mostKept);
    return { found, emptyReason: undefined };
  }

  #taken(from: number, to: number): Pick<Found, 'steps' | 'probability' | 'upShare'> {
    const steps = this.#counter.between(this.#known(from), this.#known(to));
    return {
      steps,
      probability: this.#counter.probability(this.#known(to), steps),
      upShare: upShareOf(steps),
    };
  }

  #favours(from: number, to: number): readonly SegmentFavour[] {
    const isKnown = this.#known(from) >= 0 && this.#known(to) >= 0 && this.#segments.ids.length > 0;
    return isKnown ? segmentFavours(this.#counter, this.#segments, from, to) : [];
  }

  /** The number in the model: −1 for what came after it. */
  #known(item: number): number {
    return item < this.#assortment.known ? item : -1;
  }
}

/**
 * Whether such names usually cost more, and not so much more that it is another kind of thing. They must tell half of the
 * difference in price, as logarithms: what they do not tell is no tier but a price that happens to differ.
 */
function isUsuallyDearer(usual: number, ratio: number, { leastRatio, mostRatio }: PriceRatios): boolean {
  return usual >= Math.max(leastRatio, Math.sqrt(ratio)) && usual <= mostRatio;
}

function worth({
  alikeness,
  probability,
  upShare,
  customerSegment,
}: Pick<Upgrade, 'alikeness' | 'probability' | 'upShare'> &
  Partial<Pick<Upgrade, 'customerSegment'>>): number {
  return alikeness * probability * upShare * (customerSegment?.lift ?? 1);
}
