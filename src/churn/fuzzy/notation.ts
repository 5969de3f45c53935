import { PairwellError } from '../../errors.ts';
import { fiveSets, notStated } from './partition.ts';
import type { Told } from './rule-words.ts';
import type { FuzzyTerm } from './terms.ts';

/** What needs no quotation marks. */
const plainName = /^[\p{L}_][\p{L}\p{N}_.-]*$/u;

const quoted = (name: string): string =>
  plainName.test(name) && name !== 'NOT' ? name : JSON.stringify(name);

/**
 * Rules in a form that does not depend on language, which {@link readRules} reads: ANDs (`&`) of at least one term each, one after the
 * other with `|` between. A term is the name of a feature and the set, `NB` … `PB`, `?` for not stated, or `=` and the value; `NOT` before it.
 */
export function rulesNotation(told: Told, rules: readonly (readonly FuzzyTerm[])[]): string {
  return rules.map((terms) => terms.map((term) => termNotation(told, term)).join(' & ')).join(' | ');
}

function termNotation({ features, partitions }: Told, { feature, place, isNot }: FuzzyTerm): string {
  const { name } = features[feature];
  return `${isNot ? 'NOT ' : ''}${quoted(name)} ${setNames(features[feature], partitions[feature])(place)}`;
}

/** The notation of a feature's sets by place. */
function setNames(
  feature: Told['features'][number],
  partition: Told['partitions'][number],
): (place: number) => string {
  return (place) => {
    if (place === notStated) return '?';
    if (partition.kind !== 'levels') return fiveSets[place];
    const value = partition.values[place];
    return `=${feature.kind === 'category' ? quoted(feature.levels![value].name) : value}`;
  };
}

const termPattern =
  /\s*(?<not>NOT\s+)?(?<name>"(?:[^"\\]|\\.)*"|[^\s"&|]+)\s+(?<set>\?|NB|NS|Z|PS|PB|=(?:"(?:[^"\\]|\\.)*"|[^\s"&|]+))\s*(?<after>[&|]|$)/uy;

/**
 * Reads what {@link rulesNotation} writes.
 *
 * @throws PairwellError `bad-input` that names what cannot be read, or which features and sets are not known
 */
export function readRules(told: Told, text: string): FuzzyTerm[][] {
  const rules: FuzzyTerm[][] = [];
  if (text.trim() === '') return rules;
  let terms: FuzzyTerm[] = [];
  const pattern = new RegExp(termPattern);
  for (let isOpen = true; isOpen; ) {
    const from = pattern.lastIndex;
    const found = pattern.exec(text)?.groups;
    if (!found)
      throw new PairwellError(
        'bad-input',
        `${JSON.stringify(text.slice(from))} is no rule; write it such as: orders PS & NOT amount Z | contract ="by the month".`,
      );
    terms.push(readTerm(told, found.name, found.set, found.not !== undefined));
    isOpen = found.after !== '';
    if (found.after === '&') continue;
    rules.push(terms);
    terms = [];
  }
  return rules;
}

function readTerm(told: Told, name: string, set: string, isNot: boolean): FuzzyTerm {
  const feature = told.features.findIndex((one) => quoted(one.name) === name);
  if (feature < 0) throw new PairwellError('bad-input', `There is no feature ${name}.`, { feature: name });
  const partition = told.partitions[feature];
  const names = setNames(told.features[feature], partition);
  const places =
    partition.kind === 'none'
      ? []
      : [
          ...(partition.kind === 'five' ? fiveSets : partition.values).keys(),
          ...(partition.hasNotStated ? [notStated] : []),
        ];
  const place = places.find((one) => names(one) === set);
  if (place === undefined)
    throw new PairwellError(
      'bad-input',
      `${name} has no set ${set}; it has ${places.map(names).join(', ') || 'none, as it never differs'}.`,
      { feature: name },
    );
  return { feature, place, isNot };
}
