import type { BasketHistories } from '../baskets/basket-histories.ts';
import type { ChurnInsights } from '../churn/churn-insights.ts';
import type { CustomerInsights } from '../customers/customer-insights.ts';
import type { Insights } from '../insights/insights.ts';
import type { Answers } from '../ranking/acceptance.ts';
import type { CustomerRankings } from '../ranking/customer-rankings.ts';
import type { Ranking } from '../ranking/ranking.ts';
import type { ModelEvaluation } from '../ranking/ranking-evaluation.ts';
import type { RuleColumns } from '../rules/rule-columns.ts';
import { decodeInsights, type InsightsMeta, insightSections } from './insight-sections.ts';
import { pack, unpack } from './packed.ts';
import { decodeSections, encodeSections } from './sections.ts';
import { StringTable } from './string-table.ts';

/** What a model says of itself, besides its arrays. */
export interface ModelMeta {
  /** When it was trained, ISO 8601. */
  readonly trainedAt: string;
  /** The newest order it knows, ISO 8601; null when it was trained on none. */
  readonly dataUntil: string | null;
  /** The highest order id it was trained on: later ones are unknown to it. */
  readonly lastOrderId: number;
  readonly settings: Readonly<Record<string, unknown>>;
  /** How its ranking answered orders that it was not taught; models of earlier versions do not say. */
  readonly evaluation?: ModelEvaluation | undefined;
}

/**
 * Items in groups: group `g` holds `items[offsets[g]] … items[offsets[g + 1] - 1]` with a figure for each.
 */
export interface ItemGroups {
  readonly offsets: Int32Array;
  readonly items: Int32Array;
  readonly counts: Int32Array;
}

/**
 * Everything an answer needs, in flat arrays and by item number. Never changed once built, but that the codes of customers
 * who are forgotten are taken out: a server swaps whole models.
 */
export interface Model {
  readonly meta: ModelMeta;
  /** Item number ↔ the shop's product id. */
  readonly itemCodes: StringTable;
  /** Baskets with the item. */
  readonly itemCounts: Int32Array;
  readonly rules: RuleColumns;
  /** What is known of the rules and products beyond counts. */
  readonly insights: Insights;
  /** What is known of the customers; null where nobody has studied them, or a version of ours that studied otherwise. */
  readonly customers: CustomerInsights | null;
  /** What is known of who leaves; null as above. */
  readonly churn: ChurnInsights | null;
  /** Group 0 is the whole shop, group 1 + s is segment s; best-selling first, with recent orders as counts. */
  readonly popular: ItemGroups;
  readonly segmentNames: StringTable;
  /** A customer who was forgotten has none. */
  readonly customerCodes: StringTable;
  /** The customer's segment, or −1. */
  readonly customerSegment: Int32Array;
  /** What ranks offers, as far as there was enough to learn from. */
  readonly ranking: Ranking | null;
  /** What each customer bought. */
  readonly purchases: BasketHistories;
  /**
   * What each customer is likely to buy who comes with an empty cart the day after the newest sale, as the ranking says; null where it
   * says nothing of such customers.
   */
  readonly visits: CustomerRankings | null;
  /** How offers are accepted where they are shown; null where there are too few answers to learn from. */
  readonly answers: Answers | null;
}

/** Raised whenever what is known of customers, or of who leaves, changes its shape: what an earlier one holds cannot be read. */
const customersFormat = 3;
const churnFormat = 3;

