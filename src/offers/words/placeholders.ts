import type { Reason, ReasonKey } from '../reason.ts';

/** How a figure is written, and by what its forms go. */
export type PlaceholderKind = 'names' | 'share' | 'count' | 'text' | 'interval' | 'past';

export interface PlaceholderInfo {
  readonly kind: PlaceholderKind;
  readonly meaning: string;
}

/** What a template may ask for; but for the names, each is the figure of that name in a {@link Reason}. */
export const placeholders = {
  names: { kind: 'names', meaning: 'The products that the offer rests on, as a list.' },
  confidence: { kind: 'share', meaning: 'The share that the sentence is about, such as 12%.' },
  orders: { kind: 'count', meaning: 'How many orders had the product, or the whole bundle.' },
  customers: { kind: 'count', meaning: 'How many customers went on from the product to this one.' },
  times: { kind: 'count', meaning: 'On how many days the customer bought the product.' },
  everyDays: {
    kind: 'interval',
    meaning: 'How much time lies between two purchases, rounded, such as 4 weeks. Forms go by the days.',
  },
  sinceDays: {
    kind: 'past',
    meaning: 'When the customer bought it last, such as yesterday or 27 days ago. Forms go by the days.',
  },
  segment: { kind: 'text', meaning: 'The segment of the customer, as the shop calls it.' },
} as const satisfies Readonly<
  Partial<Record<'names' | Exclude<keyof Reason, 'key' | 'because'>, PlaceholderInfo>>
>;

export type Placeholder = keyof typeof placeholders;

export function isPlaceholder(name: string): name is Placeholder {
  return Object.hasOwn(placeholders, name);
}

export interface KeyInfo {
  readonly meaning: string;
  /** What its reasons have figures for. */
  readonly placeholders: readonly Placeholder[];
}

/** What reasons of each key say. */
export const keyInfos: Readonly<Record<ReasonKey, KeyInfo>> = {
  'goes-with-one': {
    meaning: 'A share of the orders with one product have this too.',
    placeholders: ['names', 'confidence'],
  },
  'goes-with-several': {
    meaning: 'A share of the orders with several products have this too.',
    placeholders: ['names', 'confidence'],
  },
  'of-kind': {
    meaning:
      'A share of the orders with something of the kind of the product have something of this kind too.',
    placeholders: ['names', 'confidence'],
  },
  'bought-next': {
    meaning: 'A share of the orders that came after one with the product have this.',
    placeholders: ['names', 'confidence'],
  },
  'bought-by-same': {
    meaning: 'A share of the customers who bought the product bought this too.',
    placeholders: ['names', 'confidence'],
  },
  selling: {
    meaning: 'How many orders of the last four weeks had this; perhaps none.',
    placeholders: ['orders'],
  },
  popular: { meaning: 'It sells best in the shop of late.', placeholders: ['orders'] },
  'popular-in-segment': {
    meaning: "It sells best of late with customers of the customer's segment.",
    placeholders: ['orders', 'segment'],
  },
  habit: {
    meaning: 'The customer buys this again and again.',
    placeholders: ['times', 'everyDays', 'sinceDays'],
  },
  'habit-once': { meaning: 'The customer has bought this before.', placeholders: ['times', 'sinceDays'] },
  upgrade: {
    meaning: 'A better one of the same, to which customers who had the product went on.',
    placeholders: ['names', 'confidence', 'customers'],
  },
  'upgrade-alike': {
    meaning: 'A better one of the same, to which nobody has gone on yet.',
    placeholders: ['names'],
  },
  bundle: {
    meaning: 'It makes a set with other products, and orders had all of them.',
    placeholders: ['names', 'confidence', 'orders'],
  },
  alike: { meaning: 'It is new, and like a product that is known.', placeholders: ['names'] },
  chosen: { meaning: 'The shop has put it there.', placeholders: [] },
};
