import type { AnswerReader } from '../../db/queries/answers.ts';
import type { PurchaseReader } from '../../db/queries/purchases.ts';
import { transactionCount } from '../baskets/transactions.ts';
import type { OutlookStudent } from '../churn/outlook/study-outlook.ts';
import { goneCustomers } from '../churn/rates/stays.ts';
import type { ChurnStudent } from '../churn/study-churn.ts';
import type { CustomerInsights } from '../customers/customer-insights.ts';
import type { CustomerStudent } from '../customers/study-customers.ts';
import type { OfferLearner } from '../evaluate/held-out/offer-learner.ts';
import { type Insights, promotionVerdicts, relations } from '../insights/insights.ts';
import type { Student } from '../insights/study.ts';
import { itemsetCount } from '../mining/itemsets.ts';
import { absoluteSupport } from '../mining/options.ts';
import { buildModel } from '../model/build-model.ts';
import { encodeModel } from '../model/model.ts';
import { customerPurchases } from '../model/purchases.ts';
import { shopBasketsOf } from '../model/shop-baskets-of.ts';
import type { ModelEvaluation } from '../ranking/ranking-evaluation.ts';
import { rulesAt } from '../rules/constrain-rules.ts';
import type { MiningEngine } from '../rules/engine.ts';
import { type RuleColumns, ruleCount } from '../rules/rule-columns.ts';
import { checkPeriods } from './check-periods.ts';
import { churnStudiedAs, outlookStudiedAs } from './churn-settings.ts';
import { type CountedRules, customerStudyInput } from './customer-input.ts';
import { statedDay } from './customer-settings.ts';
import { learnOffers } from './learn-offers.ts';
import type { PreviousModel } from './previous-model.ts';
import { readAnswers } from './read-answers.ts';
import { readPurchases } from './read-purchases.ts';
import { studySettings, type TrainSettings } from './settings.ts';

const msPerDay = 86_400_000;

/** What training needs from outside. */
export interface TrainDependencies {
  readonly purchases: PurchaseReader;
  readonly answers: AnswerReader;
  readonly engine: MiningEngine & Student;
  readonly student: CustomerStudent & ChurnStudent & OutlookStudent;
  readonly learner: OfferLearner;
  /**
   * The model in service, whose segments of customers are followed and whose ranking is compared; undefined where there is none, or
   * none that can be read.
   */
  readonly previous: () => Promise<PreviousModel | undefined>;
  /** The customer attribute that makes segments. */
  readonly segmentBy: string;
  readonly now: () => Date;
}

export interface TrainHooks {
  signal?: AbortSignal;
  /** @param progress share of the whole job, 0 to 1 */
  onProgress?: (stage: string, progress: number) => void;
}

export interface TrainedModel {
  readonly bytes: Uint8Array;
  readonly settings: TrainSettings;
  /** How the ranking answered orders that it was not taught, and whether the model may take the place of the one in service. */
  readonly evaluation: ModelEvaluation;
  /** Counts worth showing beside the model. */
  readonly figures: Record<string, number>;
}

/**
 * Reads the orders, mines them and studies the rules on worker threads, and puts the model together. Stores nothing.
 *
 * @throws PairwellError `bad-input` without orders, and for a period that has too few of them; `limit-exceeded` when the support is too low for the
 *   itemset budget, `cancelled`
 */
