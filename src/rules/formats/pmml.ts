import { ByteDictionary, hashStart, hashStep } from '../../baskets/byte-dictionary.ts';
import { PairwellError } from '../../errors.ts';
import { confidence, lift, support } from '../measures/support-confidence-lift.ts';
import { type RuleColumns, ruleCount } from '../rule-columns.ts';
import { rankingMeasures } from '../top-rules.ts';
import { numberText } from './number-text.ts';
import type { RuleSet } from './rule-set.ts';
import { utf8Chunks } from './text-bytes.ts';
import { attributeText, fitsXml, withoutUnfit } from './xml-text.ts';

/**
 * Whose `Extension` elements are ours, and what they say: of a rule its counts (whole rule, antecedent, consequent) and
 * its further measures, of an item the name that XML cannot hold.
 */
export const extensions = {
  extender: 'Pairwell',
  counts: 'counts',
  name: 'name',
  measure: 'measure:',
} as const;

/**
 * Rules as a PMML 4.4 `AssociationModel` (dmg.org/pmml/v4-4/AssociationRules.html), UTF-8, in chunks of some 128 kB. R
 * reads it with `arules::read.PMML("rules.pmml")`.
 *
 * `Item` ids are item ids. `Extension` elements hold the exact counts and the further measures. XML cannot hold most
 * control characters: where a name has one, the item's `value` has U+FFFD for it and an `Extension` the whole name as
 * a JSON string. The minimum support and confidence are the least that the rules have, 0 without rules. Leverage is
 * Piatetsky-Shapiro's, affinity the transactions with both sides among those with either (Jaccard).
 *
 * @throws PairwellError `bad-input` for the name of a measure that XML cannot hold
 */
export function pmmlChunks(set: RuleSet): Iterable<Uint8Array> {
  return utf8Chunks(pmmlPieces(set));
}

function* pmmlPieces({ rules, names, measures = new Map() }: RuleSet): Generator<string> {
  const further = Array.from(measures, ([name, values]): [string, Float64Array] => {
    if (fitsXml(name)) return [attributeText(name), values];
    throw new PairwellError('bad-input', `XML cannot hold the measure's name ${JSON.stringify(name)}.`);
  });
  const sets = distinctSets(rules);
  yield head(rules, names.length, sets.sides.length);
  for (let item = 0; item < names.length; item++) yield itemElement(item, names[item]);
  for (let id = 0; id < sets.sides.length; id++) yield itemsetElement(rules, id, sets.sides[id]);
  for (let r = 0; r < ruleCount(rules); r++) yield ruleElement(rules, r, sets, further);
  yield '  </AssociationModel>\n</PMML>\n';
}

/** The different sets that are sides of rules, numbered as they occur. */
interface DistinctSets {
  /** By rule. */
  readonly antecedents: Int32Array;
  readonly consequents: Int32Array;
  /** By set: where it occurs first, twice the rule's number, and one more on its right-hand side. */
  readonly sides: readonly number[];
}

function distinctSets(rules: RuleColumns): DistinctSets {
  const { antecedentOffsets, antecedentItems, consequent } = rules;
  const known = new ByteDictionary();
  const sides: number[] = [];
  const numberOf = (items: Int32Array, from: number, to: number, side: number): number => {
    const bytes = new Uint8Array(items.buffer, items.byteOffset + 4 * from, 4 * (to - from));
    const id = known.intern(bytes, 0, bytes.length, bytes.reduce(hashStep, hashStart));
    if (id === sides.length) sides.push(side);
    return id;
  };
  const antecedents = consequent.map((_, r) =>
    numberOf(antecedentItems, antecedentOffsets[r], antecedentOffsets[r + 1], 2 * r),
  );
  const consequents = consequent.map((_, r) => numberOf(consequent, r, r + 1, 2 * r + 1));
  return { antecedents, consequents, sides };
}

function head(rules: RuleColumns, items: number, itemsets: number): string {
  const { supportCount, antecedentCount, transactionCount } = rules;
  const count = ruleCount(rules);
  let [minCount, minConfidence] = count > 0 ? [transactionCount, 1] : [0, 0];
  for (let r = 0; r < count; r++) {
    minCount = Math.min(minCount, supportCount[r]);
    minConfidence = Math.min(minConfidence, confidence(supportCount[r], antecedentCount[r]));
  }
  const minSupport = count > 0 ? support(minCount, transactionCount) : 0;
  return `<?xml version="1.0" encoding="UTF-8"?>
<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
  <Header description="Association rules">
    <Application name="Pairwell"/>
  </Header>
  <DataDictionary numberOfFields="2">
    <DataField name="transaction" optype="categorical" dataType="string"/>
    <DataField name="item" optype="categorical" dataType="string"/>
  </DataDictionary>
  <AssociationModel functionName="associationRules" numberOfTransactions="${transactionCount}" \
minimumSupport="${minSupport}" minimumConfidence="${minConfidence}" numberOfItems="${items}" \
numberOfItemsets="${itemsets}" numberOfRules="${count}">
    <MiningSchema>
      <MiningField name="transaction" usageType="group"/>
      <MiningField name="item" usageType="active"/>
    </MiningSchema>
`;
}

function extension(name: string, value: string): string {
  return `<Extension extender="${extensions.extender}" name="${name}" value="${value}"/>`;
}

function itemElement(item: number, name: string): string {
  if (fitsXml(name)) return `    <Item id="${item}" value="${attributeText(name)}"/>\n`;
  // JSON leaves U+FFFE and U+FFFF as they are.
  const literal = JSON.stringify(name).replace(
    /[\uFFFE\uFFFF]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16)}`,
  );
  const whole = extension(extensions.name, attributeText(literal));
  return `    <Item id="${item}" value="${attributeText(withoutUnfit(name))}">${whole}</Item>\n`;
}

function itemsetElement(rules: RuleColumns, id: number, side: number): string {
  const { antecedentOffsets, antecedentItems, consequent } = rules;
  const r = side >> 1;
  const isAntecedent = (side & 1) === 0;
  const items = isAntecedent
    ? antecedentItems.subarray(antecedentOffsets[r], antecedentOffsets[r + 1])
    : consequent.subarray(r, r + 1);
  const count = (isAntecedent ? rules.antecedentCount : rules.consequentCount)[r];
  let element = `    <Itemset id="${id}" support="${support(count, rules.transactionCount)}" `;
  element += `numberOfItems="${items.length}">`;
  for (const item of items) element += `<ItemRef itemRef="${item}"/>`;
  return `${element}</Itemset>\n`;
}

function ruleElement(
  { supportCount, antecedentCount, consequentCount, transactionCount: all }: RuleColumns,
  r: number,
  { antecedents, consequents }: DistinctSets,
  further: readonly [name: string, values: Float64Array][],
): string {
  const [count, left, right] = [supportCount[r], antecedentCount[r], consequentCount[r]];
  let element = `    <AssociationRule antecedent="${antecedents[r]}" consequent="${consequents[r]}"`;
  element += ` support="${support(count, all)}" confidence="${confidence(count, left)}"`;
  element += ` lift="${lift(count, left, right, all)}"`;
  element += ` leverage="${rankingMeasures.leverage(count, left, right, all)}"`;
  element += ` affinity="${count / (left + right - count)}">`;
  element += extension(extensions.counts, `${count} ${left} ${right}`);
  for (const [name, values] of further)
    element += extension(extensions.measure + name, numberText(values[r]));
  return `${element}</AssociationRule>\n`;
}
