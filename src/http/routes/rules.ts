import { createRoute, z } from '@hono/zod-openapi';
import { PairwellError } from '../../errors.ts';
import { measureNames } from '../../rules/measures/measures.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { AppDependencies } from '../environment.ts';
import { ItemViews } from '../item-views.ts';
import { marginsDigest } from '../margins.ts';
import { router } from '../router.ts';
import { ruleQuery, ruleSearch } from '../rule-query.ts';
import { ruleView, viewCategoryInsights, viewCounts, viewInsights } from '../rule-view.ts';
import { jsonAnswer, pageLimit, problems } from '../schemas.ts';
import { bookFor } from '../served.ts';

const rulesAnswer = z
  .object({
    modelVersion: z.string(),
    transactions: z.number().int(),
    items: z.array(ruleView),
    nextCursor: z.string().nullable(),
  })
  .openapi('Rules');

const rulesRoute = createRoute({
  method: 'get',
  path: '/rules',
  tags: ['analysts'],
  summary: 'The rules of the model in service',
  description:
    'Without more, the rules to trust: significant, productive, not redundant. A cursor goes on in the rules of the model it came from, also when one newer model is in service; `modelVersion` says which.',
  'x-roles': ['analyst'],
  request: {
    query: ruleQuery.extend({
      influences: z
        .enum(['true', 'false'])
        .default('false')
        .openapi({ description: 'Whether each rule comes with what outside influences do to it.' }),
      limit: pageLimit,
      cursor: z.string().max(1000).optional(),
    }),
  },
  responses: { 200: jsonAnswer(rulesAnswer, 'A page of rules'), ...problems(400, 403, 404, 409, 503) },
});

const place = z.object({
  version: z.number().int(),
  ofProducts: z.boolean(),
  sort: z.enum(measureNames),
  order: z.enum(['descending', 'ascending']),
  at: z.number().int().min(0),
  /** A digest of the margins, where the order of the rules depends on them. */
  margins: z.string().optional(),
});

export function rulesRoutes({ shop }: AppDependencies) {
  return router().openapi(rulesRoute, (c) => {
    const query = c.req.valid('query');
    const start = query.cursor === undefined ? undefined : readCursor(place, query.cursor);
    const book = bookFor(shop, start?.version);
    const items = new ItemViews(book, shop);
    const { browser, ofProducts, filter, sort, order, measures, ...search } = ruleSearch(query, book, items);
    const margins = search.margins && marginsDigest(search.margins);
    if (start && (start.ofProducts !== ofProducts || start.sort !== sort || start.order !== order)) {
      throw new PairwellError(
        'bad-input',
        'The cursor belongs to another set or order of rules. Start again without one.',
      );
    }
    if (start && start.margins !== margins) {
      throw new PairwellError(
        'conflict',
        'A price or cost has changed since the first page, and with it the order of the rules. Start again without a cursor.',
      );
    }
    const withInfluences = query.influences === 'true';
    const viewBeyondCounts = ofProducts ? viewInsights : viewCategoryInsights;
    const page = browser.page(filter, sort, start?.at ?? 0, query.limit, order);
    const { version } = book;
    return c.json(
      {
        modelVersion: String(version),
        transactions: browser.rules.transactionCount,
        items: page.rules.map((rule) => ({
          ...viewCounts(browser, rule, items, measures),
          ...viewBeyondCounts(book, rule, withInfluences),
        })),
        nextCursor:
          page.next === undefined
            ? null
            : writeCursor({ version, ofProducts, sort, order, margins, at: page.next }),
      },
      200,
    );
  });
}
