import type { SegmentsBefore } from '../customers/customer-insights.ts';
import type { Ledger } from '../customers/ledger.ts';
import type { SegmentedOrders } from '../customers/segment-shares.ts';
import type { CustomerStudyInput } from '../customers/study-customers.ts';
import type { Model } from '../model/model.ts';
import { type CustomerTrainSettings, statedDay, studiedAs } from './customer-settings.ts';
import type { Purchases } from './read-purchases.ts';

const none = -1;

/** What is counted in each segment. */
export type CountedRules = Omit<SegmentedOrders, 'baskets' | 'day' | 'customer'>;

/**
 * What the customers of a shop are studied from.
 *
 * @param previous the model in service, whose segments are followed
 */
export function customerStudyInput(
  { ledger, asides, orders, baskets, productNames }: Purchases,
  settings: CustomerTrainSettings,
  counted: CountedRules,
  previous: Model | undefined,
): CustomerStudyInput {
  return {
    ledger: { ...ledger, today: statedDay(settings) ?? lastDayOf(ledger) },
    asides,
    productNames,
    orders: { ...counted, baskets, day: orders.day, customer: orders.customer },
    settings: studiedAs(settings),
    ...followed(orders.customerCodes, previous),
  };
}

/** The day of the last thing that happened: a shop whose orders are all old is not one whom all customers have left. */
function lastDayOf({ documents, events, today }: Ledger): number {
  const latest = (days: Int32Array): number => days.reduce((last, day) => Math.max(last, day), none);
  const last = Math.max(latest(documents.day), latest(events.day));
  return last === none ? today : last;
}

/** The earlier model's segments, by today's customers. */
function followed(
  codes: readonly string[],
  previous: Model | undefined,
): Pick<CustomerStudyInput, 'earlier' | 'before'> {
  const earlier = previous?.customers;
  if (!previous || !earlier) return { before: null };
  const numberThen = Int32Array.from(codes, (code) => previous.customerCodes.indexOf(code));
  const then = <T extends Int8Array | Int16Array>(column: T, made: T): T => {
    numberThen.forEach((number, customer) => {
      made[customer] = number === none ? none : column[number];
    });
    return made;
  };
  const { model, segmentOf } = earlier.behaviour;
  const before: SegmentsBefore = {
    trainedAt: previous.meta.trainedAt,
    today: earlier.today,
    rfm: then(earlier.rfm.columns.segment, new Int8Array(codes.length)),
    behaviour: then(segmentOf, new Int16Array(codes.length)),
    behaviourSegments: model.segments,
    tier: then(earlier.profit.tiers.tier, new Int8Array(codes.length)),
    gone: goneOf(numberThen, earlier.rfm.columns.frequency),
  };
  return {
    before,
    earlier: { segments: model.segments, nextId: model.nextId, segmentOf: before.behaviour },
  };
}

/** How many customers with an order the earlier model has that are not there any more. */
function goneOf(numberThen: Int32Array, ordersThen: Int32Array): number {
  const isThere = new Uint8Array(ordersThen.length);
  for (const number of numberThen) if (number !== none) isThere[number] = 1;
  return ordersThen.filter((orders, number) => orders > 0 && isThere[number] === 0).length;
}
