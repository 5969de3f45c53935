import type { FoundItem } from '../rules/formats/compare.ts';
import type { LiveShop } from '../serving/live-shop.ts';
import type { RuleBook } from '../serving/rule-book.ts';
import { ItemViews } from './item-views.ts';

/**
 * Finds the items of a file among those of a model, as an export calls them: products by id, or by name where they have one.
 *
 * @returns for what is no product of the model, a sentence that says why
 */
export function itemFinder(book: RuleBook, shop: LiveShop, byName: boolean): (name: string) => FoundItem {
  const views = new ItemViews(book, shop);
  const products = new Map<string, number>();
  const ambiguous = new Set<string>();
  const categories = new Set<string>();
  for (let item = 0; item < views.size; item++) {
    if (item >= book.itemCodes.size) {
      categories.add(views.get(item));
      continue;
    }
    const called = (byName ? views.nameOf(item) : null) ?? views.get(item);
    if (products.has(called)) ambiguous.add(called);
    products.set(called, item);
  }
  return (name) => {
    const quoted = JSON.stringify(name);
    if (ambiguous.has(name)) return `Two products are called ${quoted}: use ids instead of names.`;
    const item = products.get(name);
    if (item !== undefined) return item;
    if (categories.has(name)) return `${quoted} is a category; only rules between products can be compared.`;
    if (shop.product(name)) return `The product ${quoted} is in no order that the model was trained on.`;
    return byName
      ? `No product of the model is called ${quoted}.`
      : `There is no product with the id ${quoted}; for names of products ask with names=true.`;
  };
}
