import type { FuzzySet } from './partition.ts';

/** A set, or NOT of it: 2 × its position among the sets, + 1 for NOT. */
export type Literal = number;

/** AND of literals, ascending, each once: the least of their degrees; without any it holds entirely. */
export type Conjunction = readonly Literal[];

/** OR of conjunctions: the greatest of their degrees; without any it never holds. */
export type Expression = readonly Conjunction[];

/** What an expression may be at most. */
export interface RuleLimits {
  readonly conjunctions: number;
  readonly terms: number;
}

/** A set as far as the algebra needs to know it. */
export interface KnownSet extends FuzzySet {
  readonly isCrisp: boolean;
}

export const isNot = (literal: Literal): boolean => (literal & 1) === 1;

/**
 * AND, OR and NOT of expressions over sets, brought into the form OR of ANDs. Degrees are those of Zadeh (Information and Control 8,
 * 1965): least, greatest, 1 − x. They form a De Morgan algebra, which is distributive, so that no step changes a degree. Shortened
 * only where that is exact as well, by what is known of two sets of one feature, which never sum up to more than 1: `low` has no more
 * in it than `not high`; sets that are no neighbours have nothing in common.
 */
export class Algebra {
  readonly #sets: readonly KnownSet[];

  constructor(sets: readonly KnownSet[]) {
    this.#sets = sets;
  }

  and(a: Expression, b: Expression): Expression {
    return this.#simple(a.flatMap((one) => b.map((other) => this.conjunction([...one, ...other]))));
  }

  or(a: Expression, b: Expression): Expression {
    return this.#simple([...a, ...b]);
  }

  not(a: Expression): Expression {
    return a
      .map((conjunction): Expression => conjunction.map((literal) => [literal ^ 1]))
      .reduce((all, one) => this.and(all, one), [[]] as Expression);
  }

  /** The AND of literals without those that say nothing more; undefined where it never holds. */
  conjunction(literals: readonly Literal[]): Conjunction | undefined {
    const kept = [...new Set(literals)].sort((a, b) => a - b);
    if (kept.some((one, at) => kept.some((other, after) => after > at && this.#excludes(one, other))))
      return undefined;
    return kept.filter((one) => !kept.some((other) => other !== one && this.#implies(other, one)));
  }

  /** Whether a conjunction asks for nothing beside its opposite, nor for two sets of a feature at once. */
  isPlain(conjunction: Conjunction): boolean {
    return conjunction.every((one, at) =>
      conjunction
        .slice(at + 1)
        .every((other) => this.#feature(one) !== this.#feature(other) || (isNot(one) && isNot(other))),
    );
  }

  #feature(literal: Literal): number {
    return this.#sets[literal >> 1].feature;
  }

  /** Whether the first has nowhere a greater degree than the second. */
  #implies(a: Literal, b: Literal): boolean {
    return a === b || (!isNot(a) && isNot(b) && a >> 1 !== b >> 1 && this.#feature(a) === this.#feature(b));
  }

  /** Whether at most one of them has a degree above 0. */
  #excludes(a: Literal, b: Literal): boolean {
    const [one, other] = [this.#sets[a >> 1], this.#sets[b >> 1]];
    if (one === other) return a !== b && one.isCrisp;
    if (one.feature !== other.feature || isNot(a) || isNot(b)) return false;
    return one.isCrisp || other.isCrisp || Math.abs(one.place - other.place) > 1;
  }

  /** Without conjunctions that never hold, or that hold nowhere more than another. */
  #simple(conjunctions: readonly (Conjunction | undefined)[]): Expression {
    const byKey = new Map<string, Conjunction>();
    for (const one of conjunctions) if (one) byKey.set(one.join(), one);
    const different = [...byKey.values()];
    const isWithin = (one: Conjunction, other: Conjunction): boolean =>
      other.every((asked) => one.some((literal) => this.#implies(literal, asked)));
    return different
      .filter(
        (one, at) =>
          !different.some(
            (other, after) => after !== at && isWithin(one, other) && (after < at || !isWithin(other, one)),
          ),
      )
      .sort(compared);
  }
}

/** The same for the same expression. */
export const keyOf = (expression: Expression): string =>
  expression.map((conjunction) => conjunction.join()).join('|');

export const isWithinLimits = (expression: Expression, { conjunctions, terms }: RuleLimits): boolean =>
  expression.length <= conjunctions && expression.every(({ length }) => length <= terms);

function compared(a: Conjunction, b: Conjunction): number {
  for (let at = 0; at < a.length && at < b.length; at++) if (a[at] !== b[at]) return a[at] - b[at];
  return a.length - b.length;
}
