import { complaintSolvedKind, referralKind } from '../../customers/event-kinds.ts';
import type { CustomerEvents } from '../../customers/ledger.ts';
import type { PurchaseDays } from '../../customers/lifetime/purchase-days.ts';
import { PairwellError } from '../../errors.ts';
import type { Stays } from '../rates/stays.ts';
import type { LeavingReasons } from '../reasons/leaving-reasons.ts';
import { reasonCodes } from '../reasons/reason-codes.ts';
import { type LostCustomer, type ReturnScale, returnFeatures } from './return-features.ts';

/** What is known of customers, for who comes back to be told from it. All by the same numbers of customers. */
export interface ReturnSources {
  readonly stays: Stays;
  readonly days: PurchaseDays;
  /** `complaint`, `complaint-solved` and `referral` are looked at. */
  readonly events: CustomerEvents;
  readonly reasons: LeavingReasons;
  /** By customer: 1 for who has referred others as far as the shop states it. */
  readonly hasReferred?: Uint8Array | undefined;
  /** By stay: the day on which the customer who had left was made an offer, or −1. */
  readonly offeredOn?: Int32Array | undefined;
  /** By customer: the day of death, or −1; see `deathDays`. */
  readonly died?: Int32Array | undefined;
}

/** Lost customers on some day, and whether they came back. */
export interface ReturnRows {
  readonly customer: Int32Array;
  readonly stay: Int32Array;
  readonly day: Int32Array;
  /** Days since the last sign of life. */
  readonly silence: Float64Array;
  /** Money spent in the year up to it. */
  readonly spend: Float64Array;
  /** By feature of `returnFeatures`, then row. */
  readonly columns: readonly Float64Array[];
  /** 1 for who came back within the horizon. */
  readonly target: Uint8Array;
  /**
   * 1 over the number of days on which the leaving could be looked at if nobody came back: a leaving counts for 1 at most, and no more
   * for a return, which ends the looks.
   */
  readonly weights: Float64Array;
}

export interface ReturnRowsOptions {
  /** The last day that is known. */
  readonly today: number;
  readonly horizonDays: number;
  /** How many days after leaving customers are looked at, while they stay away. */
  readonly daysAfter: readonly number[];
}

interface Place {
  readonly customer: number;
  readonly stay: number;
  readonly day: number;
  readonly target: number;
  readonly weight: number;
}

const yearDays = 365;

/**
 * Everybody who left, as they were on some days after it, and whether they came back within the horizon: only what was known on the day
 * is looked at, and only days whose horizon is over by `today`. Who was made an offer before the horizon's end is left out from then on,
 * since coming back would not be by himself, and so is who died before it, since he could not.
 *
 * @throws PairwellError `bad-input` for a horizon or days that are no whole numbers
 */
export function pastReturns(
  sources: ReturnSources,
  scale: ReturnScale,
  { today, horizonDays, daysAfter }: ReturnRowsOptions,
): ReturnRows {
  const isDays = (days: number, least: number): boolean => Number.isInteger(days) && days >= least;
  if (!isDays(horizonDays, 1) || !daysAfter.every((days) => isDays(days, 0)))
    throw new PairwellError(
      'bad-input',
      'A horizon is of whole days from 1 on, and days after leaving of 0 on.',
    );
  const { stays, offeredOn, died } = sources;
  const places: Place[] = [];
  eachEnd(stays, today, (customer, stay, back) => {
    const inTime = daysAfter.filter((after) => stays.left[stay] + after + horizonDays <= today);
    const offered = offeredOn?.[stay] ?? -1;
    const death = died?.[customer] ?? -1;
    for (const after of inTime) {
      const day = stays.left[stay] + after;
      const end = day + horizonDays;
      if (day >= back || (offered >= 0 && offered <= end)) continue;
      if (death >= 0 && death <= Math.min(back, end)) continue;
      places.push({ customer, stay, day, target: Number(back <= end), weight: 1 / inTime.length });
    }
  });
  return rowsAt(sources, scale, places);
}

