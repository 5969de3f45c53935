import { z } from '@hono/zod-openapi';
import { segmentWords } from '../customers/segment-words.ts';
import type { CustomerBook } from '../serving/customer-book.ts';
import type { SegmentKind } from '../serving/customer-segments.ts';
import { count, list, segmentId, share, tidied, words } from './customer-schemas.ts';
import { cutOffsView } from './profit-schemas.ts';

const choiceView = z
  .object({
    clusters: count,
    reason: z.string(),
    explanation: z.string(),
    words: words.openapi({ description: 'The explanation.' }),
    sampleRows: count,
    distinct: count.openapi({
      description: 'How many different rows these have, or the most that were asked for.',
    }),
    isCapped: z.boolean(),
    table: list(
      z.object({
        clusters: count,
        silhouette: share,
        stability: z
          .object({ mean: z.number(), low: share, high: share })
          .openapi({ description: 'Adjusted Rand index of pairs of resamples, with its interval of 95 %.' }),
        isStable: z.boolean(),
        inertia: z.number(),
      }),
    ),
  })
  .openapi('SegmentNumberChoice');

const scoreRow = z.object({ score: count, customers: count, lowest: share, highest: share });

const behaviourHow = z
  .object({
    choice: choiceView
      .nullable()
      .openapi({ description: 'How the number of segments was chosen; null where it was given.' }),
    kinds: z.object({ source: z.enum(['categories', 'bought-together', 'none']), names: list(z.string()) }),
    features: list(
      z.object({
        name: z.string(),
        block: z.string(),
        unit: z.string(),
        label: words,
        evidence: z.string(),
        prior: z.number(),
      }),
    ),
    dropped: list(z.object({ name: z.string(), en: z.string(), zh: z.string() })).openapi({
      description: 'Features in which all customers are alike.',
    }),
    notes: list(z.object({ code: z.string(), words })),
    gone: z
      .array(z.object({ id: segmentId, name: words, before: count }))
      .openapi({ description: 'Segments of the model before that no segment continues.' }),
  })
  .openapi('BehaviourSegmentation');

const rfmHow = z
  .object({
    scores: count,
    cutBy: z.enum(['quantiles', 'cutoffs']),
    withoutOrder: count,
    frequencyTied: count.openapi({
      description: 'Customers who order as often as one with another score of frequency.',
    }),
    recency: list(scoreRow).openapi({ description: 'By score, the best first; in days.' }),
    frequency: list(scoreRow),
    monetary: list(scoreRow),
    remarks: list(z.object({ code: z.string(), words })),
  })
  .openapi('RfmSegmentation');

const tierHow = z
  .object({ cutOffs: cutOffsView, sentences: list(z.string()), code: z.string().nullable() })
  .openapi('TierSegmentation');

/** How the segments of a kind came about; null for the kinds that were not asked for. */
export const segmentationHow = z.object({
  behaviour: behaviourHow.nullable(),
  rfm: rfmHow.nullable(),
  tier: tierHow.nullable(),
});

export function viewHow(book: CustomerBook, kind: SegmentKind): z.infer<typeof segmentationHow> {
  return tidied({
    behaviour: kind === 'behaviour' ? viewBehaviour(book) : null,
    rfm: kind === 'rfm' ? viewRfm(book) : null,
    tier: kind === 'tier' ? viewTiers(book) : null,
  });
}

function viewBehaviour({ insights: { behaviour, before } }: CustomerBook): z.infer<typeof behaviourHow> {
  const { choice, kinds, features, dropped, notes, matches } = behaviour.report;
  const gone = (matches ?? []).filter(({ status }) => status === 'gone');
  return {
    choice: choice && {
      ...choice,
      words: segmentWords.choice(choice),
      table: choice.table.map((row) => ({
        ...row,
        stability: {
          mean: row.stability.mean,
          low: row.stability.interval?.lower ?? null,
          high: row.stability.interval?.upper ?? null,
        },
      })),
    },
    kinds,
    features,
    dropped,
    notes,
    gone: (before?.behaviourSegments ?? []).flatMap(({ id, name }) =>
      gone
        .filter((match) => match.id === id)
        .map((match) => ({ id: `behaviour-${id}`, name, before: match.before })),
    ),
  };
}

function viewRfm({ insights: { rfm } }: CustomerBook): z.infer<typeof rfmHow> {
  const { scores, cutBy, withoutOrder, frequencyTied, recency, frequency, monetary, remarks } = rfm.report;
  return { scores, cutBy, withoutOrder, frequencyTied, recency, frequency, monetary, remarks };
}

function viewTiers({ insights: { profit } }: CustomerBook): z.infer<typeof tierHow> {
  const { cutOffs, sentences, code } = profit.tiers.report;
  return { cutOffs, sentences, code };
}
