import { availableParallelism } from 'node:os';
import { offerText } from '../../workers/offer-text.ts';
import type { OfferKind } from '../offers/offer-kinds.ts';
import type { Placement } from '../offers/placements.ts';
import type { TableFormat } from '../serving/customer-file.ts';
import { customersIn } from '../serving/customers-in.ts';
import { readSnapshot } from '../serving/read-snapshot.ts';
import { withDatabase } from './context.ts';
import { checkWritable, writeChunks } from './mine-output.ts';
import { progressBar } from './progress.ts';
import { untilSignalled } from './signals.ts';

export interface OfferExport {
  readonly format: TableFormat;
  readonly out: string;
  readonly placement: Placement;
  readonly limit?: number | undefined;
  readonly kinds?: readonly OfferKind[] | undefined;
  readonly language?: string | undefined;
  /** Whose customers alone are written. */
  readonly segment?: string | undefined;
  /** The version; the model in service without it. */
  readonly model?: number | undefined;
  /** One per core by default. */
  readonly threads?: number | undefined;
}

/**
 * Writes what is offered to each customer of a model, as `GET /v1/customers/{customerId}/offers` answers at this moment.
 *
 * @param now milliseconds since 1970
 * @param id that no other export has: letters, digits, `-` and `_`, 80 of them at most
 * @throws PairwellError `cancelled` on a signal, and as reading and writing do
 */
export async function exportOffers(
  { format, out, segment, model: wanted, threads: asked, ...how }: OfferExport,
  now: number,
  id: string,
): Promise<void> {
  await checkWritable(out);
  await untilSignalled(async (signal) => {
    // The database is closed before anything is written: whoever reads a pipe may take long.
    const { snapshot, customers, threads } = await withDatabase(async (database, config) => {
      const read = await readSnapshot(database, wanted);
      return {
        snapshot: read.snapshot,
        customers: await customersIn(database, read, segment),
        threads: asked ?? config.PAIRWELL_THREADS ?? availableParallelism(),
      };
    });
    const bar = await progressBar('Offers');
    try {
      const chunks = offerText(
        { order: { ...how, id, snapshot, now }, format, customers },
        {
          threads,
          signal,
          onProgress: (done) =>
            bar.update(
              done / customers.length,
              `${done.toLocaleString('en')} of ${customers.length.toLocaleString('en')} customers`,
            ),
        },
      );
      await writeChunks(chunks, out);
    } finally {
      bar.stop();
    }
  });
}
