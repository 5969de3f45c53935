import { createRoute, type RouteConfigToTypedResponse, z } from '@hono/zod-openapi';
import { type RuleFormatName, ruleFormats } from '../../rules/formats/table.ts';
import { byteStream } from '../byte-stream.ts';
import type { AppDependencies } from '../environment.ts';
import { exportedRules } from '../exported-rules.ts';
import { ItemViews } from '../item-views.ts';
import { router } from '../router.ts';
import { ruleQuery, ruleSearch } from '../rule-query.ts';
import { problems } from '../schemas.ts';
import { bookFor } from '../served.ts';

const formats = Object.keys(ruleFormats) as RuleFormatName[];

const text = { schema: z.string() };

const exportRoute = createRoute({
  method: 'get',
  path: '/rules/export',
  tags: ['analysts'],
  summary: 'The rules as a file',
  description:
    'All rules that fit, as `GET /v1/rules` finds and sorts them. arules: a table as R writes it; pmml: an AssociationModel of PMML 4.4; spmf: lines without further measures.',
  'x-roles': ['analyst'],
  request: {
    query: ruleQuery.extend({
      format: z.enum(formats).default('csv'),
      tests: z.enum(['true', 'false']).default('true').openapi({
        description:
          'Whether the rules come with their leverage and their tests, as columns: leverage, p, adjustedP, productivityP, improvement, laterP, and with older orders counting for less, where the model was trained so, decayedSupport, decayedConfidence, decayedLift; beside each p its decimal logarithm (log10P …), which does not fade to 0. SPMF has no place for them.',
      }),
      names: z.enum(['true', 'false']).default('false').openapi({
        description:
          'Products by name instead of id, where they have one; refused when two of them have the same.',
      }),
    }),
  },
  responses: {
    200: {
      description: 'The file',
      content: {
        'text/csv': text,
        'application/json': { schema: z.record(z.string(), z.unknown()) },
        'application/xml': text,
        'text/plain': text,
      },
    },
    ...problems(400, 403, 404, 503),
  },
});

export function ruleExportRoutes({ shop }: AppDependencies) {
  return router().openapi(exportRoute, (c) => {
    const query = c.req.valid('query');
    const book = bookFor(shop, undefined);
    const items = new ItemViews(book, shop);
    const nameOf = (item: number): string =>
      (query.names === 'true' ? items.nameOf(item) : null) ?? items.get(item);
    const { chunks, mediaType, extension } = ruleFormats[query.format];
    const search = ruleSearch(query, book, items);
    const { tests } = search.known;
    const decayed = search.ofProducts ? book.insights.decayed : null;
    const insights = query.tests === 'true' ? { tests, decayed } : undefined;
    const stream = byteStream(chunks(exportedRules(search, query.format, nameOf, insights)));
    const headers = {
      'Content-Type': mediaType,
      'Content-Disposition': `attachment; filename="rules-model-${book.version}.${extension}"`,
    };
    // A stream has no type of its own.
    return c.body(stream, 200, headers) as unknown as RouteConfigToTypedResponse<typeof exportRoute>;
  });
}
