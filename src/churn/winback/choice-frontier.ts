import { PairwellError } from '../../errors.ts';

/** What may be chosen, one option at most for each customer: customer c has the options `offsets[c]` … `offsets[c + 1] - 1`. */
export interface Choices {
  readonly offsets: Int32Array;
  /** ≥ 0 */
  readonly cost: Float64Array;
  /** What is to be as large as can be; those of 0 and less are never chosen. */
  readonly gain: Float64Array;
}

/** Steps from one option to a dearer one, by falling gain for the money. Those of a customer are in the order they must be taken. */
export interface Steps {
  readonly customer: Int32Array;
  /** The option that the step leads to. */
  readonly option: Int32Array;
  /** What it costs and gains more than the customer's option before, or than nothing. */
  readonly cost: Float64Array;
  readonly gain: Float64Array;
}

/** @throws PairwellError `bad-input` for costs below 0, figures that are not finite, or columns that do not fit */
export function checkChoices({ offsets, cost, gain }: Choices, budget: number): void {
  if (!(budget >= 0))
    throw new PairwellError('bad-input', `A budget is 0 or more, not ${budget}.`, { budget });
  if (cost.length !== gain.length || offsets.length < 1 || offsets[offsets.length - 1] !== cost.length)
    throw new PairwellError('bad-input', 'Options, costs and gains must be as many.');
  for (let option = 0; option < cost.length; option++) {
    if (cost[option] >= 0 && cost[option] < Infinity && Number.isFinite(gain[option])) continue;
    const message = `Option ${option} costs ${cost[option]} and gains ${gain[option]}.`;
    throw new PairwellError('bad-input', message, { option });
  }
}

/**
 * The options of each customer that are on the upper convex hull of gain over cost, from nothing on, as steps of all customers in the
 * order of gain for the money: the multiple-choice knapsack is then a plain one of steps but for the last (Sinha and Zoltners, "The
 * Multiple-Choice Knapsack Problem", Operations Research 27, 1979, pp. 503–515). Takes O(options × log options).
 */
export function efficientSteps({ offsets, cost, gain }: Choices): Steps {
  const found: { customer: number; option: number; cost: number; gain: number; rank: number }[] = [];
  for (let customer = 0; customer + 1 < offsets.length; customer++) {
    const hull: number[] = [];
    const costOf = (place: number): number => (place < 0 ? 0 : cost[hull[place]]);
    const gainOf = (place: number): number => (place < 0 ? 0 : gain[hull[place]]);
    const options = Array.from(
      { length: offsets[customer + 1] - offsets[customer] },
      (_, n) => offsets[customer] + n,
    ).sort((a, b) => cost[a] - cost[b] || gain[b] - gain[a]);
    for (const option of options) {
      if (!(gain[option] > gainOf(hull.length - 1))) continue;
      // A corner that is under the line from the one before it to the new option goes.
      while (hull.length > 0) {
        const last = hull.length - 1;
        const before = (gainOf(last) - gainOf(last - 1)) * (cost[option] - costOf(last));
        const after = (gain[option] - gainOf(last)) * (costOf(last) - costOf(last - 1));
        if (before > after) break;
        hull.pop();
      }
      hull.push(option);
    }
    let least = Number.POSITIVE_INFINITY;
    hull.forEach((option, place) => {
      const more = cost[option] - costOf(place - 1);
      const better = gain[option] - gainOf(place - 1);
      // Never above the step before, whatever rounding says: the sort is stable and keeps a customer's steps in order.
      if (more > 0) least = Math.min(least, better / more);
      found.push({ customer, option, cost: more, gain: better, rank: least });
    });
  }
  found.sort((a, b) => (a.rank === b.rank ? 0 : b.rank - a.rank));
  return {
    customer: Int32Array.from(found, (step) => step.customer),
    option: Int32Array.from(found, (step) => step.option),
    cost: Float64Array.from(found, (step) => step.cost),
    gain: Float64Array.from(found, (step) => step.gain),
  };
}
