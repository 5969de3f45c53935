import type { Placement } from '../placements.ts';

export const policyActions = ['pin', 'boost', 'bury', 'hide', 'consumable'] as const;
export type PolicyAction = (typeof policyActions)[number];

/** When, where and for whom a policy holds; null for always, everywhere and everybody. */
export interface PolicyScope {
  readonly placements: readonly Placement[] | null;
  /** Ids of segments; the customer is in at least one of them. */
  readonly segments: readonly string[] | null;
  /** Milliseconds since 1970; from then on. */
  readonly startsAt: number | null;
  /** Milliseconds since 1970; before then, later than `startsAt`. */
  readonly endsAt: number | null;
}

/** Products by code, and all that stand in or under a category, which is given from the widest to the narrowest. */
export interface PolicyTarget {
  readonly products: readonly string[];
  readonly categories: readonly (readonly string[])[];
}

interface Named extends PolicyScope {
  readonly name: string;
  /** Off, it is kept and does nothing. */
  readonly enabled: boolean;
}

/** Puts a product at a place in the list, 1 for the first. */
export interface Pin extends Named {
  readonly action: 'pin';
  readonly product: string;
  readonly position: number;
}

/** Multiplies what products are ranked by; the factor is above 1 to boost, between 0 and 1 to bury. */
export interface Weighting extends Named, PolicyTarget {
  readonly action: 'boost' | 'bury';
  readonly factor: number;
}

/** Keeps products out, or says that they are bought again, so that who owns them may be offered them. */
export interface Marking extends Named, PolicyTarget {
  readonly action: 'hide' | 'consumable';
}

export type PolicyDefinition = Pin | Weighting | Marking;

/** A policy as it is stored; of two that contend the lower id is the older one. */
export type Policy = PolicyDefinition & { readonly id: number };
export type StoredPin = Pin & { readonly id: number };
/** All but pins. */
export type Targeting = (Weighting | Marking) & { readonly id: number };

/** Whether a policy's dates hold at a time, whatever the clock said before. */
export const isCurrent = ({ startsAt, endsAt }: PolicyScope, now: number): boolean =>
  (startsAt === null || startsAt <= now) && (endsAt === null || now < endsAt);

/** Whether a category is a path or stands above it. */
export const isAbove = (category: readonly string[], path: readonly string[]): boolean =>
  category.length <= path.length && category.every((name, level) => name === path[level]);

/** Whether a policy is about a product. */
export const targets = (
  { products, categories }: PolicyTarget,
  code: string,
  path: readonly string[],
): boolean => products.includes(code) || categories.some((category) => isAbove(category, path));
