/** Numbers from 0 up to but not 1. */
export type Random = () => number;

/** The same numbers for each seed (Mulberry32, Tommy Ettinger 2017). */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A seed of its own for a part of a work, so that no part depends on who did the others. */
export function seedOf(seed: number, ...part: readonly number[]): number {
  return part.reduce((mixed, number) => scrambled(mixed ^ number), scrambled(seed));
}

/** Another 32-bit integer for each (the end of MurmurHash3, Austin Appleby 2011). */
function scrambled(number: number): number {
  let mixed = number;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

export const below = (count: number, random: Random): number => Math.floor(random() * count);

/** `size` different ones of the numbers below `count`, each set as likely as any other, ascending (Floyd's method). */
export function sampleOf(count: number, size: number, random: Random): Int32Array {
  if (size >= count) return Int32Array.from({ length: count }, (_, n) => n);
  const chosen = new Set<number>();
  for (let last = count - size; last < count; last++) {
    const drawn = below(last + 1, random);
    chosen.add(chosen.has(drawn) ? last : drawn);
  }
  return Int32Array.from(chosen).sort();
}
