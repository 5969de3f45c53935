import { type PlattCalibration, plattProbability } from '../../learn/calibration.ts';
import { probabilityOf } from '../../learn/scores.ts';
import { checkRows, type Rows } from '../../learn/training-data.ts';
import type { FuzzyFeature } from './features.ts';
import type { FuzzySet, Partition } from './partition.ts';
import type { RuleFigures } from './rule-figures.ts';
import { type FuzzyTerm, ruleDegree } from './terms.ts';

/**
 * `paper`: who stays and who leaves is an OR of rules each, y₀ and y₁, and the score is y₁ / (y₀ + y₁). `weighted`: each rule multiplies
 * the odds of what it is for by its factor, to the power of its degree, and the score is the log-odds.
 */
export type FuzzyVariant = 'weighted' | 'paper';

export interface FuzzyRule {
  /** All of them: the rule holds to the least of their degrees. */
  readonly terms: readonly FuzzyTerm[];
  /** What the odds of its class are multiplied by where the rule holds entirely, > 1; null in the paper's variant. */
  readonly factor: number | null;
  /** Of the customers learnt from: as the rules were chosen by them, others are likely to be a little less telling. */
  readonly figures: RuleFigures;
}

/** Plain data. */
export interface FuzzyModel {
  readonly variant: FuzzyVariant;
  readonly features: readonly FuzzyFeature[];
  /** By feature. */
  readonly partitions: readonly Partition[];
  readonly leaving: readonly FuzzyRule[];
  readonly staying: readonly FuzzyRule[];
  /** The share of those learnt from that left. */
  readonly baseRate: number;
  /** Of the weighted variant, the log-odds where no rule holds. */
  readonly intercept: number;
  /** From score to probability, fitted out of fold; null where there were no folds. */
  readonly calibration: PlattCalibration | null;
  readonly induction: InductionReport;
}

/** How the rules came about, and what was passed over. */
export interface InductionReport {
  readonly customers: number;
  /** Of these, the rules were searched with so many; the figures and weights are of all. */
  readonly searched: { readonly fit: number; readonly choice: number };
  /** The width of layers that was the best of those tried. */
  readonly width: number;
  /** On the choice part: the log-loss of the weighted variant, the mean squared error of both classes of the paper's. */
  readonly criterion: number;
  readonly featuresLeftOut: readonly {
    readonly feature: number;
    readonly reason: 'constant' | 'all-missing';
  }[];
  readonly setsUsed: number;
  /** `rare`: nearly nobody or nearly everybody is in it. `repeated`: the same as one before. `screened`: too many, and others tell more. */
  readonly setsLeftOut: readonly {
    readonly set: FuzzySet;
    readonly reason: 'rare' | 'repeated' | 'screened';
  }[];
  /** Of the scores that the calibration was fitted to; null where there were no folds. */
  readonly outOfFold: { readonly areaUnderCurve: number; readonly logLoss: number } | null;
}

/**
 * Writes the scores of the first `count` rows, one after the other, into `out`; see {@link FuzzyVariant}. A category of another level
 * than in training is in none of its sets.
 *
 * @throws PairwellError `bad-input` where there are fewer values, or no room in `out`
 */
export function scoreFuzzy(model: FuzzyModel, rows: Rows, count: number, out: Float64Array): void {
  const features = model.features.length;
  checkRows(features, rows, count, out);
  for (let row = 0; row < count; row++)
    out[row] = scoreOf(model, (feature) => rows[row * features + feature]);
}

function scoreOf(model: FuzzyModel, valueIn: (feature: number) => number): number {
  const { variant, partitions, leaving, staying, intercept, baseRate } = model;
  const degree = ({ terms }: FuzzyRule): number => ruleDegree(partitions, terms, valueIn);
  if (variant === 'paper') {
    const greatest = (rules: readonly FuzzyRule[]): number =>
      rules.reduce((most, rule) => Math.max(most, degree(rule)), 0);
    const [y0, y1] = [greatest(staying), greatest(leaving)];
    // Where neither says anything, nothing is known but how many leave.
    return y0 + y1 > 0 ? y1 / (y0 + y1) : baseRate;
  }
  const pull = (rules: readonly FuzzyRule[]): number =>
    rules.reduce((sum, rule) => sum + Math.log(rule.factor!) * degree(rule), 0);
  return intercept + pull(leaving) - pull(staying);
}

/** The probability of leaving by a score: calibrated if the model is, else as the variant defuzzifies. */
export function fuzzyProbability({ calibration, variant }: FuzzyModel, score: number): number {
  if (calibration) return plattProbability(calibration, score);
  return variant === 'paper' ? score : probabilityOf(score);
}

/** A rule that holds for a customer. */
export interface HoldingRule {
  readonly outcome: 'leaving' | 'staying';
  readonly rule: FuzzyRule;
  /** 0.5 … 1. */
  readonly degree: number;
}

/** The rules that hold for a customer to ½ at least, those that move the score most first. @param row a value for each feature */
export function holdingRules(model: FuzzyModel, row: Rows): HoldingRule[] {
  const outcomes = ['leaving', 'staying'] as const;
  const strength = ({ rule, degree }: HoldingRule): number =>
    degree * (rule.factor === null ? 1 : Math.log(rule.factor));
  return outcomes
    .flatMap((outcome) =>
      model[outcome].map((rule) => {
        const degree = ruleDegree(model.partitions, rule.terms, (feature) => row[feature]);
        return { outcome, rule, degree };
      }),
    )
    .filter(({ degree }) => degree >= 0.5)
    .sort((a, b) => strength(b) - strength(a));
}
