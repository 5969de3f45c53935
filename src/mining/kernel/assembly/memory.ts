/**
 * Memory of the kernel: one stack that grows upward. What a call allocates it gives back by restoring `top`, so
 * nothing is ever freed piece by piece.
 */

let top: usize = 0;

/** Starts the stack at `base`; everything above is free. */
export function startArena(base: usize): void {
  top = base;
}

export function mark(): usize {
  return top;
}

export function release(to: usize): void {
  top = to;
}

/** Space for `bytes`, aligned for SIMD, with undefined content. Traps when the memory is exhausted. */
export function allocate(bytes: usize): usize {
  const start = (top + 15) & ~15;
  top = start + bytes;
  const pages = <i32>((top + 0xffff) >>> 16);
  const missing = pages - memory.size();
  // By a quarter at least, so that a deep recursion does not grow page by page.
  if (missing > 0 && memory.grow(max(missing, memory.size() >> 2)) < 0 && memory.grow(missing) < 0) unreachable();
  return start;
}

export function allocateZeros(bytes: usize): usize {
  const start = allocate(bytes);
  memory.fill(start, 0, bytes);
  return start;
}

// @ts-ignore: decorator
@inline
export function get(column: usize, index: i32): i32 {
  return load<i32>(column + (<usize>index << 2));
}

// @ts-ignore: decorator
@inline
export function set(column: usize, index: i32, value: i32): void {
  store<i32>(column + (<usize>index << 2), value);
}

// @ts-ignore: decorator
@inline
export function getMask(column: usize, index: i32): u64 {
  return load<u64>(column + (<usize>index << 3));
}

// @ts-ignore: decorator
@inline
export function setMask(column: usize, index: i32, value: u64): void {
  store<u64>(column + (<usize>index << 3), value);
}
