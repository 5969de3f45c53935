import type { OfferKind } from './offer-kinds.ts';

/** What offers are ranked by: that they are taken, or the money they bring, or what is left of it. */
export const objectives = ['conversion', 'revenue', 'profit'] as const;
export type Objective = (typeof objectives)[number];

/** What happens to a product of which a figure is not known that a limit needs. */
export const unknownChoices = ['offer', 'remove'] as const;
export type UnknownChoice = (typeof unknownChoices)[number];

/** What a placement shows and what it does not. Null is no limit; days are of 24 hours and may be fractions. */
export interface PlacementSettings {
  /** Offers, unless the request says. */
  readonly limit: number;
  readonly objective: Objective;
  /** How much the objective counts beside the likelihood, 0 … 1: 0 ranks by likelihood alone. Not read for `conversion`. */
  readonly objectiveWeight: number;
  /** The kinds that may be offered, each with the largest share of the list that it may take, rounded up to whole offers. */
  readonly kinds: Readonly<Partial<Record<OfferKind, number>>>;
  readonly minPrice: number | null;
  readonly maxPrice: number | null;
  /** The most that an offer may add to the bill, as a share of what the cart is worth; holds where that is known and not 0. */
  readonly maxCartShare: number | null;
  /** Of a product without a price, where a price is limited. */
  readonly unknownPrices: UnknownChoice;
  /** The least margin, price less cost, in money. */
  readonly minMargin: number | null;
  /** The least margin as a share of the price. */
  readonly minMarginShare: number | null;
  /** Of a product whose margin is not known, where it is limited. */
  readonly unknownCosts: UnknownChoice;
  /** Offers of one category at most; products without a category are not counted. */
  readonly maxPerCategory: number | null;
  /** What a category is: 1 for the widest; null for the narrowest. A path that is shorter counts with its narrowest. */
  readonly categoryLevel: number | null;
  /** A product of which nothing is stated is consumable if at least this share of its buyers bought it on another day too. */
  readonly consumableShare: number;
  /** A product is not shown to a customer who was shown it so often … */
  readonly repeatLimit: number | null;
  /** … within so many days, anywhere. */
  readonly repeatDays: number;
  /** A product that the customer dismissed is not shown for so many days. */
  readonly dismissedDays: number;
  /** A customer is shown so many offers here at most … */
  readonly customerLimit: number | null;
  /** … within so many days. */
  readonly customerDays: number;
  /** A customer who complained is shown nothing for so many days. */
  readonly quietDays: number;
  /** A customer who is about to leave over price is offered no up-sell at full price. */
  readonly spareLeavingOverPrice: boolean;
}

const usual = {
  limit: 8,
  objective: 'conversion',
  objectiveWeight: 1,
  kinds: { 'cross-sell': 1, 'up-sell': 0.25, bundle: 0.25, 'buy-again': 0.5 },
  minPrice: null,
  maxPrice: null,
  maxCartShare: null,
  unknownPrices: 'offer',
  minMargin: null,
  minMarginShare: null,
  unknownCosts: 'offer',
  maxPerCategory: 3,
  categoryLevel: null,
  consumableShare: 0.1,
  repeatLimit: 10,
  repeatDays: 7,
  dismissedDays: 30,
  customerLimit: null,
  customerDays: 1,
  quietDays: 0,
  spareLeavingOverPrice: true,
} as const satisfies PlacementSettings;

/** Where offers stand, and the settings of each unless the shop has others. */
export const placements = {
  /** The front page: what is due again beside what is new, after a complaint not at once. */
  home: { ...usual, quietDays: 3 },
  /** Someone looks at one product: a better one is welcome, what they have is not the question. */
  product: { ...usual, kinds: { 'cross-sell': 1, 'up-sell': 0.5, bundle: 0.25 } },
  /** Something is chosen already: beside it, and no dearer than all of it. */
  cart: { ...usual, limit: 4, maxPerCategory: 2, maxCartShare: 1 },
  /** Small beside the cart, and nothing that makes the customer think again: no upgrade, no bundle. */
  checkout: {
    ...usual,
    limit: 3,
    kinds: { 'cross-sell': 1, 'buy-again': 0.5 },
    maxPerCategory: 1,
    maxCartShare: 0.3,
  },
  /** The order is placed: what comes next. */
  'post-purchase': {
    ...usual,
    limit: 6,
    kinds: { 'cross-sell': 1, bundle: 0.25, 'buy-again': 0.25 },
    maxPerCategory: 2,
    quietDays: 7,
  },
  /** Sent unasked: seldom the same, never many a day, and silence after a complaint. */
  email: {
    ...usual,
    limit: 6,
    maxPerCategory: 2,
    repeatLimit: 2,
    repeatDays: 28,
    dismissedDays: 90,
    customerLimit: 12,
    quietDays: 14,
  },
} as const satisfies Record<string, PlacementSettings>;

export type Placement = keyof typeof placements;

export const placementNames = Object.keys(placements) as [Placement, ...Placement[]];
