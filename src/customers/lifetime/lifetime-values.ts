import { PairwellError } from '../../errors.ts';
import { type LifetimeCaution, lifetimeCautions } from './lifetime-cautions.ts';
import type { PurchaseReport, SpendReport } from './lifetime-report.ts';
import { checkHistory, type RepeatHistory } from './purchase-days.ts';
import { type PurchaseModel, purchaseModelOf } from './purchase-model.ts';
import { spendModelOf } from './spend-model.ts';

/** Weeks to a month, as the literature has it. */
export const weeksInMonth = 4.345;

export interface LifetimeOptions {
  /** Weeks, > 0 and at most 1,000: how far is looked ahead. Default 12 months. */
  readonly horizonWeeks?: number;
  /** By which a month later counts for less, 0 or more and finite. Default 0.01. */
  readonly monthlyDiscount?: number;
  /**
   * What of a purchase's money is earned, for all customers or by customer; it may be negative. Where it is not finite, the mean of
   * the others stands in, or 1 where it is of nobody. Default 1.
   */
  readonly margin?: number | Float64Array;
  /** Customers who came back that the models need at least. Default 50. */
  readonly minRepeatBuyers?: number;
  /**
   * The strongest correlation between how often and for how much customers buy at which Gamma-Gamma, which takes them to be independent, is
   * used. Default 0.3, under a tenth of the variance of either.
   */
  readonly maxCorrelation?: number;
}

/** By customer; 0 in every column for who never bought. */
export interface LifetimeColumns {
  /** How probable it is that the customer is still one, 0 … 1; NaN where the data do not tell, see `report.cautions`. */
  readonly alive: Float32Array;
  /** Purchase days to expect within the horizon. */
  readonly purchases: Float32Array;
  /** What a purchase day is to bring, in money. */
  readonly spend: Float64Array;
  /** What of a unit of money spent is earned. */
  readonly margin: Float64Array;
  /** What the customer is worth over the horizon: purchases × spend × margin, discounted at the end of each month; in money. */
  readonly value: Float64Array;
}

export interface LifetimeReport {
  /** With a purchase; these are all that is summed over. */
  readonly customers: number;
  readonly withoutPurchase: number;
  readonly repeatBuyers: number;
  /** Purchase days after customers' first ones. */
  readonly repeatPurchases: number;
  readonly horizonWeeks: number;
  readonly monthlyDiscount: number;
  /** The mean of customers' own margins, and how many had none, for whom it stands in. */
  readonly margin: { readonly mean: number; readonly assumed: number };
  readonly purchases: PurchaseReport;
  readonly spend: SpendReport;
  /** Between how often and for how much customers came back; null where it does not exist. */
  readonly correlation: number | null;
  /** The largest correlation without a sign at which Gamma-Gamma is used. */
  readonly maxCorrelation: number;
  /** Over all customers, purchase days and value to expect; and how many are to be alive of the `aliveOf` of whom that can be told. */
  readonly expected: {
    /** Null where it can be told of nobody. */
    readonly alive: number | null;
    readonly aliveOf: number;
    readonly purchases: number;
    readonly value: number;
  };
  /** What a reader should know before believing the figures: each with a stable code. */
  readonly cautions: readonly LifetimeCaution[];
}

export interface LifetimeValues {
  readonly columns: LifetimeColumns;
  readonly report: LifetimeReport;
}

/**
 * What customers are likely to be worth: BG/NBD foresees their purchases, Gamma-Gamma what these bring (Fader, Hardie and Lee, "RFM and
 * CLV", Journal of Marketing Research 42, 2005). Where the data do not fit a model's assumptions a simpler estimate takes its
 * place, and the report says why.
 *
 * @throws PairwellError `bad-input` for an impossible option or an impossible history, never for too little or odd data
 */
