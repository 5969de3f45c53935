import { createRoute, z } from '@hono/zod-openapi';
import { PairwellError } from '../../errors.ts';
import type { RuleBrowser } from '../../rules/browse.ts';
import { type MeasureName, measureNames, measureOf } from '../../rules/measures/measures.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { AppDependencies } from '../environment.ts';
import { router } from '../router.ts';
import { ruleFilter, ruleQuery } from '../rule-query.ts';
import { commaList, jsonAnswer, pageLimit, problems } from '../schemas.ts';
import { servedModel } from './offers.ts';

const sideView = z.object({ productId: z.string(), name: z.string().nullable() });

/** JSON has no word for these: infinity comes as text, and what is not a number as null. */
const figure = z.union([z.number(), z.enum(['Infinity', '-Infinity'])]).nullable();

function figureOf(value: number): z.infer<typeof figure> {
  if (Number.isNaN(value)) return null;
  if (Number.isFinite(value)) return value;
  return value > 0 ? 'Infinity' : '-Infinity';
}

const rulesAnswer = z
  .object({
    modelVersion: z.string(),
    transactions: z.number().int(),
    items: z.array(
      z.object({
        antecedent: z.array(sideView),
        consequent: sideView,
        count: z.number().int(),
        support: z.number(),
        confidence: z.number(),
        lift: z.number(),
        measures: z.record(z.string(), figure).optional(),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .openapi('Rules');

const rulesRoute = createRoute({
  method: 'get',
  path: '/rules',
  tags: ['analysts'],
  summary: 'The rules of the model in service',
  'x-roles': ['analyst'],
  request: {
    query: ruleQuery.extend({
      measures: commaList
        .optional()
        .openapi({ description: 'More measures to give with each rule.', example: 'phi,zhang' }),
      sort: z.enum(measureNames).default('confidence'),
      order: z.enum(['descending', 'ascending']).default('descending'),
      limit: pageLimit,
      cursor: z.string().max(1000).optional(),
    }),
  },
  responses: { 200: jsonAnswer(rulesAnswer, 'A page of rules'), ...problems(400, 403, 503) },
});

function knownMeasure(name: string): MeasureName {
  measureOf(name);
  return name as MeasureName;
}

function figuresOf(rules: RuleBrowser, names: readonly MeasureName[], rule: number) {
  return Object.fromEntries(names.map((name) => [name, figureOf(rules.measure(name, rule))]));
}

const place = z.object({
  version: z.number().int(),
  sort: z.enum(measureNames),
  order: z.enum(['descending', 'ascending']),
  at: z.number().int().min(0),
});

export function rulesRoutes({ shop }: AppDependencies) {
  return router().openapi(rulesRoute, (c) => {
    const query = c.req.valid('query');
    const { version, rules, recommender } = servedModel(shop);
    const { itemCodes } = recommender.model;
    const start = query.cursor === undefined ? undefined : readCursor(place, query.cursor);
    const { sort, order } = query;
    if (start && (start.version !== version || start.sort !== sort || start.order !== order)) {
      throw new PairwellError(
        'bad-input',
        'The cursor belongs to another model or order of rules. Start again without one.',
      );
    }
    const nameOf = (item: number) => shop.product(itemCodes.get(item))?.name ?? null;
    const items = {
      size: itemCodes.size,
      indexOf: (code: string) => itemCodes.indexOf(code),
      get: (item: number) => itemCodes.get(item),
      nameOf,
    };
    const more = query.measures?.map(knownMeasure);
    const page = rules.page(ruleFilter(query, items), sort, start?.at ?? 0, query.limit, order);
    const side = (item: number) => ({ productId: itemCodes.get(item), name: nameOf(item) });
    return c.json(
      {
        modelVersion: String(version),
        transactions: rules.rules.transactionCount,
        items: page.rules.map((rule) => ({
          antecedent: Array.from(rules.antecedent(rule), side),
          consequent: side(rules.rules.consequent[rule]),
          count: rules.measure('count', rule),
          support: rules.measure('support', rule),
          confidence: rules.measure('confidence', rule),
          lift: rules.measure('lift', rule),
          ...(more && { measures: figuresOf(rules, more, rule) }),
        })),
        nextCursor: page.next === undefined ? null : writeCursor({ version, sort, order, at: page.next }),
      },
      200,
    );
  });
}
