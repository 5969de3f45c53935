import { type ActionName, actionNames, retentionActions } from './action-catalogue.ts';
import type { ActionSettings } from './action-settings.ts';
import type { ContactOption } from './choose-contacts.ts';
import type { ExpectedGain } from './expected-gain.ts';

/** One way to contact a customer, with what it is expected to bring. */
export interface ContactWay extends ContactOption, ExpectedGain {
  readonly action: ActionName;
}

export interface ContactWishes {
  /** Bit n is set where the customer does not want channel n. */
  readonly closed: number;
  /** The position of the customer's own channel, or −1. */
  readonly own: number;
}

export interface OptionsFound {
  /** Those that pay, the best first. */
  readonly ways: readonly ContactWay[];
  /** Whether any channel could carry any of the actions. */
  readonly hasChannel: boolean;
}

/**
 * The ways to do one of some actions that pay. The customer's own channel goes before the others, however cheap they are, where it can
 * carry the action and still pays.
 *
 * @param gainOf what an action comes to at the cost of a contact
 */
export function contactOptions(
  actions: Iterable<ActionName>,
  { channels }: Pick<ActionSettings, 'channels'>,
  { closed, own }: ContactWishes,
  gainOf: (action: ActionName, contactCost: number) => ExpectedGain,
): OptionsFound {
  let hasChannel = false;
  const groups: ContactWay[][] = [];
  const wanted = new Set(actions);
  for (const action of actionNames) {
    if (!wanted.has(action)) continue;
    const ways: ContactWay[] = [];
    for (const [channel, { cost, isPersonal }] of channels.entries()) {
      const isClosed = (closed & (1 << channel)) !== 0;
      if (isClosed || (retentionActions[action].needsPerson && !isPersonal)) continue;
      hasChannel = true;
      const gain = gainOf(action, cost);
      if (gain.gain > 0) ways.push({ action, channel, isWinback: action === 'win-back', ...gain });
    }
    const isOwn = ({ channel }: ContactWay): number => Number(channel === own);
    ways.sort((a, b) => isOwn(b) - isOwn(a) || b.gain - a.gain);
    if (ways.length > 0) groups.push(ways);
  }
  groups.sort((a, b) => b[0].gain - a[0].gain);
  return { ways: groups.flat(), hasChannel };
}
