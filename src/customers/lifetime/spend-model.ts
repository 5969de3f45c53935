import { counted } from '../behaviour/words.ts';
import {
  expectedSpend,
  fitGammaGamma,
  type GammaGammaParameters,
  gammaGammaParameters,
  type MeanSpends,
} from './gamma-gamma.ts';
import { describeFit, type Refusal, refusalOfFit, type SpendReport } from './lifetime-report.ts';
import type { RepeatHistory } from './purchase-days.ts';

/** Foresees what a purchase brings. */
export interface SpendModel {
  /** Of a customer with so many purchases of this mean; `mean` is not looked at where there is none. */
  spend(purchases: number, mean: number): number;
  readonly report: SpendReport;
  /** Between the number and the mean of customers' repeat purchases (Pearson); null where either is the same for all. */
  readonly correlation: number | null;
}

export interface SpendModelOptions {
  /** Customers with a repeat purchase for money that Gamma-Gamma needs at least. */
  readonly minRepeatBuyers: number;
  /** The strongest correlation, in either direction, at which Gamma-Gamma is used. */
  readonly maxCorrelation: number;
}

/** Two purchases at the overall mean are added to what a customer did. */
const priorPurchases = 2;

/** Gamma-Gamma, or means shrunk to the overall mean where it would not hold; see `SpendReport`. */
export function spendModelOf(
  { spendDays, meanSpend }: RepeatHistory,
  { minRepeatBuyers, maxCorrelation }: SpendModelOptions,
): SpendModel {
  const purchases = spendDays.filter((days) => days > 0);
  const spends = { purchases, mean: meanSpend.filter((_, c) => spendDays[c] > 0) };
  const correlation = correlationOf(spends);
  const shrunk = (refusal: Refusal): SpendModel => shrunkMeans(spends, correlation, refusal);
  if (purchases.length < Math.max(1, minRepeatBuyers)) {
    const reason = `Only ${counted(purchases.length, 'customer')} came back and paid; Gamma-Gamma needs ${minRepeatBuyers}.`;
    return shrunk({ code: 'too-few-repeat-buyers', reason });
  }
  if (correlation !== null && Math.abs(correlation) > maxCorrelation) {
    const which = correlation > 0 ? 'more' : 'less';
    const reason =
      `Who buys more often spends ${which} on a purchase (correlation ${correlation.toFixed(2)}, ` +
      `beyond ${maxCorrelation}); Gamma-Gamma takes the two to be independent.`;
    return shrunk({ code: 'spend-depends-on-frequency', reason });
  }
  const fit = fitGammaGamma(spends);
  const refusal = refusalOfFit('Gamma-Gamma', fit) ?? refusalOfMean(gammaGammaParameters(fit.parameters));
  if (refusal) return shrunk(refusal);
  const parameters = gammaGammaParameters(fit.parameters);
  return {
    correlation,
    report: {
      method: 'gamma-gamma',
      fit: describeFit(['p', 'q', 'v'], fit, purchases.length),
      populationMean: expectedSpend(parameters, 0, 0),
    },
    spend: (count, mean) => expectedSpend(parameters, count, mean),
  };
}

/** Pearson's coefficient of number and mean of purchases; null where it does not exist. */
export function correlationOf({ purchases, mean }: MeanSpends): number | null {
  const n = purchases.length;
  let [meanX, meanY] = [0, 0];
  for (let c = 0; c < n; c++) {
    meanX += purchases[c] / n;
    meanY += mean[c] / n;
  }
  let [xx, xy, yy] = [0, 0, 0];
  for (let c = 0; c < n; c++) {
    const dx = purchases[c] - meanX;
    // In terms of the mean, so that squares of any currency's amounts fit.
    const dy = mean[c] / meanY - 1;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  // Equal numbers may differ from their mean by rounding.
  if (!(xx > 1e-20 * n * meanX * meanX && yy > 1e-20 * n)) return null;
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

function refusalOfMean({ q }: GammaGammaParameters): Refusal | undefined {
  if (q > 1) return undefined;
  const reason = `A few customers spend so much that the Gamma-Gamma model has no mean (q = ${q.toFixed(3)}, not above 1).`;
  return { code: 'no-mean-spend', reason };
}

function shrunkMeans(
  { purchases, mean }: MeanSpends,
  correlation: number | null,
  refusal: Refusal,
): SpendModel {
  let days = 0;
  let spent = 0;
  for (let c = 0; c < purchases.length; c++) {
    days += purchases[c];
    spent += purchases[c] * mean[c];
  }
  const overallMean = days > 0 ? spent / days : 0;
  return {
    correlation,
    report: { method: 'shrunk-means', refusal, overallMean, priorPurchases },
    spend: (count, own) =>
      ((count > 0 ? count * own : 0) + priorPurchases * overallMean) / (count + priorPurchases),
  };
}
