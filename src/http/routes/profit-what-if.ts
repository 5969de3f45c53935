import { createRoute, z } from '@hono/zod-openapi';
import { tierNames } from '../../customers/profit/tiers.ts';
import { answerProfitQuestion, type ProfitSide } from '../../serving/profit-question.ts';
import { costSettings, tierSettings } from '../../train/customer-settings.ts';
import { count, list, segmentId, share, tidied } from '../customer-schemas.ts';
import type { AppDependencies } from '../environment.ts';
import { assumptionsView, profitView, tiersView, viewAssumptions } from '../profit-schemas.ts';
import { router } from '../router.ts';
import { jsonAnswer, jsonBody, problems } from '../schemas.ts';
import { customersFor, segmentOf } from '../served-customers.ts';

const part = z.number().min(0).max(1);

const under = z
  .number()
  .positive()
  .max(1e12)
  .openapi({ description: 'One of `orders.bounds` of `GET /v1/profit`.' });

const accepted = part
  .optional()
  .openapi({ description: 'The share of the small orders for which customers go along; all by default.' });

const scenario = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fewer-orders'), under, accepted }),
  z.strictObject({ kind: z.literal('minimum-order'), under, accepted }),
  z.strictObject({ kind: z.literal('small-order-fee'), under, fee: z.number().min(0).max(1e12), accepted }),
  z.strictObject({ kind: z.literal('fewer-returns'), share: part }),
  z.strictObject({ kind: z.literal('turn-drains'), share: part }),
]);

const question = z
  .strictObject({
    costs: costSettings
      .optional()
      .openapi({ description: 'In place of those of the model; the others stay.' }),
    tiers: tierSettings
      .optional()
      .openapi({ description: "In place of the model's cut-offs, which else stay as they came out there." }),
    scenario: scenario.optional(),
    segment: segmentId.optional().openapi({ description: 'Whom the scenario is asked of; all without it.' }),
  })
  .openapi('ProfitQuestion');

const sideView = z.object({ profit: profitView, assumptions: assumptionsView, tiers: tiersView });

const answer = z
  .object({
    modelVersion: z.string(),
    before: sideView,
    after: sideView.openapi({ description: 'With the costs and cut-offs of the question.' }),
    change: z.number().openapi({ description: 'Of the profit, by the costs alone.' }),
    moved: z.array(z.object({ from: z.enum(tierNames), to: z.enum(tierNames), customers: count })),
    scenario: z
      .object({
        kind: z.string(),
        profitBefore: z.number(),
        profitAfter: z.number(),
        change: z.number(),
        changeShare: share,
        customers: count.openapi({ description: 'For whom anything changes.' }),
        assumptions: list(z.string()),
      })
      .nullable()
      .openapi({ description: 'At the costs and tiers of `after`.' }),
    assumptions: z.array(z.string()).openapi({ description: 'All that the figures rest on.' }),
  })
  .openapi('ProfitWhatIf');

const whatIfRoute = createRoute({
  method: 'post',
  path: '/profit/what-if',
  tags: ['analysts'],
  summary: 'What profit and tiers would be at other costs, or if customers did something else',
  description: 'Nothing is stored, and no other model is made.',
  'x-roles': ['analyst'],
  request: { body: jsonBody(question) },
  responses: {
    200: jsonAnswer(answer, 'Before and after'),
    ...problems(400, 403, 404, 409, 413, 415, 503),
  },
});

const viewSide = ({ report, rates, tiers }: ProfitSide): z.infer<typeof sideView> => ({
  profit: report,
  assumptions: viewAssumptions(rates),
  tiers: tiers.report,
});

export function profitWhatIfRoutes({ shop }: AppDependencies) {
  return router().openapi(whatIfRoute, (c) => {
    const { segment, ...asked } = c.req.valid('json');
    const book = customersFor(shop);
    const { before, after, moved, scenario } = answerProfitQuestion(book, {
      ...asked,
      segment: segment === undefined ? undefined : segmentOf(book, segment),
    });
    return c.json(
      tidied({
        modelVersion: String(book.version),
        before: viewSide(before),
        after: viewSide(after),
        change: after.report.profit - before.report.profit,
        moved: moved.flatMap((row, from) =>
          row.flatMap((customers, to) =>
            customers > 0 ? [{ from: tierNames[from], to: tierNames[to], customers }] : [],
          ),
        ),
        scenario,
        assumptions: [
          ...(scenario?.assumptions ?? []),
          ...after.report.cautions.map(({ text }) => text),
          ...(asked.tiers ? [] : ['Tiers are cut where they are in the model, whatever the costs are.']),
        ],
      }),
      200,
    );
  });
}
