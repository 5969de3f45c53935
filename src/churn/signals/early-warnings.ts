import { PairwellError } from '../../errors.ts';
import { isCustomerOn } from '../rates/stays.ts';
import { type Alarm, type Alarms, AlarmsBuilder } from './alarms.ts';
import {
  type CountModel,
  countSignals,
  fitCountSignal,
  type OrderHabit,
  watchCount,
} from './count-signals.ts';
import { type DueColumns, DueColumnsBuilder, watchGap } from './due-days.ts';
import { customersOf, type SignalHistory } from './history.ts';
import {
  fitDiscount,
  fitLevelSignal,
  levelSignals,
  scoresPerYear,
  watchDiscount,
  watchLevel,
} from './level-signals.ts';
import type { LevelPrior } from './level-watch.ts';
import {
  fitRhythms,
  orderClump,
  ordersPerYear,
  type RhythmModel,
  type SegmentColumn,
} from './rhythm-watch.ts';
import type { SharePrior } from './share-watch.ts';
import {
  allowances,
  defaultFalseAlarms,
  orderSignals,
  type SignalName,
  signalNames,
} from './signal-names.ts';

export interface WarningOptions {
  /** False alarms of a customer in a year over all signals, above 0 and up to 1; see {@link defaultFalseAlarms}. */
  readonly falseAlarms?: number;
  /** Whose figures a customer with few of his own is drawn to; the whole shop's without. */
  readonly segments?: SegmentColumn;
  /** By customer: 0 or more for who has died, and is watched no longer; see `deathDays`. */
  readonly died?: Int32Array;
}

/** What was learnt of the shop up to a day, to watch customers by on that day and for some time after it. Plain data. */
export interface WarningModel {
  /** Since 1970-01-01. */
  readonly fittedOn: number;
  readonly rhythms: RhythmModel;
  /** In the order of `countSignals`; null where nothing of the kind ever happened. */
  readonly counts: readonly (CountModel | null)[];
  /** In the order of `levelSignals`; null where there are no such figures. */
  readonly levels: readonly (readonly LevelPrior[] | null)[];
  readonly discount: readonly SharePrior[] | null;
}

/** A signal as it is watched. */
export interface WatchedSignal {
  readonly name: SignalName;
  /** Whether the shop has what it takes. */
  readonly isWatched: boolean;
  /** The false alarms a year that it may give of a customer who has ordered twice; see {@link contractAllowances} for others. */
  readonly allowance: number;
  /** How many customers it gives alarm of. */
  readonly alarms: number;
}

/** Plain data. */
export interface EarlyWarnings {
  /** The day at whose end the customers are looked at, since 1970-01-01. */
  readonly today: number;
  /** Of a customer in a year, over all signals, as stated. */
  readonly falseAlarms: number;
  /** In the order of {@link signalNames}. */
  readonly signals: readonly WatchedSignal[];
  /** Whether the shop's own season was seen long enough to be allowed for. */
  readonly knowsSeason: boolean;
  readonly due: DueColumns;
  readonly alarms: Alarms;
}

const nobody: SegmentColumn = { segment: [], segments: 0 };

/** @throws PairwellError `bad-input` for a segment that there is not, or another number of customers */
function checkSegments({ segment, segments }: SegmentColumn, customers: number): Int32Array {
  const column = segments === 0 ? new Int32Array(customers).fill(-1) : Int32Array.from(segment);
  const isRight = (own: number): boolean => own >= -1 && own < segments;
  if (column.length === customers && column.every(isRight)) return column;
  const message = `Give each of the ${customers} customers a segment below ${segments}, or −1 for none.`;
  throw new PairwellError('bad-input', message, { customers, given: column.length, segments });
}

/**
 * Learns what is usual from all customers, as they were at the end of `today`; nothing later is looked at.
 *
 * @throws PairwellError `bad-input` for segments of other customers, or that there are not
 */
export function fitWarnings(
  history: SignalHistory,
  today: number,
  { segments = nobody }: WarningOptions = {},
): WarningModel {
  const column = { ...segments, segment: checkSegments(segments, customersOf(history)) };
  const rhythms = fitRhythms(history, today, column);
  return {
    fittedOn: today,
    rhythms,
    counts: countSignals.map((signal) => fitCountSignal(signal, history, rhythms.clock, today, column)),
    levels: levelSignals.map((signal) => fitLevelSignal(signal, history, today, column)),
    discount: fitDiscount(history, today, column),
  };
}

/** In a rhythm that is more probably yearly than not, fewer orders and visits out of season say nothing. */
const isYearlyFrom = 0.5;

/**
 * Looks at all customers as they were at the end of `today`; nothing later is looked at. Each signal of a customer of whom nothing
 * changes begins to give alarm `allowance` times a year at most, however often one looks: a gap counts once, a window by how often
 * it crosses its limit, and the newest figures once for each that comes. Who never ordered, or once, is watched while a contract runs, by
 * what does not rest on orders; who has died is not.
 *
 * @throws PairwellError `bad-input` for false alarms that are not above 0 and up to 1, and for segments as {@link fitWarnings}
 */
