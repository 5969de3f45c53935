import { PairwellError } from '../../errors.ts';
import { probabilityOf } from '../../learn/scores.ts';
import { reasonFamilies } from '../reasons/reason-code.ts';
import { reasonCodes } from '../reasons/reason-codes.ts';
import { type OfferAnswers, offerChances } from './offer-answers.ts';
import { checkOffers, offersAtLevel, type WinbackOffer } from './offers.ts';
import type { OffersMadeTally } from './offers-made.ts';
import { planWinback } from './plan.ts';
import { fitReturns, returnScores } from './return-model.ts';
import { lostToday, pastReturns, type ReturnRows, type ReturnSources, returnScaleOf } from './return-rows.ts';
import { lifeExpected, livesSeen } from './second-lives.ts';
import { type SuppressionOptions, suppressed } from './suppression.ts';
import { believedElasticity, elasticityOf, relativeValues } from './value-scale.ts';
import type { WinbackStudy } from './winback-study.ts';
import { winbackSentences } from './winback-words.ts';

export interface WinbackSettings {
  /** The last day that is known. */
  readonly today: number;
  /** Money, ≥ 0. */
  readonly budget: number;
  /** Who comes back within so many days is won back. Default 180. */
  readonly horizonDays?: number;
  /** The part of what is spent that is profit, above 0. Default 1: spend is profit already. */
  readonly margin?: number;
  /** Of a second life, so many days count. Default 730: who has been seen for a year cannot be foretold for ten. */
  readonly valueDays?: number;
  /** Default: the published ones at this shop's level. */
  readonly offers?: readonly WinbackOffer[] | undefined;
  /** Of `offersMade`, as are the next two. */
  readonly answers?: readonly OfferAnswers[];
  /** By stay: the position in `offers` of the one it began with, their number for an unknown one, or −1. */
  readonly offerOfStay?: Int32Array | undefined;
  readonly tally?: OffersMadeTally | undefined;
  readonly suppression?: Omit<SuppressionOptions, 'today'>;
}

/** Days after leaving on which past leavers are looked at. */
const daysAfter = [0, 60, 120, 240];

/** For how many lives that ended the belief counts that a second life is like a first one. */
const likeFirstWeight = 20;

const noneMade: OffersMadeTally = {
  made: 0,
  answered: 0,
  open: 0,
  reminders: 0,
  notLost: 0,
  died: 0,
  unknown: 0,
  others: [],
};

/** One in ten within 180 days, and as many for each day of another horizon. */
function interceptFor(horizonDays: number) {
  const share = 1 - 0.9 ** (horizonDays / 180);
  return { mean: Math.log(share / (1 - share)), deviation: 1 };
}

/**
 * Who of the lost comes back, what that is worth, and whom to offer what. A second life is believed to be like a first one until second
 * lives are seen; see the parts for what else is believed until the shop's own figures tell.
 *
 * @throws PairwellError `bad-input` for settings that cannot be
 */
