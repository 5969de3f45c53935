import type { CustomerInsights } from '../customers/customer-insights.ts';
import type { Ledger } from '../customers/ledger.ts';
import { ledgerPurchaseDays } from '../customers/lifetime/ledger-days.ts';
import { repeatHistory } from '../customers/lifetime/purchase-days.ts';
import { purchaseModelOf } from '../customers/lifetime/purchase-model.ts';
import { tierNames } from '../customers/profit/tiers.ts';
import type { ChurnInsights } from './churn-insights.ts';
import { deathDays } from './deaths.ts';
import { leftAlone, withNameless } from './left-alone.ts';
import type { PeriodLength } from './rates/calendar.ts';
import type { DefinitionWish } from './rates/choose-definition.ts';
import { churnRates } from './rates/churn-rates.ts';
import type { ChurnGrouping } from './rates/groupings.ts';
import { leavingAfter, solvedDifference } from './reasons/leaving-after.ts';
import { leavingReasons } from './reasons/leaving-reasons.ts';
import { readReason } from './reasons/read-reason.ts';
import { reasonOf } from './reasons/reason-codes.ts';
import { reasonReport } from './reasons/reason-report.ts';
import { statedReasons } from './reasons/stated-reasons.ts';
import { warningEvents } from './reasons/warning-events.ts';
import {
  type EarlyWarnings,
  earlyWarnings,
  fitWarnings,
  type WarningOptions,
} from './signals/early-warnings.ts';
import { signalHistory } from './signals/history.ts';
import type { SegmentColumn } from './signals/rhythm-watch.ts';
import { signalRecord } from './signals/signal-record.ts';
import { publishedOffers } from './winback/offers.ts';
import { offersMade } from './winback/offers-made.ts';
import { studyWinback } from './winback/study-winback.ts';

/** How leaving is studied; what is absent is as each part has it by default. */
export interface ChurnSettings {
  readonly leaving?: DefinitionWish | undefined;
  readonly period: PeriodLength;
  readonly revenueDays: number;
  /** Of a customer in a year, over all signals: above 0 and up to 1. */
  readonly falseAlarms: number;
  /** What may be spent on winning customers back, in money, and within how many days somebody has to come back. */
  readonly winback: { readonly budget: number; readonly horizonDays: number };
}

/** Plain data, so that it can go to a thread. */
export interface ChurnStudyInput {
  readonly ledger: Ledger;
  /** Of the same ledger. */
  readonly customers: CustomerInsights;
  /** By the shop's own attribute: unlike segments by behaviour they do not rest on how long somebody has been silent. */
  readonly segments: SegmentColumn;
  readonly settings: ChurnSettings;
  /** By customer: 1 for whom nobody can write to, as they were forgotten; they are counted in all rates. */
  readonly nameless?: Uint8Array | undefined;
}

/** All but the outlook, which takes more than one thread: see `studyOutlook`. */
export type ChurnStudied = Omit<ChurnInsights, 'outlook'>;

/** Studies who leaves somewhere else than on the caller's thread. Rejects as {@link studyChurn} does. */
export interface ChurnStudent {
  studyChurn(input: ChurnStudyInput, hooks?: { signal?: AbortSignal | undefined }): Promise<ChurnStudied>;
}

/**
 * Works out what a model knows of who leaves. Data that do not suffice for a part make that part say so.
 *
 * @throws PairwellError `bad-input` for an impossible setting
 */
export function studyChurn({
  ledger,
  customers,
  segments,
  settings,
  nameless,
}: ChurnStudyInput): ChurnStudied {
  const { leaving, period, revenueDays, falseAlarms } = settings;
  const days = ledgerPurchaseDays(ledger);
  const alive =
    leaving?.kind === 'alive'
      ? purchaseModelOf(repeatHistory(days, ledger.today), fewestRepeatBuyers)
      : undefined;
  const { today, events, contracts } = ledger;
  const rates = churnRates(
    { ledger, days, alive },
    {
      ...{ wish: leaving, period, revenueDays, groupings: groupingsOf(customers) },
      codeOf: (text) => readReason(text).reason?.code ?? text,
      isVoluntary: (code) => reasonOf(code)?.isVoluntary,
    },
  );
  const { stays } = rates;
  const reasons = leavingReasons(stays, events, contracts);
  const died = deathDays(ledger);
  const alone = withNameless(leftAlone(events, today, contracts), nameless);
  const { horizonDays } = settings.winback;
  const { offeredOn, ...made } = offersMade({ stays, events, reasons, died }, offerIds, {
    today,
    horizonDays,
  });
  return {
    today,
    rates,
    ...warningsOf(ledger, { segments, falseAlarms, died }),
    reasons: {
      report: reasonReport(reasons, { from: today - daysReported + 1, to: today + 1 }),
      after: leavingAfter(stays, warningEvents(events), { today }),
      solved: solvedDifference(stays, events, { today }),
      stated: statedReasons(events, contracts, { from: today - daysReported + 1, to: today }),
    },
    leftAlone: alone,
    winback: studyWinback(
      { stays, days, events, reasons, offeredOn, died },
      {
        ...{ ...settings.winback, ...made, today, suppression: { leftAlone: alone } },
        margin: Math.max(leastMargin, customers.lifetime.report.margin.mean),
      },
    ),
  };
}

/** What may be offered without a table of one's own. */
const offerIds = publishedOffers.map(({ id }) => id);

/** Reasons are told of those who left in so many days, and are what somebody said in these. */
const daysReported = 365;

/** Where nothing is earned nothing is worth winning back; a share of 0 could not be divided by. */
const leastMargin = 1e-6;

/** Alarms are held against what customers did in so many days after them. */
const recordDays = 90;

function warningsOf(ledger: Ledger, options: WarningOptions): Pick<ChurnInsights, 'warnings' | 'record'> {
  const history = signalHistory(ledger);
  const on = (day: number): EarlyWarnings =>
    earlyWarnings(history, fitWarnings(history, day, options), day, options);
  const { today } = ledger;
  const record = signalRecord(history, on(today - recordDays), recordDays);
  return { warnings: on(today), record: record.watched.customers > 0 ? record : null };
}

/** Fewer customers who came back tell too little of who is alive. */
const fewestRepeatBuyers = 50;

/** The segments by what customers do, and those by profit. */
function groupingsOf({ behaviour, profit }: CustomerInsights): ChurnGrouping[] {
  return [
    {
      name: 'segment',
      names: behaviour.model.segments.map(({ id }) => `behaviour-${id}`),
      group: behaviour.segmentOf,
    },
    {
      name: 'tier',
      names: tierNames.map((tier) => `tier-${tier}`),
      group: profit.tiers.tier,
    },
  ];
}
