/** Takes the sets written between two addresses: see `sink.ts` for the form. */
// @ts-ignore: decorator
@external("host", "take")
export declare function take(from: usize, to: usize): void;

/** Counts one set that lies outside the histogram. */
// @ts-ignore: decorator
@external("host", "countLarge")
export declare function countLarge(size: i32, perfectCount: i32): void;

/** Called between projections; what it throws ends the search. */
// @ts-ignore: decorator
@external("host", "tick")
export declare function tick(): void;
