import { type Choices, checkChoices, efficientSteps, type Steps } from './choice-frontier.ts';

/** What is chosen for each customer. */
export interface Chosen {
  /** By customer: the option, or −1 for none. */
  readonly option: Int32Array;
  readonly cost: number;
  readonly gain: number;
  /** No choice within the budget gains more than this. */
  readonly bound: number;
  /** Whether none gains more than this one. */
  readonly isBest: boolean;
}

/** Sums of many figures round; what is over the budget by less is within. */
export const slack = 1e-9;

/**
 * A choice within a budget by gain for the money: steps of the efficient frontiers are taken while they fit (Dantzig, Operations Research
 * 5, 1957), and after the first that does not, those others that still do. The bound is that of fractions, the part of the first step
 * that did not fit included, so the choice is short of the best by less than that one step. Takes O(options × log options).
 *
 * @param steps those of `efficientSteps`, if they are known already
 * @throws PairwellError `bad-input` as `checkChoices`
 */
export function chooseGreedy(choices: Choices, budget: number, steps?: Steps): Chosen {
  checkChoices(choices, budget);
  const { customer, option, cost, gain } = steps ?? efficientSteps(choices);
  const limit = budget * (1 + slack);
  const chosen = new Int32Array(choices.offsets.length - 1).fill(-1);
  const isShut = new Uint8Array(chosen.length);
  let [spent, gained] = [0, 0];
  let bound = Number.NaN;
  for (let step = 0; step < option.length; step++) {
    const who = customer[step];
    if (isShut[who] === 1) continue;
    if (spent + cost[step] <= limit) {
      spent += cost[step];
      gained += gain[step];
      chosen[who] = option[step];
      continue;
    }
    if (Number.isNaN(bound)) bound = gained + (Math.max(0, budget - spent) / cost[step]) * gain[step];
    isShut[who] = 1;
  }
  if (Number.isNaN(bound)) bound = gained;
  const found = { option: chosen, ...totals(choices, chosen) };
  const alone = bestAlone(choices, limit);
  const best =
    alone >= 0 && choices.gain[alone] > found.gain ? onlyOne(choices, chosen.length, alone) : found;
  bound = Math.max(bound, best.gain);
  return { ...best, bound, isBest: bound - best.gain <= slack * bound };
}

/** Summed up anew, so that what was added step by step leaves no rounding. */
export function totals({ cost, gain }: Choices, chosen: Int32Array): { cost: number; gain: number } {
  let [spent, gained] = [0, 0];
  for (const option of chosen) {
    if (option < 0) continue;
    spent += cost[option];
    gained += gain[option];
  }
  return { cost: spent, gain: gained };
}

/** The single option that gains most: beside it the greedy choice cannot be worse than half the best. */
function bestAlone({ cost, gain }: Choices, limit: number): number {
  let best = -1;
  for (let option = 0; option < cost.length; option++)
    if (cost[option] <= limit && gain[option] > (best < 0 ? 0 : gain[best])) best = option;
  return best;
}

function onlyOne(choices: Choices, customers: number, option: number) {
  const chosen = new Int32Array(customers).fill(-1);
  for (let c = 0; c < customers; c++)
    if (option >= choices.offsets[c] && option < choices.offsets[c + 1]) chosen[c] = option;
  return { option: chosen, ...totals(choices, chosen) };
}
