import type { Model } from '../../model/model.ts';
import { categoryItem, nodeOfItem } from '../../taxonomy/levels.ts';
import type { OfferQuestion, Proposed } from '../offer-question.ts';

/** Of each category that rules lead to, so many of the products that sell best. */
const mostOfCategory = 5;

/**
 * Proposes by rules of categories, of products and categories, and of categories and products: for carts that no rule between
 * products is about.
 */
export class CategorySource {
  readonly #model: Model;
  /** By item of the cart or category above it: the rules to follow. */
  readonly #rulesOf = new Map<number, number[]>();
  /** By category that a rule leads to: its products, those that sell best first. */
  readonly #best = new Map<number, Int32Array>();

  constructor(model: Model) {
    this.#model = model;
    const { rules, tests } = model.insights.categories;
    for (let rule = 0; rule < rules.consequent.length; rule++) {
      const { antecedentOffsets, antecedentItems } = rules;
      if (tests.isShown[rule] !== 1 || antecedentOffsets[rule + 1] - antecedentOffsets[rule] !== 1) continue;
      const from = antecedentItems[antecedentOffsets[rule]];
      const known = this.#rulesOf.get(from);
      if (known) known.push(rule);
      else this.#rulesOf.set(from, [rule]);
    }
  }

  /** Each item once, by the rule that makes it likeliest; in no order. */
  propose({ cart, memory, admits }: OfferQuestion): Proposed[] {
    if (this.#rulesOf.size === 0) return [];
    const { rules } = this.#model.insights.categories;
    const best = new Map<number, Proposed>();
    for (const from of cart) {
      for (const source of this.#aboveOf(from)) {
        for (const rule of this.#rulesOf.get(source) ?? []) {
          const confidence = rules.supportCount[rule] / rules.antecedentCount[rule];
          for (const [item, share] of this.#productsOf(rules.consequent[rule])) {
            const probability = confidence * share;
            if ((best.get(item)?.probability ?? 0) >= probability || memory?.owns(item) || !admits(item))
              continue;
            const cause = { by: 'category', from, confidence } as const;
            best.set(item, { item, kind: 'cross-sell', probability, cause });
          }
        }
      }
    }
    return [...best.values()];
  }

  /** An item and the categories above it, as items of rules. */
  *#aboveOf(item: number): Generator<number> {
    const { tree } = this.#model.insights.categories;
    yield item;
    for (let node = tree.productNodes[item] ?? -1; node >= 0; node = tree.parents[node])
      yield categoryItem(tree, node);
  }

  /** What an item of rules stands for: a product, or the best of a category, each with its share of the category's baskets. */
  *#productsOf(item: number): Generator<[item: number, share: number]> {
    const { itemCounts, insights } = this.#model;
    const { tree, nodeCounts } = insights.categories;
    const node = nodeOfItem(tree, item);
    if (item < tree.productNodes.length) {
      yield [item, 1];
      return;
    }
    for (const product of this.#bestOf(node)) yield [product, itemCounts[product] / nodeCounts[node]];
  }

  #bestOf(node: number): Int32Array {
    const known = this.#best.get(node);
    if (known) return known;
    const { itemCounts, insights } = this.#model;
    const { productNodes, parents } = insights.categories.tree;
    const isUnder = (product: number): boolean => {
      let above = productNodes[product];
      while (above > node) above = parents[above];
      return above === node;
    };
    const products = itemCounts.map((_, product) => product).filter(isUnder);
    const best = products.sort((a, b) => itemCounts[b] - itemCounts[a] || a - b).slice(0, mostOfCategory);
    this.#best.set(node, best);
    return best;
  }
}
