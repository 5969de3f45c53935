import type { Product } from '../catalogue.ts';
import { type AttributeTerm, attributeTerms } from './attribute-terms.ts';
import { type NameTerms, nameTerms } from './name-terms.ts';

/** All that a product says of itself. */
export interface ProductTerms extends NameTerms {
  readonly attributes: ReadonlyMap<string, AttributeTerm>;
  /** The path of its category as one text; empty for none. */
  readonly category: string;
}

/** Stands in no name of a category or an attribute. */
export const between = '\0';

const nothing: ProductTerms = { words: [], quantities: new Map(), attributes: new Map(), category: '' };

/** None of what is not in the catalogue, or no product. */
export function productTerms(product: Product | undefined): ProductTerms {
  if (!product || product.nonProduct) return nothing;
  const { name, category, attributes } = product;
  return { ...nameTerms(name), attributes: attributeTerms(attributes), category: category.join(between) };
}

/** Whether two states of a product have the same terms. */
export function saysTheSame(one: Product | undefined, other: Product | undefined): boolean {
  if (!one || !other) return one === other;
  return (
    one.nonProduct === other.nonProduct &&
    one.code === other.code &&
    one.name === other.name &&
    one.category.join(between) === other.category.join(between) &&
    JSON.stringify(one.attributes) === JSON.stringify(other.attributes)
  );
}
