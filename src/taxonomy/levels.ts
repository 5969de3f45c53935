import { type BuildOptions, TransactionsBuilder } from '../baskets/builder.ts';
import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { PairwellError } from '../errors.ts';
import { select } from '../mining/condense.ts';
import type { Itemsets } from '../mining/itemsets.ts';
import { type CategoryTree, depthOf, levelCount } from './category-tree.ts';

/** Baskets of categories: their items are nodes of the tree. */
export interface CategoryBaskets {
  /** One for each basket of products, even when nothing is left in it, as every share is a share of all. */
  readonly transactions: Transactions;
  /** How many entries of the product baskets are in no category of that level and were left out. */
  readonly leftOut: number;
}

/**
 * Baskets of products as baskets of the categories at one level (1: the widest), each once. A product that stands above
 * that level, or nowhere, is left out rather than put under its wider category: that would have the name of the whole
 * category and the count of a part. Linear in the baskets.
 *
 * @throws PairwellError `bad-input` for a level that the tree does not have, or a product that it does not know
 */
export function categoryBaskets(
  products: Transactions,
  tree: CategoryTree,
  level: number,
  options: BuildOptions = {},
): CategoryBaskets {
  checkProducts(products, tree);
  if (!(Number.isInteger(level) && level >= 1 && level <= levelCount(tree))) {
    const message = `The categories have ${levelCount(tree)} levels, so there is no level ${level}.`;
    throw new PairwellError('bad-input', message, { level, levels: levelCount(tree) });
  }
  const { offsets, items } = products;
  const nodeOf = nodesOfProducts(tree, level);
  const builder = new TransactionsBuilder();
  let leftOut = 0;
  for (let t = 0; t < transactionCount(products); t++) {
    const nodes: number[] = [];
    for (let at = offsets[t]; at < offsets[t + 1]; at++) {
      const node = nodeOf[items[at]];
      if (node >= 0) nodes.push(node);
      else leftOut++;
    }
    builder.add(nodes);
  }
  return { transactions: { ...builder.build(options), itemCount: tree.names.length }, leftOut };
}

/**
 * Baskets of products with all categories of their products added, so that rules across levels can be mined
 * ("extended transactions": Srikant and Agrawal, "Mining Generalized Association Rules", VLDB 1995). Products keep their
 * numbers, and categories come behind them: see {@link categoryItem}. Many itemsets of such baskets are trivial: see
 * {@link withoutTrivial}. Takes time and memory linear in the baskets times the levels.
 *
 * @throws PairwellError `bad-input` for a product that the tree does not know
 */
export function extendedBaskets(
  products: Transactions,
  tree: CategoryTree,
  options: BuildOptions = {},
): Transactions {
  checkProducts(products, tree);
  const { offsets, items } = products;
  const { parents, productNodes } = tree;
  const builder = new TransactionsBuilder();
  /** The basket that got each node last, plus one: above such a node everything has been added. */
  const lastBasket = new Int32Array(parents.length);
  for (let t = 0; t < transactionCount(products); t++) {
    const basket: number[] = [];
    for (let at = offsets[t]; at < offsets[t + 1]; at++) {
      basket.push(items[at]);
      for (let node = productNodes[items[at]]; node >= 0 && lastBasket[node] <= t; node = parents[node]) {
        lastBasket[node] = t + 1;
        basket.push(categoryItem(tree, node));
      }
    }
    builder.add(basket);
  }
  return { ...builder.build(options), itemCount: productNodes.length + parents.length };
}

/** The item that stands for a category in extended baskets. */
export function categoryItem(tree: CategoryTree, node: number): number {
  return tree.productNodes.length + node;
}

/** The category that an item of extended baskets stands for, -1 when it is a product. */
export function nodeOfItem(tree: CategoryTree, item: number): number {
  return Math.max(-1, item - tree.productNodes.length);
}

/** By item of extended baskets: the item of the category right above it, -1 when there is none. */
export function itemParents(tree: CategoryTree): Int32Array {
  const { productNodes, parents } = tree;
  const above = new Int32Array(productNodes.length + parents.length).fill(-1);
  productNodes.forEach((node, product) => {
    if (node >= 0) above[product] = categoryItem(tree, node);
  });
  parents.forEach((parent, node) => {
    if (parent >= 0) above[categoryItem(tree, node)] = categoryItem(tree, parent);
  });
  return above;
}

/**
 * Whether a set of items, such as all items of a rule, holds an item together with one of its own ancestors. That says
 * nothing: who buys a mug buys kitchenware (Srikant and Agrawal, VLDB 1995).
 *
 * @param parents by item, as {@link itemParents} gives them
 */
export function isTrivial(set: Int32Array, parents: Int32Array): boolean {
  for (let i = 0; i < set.length; i++) {
    for (let above = parents[set[i]]; above >= 0; above = parents[above])
      if (set.includes(above)) return true;
  }
  return false;
}

/**
 * The itemsets that are not trivial. With a set its subsets stay, so that rules can be generated from what is left.
 *
 * @param parents by item, as {@link itemParents} gives them
 */
export function withoutTrivial(itemsets: Itemsets, parents: Int32Array): Itemsets {
  const { offsets, items } = itemsets;
  return select(itemsets, (s) => !isTrivial(items.subarray(offsets[s], offsets[s + 1]), parents));
}

/** What the items of a rule are: products, categories of whatever level, or some of each. */
export type RuleLevel = 'product' | 'category' | 'across';

/** @param set all items of a rule of extended baskets, at least one */
export function levelOfItems(set: Int32Array, { productNodes }: CategoryTree): RuleLevel {
  const isProduct = (item: number): boolean => item < productNodes.length;
  if (set.every(isProduct)) return 'product';
  return set.some(isProduct) ? 'across' : 'category';
}

/** By product: its category at that level, -1 when it has none. */
function nodesOfProducts(tree: CategoryTree, level: number): Int32Array {
  return tree.productNodes.map((lowest) => {
    let node = lowest;
    for (let depth = depthOf(tree, lowest); depth > level; depth--) node = tree.parents[node];
    return node >= tree.levelStarts[level - 1] ? node : -1;
  });
}

function checkProducts({ itemCount }: Transactions, { productNodes }: CategoryTree): void {
  if (itemCount <= productNodes.length) return;
  throw new PairwellError(
    'bad-input',
    `The baskets are of ${itemCount} products, but the category tree knows only ${productNodes.length}.`,
    { itemCount, products: productNodes.length },
  );
}
