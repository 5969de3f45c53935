import { customerCount, type Ledger } from '../ledger.ts';
import { channelFeature, commonFeatures, type Feature, kindFeature } from './features.ts';
import { priorWeight } from './prior-weight.ts';
import type { ProductKinds } from './product-kinds.ts';
import { usualPrices } from './product-kinds.ts';
import {
  blockWeights,
  drawnInto,
  middleOf,
  type OwnFigures,
  type ScaledFeature,
  scaleInto,
  shopMean,
  spreadOf,
} from './scaling.ts';
import { BehaviourTally } from './tally.ts';
import {
  countedEvidence,
  evidenceAt,
  featureCount,
  feeItem,
  type TallyPlan,
  unknownItem,
} from './tally-plan.ts';

/** A feature that tells nobody apart. */
export interface DroppedFeature {
  readonly name: string;
  readonly en: string;
  readonly zh: string;
}

export interface BehaviourFeatures {
  readonly plan: TallyPlan;
  /** The names of the channels that have a feature. */
  readonly channels: readonly string[];
  /** The features that are used, by column of both matrices. */
  readonly features: readonly ScaledFeature[];
  readonly dropped: readonly DroppedFeature[];
  /** The customers with an order, ascending: rows of both matrices are theirs. */
  readonly customers: Int32Array;
  /** By feature: the figures before they are drawn to the shop's mean. */
  readonly own: readonly OwnFigures[];
  /** Drawn to the shop's mean, on the features' scales. */
  readonly values: Float32Array;
  /** What is clustered: scaled and weighted, in shared memory. */
  readonly matrix: Float32Array;
}

export interface FeatureOptions {
  /** A customer's own figure counts as much as the shop's mean when it rests on so much evidence, ≥ 0; else estimated. */
  readonly priorWeight: number | undefined;
  /** The most channels that have a feature, the most used ones. */
  readonly mostChannels: number;
}

/** What all customers with an order do. */
export function behaviourFeatures(
  ledger: Ledger,
  kinds: ProductKinds,
  { priorWeight: given, mostChannels }: FeatureOptions,
): BehaviourFeatures {
  const channels = mostUsedChannels(ledger, mostChannels);
  const plan: TallyPlan = {
    itemCount: ledger.products.itemCount,
    kindOf: kinds.kindOf,
    kindCount: kinds.names.length,
    usualPrice: usualPrices(ledger, kinds),
    channelCount: channels.length,
  };
  const all = allFeatures(
    channels.map((channel) => ledger.channelNames[channel]),
    kinds,
  );
  const { customers, estimates, evidence } = tallyAll(ledger, plan, channels);
  const rows = customers.length;
  const width = all.length;
  const drawn = new Float32Array(rows);
  const kept: { own: OwnFigures; feature: ScaledFeature }[] = [];
  const dropped: DroppedFeature[] = [];
  all.forEach((feature, column) => {
    const own: OwnFigures = {
      estimates,
      width,
      column,
      evidence,
      evidenceWidth: countedEvidence.length,
      at: evidenceAt(feature.evidence),
    };
    const prior = own.at < 0 ? 0 : (given ?? priorWeight(own, rows));
    const mean = shopMean(own, rows, prior);
    const spread = spreadOf(own, rows);
    drawnInto(drawn, own, { mean, prior });
    const isTelling = spread > 0 && drawn.some((value) => value !== drawn[0]);
    const middle = middleOf(drawn);
    if (isTelling) kept.push({ own, feature: { ...feature, prior, mean, middle, spread, weight: 1 } });
    else dropped.push({ name: feature.name, ...feature.label });
  });

  const columns = kept.length;
  const values = new Float32Array(rows * columns);
  kept.forEach(({ own, feature }, f) => {
    drawnInto(drawn, own, feature);
    for (let row = 0; row < rows; row++) values[row * columns + f] = drawn[row];
  });
  const matrix = new Float32Array(new SharedArrayBuffer(4 * rows * columns));
  const unweighted = kept.map(({ feature }) => feature);
  for (let row = 0; row < rows; row++) scaleInto(unweighted, values, matrix, row * columns);
  const weights = blockWeights(unweighted, matrix, rows);
  const features = unweighted.map((feature, f) => ({ ...feature, weight: weights[f] }));
  for (let row = 0; row < rows; row++) scaleInto(features, values, matrix, row * columns);
  return {
    plan,
    channels: channels.map((channel) => ledger.channelNames[channel]),
    features,
    dropped,
    customers,
    own: kept.map(({ own }) => own),
    values,
    matrix,
  };
}

/** In the order in which a tally writes them. */
export const allFeatures = (
  channels: readonly string[],
  { names }: Pick<ProductKinds, 'names'>,
): Feature[] => [
  ...commonFeatures,
  ...channels.map((name, n) => channelFeature(n, name)),
  ...names.map((name, n) => kindFeature(n, name)),
];

/** The numbers of the channels that most documents came by; none where there is but one. */
function mostUsedChannels({ documents, channelNames }: Ledger, most: number): number[] {
  const counts = new Float64Array(channelNames.length);
  let without = 0;
  for (const channel of documents.channel) {
    if (channel >= 0) counts[channel]++;
    else without++;
  }
  const used = [...counts.keys()].filter((channel) => counts[channel] > 0);
  if (used.length + Number(without > 0) < 2) return [];
  return used.sort((a, b) => counts[b] - counts[a] || a - b).slice(0, most);
}

function tallyAll(
  ledger: Ledger,
  plan: TallyPlan,
  channels: readonly number[],
): { customers: Int32Array; estimates: Float32Array; evidence: Float32Array } {
  const { documents, lines, products, today } = ledger;
  const count = customerCount(ledger);
  const width = featureCount(plan);
  const estimates = new Float32Array(count * width);
  const evidence = new Float32Array(count * countedEvidence.length);
  const customers = new Int32Array(count);
  const featureOf = ledger.channelNames.map((_, channel) => channels.indexOf(channel));
  const tally = new BehaviourTally(plan);
  let rows = 0;
  for (let customer = 0; customer < count; customer++) {
    tally.start();
    for (let d = documents.offsets[customer]; d < documents.offsets[customer + 1]; d++) {
      const channel = documents.channel[d];
      tally.document(documents.day[d], documents.minute[d], channel < 0 ? -1 : featureOf[channel]);
      for (let line = lines.offsets[d]; line < lines.offsets[d + 1]; line++) {
        const product = lines.product[line];
        const isItem = product < products.itemCount;
        const item = isItem ? product : products.isFee[product] === 1 ? feeItem : unknownItem;
        tally.line(
          item,
          lines.quantity[line],
          lines.price[line],
          lines.discount[line],
          lines.isPromoted[line] === 1,
        );
      }
    }
    if (!tally.finish(today, estimates, rows * width, evidence, rows * countedEvidence.length)) continue;
    customers[rows++] = customer;
  }
  return { customers: customers.slice(0, rows), estimates, evidence };
}
