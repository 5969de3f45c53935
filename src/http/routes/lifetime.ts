import { createRoute, z } from '@hono/zod-openapi';
import type { HoldOutReport } from '../../customers/lifetime/hold-out.ts';
import { dateOf } from '../../serving/customer-figures.ts';
import { count, date, list, share, tidied } from '../customer-schemas.ts';
import type { AppDependencies } from '../environment.ts';
import { router } from '../router.ts';
import { jsonAnswer, problems } from '../schemas.ts';
import { customersFor } from '../served-customers.ts';

const parameter = z
  .object({ estimate: z.number(), standardError: z.number(), low: z.number(), high: z.number() })
  .openapi('ParameterEstimate', { description: 'With an interval of 95 %, made for the logarithm.' });

const fit = {
  logLikelihood: z.number(),
  customers: count,
  iterations: count,
  gradientNorm: z.number(),
};

const refusal = z
  .object({ code: z.string(), reason: z.string() })
  .openapi('ModelRefusal', { description: 'Why the model of the literature was not used.' });

const purchasesView = z
  .discriminatedUnion('method', [
    z.object({
      method: z.literal('bg-nbd'),
      fit: z.object({
        parameters: z.object({ r: parameter, alpha: parameter, a: parameter, b: parameter }),
        ...fit,
      }),
    }),
    z.object({
      method: z.literal('shrunk-rates'),
      refusal,
      priorPurchases: z.number(),
      priorWeeks: z.number(),
      lossProbability: z.number(),
    }),
  ])
  .openapi('PurchaseModel');

const spendView = z
  .discriminatedUnion('method', [
    z.object({
      method: z.literal('gamma-gamma'),
      fit: z.object({ parameters: z.object({ p: parameter, q: parameter, v: parameter }), ...fit }),
      populationMean: z.number(),
    }),
    z.object({
      method: z.literal('shrunk-means'),
      refusal,
      overallMean: z.number(),
      priorPurchases: z.number(),
    }),
  ])
  .openapi('SpendModel');

const forecastError = z.object({
  expected: z.number(),
  meanAbsolute: z.number(),
  rootMeanSquare: z.number(),
  bias: share.openapi({ description: 'What is expected of all, over what came, less 1.' }),
});

const holdOutView = z
  .object({
    splitDate: date.openapi({ description: 'The last day that was fitted to.' }),
    lastDate: date,
    weeks: z.number(),
    customers: count,
    cameLater: count,
    actual: z.number(),
    purchases: purchasesView,
    errors: z.object({ model: forecastError, sameRate: forecastError, meanRate: forecastError }),
    classes: list(
      z.object({
        frequency: count.openapi({ description: 'Repeat purchases up to the split.' }),
        orMore: z.boolean(),
        customers: count,
        actual: z.number(),
        model: z.number(),
        sameRate: z.number(),
        meanRate: z.number(),
      }),
    ),
    tracking: list(
      z.object({
        week: count,
        date,
        isHoldOut: z.boolean(),
        actual: z.number(),
        expected: z.number(),
      }),
    )
      .nullable()
      .openapi({ description: 'Repeat purchases up to each week; null where BG/NBD was refused.' }),
  })
  .openapi('LifetimeHoldOut');

const lifetimeAnswer = z
  .object({
    modelVersion: z.string(),
    today: date,
    customers: count,
    withoutPurchase: count,
    repeatBuyers: count,
    repeatPurchases: count,
    horizonWeeks: z.number(),
    monthlyDiscount: z.number(),
    margin: z.object({ mean: z.number(), assumed: count }),
    purchases: purchasesView,
    spend: spendView,
    correlation: share.openapi({ description: 'Between how often and for how much customers came back.' }),
    maxCorrelation: z.number(),
    expected: z.object({ alive: z.number(), purchases: z.number(), value: z.number() }),
    holdOut: holdOutView.nullable().openapi({ description: 'Null where too little time was observed.' }),
  })
  .openapi('Lifetime');

const lifetimeRoute = createRoute({
  method: 'get',
  path: '/lifetime',
  tags: ['analysts'],
  summary: 'How lifetime value is worked out, and how well it foresaw what came',
  description:
    'BG/NBD and Gamma-Gamma by maximum likelihood or, where the data do not fit what they assume, why not and what is used instead. The figures of customers are in `GET /v1/customers`.',
  'x-roles': ['analyst'],
  responses: { 200: jsonAnswer(lifetimeAnswer, 'The models'), ...problems(400, 403, 409, 503) },
});

function viewHoldOut({ splitDay, lastDay, tracking, ...rest }: HoldOutReport): z.infer<typeof holdOutView> {
  return {
    splitDate: dateOf(splitDay),
    lastDate: dateOf(lastDay),
    ...rest,
    tracking: tracking?.map(({ day, ...week }) => ({ date: dateOf(day), ...week })) ?? null,
  };
}

export function lifetimeRoutes({ shop }: AppDependencies) {
  return router().openapi(lifetimeRoute, (c) => {
    const { version, insights } = customersFor(shop);
    const { report, holdOut } = insights.lifetime;
    return c.json(
      tidied({
        modelVersion: String(version),
        today: dateOf(insights.today),
        ...report,
        holdOut: holdOut && viewHoldOut(holdOut),
      }),
      200,
    );
  });
}
