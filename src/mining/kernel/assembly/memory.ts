import { full } from "./host";

/**
 * Memory: all threads of a search have one memory, in which the root database stands that all of them read. Each has a part
 * of it to itself: a stack that grows upward. What a call allocates it gives back by restoring `top`, so nothing is ever
 * freed piece by piece.
 */

let start: usize = 0;
let top: usize = 0;
let end: usize = 0;
/** The highest that `top` was when something was given back. */
let peak: usize = 0;

/** Starts the stack at `from`; everything from there to `limit` is free. */
export function startArena(from: usize, limit: usize): void {
  start = from;
  top = from;
  peak = from;
  end = limit;
}

/** How many bytes were ever allocated at once. */
export function arenaUsed(): usize {
  return max(top, peak) - start;
}

export function mark(): usize {
  return top;
}

export function release(to: usize): void {
  if (top > peak) peak = top;
  top = to;
}

/** Space for `bytes`, aligned for SIMD, with undefined content. Tells the host, which throws, when the stack is full. */
export function allocate(bytes: usize): usize {
  const from = (top + 15) & ~15;
  if (from > end || bytes > end - from) full();
  top = from + bytes;
  return from;
}

/** Space for zeros. */
export function allocateZeros(bytes: usize): usize {
  const from = allocate(bytes);
  memory.fill(from, 0, bytes);
  return from;
}

@inline
export function get(column: usize, index: i32): i32 {
  return load<i32>(column + (<usize>index << 2));
}

@inline
export function set(column: usize, index: i32, value: i32): void {
  store<i32>(column + (<usize>index << 2), value);
}

@inline
export function getMask(column: usize, index: i32): u64 {
  return load<u64>(column + (<usize>index << 3));
}

@inline
export function setMask(column: usize, index: i32, value: u64): void {
  store<u64>(column + (<usize>index << 3), value);
}
