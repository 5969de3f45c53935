import { PairwellError } from '../../errors.ts';
import { probabilityOf } from '../../learn/scores.ts';
import { betaQuantile, betaUpperQuantile } from '../../stats/beta-distribution.ts';
import type { WinbackOffer } from './offers.ts';

/** How many customers of a group were made an offer, and how many of them came back within the horizon. */
export interface OfferAnswers {
  readonly offer: string;
  /** Such as a family of reasons. */
  readonly group: string;
  readonly offered: number;
  readonly wonBack: number;
}

/** What is believed of an offer for customers of all groups, or of one. */
export interface OfferBelief {
  readonly offer: string;
  /** Null for all. */
  readonly group: string | null;
  /** Answers; where the offer's rate is of the rest, less those who would have come anyway. */
  readonly offered: number;
  readonly wonBack: number;
  /** The share that comes back, and its 95 % interval. */
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The share that an offer wins back, as a beta distribution: the stated belief counts for as many customers as its weight, the shop's
 * own answers for themselves (Gelman et al., Bayesian Data Analysis, 2013, section 2.4).
 */
export function offerBelief(
  offer: string,
  group: string | null,
  believed: number,
  weight: number,
  { offered, wonBack }: Pick<OfferAnswers, 'offered' | 'wonBack'>,
): OfferBelief {
  const won = weight * believed + wonBack;
  const lost = weight * (1 - believed) + offered - wonBack;
  return {
    offer,
    group,
    offered,
    wonBack,
    rate: won / (won + lost),
    low: betaQuantile(0.025, won, lost),
    high: betaUpperQuantile(0.025, won, lost),
  };
}

/** The customers that offers may be made to. */
export interface OfferedCustomers {
  /** The log-odds of coming back without an offer. */
  readonly score: Float64Array;
  /** The position of each one's group in `groups`. */
  readonly group: Int32Array;
  readonly groups: readonly string[];
}

export interface OfferChances {
  /** By customer, then offer: the chance of coming back with the offer. */
  readonly chance: Float64Array;
  /** By offer: of all groups, then of each that has customers. */
  readonly beliefs: readonly OfferBelief[];
}

/**
 * The chance that each customer comes back with each offer. Rates, published or one's own, are of customers in general: an offer adds
 * so much to everybody's log-odds that the mean chance is the rate, so that who is likelier to come back anyway stays likelier. For an
 * offer whose rate is of those who would not come back without it (`wonBackOf`), that holds of them, customers counting with the chance
 * of staying away; of the answers as many as would have come anyway are left out.
 *
 * Within a group, the same is believed with the weight of the offer's prior, from the stated belief and the answers of the other groups;
 * its own answers then count for themselves, and each once. Without answers all is as stated; with many the mean chance of a group is
 * the share of it that came back. Answers of customers who were chosen for being likely to come back say too much for the rest.
 *
 * @throws PairwellError `bad-input` for answers of an offer that there is not, or counts that cannot be
 */
export function offerChances(
  offers: readonly WinbackOffer[],
  { score, group, groups }: OfferedCustomers,
  answers: readonly OfferAnswers[],
): OfferChances {
  checkAnswers(offers, answers);
  const chance = new Float64Array(score.length * offers.length);
  const beliefs: OfferBelief[] = [];
  const everybody = Int32Array.from(score.keys());
  const members = groups.map((_, g) => everybody.filter((c) => group[c] === g));
  for (const [o, { id, wonBack, wonBackOf, wonBackWeight }] of offers.entries()) {
    const isOfRest = wonBackOf === 'rest';
    const crowdOf = (chosen: Int32Array): Crowd => ({
      scores: Float64Array.from(chosen, (c) => score[c]),
      weights: Float64Array.from(chosen, (c) => (isOfRest ? 1 - probabilityOf(score[c]) : 1)),
    });
    const all = crowdOf(everybody);
    const crowds = members.map(crowdOf);
    const countOf = (chosen: readonly OfferAnswers[]): AnswerCount =>
      summed(chosen.map((answer) => counted(answer, crowds[groups.indexOf(answer.group)] ?? all, isOfRest)));
    const own = answers.filter(({ offer }) => offer === id);
    beliefs.push(offerBelief(id, null, wonBack, wonBackWeight, countOf(own)));
    const shifts = new Map<number, number>();
    for (const [g, name] of groups.entries()) {
      if (members[g].length === 0) continue;
      const others = countOf(own.filter((answer) => answer.group !== name));
      const elsewhere = offerBelief(id, null, wonBack, wonBackWeight, others).rate;
      const shift = shifts.get(elsewhere) ?? shiftTo(elsewhere, all);
      shifts.set(elsewhere, shift);
      const here = countOf(own.filter((answer) => answer.group === name));
      const belief = offerBelief(id, name, meanChance(crowds[g], shift), wonBackWeight, here);
      beliefs.push(belief);
      const ownShift = here.offered > 0 ? shiftTo(belief.rate, crowds[g]) : shift;
      for (const c of members[g]) {
        const anyway = isOfRest ? probabilityOf(score[c]) : 0;
        chance[c * offers.length + o] = anyway + (1 - anyway) * probabilityOf(score[c] + ownShift);
      }
    }
  }
  return { chance, beliefs };
}

/** Customers, and how much each counts towards a rate. */
interface Crowd {
  readonly scores: Float64Array;
  readonly weights: Float64Array;
}

type AnswerCount = Pick<OfferAnswers, 'offered' | 'wonBack'>;

/** Of the rest alone: without as many as would have come back anyway. */
function counted({ offered, wonBack }: OfferAnswers, { weights }: Crowd, isOfRest: boolean): AnswerCount {
  if (!isOfRest || weights.length === 0) return { offered, wonBack };
  const rest = offered * (weights.reduce((sum, weight) => sum + weight, 0) / weights.length);
  return { offered: rest, wonBack: Math.max(0, wonBack - (offered - rest)) };
}

const summed = (answers: readonly AnswerCount[]): AnswerCount => ({
  offered: answers.reduce((sum, { offered }) => sum + offered, 0),
  wonBack: answers.reduce((sum, { wonBack }) => sum + wonBack, 0),
});

function meanChance({ scores, weights }: Crowd, shift: number): number {
  let [sum, all] = [0, 0];
  for (let n = 0; n < scores.length; n++) {
    sum += weights[n] * probabilityOf(scores[n] + shift);
    all += weights[n];
  }
  return sum / all;
}

/** What must be added to all scores for the mean chance to be `rate`; by bisection, as the mean rises with it. */
function shiftTo(rate: number, crowd: Crowd): number {
  const centre = Math.log(rate / (1 - rate));
  let low = centre - crowd.scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  let high = centre - crowd.scores.reduce((least, score) => Math.min(least, score), Number.POSITIVE_INFINITY);
  for (let step = 0; step < 60 && high - low > 1e-10; step++) {
    const middle = (low + high) / 2;
    if (meanChance(crowd, middle) < rate) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function checkAnswers(offers: readonly WinbackOffer[], answers: readonly OfferAnswers[]): void {
  const ids = offers.map(({ id }) => id);
  for (const { offer, group, offered, wonBack } of answers) {
    if (!ids.includes(offer))
      throw new PairwellError(
        'bad-input',
        `There is no win-back offer ${offer}; there are ${ids.join(', ')}.`,
        { offer },
      );
    if (Number.isSafeInteger(offered) && Number.isSafeInteger(wonBack) && wonBack >= 0 && wonBack <= offered)
      continue;
    const message = `Of ${offered} customers (${group}) who were offered ${offer}, ${wonBack} cannot have come back.`;
    throw new PairwellError('bad-input', message, { offer, group });
  }
}
