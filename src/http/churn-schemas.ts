import { z } from '@hono/zod-openapi';
import { checkReason } from '../churn/reasons/read-reason.ts';
import { reasonCodes } from '../churn/reasons/reason-codes.ts';
import { PairwellError } from '../errors.ts';
import { count, date, list, maybe, share } from './customer-schemas.ts';
import { storableText } from './schemas.ts';

const codeList = reasonCodes.map(({ code }) => code).join(', ');

const days = z.number();

/** Why a customer left: one of our codes or another name for it, read as the code. */
export const reasonCode = storableText
  .transform((text, context) => {
    try {
      return checkReason(text);
    } catch (error) {
      if (!(error instanceof PairwellError)) throw error;
      context.addIssue(error.message);
      return z.NEVER;
    }
  })
  .openapi({
    type: 'string',
    example: 'price-too-high',
    description: `One of ${codeList}, or another name for it.`,
  });

/** The same in each language. */
export const localText = z
  .object({ en: z.string(), 'zh-Hans': z.string(), 'zh-Hant': z.string() })
  .openapi('LocalText');

const interval = z
  .object({ share: z.number(), low: z.number(), high: z.number() })
  .nullable()
  .openapi('ShareWithInterval', { description: 'With Wilson’s interval; null of nobody.' });

const definition = z
  .object({
    kind: z.enum(['contracts', 'rhythm', 'silence', 'alive']),
    graceDays: days.optional(),
    factor: z.number().optional(),
    shopSilence: days.optional(),
    leastSilence: days.optional(),
    days: days.optional(),
    threshold: z.number().optional(),
  })
  .openapi('LeavingDefinition', { description: 'When somebody has left.' });

const byCause = <Schema extends z.ZodType>(schema: Schema) =>
  z.object({ voluntary: schema, involuntary: schema, unknown: schema });

const rates = z
  .object({
    customers: z
      .object({
        start: count,
        gained: count,
        returned: count,
        lost: count,
        end: count,
        lostOfStart: count,
        backByEnd: count,
      })
      .openapi({ description: 'start + gained + returned − lost = end.' }),
    churn: interval,
    retention: interval,
    netChurn: maybe(z.number(), '(lost − gained − returned) / start.'),
    causes: byCause(z.object({ lost: count, churn: share })),
    revenue: z
      .object({
        start: z.number(),
        lost: z.number(),
        downgrades: z.number(),
        upgrades: z.number(),
        upgradesOfYoung: z.number(),
        withoutAmount: count,
        grossChurn: share,
        netChurn: share,
        netRetention: share,
      })
      .nullable()
      .openapi({
        description: 'Of the customers of the start; null where what they brought before is not known.',
      }),
  })
  .openapi('ChurnRates');

const pooled = z
  .object({ periods: count, atRisk: count, lost: count, churn: interval })
  .openapi('PooledChurn', { description: 'All complete periods together in which somebody could leave.' });

const period = z.object({
  label: z.string(),
  from: date,
  to: date.openapi({ description: 'The first day after it.' }),
  isComplete: z.boolean(),
  isSettled: z.boolean().openapi({ description: 'Whether anybody new could have left by its first day.' }),
});

export const groupingName = z.enum(['cohort', 'channel', 'segment', 'tier']);

export const churnAnswer = z
  .object({
    modelVersion: z.string(),
    today: date,
    definition: definition.extend({
      words: localText,
      reason: localText.openapi({ description: 'Why it is this one.' }),
    }),
    gaps: z.object({
      gaps: count,
      median: share,
      earlyGaps: count,
      earlyQuantile: share,
      percent: z.number(),
    }),
    customers: count,
    neverCustomers: count,
    revenueBasis: z.union([
      z.object({ basis: z.literal('contracts') }),
      z.object({ basis: z.literal('window'), days }),
    ]),
    pooled,
    periods: list(period.extend({ rates })),
    groups: list(z.object({ name: z.string(), pooled, rates: list(rates) }))
      .optional()
      .openapi({ description: 'With `by`: the same by group, its rates period by period.' }),
    reasons: list(
      z.object({
        reason: z.string().nullable().openapi({ description: 'Null: none is known.' }),
        lost: count,
        share: z.number(),
        causes: byCause(count),
        byPeriod: list(count),
      }),
    ),
    sensitivity: list(
      z.object({
        definition,
        isChosen: z.boolean(),
        words: localText,
        gone: count,
        customers: count,
        churn: list(share),
        farewells: count,
        falseFarewells: count,
        returnDays: days,
        backInTime: interval,
        delay: share,
      }),
    ).openapi({ description: 'What other figures of the definition would make of the same customers.' }),
  })
  .openapi('Churn');

export const cohortsAnswer = z
  .object({
    modelVersion: z.string(),
    today: date,
    definition: definition.extend({ words: localText }),
    cohorts: list(
      z.object({ month: z.string(), customers: count, active: list(count.nullable()), share: list(share) }),
    ).openapi({ description: 'Entry k: after k + 1 months; null while some have not come so far.' }),
    all: list(z.object({ customers: count, active: count, share: z.number() })),
  })
  .openapi('ChurnCohorts');
