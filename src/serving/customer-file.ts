import { shareOf } from '../customers/value-deciles.ts';
import { utf8Chunks } from '../rules/formats/text-bytes.ts';
import type { CustomerBook } from './customer-book.ts';
import { customerFigures, dateOf, type FigureName, figureNames, figureValue } from './customer-figures.ts';
import { type SegmentKind, segmentKinds } from './customer-segments.ts';
import { segmentMedian, typicalFigures } from './segment-medians.ts';
import { type Cell, type Table, tableCsv } from './table-csv.ts';
import { wordsOfSegment } from './words-of-segment.ts';

/** What a table is called in JSON, and of which model it is. */
interface Heading {
  readonly name: 'customers' | 'segments';
  readonly book: { readonly version: number; readonly insights: { readonly today: number } };
}

/** The formats that customers and segments are written in. */
export const tableFormats = {
  csv: { mediaType: 'text/csv; charset=utf-8', chunks: (_: Heading, table: Table) => tableCsv(table) },
  json: { mediaType: 'application/json', chunks: jsonChunks },
} as const;

export type TableFormat = keyof typeof tableFormats;

/**
 * Customers with their segments and all their figures, without those who were forgotten, in chunks of some 128 kB.
 *
 * @param customers by number, in the order of the file
 * @param kinds whose segments are columns
 */
export function customerFile(
  book: CustomerBook,
  customers: Iterable<number>,
  format: TableFormat,
  kinds: readonly SegmentKind[] = segmentKinds,
): Iterable<Uint8Array> {
  const columns = ['customerId', ...kinds.flatMap((kind) => [kind, `${kind}Name`]), ...figureNames];
  const rows = function* (): Generator<Cell[]> {
    for (const customer of customers) {
      if (!book.codes.isNamed(customer)) continue;
      const segments = kinds.flatMap((kind) => {
        const segment = book.segmentOf(kind, customer);
        return [segment?.id ?? null, segment?.name.en ?? null];
      });
      const figures = figureNames.map((name) =>
        figureValue(customerFigures[name], book.figure(name)(customer)),
      );
      yield [book.codes.get(customer), ...segments, ...figures];
    }
  };
  return tableFormats[format].chunks({ name: 'customers', book }, { columns, rows: rows() });
}

/** Of a figure that is a median itself, the name says so already. */
const medianColumn = (name: FigureName): string =>
  name.startsWith('median') ? name : `median${name[0].toUpperCase()}${name.slice(1)}`;

/** Segments with who they are, what they bring and the medians of their customers. */
export function segmentFile(
  book: CustomerBook,
  kinds: readonly SegmentKind[],
  format: TableFormat,
): Iterable<Uint8Array> {
  const columns = [
    ...['id', 'kind', 'name', 'nameZh', 'words', 'wordsZh', 'customers', 'customerShare'],
    ...['revenue', 'revenueShare', 'profit', 'profitShare'],
    ...typicalFigures.map(medianColumn),
  ];
  const money = (amount: number): Cell => figureValue(customerFigures.revenue, amount);
  const share = (part: number, whole: number): Cell =>
    figureValue(customerFigures.marginRate, shareOf(part, whole) ?? Number.NaN);
  const rows = kinds.flatMap((kind) => {
    const sums = book.sums(kind);
    const all = {
      revenue: sums.reduce((sum, one) => sum + one.revenue, 0),
      profit: sums.reduce((sum, one) => sum + one.profit, 0),
    };
    return book.segmentation(kind).segments.map(({ id, name }, position): Cell[] => {
      const { customers, revenue, profit } = sums[position];
      const words = wordsOfSegment(book, { kind, position });
      const medians = typicalFigures.map((figure) =>
        figureValue(customerFigures[figure], segmentMedian(book, { kind, position }, figure)),
      );
      return [
        ...[id, kind, name.en, name.zh, words.en, words.zh],
        ...[customers, share(customers, book.ordering.length)],
        ...[money(revenue), share(revenue, all.revenue), money(profit), share(profit, all.profit)],
        ...medians,
      ];
    });
  });
  return tableFormats[format].chunks({ name: 'segments', book }, { columns, rows });
}

function jsonChunks({ name, book }: Heading, { columns, rows }: Table): Iterable<Uint8Array> {
  const pieces = function* (): Generator<string> {
    const today = dateOf(book.insights.today);
    yield `{"modelVersion":"${book.version}","today":"${today}","${name}":[`;
    let isFirst = true;
    for (const row of rows) {
      const entry = Object.fromEntries(columns.map((column, n) => [column, row[n]]));
      yield `${isFirst ? '' : ','}\n${JSON.stringify(entry)}`;
      isFirst = false;
    }
    yield '\n]}\n';
  };
  return utf8Chunks(pieces());
}