/** Everybody who is lost today and has not died, on that day; targets are 0. */
export function lostToday(sources: ReturnSources, scale: ReturnScale, today: number): ReturnRows {
  const places: Place[] = [];
  eachEnd(sources.stays, today, (customer, stay, back) => {
    if (back > today && (sources.died?.[customer] ?? -1) < 0)
      places.push({ customer, stay, day: today, target: 0, weight: 1 });
  });
  return rowsAt(sources, scale, places);
}

/** What is usual among those who left; 1 where nothing is known. */
export function returnScaleOf(sources: ReturnSources, today: number): ReturnScale {
  const [spends, gaps]: [number[], number[]] = [[], []];
  eachEnd(sources.stays, today, (customer, stay) => {
    const { spend, meanGap } = ordersOf(sources, customer, stay);
    if (spend > 0) spends.push(spend);
    if (meanGap > 0) gaps.push(meanGap);
  });
  const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 1;
  return { spend: median(spends), gap: median(gaps) };
}

/** @param each is told of each stay that ended, and the day of the return after it, ∞ without one */
function eachEnd(
  { offsets, left, from }: Stays,
  today: number,
  each: (customer: number, stay: number, back: number) => void,
): void {
  for (let customer = 0; customer + 1 < offsets.length; customer++)
    for (let stay = offsets[customer]; stay < offsets[customer + 1]; stay++) {
      if (left[stay] < 0 || left[stay] > today) continue;
      each(customer, stay, stay + 1 < offsets[customer + 1] ? from[stay + 1] : Number.POSITIVE_INFINITY);
    }
}

function rowsAt(sources: ReturnSources, scale: ReturnScale, places: readonly Place[]): ReturnRows {
  const reasonOf = new Map(Array.from(sources.reasons.stay, (stay, n) => [stay, n]));
  const columns = returnFeatures.map(() => new Float64Array(places.length));
  const silence = new Float64Array(places.length);
  const spend = new Float64Array(places.length);
  for (const [row, place] of places.entries()) {
    const lost = lostOn(sources, place, reasonOf.get(place.stay));
    silence[row] = lost.silence;
    spend[row] = lost.spend;
    for (const [f, feature] of returnFeatures.entries()) columns[f][row] = feature.of(lost, scale);
  }
  return {
    customer: Int32Array.from(places, ({ customer }) => customer),
    stay: Int32Array.from(places, ({ stay }) => stay),
    day: Int32Array.from(places, ({ day }) => day),
    silence,
    spend,
    columns,
    target: Uint8Array.from(places, ({ target }) => target),
    weights: Float64Array.from(places, ({ weight }) => weight),
  };
}

function lostOn(sources: ReturnSources, place: Place, reason: number | undefined): LostCustomer {
  const { stays, events, reasons, hasReferred } = sources;
  const { customer, stay, day } = place;
  let complained = -1;
  let solved = -1;
  let referred = hasReferred?.[customer] === 1;
  for (let e = events.offsets[customer]; e < events.offsets[customer + 1] && events.day[e] <= day; e++) {
    const kind = events.kinds[events.kind[e]];
    if (kind === 'complaint' && events.day[e] > day - yearDays) complained = events.day[e];
    if (kind === complaintSolvedKind) solved = events.day[e];
    if (kind === referralKind) referred = true;
  }
  const isKnown = reason !== undefined && reasons.reason[reason] >= 0 && reasons.knownOn[reason] <= day;
  return {
    silence: day - stays.lastSeen[stay],
    ...ordersOf(sources, customer, stay),
    complaint: complained < 0 ? 'none' : solved >= complained ? 'solved' : 'unsolved',
    hasReferred: referred,
    cameBackBefore: stay > stays.offsets[customer],
    family: isKnown ? reasonCodes[reasons.reason[reason]].family : undefined,
  };
}

function ordersOf({ stays, days }: ReturnSources, customer: number, stay: number) {
  const last = stays.lastSeen[stay];
  const first = days.offsets[customer];
  let end = first;
  let spend = 0;
  for (; end < days.offsets[customer + 1] && days.day[end] <= last; end++)
    if (days.day[end] > last - yearDays) spend += days.spend[end];
  const orderDays = end - first;
  const meanGap = orderDays > 1 ? (days.day[end - 1] - days.day[first]) / (orderDays - 1) : Number.NaN;
  return { orderDays, meanGap, spend };
}
