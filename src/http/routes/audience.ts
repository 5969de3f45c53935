import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { createRoute, type RouteConfigToTypedResponse, z } from '@hono/zod-openapi';
import { type Audience, ownership } from '../../audience/audience.ts';
import { isNamed, type OwnersChoice, selectPlaces, usualOwners } from '../../audience/select-customers.ts';
import { PairwellError } from '../../errors.ts';
import { AudienceBook, type AudienceModel } from '../../serving/audience-book.ts';
import { type AudienceRow, AudienceRows, audienceCsv } from '../../serving/audience-rows.ts';
import { segmentTests } from '../audience-filter.ts';
import { type AudienceQuery, audienceAnswer, audienceQuery } from '../audience-schemas.ts';
import { viewAudience, viewRow } from '../audience-view.ts';
import { byteStream } from '../byte-stream.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { checkPlace, customerPlace } from '../customer-query.ts';
import type { AppDependencies } from '../environment.ts';
import { router } from '../router.ts';
import { problems, productCode } from '../schemas.ts';
import { servedModel } from '../served.ts';

const msPerDay = 86_400_000;
const usualLimit = 50;

const audienceRoute = createRoute({
  method: 'get',
  path: '/products/{productId}/audience',
  tags: ['analysts'],
  summary: 'Known customers, ranked for a product',
  description:
    'Whoever has ordered, by how probable it is that they buy the product when they come; new products are ranked through those that are like them. With size, expected responses and gains of the first twentieth, tenth and so on, and up to whom contacts pay. Customers who complained or were written to lately are not left out. As a file with `format=csv`: all customers, without the figures of the whole; what is not known is empty, and a field that begins with a quote is a JSON string.',
  'x-roles': ['analyst'],
  request: { params: z.object({ productId: productCode }), query: audienceQuery },
  responses: {
    200: {
      description: 'A page of the audience, or all of it as a file',
      content: { 'application/json': { schema: audienceAnswer }, 'text/csv': { schema: z.string() } },
    },
    ...problems(400, 403, 404, 409, 503),
  },
});

/** Where an audience goes on: its ranking is of a day. */
const audiencePlace = customerPlace.extend({ day: z.number().int(), rank: z.number().int().min(0) });

export function audienceRoutes({ shop, database, makeScorer, now }: AppDependencies) {
  const boughtSince = (customer: string, product: string): boolean =>
    shop.customer(customer).recentPurchases.includes(product);
  const audiences = new AudienceBook({
    product: (code) => shop.product(code),
    catalogueVersion: () => shop.catalogueVersion,
    boughtSince,
    makeScorer,
    pause: () => setImmediate(),
  });

  return router().openapi(audienceRoute, async (c) => {
    const { productId } = c.req.valid('param');
    const query = c.req.valid('query');
    const { version, recommender, customers: book } = servedModel(shop);
    const { model } = recommender;
    const asked: AudienceModel = { version, model, serves: (rule) => recommender.serves(rule) };
    const isFile = wantsFile(query, c.req.header('accept'));
    const start = query.cursor === undefined ? undefined : readCursor(audiencePlace, query.cursor);
    checkVersion(start, version);
    const today = start?.day ?? Math.floor(now().getTime() / msPerDay);
    const audience = await audiences.of(asked, productId, today);
    const { subject, ranked, owned, repeatShare } = audience;
    const { consumableShare } = shop.policies.settings('email');
    const owners = query.owners ?? usualOwners(subject.product, repeatShare, consumableShare);
    const of = digestOf(audience, query, owners);
    checkPlace(start, of);

    const tests = [
      isNamed(model),
      ...(await segmentTests(shop, database, model.customerCodes, query.segment ?? [])),
    ];
    // A ranking is remembered: who has bought the product since it was made is passed over.
    const since = new Set(shop.buyersSince(productId).map((code) => model.customerCodes.indexOf(code)));
    const places = selectPlaces(audience, { owners, minProbability: query.minProbability, tests }).filter(
      (place) => owned[ranked.order[place]] !== ownership.no || !since.has(ranked.order[place]),
    );
    const rows = new AudienceRows(asked, audience, book, (code) => shop.product(code)?.name ?? null);
    const listed = function* (from: number): Generator<{ place: number; row: AudienceRow }> {
      let rank = start?.rank ?? 0;
      for (const place of places) {
        const customer = ranked.order[place];
        if (place >= from) yield { place, row: rows.row(customer, ++rank) };
      }
    };
    if (isFile) {
      const headers = {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="audience-model-${version}.csv"`,
        Vary: 'Accept',
      };
      const chunks = audienceCsv(rowsAlone(listed(0)));
      // A stream has no type of its own.
      return c.body(byteStream(chunks), 200, headers) as unknown as AudienceResponse;
    }
    const items: AudienceRow[] = [];
    let nextCursor: string | null = null;
    for (const { place, row } of listed(start?.customerAt ?? 0)) {
      if (items.length === (query.limit ?? usualLimit)) {
        nextCursor = writeCursor({ version, of, day: today, customerAt: place, rank: row.rank - 1 });
        break;
      }
      items.push(row);
    }
    const customers = places.map((place) => ranked.order[place]);
    const head = viewAudience(asked, audience, customers, owners, query);
    return c.json({ ...head, items: items.map(viewRow), nextCursor }, 200, { Vary: 'Accept' });
  });
}

type AudienceResponse = RouteConfigToTypedResponse<typeof audienceRoute>;

function* rowsAlone(listed: Iterable<{ readonly row: AudienceRow }>): Generator<AudienceRow> {
  for (const { row } of listed) yield row;
}

/** @throws PairwellError `bad-input` for a file of a page */
function wantsFile({ format, limit, cursor }: AudienceQuery, accept: string | undefined): boolean {
  const isFile = format === 'csv' || (format === undefined && /\btext\/csv\b/.test(accept ?? ''));
  if (!isFile || (limit === undefined && cursor === undefined)) return isFile;
  throw new PairwellError('bad-input', 'A file has all customers: leave out limit and cursor, or take JSON.');
}

/** @throws PairwellError `conflict` for a cursor of another model: its ranking is gone */
function checkVersion(start: z.output<typeof audiencePlace> | undefined, served: number): void {
  if (!start || start.version === served) return;
  const message = `The cursor belongs to the model ${start.version}, which is no longer in service. Start again without a cursor.`;
  throw new PairwellError('conflict', message, { version: start.version, served });
}

/** The same for the same customers in the same order alone. */
function digestOf(
  { subject: { product, basis, items, weights } }: Audience,
  { minProbability, segment = [] }: AudienceQuery,
  owners: OwnersChoice,
): string {
  const ranking = [product.code, basis, [...items], [...weights]];
  const asked = [ranking, minProbability, segment.toSorted(), owners];
  return createHash('sha256').update(JSON.stringify(asked)).digest('base64url').slice(0, 16);
}
