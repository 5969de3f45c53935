import { randomUUID } from 'node:crypto';
import { seededRandom } from '../../src/learn/random.ts';
import type { Policy } from '../../src/offers/policies/policy.ts';
import { importCompiled } from './compiled.ts';
import { peakMb, startPeak } from './memory.ts';
import { servePolicies } from './serve-policies.ts';

/**
 * Child program, with the compiled code: writes the offers of an e-mail for all customers of an embedded database to nowhere, with 200
 * policies. `node --import tsx export-once.ts FOLDER THREADS DAYS`, where DAYS is how long after the day that the model worked out
 * rankings for. Prints an {@link ExportAnswer} as JSON.
 */

export interface ExportAnswer {
  readonly customers: number;
  readonly products: number;
  readonly modelBytes: number;
  /** To read everything from the database, and from then on until all was written. */
  readonly readMs: number;
  readonly ms: number;
  /** What all threads together computed meanwhile. */
  readonly cpuMs: number;
  readonly bytes: number;
  /** Resident memory before anything was read, with everything read, and the most there was. */
  readonly startMb: number;
  readonly readMb: number;
  readonly peakMb: number;
}

const { openDatabase } = (await importCompiled('db/open')) as typeof import('../../db/open.ts');
const { readSnapshot } = (await importCompiled(
  'src/serving/read-snapshot',
)) as typeof import('../../src/serving/read-snapshot.ts');
const { offerText } = (await importCompiled(
  'workers/offer-text',
)) as typeof import('../../workers/offer-text.ts');

const msPerDay = 86_400_000;
const everywhere = { enabled: true, placements: null, segments: null, startsAt: null, endsAt: null };

/** As the API would store them, for everybody. */
const policiesOf = (products: number): Policy[] =>
  servePolicies({ products, customers: 0, seed: 0 }, 200, [], seededRandom(2)).map(
    ({ productId, ...body }, id) =>
      ({ ...everywhere, products: [], categories: [], product: productId, ...body, id }) as unknown as Policy,
  );

const [folder, threads, days] = process.argv.slice(2);
const startMb = startPeak();
const database = await openDatabase({ folder });
const openedAt = performance.now();
const { snapshot, model } = await readSnapshot(database, undefined);
await database.close();
const readAt = performance.now();
const readMb = process.memoryUsage.rss() / 2 ** 20;
if (!model.visits) throw new Error('The model has no rankings of customers.');
const order = {
  id: randomUUID(),
  snapshot: { ...snapshot, policies: policiesOf(snapshot.products.length) },
  placement: 'email',
  now: (model.visits.day + Number(days)) * msPerDay,
} as const;
const customers = Int32Array.from({ length: model.customerCodes.size }, (_, customer) => customer);
let bytes = 0;
const cpuAtRead = process.cpuUsage();
for await (const chunk of offerText({ order, format: 'csv', customers }, { threads: Number(threads) }))
  bytes += chunk.length;
const cpu = process.cpuUsage(cpuAtRead);
const answer: ExportAnswer = {
  customers: customers.length,
  products: snapshot.products.length,
  modelBytes: snapshot.model.length,
  readMs: readAt - openedAt,
  ms: performance.now() - readAt,
  cpuMs: (cpu.user + cpu.system) / 1000,
  bytes,
  startMb,
  readMb,
  peakMb: peakMb(),
};
process.stdout.write(JSON.stringify(answer));
