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
  z.strictObject({
    kind: z.literal('minimum-order'),
    under,
    raised: part.openapi({
      description:
        'The share of the orders under it that customers raise to it by more goods; the others are lost.',
    }),
  }),
  z.strictObject({ kind: z.literal('small-order-fee'), under, fee: z.number().min(0).max(1e12), accepted }),
  z.strictObject({ kind: z.literal('fewer-returns'), share: part }),
  z.strictObject({ kind: z.literal('turn-drains'), share: part }),
]);

const question = z
  .strictObject({
    costs: costSettings
      .optional()
      .openapi({ description: 'In place of those of the model; the others stay.' }),
    tiers: tierSettings.optional().openapi({
      description:
        'In place of all cut-offs of the model: what is not stated is as by default. Without it those of the model stay as they came out there.',
    }),
    scenario: scenario.optional(),
    segment: segmentId
      .optional()
      .openapi({ description: 'Whom the scenario is asked of; all without it. Not without a scenario.' }),
  })
  .openapi('ProfitQuestion');

const sideView = z.object({ profit: profitView, assumptions: assumptionsView, tiers: tiersView });

const answer = z
  .object({
    modelVersion: z.string(),
    asked: question.openapi({ description: 'The question as it was understood.' }),
    profitBefore: z.number().openapi({ description: 'Of all customers with an order, in the model.' }),
    profitAfter: z.number().openapi({ description: 'With the costs of the question, and the scenario.' }),
    change: z.number().openapi({ description: 'Of that profit, by the costs and the scenario.' }),
    changeBy: z.object({ costs: z.number(), scenario: z.number() }),
    before: sideView,
    after: sideView
      .extend({
        note: z
          .string()
          .nullable()
          .openapi({ description: 'What these figures leave out; null for nothing.' }),
      })
      .openapi({
        description:
          'With the costs and cut-offs of the question, before the scenario: that changes `profitAfter`, and is not worked out by driver and tier.',
      }),
    moved: z
      .array(z.object({ from: z.enum(tierNames), to: z.enum(tierNames), customers: count }))
      .nullable()
      .openapi({
        description:
          'Customers by tier before and after; null with a scenario, whose tiers are not worked out.',
      }),
    scenario: z
      .object({
        kind: z.string(),
        inputs: z
          .record(z.string(), z.number())
          .openapi({ description: 'What was asked, with the shares that it was asked without.' }),
        segment: z.string().nullable().openapi({ description: 'Whom it was asked of; null: all.' }),
        profitBefore: z
          .number()
          .openapi({ description: 'Of these customers, at the costs of the question.' }),
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

const scenarioNote =
  'At the costs and cut-offs of the question, before the scenario: what that changes is in profitAfter, changeBy and scenario alone.';

const viewMoved = (moved: readonly (readonly number[])[]) =>
  moved.flatMap((row, from) =>
    row.flatMap((customers, to) =>
      customers > 0 ? [{ from: tierNames[from], to: tierNames[to], customers }] : [],
    ),
  );

export function profitWhatIfRoutes({ shop }: AppDependencies) {
  return router().openapi(whatIfRoute, (c) => {
    const question = c.req.valid('json');
    const { segment, ...asked } = question;
    const book = customersFor(shop);
    const { before, after, moved, scenario, change } = answerProfitQuestion(book, {
      ...asked,
      segment: segment === undefined ? undefined : segmentOf(book, segment),
    });
    return c.json(
      tidied({
        modelVersion: String(book.version),
        asked: question,
        profitBefore: before.report.profit,
        profitAfter: before.report.profit + change.costs + change.scenario,
        change: change.costs + change.scenario,
        changeBy: change,
        before: viewSide(before),
        after: { ...viewSide(after), note: scenario && scenarioNote },
        moved: scenario ? null : viewMoved(moved),
        scenario: scenario && { ...scenario, segment: segment ?? null },
        assumptions: [
          ...(scenario?.assumptions ?? []),
          ...after.report.cautions.map(({ text }) => text),
          asked.tiers
            ? `Tiers are cut anew. ${after.tiers.report.cutOffs.definition}`
            : 'Tiers are cut where they are in the model, whatever the costs are.',
        ],
      }),
      200,
    );
  });
}
