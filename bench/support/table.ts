export type Row = Readonly<Record<string, string | number>>;

/** Prints rows under the names of their fields on stdout; numbers stand to the right. */
export function printTable(title: string, rows: readonly Row[]): void {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const text = (row: Row, column: string): string => String(row[column] ?? '');
  const widths = columns.map((column) =>
    Math.max(column.length, ...rows.map((row) => text(row, column).length)),
  );
  const line = (cells: readonly string[], toRight: (i: number) => boolean): string =>
    `  ${cells.map((cell, i) => (toRight(i) ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join('  ')}`.trimEnd();
  const numeric = (i: number): boolean => rows.some((row) => typeof row[columns[i]] === 'number');
  const lines = [
    title,
    line(columns, numeric),
    line(
      widths.map((width) => '-'.repeat(width)),
      () => false,
    ),
    ...rows.map((row) =>
      line(
        columns.map((column) => text(row, column)),
        numeric,
      ),
    ),
  ];
  process.stdout.write(`${lines.join('\n')}\n\n`);
}
