import type { CustomerBook, SegmentPlace } from './customer-book.ts';
import type { FigureName } from './customer-figures.ts';

/** Figures that tell what a customer of a segment is like. */
export const typicalFigures = [
  'orders',
  'revenue',
  'profit',
  'recencyDays',
  'medianGap',
  'alive',
  'lifetimeValue',
] as const satisfies readonly FigureName[];

/** The median of a figure in a segment, of the customers of whom it is known; NaN where it is of none. */
export function segmentMedian(
  book: CustomerBook,
  { kind, position }: Pick<SegmentPlace, 'kind' | 'position'>,
  name: FigureName,
): number {
  const { segmentOf } = book.segmentation(kind);
  const figure = book.figure(name);
  const known = book
    .order(name, 'ascending')
    .filter((c) => segmentOf[c] === position && !Number.isNaN(figure(c)));
  if (known.length === 0) return Number.NaN;
  const half = (known.length - 1) / 2;
  return (figure(known[Math.floor(half)]) + figure(known[Math.ceil(half)])) / 2;
}
