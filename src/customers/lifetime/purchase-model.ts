import { counted } from '../behaviour/words.ts';
import { type BgNbdParameters, expectedPurchases, probabilityAlive, whenAlive } from './bg-nbd.ts';
import { bgNbdParameters, fitBgNbd } from './fit-bg-nbd.ts';
import { flatGradient, type LikelihoodFit } from './fit-likelihood.ts';
import { groupHistories } from './history-groups.ts';
import {
  describeFit,
  type PurchaseMethod,
  type PurchaseReport,
  type Refusal,
  refusalOfFit,
  type ShrunkRates,
} from './lifetime-report.ts';
import { type LossTest, lossLevel, lossTest } from './loss-test.ts';
import { fitNbd } from './nbd.ts';
import { type RepeatHistory, totalsOf } from './purchase-days.ts';

/** Foresees purchases; times are weeks. */
export interface PurchaseModel {
  /**
   * How probable it is that a customer with x, tₓ and T is alive, 0 … 1: to multiply {@link whenAlive} by. To be believed in only
   * where {@link tellsAlive} says so.
   */
  alive(frequency: number, recency: number, age: number): number;
  /** Whether the data tell the above: not of who never came back, of whom both models take it for granted, nor without loss. */
  tellsAlive(frequency: number): boolean;
  /** Purchases to expect within the next `weeks` of a customer with x and T who is alive; of a new one with 0 and 0. */
  whenAlive(frequency: number, age: number, weeks: number): number;
  readonly report: PurchaseReport;
}

/** Some ten minutes. */
const shortestAlpha = 0.001;

/** What is assumed where nothing is known: one purchase at the mean rate comes before all, and each is the last of one in ten. */
const assumed = { priorPurchases: 1, lossProbability: 0.1 };

/**
 * BG/NBD, or shrunk rates where it would not hold or loss cannot be told from none; see `PurchaseReport`.
 *
 * @param minRepeatBuyers customers who came back that a fit needs at least
 * @param like the method to use wherever it can be fitted, whatever these data alone would lead to
 */
export function purchaseModelOf(
  history: RepeatHistory,
  minRepeatBuyers: number,
  like?: PurchaseMethod,
): PurchaseModel {
  const repeatBuyers = history.frequency.reduce((count, x) => (x > 0 ? count + 1 : count), 0);
  if (repeatBuyers < Math.max(1, minRepeatBuyers)) {
    const reason = `Only ${counted(repeatBuyers, 'customer')} came back; BG/NBD needs ${minRepeatBuyers}.`;
    return shrunkRates(assumedRates(history), { code: 'too-few-repeat-buyers', reason }, null);
  }
  const groups = groupHistories(history);
  const fits: Fits = { withLoss: fitBgNbd(groups), withoutLoss: fitNbd(groups) };
  const isComparable = isAtLimit(fits.withLoss) && isAtLimit(fits.withoutLoss);
  const test = isComparable ? lossTest(fits.withLoss.logLikelihood, fits.withoutLoss.logLikelihood) : null;
  const { method, refusal } = chosen(fits, test, like);
  if (refusal) return shrunkRates(ratesBy(method, fits, history), refusal, test);
  const fit = describeFit(['r', 'alpha', 'a', 'b'], fits.withLoss, groups.customers);
  return bgNbdModel(bgNbdParameters(fits.withLoss.parameters), { method: 'bg-nbd', fit, lossTest: test });
}

/** BG/NBD and the same without loss. */
interface Fits {
  readonly withLoss: LikelihoodFit;
  readonly withoutLoss: LikelihoodFit;
}

/** What is used and, unless it is BG/NBD, why not that. */
interface Choice {
  readonly method: PurchaseMethod;
  readonly refusal?: Refusal | undefined;
}

function chosen(fits: Fits, test: LossTest | null, like: PurchaseMethod | undefined): Choice {
  const flaw = flawOf(fits.withLoss);
  const own = ownChoice(fits, test, flaw);
  if (like === undefined || like === own.method) return own;
  const isPossible: Readonly<Record<PurchaseMethod, boolean>> = {
    'bg-nbd': flaw === undefined,
    'without-loss': isAtLimit(fits.withoutLoss),
    'common-loss': isAtLimit(fits.withLoss),
    assumed: true,
  };
  if (!isPossible[like]) return own;
  if (like === 'bg-nbd') return { method: like };
  const reason = 'The method in service, which is not BG/NBD, is held against what came.';
  return { method: like, refusal: { code: 'as-in-service', reason } };
}