export function encodeModel(model: Model): Uint8Array {
  const { meta, itemCodes, rules, popular, segmentNames, customerCodes, purchases } = model;
  const table = (name: string, { columns }: StringTable) => ({
    [`${name}.bytes`]: columns.bytes,
    [`${name}.offsets`]: columns.offsets,
    [`${name}.slots`]: columns.slots,
  });
  const groups = (name: string, { offsets, items, counts }: ItemGroups) => ({
    [`${name}.offsets`]: offsets,
    [`${name}.items`]: items,
    [`${name}.counts`]: counts,
  });
  const { transactionCount, ...ruleColumns } = rules;
  const insights = insightSections(model.insights);
  const customers = pack('customer', model.customers);
  const churn = pack('churn', model.churn);
  const ranking = pack('ranking', model.ranking);
  const visits = pack('visits', model.visits);
  const answers = pack('answers', model.answers);
  return encodeSections(
    {
      ...meta,
      transactionCount,
      insights: insights.meta,
      customers: customers.shape,
      customersFormat,
      churn: churn.shape,
      churnFormat,
      ranking: ranking.shape,
      visits: visits.shape,
      answers: answers.shape,
    },
    {
      ...table('items', itemCodes),
      itemCounts: model.itemCounts,
      ...Object.fromEntries(Object.entries(ruleColumns).map(([name, column]) => [`rules.${name}`, column])),
      ...insights.sections,
      ...customers.sections,
      ...churn.sections,
      ...ranking.sections,
      ...visits.sections,
      ...groups('popular', popular),
      ...table('segments', segmentNames),
      ...table('customers', customerCodes),
      customerSegment: model.customerSegment,
      'purchases.offsets': purchases.offsets,
      'purchases.day': purchases.day,
      'purchases.itemOffsets': purchases.itemOffsets,
      'purchases.items': purchases.items,
    },
  );
}

/** @throws PairwellError `conflict` when the bytes are not a model, were damaged or are of an earlier version */
export function decodeModel(bytes: Uint8Array): Model {
  const decoded = decodeSections<
    ModelMeta & {
      transactionCount: number;
      insights: InsightsMeta;
      customers?: unknown;
      customersFormat?: number;
      churn?: unknown;
      churnFormat?: number;
      ranking?: unknown;
      visits?: unknown;
      answers?: unknown;
    }
  >(bytes);
  const {
    transactionCount,
    insights,
    customers,
    customersFormat: format,
    churn,
    churnFormat: formatOfChurn,
    ranking = null,
    visits = null,
    answers = null,
    ...meta
  } = decoded.meta;
  const table = (name: string) =>
    new StringTable({
      bytes: decoded.u8(`${name}.bytes`),
      offsets: decoded.i32(`${name}.offsets`),
      slots: decoded.i32(`${name}.slots`),
    });
  const groups = (name: string): ItemGroups => ({
    offsets: decoded.i32(`${name}.offsets`),
    items: decoded.i32(`${name}.items`),
    counts: decoded.i32(`${name}.counts`),
  });
  const itemCodes = table('items');
  return {
    meta,
    itemCodes,
    itemCounts: decoded.i32('itemCounts'),
    rules: {
      transactionCount,
      antecedentOffsets: decoded.i32('rules.antecedentOffsets'),
      antecedentItems: decoded.i32('rules.antecedentItems'),
      consequent: decoded.i32('rules.consequent'),
      supportCount: decoded.i32('rules.supportCount'),
      antecedentCount: decoded.i32('rules.antecedentCount'),
      consequentCount: decoded.i32('rules.consequentCount'),
    },
    insights: decodeInsights(insights, decoded),
    customers: format === customersFormat ? unpack(customers, decoded) : null,
    churn: formatOfChurn === churnFormat ? unpack(churn, decoded) : null,
    popular: groups('popular'),
    segmentNames: table('segments'),
    customerCodes: table('customers'),
    customerSegment: decoded.i32('customerSegment'),
    ranking: unpack(ranking, decoded),
    visits: unpack(visits, decoded),
    answers: unpack(answers, decoded),
    purchases: {
      itemCount: itemCodes.size,
      offsets: decoded.i32('purchases.offsets'),
      day: decoded.i32('purchases.day'),
      itemOffsets: decoded.i32('purchases.itemOffsets'),
      items: decoded.i32('purchases.items'),
    },
  };
}
