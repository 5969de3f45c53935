import type { Substitutes } from '../substitutes.ts';
import { ActivePolicies } from './active-policies.ts';
import { BestFirst } from './best-first.ts';
import type { Candidate } from './candidate.ts';
import { CandidateColumns, offered } from './candidate-columns.ts';
import type { Choice, ChosenOffer, SkippedPin } from './choice.ts';
import type { ChoiceContext } from './choice-context.ts';
import type { StoredPin } from './policy.ts';
import type { PolicyBook } from './policy-book.ts';
import { ProductColumns, productFlags } from './product-columns.ts';
import { type Removed, removalCode, removalReasons } from './removal.ts';
import { isInPlaceOf, Screen } from './screen.ts';

/** No share of a list is meant to be one offer more because it has no binary fraction. */
const slack = 1e-9;

/**
 * Chooses offers among scored candidates by the shop's policies and a placement's settings.
 *
 * What may be offered at all is settled first, candidate by candidate. Pins then take their places: a pin moves a product, it
 * permits nothing, so that one which may not be offered, or would exceed a share or limit, is skipped and said. The best of the
 * others fill what is free, each unless its kind or category has its share already or a substitute of it is offered. There are no
 * gaps: with too few offers those that are pinned further down move up.
 *
 * Holds work arrays: one request at a time.
 */
export class OfferChooser<C extends Candidate = Candidate> {
  readonly #columns = new CandidateColumns<C>();
  readonly #screen: Screen;
  readonly #best = new BestFirst((a, b) => this.#columns.isBefore(a, b));
  #products!: ProductColumns;
  #active!: ActivePolicies;
  #book: PolicyBook | undefined;
  #context!: ChoiceContext<C>;
  #limit = 0;
  /** The candidates that are offered, in the order in which they were chosen. */
  #chosen: number[] = [];
  /** Which of them a pin put there, and the policy's id. */
  readonly #pinnedBy = new Map<number, number>();

  /** @param substitutes of the model whose item numbers candidates have */
  constructor(substitutes: Substitutes) {
    this.#screen = new Screen(substitutes);
  }

  /** @param candidates in any order: the same ones in another make the same offers */
  choose(candidates: readonly C[], book: PolicyBook, context: ChoiceContext<C>): Choice<C> {
    const pins = this.#begin(candidates, book, context);
    for (let i = 0; i < candidates.length; i++) this.#examine(i);
    const slots = new Int32Array(this.#limit).fill(-1);
    const skippedPins = pins.length === 0 ? [] : this.#placePins(pins, slots);
    this.#fill(slots);
    this.#settle();
    const offers = this.#offersIn(slots);
    return {
      offers,
      removed: context.explain ? this.#removed() : [],
      skippedPins,
      empty: offers.length > 0 ? undefined : this.#countReasons(),
    };
  }

  /** @returns the pins that hold */
  #begin(candidates: readonly C[], book: PolicyBook, context: ChoiceContext<C>): readonly StoredPin[] {
    if (book !== this.#book) {
      this.#book = book;
      this.#products = new ProductColumns(book);
      this.#active = new ActivePolicies(book);
    }
    this.#context = context;
    this.#columns.begin(candidates);
    this.#chosen = [];
    if (this.#pinnedBy.size > 0) this.#pinnedBy.clear();
    const pins = this.#active.begin(context.placement, context.now, context.segments);
    this.#screen.begin(context, this.#products, this.#active);
    this.#limit = Math.max(0, Math.min(context.limit, this.#screen.room));
    return pins;
  }

  /** Finds what keeps a candidate out by itself, or what it is ranked by. */
  #examine(i: number): void {
    const columns = this.#columns;
    const products = this.#products;
    const candidate = columns.all[i];
    const { item } = candidate;
    products.know(item, candidate.product);
    const code = this.#screen.codeOf(candidate);
    columns.codes[i] = code;
    if (code !== 0) return;
    const isWeighed = (products.flags[item] & productFlags.hasPolicies) !== 0;
    columns.weigh(i, isWeighed ? this.#active.factorOf(products.policies[item]) : 1);
  }

  #placePins(pins: readonly StoredPin[], slots: Int32Array): SkippedPin[] {
    const skipped: SkippedPin[] = [];
    for (const { id: policy, product, position } of pins) {
      const skip = (reason: SkippedPin['reason'], details: SkippedPin['details'] = {}) =>
        skipped.push({ policy, product, position, reason, details });
      const slot = position - 1;
      if (slot >= slots.length) skip('beyond-limit', { limit: slots.length });
      else if (slots[slot] >= 0) skip('position-taken', { by: this.#columns.all[slots[slot]].product.code });
      else {
        const i = this.#pinnable(product);
        const code = i < 0 ? 0 : this.#columns.codes[i] || this.#codeBeside(i);
        if (i < 0) skip('unknown-product');
        else if (code === offered) skip('duplicate');
        else if (code !== 0) skip(removalReasons[code - 1], this.#detailsOf(i, code));
        else {
          slots[slot] = i;
          this.#pinnedBy.set(i, policy);
          this.#take(i);
        }
      }
    }
    return skipped;
  }

  /** The number of a candidate for a product, made for it where there is none; −1 where there is no such product. */
  #pinnable(product: string): number {
    const known = this.#columns.ofItem(this.#products.itemOf(product));
    if (known >= 0) return known;
    const made = this.#context.candidateFor(product);
    if (made === undefined) return -1;
    const i = this.#columns.append(made);
    this.#examine(i);
    return i;
  }

  /** Fills the places that are free with the best that may still be offered. */
  #fill(slots: Int32Array): void {
    const { codes, all } = this.#columns;
    const best = this.#best;
    best.clear(all.length);
    for (let i = 0; i < all.length; i++) if (codes[i] === 0) best.add(i);
    best.order();
    for (let slot = 0; slot < slots.length; slot++) {
      if (slots[slot] >= 0) continue;
      let next = best.take();
      while (next >= 0) {
        codes[next] = this.#codeBeside(next);
        if (codes[next] === 0) break;
        next = best.take();
      }
      if (next < 0) return;
      slots[slot] = next;
      this.#take(next);
    }
  }

  #take(i: number): void {
    const { item } = this.#columns.all[i];
    const { bars } = this.#screen;
    this.#columns.codes[i] = offered;
    this.#chosen.push(i);
    // What may stand in place of something in the cart may not do so twice.
    const over = removalCode['substitute-in-cart'];
    bars.bar(item, removalCode.duplicate, item, over);
    bars.barSubstitutes(item, removalCode['substitute-offered'], over);
  }

