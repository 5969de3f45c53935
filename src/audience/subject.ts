import { PairwellError } from '../errors.ts';
import type { AlikeProduct, AlikeProducts } from '../offers/alike/alike-products.ts';
import type { Product } from '../offers/catalogue.ts';

/**
 * What the probabilities of an audience rest on: what was learnt of the product itself, or of products like it, or, where no ranking
 * could be learnt, rules (of the product, or of products like it).
 */
export const bases = ['product', 'alike', 'rules'] as const;
export type Basis = (typeof bases)[number];

/** A product as an audience is sought for it. */
export interface Subject {
  readonly product: Product;
  /** Its number in the model, or −1. */
  readonly item: number;
  /** Known customers who bought it. */
  readonly buyers: number;
  readonly basis: Basis;
  /** Those that stand in for it, the most alike first; none where it stands for itself. */
  readonly alike: readonly AlikeProduct[];
  /** Whose probabilities count, and how much: numbers in the model, and weights whose sum is 1. */
  readonly items: Int32Array;
  readonly weights: Float64Array;
}

/** From so many buyers on a product is ranked by itself, and can stand in for others. */
export const fewestBuyers = 20;

/** What is known of the products of a model. */
export interface KnownProducts {
  readonly numberOf: (code: string) => number;
  /** By item: known customers who bought it. */
  readonly buyers: Int32Array;
  /** Whether a ranking of visits was learnt. */
  readonly isRanked: boolean;
}

/**
 * @param findAlike the products that can stand in, asked for if they are needed
 * @throws PairwellError `conflict` where neither the product nor anything like it was bought by enough customers
 */
export async function subjectOf(
  product: Product,
  { numberOf, buyers: buyersOf, isRanked }: KnownProducts,
  findAlike: () => Promise<AlikeProducts>,
): Promise<Subject> {
  const item = numberOf(product.code);
  const buyers = item < 0 ? 0 : buyersOf[item];
  const itself = {
    ...{ product, item, buyers, alike: [] },
    basis: isRanked ? ('product' as const) : ('rules' as const),
    items: Int32Array.of(item),
    weights: Float64Array.of(1),
  };
  if (buyers >= fewestBuyers) return itself;
  const alike = (await findAlike()).of(product);
  if (alike.length > 0) {
    return {
      ...{ product, item, buyers, alike },
      basis: isRanked ? 'alike' : 'rules',
      items: Int32Array.from(alike, (one) => numberOf(one.product.code)),
      weights: Float64Array.from(alike, ({ weight }) => weight),
    };
  }
  if (buyers > 0) return itself;
  throw new PairwellError(
    'conflict',
    `No known customer bought ${product.code}, and no product that ${fewestBuyers} customers bought is like it. Say more of it: a name, a category, attributes (PUT /v1/products).`,
    { productId: product.code },
  );
}
