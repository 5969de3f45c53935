/** Takes sets: addresses of their items, sorted, of where the items of each end, and of the supports. */
@external("host", "take")
export declare function take(items: usize, ends: usize, supports: usize, count: i32): void;

/** Takes a set, and each union of it with some of its perfect extensions: addresses of item ids. */
@external("host", "takeAll")
export declare function takeAll(set: usize, size: i32, perfect: usize, perfectCount: i32, support: i32): void;

/** Counts one set that lies outside the histogram. */
@external("host", "countLarge")
export declare function countLarge(size: i32, perfectCount: i32): void;

/** Called between projections; what it throws ends the search. */
@external("host", "tick")
export declare function tick(): void;

/** Called when the memory is full; throws. */
@external("host", "full")
export declare function full(): void;

/** Pieces of work too short for a tick each. */
const shortWorks: i32 = 512;

let sinceTick: i32 = 0;

/** To be called in short pieces of work: ticks now and then. */
@inline
export function tickSometimes(): void {
  if (++sinceTick < shortWorks) return;
  sinceTick = 0;
  tick();
}
