import { createHash } from 'node:crypto';

export const arms = ['contacted', 'control'] as const;

export type Arm = (typeof arms)[number];

export interface ArmSettings {
  /** The share of customers that is held out, above 0 and below 1. */
  readonly controlShare: number;
  /** Days for which a customer keeps his arm, whatever the action. */
  readonly periodDays: number;
  /** Another one deals anew. */
  readonly seed: number;
}

/** The campaign period of a day since 1970-01-01: its number. */
export const periodOf = (day: number, periodDays: number): number => Math.floor(day / periodDays);

/** 2⁴⁸: as many hashes as are told apart. */
const hashes = 2 ** 48;

/**
 * The arm of a customer on a day: the same for all actions of a period, so that who is held out is left alone altogether, and dealt anew
 * for the next. It depends on the customer's code and on nothing that the customer is or does; any process, and any model, comes to the same.
 */
export function armOf(code: string, day: number, { controlShare, periodDays, seed }: ArmSettings): Arm {
  const key = JSON.stringify([seed, periodDays, periodOf(day, periodDays), code]);
  const hash = createHash('sha256').update(key).digest().readUIntBE(0, 6);
  return hash < controlShare * hashes ? 'control' : 'contacted';
}
