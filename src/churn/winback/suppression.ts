import { complaintSolvedKind, winbackOfferKind } from '../../customers/event-kinds.ts';
import type { CustomerEvents } from '../../customers/ledger.ts';
import { PairwellError } from '../../errors.ts';
import { banOf, leftAlone } from '../left-alone.ts';
import { reasonCodes } from '../reasons/reason-codes.ts';
import { type Words, words } from '../words.ts';

/** Why a lost customer is not contacted; the first that holds. */
export const suppressions = [
  'died',
  'left-alone',
  'ended-by-shop',
  'complained',
  'offered',
  'no-profit',
] as const;

export type Suppression = (typeof suppressions)[number];

export const suppressionWords: Readonly<Record<Suppression, Words>> = {
  died: words('Died or no longer exists', '已去世或已不存在', '已過世或已不存在'),
  'left-alone': words('Wants to be left alone', '不愿被打扰', '不願被打擾'),
  'ended-by-shop': words('The shop or the law ended it', '由商家或法律终止', '由商家或法律終止'),
  complained: words('Complained lately', '近期有投诉', '近期有投訴'),
  offered: words('Was made an offer lately', '近期已收到优惠', '近期已收到優惠'),
  'no-profit': words('No offer would pay', '任何优惠均不合算', '任何優惠均不划算'),
};

export interface SuppressionOptions {
  readonly today: number;
  /** So many days after a complaint that is not solved, or an offer, nobody is contacted. Default 30. */
  readonly quietDays?: number;
  /** By customer, of `leftAlone`. Default: worked out from the events. */
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
  const bans = options.leftAlone ?? leftAlone(events, options.today);
  return Array.from(customers, (customer, n) => {
    const told = byReason[reasonCodes[reasons[n]]?.code ?? ''];
    const ban = banOf(bans, customer);
    if (told === 'died' || ban === 'died') return 'died';
    if (told === 'left-alone' || ban !== null) return 'left-alone';
    return told ?? quietFor(events, customer, options.today, quietDays);
  });
}

/** What happened so lately that contact now would hurt. */
function quietFor(
  { offsets, day, kind, kinds }: CustomerEvents,
  customer: number,
  today: number,
  quietDays: number,
): Suppression | null {
  let [hasComplained, wasOffered] = [false, false];
  for (let e = offsets[customer]; e < offsets[customer + 1] && day[e] <= today; e++) {
    const name = kinds[kind[e]];
    const isLate = day[e] > today - quietDays;
    if (name === 'complaint' && isLate) hasComplained = true;
    if (name === complaintSolvedKind) hasComplained = false;
    if (name === winbackOfferKind && isLate) wasOffered = true;
  }
  if (hasComplained) return 'complained';
  return wasOffered ? 'offered' : null;
}
