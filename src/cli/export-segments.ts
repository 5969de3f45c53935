import { PairwellError } from '../errors.ts';
import { CustomerBook } from '../serving/customer-book.ts';
import { customerFile, segmentFile, type TableFormat } from '../serving/customer-file.ts';
import { type SegmentKind, segmentKinds } from '../serving/customer-segments.ts';
import { withDatabase } from './context.ts';
import { checkWritable, writeChunks } from './mine-output.ts';
import { readModel } from './read-model.ts';

export interface SegmentExport {
  readonly format: TableFormat;
  readonly out: string;
  /** The customers with their segments and figures, or the segments. */
  readonly set: 'members' | 'segments';
  /** Of all kinds without it. */
  readonly kind?: SegmentKind | undefined;
  /** The version; the model in service without it. */
  readonly model?: number | undefined;
}

/** @throws PairwellError `conflict` for a model that knows no customers, and as reading and writing do */
export async function exportSegments({
  format,
  out,
  set,
  kind,
  model: wanted,
}: SegmentExport): Promise<void> {
  await checkWritable(out);
  // The database is closed before anything is written: whoever reads a pipe may take long.
  const { version, model } = await withDatabase((database) => readModel(database, wanted));
  if (!model.customers) {
    const message = `The model ${version} knows nothing of the customers: it was made before they were studied. Train again: pairwell train.`;
    throw new PairwellError('conflict', message, { version });
  }
  const book = new CustomerBook(version, model, model.customers);
  const kinds = kind === undefined ? segmentKinds : [kind];
  const members = set === 'members';
  const chunks = members
    ? customerFile(book, book.ordering, format, kinds)
    : segmentFile(book, kinds, format);
  await writeChunks(chunks, out);
}
