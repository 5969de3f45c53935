import { createRoute, z } from '@hono/zod-openapi';
import { measureNames, measureOf } from '../../rules/measures/measures.ts';
import { figure, figureOf } from '../figures.ts';
import { router } from '../router.ts';
import { jsonAnswer, problems } from '../schemas.ts';

const measureView = z
  .object({
    name: z.enum(measureNames),
    label: z.string(),
    formula: z.string().openapi({
      description:
        'X: the left side, Y: the right side, ¬: without, P: share of all baskets; n11, n10, n01, n00: baskets with both, X alone, Y alone, neither.',
    }),
    range: z
      .tuple([figure, figure])
      .openapi({ description: 'The least and the greatest value there can be.' }),
    neutral: z.number().nullable().openapi({
      description: 'The value where both sides are exactly independent; null for measures that have none.',
    }),
    isSymmetric: z.boolean().openapi({ description: 'Whether X ⇒ Y and Y ⇒ X always have the same value.' }),
    limits: z
      .string()
      .nullable()
      .openapi({ description: 'Its values where the formula would divide by 0, and the like.' }),
    needs: z
      .enum(['margins'])
      .nullable()
      .openapi({ description: 'What it cannot do without besides counts.' }),
    source: z.string(),
  })
  .openapi('Measure');

const measuresRoute = createRoute({
  method: 'get',
  path: '/rules/measures',
  tags: ['analysts'],
  summary: 'What can be measured of a rule',
  'x-roles': ['analyst'],
  responses: {
    200: jsonAnswer(z.object({ items: z.array(measureView) }), 'All measures'),
    ...problems(400, 403),
  },
});

const items: z.input<typeof measureView>[] = measureNames.map((name) => {
  const measure = measureOf(name);
  const { label, formula, range, neutral = null, isSymmetric, limits = null, source } = measure;
  const needs = ('needs' in measure && measure.needs) || null;
  const [least, greatest] = range;
  return {
    name,
    label,
    formula,
    range: [figureOf(least), figureOf(greatest)],
    neutral,
    isSymmetric,
    limits,
    needs,
    source,
  };
});

export function measuresRoutes() {
  return router().openapi(measuresRoute, (c) => c.json({ items }, 200));
}
