import { setImmediate } from 'node:timers/promises';
import { changedPlacements } from '../../db/queries/placements.ts';
import { allProducts } from '../../db/queries/products.ts';
import { treesKernel } from '../../workers/shared-training.ts';
import { isNamed, type OwnersChoice, selectPlaces, usualOwners } from '../audience/select-customers.ts';
import { viewAudience, viewRow } from '../http/audience-view.ts';
import { WasmScorer } from '../learn/trees/kernel/wasm-scorer.ts';
import { placements } from '../offers/placements.ts';
import { ruleTerms, terms } from '../offers/rule-terms.ts';
import { substitutesOf } from '../offers/substitutes.ts';
import { utf8Chunks } from '../rules/formats/text-bytes.ts';
import { AudienceBook, type AudienceModel } from '../serving/audience-book.ts';
import { type AudienceRow, AudienceRows, audienceCsv } from '../serving/audience-rows.ts';
import { CustomerBook } from '../serving/customer-book.ts';
import type { TableFormat } from '../serving/customer-file.ts';
import { withDatabase } from './context.ts';
import { checkWritable, writeChunks } from './mine-output.ts';
import { readModel } from './read-model.ts';

export interface AudienceExport {
  readonly product: string;
  readonly format: TableFormat;
  readonly out: string;
  readonly owners?: OwnersChoice | undefined;
  /** The version; the model in service without it. */
  readonly model?: number | undefined;
}

const msPerDay = 86_400_000;

/**
 * Writes the customers of a model, ranked for a product, as `GET /v1/products/{productId}/audience` does; orders that came after the
 * model are not looked at.
 *
 * @param now milliseconds since 1970
 * @throws PairwellError as an audience over HTTP, and as reading and writing do
 */
export async function exportAudience(
  { product: code, format, out, owners: wanted, model: asked }: AudienceExport,
  now: number,
): Promise<void> {
  await checkWritable(out);
  // The database is closed before anything is written: whoever reads a pipe may take long.
  const { version, model, catalogue, settings } = await withDatabase(async (database) => ({
    ...(await readModel(database, asked)),
    catalogue: new Map((await allProducts(database)).map((product) => [product.code, product])),
    settings: { ...placements.email, ...(await changedPlacements(database)).email?.settings },
  }));
  const { insights, rules, itemCodes, customers: studied } = model;
  const holding = ruleTerms(rules, insights.promotion, substitutesOf(insights.relations, itemCodes.size));
  const ranked: AudienceModel = { version, model, serves: (rule) => holding[rule] !== terms.never };
  const audiences = new AudienceBook({
    product: (one) => catalogue.get(one),
    catalogueVersion: () => 0,
    boughtSince: () => false,
    makeScorer: (trees) => new WasmScorer(treesKernel(), trees),
    pause: () => setImmediate(),
  });
  const audience = await audiences.of(ranked, code, Math.floor(now / msPerDay));
  const owners =
    wanted ?? usualOwners(audience.subject.product, audience.repeatShare, settings.consumableShare);
  const places = selectPlaces(audience, { owners, minProbability: 0, tests: [isNamed(model)] });
  const book = studied && new CustomerBook(version, model, studied);
  const rows = new AudienceRows(ranked, audience, book, (one) => catalogue.get(one)?.name ?? null);
  const customers = places.map((place) => audience.ranked.order[place]);
  const listed = function* (): Generator<AudienceRow> {
    for (let n = 0; n < customers.length; n++) yield rows.row(customers[n], n + 1);
  };
  const head = viewAudience(ranked, audience, customers, owners, {});
  await writeChunks(format === 'csv' ? audienceCsv(listed()) : jsonChunks(head, listed()), out);
}

/** The answer over HTTP, with all its customers. */
function jsonChunks(head: object, rows: Iterable<AudienceRow>): Iterable<Uint8Array> {
  const pieces = function* (): Generator<string> {
    yield `${JSON.stringify(head).slice(0, -1)},"items":[`;
    let isFirst = true;
    for (const row of rows) {
      yield `${isFirst ? '' : ','}\n${JSON.stringify(viewRow(row))}`;
      isFirst = false;
    }
    yield '\n]}\n';
  };
  return utf8Chunks(pieces());
}