export function earlyWarnings(
  history: SignalHistory,
  model: WarningModel,
  today: number,
  { falseAlarms = defaultFalseAlarms, segments = nobody, died }: WarningOptions = {},
): EarlyWarnings {
  const isWatched = watchedBy(model);
  const allowed = allowances(falseAlarms, isWatched);
  const customers = customersOf(history);
  const segmentOf = checkSegments(segments, customers);
  const due = new DueColumnsBuilder(customers);
  const alarms = new AlarmsBuilder(customers);
  const allowedWithoutOrders = withoutOrders(falseAlarms, isWatched);
  const gapAllowance = allowed[signalNames.indexOf('order-gap')];
  for (let c = 0; c < customers; c++) {
    if ((died?.[c] ?? -1) >= 0) {
      alarms.endCustomer();
      continue;
    }
    const who = { history, model, today, c, segment: segmentOf[c] };
    const gap = watchGap(model.rhythms, history, c, today, who.segment, gapAllowance);
    if (gap !== undefined) {
      due.set(c, gap.due);
      if (gap.alarm) alarms.add({ name: 'order-gap', ...gap.alarm });
      const habit = { perYear: ordersPerYear(gap.rhythm), clump: orderClump(gap.rhythm) };
      const ordering: Watched = { ...who, allowed, habit, isYearly: gap.rhythm.yearly > isYearlyFrom };
      for (const alarm of alarmsOf(ordering)) alarms.add(alarm);
    } else if (isCustomerOn(history.contracts, c, today)) {
      const contract: Watched = { ...who, allowed: allowedWithoutOrders, habit: noOrders, isYearly: false };
      for (const alarm of alarmsOf(contract)) alarms.add(alarm);
    }
    alarms.endCustomer();
  }
  const built = alarms.build();
  return {
    today,
    falseAlarms,
    signals: signalNames.map((name, n) => ({
      name,
      isWatched: isWatched[n],
      allowance: allowed[n],
      alarms: built.signal.reduce((count, signal) => count + Number(signal === n), 0),
    })),
    knowsSeason: model.rhythms.clock !== null,
    due: due.build(),
    alarms: built,
  };
}

/** A customer who is looked at. */
interface Watched {
  readonly history: SignalHistory;
  readonly model: WarningModel;
  readonly today: number;
  readonly c: number;
  readonly segment: number;
  /** By position in {@link signalNames}; 0 for what does not apply to the customer. */
  readonly allowed: Float64Array;
  readonly habit: OrderHabit;
  readonly isYearly: boolean;
}

const noOrders: OrderHabit = { perYear: 0, clump: 1 };

const alarmsOf = (who: Watched): Alarm[] => [...countAlarms(who), ...figureAlarms(who)];

const allowanceOf = ({ allowed }: Watched, name: SignalName): number => allowed[signalNames.indexOf(name)];

/** Of what happens in a window of time. */
function countAlarms(who: Watched): Alarm[] {
  const { history, model, today, c, segment, habit, isYearly } = who;
  return countSignals.flatMap((signal, n) => {
    const counts = model.counts[n];
    const allowance = allowanceOf(who, signal.name);
    if (counts === null || allowance === 0 || (isYearly && signal.direction === 'fall')) return [];
    const { clock } = model.rhythms;
    const alarm = watchCount(signal, counts, history, clock, c, today, segment, allowance, habit);
    return alarm ? [{ name: signal.name, ...alarm }] : [];
  });
}

/** Of the newest orders and scores. */
function figureAlarms(who: Watched): Alarm[] {
  const { history, model, today, c, segment } = who;
  const { perYear } = who.habit;
  const found = levelSignals.flatMap((signal, n): Alarm[] => {
    const priors = model.levels[n];
    const allowance = allowanceOf(who, signal.name);
    if (priors === null || allowance === 0) return [];
    const looksPerYear = signal.figure === 'score' ? scoresPerYear(history, c, today) : perYear;
    const alarm = watchLevel(signal, priorOf(priors, segment), history, c, today, {
      looksPerYear,
      allowance,
    });
    return alarm ? [{ name: signal.name, ...alarm, windowDays: 0 }] : [];
  });
  const allowance = allowanceOf(who, 'discount');
  if (model.discount === null || allowance === 0) return found;
  const look = { looksPerYear: perYear, allowance };
  const alarm = watchDiscount(priorOf(model.discount, segment), history, c, today, look);
  return alarm ? [...found, { name: 'discount', ...alarm, windowDays: 0 }] : found;
}

const priorOf = <T>(priors: readonly T[], segment: number): T =>
  priors[segment >= 0 ? segment : priors.length - 1];

/** Who orders nothing is watched by fewer signals, which share the same false alarms. */
const withoutOrders = (falseAlarms: number, isWatched: readonly boolean[]): Float64Array =>
  allowances(
    falseAlarms,
    signalNames.map((name, n) => isWatched[n] && !orderSignals.has(name)),
  );

/** By position in {@link signalNames}: the false alarms a year that each signal may give of a contract's customer without two orders. */
export const contractAllowances = ({
  falseAlarms,
  signals,
}: Pick<EarlyWarnings, 'falseAlarms' | 'signals'>): Float64Array =>
  withoutOrders(
    falseAlarms,
    signals.map(({ isWatched }) => isWatched),
  );

function watchedBy({ counts, levels, discount }: WarningModel): boolean[] {
  const known = new Set<SignalName>(['order-gap']);
  for (const [n, { name }] of countSignals.entries()) if (counts[n] !== null) known.add(name);
  for (const [n, { name }] of levelSignals.entries()) if (levels[n] !== null) known.add(name);
  if (discount !== null) known.add('discount');
  return signalNames.map((name) => known.has(name));
}
