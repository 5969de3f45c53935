import { z } from '@hono/zod-openapi';
import type { ModelRow } from '../../db/queries/models.ts';
import type { EvaluatedKind } from '../ranking/ranking-evaluation.ts';

const figure = z.object({
  value: z.number(),
  lower: z.number().openapi({ description: 'The ends of an interval of 95 %.' }),
  upper: z.number(),
  cases: z.number().int(),
});

const evaluatedKind = z.object({
  cases: z.number().int(),
  methods: z.array(
    z.object({
      name: z.string().openapi({ example: 'pairwell' }),
      baseline: z.boolean(),
      metrics: z.record(z.string(), figure),
      calibrationError: z.number().nullable().openapi({
        description:
          'How far stated probabilities are from what happened, in the mean; null where none are stated.',
      }),
    }),
  ),
  againstPrevious: z
    .object({
      metric: z.string(),
      cases: z.number().int().openapi({ description: 'Orders that are new to both models.' }),
      ours: z.number(),
      previous: z.number(),
      difference: z.number(),
      lower: z.number(),
      upper: z.number(),
    })
    .nullable()
    .openapi({ description: 'The ranking against that of the model that was in service then.' }),
});

const evaluation = z
  .object({
    nextBasket: evaluatedKind
      .nullable()
      .openapi({ description: 'What customers bought next, of customers held out.' }),
    cart: evaluatedKind
      .nullable()
      .openapi({ description: 'What was left out of baskets, of baskets held out.' }),
    gate: z.object({
      passed: z.boolean(),
      why: z.enum(['worse', 'not-worse', 'too-few', 'first', 'forced']),
      text: z.string(),
    }),
  })
  .openapi('ModelEvaluation', { description: 'How the ranking answered orders that it was not taught.' });

export const modelView = z
  .object({
    version: z.string(),
    active: z.boolean(),
    createdAt: z.iso.datetime(),
    settings: z.record(z.string(), z.unknown()),
    figures: z.record(z.string(), z.number()),
    evaluation: evaluation.nullable().openapi({ description: 'Null of models of earlier versions.' }),
    byteLength: z.number().int(),
  })
  .openapi('Model');

export function viewModel({ version, createdAt, evaluation, ...row }: ModelRow): z.output<typeof modelView> {
  return {
    version: String(version),
    createdAt: createdAt.toISOString(),
    ...row,
    evaluation: evaluation && viewEvaluation(evaluation),
  };
}

function viewEvaluation({ ranking, gate }: NonNullable<ModelRow['evaluation']>): z.output<typeof evaluation> {
  const { isOpen: passed, why, text } = gate;
  return { nextBasket: viewKind(ranking.visit), cart: viewKind(ranking.cart), gate: { passed, why, text } };
}

function viewKind(kind: EvaluatedKind | null): z.output<typeof evaluatedKind> | null {
  if (!kind) return null;
  const methods = kind.methods.map(({ isBaseline: baseline, ...method }) => ({ ...method, baseline }));
  return { ...kind, methods };
}
