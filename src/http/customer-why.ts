import { z } from '@hono/zod-openapi';
import { ownTrait, tellingTraits } from '../customers/behaviour/own-traits.ts';
import type { Placement } from '../customers/behaviour/place.ts';
import { tierNames } from '../customers/profit/tiers.ts';
import { tiedScores } from '../customers/rfm.ts';
import { segmentWords } from '../customers/segment-words.ts';
import type { CustomerBook } from '../serving/customer-book.ts';
import { dateOf } from '../serving/customer-figures.ts';
import { type SegmentKind, segmentationBefore } from '../serving/customer-segments.ts';
import { tierWords } from '../serving/words-of-segment.ts';
import { segmentRef, share, viewName, words } from './customer-schemas.ts';
import { traitView, viewTrait } from './segment-view.ts';

const placedSegment = segmentRef
  .extend({
    words: words.openapi({ description: 'Who they are, or what to do about them.' }),
    why: z.array(words).openapi({ description: 'What put the customer there.' }),
    before: segmentRef
      .nullable()
      .openapi({ description: 'Where the customer was in the model before; null in none, or without one.' }),
  })
  .openapi('CustomerSegment');

const ownTraitView = traitView
  .extend({
    own: share.openapi({ description: "The customer's own figure; null where nothing is known of it yet." }),
    evidence: z.number().openapi({
      description:
        'How many orders, gaps or months that rests on; `features` of `GET /v1/segments` says what it is, and how many count as much as the shop’s mean (`prior`).',
    }),
    counted: z.number().openapi({
      description: 'What it counts as: the own figure, drawn to the shop’s mean where it rests on little.',
    }),
  })
  .openapi('CustomerTrait');

export const placedSegments = z.object({
  behaviour: placedSegment
    .extend({
      traits: z.array(ownTraitView).openapi({
        description: 'What sets the segment most apart among what it was made by, and the customer’s own.',
      }),
    })
    .nullable(),
  rfm: placedSegment.nullable(),
  tier: placedSegment.nullable(),
});

type PlacedSegments = z.infer<typeof placedSegments>;

/** By feature of the model: the customer's own figure and what it rests on. */
type OwnFigure = (feature: number) => { readonly value: number; readonly evidence: number };

/** The segments of a customer whom the model knows, and why. */
export function viewPlacedSegments(book: CustomerBook, customer: number): PlacedSegments {
  const { behaviour, rfm, before } = book.insights;
  const placed = (kind: SegmentKind) => {
    const segment = book.segmentOf(kind, customer);
    if (!segment) return null;
    const earlier = before && segmentationBefore(before, kind);
    const earlierSegment = earlier?.segments[earlier.segmentOf[customer]];
    return {
      position: book.segmentation(kind).segmentOf[customer],
      view: { ...viewName(segment), before: earlierSegment ? viewName(earlierSegment) : null },
    };
  };
  const [inBehaviour, inRfm, inTier] = [placed('behaviour'), placed('rfm'), placed('tier')];
  const { features, values, evidence } = behaviour.own;
  const own: OwnFigure = (feature) => {
    const at = customer * features.length + features.indexOf(feature);
    return { value: values[at], evidence: evidence[at] };
  };
  return {
    behaviour: inBehaviour && { ...inBehaviour.view, ...viewBehaviour(book, inBehaviour.position, own) },
    rfm: inRfm && {
      ...inRfm.view,
      words: rfm.report.segments[inRfm.position].advice,
      why: scoresOf(book, customer),
    },
    tier: inTier && {
      ...inTier.view,
      words: tierWords[tierNames[inTier.position]],
      why: tierReasons(book, customer),
    },
  };
}

/** The behavioural segment of a customer who is in it by the orders since. */
export function viewPlacement(book: CustomerBook, { position, own, evidence }: Placement): PlacedSegments {
  const segment = book.segmentation('behaviour').segments[position];
  const figure: OwnFigure = (feature) => ({ value: own[feature], evidence: evidence[feature] });
  return {
    behaviour: { ...viewName(segment), before: null, ...viewBehaviour(book, position, figure) },
    rfm: null,
    tier: null,
  };
}

function viewBehaviour({ insights: { behaviour } }: CustomerBook, position: number, own: OwnFigure) {
  const { features } = behaviour.model;
  const segment = behaviour.report.segments[position];
  const traits = tellingTraits(segment.traits).map((trait) => {
    const at = features.findIndex(({ name }) => name === trait.name);
    const { value, evidence } = own(at);
    return { trait, figures: ownTrait(features[at], value, evidence) };
  });
  return {
    words: segment.sentence,
    why: traits.map(({ trait, figures }) => segmentWords.ownTrait(trait, figures)),
    traits: traits.map(({ trait, figures }) => ({ ...viewTrait(trait), ...figures })),
  };
}

function scoresOf({ insights: { rfm, today } }: CustomerBook, customer: number) {
  const { recency, frequency, recencyScore, frequencyScore } = rfm.columns;
  const { scores } = rfm.report;
  const lastOrder = dateOf(today - recency[customer]);
  const tied = tiedScores(rfm.report.frequency, frequency[customer]);
  return [
    segmentWords.recency(lastOrder, recency[customer], recencyScore[customer], scores),
    segmentWords.frequency(frequency[customer], frequencyScore[customer], scores),
    ...(tied ? [segmentWords.tiedOrders(frequency[customer], tied.low, tied.high)] : []),
  ];
}

function tierReasons({ money, insights }: CustomerBook, customer: number) {
  const { cutOffs } = insights.profit.tiers.report;
  return [
    segmentWords.earned(money.spent[customer], money.profit[customer]),
    segmentWords.tierCutOffs(cutOffs.definition, cutOffs),
  ];
}