export function studyWinback(sources: ReturnSources, settings: WinbackSettings): WinbackStudy {
  const { today, budget, horizonDays = 180, margin = 1, offerOfStay, suppression } = settings;
  const { valueDays = 730 } = settings;
  if (!(margin > 0 && margin < Infinity))
    throw new PairwellError('bad-input', `margin: the part of spend that is profit, above 0, not ${margin}.`);
  const { stays, days } = sources;
  const scale = returnScaleOf(sources, today);
  const past = pastReturns(sources, scale, { today, horizonDays, daysAfter });
  const model = fitReturns(past, horizonDays, interceptFor(horizonDays));
  const lost = lostToday(sources, scale, today);
  const score = returnScores(model, lost);
  const baseline = score.map(probabilityOf);

  const firstSeen = livesSeen(stays, days, today, (_, isFirst) => isFirst);
  const likeFirst = {
    days: firstSeen.days / firstSeen.ended,
    spendADay: Math.max(0, firstSeen.spend) / firstSeen.days,
    weight: likeFirstWeight,
  };
  const hasLeft = firstSeen.ended > 0;
  const offerAt = (stay: number): number => offerOfStay?.[stay] ?? -1;
  const secondSeen = livesSeen(stays, days, today, (stay, isFirst) => !isFirst && offerAt(stay) < 0);
  const secondLife = hasLeft ? lifeExpected(likeFirst, secondSeen, valueDays) : null;
  const level = (secondLife?.value ?? 0) * margin;
  const offers = settings.offers ?? (level > 0 ? offersAtLevel(level) : []);
  checkOffers(offers);
  // Where a second life is worth nothing there is nothing to offer, and nothing that answers could be of.
  const answers = offers.length > 0 ? (settings.answers ?? []) : [];
  const withOffer = offers.map((_, o) => livesSeen(stays, days, today, (stay) => offerAt(stay) === o));
  const secondLives = secondLife
    ? offers.map(({ lengthRatio, secondLifeWeight }, o) =>
        lifeExpected(
          {
            days: secondLife.days * lengthRatio,
            spendADay: secondLife.spendADay,
            weight: secondLifeWeight,
          },
          withOffer[o],
          valueDays,
        ),
      )
    : [];
  const relativeValue = relativeValues(lost.spend, baseline, elasticityIn(sources, past, today));
  const group = Int32Array.from(familiesOf(sources, lost));
  const known = { score, group, groups: [...reasonFamilies, 'unknown'] };
  const { chance, beliefs } = offerChances(offers, known, answers);
  const plan =
    secondLife && offers.length > 0
      ? planWinback({
          offers,
          baseline,
          chance,
          relative: relativeValue,
          lives: secondLives.map(({ value }) => value * margin),
          budget,
          suppressed: suppressed(lost.customer, reasonsOf(sources, lost), sources.events, {
            ...suppression,
            today,
          }),
        })
      : null;
  const study = {
    model,
    offers,
    beliefs,
    // The belief is the mean of the lives themselves: with next to no weight it leaves mean and interval to them.
    firstLife: hasLeft ? lifeExpected({ ...likeFirst, weight: 1e-9 }, firstSeen, valueDays) : null,
    secondLife,
    secondLives,
    livesSeen: secondSeen.lives,
    livesSeenWithOffer: withOffer.reduce((sum, { lives }) => sum + lives, 0),
    offersMade: settings.tally ?? noneMade,
    customer: lost.customer,
    baseline,
    relativeValue,
    plan,
  };
  return { ...study, sentences: winbackSentences(study, answers) };
}

function reasonsOf({ reasons }: ReturnSources, lost: ReturnRows): Int32Array {
  const byStay = new Map(Array.from(reasons.stay, (stay, n) => [stay, reasons.reason[n]]));
  return Int32Array.from(lost.stay, (stay) => byStay.get(stay) ?? -1);
}

/** The position in `reasonFamilies`, and after them of the unknown. */
function familiesOf(sources: ReturnSources, lost: ReturnRows): number[] {
  return Array.from(reasonsOf(sources, lost), (reason) =>
    reason < 0 ? reasonFamilies.length : reasonFamilies.indexOf(reasonCodes[reason].family),
  );
}

/** How second lives went with first ones, among those who came back. */
function elasticityIn({ stays, days }: ReturnSources, past: ReturnRows, today: number): number {
  const rows = new Map<number, number>();
  past.stay.forEach((stay, row) => {
    if (past.target[row] === 1) rows.set(stay, row);
  });
  if (rows.size === 0) return believedElasticity;
  const second: number[] = [];
  for (const [stay, row] of rows) {
    const customer = past.customer[row];
    const last = stays.left[stay + 1] >= 0 ? stays.lastSeen[stay + 1] : today;
    let money = 0;
    for (let d = days.offsets[customer]; d < days.offsets[customer + 1]; d++)
      if (days.day[d] >= stays.from[stay + 1] && days.day[d] <= last) money += days.spend[d];
    second.push(money);
  }
  const first = Float64Array.from(rows.values(), (row) => past.spend[row]);
  return elasticityOf(first, Float64Array.from(second));
}
