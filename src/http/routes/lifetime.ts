import { createRoute, z } from '@hono/zod-openapi';
import type { HoldOutReport } from '../../customers/lifetime/hold-out.ts';
import type { ProfitReport } from '../../customers/profit/profit-report.ts';
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

const lossTest = z
  .object({ logLikelihood: z.number(), withoutLoss: z.number(), statistic: z.number(), p: z.number() })
  .nullable()
  .openapi('LossTest', {
    description:
      'BG/NBD held against the same model in which nobody is lost, by the log-likelihoods of both. Its p is that of half χ² with one and half with two degrees of freedom, which errs towards no loss; above 0.05 loss cannot be told, and the model without it is used. Null where one of the two could not be fitted.',
  });

const caution = z.object({ code: z.string(), text: z.string() });

const purchasesView = z
  .discriminatedUnion('method', [
    z.object({
      method: z.literal('bg-nbd'),
      fit: z.object({
        parameters: z.object({ r: parameter, alpha: parameter, a: parameter, b: parameter }),
        ...fit,
      }),
      lossTest,
    }),
    z.object({
      method: z.literal('shrunk-rates'),
      refusal,
      lossTest,
      basis: z.enum(['without-loss', 'common-loss', 'assumed']).openapi({
        description:
          'Where the three figures are from: the model in which nobody is lost, as loss cannot be told; what BG/NBD came to as it ran away; or nothing but what is usual.',
      }),
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
    isMethodInService: z.boolean().openapi({
      description:
        'Whether the method that is held against what came is the one that customers are valued by: else the shorter time did not suffice to fit it.',
    }),
    sentence: z.string().openapi({ description: 'How well it did, beside forecasts that need no model.' }),
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
    ).openapi({ description: 'Repeat purchases up to each week.' }),
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
    margin: z
      .object({
        mean: z.number().openapi({ description: 'Of all customers, each counting once.' }),
        assumed: count.openapi({
          description:
            'Customers without a margin of their own, for whom the mean stands in. That is all of them, with a mean of 1, where nothing was sold for money; else nobody.',
        }),
      })
      .openapi({
        description:
          "What of the expected spend is earned. It is the net profit on money spent and not asked back (after goods, service and returns), with each customer's own drawn to that of the shop: neither `marginRate`, which knows goods alone, nor `profitRate`, which is what was.",
      }),
    purchases: purchasesView,
    spend: spendView,
    correlation: share.openapi({ description: 'Between how often and for how much customers came back.' }),
    maxCorrelation: z.number(),
    expected: z.object({ alive: share, aliveOf: count, purchases: z.number(), value: z.number() }).openapi({
      description:
        'Of all customers; `alive` of the `aliveOf` of whom it can be told, null where that is nobody.',
    }),
    cautions: list(caution).openapi({
      description: 'What to know before believing the figures, assumed costs among it.',
    }),
    holdOut: holdOutView.nullable().openapi({ description: 'Null where too little time was observed.' }),
  })
  .openapi('Lifetime');

const lifetimeRoute = createRoute({
  method: 'get',
  path: '/lifetime',
  tags: ['analysts'],
  summary: 'How lifetime value is worked out, and how well it foresaw what came',
  description:
    'BG/NBD and Gamma-Gamma by maximum likelihood or, where the data do not fit what they assume, why not and what is used instead, and in a sentence how that did against what came. The figures of customers are in `GET /v1/customers`.',
  'x-roles': ['analyst'],
  responses: { 200: jsonAnswer(lifetimeAnswer, 'The models'), ...problems(400, 403, 409, 503) },
});

function viewHoldOut({ splitDay, lastDay, tracking, ...rest }: HoldOutReport): z.infer<typeof holdOutView> {
  return {
    splitDate: dateOf(splitDay),
    lastDate: dateOf(lastDay),
    ...rest,
    tracking: tracking.map(({ day, ...week }) => ({ date: dateOf(day), ...week })),
  };
}

/** Margins rest on these. */
const costCautions: readonly string[] = ['assumed-rates', 'assumed-goods-cost'];

const assumedCosts = ({ cautions }: ProfitReport) =>
  cautions.filter(({ code }) => costCautions.includes(code));

export function lifetimeRoutes({ shop }: AppDependencies) {
  return router().openapi(lifetimeRoute, (c) => {
    const { version, insights } = customersFor(shop);
    const { report, holdOut } = insights.lifetime;
    return c.json(
      tidied({
        modelVersion: String(version),
        today: dateOf(insights.today),
        ...report,
        cautions: [...report.cautions, ...assumedCosts(insights.profit.report)],
        holdOut: holdOut && viewHoldOut(holdOut),
      }),
      200,
    );
  });
}
