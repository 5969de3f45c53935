import type { RuleColumns } from '../rules/rule-columns.ts';
import type { RuleIndex } from './rule-index.ts';

/** What a rule is worth when bought items fire it, against 1 when the cart does. */
const historyWeight = 0.5;

/**
 * Gathers what rules propose for one request. It keeps one set of work arrays for all requests, so that a
 * request allocates nothing that grows with the catalogue; requests are answered one after another, never at
 * the same time.
 */
export class Candidates {
  readonly #index: RuleIndex;
  /** Which items the rules may start from in this request: `#stamp` marks them. */
  readonly #context: Int32Array;
  readonly #scores: Float64Array;
  readonly #bestRule: Int32Array;
  readonly #scored: Int32Array;
  #stamp = 0;
  /** The items that a rule proposes. */
  readonly items: number[] = [];

  constructor(index: RuleIndex, itemCount: number) {
    this.#index = index;
    this.#context = new Int32Array(itemCount);
    this.#scores = new Float64Array(itemCount);
    this.#bestRule = new Int32Array(itemCount);
    this.#scored = new Int32Array(itemCount);
  }

  get rules(): RuleColumns {
    return this.#index.rules;
  }

  /**
   * Starts a request: rules fired by the cart count in full, those that need bought items as well count half.
   *
   * @param cart item numbers, each once
   * @param history item numbers, none of the cart's
   */
  gather(cart: readonly number[], history: readonly number[]): void {
    this.#stamp++;
    this.items.length = 0;
    for (const item of cart) this.#context[item] = this.#stamp;
    this.#fire(cart, 1);
    if (history.length === 0) return;
    for (const item of history) this.#context[item] = this.#stamp;
    // Cart rules come again here, with the lower weight, and lose to their first score.
    this.#fire([...cart, ...history], historyWeight);
  }

  /** Between 0 and 1: the confidence of the best rule, weighted. */
  score(item: number): number {
    return this.#scores[item];
  }

  bestRule(item: number): number {
    return this.#bestRule[item];
  }

  #fire(items: readonly number[], weight: number): void {
    const { consequent, supportCount, antecedentCount } = this.#index.rules;
    const stamp = this.#stamp;
    this.#index.fired(
      items,
      (item) => this.#context[item] === stamp,
      (rule) => {
        const item = consequent[rule];
        if (this.#context[item] === stamp) return;
        const score = (weight * supportCount[rule]) / antecedentCount[rule];
        if (this.#scored[item] !== stamp) {
          this.#scored[item] = stamp;
          this.items.push(item);
        } else if (this.#scores[item] >= score) return;
        this.#scores[item] = score;
        this.#bestRule[item] = rule;
      },
    );
  }
}
