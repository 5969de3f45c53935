import { complaintSolvedKind } from '../../customers/event-kinds.ts';
import type { CustomerEvents } from '../../customers/ledger.ts';
import { PairwellError } from '../../errors.ts';
import { holm } from '../../stats/adjust.ts';
import { monthOf } from '../rates/calendar.ts';
import type { Stays } from '../rates/stays.ts';
import type { Words } from '../words.ts';
import { afterSentence, solvedSentence } from './after-sentences.ts';
import { type MatchedRisk, matchedRisk } from './matched-risk.ts';
import { ObservationsBuilder } from './observations-builder.ts';
import { stayOn } from './stay-on.ts';
import { eventsWhere, type WarningEvents } from './warning-events.ts';

export interface LeavingAfterOptions {
  /** Who leaves so many days after an event at most has left after it. Default 90. */
  readonly withinDays?: number;
  /** A complaint is solved when the solution comes so many days after it at most. Default 14. */
  readonly solvedWithinDays?: number;
  /** The last day that is known: who cannot be followed up to it is not looked at. */
  readonly today: number;
  /** Of the intervals. Default 0.95. */
  readonly level?: number;
}

/** How much likelier customers leave after an event of a kind than others do in the same months. */
export interface LeavingAfter extends MatchedRisk {
  readonly id: string;
  readonly words: Words;
  /** The p-value by Holm's method for as many kinds as were looked at; null where there is no ratio. */
  readonly adjustedP: number | null;
  readonly sentence: Words;
}

/**
 * What events announce that customers leave. Looked at is each customer's first event of the kind in a calendar month, if he is a
 * customer that evening, and whether he leaves within `withinDays` after it. Beside him stand those who are customers then and had no
 * such event in the `withinDays` before: each is looked at once a month, from a day on which somebody had an event, the days being
 * dealt out to them in turn. So both groups are looked at from the same days on; nothing that came later decides who is in which; and
 * a month in which many leave cannot pretend that an event made them.
 *
 * Where leaving is told by silence it is dated when the silence has become too long: choose `withinDays` no shorter than that takes.
 *
 * @throws PairwellError `bad-input` for days that are no whole numbers above 0 or an impossible level
 */
export function leavingAfter(
  stays: Stays,
  kinds: readonly WarningEvents[],
  { withinDays = 90, today, level = 0.95 }: LeavingAfterOptions,
): LeavingAfter[] {
  checkDays('withinDays', withinDays);
  const risks = kinds.map((events) => matchedRisk(observed(stays, events, withinDays, today), level));
  const adjusted = holm(Float64Array.from(risks, ({ p }) => p ?? 1));
  return kinds.map(({ id, words }, n) => ({
    id,
    words,
    ...risks[n],
    adjustedP: risks[n].p === null ? null : adjusted[n],
    sentence: afterSentence(words, risks[n], withinDays),
  }));
}

function observed(stays: Stays, events: WarningEvents, withinDays: number, today: number) {
  const { offsets, day } = events;
  const customers = Math.min(offsets.length, stays.offsets.length) - 1;
  const builder = new ObservationsBuilder();
  const leaves = (stay: number, from: number): boolean =>
    stays.left[stay] >= 0 && stays.left[stay] <= from + withinDays;
  const daysOf = new Map<number, number[]>();
  for (let c = 0; c < customers; c++) {
    let seen = -1;
    for (let e = offsets[c]; e < offsets[c + 1]; e++) {
      const month = monthOf(day[e]);
      if (month === seen || day[e] + withinDays > today) continue;
      const stay = stayOn(stays, c, day[e]);
      if (stay < 0) continue;
      seen = month;
      builder.add(c, month, true, leaves(stay, day[e]));
      const known = daysOf.get(month);
      if (known) known.push(day[e]);
      else daysOf.set(month, [day[e]]);
    }
  }
  for (const [month, days] of daysOf) {
    for (let c = 0; c < stays.offsets.length - 1; c++) {
      const from = days[c % days.length];
      const stay = stayOn(stays, c, from);
      if (stay < 0 || hadOne(events, c, from - withinDays, from)) continue;
      builder.add(c, month, false, leaves(stay, from));
    }
  }
  return builder.build();
}

function hadOne({ offsets, day }: WarningEvents, customer: number, from: number, to: number): boolean {
  for (let e = offsets[customer]; e < offsets[customer + 1]; e++)
    if (day[e] >= from && day[e] <= to) return true;
  return false;
}

/** Whether customers whose complaint was solved leave less. */
export interface SolvedDifference extends MatchedRisk {
  readonly solvedWithinDays: number;
  readonly withinDays: number;
  readonly sentence: Words;
}

/**
 * Leaving after complaints that were solved, as `exposed`, beside leaving after those that were not, matched by the month of the
 * complaint. Both are followed from `solvedWithinDays` after the complaint on, and only customers who have not left by then: nobody is
 * called unsolved for having left before an answer could come (that would be immortal time: Suissa, American Journal of Epidemiology
 * 167, 2008).
 *
 * @param events with the kinds `complaint` and `complaint-solved`
 * @throws PairwellError `bad-input` for days that are no whole numbers above 0 or an impossible level
 */
export function solvedDifference(
  stays: Stays,
  events: CustomerEvents,
  { withinDays = 90, solvedWithinDays = 14, today, level = 0.95 }: LeavingAfterOptions,
): SolvedDifference {
  checkDays('withinDays', withinDays);
  checkDays('solvedWithinDays', solvedWithinDays);
  const ofKind = (name: string) => {
    const number = events.kinds.indexOf(name);
    return eventsWhere(events, (event) => events.kind[event] === number);
  };
  const complaints = ofKind('complaint');
  const solved = ofKind(complaintSolvedKind);
  const builder = new ObservationsBuilder();
  for (let c = 0; c + 1 < Math.min(complaints.offsets.length, stays.offsets.length); c++) {
    for (let e = complaints.offsets[c]; e < complaints.offsets[c + 1]; e++) {
      const day = complaints.day[e];
      const start = day + solvedWithinDays;
      const stay = stayOn(stays, c, day);
      if (stay < 0 || start + withinDays > today || stayOn(stays, c, start) !== stay) continue;
      let isSolved = false;
      for (let s = solved.offsets[c]; s < solved.offsets[c + 1]; s++)
        if (solved.day[s] >= day && solved.day[s] <= start) isSolved = true;
      const left = stays.left[stay];
      builder.add(c, monthOf(day), isSolved, left >= 0 && left <= start + withinDays);
    }
  }
  const risk = matchedRisk(builder.build(), level);
  return { ...risk, solvedWithinDays, withinDays, sentence: solvedSentence(risk, solvedWithinDays) };
}

function checkDays(name: string, days: number): void {
  if (Number.isInteger(days) && days > 0) return;
  throw new PairwellError('bad-input', `${name}: a whole number of days above 0, not ${days}.`);
}
