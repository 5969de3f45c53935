import type { Algebra, RuleLimits } from './expression.ts';
import type { Membership } from './membership.ts';

/** Customers to search rules with. */
export interface Part {
  readonly membership: Membership;
  /** By row of the membership: 1 for who left, 0 for who stayed. */
  readonly target: Float64Array;
}

export interface Search {
  /** What ANDs are found by. */
  readonly fit: Part;
  /** What decides among those found, how deep they go and how many there are: the external criterion of GMDH. */
  readonly choice: Part;
  readonly algebra: Algebra;
  /** Of the rules of a class. */
  readonly limits: RuleLimits;
  /** How many are kept from layer to layer. */
  readonly width: number;
}

/** So many times the width are found by the fit part, for the choice part to choose from. */
export const foundPerKept = 4;
