import { createRoute, z } from '@hono/zod-openapi';
import type { ChurnReport } from '../../churn/rates/churn-rates.ts';
import { dateOf } from '../../serving/customer-figures.ts';
import { reasonsAnswer } from '../churn-reason-schemas.ts';
import { churnAnswer, cohortsAnswer, groupingName } from '../churn-schemas.ts';
import { tidied } from '../customer-schemas.ts';
import type { AppDependencies } from '../environment.ts';
import { router } from '../router.ts';
import { jsonAnswer, problems } from '../schemas.ts';
import { churnFor } from '../served-churn.ts';

const churnRoute = createRoute({
  method: 'get',
  path: '/churn',
  tags: ['analysts'],
  summary: 'How many customers leave, and how much revenue',
  description:
    'Customer and revenue churn by period, why customers left, and what another definition of leaving would make of it.',
  'x-roles': ['analyst'],
  request: {
    query: z.object({
      by: groupingName.optional().openapi({ description: 'Rates of each group as well.' }),
      periods: z.coerce.number().int().min(1).max(10_000).optional().openapi({
        description: 'The newest so many periods; all without it. What is pooled is of all.',
      }),
    }),
  },
  responses: { 200: jsonAnswer(churnAnswer, 'Churn'), ...problems(400, 403, 409, 503) },
});

const cohortsRoute = createRoute({
  method: 'get',
  path: '/churn/cohorts',
  tags: ['analysts'],
  summary: 'Who is still a customer after so many months, by the month of the first order or contract',
  'x-roles': ['analyst'],
  responses: { 200: jsonAnswer(cohortsAnswer, 'Cohorts'), ...problems(400, 403, 409, 503) },
});

const reasonsRoute = createRoute({
  method: 'get',
  path: '/churn/reasons',
  tags: ['analysts'],
  summary: 'Why customers left in the last year, and what announces that they leave',
  'x-roles': ['analyst'],
  responses: { 200: jsonAnswer(reasonsAnswer, 'Reasons'), ...problems(400, 403, 409, 503) },
});

type GroupingName = z.infer<typeof groupingName>;

/** None of a shop that has no such groups. */
const groupsOf = ({ groupings }: ChurnReport, by: GroupingName) =>
  groupings.find(({ name }) => name === by)?.groups ?? [];

export function churnRoutes({ shop }: AppDependencies) {
  return router()
    .openapi(churnRoute, (c) => {
      const { version, insights } = churnFor(shop);
      const { today } = insights;
      const { report } = insights.rates;
      const { chosen, customers, neverCustomers, revenue, pooled, reasons, sensitivity } = report;
      const { by, periods: newest = report.periods.length } = c.req.valid('query');
      const recent = <T>(ofPeriods: readonly T[]): readonly T[] => ofPeriods.slice(-newest);
      const rates = recent(report.rates);
      const answer = {
        modelVersion: String(version),
        today: dateOf(today),
        definition: { ...chosen.definition, words: chosen.words, reason: chosen.reason },
        gaps: chosen.gaps,
        customers,
        neverCustomers,
        revenueBasis: revenue,
        pooled,
        periods: recent(report.periods).map(({ from, to, ...period }, p) => ({
          ...period,
          from: dateOf(from),
          to: dateOf(to),
          rates: rates[p],
        })),
        ...(by && {
          groups: groupsOf(report, by).map((group) => ({ ...group, rates: recent(group.rates) })),
        }),
        reasons: reasons.map((row) => ({ ...row, byPeriod: recent(row.byPeriod) })),
        sensitivity: sensitivity.map((row) => ({ ...row, churn: recent(row.churn) })),
      };
      return c.json(tidied(answer), 200);
    })
    .openapi(reasonsRoute, (c) => {
      const { version, insights } = churnFor(shop);
      const { report, after, solved } = insights.reasons;
      const { from, to, ...counted } = report;
      const answer = { from: dateOf(from), to: dateOf(to), ...counted, after, solved };
      return c.json(tidied({ modelVersion: String(version), ...answer }), 200);
    })
    .openapi(cohortsRoute, (c) => {
      const { version, insights } = churnFor(shop);
      const { today, rates } = insights;
      const { chosen, cohorts } = rates.report;
      const definition = { ...chosen.definition, words: chosen.words };
      return c.json(
        tidied({ modelVersion: String(version), today: dateOf(today), definition, ...cohorts }),
        200,
      );
    });
}