  /** What keeps a candidate out because of what is offered already; 0 for nothing. */
  #codeBeside(i: number): number {
    const { all } = this.#columns;
    const { item, kind } = all[i];
    const barred = this.#barredCode(all[i]);
    if (barred !== 0) return barred;
    const { kinds, maxPerCategory, categoryLevel } = this.#context.settings;
    const category = maxPerCategory === null ? -1 : this.#products.categoryAt(item, categoryLevel);
    let ofKind = 0;
    let ofCategory = 0;
    for (const other of this.#chosen) {
      if (all[other].kind === kind) ofKind++;
      if (category >= 0 && this.#products.categoryAt(all[other].item, categoryLevel) === category)
        ofCategory++;
    }
    if (ofKind >= mostOfKind(kinds[kind] ?? 0, this.#limit)) return removalCode['kind-share'];
    return maxPerCategory !== null && ofCategory >= maxPerCategory ? removalCode['category-limit'] : 0;
  }

  #barredCode(candidate: C): number {
    const code = this.#screen.bars.codeOf(candidate.item);
    return isInPlaceOf(candidate, code) ? 0 : code;
  }

  /** Gives those that nobody asked for a reason. */
  #settle(): void {
    const { codes, all } = this.#columns;
    const left = removalCode[this.#limit < this.#context.limit ? 'customer-limit' : 'beyond-limit'];
    for (let i = 0; i < all.length; i++) {
      if (codes[i] === 0) codes[i] = this.#barredCode(all[i]) || left;
    }
  }

  #offersIn(slots: Int32Array): ChosenOffer<C>[] {
    const { all, values, factors } = this.#columns;
    const offers: ChosenOffer<C>[] = [];
    for (let slot = 0; slot < slots.length; slot++) {
      const i = slots[slot];
      if (i < 0) continue;
      offers.push({
        candidate: all[i],
        position: offers.length + 1,
        pinned: this.#pinnedBy.has(i),
        value: values[i],
        factor: factors[i],
        policies: this.#context.explain ? this.#policiesOf(i) : undefined,
      });
    }
    return offers;
  }

  #policiesOf(i: number): number[] {
    const pin = this.#pinnedBy.get(i);
    const weighing = this.#active.idsOf(
      this.#products.policies[this.#columns.all[i].item],
      (action) => action === 'boost' || action === 'bury',
    );
    return pin === undefined ? weighing : [pin, ...weighing];
  }

  #removed(): Removed<C>[] {
    const { all, codes } = this.#columns;
    const removed: Removed<C>[] = [];
    for (const [i, candidate] of all.entries()) {
      const code = codes[i];
      if (code === offered) continue;
      removed.push({ candidate, reason: removalReasons[code - 1], details: this.#detailsOf(i, code) });
    }
    return removed;
  }

  #countReasons(): NonNullable<Choice['empty']> {
    const counts: Partial<Record<Removed['reason'], number>> = {};
    for (let i = 0; i < this.#columns.all.length; i++) {
      const reason = removalReasons[this.#columns.codes[i] - 1];
      counts[reason] = (counts[reason] ?? 0) + 1;
    }
    return counts;
  }

  #detailsOf(i: number, code: number): Removed['details'] {
    return this.#screen.detailsOf(this.#columns.all[i], code);
  }
}

/** How many offers of a list may be of a kind with this share of it. */
export function mostOfKind(share: number, limit: number): number {
  return Math.ceil(share * limit - slack);
}
