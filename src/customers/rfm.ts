import { PairwellError } from '../errors.ts';
import type { Words } from './behaviour/words.ts';
import { customerCount, type Ledger } from './ledger.ts';
import { type RfmFigures, rfmFigures } from './rfm-figures.ts';
import {
  checkedScores,
  pick,
  quantileCuts,
  type RfmCutoffs,
  scoreAbove,
  scoreFrom,
  scoreOfRank,
} from './rfm-scores.ts';
import { namedScores, rfmSegmentOf } from './rfm-segments.ts';
import { type ScoreRow, type SegmentRow, scoreRows, segmentRows } from './rfm-tables.ts';
import { segmentWords } from './segment-words.ts';

export interface RfmOptions {
  /** Scores are 1 … `scores`: 2 to 10, 5 by default. The segments have names with 5 alone. */
  readonly scores?: number;
  /** Instead of quantiles; they say how many scores there are. */
  readonly cutoffs?: RfmCutoffs | null;
}

/** By customer. */
export interface RfmColumns extends RfmFigures {
  /** 1 … 5, or as many as there are scores, the highest being the best; 0 without an order. */
  readonly recencyScore: Uint8Array;
  readonly frequencyScore: Uint8Array;
  readonly monetaryScore: Uint8Array;
  /** In `rfmSegments`; −1 without an order, and for all where the segments have no names. */
  readonly segment: Int8Array;
}

/** What limits the figures. */
export interface RfmRemark {
  readonly code:
    | 'no-customers'
    | 'few-customers'
    | 'frequency-alike'
    | 'frequency-tied'
    | 'segments-without-names';
  readonly words: Words;
}

export interface RfmReport {
  /** Customers with an order, whom all of this is about. */
  readonly customers: number;
  /** Known customers without one. */
  readonly withoutOrder: number;
  /** The day that recency counts from, in days since 1970-01-01. */
  readonly today: number;
  readonly scores: number;
  /** Where scores begin: with `quantiles`, at equal shares of the customers. */
  readonly cutBy: 'quantiles' | 'cutoffs';
  /** Customers who order as often as one with another score; see the remark `frequency-tied`. */
  readonly frequencyTied: number;
  /** By score, the best first. */
  readonly recency: readonly ScoreRow[];
  readonly frequency: readonly ScoreRow[];
  readonly monetary: readonly ScoreRow[];
  /** All ten, in the order of `rfmSegments`; none where the segments have no names. */
  readonly segments: readonly SegmentRow[];
  readonly remarks: readonly RfmRemark[];
}

const mostScores = 10;

/**
 * Recency, frequency and monetary value of the customers, scores of them, and the ten segments of recency and frequency.
 *
 * Quantiles: recency and monetary value are cut at their quantiles, so customers who are equal have equal scores. Most customers
 * share a few numbers of orders, so frequency is ranked before it is cut: of customers with as many orders the one who appears first,
 * with the lower number, ranks lower, as with `rank(method="first")` of pandas. Training numbers customers by their codes. No quantile
 * can part customers of equal figures, and the rank does so by chance: the remark `frequency-tied` says how many that concerns. Where
 * all customers order as often as each other, there is nothing to rank, and all have the lowest score, as with equal monetary values.
 *
 * @throws PairwellError `bad-input` for cut-offs that do not ascend, or a number of scores that is not in 2 … 10
 */
export function rfm(ledger: Ledger, options: RfmOptions = {}): { columns: RfmColumns; report: RfmReport } {
  const { cutoffs = null } = options;
  const scores = cutoffs ? checkedScores(cutoffs, mostScores) : (options.scores ?? namedScores);
  if (!Number.isInteger(scores) || scores < 2 || scores > mostScores) {
    throw new PairwellError('bad-input', `There can be 2 to ${mostScores} scores, not ${scores}.`, {
      scores,
    });
  }
  const figures = rfmFigures(ledger);
  const customers = withOrder(figures.frequency);
  const scored = cutoffs
    ? scoresByCutoffs(figures, customers, cutoffs, scores)
    : scoresByQuantiles(figures, customers, scores);
  const segment = new Int8Array(figures.frequency.length).fill(-1);
  const isNamed = scores === namedScores;
  if (isNamed)
    for (const c of customers) segment[c] = rfmSegmentOf(scored.recencyScore[c], scored.frequencyScore[c]);
  const columns = { ...figures, ...scored, segment };
  const frequencyTied = tiedCustomers(figures.frequency, scored.frequencyScore, customers);
  const table = (values: ArrayLike<number>, score: Uint8Array) => scoreRows(values, score, customers, scores);
  return {
    columns,
    report: {
      customers: customers.length,
      withoutOrder: customerCount(ledger) - customers.length,
      today: ledger.today,
      scores,
      cutBy: cutoffs ? 'cutoffs' : 'quantiles',
      frequencyTied,
      recency: table(figures.recency, scored.recencyScore),
      frequency: table(figures.frequency, scored.frequencyScore),
      monetary: table(figures.monetary, scored.monetaryScore),
      segments: isNamed ? segmentRows(columns, customers) : [],
      remarks: remarksOf(customers.length, scores, {
        frequencyTied,
        alike: cutoffs ? null : alikeOrders(figures.frequency, customers),
      }),
    },
  };
}

