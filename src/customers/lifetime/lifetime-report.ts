import type { LikelihoodFit } from './fit-likelihood.ts';
import type { LossTest } from './loss-test.ts';

/** Why a model of lifetime value was not used. Stable. */
export type RefusalCode =
  | 'too-few-repeat-buyers'
  | 'no-convergence'
  | 'degenerate-parameters'
  /** Whether anybody is lost cannot be told: the data are as probable where nobody is. */
  | 'loss-not-told'
  /** Of a hold-out: the method in service is not the one that the shorter time would have led to. */
  | 'as-in-service'
  | 'spend-depends-on-frequency'
  | 'no-mean-spend';

export interface Refusal {
  readonly code: RefusalCode;
  /** A sentence for people. */
  readonly reason: string;
}

export interface ParameterEstimate {
  readonly estimate: number;
  readonly standardError: number;
  /** 95 % interval, made for the logarithm, so that it stays above 0. */
  readonly low: number;
  readonly high: number;
}

/** Maximum likelihood, in figures. */
export interface FittedModel<Name extends string> {
  readonly parameters: Readonly<Record<Name, ParameterEstimate>>;
  readonly logLikelihood: number;
  /** Customers that it was fitted to. */
  readonly customers: number;
  readonly iterations: number;
  /** The steepest slope that was left of the mean log-likelihood, by logarithms of the parameters. */
  readonly gradientNorm: number;
}

/** Where shrunk rates have their figures from; see {@link ShrunkRates}. */
export type RateBasis = 'without-loss' | 'common-loss' | 'assumed';

export type PurchaseMethod = 'bg-nbd' | RateBasis;

/**
 * A rate of each customer's own, (x + priorPurchases) / (T + priorWeeks) a week, and a probability of being lost after any repeat
 * purchase that is the same for all. Who came back is alive with probability
 * 1 / (1 + lossProbability / (1 − lossProbability) · exp(rate × weeks of silence)), and who is alive makes
 * (1 − exp(−lossProbability × rate × weeks)) / lossProbability purchases, rate × weeks where nobody is lost.
 */
export interface ShrunkRates {
  /**
   * `without-loss`: r and alpha of the model in which nobody is lost, and 0, as loss cannot be told. Nothing is then known of who is alive.
   * `common-loss`: what BG/NBD came to where it ran away: r, alpha and a / (a + b).
   * `assumed`: one purchase at the mean rate, and 0.1.
   */
  readonly basis: RateBasis;
  readonly priorPurchases: number;
  readonly priorWeeks: number;
  readonly lossProbability: number;
}

/** How purchases are foreseen. */
export type PurchaseReport =
  /** By BG/NBD; alpha is in weeks. */
  | {
      readonly method: 'bg-nbd';
      readonly fit: FittedModel<'r' | 'alpha' | 'a' | 'b'>;
      /** Null where the model without loss could not be fitted. */
      readonly lossTest: LossTest | null;
    }
  /** Instead of it. */
  | (ShrunkRates & {
      readonly method: 'shrunk-rates';
      readonly refusal: Refusal;
      /** Null where one of the two models could not be fitted. */
      readonly lossTest: LossTest | null;
    });

export const purchaseMethodOf = (report: PurchaseReport): PurchaseMethod =>
  report.method === 'bg-nbd' ? 'bg-nbd' : report.basis;

/** How the spend of a purchase is foreseen. */
export type SpendReport =
  /** By Gamma-Gamma; v is in money. */
  | {
      readonly method: 'gamma-gamma';
      readonly fit: FittedModel<'p' | 'q' | 'v'>;
      /** p v / (q − 1): what a purchase of anybody brings on average. */
      readonly populationMean: number;
    }
  /** Instead of it: (purchases × own mean + priorPurchases × overallMean) / (purchases + priorPurchases). */
  | {
      readonly method: 'shrunk-means';
      readonly refusal: Refusal;
      /** Of all repeat purchases; 0 where there is none. */
      readonly overallMean: number;
      readonly priorPurchases: number;
    };

/** What a fit has to show to be used. */
export function refusalOfFit(name: string, fit: LikelihoodFit): Refusal | undefined {
  if (fit.isDegenerate) {
    const reason = `A parameter of ${name} ran away: customers differ too little, or are too few, to tell by how much they do.`;
    return { code: 'degenerate-parameters', reason };
  }
  if (fit.converged && fit.standardErrors !== null) return undefined;
  const reason = `The likelihood of ${name} has no maximum that could be found (${fit.iterations} steps).`;
  return { code: 'no-convergence', reason };
}

/** @param fit one that was not refused */
export function describeFit<Name extends string>(
  names: readonly Name[],
  { parameters, standardErrors, logLikelihood, iterations, gradientNorm }: LikelihoodFit,
  customers: number,
): FittedModel<Name> {
  const estimates = names.map((name, i): [Name, ParameterEstimate] => {
    const estimate = parameters[i];
    const standardError = standardErrors![i];
    const factor = Math.exp((1.959963984540054 * standardError) / estimate);
    return [name, { estimate, standardError, low: estimate / factor, high: estimate * factor }];
  });
  return {
    parameters: Object.fromEntries(estimates) as Record<Name, ParameterEstimate>,
    ...{ logLikelihood, customers, iterations, gradientNorm },
  };
}
