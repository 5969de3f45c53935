interface ColumnType<Column> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: SharedArrayBuffer): Column;
}

/** A copy in such memory. */
export function inShared(column: Int32Array): Int32Array {
  const shared = sharedColumn(Int32Array, column.length);
  shared.set(column);
  return shared;
}

/** A column of zeros in memory that threads read without a copy. */
export function sharedColumn<Column>(Type: ColumnType<Column>, length: number): Column {
  return new Type(new SharedArrayBuffer(length * Type.BYTES_PER_ELEMENT));
}
