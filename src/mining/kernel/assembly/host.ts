/** Takes the sets written between two addresses: see `sink.ts` for the form. */
@external("host", "take")
export declare function take(from: usize, to: usize): void;

/** Counts one set that lies outside the histogram. */
@external("host", "countLarge")
export declare function countLarge(size: i32, perfectCount: i32): void;

/** Called between projections; what it throws ends the search. */
@external("host", "tick")
export declare function tick(): void;
