import { z } from '@hono/zod-openapi';
import { reasonFamilies, switchingCauses } from '../churn/reasons/reason-code.ts';
import { localText } from './churn-schemas.ts';
import { count, date, list, share } from './customer-schemas.ts';

const interval = z.object({ low: z.number(), high: z.number() }).nullable();

const counted = z.object({
  words: localText,
  left: count,
  share,
  interval,
  shareOfKnown: share,
  revenueLost: z.number(),
  trend: z
    .object({ z: z.number(), p: z.number(), adjustedP: z.number() })
    .nullable()
    .openapi({ description: 'Whether the share rises or falls by month (Cochran and Armitage; Holm).' }),
});

const family = z.enum(reasonFamilies);

const risk = z.object({
  exposed: count,
  exposedLeft: count,
  others: count,
  othersLeft: count,
  rate: share,
  othersRate: share.openapi({ description: 'Of customers without such an event, matched by month.' }),
  unmatched: count,
  riskRatio: share,
  low: share,
  high: share,
  p: share,
  oddsRatio: share,
  homogeneityP: share,
});

export const reasonsAnswer = z
  .object({
    modelVersion: z.string(),
    from: date,
    to: date.openapi({ description: 'The first day after it.' }),
    left: count,
    known: count,
    unknown: count,
    unread: list(z.string()).openapi({ description: 'What was sent as a reason and is none.' }),
    families: list(counted.extend({ family })),
    causes: list(counted.extend({ cause: z.enum(switchingCauses) })),
    codes: list(counted.extend({ code: z.string(), family })),
    voluntary: count,
    involuntary: count,
    voluntaryUnknown: count,
    revenueLost: z.number(),
    revenueLostUnknownReason: z.number(),
    withoutRevenue: count,
    months: list(z.object({ month: z.string(), left: count, unknown: count, byFamily: list(count) })).openapi(
      { description: `By family in the order ${reasonFamilies.join(', ')}.` },
    ),
    sentences: list(localText),
    after: list(
      risk.extend({ id: z.string(), words: localText, adjustedP: share, sentence: localText }),
    ).openapi({
      description: 'What announces that customers leave: after such an event, beside those without.',
    }),
    solved: risk
      .extend({ solvedWithinDays: count, withinDays: count, sentence: localText })
      .openapi({ description: 'Leaving after complaints that were solved, beside those that were not.' }),
  })
  .openapi('ChurnReasons');
