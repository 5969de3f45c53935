import type { RuleColumns } from '../rule-columns.ts';

/** Rules with the names of their items: what goes into a file and comes out of one. */
export interface RuleSet {
  readonly rules: RuleColumns;
  /** By item id. Files tell items by their names: no two may have the same. */
  readonly names: readonly string[];
  /** Further measures by name; each has as many entries as there are rules. */
  readonly measures?: ReadonlyMap<string, Float64Array>;
}

/** The antecedent of rule `r`, in the form that `texts` has for its items. */
export function antecedentTexts(
  { antecedentOffsets, antecedentItems }: RuleColumns,
  r: number,
  texts: readonly string[],
): string[] {
  const parts: string[] = [];
  for (let at = antecedentOffsets[r]; at < antecedentOffsets[r + 1]; at++) {
    parts.push(texts[antecedentItems[at]]);
  }
  return parts;
}
