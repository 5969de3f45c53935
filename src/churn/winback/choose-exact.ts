import { type Choices, checkChoices, efficientSteps, type Steps } from './choice-frontier.ts';
import { type Chosen, chooseGreedy, slack, totals } from './choose-greedy.ts';

/** A way to choose for the customers so far that none of the others costs less and gains more than. */
interface State {
  readonly cost: number;
  readonly gain: number;
  readonly option: number;
  readonly before: State | null;
}

export interface ExactOptions {
  /** More states than this at a time are not gone through. Default 100,000. */
  readonly mostStates?: number;
  /** More customers with an option than this are not tried. Default 300. */
  readonly mostCustomers?: number;
}

/**
 * The best choice within a budget: customer by customer, all ways that are not worse than another in both cost and gain (Nemhauser and
 * Ullmann, Management Science 15, 1969), less those that even fractions of what is left could not bring above the greedy choice.
 *
 * @returns null where it would take too many customers or states; the greedy choice then has a bound
 * @throws PairwellError `bad-input` as `checkChoices`
 */
export function chooseExact(
  choices: Choices,
  budget: number,
  { mostStates = 100_000, mostCustomers = 300 }: ExactOptions = {},
): Chosen | null {
  checkChoices(choices, budget);
  const steps = efficientSteps(choices);
  const greedy = chooseGreedy(choices, budget, steps);
  if (greedy.isBest) return greedy;
  const { offsets, cost, gain } = choices;
  const limit = budget * (1 + slack);
  const customers = Array.from({ length: offsets.length - 1 }, (_, c) => c).filter(
    (c) => offsets[c + 1] > offsets[c],
  );
  if (customers.length > mostCustomers) return null;
  let states: State[] = [{ cost: 0, gain: 0, option: -1, before: null }];
  for (const [place, c] of customers.entries()) {
    const lists = [states.map((state) => ({ ...state, option: -1, before: state }))];
    for (let option = offsets[c]; option < offsets[c + 1]; option++) {
      if (!(gain[option] > 0)) continue;
      lists.push(
        states
          .map((state) => ({
            cost: state.cost + cost[option],
            gain: state.gain + gain[option],
            option,
            before: state,
          }))
          .filter((state) => state.cost <= limit),
      );
    }
    const most = boundOf(steps, customers.slice(place + 1));
    states = undominated(lists.flat()).filter(
      (state) => state.gain + most(budget - state.cost) >= greedy.gain * (1 - slack),
    );
    if (states.length > mostStates) return null;
  }
  const best = states.reduce<State | undefined>(
    (top, state) => (top && top.gain >= state.gain ? top : state),
    undefined,
  );
  if (!best || best.gain <= greedy.gain) return { ...greedy, bound: greedy.gain, isBest: true };
  const chosen = new Int32Array(offsets.length - 1).fill(-1);
  let state: State = best;
  for (const c of customers.toReversed()) {
    chosen[c] = state.option;
    state = state.before!;
  }
  const sums = totals(choices, chosen);
  return { option: chosen, ...sums, bound: sums.gain, isBest: true };
}

function undominated(states: State[]): State[] {
  states.sort((a, b) => a.cost - b.cost || b.gain - a.gain);
  const kept: State[] = [];
  for (const state of states)
    if (kept.length === 0 || state.gain > kept[kept.length - 1].gain) kept.push(state);
  return kept;
}

/** What fractions of the options of these customers gain at most, by money left. */
function boundOf({ customer, cost, gain }: Steps, customers: readonly number[]): (left: number) => number {
  const among = new Set(customers);
  const costs: number[] = [0];
  const gains: number[] = [0];
  customer.forEach((who, step) => {
    if (!among.has(who)) return;
    costs.push(costs[costs.length - 1] + cost[step]);
    gains.push(gains[gains.length - 1] + gain[step]);
  });
  return (left) => {
    let [low, high] = [0, costs.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (costs[middle] <= left) low = middle;
      else high = middle - 1;
    }
    if (low === costs.length - 1) return gains[low];
    const part = Math.max(0, left - costs[low]) / (costs[low + 1] - costs[low]);
    return gains[low] + part * (gains[low + 1] - gains[low]);
  };
}
