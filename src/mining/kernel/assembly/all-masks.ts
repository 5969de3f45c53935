import { tickSometimes } from "./host";
import { put } from "./listing";
import { allocate, get, getMask, mark, release, set, setMask } from "./memory";
import { generator, minSupport, target } from "./settings";
import { maxLength, perfect, record } from "./sink";

/** Searches sets of items given by the masks of the transactions that hold them (Zaki's Eclat on bits). */
export function searchAllMasks(items: i32, masks: usize, names: usize, size: i32, perfectCount: i32): void {
  tickSometimes();
  const before = mark();
  const nextMasks = allocate(<usize>items << 3);
  const nextNames = allocate(<usize>items << 2);
  for (let i = items - 1; i >= 0; i--) {
    const mask = getMask(masks, i);
    const support = <i32>popcnt(mask);
    let next = 0;
    let all = perfectCount;
    for (let j = 0; j < i; j++) {
      const both = mask & getMask(masks, j);
      const count = <i32>popcnt(both);
      if (count < minSupport) continue;
      if (count === support) {
        if (target !== generator) set(perfect, all++, get(names, j));
      } else {
        setMask(nextMasks, next, both);
        set(nextNames, next++, get(names, j));
      }
    }
    put(size, get(names, i));
    record(size + 1, all, support);
    if (next === 0 || size + 1 >= maxLength()) continue;
    if (next === 1) {
      put(size + 1, get(nextNames, 0));
      record(size + 2, all, <i32>popcnt(getMask(nextMasks, 0)));
    } else searchAllMasks(next, nextMasks, nextNames, size + 1, all);
  }
  release(before);
}
