import { allocate, get, set } from "./memory";
import { Projection } from "./projection";
import { rowAt } from "./rows";
import { areSparse, newCounts, newMarks, newTally, Tally } from "./tally";

/** Counts by visiting the rows of one item after the other: for databases with more pairs of items than there is room for. */
@unmanaged
export class Visits {
  /** By item; all zero between items. */
  counts: usize = 0;
  /** A bit by item; all zero between items. */
  seen: usize = 0;
  tally: Tally;

  /** Tallies the items below `end` that are frequent in the rows of a projection, and sets its length. */
  tallyRows(projection: Projection, end: i32): void {
    this.tally.length = 0;
    if (areSparse(end, projection.to - projection.from)) {
      this.count(projection, true);
      this.tally.takeFrequentOf(this.counts, this.seen, end);
    } else {
      this.count(projection, false);
      this.tally.takeFrequent<i32>(this.counts, end, 0);
    }
  }

  /** @param marking whether the items that are counted are marked in `seen` */
  @inline
  private count(projection: Projection, marking: bool): void {
    // Fields in locals: the stores of a loop would have them read again in each turn.
    const rows = projection.parent.rows;
    const content = projection.parent.content;
    const holding = projection.rows;
    const places = projection.places;
    const to = projection.to;
    const counts = this.counts;
    const seen = this.seen;
    let length = 0;
    for (let o = projection.from; o < to; o++) {
      const row = rowAt(rows, get(holding, o));
      const weight = row.weight;
      const end = places === 0 ? row.end : get(places, o);
      let p = row.start;
      length += end - p;
      for (; p < end; p++) {
        const item = get(content, p);
        set(counts, item, get(counts, item) + weight);
        if (marking) set(seen, item >>> 5, get(seen, item >>> 5) | (1 << item));
      }
    }
    projection.length = length;
  }
}

/** For databases of so many items. */
export function newVisits(items: i32): Visits {
  const visits = changetype<Visits>(allocate(offsetof<Visits>()));
  visits.counts = newCounts(items);
  visits.seen = newMarks(items);
  visits.tally = newTally(items);
  return visits;
}
