import { PairwellError } from '../../errors.ts';
import { holm } from '../../stats/adjust.ts';
import { binomialInterval } from '../../stats/binomial-interval.ts';
import { cochranArmitage } from '../../stats/trend.ts';
import { monthLabel, monthOf } from '../rates/calendar.ts';
import type { Words } from '../words.ts';
import type { LeavingReasons } from './leaving-reasons.ts';
import { causeWords, familyWords, type ReasonCode, reasonFamilies, switchingCauses } from './reason-code.ts';
import { reasonCodes } from './reason-codes.ts';
import type { ReasonCount, ReasonReport } from './reason-counts.ts';
import { reasonSentences } from './reason-sentences.ts';

export interface ReasonReportOptions {
  /** Those who left from this day on, and before the other; days since 1970-01-01. */
  readonly from: number;
  readonly to: number;
  /** By leaving: what the customer brought a year, in money; NaN where that is not known. */
  readonly revenue?: Float64Array | undefined;
  /** Of the intervals. Default 0.95. */
  readonly level?: number;
}

/**
 * Why those left who left in a period: by family, by code and by Keaveney's causes, with what is not known told as such.
 *
 * @throws PairwellError `bad-input` for a period that ends before it begins, a column of another length or an impossible level
 */
export function reasonReport(
  leavings: LeavingReasons,
  { from, to, revenue, level = 0.95 }: ReasonReportOptions,
): ReasonReport {
  if (!(from <= to)) throw new PairwellError('bad-input', `The period from day ${from} to ${to} is none.`);
  if (revenue && revenue.length !== leavings.day.length) {
    const message = `There are ${revenue.length} revenues for ${leavings.day.length} leavings.`;
    throw new PairwellError('bad-input', message);
  }
  const rows = Array.from(leavings.day.keys()).filter((n) => leavings.day[n] >= from && leavings.day[n] < to);
  const reasonAt = (n: number): ReasonCode | undefined => reasonCodes[leavings.reason[n]];
  const lostBy = (chosen: readonly number[]): number =>
    chosen.reduce((sum, n) => sum + (revenue && Number.isFinite(revenue[n]) ? revenue[n] : 0), 0);
  const known = rows.filter((n) => reasonAt(n) !== undefined).length;
  const monthly = new Map<number, number[]>();
  for (const n of rows) {
    const month = monthOf(leavings.day[n]);
    const those = monthly.get(month);
    if (those) those.push(n);
    else monthly.set(month, [n]);
  }
  const months = [...monthly].sort(([a], [b]) => a - b);

  const count = (words: Words, isOf: (reason: ReasonCode) => boolean): ReasonCount => {
    const matches = (n: number): boolean => {
      const reason = reasonAt(n);
      return reason !== undefined && isOf(reason);
    };
    const chosen = rows.filter(matches);
    const groups = months.map(([month, those]) => ({
      score: month,
      cases: those.filter(matches).length,
      total: those.length,
    }));
    return {
      words,
      left: chosen.length,
      share: rows.length > 0 ? chosen.length / rows.length : null,
      interval: rows.length > 0 ? binomialInterval(chosen.length, rows.length, level, 'wilson') : null,
      shareOfKnown: known > 0 ? chosen.length / known : null,
      revenueLost: lostBy(chosen),
      trend: groups.length > 1 ? { ...cochranArmitage(groups), adjustedP: 1 } : null,
    };
  };
  const families = adjusted(
    reasonFamilies.map((family) => ({
      ...count(familyWords[family], (reason) => reason.family === family),
      family,
    })),
  );
  const causes = adjusted(
    switchingCauses.map((cause) => ({
      ...count(causeWords[cause], (reason) => reason.cause === cause),
      cause,
    })),
  );
  const occurring = new Set(rows.map(reasonAt));
  const codes = adjusted(
    reasonCodes
      .filter((reason) => occurring.has(reason))
      .map((one) => ({ ...count(one.words, (reason) => reason === one), code: one.code, family: one.family }))
      .sort((a, b) => b.left - a.left),
  );
  const voluntary = (value: number): number => rows.filter((n) => leavings.isVoluntary[n] === value).length;
  const report = {
    from,
    to,
    left: rows.length,
    known,
    unknown: rows.length - known,
    unread: leavings.unread,
    families,
    causes,
    codes,
    voluntary: voluntary(1),
    involuntary: voluntary(0),
    voluntaryUnknown: voluntary(-1),
    revenueLost: lostBy(rows),
    revenueLostUnknownReason: lostBy(rows.filter((n) => reasonAt(n) === undefined)),
    withoutRevenue: rows.filter((n) => !revenue || !Number.isFinite(revenue[n])).length,
    months: months.map(([month, those]) => ({
      month: monthLabel(month),
      left: those.length,
      unknown: those.filter((n) => reasonAt(n) === undefined).length,
      byFamily: reasonFamilies.map((family) => those.filter((n) => reasonAt(n)?.family === family).length),
    })),
  };
  return { ...report, sentences: reasonSentences(report) };
}

/** With the trends corrected for one another. */
function adjusted<Count extends ReasonCount>(counts: readonly Count[]): Count[] {
  const p = holm(Float64Array.from(counts, ({ trend }) => trend?.p ?? 1));
  return counts.map((count, n) => ({
    ...count,
    trend: count.trend && { ...count.trend, adjustedP: p[n] },
  }));
}
