import type { NamedSegment, SegmentMatch } from './behaviour.ts';

/** The segments of an earlier model, and who was in which. */
export interface EarlierSegments {
  readonly segments: readonly NamedSegment[];
  readonly nextId: number;
  /** By customer of today's ledger: the position of the segment then, or −1 for who was in none. */
  readonly segmentOf: ArrayLike<number>;
}

export interface Matched {
  /** By segment of today: the earlier one that it continues, or undefined. */
  readonly continues: readonly (NamedSegment | undefined)[];
  /** By segment of today. */
  readonly ids: readonly number[];
  readonly nextId: number;
  /** One of each segment of today, in order, then one of each that is gone. */
  readonly matches: readonly SegmentMatch[];
}

/** A segment continues an earlier one when at least such a share of who is or was in either is in both. */
export const leastOverlap = 0.3;

/**
 * Which segments of today continue which earlier ones: of customers who are in both models, those who are in a segment now and
 * those who were in one then are compared (Jaccard), the pair with the greatest overlap is taken, then that of what is left.
 * Above a half no choice is left, as no other pair can have as much.
 */
export function matchSegments(
  segmentOf: ArrayLike<number>,
  segments: number,
  earlier: EarlierSegments,
): Matched {
  const olds = earlier.segments.length;
  const both = new Int32Array(segments * olds);
  const now = new Int32Array(segments);
  const before = new Int32Array(olds);
  for (let customer = 0; customer < segmentOf.length; customer++) {
    const segment = segmentOf[customer];
    const old = earlier.segmentOf[customer] ?? -1;
    if (segment < 0 || old < 0) continue;
    both[segment * olds + old]++;
    now[segment]++;
    before[old]++;
  }
  const overlap = (segment: number, old: number): number => {
    const shared = both[segment * olds + old];
    return shared === 0 ? 0 : shared / (now[segment] + before[old] - shared);
  };
  const pairs: { segment: number; old: number }[] = [];
  for (let segment = 0; segment < segments; segment++) {
    for (let old = 0; old < olds; old++)
      if (overlap(segment, old) >= leastOverlap) pairs.push({ segment, old });
  }
  pairs.sort(
    (a, b) => overlap(b.segment, b.old) - overlap(a.segment, a.old) || a.segment - b.segment || a.old - b.old,
  );
  const oldOf = new Int32Array(segments).fill(-1);
  const newOf = new Int32Array(olds).fill(-1);
  for (const { segment, old } of pairs) {
    if (oldOf[segment] >= 0 || newOf[old] >= 0) continue;
    oldOf[segment] = old;
    newOf[old] = segment;
  }

  let { nextId } = earlier;
  const ids = Array.from(oldOf, (old) => (old < 0 ? nextId++ : earlier.segments[old].id));
  const matches = Array.from(oldOf, (old, segment): SegmentMatch => {
    if (old < 0)
      return { id: ids[segment], status: 'new', now: now[segment], before: 0, both: 0, overlap: null };
    const shared = both[segment * olds + old];
    return {
      id: ids[segment],
      status: 'kept',
      now: now[segment],
      before: before[old],
      both: shared,
      overlap: overlap(segment, old),
    };
  });
  const gone = earlier.segments.flatMap(({ id }, old): SegmentMatch[] =>
    newOf[old] < 0 ? [{ id, status: 'gone', now: 0, before: before[old], both: 0, overlap: null }] : [],
  );
  return {
    continues: Array.from(oldOf, (old) => (old < 0 ? undefined : earlier.segments[old])),
    ids,
    nextId,
    matches: [...matches, ...gone],
  };
}
