import type { CustomerEvents } from '../../customers/ledger.ts';
import { PairwellError } from '../../errors.ts';
import { reasonCodes } from '../reasons/reason-codes.ts';
import { type Words, words } from '../words.ts';

/** Why a lost customer is not contacted; the first that holds. */
export const suppressions = ['died', 'left-alone', 'ended-by-shop', 'complained', 'no-profit'] as const;

export type Suppression = (typeof suppressions)[number];

export const suppressionWords: Readonly<Record<Suppression, Words>> = {
  died: words('Died or no longer exists', '已去世或已不存在', '已過世或已不存在'),
  'left-alone': words('Wants to be left alone', '不愿被打扰', '不願被打擾'),
  'ended-by-shop': words('The shop or the law ended it', '由商家或法律终止', '由商家或法律終止'),
  complained: words('Complained lately', '近期有投诉', '近期有投訴'),
  'no-profit': words('No offer would pay', '任何优惠均不合算', '任何優惠均不划算'),
};

export interface SuppressionOptions {
  readonly today: number;
  /** So many days after a complaint nobody is contacted. Default 30. */
  readonly quietDays?: number;
  /** Kinds of events that ask to be left alone. Default `unsubscribe`, `opt-out` and `do-not-contact`. */
  readonly leaveAloneKinds?: readonly string[];
  /** Kinds that take it back. Default `subscribe` and `opt-in`. */
  readonly welcomeKinds?: readonly string[];
  /** By customer: 1 for who asked to be left alone as far as the shop states it. */
  readonly leftAlone?: Uint8Array | undefined;
}

/** Reasons for leaving after which contact would hurt or be in vain. */
const byReason: Readonly<Record<string, Suppression>> = {
  died: 'died',
  'business-closed': 'died',
  'too-many-messages': 'left-alone',
  'ended-by-shop': 'ended-by-shop',
  'law-or-policy': 'ended-by-shop',
};

/**
 * Who of the lost is not contacted, whatever it would bring; null for who may be.
 *
 * @param customers their numbers
 * @param reasons by position in `customers`: of their leaving, as the position in `reasonCodes`, or −1
 * @throws PairwellError `bad-input` for a quiet time that is no number of days ≥ 0, or columns that do not fit
 */
export function suppressed(
  customers: Int32Array,
  reasons: Int32Array,
  events: CustomerEvents,
  options: SuppressionOptions,
): (Suppression | null)[] {
  const { quietDays = 30 } = options;
  if (!(quietDays >= 0 && quietDays < Infinity))
    throw new PairwellError('bad-input', `quietDays: a number of days, 0 or more, not ${quietDays}.`);
  if (customers.length !== reasons.length)
    throw new PairwellError(
      'bad-input',
      `There are ${reasons.length} reasons for ${customers.length} customers.`,
    );
  return Array.from(customers, (customer, n) => {
    const told = byReason[reasonCodes[reasons[n]]?.code ?? ''];
    const done = eventsOf(events, customer, { ...options, quietDays });
    if (told === 'died' || done === 'died') return 'died';
    if (told === 'left-alone' || done === 'left-alone') return 'left-alone';
    return told ?? done;
  });
}

function eventsOf(
  { offsets, day, kind, kinds }: CustomerEvents,
  customer: number,
  {
    today,
    quietDays,
    leftAlone,
    leaveAloneKinds = ['unsubscribe', 'opt-out', 'do-not-contact'],
    welcomeKinds = ['subscribe', 'opt-in'],
  }: SuppressionOptions & { readonly quietDays: number },
): Suppression | null {
  let isLeftAlone = leftAlone?.[customer] === 1;
  let hasComplained = false;
  for (let e = offsets[customer]; e < offsets[customer + 1]; e++) {
    const name = kinds[kind[e]];
    if (name === 'death') return 'died';
    if (leaveAloneKinds.includes(name)) isLeftAlone = true;
    if (welcomeKinds.includes(name)) isLeftAlone = false;
    if (name === 'complaint' && day[e] > today - quietDays) hasComplained = true;
  }
  if (isLeftAlone) return 'left-alone';
  return hasComplained ? 'complained' : null;
}
