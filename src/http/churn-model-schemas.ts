import { z } from '@hono/zod-openapi';
import { localText } from './churn-schemas.ts';
import { count, date, list, share } from './customer-schemas.ts';

const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() }).openapi('Estimate', {
  description: 'With its interval of 95 %.',
});

const right = z.object({ all: estimate, stayed: estimate, left: estimate }).openapi('RightShares', {
  description: 'The shares that were told right: of all, of who stayed, of who left.',
});

const modelFigures = z
  .object({
    learner: z.string(),
    role: z.enum(['model', 'baseline']),
    auc: estimate,
    logLoss: estimate,
    brier: estimate,
    atHalf: right,
    atBest: right.extend({
      threshold: z.number().openapi({ description: 'The best in what was learnt from.' }),
    }),
    gains: list(z.object({ share: z.number(), gain: estimate, lift: estimate })),
    calibration: z.object({
      expected: z.number().openapi({ description: 'How far what was said is from what came, on average.' }),
      bins: list(z.object({ count, predicted: z.number(), observed: estimate })),
      methods: list(z.enum(['platt', 'isotonic'])),
    }),
  })
  .openapi('ChurnModelFigures');

const card = z
  .object({
    basis: z.enum(['out-of-fold', 'out-of-time']),
    rows: count,
    customers: count,
    left: count,
    churnRate: z.number(),
    majority: z.object({ says: z.enum(['stays', 'leaves']), accuracy: z.number() }),
    models: list(modelFigures),
    aucDifferences: list(estimate.extend({ first: z.string(), second: z.string(), p: z.number() })),
    lossDifferences: list(
      z.object({ first: z.string(), second: z.string(), value: z.number(), standardError: z.number() }),
    ),
  })
  .openapi('ChurnCard', {
    description: 'How models did on customers, or at a time, that they had not seen.',
  });

const driver = z
  .object({
    feature: z.string(),
    words: localText,
    unit: z.string(),
    alone: z
      .object({
        stayed: z.number(),
        left: z.number(),
        known: count,
        delta: estimate.openapi({
          description: 'Cliff’s: the chance that who left has more of it, less that of having less.',
        }),
        p: z.number(),
        adjustedP: z.number(),
      })
      .nullable()
      .openapi({ description: 'How those who left differ from those who stayed, whatever else differs.' }),
    oddsRatio: estimate.nullable().openapi({
      description: 'For a standard deviation more of it, or yes for no, all else the same.',
    }),
    contributions: list(
      z.object({ learner: z.string(), meanSize: z.number(), direction: z.number().int() }),
    ).openapi({ description: 'What it adds to or takes off the log-odds, on average.' }),
  })
  .openapi('ChurnDriver');

const rule = z
  .object({
    id: count,
    outcome: z.enum(['leaving', 'staying']),
    words: localText,
    notation: z.string(),
    factor: share.openapi({ description: 'What it multiplies the odds of the outcome by.' }),
    customers: count.openapi({ description: 'For whom it holds, among those it was learnt from.' }),
    coverage: z.number(),
    precision: estimate.nullable().openapi({ description: 'The share of them that does as the rule says.' }),
    lift: estimate.nullable(),
    figures: localText,
  })
  .openapi('ChurnRule', {
    description: 'What is learnt, in words. Its figures are of what it was learnt from.',
  });

const forecast = z
  .object({
    definition: z.enum(['orders', 'contracts']),
    from: date,
    horizonDays: count,
    activeDays: count,
    cutOffs: list(
      z.object({ date, customers: count, left: count, role: z.enum(['training', 'between', 'held-out']) }),
    ),
    customerShare: z.number().openapi({ description: 'The share of the customers that was learnt from.' }),
    brokenContracts: count,
    learner: z.string().openapi({ description: 'The one in service.' }),
    choice: z.object({
      best: z.string(),
      difference: z.number(),
      standardError: z.number(),
      reason: localText,
    }),
    threshold: z.number().openapi({ description: 'From this chance on customers are called leaving.' }),
    customers: count.openapi({
      description: 'Of whom it is told: today’s, but for those who have left already.',
    }),
    called: count,
    card,
    drivers: list(driver),
    rules: list(rule),
    leftOut: list(
      z.object({ feature: z.string(), code: z.enum(['all-missing', 'constant']), reason: localText }),
    ),
    cautions: list(
      z.object({
        code: z.enum(['not-out-of-time', 'may-give-away']),
        feature: z.string().nullable(),
        words: localText,
      }),
    ),
  })
  .openapi('ChurnForecast');

export const churnModelAnswer = z
  .object({
    modelVersion: z.string(),
    today: date,
    forecast: forecast.nullable(),
    lack: z.string().nullable().openapi({ description: 'Why there is no forecast.' }),
  })
  .openapi('ChurnModel');

/** Who is about to leave, of one customer. */
export const leavingView = z
  .object({
    chance: z.number().openapi({ description: 'Of leaving within the horizon; calibrated.' }),
    isCalled: z.boolean().openapi({ description: 'Whether that is enough to call the customer leaving.' }),
    valueAtRisk: z
      .number()
      .openapi({ description: 'The chance, times what is still to come of one who stays.' }),
    reasons: list(
      z.object({
        feature: z.string(),
        value: share,
        contribution: z.number().openapi({ description: 'To the log-odds.' }),
        words: localText,
      }),
    ),
    rules: list(z.object({ id: count, outcome: z.enum(['leaving', 'staying']), words: localText })).openapi({
      description: 'The rules of the model card that hold of the customer.',
    }),
  })
  .openapi('Leaving');

export const churnCustomersAnswer = z
  .object({
    modelVersion: z.string(),
    from: date,
    horizonDays: count,
    threshold: z.number(),
    total: count,
    items: list(leavingView.extend({ customerId: z.string() })),
    nextCursor: z.string().nullable(),
  })
  .openapi('ChurnCustomers');
