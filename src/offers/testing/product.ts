import type { Product } from '../catalogue.ts';

/** A product on sale, but for what is given. */
export function productOf(code: string, given: Partial<Product> = {}): Product {
  return {
    code,
    name: null,
    category: [],
    price: null,
    cost: null,
    stock: null,
    active: true,
    nonProduct: false,
    attributes: {},
    ...given,
  };
}
