import { offsetsOf } from '../../baskets/offsets.ts';
import { customerCount, type Ledger } from '../../customers/ledger.ts';
import { contractStays } from '../rates/contract-stays.ts';
import type { Stays } from '../rates/stays.ts';
import {
  complaintKind,
  engagementKinds,
  failedPaymentKind,
  satisfactionKind,
  serviceCallKind,
} from './signal-names.ts';

/** Customer c has the entries `offsets[c]` … `offsets[c + 1] - 1`, in the order of time. */
export interface DaySeries {
  readonly offsets: Int32Array;
  /** Since 1970-01-01. */
  readonly day: Int32Array;
}

export interface ScoreSeries extends DaySeries {
  readonly value: Float64Array;
}

/** Days with an order, each once however many orders it had. */
export interface OrderSeries extends DaySeries {
  /** ln of the money of the day's orders, before returns and without fees; NaN where none of it is known to be more than 0. */
  readonly logValue: Float64Array;
  /** ln of the number of different products but for fees; NaN without any. */
  readonly logVariety: Float64Array;
  /** 1 where more than half of the money was on promotion or at a discount, 0 where not; −1 where no money is known. */
  readonly isDiscounted: Int8Array;
}

/** What the signals read of a ledger. */
export interface SignalHistory {
  readonly orders: OrderSeries;
  /** Days with a visit, view, click or the like, each once: what happens within a visit is no number of its own. */
  readonly engagement: DaySeries;
  readonly satisfaction: ScoreSeries;
  readonly complaints: DaySeries;
  readonly serviceCalls: DaySeries;
  readonly failedPayments: DaySeries;
  /** Documents by which products came back. */
  readonly returns: DaySeries;
  /** When contracts ran, those that follow each other without a day between as one; an end still to come is none. */
  readonly contracts: Stays;
}

export const customersOf = ({ orders }: SignalHistory): number => orders.offsets.length - 1;

/** Linear in the documents, lines and events. */
export function signalHistory(ledger: Ledger): SignalHistory {
  const customers = customerCount(ledger);
  return {
    ...documentSeries(ledger, customers),
    engagement: eventSeries(ledger, customers, engagementKinds, true),
    satisfaction: scoresOf(eventSeries(ledger, customers, [satisfactionKind], false)),
    complaints: eventSeries(ledger, customers, [complaintKind], false),
    serviceCalls: eventSeries(ledger, customers, [serviceCallKind], false),
    failedPayments: eventSeries(ledger, customers, [failedPaymentKind], false),
    contracts: contractStays(ledger.contracts, ledger.today, 0),
  };
}

/** What lines of one day come to. */
class DayTally {
  money = 0;
  cheap = 0;
  readonly #products = new Set<number>();

  clear(): void {
    this.money = 0;
    this.cheap = 0;
    this.#products.clear();
  }

  add({ lines, products }: Ledger, line: number): void {
    if (products.isFee[lines.product[line]] === 1) return;
    this.#products.add(lines.product[line]);
    const money = lines.quantity[line] * lines.price[line] - lines.discount[line];
    if (!(money > 0)) return;
    this.money += money;
    if (lines.isPromoted[line] === 1 || lines.discount[line] > 0) this.cheap += money;
  }

  get variety(): number {
    return this.#products.size;
  }
}

function documentSeries(ledger: Ledger, customers: number): { orders: OrderSeries; returns: DaySeries } {
  const { documents, lines, products } = ledger;
  const sizes = new Int32Array(customers);
  const returnSizes = new Int32Array(customers);
  const all = documents.day.length;
  const day = new Int32Array(all);
  const returnDay = new Int32Array(all);
  const logValue = new Float64Array(all).fill(Number.NaN);
  const logVariety = new Float64Array(all).fill(Number.NaN);
  const isDiscounted = new Int8Array(all).fill(-1);
  const tally = new DayTally();
  let count = 0;
  let returned = 0;
  for (let c = 0; c < customers; c++) {
    for (let d = documents.offsets[c]; d < documents.offsets[c + 1]; d++) {
      let isOrder = false;
      let isReturn = false;
      for (let line = lines.offsets[d]; line < lines.offsets[d + 1]; line++) {
        if (lines.quantity[line] > 0) isOrder = true;
        else if (lines.quantity[line] < 0 && products.isFee[lines.product[line]] === 0) isReturn = true;
      }
      if (isReturn) {
        returnDay[returned++] = documents.day[d];
        returnSizes[c]++;
      }
      if (!isOrder) continue;
      const isSameDay = sizes[c] > 0 && day[count - 1] === documents.day[d];
      if (!isSameDay) {
        tally.clear();
        day[count++] = documents.day[d];
        sizes[c]++;
      }
      for (let line = lines.offsets[d]; line < lines.offsets[d + 1]; line++) {
        if (lines.quantity[line] > 0) tally.add(ledger, line);
      }
      if (tally.variety > 0) logVariety[count - 1] = Math.log(tally.variety);
      if (tally.money === 0) continue;
      logValue[count - 1] = Math.log(tally.money);
      isDiscounted[count - 1] = Number(tally.cheap > tally.money / 2);
    }
  }
  return {
    orders: {
      offsets: offsetsOf(sizes),
      day: day.slice(0, count),
      logValue: logValue.slice(0, count),
      logVariety: logVariety.slice(0, count),
      isDiscounted: isDiscounted.slice(0, count),
    },
    returns: { offsets: offsetsOf(returnSizes), day: returnDay.slice(0, returned) },
  };
}

/** @param onceADay whether those of one day count as one */
function eventSeries(
  { events }: Ledger,
  customers: number,
  kinds: readonly string[],
  onceADay: boolean,
): ScoreSeries {
  const isWanted = Uint8Array.from(events.kinds, (kind) => Number(kinds.includes(kind)));
  const sizes = new Int32Array(customers);
  const day: number[] = [];
  const value: number[] = [];
  for (let c = 0; c < customers; c++) {
    for (let e = events.offsets[c]; e < events.offsets[c + 1]; e++) {
      if (isWanted[events.kind[e]] === 0) continue;
      if (onceADay && sizes[c] > 0 && day[day.length - 1] === events.day[e]) continue;
      day.push(events.day[e]);
      value.push(events.value[e]);
      sizes[c]++;
    }
  }
  return { offsets: offsetsOf(sizes), day: Int32Array.from(day), value: Float64Array.from(value) };
}

/** Only those that say a number. */
function scoresOf({ offsets, day, value }: ScoreSeries): ScoreSeries {
  const says = Array.from(day, (_, e) => e).filter((e) => Number.isFinite(value[e]));
  const sizes = new Int32Array(offsets.length - 1);
  let c = 0;
  for (const e of says) {
    while (e >= offsets[c + 1]) c++;
    sizes[c]++;
  }
  return {
    offsets: offsetsOf(sizes),
    day: Int32Array.from(says, (e) => day[e]),
    value: Float64Array.from(says, (e) => value[e]),
  };
}

/** Where the entries of customer c end that are of `lastDay` or before. */
export function endOn({ offsets, day }: DaySeries, c: number, lastDay: number): number {
  let low = offsets[c];
  let high = offsets[c + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (day[middle] <= lastDay) low = middle + 1;
    else high = middle;
  }
  return low;
}
