import { type BgNbdParameters, expectedPurchases, probabilityAlive, whenAlive } from './bg-nbd.ts';
import { bgNbdParameters, fitBgNbd } from './fit-bg-nbd.ts';
import { flatGradient } from './fit-likelihood.ts';
import { groupHistories } from './history-groups.ts';
import { describeFit, type PurchaseReport, type Refusal, refusalOfFit } from './lifetime-report.ts';
import type { RepeatHistory } from './purchase-days.ts';

/** Foresees purchases; times are weeks. */
export interface PurchaseModel {
  /** How probable it is that a customer with x, tₓ and T is alive, 0 … 1. */
  alive(frequency: number, recency: number, age: number): number;
  /** Purchases to expect within the next `weeks` of a customer with x and T who is alive. */
  whenAlive(frequency: number, age: number, weeks: number): number;
  readonly report: PurchaseReport;
}

/** Some ten minutes. */
const shortestAlpha = 0.001;

/** What is assumed where nothing is known: one purchase at the mean rate comes before all, and each is the last of one in ten. */
const assumed = { priorPurchases: 1, lossProbability: 0.1 };

/**
 * BG/NBD, or shrunk rates where it would not hold; see `PurchaseReport`.
 *
 * @param minRepeatBuyers customers who came back that BG/NBD needs at least
 */
export function purchaseModelOf(history: RepeatHistory, minRepeatBuyers: number): PurchaseModel {
  const repeatBuyers = history.frequency.reduce((count, x) => (x > 0 ? count + 1 : count), 0);
  if (repeatBuyers < Math.max(1, minRepeatBuyers)) {
    const reason = `Only ${repeatBuyers} customers came back; BG/NBD needs ${minRepeatBuyers}.`;
    return shrunkRates({ code: 'too-few-repeat-buyers', reason }, assumedRates(history));
  }
  const groups = groupHistories(history);
  const fit = fitBgNbd(groups);
  const parameters = bgNbdParameters(fit.parameters);
  const refusal = refusalOfFit('BG/NBD', fit) ?? refusalOfAlpha(parameters);
  if (refusal) {
    const isLimit = fit.gradientNorm <= flatGradient && parameters.alpha >= shortestAlpha;
    return shrunkRates(refusal, isLimit ? limitOf(parameters) : assumedRates(history));
  }
  return bgNbdModel(parameters, {
    method: 'bg-nbd',
    fit: describeFit(['r', 'alpha', 'a', 'b'], fit, groups.customers),
  });
}

function refusalOfAlpha({ alpha }: BgNbdParameters): Refusal | undefined {
  if (alpha >= shortestAlpha) return undefined;
  const reason = `The alpha of BG/NBD, ${alpha.toExponential(1)} weeks, is shorter than days can tell.`;
  return { code: 'degenerate-parameters', reason };
}

function bgNbdModel(parameters: BgNbdParameters, report: PurchaseReport): PurchaseModel {
  return {
    report,
    alive: (frequency, recency, age) => probabilityAlive(parameters, frequency, recency, age),
    whenAlive: (frequency, age, weeks) => expectedPurchases(whenAlive(parameters, frequency, age), weeks),
  };
}

/** Of `PurchaseReport`. */
interface ShrunkRates {
  readonly priorPurchases: number;
  readonly priorWeeks: number;
  readonly lossProbability: number;
}

function assumedRates({ frequency, age }: RepeatHistory): ShrunkRates {
  let purchases = 0;
  let weeks = 0;
  for (let c = 0; c < frequency.length; c++) {
    if (frequency[c] < 0) continue;
    purchases += frequency[c];
    weeks += age[c];
  }
  const { priorPurchases, lossProbability } = assumed;
  // Where nobody came back nobody is expected to.
  if (purchases === 0) return { priorPurchases: 0, priorWeeks: 1, lossProbability };
  return { priorPurchases, priorWeeks: (priorPurchases * weeks) / purchases, lossProbability };
}

/** What BG/NBD comes to when customers do not differ in how easily they are lost, or nobody is. */
function limitOf({ r, alpha, a, b }: BgNbdParameters): ShrunkRates {
  return { priorPurchases: r, priorWeeks: alpha, lossProbability: a / (a + b) };
}

/** A customer of whom rate and loss probability are known: Fader, Hardie and Lee, 2005, formulas 3 to 5. */
function shrunkRates(refusal: Refusal, rates: ShrunkRates): PurchaseModel {
  const { priorPurchases, priorWeeks, lossProbability } = rates;
  const rate = (x: number, age: number): number => (x + priorPurchases) / (age + priorWeeks);
  const logOdds = Math.log(lossProbability) - Math.log1p(-lossProbability);
  return {
    report: { method: 'shrunk-rates', refusal, ...rates },
    alive: (x, recency, age) => (x === 0 ? 1 : 1 / (1 + Math.exp(logOdds + rate(x, age) * (age - recency)))),
    whenAlive: (x, age, weeks) => {
      const purchases = rate(x, age) * weeks;
      return lossProbability > 0 ? -Math.expm1(-lossProbability * purchases) / lossProbability : purchases;
    },
  };
}