/** What the data lead to. */
function ownChoice({ withLoss }: Fits, test: LossTest | null, flaw: Refusal | undefined): Choice {
  if (!isAtLimit(withLoss)) return { method: 'assumed', refusal: flaw };
  if (test && test.p > lossLevel) return { method: 'without-loss', refusal: lossNotTold(test) };
  return flaw ? { method: 'common-loss', refusal: flaw } : { method: 'bg-nbd' };
}

/** Whether the likelihood is all but the highest, be it at parameters that ran away. */
const isAtLimit = ({ gradientNorm, parameters: [, alpha] }: LikelihoodFit): boolean =>
  gradientNorm <= flatGradient && alpha >= shortestAlpha;

function flawOf(fit: LikelihoodFit): Refusal | undefined {
  const [, alpha] = fit.parameters;
  const refusal = refusalOfFit('BG/NBD', fit);
  if (refusal || alpha >= shortestAlpha) return refusal;
  const reason = `The alpha of BG/NBD, ${alpha.toExponential(1)} weeks, is shorter than days can tell.`;
  return { code: 'degenerate-parameters', reason };
}

function lossNotTold({ statistic, p }: LossTest): Refusal {
  const reason =
    'Whether customers are lost cannot be told: that nobody is makes the data as probable as BG/NBD does ' +
    `(likelihood-ratio test: ${statistic.toFixed(2)}, p = ${p.toFixed(2)}; it takes p up to ${lossLevel}).`;
  return { code: 'loss-not-told', reason };
}

function bgNbdModel(parameters: BgNbdParameters, report: PurchaseReport): PurchaseModel {
  return {
    report,
    alive: (frequency, recency, age) => probabilityAlive(parameters, frequency, recency, age),
    tellsAlive: (frequency) => frequency > 0,
    whenAlive: (frequency, age, weeks) => expectedPurchases(whenAlive(parameters, frequency, age), weeks),
  };
}

function ratesBy(
  method: PurchaseMethod,
  { withLoss, withoutLoss }: Fits,
  history: RepeatHistory,
): ShrunkRates {
  if (method === 'without-loss') {
    const [priorPurchases, priorWeeks] = withoutLoss.parameters;
    return { basis: method, priorPurchases, priorWeeks, lossProbability: 0 };
  }
  if (method !== 'common-loss') return assumedRates(history);
  const { r, alpha, a, b } = bgNbdParameters(withLoss.parameters);
  return { basis: method, priorPurchases: r, priorWeeks: alpha, lossProbability: a / (a + b) };
}

function assumedRates(history: RepeatHistory): ShrunkRates {
  const { purchases, weeks } = totalsOf(history);
  const { priorPurchases, lossProbability } = assumed;
  // Where nobody came back nobody is expected to.
  const prior =
    purchases === 0
      ? { priorPurchases: 0, priorWeeks: 1 }
      : { priorPurchases, priorWeeks: (priorPurchases * weeks) / purchases };
  return { basis: 'assumed', ...prior, lossProbability };
}

/** A customer of whom rate and loss probability are known: Fader, Hardie and Lee, 2005, formulas 3 to 5. */
function shrunkRates(rates: ShrunkRates, refusal: Refusal, test: LossTest | null): PurchaseModel {
  const { basis, priorPurchases, priorWeeks, lossProbability } = rates;
  const rate = (x: number, age: number): number => (x + priorPurchases) / (age + priorWeeks);
  const logOdds = Math.log(lossProbability) - Math.log1p(-lossProbability);
  return {
    report: { method: 'shrunk-rates', refusal, lossTest: test, ...rates },
    alive: (x, recency, age) => (x === 0 ? 1 : 1 / (1 + Math.exp(logOdds + rate(x, age) * (age - recency)))),
    tellsAlive: (x) => x > 0 && basis !== 'without-loss',
    whenAlive: (x, age, weeks) => {
      const purchases = rate(x, age) * weeks;
      return lossProbability > 0 ? -Math.expm1(-lossProbability * purchases) / lossProbability : purchases;
    },
  };
}
