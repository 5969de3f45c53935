import { createHash } from 'node:crypto';
import type { Database } from '../../db/database.ts';
import {
  announceChanges,
  type ChangeMark,
  changeMark,
  completeImport,
  countImport,
  type ImportRow,
  openImport,
  suspendImport,
  undoImport,
} from '../../db/queries/imports.ts';
import { analyzeOrders } from '../../db/queries/order-writer.ts';
import { messageOf, PairwellError } from '../errors.ts';
import { cutBatches } from '../orders/batch.ts';
import { type Reconciliation, reconcile } from '../orders/outcomes.ts';
import { BatchWriter, type TwoCategories } from './batch-writer.ts';
import { inspect } from './inspect.ts';
import { planReading, type Reading, type ReadingOptions } from './reading.ts';
import { settleFileCurrency } from './shop-currency.ts';
import { about, type OnBytes, openSource, type Source } from './source.ts';

export interface CheckOptions extends ReadingOptions {
  path: string;
  signal?: AbortSignal | undefined;
  /** @param share of the work that is done, 0 to 1 */
  onProgress?: ((share: number) => void) | undefined;
}

export interface StoreOptions {
  /** Stops the import after the batch under way; the same import started again goes on from there. */
  signal?: AbortSignal | undefined;
  /** @param share of the work that is done, 0 to 1 */
  onProgress?: ((share: number) => void) | undefined;
  /** The clock, for when the import starts. */
  now?: (() => Date) | undefined;
  /** Rows stored in one transaction, at least; default 20,000. */
  batchRows?: number | undefined;
}

/** A file that was read to its end once and can be imported. */
export interface CheckedFile {
  readonly source: Source;
  readonly reading: Reading;
  /** SHA-256 of the decompressed bytes together with the reading options: what makes an import the same. */
  readonly digest: string;
}

export interface ImportReport extends Reconciliation {
  file: string;
  importId: number;
  /** The preset that was recognised or asked for. */
  preset: string | null;
  /** The shop's currency; null where no file has said. */
  currency: string | null;
  /** Rows that an earlier, interrupted run had stored; all of them when nothing was left to do. */
  rowsResumed: number;
  /** Whether the file had been imported completely before, and nothing was changed. */
  unchanged: boolean;
  /** Products that the file puts into different categories, and the first of them; none of a file that was `unchanged`. */
  inTwoCategories: { products: number; examples: TwoCategories[] };
}

const mostExamples = 10;

const defaultBatchRows = 20_000;

/** With more lines than that stored in one run, the planner's old figures mislead it. */
const analyzeFromLines = 10_000;

function shareRead({ size }: Source, onProgress: StoreOptions['onProgress']): OnBytes {
  let read = 0;
  return (bytes) => {
    read += bytes;
    onProgress?.(Math.min(1, read / size));
  };
}

/** What the database said last; the ORM puts the whole query, rows included, before it. */
function rootCause(error: unknown): unknown {
  let at = error;
  while (at instanceof Error && at.cause !== undefined) at = at.cause;
  return at;
}

/** One import under way: what is read, and where it goes. */
interface Run {
  readonly file: CheckedFile;
  readonly row: ImportRow;
  readonly writer: BatchWriter;
  readonly options: StoreOptions;
  readonly before: ChangeMark;
  readonly currency: string | null;
}

/**
 * Stores the rows that are not stored yet. While one batch is being written the next is read.
 *
 * @throws PairwellError `cancelled` after the signal, when the batch under way is committed
 */
async function storeRows({ file: { source, reading }, row, writer, options, currency }: Run): Promise<void> {
  const orderPrefix = row.digest.slice(0, 12);
  const batches = cutBatches(reading.rows(orderPrefix, shareRead(source, options.onProgress)), {
    clean: reading.cleaner(orderPrefix, row.startedAt.getTime(), currency),
    size: options.batchRows ?? defaultBatchRows,
    cutAt: row.rowsCommitted,
  });
  let writing = Promise.resolve();
  let stopped = false;
  try {
    for await (const batch of batches) {
      await writing;
      writing = batch.lastRow <= row.rowsCommitted ? writer.revisit(batch) : writer.write(batch);
      // Its failure is met at the next `await`.
      writing.catch(() => undefined);
      stopped = options.signal?.aborted ?? false;
      if (stopped) break;
    }
  } finally {
    await writing;
  }
  await writer.finish();
  if (stopped) {
    throw new PairwellError(
      'cancelled',
      `Stopped after ${writer.rowsCommitted} rows of ${source.name}. Import the file again to go on from there.`,
    );
  }
}

