import { offsetsOf } from '../baskets/offsets.ts';
import { PairwellError } from '../errors.ts';

/** Categories with the one right above each, which is all that it takes to name them in full. */
export interface NamedNodes {
  /** By node: its own name, which need not be unique; see {@link fullName}. */
  readonly names: readonly string[];
  /** By node: the node above, -1 for the widest categories. */
  readonly parents: ArrayLike<number>;
}

/**
 * Categories as a tree (or several side by side) in flat columns. Nodes are numbered level by level, so parents come
 * before their children, and siblings stand together in the order in which they were first named.
 */
export interface CategoryTree extends NamedNodes {
  readonly parents: Int32Array;
  /** The nodes of level L, 1 being the widest, are `levelStarts[L - 1]` … `levelStarts[L] - 1`; starts at 0. */
  readonly levelStarts: Int32Array;
  /** By product number: the one node it stands at, which may be at any level; -1 without a category. */
  readonly productNodes: Int32Array;
}

/** What a catalogue says of a product. */
export interface ProductCategory {
  readonly product: string;
  /** From the widest category to the narrowest; empty for none. */
  readonly path: readonly string[];
}

export interface CategoryEdge {
  /** A product's code or a category. */
  readonly child: string;
  /** The category that the child stands in; null for one of the widest categories and for a product in none. */
  readonly parent: string | null;
}

/**
 * The tree of category paths: equal names under different parents are different categories. Products without a path
 * have no category; rows about unknown products are passed over.
 *
 * @param products the code of each product, by product number
 * @throws PairwellError `bad-input` for a product with two different paths or a category without a name
 */
export function treeFromPaths(products: readonly string[], rows: Iterable<ProductCategory>): CategoryTree {
  const drafts = new Drafts(products);
  const childrenOf = new Map<number, Map<string, number>>();
  for (const { product, path } of rows) {
    const number = drafts.productNumber(product);
    if (number === undefined || path.length === 0) continue;
    let node = -1;
    for (const name of path) {
      if (name === '') {
        const message = `The product "${product}" is in a category without a name; leave that level out.`;
        throw new PairwellError('bad-input', message, { product, path });
      }
      const children = childrenOf.get(node) ?? new Map<string, number>();
      childrenOf.set(node, children);
      const child = children.get(name) ?? drafts.addNode(name, node);
      children.set(name, child);
      node = child;
    }
    drafts.place(number, node);
  }
  return drafts.build();
}

/**
 * The tree of (child, parent) rows in any order, such as a table of categories beside one of products. A child that is
 * a product's code puts that product into a category; any other child is a category itself, and its name stands for
 * it everywhere. Every category must be the child of a row; the rows of the widest ones have null for a parent.
 *
 * @param products the code of each product, by product number
 * @throws PairwellError `bad-input` for a product or category with two parents, a product with children, a parent that is
 *   no row's child, categories that contain each other, or one without a name
 */
export function treeFromEdges(products: readonly string[], edges: Iterable<CategoryEdge>): CategoryTree {
  const drafts = new Drafts(products);
  const nodes = new Map<string, number>();
  const parentOf = new Map<string, string | null>();
  for (const { child, parent } of edges) {
    if (child === '' || parent === '') {
      const message = `A category over or under "${child || parent}" has no name.`;
      throw new PairwellError('bad-input', message, { child, parent });
    }
    const known = parentOf.get(child);
    if (known !== undefined && known !== parent) {
      const what = drafts.productNumber(child) === undefined ? 'category' : 'product';
      throw inTwo(what, child, known ?? 'none', parent ?? 'none');
    }
    parentOf.set(child, parent);
    if (drafts.productNumber(child) === undefined && !nodes.has(child))
      nodes.set(child, drafts.addNode(child, -1));
  }
  for (const [child, parent] of parentOf) {
    if (parent === null) continue;
    const node = nodes.get(parent);
    if (node === undefined) throw unknownParent(child, parent, drafts.productNumber(parent) !== undefined);
    const product = drafts.productNumber(child);
    if (product === undefined) drafts.parents[nodes.get(child)!] = node;
    else drafts.place(product, node);
  }
  return drafts.build();
}

/** How many levels there are; 0 without categories. */
export function levelCount(tree: CategoryTree): number {
  return tree.levelStarts.length - 1;
}

/** How far below the top a node stands: 1 for the widest categories. */
export function depthOf(tree: CategoryTree, node: number): number {
  let depth = 0;
  for (let at = node; at >= 0; at = tree.parents[at]) depth++;
  return depth;
}