export function lifetimeValues(history: RepeatHistory, options: LifetimeOptions = {}): LifetimeValues {
  const { horizonWeeks = 12 * weeksInMonth, monthlyDiscount = 0.01, margin = 1 } = options;
  const { minRepeatBuyers = 50, maxCorrelation = 0.3 } = options;
  const { frequency, recency, age, spendDays, meanSpend } = history;
  checkHistory(history);
  check(horizonWeeks > 0 && horizonWeeks <= 1000, 'The horizon must be above 0 and at most 1,000 weeks.');
  check(monthlyDiscount >= 0 && Number.isFinite(monthlyDiscount), 'The discount must be finite, 0 or more.');
  check(minRepeatBuyers >= 0, 'The least number of repeat buyers must be 0 or more.');
  check(maxCorrelation >= 0 && maxCorrelation <= 1, 'The largest correlation must lie between 0 and 1.');
  const length = frequency.length;
  const isOne = typeof margin === 'number';
  check(
    isOne ? Number.isFinite(margin) : margin.length === length,
    'The margin must be finite, or by customer.',
  );

  const purchaseModel = purchaseModelOf(history, minRepeatBuyers);
  const spendModel = spendModelOf(history, { minRepeatBuyers, maxCorrelation });
  const margins = isOne ? new Float64Array(length).fill(margin) : margin;
  const known = margins.filter((share, c) => frequency[c] >= 0 && Number.isFinite(share));
  const meanMargin = known.length > 0 ? known.reduce((sum, share) => sum + share, 0) / known.length : 1;
  const ahead = lookAhead(purchaseModel, horizonWeeks, monthlyDiscount);
  const columns: LifetimeColumns = {
    alive: new Float32Array(length),
    purchases: new Float32Array(length),
    spend: new Float64Array(length),
    margin: new Float64Array(length),
    value: new Float64Array(length),
  };
  let customers = 0;
  let repeatBuyers = 0;
  let repeatPurchases = 0;
  const expected = { alive: 0, aliveOf: 0, purchases: 0, value: 0 };
  for (let c = 0; c < length; c++) {
    const x = frequency[c];
    if (x < 0) continue;
    customers++;
    repeatPurchases += x;
    if (x > 0) repeatBuyers++;
    const alive = purchaseModel.alive(x, recency[c], age[c]);
    const { purchases, discounted } = ahead(x, age[c]);
    const spend = spendModel.spend(spendDays[c], meanSpend[c]);
    const share = Number.isFinite(margins[c]) ? margins[c] : meanMargin;
    const value = alive * discounted * spend * share;
    const isTold = purchaseModel.tellsAlive(x);
    columns.alive[c] = isTold ? alive : Number.NaN;
    columns.purchases[c] = alive * purchases;
    columns.spend[c] = spend;
    columns.margin[c] = share;
    columns.value[c] = value;
    if (isTold) {
      expected.aliveOf++;
      expected.alive += alive;
    }
    expected.purchases += alive * purchases;
    expected.value += value;
  }
  return {
    columns,
    report: {
      ...{ customers, withoutPurchase: length - customers, repeatBuyers, repeatPurchases },
      ...{ horizonWeeks, monthlyDiscount },
      margin: { mean: meanMargin, assumed: customers - known.length },
      purchases: purchaseModel.report,
      spend: spendModel.report,
      correlation: spendModel.correlation,
      maxCorrelation,
      expected: { ...expected, alive: expected.aliveOf > 0 ? expected.alive : null },
      cautions: lifetimeCautions(purchaseModel.report, customers - repeatBuyers),
    },
  };
}

interface Ahead {
  readonly purchases: number;
  /** With those of each month counting for less. */
  readonly discounted: number;
}

/** What to expect of who is alive, by x and T; worked out once for each pair. */
function lookAhead(
  model: PurchaseModel,
  horizonWeeks: number,
  monthlyDiscount: number,
): (frequency: number, age: number) => Ahead {
  const known = new Map<number, Map<number, Ahead>>();
  const lookUp = (frequency: number, age: number): Ahead => {
    let purchases = 0;
    let discounted = 0;
    for (let month = 1; (month - 1) * weeksInMonth < horizonWeeks; month++) {
      const weeks = Math.min(month * weeksInMonth, horizonWeeks);
      const until = model.whenAlive(frequency, age, weeks);
      discounted += (until - purchases) / (1 + monthlyDiscount) ** (weeks / weeksInMonth);
      purchases = until;
    }
    return { purchases, discounted };
  };
  return (frequency, age) => {
    const byAge = known.get(frequency) ?? new Map<number, Ahead>();
    known.set(frequency, byAge);
    const ahead = byAge.get(age) ?? lookUp(frequency, age);
    byAge.set(age, ahead);
    return ahead;
  };
}

function check(isFine: boolean, message: string): void {
  if (!isFine) throw new PairwellError('bad-input', message);
}
