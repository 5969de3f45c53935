import type { BasketHistories } from '../baskets/basket-histories.ts';
import { repeatShares } from '../baskets/repeat-shares.ts';
import { PairwellError } from '../errors.ts';
import type { Model } from '../model/model.ts';
import { ItemProbabilities } from '../ranking/item-probabilities.ts';
import { LeadFinder } from '../ranking/lead-finder.ts';
import type { OpenCalibration } from '../ranking/open-calibration.ts';
import type { Ranking } from '../ranking/ranking.ts';
import type { MakeScorer, RowScorer } from '../ranking/row-scorer.ts';
import { lastSaleDay, type SalesCalendar } from '../ranking/sales-calendar.ts';
import { logisticScorer } from '../ranking/signal-logistic.ts';
import { type CustomerOdds, learntOdds } from './customer-odds.ts';
import { inSlices } from './in-slices.ts';
import { type RankedCustomers, rankCustomers } from './rank-customers.ts';
import { ruleOdds } from './rule-odds.ts';
import type { Subject } from './subject.ts';

/** Who has bought a product, by customer. */
export const ownership = { no: 0, byModel: 1, since: 2 } as const;

/** The known customers, ranked for a product. */
export interface Audience {
  readonly subject: Subject;
  /** The day on which they are thought to come, since 1970-01-01. */
  readonly day: number;
  readonly ranked: RankedCustomers;
  /** By customer: see {@link ownership}. */
  readonly owned: Uint8Array;
  /** The share of the product's buyers who bought it on another day too; 0 for one that nobody bought. */
  readonly repeatShare: number;
  /** Finds what leads to the items of the subject, for one customer at a time; null where rules are what it rests on. */
  readonly leads: LeadFinder | null;
}

export interface AudienceTools {
  readonly makeScorer: MakeScorer;
  /** Whether a rule of the model may be gone by. */
  readonly serves: (rule: number) => boolean;
  /** Whether a customer has bought a product, by their codes, since the model was trained. */
  readonly boughtSince: (customer: string, product: string) => boolean;
  /** Lets others go first. */
  readonly pause: () => Promise<unknown>;
}

/** A ranking that may know what its scores mean of items that are no candidates. */
export type OpenRanking = Ranking & { readonly open?: OpenCalibration | null | undefined };

/** So long after the newest sale a model knows nothing any more of how things sell. */
const daysTrusted = 7;

/** The day that is asked about: today, as far as the model knows how things sell then. */
export function askedDay(calendar: SalesCalendar, today: number): number {
  const last = lastSaleDay(calendar);
  return Math.min(Math.max(today, last + 1), last + daysTrusted);
}

/** Customers who are looked through between two pauses. */
const customersAtOnce = 2000;

/**
 * Ranks the known customers for a product by how likely each, were they to come on a day, buys it.
 *
 * @param today since 1970-01-01
 * @throws PairwellError `conflict` where nothing was learnt and no rule leads to it
 */
export async function makeAudience(
  model: Model,
  subject: Subject,
  today: number,
  tools: AudienceTools,
): Promise<Audience> {
  const { ranking, purchases, customerCodes } = model;
  const { item, product } = subject;
  const day = ranking ? askedDay(ranking.world.calendar, today) : today;
  const ranked = await rankCustomers(oddsOf(model, subject, day, tools), tools.pause);
  const owned = new Uint8Array(customerCodes.size);
  await inSlices(owned.length, customersAtOnce, tools.pause, (from, to) => {
    for (let customer = from; customer < to; customer++) {
      if (basketsWith(purchases, customer, item) > 0) owned[customer] = ownership.byModel;
      else if (tools.boughtSince(customerCodes.get(customer), product.code))
        owned[customer] = ownership.since;
    }
  });
  const shares = ranking?.world.calendar.again ?? repeatShares(purchases);
  const leads = subject.basis === 'rules' ? null : new LeadFinder(ranking!.world, subject.items);
  return { subject, day, ranked, owned, repeatShare: shares[item] ?? 0, leads };
}

function oddsOf(
  { ranking, purchases, rules, itemCounts }: Model,
  { product, basis, items, weights }: Subject,
  today: number,
  { makeScorer, serves }: AudienceTools,
): CustomerOdds {
  if (basis !== 'rules') {
    const { world, open }: OpenRanking = ranking!;
    const asked = {
      world,
      open,
      histories: purchases,
      today,
      items,
      scorer: visitScorer(ranking!, makeScorer),
    };
    return learntOdds(new ItemProbabilities(asked), weights);
  }
  const odds = ruleOdds({ rules, itemCounts, histories: purchases, items, weights, serves });
  if (odds) return odds;
  throw new PairwellError(
    'conflict',
    `The model has learnt no ranking, as too few customers have come back, and no rule leads to ${product.code}. Import more orders, or train with a lower minSupport (POST /v1/models).`,
    { productId: product.code },
  );
}

/** Whether a ranking of visits was learnt. */
export const isVisitLearnt = (ranking: Ranking | null): boolean =>
  Boolean(ranking?.visit ?? ranking?.logistic?.visit);

/** By whatever was learnt of visits, trees or a logistic model; something was. */
function visitScorer({ visit, logistic }: Ranking, makeScorer: MakeScorer): RowScorer {
  return visit ? makeScorer(visit) : logisticScorer(logistic!.visit!);
}

/** How many of a customer's baskets hold an item; none for item −1. */
export function basketsWith(
  { offsets, itemOffsets, items }: BasketHistories,
  customer: number,
  item: number,
): number {
  let found = 0;
  const end = itemOffsets[offsets[customer + 1]];
  for (let p = itemOffsets[offsets[customer]]; p < end; p++) if (items[p] === item) found++;
  return found;
}

/** By item: how many customers have bought it. */
export async function buyersByItem(
  { itemCount, offsets, itemOffsets, items }: BasketHistories,
  pause: () => Promise<unknown>,
): Promise<Int32Array> {
  const buyers = new Int32Array(itemCount);
  const last = new Int32Array(itemCount).fill(-1);
  await inSlices(offsets.length - 1, customersAtOnce, pause, (from, to) => {
    for (let customer = from; customer < to; customer++) {
      for (let p = itemOffsets[offsets[customer]]; p < itemOffsets[offsets[customer + 1]]; p++) {
        if (last[items[p]] === customer) continue;
        last[items[p]] = customer;
        buyers[items[p]]++;
      }
    }
  });
  return buyers;
}
