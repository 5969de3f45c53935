import type { PolicyScope } from './policy.ts';

/** For whom two policies hold together: nobody, somebody perhaps, or somebody for certain. */
export type SegmentOverlap = 'none' | 'perhaps' | 'certain';

/** Whether there are a time and a placement at which both hold. */
export function meet(a: PolicyScope, b: PolicyScope): boolean {
  const isBeforeEnd = (start: number | null, end: number | null): boolean =>
    start === null || end === null || start < end;
  return (
    isBeforeEnd(a.startsAt, b.endsAt) &&
    isBeforeEnd(b.startsAt, a.endsAt) &&
    (a.placements === null ||
      b.placements === null ||
      a.placements.some((name) => b.placements!.includes(name)))
  );
}

/** Segments of one kind share no customer; of different kinds only a model knows. */
export function segmentOverlap(a: PolicyScope, b: PolicyScope): SegmentOverlap {
  if (a.segments === null || b.segments === null) return 'certain';
  if (a.segments.some((id) => b.segments!.includes(id))) return 'certain';
  const kinds = new Set(b.segments.map(kindOf));
  const isApart = kinds.size === 1 && a.segments.every((id) => kinds.has(kindOf(id)));
  return isApart ? 'none' : 'perhaps';
}

/** What a segment is one of several of: `rfm`, `tier`, `behaviour` or the attribute that it states a value of. */
function kindOf(id: string): string {
  const equals = id.indexOf('=');
  return equals < 0 ? id.slice(0, id.indexOf('-')) : id.slice(0, equals + 1);
}
