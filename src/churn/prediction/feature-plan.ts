import { customerCount, type Ledger } from '../../customers/ledger.ts';
import { type ChurnFeature, type ChurnWords, churnWords, givenName } from './churn-feature.ts';
import { commonLabels, labelFeature, mostLabels, otherFeature } from './plain-table.ts';
import {
  channelFeature,
  contractFeatures,
  eventFeatures,
  eventValueFeatures,
  orderFeatures,
} from './shop-features.ts';

/** Which columns customers of a shop have. Plain data by names, so that a later ledger, which numbers otherwise, gets the same ones. */
export interface FeaturePlan {
  readonly horizonDays: number;
  readonly hasContracts: boolean;
  readonly channels: readonly string[];
  readonly events: readonly { readonly kind: string; readonly hasValue: boolean }[];
  readonly plans: LabelPlan;
  readonly attributes: readonly AttributePlan[];
}

/** The labels with a column each, and whether there are others, which have one together. */
export interface LabelPlan {
  readonly labels: readonly string[];
  readonly hasOthers: boolean;
}

export type AttributePlan =
  | { readonly name: string; readonly kind: 'number' }
  | ({ readonly name: string; readonly kind: 'label' } & LabelPlan);

export interface PlanOptions {
  /** Names of attributes that are not to be learnt from. An attribute is known as it is today: one that leaving changes gives the answer away. */
  readonly withoutAttributes?: readonly string[] | undefined;
}

/** With more channels, or kinds of events, than these the most common have columns. */
const mostChannels = 6;
const mostEventKinds = 12;

/**
 * Which columns there are to be, by what occurs before a day.
 *
 * @param before the first cut-off
 */
export function planFeatures(
  ledger: Ledger,
  horizonDays: number,
  before: number,
  { withoutAttributes = [] }: PlanOptions = {},
): FeaturePlan {
  const { documents, events, contracts } = ledger;
  const channels = new Map<string, number>();
  for (let d = 0; d < documents.day.length; d++)
    if (documents.day[d] < before) count(channels, ledger.channelNames[documents.channel[d]]);
  const kinds = new Map<string, number>();
  const withValue = new Set<string>();
  for (let e = 0; e < events.day.length; e++) {
    if (events.day[e] >= before) continue;
    count(kinds, events.kinds[events.kind[e]]);
    if (!Number.isNaN(events.value[e])) withValue.add(events.kinds[events.kind[e]]);
  }
  const plans = new Map<string, number>();
  for (let n = 0; n < contracts.start.length; n++)
    if (contracts.start[n] < before) count(plans, contracts.planNames[contracts.plan[n]]);
  return {
    horizonDays,
    hasContracts: contracts.start.some((day) => day < before),
    // One channel alone tells nobody apart.
    channels: channels.size > 1 ? commonLabels(channels).slice(0, mostChannels) : [],
    events: commonLabels(kinds)
      .slice(0, mostEventKinds)
      .map((kind) => ({ kind, hasValue: withValue.has(kind) })),
    plans: labelPlan(plans),
    attributes: ledger.attributes
      .filter(({ name }) => !withoutAttributes.includes(name))
      .map((attribute): AttributePlan => {
        if (attribute.kind === 'number') return { name: attribute.name, kind: 'number' };
        const labels = new Map<string, number>();
        for (let c = 0; c < customerCount(ledger); c++) count(labels, attribute.labels[attribute.values[c]]);
        return { name: attribute.name, kind: 'label', ...labelPlan(labels) };
      }),
  };
}

function labelPlan(counts: ReadonlyMap<string, number>): LabelPlan {
  return { labels: commonLabels(counts), hasOthers: counts.size > mostLabels };
}

function count(counts: Map<string, number>, name: string | undefined): void {
  if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
}

/**
 * The columns of a plan, in the order in which `customerColumns` writes them. Names that a shop gave begin with `attribute.`, as they may be
 * those of other features.
 */
export function plannedFeatures({
  hasContracts,
  channels,
  events,
  plans,
  attributes,
}: FeaturePlan): ChurnFeature[] {
  return [
    ...orderFeatures,
    ...channels.map(channelFeature),
    ...events.flatMap(({ kind, hasValue }) => [
      ...eventFeatures(kind),
      ...(hasValue ? eventValueFeatures(kind) : []),
    ]),
    ...(hasContracts ? [...contractFeatures, ...labelFeatures('plan', planLabel, plans)] : []),
    ...attributes.flatMap((attribute): ChurnFeature[] => {
      const { name } = attribute;
      if (attribute.kind === 'label') return labelFeatures(`attribute.${name}`, givenName(name), attribute);
      return [{ name: `attribute.${name}`, kind: 'number', unit: '', source: null, label: givenName(name) }];
    }),
  ];
}

const planLabel = churnWords('plan', '方案', '方案');

function labelFeatures(source: string, label: ChurnWords, { labels, hasOthers }: LabelPlan): ChurnFeature[] {
  const own = labels.map((one) => labelFeature(source, label, one));
  return hasOthers ? [...own, otherFeature(source, label)] : own;
}
