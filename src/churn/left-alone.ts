import {
  doNotContactKind,
  optInKind,
  optOutKind,
  subscribeKind,
  unsubscribeKind,
} from '../customers/event-kinds.ts';
import type { CustomerContracts, CustomerEvents } from '../customers/ledger.ts';
import { deathDays } from './deaths.ts';
import { type Words, words } from './words.ts';

/** Why a customer is not contacted, whatever it would bring. Stored by position: add at the end. */
export const contactBans = ['do-not-contact', 'opted-out', 'unsubscribed', 'died', 'forgotten'] as const;

export type ContactBan = (typeof contactBans)[number];

export const contactBanWords: Readonly<Record<ContactBan, Words>> = {
  'do-not-contact': words('Must not be contacted', '禁止联系', '禁止聯絡'),
  'opted-out': words('Opted out of contact', '拒绝接受联系', '拒絕接受聯絡'),
  unsubscribed: words('Unsubscribed', '已退订', '已取消訂閱'),
  died: words('Died', '已去世', '已過世'),
  forgotten: words('Was forgotten at own wish', '已按本人要求删除', '已依本人要求刪除'),
};

/**
 * Who is not to be contacted at the end of a day, and why. Later events are not looked at. A `subscribe` takes back an earlier
 * `unsubscribe` alone, since it is consent to mails and no more; an `opt-in` takes back all but death.
 *
 * @param contracts those that ended with the customer's death tell of it too
 * @returns by customer: 0 for who may be contacted, else 1 + the position in {@link contactBans}; see {@link banOf}
 */
export function leftAlone(events: CustomerEvents, today: number, contracts?: CustomerContracts): Uint8Array {
  const { offsets, day, kind, kinds } = events;
  const said = kinds.map((name) => sayings.get(name));
  const died = deathDays({ events, contracts, today });
  return Uint8Array.from(died, (dead, customer) => {
    if (dead >= 0) return codeOf('died');
    const bans = new Set<ContactBan>();
    for (let e = offsets[customer]; e < offsets[customer + 1] && day[e] <= today; e++) said[kind[e]]?.(bans);
    const weightiest = contactBans.find((ban) => bans.has(ban));
    return weightiest === undefined ? 0 : codeOf(weightiest);
  });
}

/** Nobody can write to who was forgotten. @param nameless by customer: 1 for whoever was */
export const withNameless = (column: Uint8Array, nameless: Uint8Array | undefined): Uint8Array =>
  nameless ? column.map((code, customer) => (nameless[customer] === 1 ? codeOf('forgotten') : code)) : column;

const codeOf = (ban: ContactBan): number => contactBans.indexOf(ban) + 1;

/** Why a customer is left alone, by what {@link leftAlone} says; null for who may be contacted. */
export const banOf = (column: Uint8Array, customer: number): ContactBan | null =>
  contactBans[column[customer] - 1] ?? null;

/** What kinds of events change. */
const sayings: ReadonlyMap<string, (bans: Set<ContactBan>) => void> = new Map([
  [unsubscribeKind, (bans: Set<ContactBan>) => void bans.add('unsubscribed')],
  [optOutKind, (bans) => void bans.add('opted-out')],
  [doNotContactKind, (bans) => void bans.add('do-not-contact')],
  [subscribeKind, (bans) => void bans.delete('unsubscribed')],
  [optInKind, (bans) => bans.clear()],
]);
