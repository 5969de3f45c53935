import { Formats } from '../../offers/words/formats.ts';
import type { FuzzyFeature, RuleLanguage } from './features.ts';
import type { FuzzyModel } from './fuzzy-model.ts';
import { notStated } from './partition.ts';
import { phrases } from './phrases.ts';
import type { RuleFigures } from './rule-figures.ts';
import type { FuzzyTerm } from './terms.ts';

/** What words are made from: a model, or as much of it. */
export type Told = Pick<FuzzyModel, 'features' | 'partitions'>;

/**
 * Rules in a sentence: if all terms of one of them hold, then the customer is leaving, or staying.
 *
 * @param rules the terms of each; without any it says that there are none
 */
export function rulesSentence(
  told: Told,
  rules: readonly (readonly FuzzyTerm[])[],
  outcome: 'leaving' | 'staying',
  language: RuleLanguage,
): string {
  if (rules.length === 0) return phrases[language].none();
  return phrases[language].rule(
    rules.map((terms) => clausesOf(told, terms, language)),
    outcome,
  );
}

/** What a rule asks for, without what follows from it. */
export const conditionOf = (told: Told, terms: readonly FuzzyTerm[], language: RuleLanguage): string =>
  phrases[language].all(clausesOf(told, terms, language));

/** That one at least of some terms holds. */
export const alternativesOf = (told: Told, terms: readonly FuzzyTerm[], language: RuleLanguage): string =>
  phrases[language].any(terms.map((term) => clauseOf(told, [term], language)));

/** The terms of a rule in words; those that say what a feature is not are one clause. */
export function clausesOf(told: Told, terms: readonly FuzzyTerm[], language: RuleLanguage): string[] {
  const together = new Map<string, FuzzyTerm[]>();
  for (const [at, term] of terms.entries()) {
    const joins = term.isNot && term.place !== notStated && told.features[term.feature].kind !== 'yes/no';
    const key = joins ? `not ${term.feature}` : `${at}`;
    together.set(key, [...(together.get(key) ?? []), term]);
  }
  return [...together.values()].map((same) => clauseOf(told, same, language));
}

/** @param terms of one feature; several if all are NOT */
function clauseOf(
  { features, partitions }: Told,
  terms: readonly FuzzyTerm[],
  language: RuleLanguage,
): string {
  const words = phrases[language];
  const [{ feature: at, place, isNot }] = terms;
  const feature = features[at];
  const partition = partitions[at];
  const label = feature.labels?.[language] ?? feature.name;
  const isPlural = feature.kind === 'count' || feature.isPlural === true;
  if (place === notStated) return words.stated(label, isPlural, !isNot);
  if (partition.kind !== 'levels') {
    const places = terms.map((term) => term.place).sort();
    return words.number(feature.kind, label, isPlural, { places, isNot });
  }
  // Of two crisp sets that part all customers, NOT of one is the other.
  const isEither = partition.values.length === 2 && !partition.hasNotStated;
  if (feature.kind === 'yes/no') {
    const isYes = (partition.values[place] === 1) !== (isNot && isEither);
    const clause = feature.clauses?.[language]?.[isYes ? 'yes' : 'no'] ?? words.has(label, isYes);
    return isNot && !isEither ? words.unknown(clause) : clause;
  }
  const turns = isNot && isEither && (feature.kind !== 'category' || feature.levels!.length === 2);
  const places = turns ? [1 - place] : terms.map((term) => term.place);
  const values = places.map((one) => valueText(feature, partition.values[one], language));
  return words.value(feature.kind, label, isPlural, values, isNot && !turns);
}

function valueText({ kind, levels }: FuzzyFeature, value: number, language: RuleLanguage): string {
  if (kind === 'category') return levels![value].labels?.[language] ?? levels![value].name;
  return String(Number(value.toPrecision(6)));
}

/**
 * The figures of a rule in a sentence.
 *
 * @param baseRate of all customers
 */
export function figuresSentence(
  { customers, rate, rateInterval, lift }: RuleFigures,
  baseRate: number,
  language: RuleLanguage,
  format = new Formats(language),
): string {
  if (rate === null) return phrases[language].figures(null);
  return phrases[language].figures({
    ...{ customers: format.count(customers), rate: format.share(rate), baseRate: format.share(baseRate) },
    ...{ low: format.share(rateInterval.low), high: format.share(rateInterval.high) },
    lift: format.text(lift === null ? undefined : String(Number(lift.toPrecision(2)))),
  });
}
