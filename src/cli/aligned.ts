/** Columns that a terminal takes for a text: two for a character of Chinese. */
const widthOf = (text: string): number =>
  text.length + (text.match(/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/gu)?.length ?? 0);

/** Rows with their cells under each other, the first to the left. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => widthOf(row[column]))));
  return rows.map((row) => {
    const cells = row.map((cell, n) => {
      const fill = ' '.repeat(widths[n] - widthOf(cell));
      return n === 0 ? cell + fill : fill + cell;
    });
    return `  ${cells.join('  ')}`.trimEnd();
  });
}
