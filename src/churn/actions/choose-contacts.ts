import type { Arm } from './control-arm.ts';
import type { Restraint } from './restraints.ts';

/** One way to contact a customer. */
export interface ContactOption {
  /** The position of the channel. */
  readonly channel: number;
  /** Money; the gain is above 0. */
  readonly gain: number;
  readonly spend: number;
  /** Whether what it promises comes out of what is set aside for winning back. */
  readonly isWinback: boolean;
}

/** A customer with what may be done, the best first; one option at least. */
export interface Candidate<Option extends ContactOption> {
  readonly arm: Arm;
  readonly options: readonly Option[];
}

export interface ContactLimits {
  /** By channel; null for any number. */
  readonly mostByChannel: readonly (number | null)[];
  readonly mostADay: number | null;
  /** What may be spent, and what of it on winning back. */
  readonly budget: number | null;
  readonly winbackBudget: number;
}

export type ContactChoice<Option> = { readonly option: Option } | { readonly why: Restraint };

/**
 * Whom to contact within the limits. Customers are taken by gain while they fit, and once more by gain for the money; the order that gains
 * more is kept. A customer whose best way is full gets the next one that is not. Who is held out takes up no room, and is chosen only where
 * there would have been room for him, so that both arms are chosen alike.
 *
 * @returns by candidate
 */
export function chooseContacts<Option extends ContactOption>(
  candidates: readonly Candidate<Option>[],
  limits: ContactLimits,
): ContactChoice<Option>[] {
  const best = (n: number): Option => candidates[n].options[0];
  const byGain = candidates.map((_, n) => n).sort((a, b) => best(b).gain - best(a).gain || a - b);
  const first = filled(candidates, byGain, limits);
  if (first.choices.every((choice) => 'option' in choice || choice.why !== 'budget')) return first.choices;
  const rate = (n: number): number => best(n).gain / Math.max(best(n).spend, Number.MIN_VALUE);
  const byRate = byGain.slice().sort((a, b) => rate(b) - rate(a));
  const second = filled(candidates, byRate, limits);
  return second.gain > first.gain ? second.choices : first.choices;
}

function filled<Option extends ContactOption>(
  candidates: readonly Candidate<Option>[],
  order: readonly number[],
  { mostByChannel, mostADay, budget, winbackBudget }: ContactLimits,
): { choices: ContactChoice<Option>[]; gain: number } {
  const choices = new Array<ContactChoice<Option>>(candidates.length);
  const used = mostByChannel.map(() => 0);
  let [contacts, spent, spentOnWinback, gained] = [0, 0, 0, 0];
  const isOpen = ({ channel }: Option): boolean => used[channel] < (mostByChannel[channel] ?? Infinity);
  for (const n of order) {
    const { arm, options } = candidates[n];
    if (contacts >= (mostADay ?? Infinity)) {
      choices[n] = { why: 'day-full' };
      continue;
    }
    const open = options.filter(isOpen);
    const option = open.find(
      ({ spend, isWinback }) =>
        spent + spend <= (budget ?? Infinity) && (!isWinback || spentOnWinback + spend <= winbackBudget),
    );
    if (!option) {
      choices[n] = { why: open.length > 0 ? 'budget' : 'channel-full' };
      continue;
    }
    choices[n] = { option };
    if (arm === 'control') continue;
    contacts++;
    used[option.channel]++;
    spent += option.spend;
    if (option.isWinback) spentOnWinback += option.spend;
    gained += option.gain;
  }
  return { choices, gain: gained };
}
