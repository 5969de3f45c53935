import type { Model } from '../../model/model.ts';
import { bagsWithBoth } from '../../ranking/pair-lists.ts';
import type { RuleBrowser } from '../../rules/browse.ts';
import type { Assortment } from '../assortment.ts';
import type { Product } from '../catalogue.ts';

/** One attribute of all compared products. */
export interface AttributeRow {
  readonly name: string;
  /** By product; null where it does not have the attribute. */
  readonly values: readonly unknown[];
  readonly differs: boolean;
}

/** What buyers of a product had in the same basket. */
export interface BoughtBeside {
  readonly item: number;
  /** The share of the baskets with the product that had it. */
  readonly share: number;
}

/** A table by which a customer chooses: the product, then its upgrades. */
export interface Comparison {
  readonly attributes: readonly AttributeRow[];
  /** By product, what goes with it best first. */
  readonly alsoBought: readonly (readonly BoughtBeside[])[];
}

/** Where it is read what goes with a product. */
export interface BesideSources {
  readonly model: Pick<Model, 'ranking'>;
  readonly assortment: Assortment;
  /** Asked where the model has no lists of pairs. */
  readonly rules: RuleBrowser;
  /** Whether a rule may be shown now. */
  readonly serves: (rule: number) => boolean;
}

/** How many products are told that go with each. */
const mostBeside = 3;

export function comparison(
  sources: BesideSources,
  product: Product,
  upgrades: readonly { readonly product: Product }[],
): Comparison {
  const products = [product, ...upgrades.map((upgrade) => upgrade.product)];
  const items = products.map(({ code }) => sources.assortment.numberOf(code));
  const compared = new Set(items);
  return {
    attributes: attributeRows(products),
    alsoBought: items.map((item) => boughtBeside(sources, item, compared)),
  };
}

/** Every attribute that any of the products has, those that differ first, else in the order in which they come. */
export function attributeRows(products: readonly Pick<Product, 'attributes'>[]): AttributeRow[] {
  const names = new Set(products.flatMap(({ attributes }) => Object.keys(attributes)));
  const rows = [...names].map((name): AttributeRow => {
    const values = products.map(({ attributes }) =>
      Object.hasOwn(attributes, name) ? (attributes[name] ?? null) : null,
    );
    const differs = new Set(values.map((value) => JSON.stringify(value))).size > 1;
    return { name, values, differs };
  });
  return [...rows.filter(({ differs }) => differs), ...rows.filter(({ differs }) => !differs)];
}

/** What can be sold now and is not compared itself. */
function boughtBeside(
  { model, assortment, rules, serves }: BesideSources,
  item: number,
  compared: ReadonlySet<number>,
): BoughtBeside[] {
  if (item >= assortment.known) return [];
  const beside: BoughtBeside[] = [];
  const isShown = (other: number): boolean =>
    beside.length < mostBeside && !compared.has(other) && assortment.isSellable(other);
  if (model.ranking) {
    const { together } = model.ranking.world;
    for (let pair = together.offsets[item]; pair < together.offsets[item + 1]; pair++) {
      const share = bagsWithBoth(together, item, pair) / together.lefts[item];
      if (isShown(together.items[pair])) beside.push({ item: together.items[pair], share });
    }
  } else {
    for (const rule of rules.pairsFrom(item)) {
      const other = rules.rules.consequent[rule];
      if (isShown(other) && serves(rule))
        beside.push({ item: other, share: rules.measure('confidence', rule) });
    }
  }
  return beside;
}