/** The nodes of a level, 1 being the widest; none beyond the last level. */
export function nodesAtLevel({ levelStarts }: CategoryTree, level: number): Int32Array {
  const from = levelStarts[level - 1] ?? 0;
  const to = levelStarts[level] ?? from;
  return Int32Array.from({ length: to - from }, (_, i) => from + i);
}

/** The categories of a product, from the narrowest to the widest; none for a product without a category. */
export function ancestorsOf({ productNodes, parents }: CategoryTree, product: number): number[] {
  const nodes: number[] = [];
  for (let node = productNodes[product] ?? -1; node >= 0; node = parents[node]) nodes.push(node);
  return nodes;
}

/** The names on the way to a node, from the widest category to its own. */
export function pathOf({ names, parents }: NamedNodes, node: number): string[] {
  const path: string[] = [];
  for (let at = node; at >= 0; at = parents[at]) path.push(names[at]);
  return path.reverse();
}

/** Such as `Home > Kitchen > Mugs`. */
export function fullName(tree: NamedNodes, node: number, separator = ' > '): string {
  return pathOf(tree, node).join(separator);
}

/** A tree whose nodes are numbered as they come; -1 stands for no node. */
class Drafts implements NamedNodes {
  readonly names: string[] = [];
  readonly parents: number[] = [];
  readonly #products: readonly string[];
  readonly #numberOf: ReadonlyMap<string, number>;
  readonly #nodeOf: Int32Array;

  constructor(products: readonly string[]) {
    this.#products = products;
    this.#numberOf = new Map(products.map((product, number) => [product, number]));
    this.#nodeOf = new Int32Array(products.length).fill(-1);
  }

  productNumber(product: string): number | undefined {
    return this.#numberOf.get(product);
  }

  addNode(name: string, parent: number): number {
    this.parents.push(parent);
    return this.names.push(name) - 1;
  }

  place(product: number, node: number): void {
    const known = this.#nodeOf[product];
    if (known >= 0 && known !== node)
      throw inTwo('product', this.#products[product], fullName(this, known), fullName(this, node));
    this.#nodeOf[product] = node;
  }

  /** Numbers the nodes level by level: each level lies behind the one before, in the order of its parents. */
  build(): CategoryTree {
    const { names, parents } = this;
    const count = names.length;
    const sizes = new Int32Array(count + 1);
    for (const parent of parents) sizes[parent + 1]++;
    const starts = offsetsOf(sizes);
    const children = new Int32Array(count);
    const next = starts.slice();
    for (let node = 0; node < count; node++) children[next[parents[node] + 1]++] = node;

    const order = new Int32Array(count);
    const numbers = new Int32Array(count);
    let end = 0;
    const append = (parent: number): void => {
      for (let at = starts[parent + 1]; at < starts[parent + 2]; at++) {
        numbers[children[at]] = end;
        order[end++] = children[at];
      }
    };
    append(-1);
    const levelStarts = [0];
    for (let from = 0; from < end; ) {
      const to = end;
      levelStarts.push(to);
      for (; from < to; from++) append(order[from]);
    }
    if (end < count) throw this.#cycle(order.subarray(0, end));
    const renumbered = (node: number): number => (node < 0 ? -1 : numbers[node]);
    return {
      names: Array.from(order, (node) => names[node]),
      parents: order.map((node) => renumbered(parents[node])),
      levelStarts: Int32Array.from(levelStarts),
      productNodes: this.#nodeOf.map(renumbered),
    };
  }

  #cycle(reached: Int32Array): PairwellError {
    const isReached = new Uint8Array(this.names.length);
    for (const node of reached) isReached[node] = 1;
    // Upwards from a node that hangs on no widest category there is no end: after so many steps, it goes in circles.
    let node = isReached.indexOf(0);
    for (let step = 0; step < isReached.length; step++) node = this.parents[node];
    const cycle = [this.names[node]];
    for (let at = this.parents[node]; at !== node; at = this.parents[at]) cycle.push(this.names[at]);
    const shown = [...cycle, cycle[0]].map((name) => `"${name}"`).join(' in ');
    return new PairwellError('bad-input', `Categories contain each other: ${shown}.`, { cycle });
  }
}

function inTwo(what: 'product' | 'category', name: string, one: string, other: string): PairwellError {
  const message = `The ${what} "${name}" is in two categories, "${one}" and "${other}"; it may be in one.`;
  return new PairwellError('bad-input', message, { [what]: name, categories: [one, other] });
}

function unknownParent(child: string, parent: string, isProduct: boolean): PairwellError {
  const message = isProduct
    ? `"${parent}" is a product, so nothing can stand under it, but "${child}" does.`
    : `The category "${parent}", which "${child}" stands in, is unknown: give it a row of its own, with null for its parent if it is one of the widest.`;
  return new PairwellError('bad-input', message, { child, parent });
}