/** Leaves a record of why an import stopped, and nothing behind of a malformed file. */
async function settleFailure(
  database: Database,
  { row, writer, before }: Run,
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof PairwellError)) {
    const cause = rootCause(error);
    // When the database itself failed this fails too; the import counts as interrupted either way.
    await suspendImport(database, row.id, messageOf(cause)).catch(() => undefined);
    return new Error(`The import stopped after ${writer.rowsCommitted} rows: ${messageOf(cause)}`, { cause });
  }
  if (error.code === 'cancelled') {
    await suspendImport(database, row.id, null);
    await announceChanges(database, before);
  }
  if (error.code !== 'bad-input') return error;
  await undoImport(database, row.id, error.message);
  return new PairwellError('bad-input', `${error.message} Nothing of the file was stored.`, error.details);
}

async function store(database: Database, file: CheckedFile, options: StoreOptions): Promise<ImportReport> {
  const { source, reading, digest } = file;
  const now = (options.now ?? (() => new Date()))();
  const currency = await settleFileCurrency(database, reading.currency);
  const row = await openImport(database, {
    fileName: source.name,
    digest,
    format: reading.format,
    options: reading.settings,
    startedAt: now,
  });
  const writer = new BatchWriter(database, row);
  const unchanged = row.status === 'complete';
  if (!unchanged) {
    const before = await changeMark(database);
    const run: Run = { file, row, writer, options, before, currency };
    try {
      await storeRows(run);
    } catch (error) {
      throw await settleFailure(database, run, error);
    }
    await announceChanges(database, before);
    if (writer.rowsCommitted - row.rowsCommitted >= analyzeFromLines) await analyzeOrders(database);
    await completeImport(database, row.id);
  }
  return {
    file: source.name,
    importId: row.id,
    preset: reading.preset,
    currency,
    rowsResumed: row.rowsCommitted,
    unchanged,
    inTwoCategories: {
      products: writer.inTwoCategories.size,
      examples: [...writer.inTwoCategories.values()].slice(0, mostExamples),
    },
    ...reconcile(writer.rowsCommitted, writer.tally, await countImport(database, row.id, now)),
  };
}

/**
 * Reads a file to its end, without storing anything.
 *
 * @throws PairwellError `bad-input` when it cannot be read or understood
 */
export async function checkFile(options: CheckOptions): Promise<CheckedFile> {
  const source = await openSource(options.path);
  return about(source, async () => {
    const reading = await planReading(source, options);
    const bytes = await inspect(source, reading.encoding, {
      onBytes: shareRead(source, options.onProgress),
      signal: options.signal,
    });
    const digest = createHash('sha256')
      .update(`${bytes.digest}\n${JSON.stringify(reading.settings)}`)
      .digest('hex');
    return { source, reading, digest };
  });
}

/**
 * Stores the orders of a checked file, in constant memory. A file that was imported before with the same options is
 * left alone, and one whose import was interrupted is completed: every row is stored once.
 *
 * @throws PairwellError `bad-input` for a malformed file, of which nothing stays stored
 * @throws PairwellError `cancelled` after `signal`; what is stored by then stays
 */
export async function storeFile(
  database: Database,
  file: CheckedFile,
  options: StoreOptions = {},
): Promise<ImportReport> {
  return about(file.source, () =>
    database.exclusively(`pairwell-import-${file.digest}`, () => store(database, file, options)),
  );
}

/** Checking takes about a twentieth of the time. */
const checkingShare = 0.05;

/** Checks a file and stores its orders; see `checkFile` and `storeFile`. */
export async function importFile(
  database: Database,
  options: CheckOptions & StoreOptions,
): Promise<ImportReport> {
  const { onProgress } = options;
  const file = await checkFile({ ...options, onProgress: (share) => onProgress?.(share * checkingShare) });
  return storeFile(database, file, {
    ...options,
    onProgress: (share) => onProgress?.(checkingShare + share * (1 - checkingShare)),
  });
}
