import { type RelationColumns, relations } from '../../insights/insights.ts';

/** What two items are to each other; undefined where that was not examined. Rows are ordered by `b`, then `a`. */
export function relationOf(columns: RelationColumns, one: number, other: number) {
  const [a, b] = one < other ? [one, other] : [other, one];
  let low = 0;
  let high = columns.a.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const isBefore = columns.b[middle] < b || (columns.b[middle] === b && columns.a[middle] < a);
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  const isThere = low < columns.a.length && columns.a[low] === a && columns.b[low] === b;
  return isThere ? relations[columns.relation[low]] : undefined;
}
