import fc from 'fast-check';
import { type CategoryTree, treeFromPaths } from '../category-tree.ts';

/** The tree of products with these paths, by product number. */
export function treeOf(...paths: string[][]): CategoryTree {
  const products = paths.map((_, product) => `product ${product}`);
  return treeFromPaths(
    products,
    paths.map((path, product) => ({ product: products[product], path })),
  );
}

/** Any tree over so many products: up to three levels, some products above the last one or without a category. */
export function anyTree(products: number): fc.Arbitrary<CategoryTree> {
  const path = fc.array(fc.constantFrom('a', 'b'), { maxLength: 3 });
  return fc.array(path, { minLength: products, maxLength: products }).map((paths) => treeOf(...paths));
}
