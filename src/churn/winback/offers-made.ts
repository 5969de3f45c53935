import { winbackOfferKind } from '../../customers/event-kinds.ts';
import type { CustomerEvents } from '../../customers/ledger.ts';
import type { Stays } from '../rates/stays.ts';
import type { LeavingReasons } from '../reasons/leaving-reasons.ts';
import { reasonCodes } from '../reasons/reason-codes.ts';
import type { OfferAnswers } from './offer-answers.ts';

/** What became of the offers that were made, each counted once: all but `made` and `others` add up to `made`. */
export interface OffersMadeTally {
  readonly made: number;
  /** Those whose horizon is over: they are the answers. */
  readonly answered: number;
  /** Those whose horizon is not, whether the customer is back already or not. */
  readonly open: number;
  /** The same offer again, before the horizon of the first was over. */
  readonly reminders: number;
  /** Made to somebody who, by the definition of leaving, was not lost on that day. */
  readonly notLost: number;
  /** The customer died within the horizon. */
  readonly died: number;
  /** Of offers that the study does not know, or that have no name. */
  readonly unknown: number;
  /** Their names, and how often each was made to somebody who was lost. */
  readonly others: readonly { readonly offer: string; readonly made: number }[];
}

export interface OffersMade {
  readonly answers: readonly OfferAnswers[];
  /** By stay: the position in the offers of the one that it began with, their number for an unknown one, or −1. */
  readonly offerOfStay: Int32Array;
  /** By stay: the first day after the last sign of life on which the customer was made an offer, or −1. */
  readonly offeredOn: Int32Array;
  readonly tally: OffersMadeTally;
}

export interface OffersMadeSources {
  readonly stays: Stays;
  readonly events: CustomerEvents;
  readonly reasons: LeavingReasons;
  /** By customer: the day of death, or −1. */
  readonly died: Int32Array;
}

/** An offer to somebody who was lost, with what came of it. */
interface Trial {
  readonly day: number;
  /** The position in the offers; their number for an unknown one. */
  readonly offer: number;
}

/**
 * What offers were made to lost customers, and who came back for them. Back for an offer is who returns within the horizon after it,
 * the day itself included, and was made no other offer in between: that one did it then, and the one before did not. Offers count as
 * answered when their horizon is over, not before: of younger ones those would be known first who came back, and rates would be too high.
 *
 * @param offers the ids that are known
 * @param today the last day that is known; later events are not looked at
 */
export function offersMade(
  { stays, events, reasons, died }: OffersMadeSources,
  offers: readonly string[],
  { today, horizonDays }: { readonly today: number; readonly horizonDays: number },
): OffersMade {
  const offerOfStay = new Int32Array(stays.from.length).fill(-1);
  const offeredOn = new Int32Array(stays.from.length).fill(-1);
  const tally = { made: 0, answered: 0, open: 0, reminders: 0, notLost: 0, died: 0, unknown: 0 };
  const others = new Map<string, number>();
  const answers = new Map<string, { offer: string; group: string; offered: number; wonBack: number }>();
  const positions = events.offers.map((name) => offers.indexOf(name));
  const reasonOf = new Map(Array.from(reasons.stay, (stay, n) => [stay, n]));
  const kind = events.kinds.indexOf(winbackOfferKind);

  const answer = (offer: number, group: string, isBack: boolean): void => {
    const key = `${offers[offer]} ${group}`;
    const known = answers.get(key) ?? { offer: offers[offer], group, offered: 0, wonBack: 0 };
    answers.set(key, known);
    known.offered++;
    known.wonBack += Number(isBack);
  };
  const familyOn = (stay: number, day: number): string => {
    const n = reasonOf.get(stay) ?? -1;
    const isKnown = n >= 0 && reasons.reason[n] >= 0 && reasons.knownOn[n] <= day;
    return isKnown ? reasonCodes[reasons.reason[n]].family : 'unknown';
  };
  /** The offers that followed one leaving, in the order of time. */
  const judge = (customer: number, stay: number, trials: readonly Trial[]): void => {
    const back = returnAfter(stays, customer, stay);
    trials.forEach(({ day, offer }, n) => {
      const end = day + horizonDays;
      const isBack = n === trials.length - 1 && back <= Math.min(end, today);
      if (isBack) offerOfStay[stay + 1] = offer;
      if (offer === offers.length) tally.unknown++;
      else if (!isBack && died[customer] >= 0 && died[customer] <= end) tally.died++;
      else if (end > today) tally.open++;
      else {
        tally.answered++;
        answer(offer, familyOn(stay, day), isBack);
      }
    });
  };

  for (let c = 0; kind >= 0 && c + 1 < stays.offsets.length; c++) {
    const byStay = new Map<number, Trial[]>();
    for (let e = events.offsets[c]; e < events.offsets[c + 1] && events.day[e] <= today; e++) {
      if (events.kind[e] !== kind) continue;
      const day = events.day[e];
      tally.made++;
      const silent = staySilentOn(stays, c, day);
      if (silent >= 0 && offeredOn[silent] < 0) offeredOn[silent] = day;
      if (silent < 0 || stays.left[silent] > day) {
        tally.notLost++;
        continue;
      }
      const known = positions[events.offer[e]] ?? -1;
      const offer = known < 0 ? offers.length : known;
      if (known < 0) {
        const name = events.offers[events.offer[e]] ?? '';
        others.set(name, (others.get(name) ?? 0) + 1);
      }
      const trials = byStay.get(silent) ?? [];
      byStay.set(silent, trials);
      const last = trials.at(-1);
      if (last && known >= 0 && last.offer === offer && day <= last.day + horizonDays) tally.reminders++;
      else trials.push({ day, offer });
    }
    for (const [stay, trials] of byStay) judge(c, stay, trials);
  }
  return {
    answers: [...answers.values()],
    offerOfStay,
    offeredOn,
    tally: { ...tally, others: Array.from(others, ([offer, made]) => ({ offer, made })) },
  };
}

/** The day of the return after a stay, ∞ without one. */
const returnAfter = ({ offsets, from }: Stays, customer: number, stay: number): number =>
  stay + 1 < offsets[customer + 1] ? from[stay + 1] : Number.POSITIVE_INFINITY;

/** The stay that ends, and after whose last sign of life a day comes, but not after the return; −1 for none. */
function staySilentOn(stays: Stays, customer: number, day: number): number {
  const { offsets, left, lastSeen } = stays;
  for (let s = offsets[customer]; s < offsets[customer + 1]; s++)
    if (left[s] >= 0 && lastSeen[s] < day && day <= returnAfter(stays, customer, s)) return s;
  return -1;
}
