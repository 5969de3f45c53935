import type { Stays } from '../rates/stays.ts';

/** The number of the stay that a customer is in on the evening of a day; −1 for who is no customer then. */
export function stayOn({ offsets, from, left }: Stays, customer: number, day: number): number {
  for (let s = offsets[customer]; s < offsets[customer + 1] && from[s] <= day; s++)
    if (left[s] < 0 || left[s] > day) return s;
  return -1;
}
