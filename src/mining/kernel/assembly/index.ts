import { flush } from "./listing";
import { arenaUsed, startArena } from "./memory";
import { openPairs } from "./pairs";
import { mineRank, mineTogether, openRoot, ranksTogether } from "./root";
import { closed, maximal, setMinSupport, setTarget } from "./settings";
import { histogramAddress, histogramSize, openSink } from "./sink";
import { openTables } from "./table";

/**
 * Starts anew.
 *
 * @param arenaStart where the memory begins, and `arenaEnd` where it ends, that this thread has to itself
 * @param list whether sets are listed; counted without
 * @param itemCount the most items that a set can have
 */
export function open(
  arenaStart: usize,
  arenaEnd: usize,
  wanted: i32,
  minSupport: i32,
  maxLength: i32,
  list: bool,
  itemCount: i32,
): void {
  startArena(arenaStart, arenaEnd);
  setTarget(wanted);
  setMinSupport(minSupport);
  openSink(list, maxLength, itemCount);
  openTables(wanted === closed);
  if (wanted !== maximal) openPairs();
}

export {
  arenaUsed,
  flush,
  histogramAddress,
  histogramSize,
  mineRank,
  mineTogether,
  openRoot,
  ranksTogether,
  setMinSupport,
};
