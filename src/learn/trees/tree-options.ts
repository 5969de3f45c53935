import { PairwellError } from '../../errors.ts';

export interface TreeOptions {
  /** A 32-bit integer; the same for the same trees. It matters where rows or features are drawn. */
  readonly seed: number;
  /** At most so many trees, ≥ 1; where rows or features are drawn a draw that no tree can be grown from counts too. Default 100. */
  readonly trees?: number | undefined;
  /** The share of each tree's values that counts, in (0, 1]. Default 0.1. */
  readonly learningRate?: number | undefined;
  /** Leaves of a tree at most, 2 … 256. Default 31. */
  readonly maxLeaves?: number | undefined;
  /** Splits between the root and a leaf at most, ≥ 1. Default no limit. */
  readonly maxDepth?: number | undefined;
  /** Rows in a leaf at least, ≥ 1. Default 20. */
  readonly minLeafRows?: number | undefined;
  /** The sum of second derivatives, Σ w p (1 − p), in a leaf at least. Default 1e-3. */
  readonly minLeafHessian?: number | undefined;
  /** What is added to that sum: pulls the values of leaves to 0. Default 0. */
  readonly l2?: number | undefined;
  /** A split must gain more than this. Default 0. */
  readonly minGain?: number | undefined;
  /** Bins of a feature at most, 2 … 255; what is missing has a further one. Default 255. */
  readonly maxBins?: number | undefined;
  /** So many rows are looked at to choose the bins. Default 50,000. */
  readonly binRows?: number | undefined;
  /** The share of the rows that each tree is grown on, in (0, 1]. Default 1. */
  readonly rowShare?: number | undefined;
  /** The share of the features that each tree may use, in (0, 1], of those that are not the same in all rows. Default 1. */
  readonly featureShare?: number | undefined;
  /** By feature: 1 where the score may only rise with it, −1 where it may only fall, 0 elsewhere. Default 0. */
  readonly monotone?: readonly number[] | undefined;
  /** It stops when so many trees, or draws without one, in turn have not made the loss of the validation rows less, ≥ 1. Default 10. */
  readonly patience?: number | undefined;
}

export type CheckedTreeOptions = Required<{ [Key in keyof TreeOptions]: NonNullable<TreeOptions[Key]> }>;

/** Leaves are numbered in 8 bits. */
const mostLeaves = 256;

/**
 * Fills in what is left out.
 *
 * @throws PairwellError `bad-input` for options that cannot be
 */
export function checkedTreeOptions(options: TreeOptions, features: number): CheckedTreeOptions {
  const checked: CheckedTreeOptions = {
    seed: options.seed,
    trees: options.trees ?? 100,
    learningRate: options.learningRate ?? 0.1,
    maxLeaves: options.maxLeaves ?? 31,
    // No leaf is deeper than there are splits.
    maxDepth: options.maxDepth ?? mostLeaves,
    minLeafRows: options.minLeafRows ?? 20,
    minLeafHessian: options.minLeafHessian ?? 1e-3,
    l2: options.l2 ?? 0,
    minGain: options.minGain ?? 0,
    maxBins: options.maxBins ?? 255,
    binRows: options.binRows ?? 50_000,
    rowShare: options.rowShare ?? 1,
    featureShare: options.featureShare ?? 1,
    monotone: options.monotone ?? new Array<number>(features).fill(0),
    patience: options.patience ?? 10,
  };
  const whole = (
    key: 'trees' | 'maxLeaves' | 'maxDepth' | 'minLeafRows' | 'maxBins' | 'binRows' | 'patience',
    least: number,
    most = Infinity, // biome-ignore format: one line
  ) =>
    [
      Number.isInteger(checked[key]) && checked[key] >= least && checked[key] <= most,
      `${key}: a whole number from ${least} ${most === Infinity ? 'on' : `to ${most}`}, not ${checked[key]}`,
    ] as const;
  const share = (key: 'learningRate' | 'rowShare' | 'featureShare') =>
    [
      checked[key] > 0 && checked[key] <= 1,
      `${key}: a number above 0 and up to 1, not ${checked[key]}`,
    ] as const;
  const amount = (key: 'minLeafHessian' | 'l2' | 'minGain') =>
    [
      checked[key] >= 0 && checked[key] < Infinity,
      `${key}: a number from 0 on, not ${checked[key]}`,
    ] as const;
  const { monotone, seed } = checked;
  const wrong = [
    [Number.isInteger(seed), `seed: a whole number, not ${seed}`] as const,
    whole('trees', 1),
    whole('maxLeaves', 2, mostLeaves),
    whole('maxDepth', 1),
    whole('minLeafRows', 1),
    whole('maxBins', 2, 255),
    whole('binRows', 1),
    whole('patience', 1),
    share('learningRate'),
    share('rowShare'),
    share('featureShare'),
    amount('minLeafHessian'),
    amount('l2'),
    amount('minGain'),
    [
      monotone.length === features && monotone.every((sign) => sign === 0 || Math.abs(sign) === 1),
      `monotone: -1, 0 or 1 for each of the ${features} features`,
    ] as const,
  ].find(([isRight]) => !isRight);
  if (wrong) throw new PairwellError('bad-input', `${wrong[1]}.`);
  return checked;
}
