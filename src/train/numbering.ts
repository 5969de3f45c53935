/** Ids of the database and their positions 0, 1, 2 …, which is what columns hold. */
export interface Numbering {
  /** By position. */
  readonly ids: Int32Array;
  /** By id: its position, −1 for an id that has none; nothing is there above the highest one. */
  readonly numberOf: Int32Array;
}

function highest(ids: Int32Array): number {
  let most = -1;
  for (const id of ids) if (id > most) most = id;
  return most;
}

/** Numbers `ids`, none of them negative and each there once, in the order given. */
export function numbering(ids: Int32Array): Numbering {
  const numberOf = new Int32Array(highest(ids) + 1).fill(-1);
  for (let n = 0; n < ids.length; n++) numberOf[ids[n]] = n;
  return { ids, numberOf };
}

/** Whether `id`, which is not negative, has a position. */
export function isNumbered({ numberOf }: Numbering, id: number): boolean {
  return id < numberOf.length && numberOf[id] >= 0;
}

/** The distinct ids of a column, none of them negative, ascending. */
export function distinctIds(column: Int32Array): Int32Array {
  const seen = new Uint8Array(highest(column) + 1);
  let count = 0;
  for (const id of column) {
    count += 1 - seen[id];
    seen[id] = 1;
  }
  const ids = new Int32Array(count);
  for (let id = 0, n = 0; n < count; id++) if (seen[id] === 1) ids[n++] = id;
  return ids;
}
