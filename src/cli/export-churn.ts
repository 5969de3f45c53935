import { PairwellError } from '../errors.ts';
import { ChurnBook } from '../serving/churn-book.ts';
import { churnFile } from '../serving/churn-file.ts';
import type { TableFormat } from '../serving/customer-file.ts';
import { withDatabase } from './context.ts';
import { checkWritable, writeChunks } from './mine-output.ts';
import { readModel } from './read-model.ts';

export interface ChurnExport {
  readonly format: TableFormat;
  readonly out: string;
  /** The version; the model in service without it. */
  readonly model?: number | undefined;
}

/** @throws PairwellError `conflict` for a model that has not studied who leaves, and as reading and writing do */
export async function exportChurn({ format, out, model: wanted }: ChurnExport): Promise<void> {
  await checkWritable(out);
  // The database is closed before anything is written: whoever reads a pipe may take long.
  const { version, model } = await withDatabase((database) => readModel(database, wanted));
  const { churn, customers, customerCodes } = model;
  if (!churn || !customers) {
    const message = `The model ${version} knows nothing of who leaves: it was made before that was studied. Train again: pairwell train.`;
    throw new PairwellError('conflict', message, { version });
  }
  await writeChunks(churnFile(new ChurnBook(version, customerCodes, churn, customers), format), out);
}
