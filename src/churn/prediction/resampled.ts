import { below, type Random } from '../../learn/random.ts';
import type { Predicted } from './predictions.ts';
import type { Estimate } from './roc.ts';

/** The shares of customers, the likeliest to leave first, that gains are told of. */
export const gainShares: readonly number[] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** Figures of one model: log-loss, Brier score, three shares of {@link RightShares} at either threshold, then gains. */
const rightAt = 2;
const gainsFrom = rightAt + 2 * 3;
const figureCount = gainsFrom + gainShares.length;

/** Replicates, fewer of very many rows, of which an interval hardly depends on them. */
const mostReplicates = 400;
const fewestReplicates = 100;
const rowsInAll = 2e7;

const leastDoubt = 1e-15;

export interface ResampledFigures {
  readonly logLoss: Estimate;
  readonly brier: Estimate;
  /** At the threshold ½ and at the one that was best in training. */
  readonly half: RightShares;
  readonly best: RightShares;
  /** By share of {@link gainShares}: the share of those who left that is among them. */
  readonly gains: readonly Estimate[];
}

/** Which shares of the customers are called rightly. */
export interface RightShares {
  readonly all: Estimate;
  readonly stayed: Estimate;
  readonly left: Estimate;
}

export interface Resampled {
  /** By model. */
  readonly figures: readonly ResampledFigures[];
  /** By replicate, the log-losses of the models. */
  readonly losses: readonly Float64Array[];
}

/**
 * Figures of several models on the same rows, with intervals from 2.5 to 97.5 % of bootstrap replicates in which customers are drawn with
 * all of their rows (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapters 8 and 13). Ties in gains count as if in
 * random order.
 */
export function resample(
  predicted: readonly Predicted[],
  target: Uint8Array,
  customer: Int32Array,
  random: Random,
): Resampled {
  const columns = predicted.map((model) => ledgerOf(model, target));
  const numbers = new Map<number, number>();
  const clusterOf = customer.map((who) => {
    if (!numbers.has(who)) numbers.set(who, numbers.size);
    return numbers.get(who)!;
  });
  const rows = target.length;
  const actual = columns.map((own) => figuresOf(own, target, new Float64Array(rows).fill(1))!);
  const wanted = Math.max(fewestReplicates, Math.min(mostReplicates, Math.round(rowsInAll / rows)));
  const drawn: Float64Array[][] = [];
  const times = new Float64Array(numbers.size);
  const weights = new Float64Array(rows);
  for (let replicate = 0; replicate < wanted; replicate++) {
    times.fill(0);
    for (let n = 0; n < times.length; n++) times[below(times.length, random)]++;
    for (let row = 0; row < rows; row++) weights[row] = times[clusterOf[row]];
    const found = columns.map((own) => figuresOf(own, target, weights));
    // One in which a class was not drawn tells nothing.
    if (found.every((figures) => figures !== null)) drawn.push(found as Float64Array[]);
  }
  const estimate = (model: number, at: number): Estimate => {
    const values = Float64Array.from(drawn, (found) => found[model][at]).sort();
    const value = actual[model][at];
    if (values.length === 0) return { value, low: value, high: value };
    const quantile = (share: number): number => values[Math.round(share * (values.length - 1))];
    return { value, low: Math.min(value, quantile(0.025)), high: Math.max(value, quantile(0.975)) };
  };
  const rights = (model: number, at: number): RightShares => ({
    all: estimate(model, at),
    stayed: estimate(model, at + 1),
    left: estimate(model, at + 2),
  });
  return {
    figures: predicted.map((_, model) => ({
      logLoss: estimate(model, 0),
      brier: estimate(model, 1),
      half: rights(model, rightAt),
      best: rights(model, rightAt + 3),
      gains: gainShares.map((_, n) => estimate(model, gainsFrom + n)),
    })),
    losses: drawn.map((found) => Float64Array.from(found, (figures) => figures[0])),
  };
}

/** What a model's figures are made of, by row. */
interface ModelLedger {
  readonly losses: Float64Array;
  readonly squares: Float64Array;
  readonly rightAtHalf: Uint8Array;
  readonly rightAtBest: Uint8Array;
  /** The likeliest to leave first, and where those that are tied begin. */
  readonly order: Uint32Array;
  readonly starts: readonly number[];
}

function ledgerOf({ probabilities, isCalled }: Predicted, target: Uint8Array): ModelLedger {
  const order = Uint32Array.from(probabilities.keys()).sort((a, b) => probabilities[b] - probabilities[a]);
  const starts: number[] = [];
  for (const [place, row] of order.entries())
    if (place === 0 || probabilities[row] !== probabilities[order[place - 1]]) starts.push(place);
  const kept = (probability: number): number => Math.min(1 - leastDoubt, Math.max(leastDoubt, probability));
  return {
    losses: probabilities.map((p, row) => -Math.log(target[row] === 1 ? kept(p) : 1 - kept(p))),
    squares: probabilities.map((p, row) => (p - target[row]) ** 2),
    rightAtHalf: target.map((one, row) => Number(probabilities[row] >= 0.5 === (one === 1))),
    rightAtBest: target.map((one, row) => Number(isCalled[row] === one)),
    order,
    starts: [...starts, order.length],
  };
}

/** Null where one class has no weight. */
function figuresOf(own: ModelLedger, target: Uint8Array, weights: Float64Array): Float64Array | null {
  const out = new Float64Array(figureCount);
  const ofClass = [0, 0];
  const half = [0, 0];
  const best = [0, 0];
  for (let row = 0; row < target.length; row++) {
    const weight = weights[row];
    if (weight === 0) continue;
    const one = target[row];
    ofClass[one] += weight;
    out[0] += weight * own.losses[row];
    out[1] += weight * own.squares[row];
    half[one] += weight * own.rightAtHalf[row];
    best[one] += weight * own.rightAtBest[row];
  }
  const [stayed, left] = ofClass;
  if (stayed === 0 || left === 0) return null;
  const all = stayed + left;
  out[0] /= all;
  out[1] /= all;
  for (const [n, right] of [half, best].entries())
    out.set([(right[0] + right[1]) / all, right[0] / stayed, right[1] / left], rightAt + 3 * n);
  writeGains(own, target, weights, { all, left }, out);
  return out;
}

function writeGains(
  { order, starts }: ModelLedger,
  target: Uint8Array,
  weights: Float64Array,
  { all, left }: { readonly all: number; readonly left: number },
  out: Float64Array,
): void {
  let [share, before, found] = [0, 0, 0];
  for (let tie = 0; tie + 1 < starts.length && share < gainShares.length; tie++) {
    let [here, onesHere] = [0, 0];
    for (let place = starts[tie]; place < starts[tie + 1]; place++) {
      here += weights[order[place]];
      onesHere += weights[order[place]] * target[order[place]];
    }
    // The last share is all of them, whatever rounding says.
    const isLast = tie + 2 === starts.length;
    while (share < gainShares.length && (isLast || gainShares[share] * all <= before + here)) {
      const part = here > 0 ? Math.min(1, (gainShares[share] * all - before) / here) : 0;
      out[gainsFrom + share++] = (found + part * onesHere) / left;
    }
    before += here;
    found += onesHere;
  }
}
