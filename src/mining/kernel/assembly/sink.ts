import { countLarge, takeAll } from "./host";
import { flush, openListing, prefix, put, write } from "./listing";
import { allocate, allocateZeros, get } from "./memory";

/**
 * Where the sets go. Counting: a histogram by size and number of perfect extensions; multiplying these out is left to the
 * host, which has integers without bound. Listing: see `listing.ts`.
 */

/** The histogram is square: at most so many sizes by so many perfect extensions. */
const largestSide: i32 = 256;

/** More perfect extensions are left to the host, which may not want all of so many sets. */
const mostPerfect: i32 = 12;

let listing: bool = false;
let longest: i32 = 0;
let histogram: usize = 0;
let histogramSide: i32 = 0;

/** The items that all transactions of the set in hand hold besides. */
export let perfect: usize = 0;

/** @param itemCount how many items a set may have, perfect extensions included */
export function openSink(list: bool, maxLength: i32, itemCount: i32): void {
  listing = list;
  longest = maxLength;
  // A table and the masks write a few items beyond what will become of them.
  openListing(list, itemCount + 64);
  perfect = allocate(<usize>(itemCount + 64) << 2);
  if (list) return;
  histogramSide = min(largestSide, itemCount + 1);
  histogram = allocateZeros(<usize>(histogramSide * histogramSide) << 3);
}

export function histogramAddress(): usize {
  return histogram;
}

export function histogramSize(): i32 {
  return histogramSide;
}

@inline
export function isListing(): bool {
  return listing;
}

@inline
export function maxLength(): i32 {
  return longest;
}

/** Takes the set in hand, of `size` items, with each subset of its `perfectCount` perfect extensions. */
@inline
export function record(size: i32, perfectCount: i32, support: i32): void {
  if (listing) listAll(size, perfectCount, support);
  else if (size < histogramSide && perfectCount < histogramSide) {
    const cell = histogram + (<usize>(size * histogramSide + perfectCount) << 3);
    store<u64>(cell, load<u64>(cell) + 1);
  } else countLarge(size, perfectCount);
}

function listAll(size: i32, perfectCount: i32, support: i32): void {
  if (perfectCount <= mostPerfect) {
    list(size, perfectCount, support);
    return;
  }
  flush();
  takeAll(prefix, size, perfect, perfectCount, support);
}

function list(size: i32, perfectCount: i32, support: i32): void {
  if (size > longest) return;
  write(size, support);
  if (size === longest) return;
  for (let i = 0; i < perfectCount; i++) {
    put(size, get(perfect, i));
    // Only earlier ones follow, so that each subset comes once.
    list(size + 1, i, support);
  }
}
