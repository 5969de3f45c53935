import {
  complaintSolvedKind,
  deathKind,
  doNotContactKind,
  optInKind,
  optOutKind,
  subscribeKind,
  unsubscribeKind,
  winbackOfferKind,
} from '../../customers/event-kinds.ts';
import type { CustomerEvents } from '../../customers/ledger.ts';
import type { ContactChannel } from './action-settings.ts';

/** What is known of customers up to a day, however old the model is. By customer number unless it says otherwise. Plain data. */
export interface ContactFacts {
  /** Without those that are of one channel alone. */
  readonly events: CustomerEvents;
  /** Bit n is set where the customer does not want to be reached by channel n. */
  readonly closed: Int32Array;
  /** The position of the channel that the customer last ordered or answered by; −1 where it is none of the shop's. */
  readonly own: Int8Array;
  /** The newest order, and the newest contact by anybody; −1 for none. */
  readonly lastOrder: Int32Array;
  readonly lastContact: Int32Array;
  /** 1 for who is on another list within the quiet time, in whichever arm. */
  readonly isListed: Uint8Array;
}

/** An event as it is read, in the order of time. */
export interface FactEvent {
  readonly customer: number;
  readonly day: number;
  readonly kind: string;
  readonly reason: string | null;
  /** The channel that it says it is of. */
  readonly channel: string | null;
}

/** A customer's newest day of something, and by which channel. */
export interface NewestDeed {
  readonly customer: number;
  readonly day: number;
  readonly channel: string | null;
}

export interface FactSources {
  readonly customers: number;
  readonly events: readonly FactEvent[];
  /** Orders since the model, at least. */
  readonly orders: readonly NewestDeed[];
  /** The newest order or answer of each customer that names a channel. */
  readonly channels: readonly NewestDeed[];
  /** Customers on other lists. */
  readonly listed: readonly number[];
}

/** Contacts that others have made. */
export const contactKinds = ['contact', winbackOfferKind] as const;

const leaveAloneKinds = [unsubscribeKind, optOutKind, doNotContactKind] as const;
const welcomeKinds = [subscribeKind, optInKind] as const;

/** All kinds that {@link contactFacts} asks for. */
export const factKinds: readonly string[] = [
  'complaint',
  complaintSolvedKind,
  'payment-failed',
  'cancellation',
  deathKind,
  ...contactKinds,
  ...leaveAloneKinds,
  ...welcomeKinds,
];

const has = (kinds: readonly string[], kind: string): boolean => kinds.includes(kind);

/** The facts as columns. */
export function contactFacts(sources: FactSources, channels: readonly ContactChannel[]): ContactFacts {
  const { customers } = sources;
  const days = (): Int32Array => new Int32Array(customers).fill(-1);
  // What an unsubscription closed a subscription opens; what was closed otherwise takes an opt-in.
  const [unsubscribed, refused] = [new Int32Array(customers), new Int32Array(customers)];
  const own = new Int8Array(customers).fill(-1);
  const [lastOrder, lastContact, isListed] = [days(), days(), new Uint8Array(customers)];
  const channelOf = (name: string | null): number =>
    channels.findIndex(({ id, aliases }) => name !== null && (id === name || aliases.includes(name)));
  const kept: FactEvent[] = [];
  for (const event of sources.events) {
    const { customer, kind, channel, day } = event;
    if (has(contactKinds, kind)) lastContact[customer] = Math.max(lastContact[customer], day);
    const isWelcome = has(welcomeKinds, kind);
    // Who does not want letters may still want calls; who takes everything back takes this back, too.
    const at = channel === null ? -1 : channelOf(channel);
    const bits = channel === null ? ~0 : at < 0 ? 0 : 1 << at;
    if (isWelcome) {
      unsubscribed[customer] &= ~bits;
      if (kind === optInKind) refused[customer] &= ~bits;
    }
    if (channel !== null && (isWelcome || has(leaveAloneKinds, kind))) {
      if (!isWelcome) (kind === unsubscribeKind ? unsubscribed : refused)[customer] |= bits;
      continue;
    }
    kept.push(event);
  }
  for (const { customer, day } of sources.orders) lastOrder[customer] = Math.max(lastOrder[customer], day);
  for (const { customer, channel } of sources.channels) own[customer] = channelOf(channel);
  for (const customer of sources.listed) isListed[customer] = 1;
  const closed = unsubscribed.map((bits, customer) => bits | refused[customer]);
  return { events: eventColumns(kept, customers), closed, own, lastOrder, lastContact, isListed };
}

/** The n-th name of each different text. */
function named(texts: readonly (string | null)[]): { values: Int32Array; names: string[] } {
  const numbers = new Map<string, number>();
  const values = Int32Array.from(texts, (text) => {
    if (text === null) return -1;
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  });
  return { values, names: [...numbers.keys()] };
}

function eventColumns(events: readonly FactEvent[], customers: number): CustomerEvents {
  const order = events.map((_, n) => n).sort((a, b) => events[a].customer - events[b].customer || a - b);
  const sorted = order.map((n) => events[n]);
  const offsets = new Int32Array(customers + 1);
  for (const { customer } of sorted) offsets[customer + 1]++;
  for (let c = 0; c < customers; c++) offsets[c + 1] += offsets[c];
  const kind = named(sorted.map((event) => event.kind));
  const reason = named(sorted.map((event) => event.reason));
  return {
    offsets,
    day: Int32Array.from(sorted, ({ day }) => day),
    kind: kind.values,
    kinds: kind.names,
    value: new Float64Array(sorted.length).fill(Number.NaN),
    reason: reason.values,
    reasons: reason.names,
    offer: new Int32Array(sorted.length).fill(-1),
    offers: [],
  };
}
