import { valueText } from '../terms/attribute-terms.ts';
import type { Quantity } from '../terms/quantities.ts';
import type { CatalogueTerms } from './catalogue-terms.ts';
import type { Likeness, QuantityChange } from './upgrade.ts';

/**
 * How alike two products are: the weight of what both say over that of what either says (Jaccard's coefficient, weighted by
 * rarity). Words and categories are the same or not; of a quantity its unit counts, unless it is less on the right: then it is
 * not the same need met better. Attributes count where both have them; those that measure count where they are equal, as a
 * difference there is what tiers are about.
 *
 * @param from, to item numbers
 * @returns undefined where no word, unit or attribute is common to both
 */
export function likeness(catalogue: CatalogueTerms, from: number, to: number): Likeness | undefined {
  const [left, right] = [catalogue.terms[from], catalogue.terms[to]];
  const grows: QuantityChange[] = [];
  const shrinks: QuantityChange[] = [];
  let shared = 0;
  let total = 0;
  let hasCommon = false;
  const count = (weight: number, isShared: boolean): void => {
    total += weight;
    if (!isShared) return;
    shared += weight;
    hasCommon ||= weight > 0;
  };
  const compare = (what: string, a: number, b: number): void => {
    if (a !== b) (b > a ? grows : shrinks).push({ what, from: a, to: b });
  };

  for (const word of left.words) count(catalogue.wordWeight(word), right.words.includes(word));
  for (const word of right.words) if (!left.words.includes(word)) count(catalogue.wordWeight(word), false);
  for (const [unit, value] of left.quantities) {
    const other = right.quantities.get(unit);
    count(catalogue.unitWeight(unit), other !== undefined && other >= value);
    if (other !== undefined) compare(unit, value, other);
  }
  for (const unit of right.quantities.keys())
    if (!left.quantities.has(unit)) count(catalogue.unitWeight(unit), false);
  for (const [name, value] of left.attributes) {
    const other = right.attributes.get(name);
    if (!other || !catalogue.isTelling(name)) continue;
    const [a, b] = [valueText(value), valueText(other)];
    if (a === b) count(catalogue.valueWeight(name, a), true);
    else if (value.unit !== undefined && other.unit === value.unit)
      compare(name, value.value, (other as Quantity).value);
    else count((catalogue.valueWeight(name, a) + catalogue.valueWeight(name, b)) / 2, false);
  }
  if (!hasCommon) return undefined;
  if (left.category !== '' && left.category === right.category)
    count(catalogue.categoryWeight(left.category), true);
  return { alikeness: total > 0 ? shared / total : 0, grows, shrinks };
}
