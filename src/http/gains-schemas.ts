import { z } from '@hono/zod-openapi';
import { count, list, share } from './customer-schemas.ts';

const amount = z.coerce.number().min(0).max(1e15);

/** How a question of gains may be asked. */
export const gainsQuestion = z.object({
  parts: z.coerce.number().int().min(1).max(100).default(10).openapi({
    description: 'Into how many equal parts customers are cut: 10 for tenths, 100 for a curve.',
  }),
  contactCost: amount.optional().openapi({ description: 'What a contact costs, in money; with `value`.' }),
  value: amount.optional().openapi({ description: 'What a response is worth, in money.' }),
});

/** Money says something as a pair alone. */
export const bothOrNone = ({
  contactCost,
  value,
}: {
  contactCost?: number | undefined;
  value?: number | undefined;
}) => (contactCost === undefined) === (value === undefined);
export const bothMessage = 'contactCost and value go together: say both, or neither.';

const outcome = z.object({
  share: z.number(),
  customers: z.number(),
  responses: z.number(),
  moneyIn: z.number(),
  moneyOut: z.number(),
  profit: z.number(),
});

export const contactProfit = z
  .object({
    breakEven: share.openapi({
      description: 'Who is less likely than this to respond costs more than they bring.',
    }),
    best: outcome,
    all: outcome,
    nobody: outcome,
    curve: list(outcome),
  })
  .openapi('ContactProfit');

export const scoreGains = z
  .object({
    name: z.string(),
    customers: count,
    responders: count,
    rate: z.number(),
    rows: list(
      z.object({
        share: z.number(),
        customers: z.number(),
        responders: z.number(),
        gain: share,
        lift: share,
        perfectGain: share,
        part: z.object({ responders: z.number(), rate: z.number(), lift: share }),
      }),
    ).openapi({
      description: 'What is found among the best-scored customers; without a model the gain is the share.',
    }),
    area: z
      .object({ underGains: z.number(), auc: z.number(), gini: z.number() })
      .nullable()
      .openapi({ description: 'Null unless some respond and some do not.' }),
    contact: z
      .object({
        cutOff: outcome.openapi({
          description:
            'All whose chance pays for the contact, their chances told by others; with what was seen.',
        }),
        expected: contactProfit,
        realised: contactProfit.openapi({ description: 'The best of it is chosen in hindsight.' }),
      })
      .nullable()
      .openapi({ description: 'Null without money.' }),
  })
  .openapi('ScoreGains');

export const gainsAnswer = z.object({ scores: list(scoreGains) }).openapi('Gains');

export const churnGainsAnswer = z
  .object({
    modelVersion: z.string(),
    basis: z.enum(['out-of-fold', 'out-of-time']),
    learner: z.string().openapi({ description: 'The one in service, whose figures come first.' }),
    scores: list(scoreGains),
    today: contactProfit.nullable().openapi({
      description: 'Of today’s customers, by their chances; null without money.',
    }),
  })
  .openapi('ChurnGains');

/** More are read by `pairwell gains`, which works through them without holding up answers. */
const mostCustomers = 20_000;

export const gainsBody = z
  .object({
    scores: z
      .array(
        z.object({ name: z.string().min(1).max(200), values: z.array(z.number()).min(1).max(mostCustomers) }),
      )
      .min(1)
      .max(10)
      .openapi({ description: 'By score, then by customer; the higher, the likelier to respond.' }),
    outcome: z
      .array(z.union([z.literal(0), z.literal(1)]))
      .min(1)
      .max(mostCustomers)
      .openapi({ description: 'By customer: 1 for those who responded.' }),
    calibration: z.enum(['none', 'isotonic', 'platt']).default('isotonic').openapi({
      description:
        'How scores become the chances that contacts are decided by; `none` for what are chances already.',
    }),
  })
  .extend(gainsQuestion.shape)
  .refine(bothOrNone, { error: bothMessage });
