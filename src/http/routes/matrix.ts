import { createRoute, type RouteConfigToTypedResponse, z } from '@hono/zod-openapi';
import { PairwellError } from '../../errors.ts';
import { quotedField } from '../../rules/formats/csv.ts';
import { numberText } from '../../rules/formats/number-text.ts';
import type { PairMatrix } from '../../rules/matrix.ts';
import type { RuleBook } from '../../serving/rule-book.ts';
import { categoryItem } from '../../taxonomy/levels.ts';
import type { AppDependencies } from '../environment.ts';
import { type FigureView, figure, figureOf } from '../figures.ts';
import { ItemViews, itemRef } from '../item-views.ts';
import { matrixMeasureNames, matrixOf, matrixOrders } from '../matrix-of.ts';
import { router } from '../router.ts';
import { jsonAnswer, problems } from '../schemas.ts';
import { bookFor } from '../served.ts';

const levels = ['product', 'category'] as const;

/** So many take the server a fifth of a second, in which it answers nobody else. */
const mostItems = 500;

const matrixAnswer = z
  .object({
    modelVersion: z.string(),
    transactions: z.number().int(),
    measure: z.enum(matrixMeasureNames),
    level: z.enum(levels),
    order: z.enum(matrixOrders),
    items: z.array(itemRef).openapi({ description: 'Of the rows and columns, in this order.' }),
    values: z.array(z.array(figure)).openapi({
      description:
        'By row, the left side of the rule, and column, the right side. Null on the diagonal and where it is not a number.',
    }),
  })
  .openapi('Matrix');

const matrixRoute = createRoute({
  method: 'get',
  path: '/rules/matrix',
  tags: ['analysts'],
  summary: 'A measure for all pairs of the most frequent products or categories',
  'x-roles': ['analyst'],
  request: {
    query: z.object({
      level: z.enum(levels).default('product'),
      measure: z.enum(matrixMeasureNames).default('lift').openapi({
        description:
          'Any measure that the counts of a pair suffice for; and, of products, profitPerBasket at the prices and costs of now, null in the columns of those without one of the two.',
      }),
      items: z.coerce
        .number()
        .int()
        .min(2)
        .max(mostItems)
        .optional()
        .openapi({ description: 'How many, the most frequent. Default: 50, or all where there are fewer.' }),
      order: z.enum(matrixOrders).default('clustered').openapi({
        description:
          'clustered: items that are alike stand together, by the measure itself where it is a similarity with a ceiling, by Jaccard otherwise; frequency: the most frequent first.',
      }),
      format: z.enum(['json', 'csv']).default('json'),
    }),
  },
  responses: {
    200: {
      description: 'The matrix',
      content: { ...jsonAnswer(matrixAnswer, '').content, 'text/csv': { schema: z.string() } },
    },
    ...problems(400, 403, 404, 503),
  },
});

export function matrixRoutes({ shop }: AppDependencies) {
  return router().openapi(matrixRoute, (c) => {
    const { level, measure, items: wanted, order, format } = c.req.valid('query');
    const book = bookFor(shop, undefined);
    const counts = level === 'product' ? book.insights.pairs : categoryPairs(book);
    if (level === 'category' && measure === 'profitPerBasket') {
      throw new PairwellError(
        'bad-input',
        'The measure profitPerBasket is of products, as only they have prices and costs: ask for level=product.',
      );
    }
    const views = new ItemViews(book, shop);
    const margins = measure === 'profitPerBasket' ? views.margins() : undefined;
    const matrix = matrixOf(counts, measure, wanted, order, margins);
    if (format === 'csv') {
      const labels = Array.from(matrix.items, (item) => views.get(item));
      const headers = {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="${level}-matrix-model-${book.version}.csv"`,
      };
      // The client's type is that of JSON: text comes only to those who ask for it.
      return c.body(csvOf(matrix, labels), 200, headers) as unknown as RouteConfigToTypedResponse<
        typeof matrixRoute
      >;
    }
    return c.json(
      {
        modelVersion: String(book.version),
        transactions: counts.transactionCount,
        measure,
        level,
        order,
        items: Array.from(matrix.items, (item) => views.ref(item)),
        values: rowsOf(matrix),
      },
      200,
    );
  });
}

/** The pairs of categories with items for nodes. */
function categoryPairs({ insights: { categories } }: RuleBook) {
  const { pairs, tree } = categories;
  if (pairs.items.length === 0) {
    throw new PairwellError(
      'not-found',
      'The model knows no categories. Give the products theirs (PUT /v1/products), then train (POST /v1/models).',
    );
  }
  return { ...pairs, items: pairs.items.map((node) => categoryItem(tree, node)) };
}

function rowsOf({ items, values }: PairMatrix): FigureView[][] {
  const n = items.length;
  return Array.from(items, (_, row) => Array.from(values.subarray(row * n, (row + 1) * n), figureOf));
}

/** Rows and columns under their labels; nothing where it is not a number. */
function csvOf({ items, values }: PairMatrix, labels: readonly string[]): string {
  const n = items.length;
  const quoted = labels.map(quotedField);
  const lines = [['""', ...quoted].join(',')];
  for (let row = 0; row < n; row++) {
    const cells = Array.from(values.subarray(row * n, (row + 1) * n), (value) =>
      Number.isNaN(value) ? '' : numberText(value),
    );
    lines.push([quoted[row], ...cells].join(','));
  }
  return `${lines.join('\n')}\n`;
}
