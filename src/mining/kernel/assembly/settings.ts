/** The numbers of the targets; `kernel-search.ts` of the host has the same. */
export const all: i32 = 0;
export const closed: i32 = 1;
export const maximal: i32 = 2;
export const generator: i32 = 3;

export let target: i32 = all;

/** The least number of transactions that hold a set. */
export let minSupport: i32 = 1;

export function setTarget(wanted: i32): void {
  target = wanted;
}

/** From here on sets need so many transactions: for searches that raise it as they go. */
export function setMinSupport(least: i32): void {
  minSupport = least;
}