type Scores = Pick<RfmColumns, 'recencyScore' | 'frequencyScore' | 'monetaryScore'>;

function withOrder(frequency: Int32Array): Int32Array {
  const customers = new Int32Array(frequency.length);
  let count = 0;
  for (let c = 0; c < frequency.length; c++) if (frequency[c] > 0) customers[count++] = c;
  return customers.slice(0, count);
}

function noScores(customers: number): Scores {
  return {
    recencyScore: new Uint8Array(customers),
    frequencyScore: new Uint8Array(customers),
    monetaryScore: new Uint8Array(customers),
  };
}

/** Money as it is told: what sums of prices leave beyond that decides no score. */
const told = (money: number): number => Math.round(money * 1e4) / 1e4;

function scoresByCutoffs(
  { recency, frequency, monetary }: RfmFigures,
  customers: Int32Array,
  cutoffs: RfmCutoffs,
  scores: number,
): Scores {
  const scored = noScores(recency.length);
  for (const c of customers) {
    // The fewer days, the better.
    scored.recencyScore[c] = scores + 1 - scoreAbove(recency[c], cutoffs.recency);
    scored.frequencyScore[c] = scoreFrom(frequency[c], cutoffs.frequency);
    scored.monetaryScore[c] = scoreFrom(told(monetary[c]), cutoffs.monetary);
  }
  return scored;
}

function scoresByQuantiles(
  { recency, frequency, monetary }: RfmFigures,
  customers: Int32Array,
  scores: number,
): Scores {
  const scored = noScores(recency.length);
  if (customers.length === 0) return scored;
  const recencyCuts = quantileCuts(pick(recency, customers), scores);
  const monetaryCuts = quantileCuts(pick(monetary, customers), scores);
  for (const c of customers) {
    scored.recencyScore[c] = scores + 1 - scoreAbove(recency[c], recencyCuts);
    scored.monetaryScore[c] = scoreAbove(monetary[c], monetaryCuts);
  }
  scoreByRank(frequency, customers, scores, scored.frequencyScore);
  return scored;
}

/** Scores of the rank by frequency, then customer; 1 for all where all are alike. */
function scoreByRank(
  frequency: Int32Array,
  customers: Int32Array,
  scores: number,
  frequencyScore: Uint8Array,
): void {
  if (isAlike(frequency, customers)) {
    for (const c of customers) frequencyScore[c] = 1;
    return;
  }
  // As numbers that sort by frequency, then customer: a comparison by function would take six times as long.
  const all = frequency.length;
  const ranked = pick(frequency, customers);
  for (let n = 0; n < ranked.length; n++) ranked[n] = ranked[n] * all + customers[n];
  ranked.sort();
  ranked.forEach((key, rank) => {
    frequencyScore[key % all] = scoreOfRank(rank, ranked.length, scores);
  });
}

const isAlike = (values: Int32Array, customers: Int32Array): boolean =>
  customers.every((c) => values[c] === values[customers[0]]);

function tiedCustomers(frequency: Int32Array, score: Uint8Array, customers: Int32Array): number {
  const range = new Map<number, { low: number; high: number; count: number }>();
  for (const c of customers) {
    const seen = range.get(frequency[c]) ?? { low: score[c], high: score[c], count: 0 };
    range.set(frequency[c], seen);
    seen.low = Math.min(seen.low, score[c]);
    seen.high = Math.max(seen.high, score[c]);
    seen.count++;
  }
  let tied = 0;
  for (const { low, high, count } of range.values()) if (low < high) tied += count;
  return tied;
}

/** How many orders all of several customers have; null where they differ. */
function alikeOrders(frequency: Int32Array, customers: Int32Array): number | null {
  return customers.length > 1 && isAlike(frequency, customers) ? frequency[customers[0]] : null;
}

function remarksOf(
  customers: number,
  scores: number,
  { frequencyTied, alike }: { readonly frequencyTied: number; readonly alike: number | null },
): RfmRemark[] {
  if (customers === 0) return [{ code: 'no-customers', words: segmentWords.nobodyToScore() }];
  const remarks: RfmRemark[] = [];
  if (customers < scores)
    remarks.push({ code: 'few-customers', words: segmentWords.fewToScore(customers, scores) });
  if (alike !== null)
    remarks.push({ code: 'frequency-alike', words: segmentWords.frequencyAlike(customers, alike) });
  if (frequencyTied > 0)
    remarks.push({ code: 'frequency-tied', words: segmentWords.frequencyTied(frequencyTied, customers) });
  if (scores !== namedScores)
    remarks.push({ code: 'segments-without-names', words: segmentWords.withoutNames(namedScores, scores) });
  return remarks;
}

/**
 * The lowest and the highest score that customers of so many orders have, where they have several: then it is the order of their codes
 * that decides between them. Null where all of them have one.
 *
 * @param rows by score of frequency, as the report has them
 */
export function tiedScores(rows: readonly ScoreRow[], orders: number): { low: number; high: number } | null {
  const among = rows
    .filter(
      ({ lowest, highest }) => lowest !== null && highest !== null && lowest <= orders && orders <= highest,
    )
    .map(({ score }) => score);
  return among.length > 1 ? { low: Math.min(...among), high: Math.max(...among) } : null;
}