export async function train(
  { purchases, answers, engine, student, learner, previous, segmentBy, now }: TrainDependencies,
  settings: TrainSettings,
  { signal, onProgress = () => undefined }: TrainHooks = {},
): Promise<TrainedModel> {
  onProgress('reading orders', 0);
  const startedAt = now();
  const today = Math.floor(startedAt.getTime() / msPerDay);
  const bought = await readPurchases(purchases, segmentBy, statedDay(settings.customers) ?? today);
  const { orders, baskets, context, newestOrder, lastOrderId } = bought;
  signal?.throwIfAborted();
  checkPeriods(context.day, settings.periods);

  onProgress('mining', 0.25);
  const minSupport = absoluteSupport(settings.minSupport, transactionCount(baskets));
  const { itemsets, rules } = await engine.mineRules(
    baskets,
    {
      algorithm: settings.algorithm,
      minSupport,
      maxLength: settings.maxLength,
      maxItemsets: settings.maxItemsets,
    },
    { minConfidence: settings.minConfidence, minLift: settings.minLift },
    { signal, onProgress: (share) => onProgress('mining', 0.25 + 0.5 * share) },
  );

  onProgress('studying the rules', 0.75);
  const insights = await engine.study(
    { baskets, itemsets, rules, context, settings: studySettings(settings, transactionCount(baskets)) },
    { signal },
  );

  onProgress('studying the customers', 0.85);
  const before = await previous();
  const input = customerStudyInput(
    bought,
    settings.customers,
    countedRules(rules, insights, settings),
    before?.model,
  );
  const customers = await student.studyCustomers(input, { signal });
  onProgress('studying who leaves', 0.88);
  const left = await student.studyChurn(
    {
      ledger: input.ledger,
      customers,
      segments: { segment: orders.customerSegment, segments: orders.segmentNames.length },
      settings: churnStudiedAs(settings.churn),
      nameless: Uint8Array.from(orders.customerCodes, (code) => Number(code === '')),
    },
    { signal },
  );
  onProgress('learning who is about to leave', 0.89);
  const outlook = await student.studyOutlook(
    {
      ledger: input.ledger,
      gone: goneCustomers(left.rates.stays),
      settings: outlookStudiedAs(settings.churn, left.rates.report.chosen.definition),
    },
    { signal },
  );
  const churn = { ...left, outlook };

  onProgress('learning what to offer', 0.9);
  const days = customerPurchases(orders, baskets);
  const { evaluation, ...learnt } = await learnOffers(
    learner,
    shopBasketsOf(orders, baskets, days, context),
    orders.itemCodes,
    before,
    settings.ranking,
    { signal },
  );

  const shown = await readAnswers(answers, lastOrderId, startedAt);
  const accepted = await learner.learnAcceptance(shown, { signal });

  onProgress('building the model', 0.95);
  const trainedAt = now();
  const meta = {
    trainedAt: trainedAt.toISOString(),
    dataUntil: newestOrder,
    lastOrderId,
    settings,
    evaluation,
  };
  const model = buildModel(
    meta,
    orders,
    baskets,
    rules,
    insights,
    { customers, churn },
    days,
    { ...learnt, answers: accepted },
    {
      recentDays: settings.recentDays,
      today,
      listLength: settings.popularItems,
      minSegmentOrders: settings.minSegmentOrders,
    },
  );
  const bytes = encodeModel(model);
  onProgress('storing the model', 0.97);
  return {
    bytes,
    settings,
    evaluation,
    figures: {
      baskets: transactionCount(baskets),
      products: baskets.itemCount,
      customers: orders.customerCodes.length,
      minSupportCount: minSupport,
      itemsets: itemsetCount(itemsets),
      rules: ruleCount(rules),
      ...insightFigures(insights),
      ...customerFigures(customers),
    },
  };
}

/** The rules to show. */
function countedRules(
  rules: RuleColumns,
  { tests }: Insights,
  { recentDays, popularItems }: TrainSettings,
): CountedRules {
  const all = Int32Array.from(rules.consequent, (_, r) => r);
  const ruleNumbers = all.filter((r) => tests.isShown[r] === 1);
  return { rules: rulesAt(rules, ruleNumbers), ruleNumbers, recentDays, listLength: popularItems };
}

function insightFigures({ tests, promotion, relations: related, categories, bundles }: Insights) {
  const onlyInPromotion = promotionVerdicts.indexOf('only-in-promotion');
  return {
    rulesShown: count(tests.isShown, 1),
    onlyInPromotion: count(promotion, onlyInPromotion),
    complements: count(related.relation, relations.indexOf('complement')),
    substitutes: count(related.relation, relations.indexOf('substitute')),
    categoryRules: ruleCount(categories.rules),
    bundleCandidates: bundles.together.length,
    bundleCandidatesLeftOut: bundles.leftOut,
  };
}

function customerFigures({ rfm, behaviour, asides }: CustomerInsights) {
  return {
    customersWithOrders: rfm.report.customers,
    segments: behaviour.model.segments.length,
    ordersAfterToday: asides.laterDocuments,
  };
}

function count(column: Uint8Array, wanted: number): number {
  return column.reduce((found, value) => (value === wanted ? found + 1 : found), 0);
}
