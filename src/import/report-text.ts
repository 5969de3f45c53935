import { type RejectReason, rejectReasons } from '../orders/outcomes.ts';
import type { ImportReport } from './import-file.ts';

const figure = (value: number): string => value.toLocaleString('en-US');

const plural = (value: number, one: string): string => `${figure(value)} ${one}${value === 1 ? '' : 's'}`;

/** The reconciliation as a table for people: the rows of the first block below the line add up to the first. */
export function reportText(report: ImportReport): string {
  const { lines, orders, customers, rejected } = report;
  const reasons = Object.entries(rejected) as [RejectReason, number][];
  const aside = reasons.reduce((sum, [, rows]) => sum + rows, 0);
  const entries: (readonly [label: string, value: number, note?: string])[] = [
    ['rows read', report.rowsRead],
    [
      'purchase lines of known customers',
      lines.purchases,
      `${plural(orders.purchases, 'order')} of ${plural(customers.buying, 'customer')}`,
    ],
    ['anonymous purchase lines', lines.anonymousPurchases, plural(orders.anonymousPurchases, 'order')],
    ['return lines', lines.returns, plural(orders.returns, 'return')],
    ['rows of orders stored before', report.alreadyStored, 'left as they are'],
    ['rows kept aside', aside],
    ...reasons.map(([reason, rows]) => [`  ${rejectReasons[reason]}`, rows, reason] as const),
  ];
  const shown = entries.filter(([, value], i) => i < 2 || value > 0);
  const labelWidth = Math.max(...shown.map(([label]) => label.length));
  const valueWidth = Math.max(...shown.map(([, value]) => figure(value).length));
  const table = shown.map(([label, value, note]) =>
    `  ${label.padEnd(labelWidth)}  ${figure(value).padStart(valueWidth)}  ${note ?? ''}`.trimEnd(),
  );
  const notes: string[] = [];
  if (report.unchanged) notes.push('This file was imported before; nothing was changed.');
  else if (report.rowsResumed > 0) {
    notes.push(
      `An interrupted import was completed: ${plural(report.rowsResumed, 'row')} had been stored before.`,
    );
  }
  if (report.ordersAfterToday > 0) {
    notes.push(
      `${plural(report.ordersAfterToday, 'order')} dated after today: until then, training leaves them out of what it says of customers.`,
    );
  }
  const { products, examples } = report.inTwoCategories;
  if (products > 0) {
    const [{ product, kept, other }] = examples;
    notes.push(
      `${plural(products, 'product')} in more than one category: that of the latest purchase counts. ` +
        `Such as ${product}: ${kept.join(' > ')}, and not ${other.join(' > ')}.`,
    );
  }
  const preset = report.preset === null ? '' : `, columns of ${report.preset}`;
  const currency = report.currency === null ? '' : `, amounts in ${report.currency}`;
  return [
    `${report.file} (import ${report.importId}${preset}${currency})`,
    ...table,
    `  in all ${plural(orders.total, 'order')}, ${plural(customers.total, 'customer')}, ` +
      `${plural(report.products, 'product')} and ${plural(report.nonProducts, 'non-product')}`,
    ...notes.map((note) => `  ${note}`),
    '',
  ].join('\n');
}
