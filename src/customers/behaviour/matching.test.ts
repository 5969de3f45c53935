import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastOverlap, matchSegments } from './matching.ts';

const named = (...ids: number[]) => ids.map((id) => ({ id, name: { en: `s${id}`, zh: `第${id}` } }));

describe('matchSegments', () => {
  it('goes on with segments of much the same customers, under whatever numbers', () => {
    const earlier = { segments: named(4, 2), nextId: 7, segmentOf: [0, 0, 0, 1, 1, -1, 1] };
    const { ids, nextId, matches, continues } = matchSegments([1, 1, 1, 0, 0, 0, 2], 3, earlier);
    expect(ids).toEqual([2, 4, 7]);
    expect(nextId).toBe(8);
    expect(continues.map((segment) => segment?.name.en)).toEqual(['s2', 's4', undefined]);
    expect(matches).toEqual([
      // Of the three customers then, two are still in; the one who was in no segment then does not count.
      { id: 2, status: 'kept', now: 2, before: 3, both: 2, overlap: 2 / 3 },
      { id: 4, status: 'kept', now: 3, before: 3, both: 3, overlap: 1 },
      { id: 7, status: 'new', now: 1, before: 0, both: 0, overlap: null },
    ]);
  });

  it('tells of segments that are gone, and never gives their numbers again', () => {
    const earlier = { segments: named(1, 2), nextId: 3, segmentOf: [0, 0, 1, 1, 1, 1] };
    const { ids, nextId, matches } = matchSegments([0, -1, 0, 0, 0, 0], 1, earlier);
    expect(ids).toEqual([2]);
    expect(matches.at(-1)).toEqual({ id: 1, status: 'gone', now: 0, before: 1, both: 0, overlap: null });
    expect(matchSegments([0], 1, { segments: named(1), nextId, segmentOf: [-1] }).ids).toEqual([3]);
  });

  it('takes each earlier segment once, and only where the overlap is enough', () => {
    const anyPair = fc.tuple(fc.integer({ min: -1, max: 3 }), fc.integer({ min: -1, max: 3 }));
    fc.assert(
      fc.property(fc.array(anyPair, { maxLength: 40 }), (pairs) => {
        const now = pairs.map(([segment]) => segment);
        const then = pairs.map(([, segment]) => segment);
        const earlier = { segments: named(1, 2, 3, 4), nextId: 5, segmentOf: then };
        const { ids, continues, nextId } = matchSegments(now, 4, earlier);
        expect(new Set(ids).size).toBe(4);
        expect(nextId).toBe(5 + continues.filter((segment) => !segment).length);
        const overlap = (segment: number, old: number): number => {
          const known = pairs.filter(([a, b]) => a >= 0 && b >= 0);
          const either = known.filter(([a, b]) => a === segment || b === old).length;
          return known.filter(([a, b]) => a === segment && b === old).length / (either || 1);
        };
        for (let segment = 0; segment < 4; segment++) {
          const old = ids[segment]! - 1;
          if (old < 4) expect(overlap(segment, old)).toBeGreaterThanOrEqual(leastOverlap);
          // More than half of both: nothing else could be taken.
          for (let other = 0; other < 4; other++) if (overlap(segment, other) > 0.5) expect(old).toBe(other);
        }
      }),
    );
  });
});
