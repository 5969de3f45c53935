import { below, type Random } from '../../learn/random.ts';

/** Rows that are dealt out, those of one group together. */
export interface Dealt {
  readonly rows: Int32Array;
  /** By row of the table. */
  readonly target: Uint8Array;
  /** By row of the table, such as its customer; default each row by itself. */
  readonly groups?: Int32Array | undefined;
}

/** The rows of a group. */
type Group = number[];

/**
 * Parts rows at random, groups of either target alike (that of a group is 1 where one of its rows is); each part gets one group of each
 * at least where there are two.
 *
 * @param most rows in both parts together: a sample of the groups if there are more
 * @returns both ascending
 */
export function fitAndChoice(
  dealt: Dealt,
  { fitShare, most }: { readonly fitShare: number; readonly most: number },
  random: Random,
): { fit: Int32Array; choice: Int32Array } {
  const fit: Group[] = [];
  const choice: Group[] = [];
  const share = Math.min(1, most / dealt.rows.length);
  for (const groups of shuffledByTarget(dealt, random)) {
    const sample = groups.slice(0, Math.max(2, Math.round(share * groups.length)));
    const border = Math.min(sample.length - 1, Math.max(1, Math.round(fitShare * sample.length)));
    for (const [n, group] of sample.entries()) (n < border ? fit : choice).push(group);
  }
  return { fit: ascending(fit), choice: ascending(choice) };
}

/** Parts rows into folds at random, groups of either target alike. */
export function foldsOf(dealt: Dealt, folds: number, random: Random): Int32Array[] {
  const lists: Group[][] = Array.from({ length: folds }, () => []);
  for (const groups of shuffledByTarget(dealt, random))
    for (const [n, group] of groups.entries()) lists[n % folds].push(group);
  return lists.map(ascending);
}

/** How many groups there are of either target. */
export const groupCounts = (dealt: Dealt): number[] => byTarget(dealt).map(({ length }) => length);

function byTarget({ rows, target, groups }: Dealt): Group[][] {
  const byGroup = new Map<number, Group>();
  for (const row of rows) {
    const key = groups ? groups[row] : row;
    const group = byGroup.get(key);
    if (group) group.push(row);
    else byGroup.set(key, [row]);
  }
  const all = [...byGroup.values()];
  const hasLeft = (group: Group): boolean => group.some((row) => target[row] === 1);
  return [all.filter((group) => !hasLeft(group)), all.filter(hasLeft)];
}

function shuffledByTarget(dealt: Dealt, random: Random): Group[][] {
  const lists = byTarget(dealt);
  for (const list of lists)
    for (let last = list.length - 1; last > 0; last--) {
      const other = below(last + 1, random);
      [list[last], list[other]] = [list[other], list[last]];
    }
  return lists;
}

const ascending = (groups: readonly Group[]): Int32Array => Int32Array.from(groups.flat()).sort();
