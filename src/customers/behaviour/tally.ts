import { medianOfSorted } from '../../stats/median.ts';
import { commonFeatures } from './features.ts';
import {
  countedEvidence,
  daysOfMonth,
  featureCount,
  feeItem,
  type TallyPlan,
  unknownItem,
} from './tally-plan.ts';

/**
 * Works out the features of one customer after the other, on their scales, not yet drawn to the shop's mean. What is averaged is
 * averaged over the orders, so that one giant order is no habit.
 */
export class BehaviourTally {
  readonly #plan: TallyPlan;
  /** By item: the number of the order that held it last; orders are numbered on from customer to customer. */
  readonly #lastOrder: Float64Array;
  readonly #sums: Float64Array;
  readonly #kinds: Float64Array;
  readonly #gaps: number[] = [];
  #order = 0;
  #firstOrder = 0;
  #orders = 0;
  #pricedOrders = 0;
  #laterLines = 0;
  #againLines = 0;
  #boughtLines = 0;
  #returnedLines = 0;
  #firstDay = 0;
  #lastDay = 0;
  // Of the document at hand.
  #day = 0;
  #minute = 0;
  #channel = -1;
  #isOrder = false;
  #products = 0;
  #promoted = 0;
  #again = 0;
  #units = 0;
  #money = 0;
  #gross = 0;
  #discount = 0;
  #levels = 0;
  #priced = 0;

  constructor(plan: TallyPlan) {
    this.#plan = plan;
    this.#lastOrder = new Float64Array(plan.itemCount);
    this.#sums = new Float64Array(featureCount(plan));
    this.#kinds = new Float64Array(plan.kindCount);
  }

  /** Begins with another customer. */
  start(): void {
    this.#firstOrder = this.#order + 1;
    this.#orders = 0;
    this.#pricedOrders = 0;
    this.#laterLines = 0;
    this.#againLines = 0;
    this.#boughtLines = 0;
    this.#returnedLines = 0;
    this.#gaps.length = 0;
    this.#sums.fill(0);
    this.#clearDocument();
  }

  /**
   * Begins with the customer's next document, in the order of time.
   *
   * @param channel the number of the channel among those with a feature, −1 for another or none
   */
  document(day: number, minute: number, channel: number): void {
    this.#closeDocument();
    this.#day = day;
    this.#minute = minute;
    this.#channel = channel;
    this.#order++;
  }

  /**
   * @param item its number, or one of the marks
   * @param price before the discount; NaN where it is not known
   */
  line(item: number, quantity: number, price: number, discount: number, isPromoted: boolean): void {
    if (quantity > 0) this.#isOrder = true;
    if (item === feeItem) return;
    if (!(quantity > 0)) {
      if (quantity < 0) this.#returnedLines++;
      return;
    }
    this.#boughtLines++;
    this.#units += quantity;
    const { kindOf, kindCount, usualPrice } = this.#plan;
    const kind = item === unknownItem ? -1 : kindOf[item];
    const usual = usualPrice[kind < 0 ? kindCount : kind];
    this.#addProduct(item, isPromoted);
    const isPriced = price >= 0;
    const paid = Math.max(0, quantity * (isPriced ? price : usual) - discount);
    this.#money += paid;
    if (kind >= 0) this.#kinds[kind] += paid;
    if (isPriced) {
      this.#gross += quantity * price;
      this.#discount += discount;
    }
    if (price > 0) {
      this.#levels += Math.log(price / usual);
      this.#priced++;
    }
  }

  /** Each product of an order counts once. */
  #addProduct(item: number, isPromoted: boolean): void {
    if (item >= 0) {
      const last = this.#lastOrder[item];
      if (last === this.#order) return;
      if (last >= this.#firstOrder) this.#again++;
      this.#lastOrder[item] = this.#order;
    }
    this.#products++;
    if (isPromoted) this.#promoted++;
  }

  /**
   * Ends the customer.
   *
   * @param today the first day that is not over; the last order is not later
   * @param into takes the features from `at` on
   * @param evidence takes the evidence from `evidenceStart` on
   * @returns whether there was an order; the features are 0 where there was none
   */
  finish(
    today: number,
    into: Float32Array,
    at: number,
    evidence: Float32Array,
    evidenceStart: number,
  ): boolean {
    this.#closeDocument();
    const orders = this.#orders;
    const width = this.#sums.length;
    if (orders === 0) {
      into.fill(0, at, at + width);
      evidence.fill(0, evidenceStart, evidenceStart + countedEvidence.length);
      return false;
    }
    const months = Math.max(1, today - this.#firstDay + 1) / daysOfMonth;
    evidence[evidenceStart] = orders;
    evidence[evidenceStart + 1] = this.#pricedOrders;
    evidence[evidenceStart + 2] = orders - 1;
    evidence[evidenceStart + 3] = this.#gaps.length;
    evidence[evidenceStart + 4] = months;
    this.#write(today, months, into, at);
    return true;
  }

  #write(today: number, months: number, into: Float32Array, at: number): void {
    const sums = this.#sums;
    const orders = this.#orders;
    const priced = Math.max(1, this.#pricedOrders);
    for (let f = 0; f < sums.length; f++) {
      const isOfPriced = f === place.priceLevel || f === place.discount || f >= place.kinds(this.#plan);
      into[at + f] = sums[f] / (isOfPriced ? priced : orders);
    }
    into[at + place.recency] = Math.log1p(Math.max(0, today - this.#lastDay));
    into[at + place.gap] = Math.log1p(medianOf(this.#gaps));
    into[at + place.rate] = Math.log1p(orders / months);
    into[at + place.returns] = this.#boughtLines > 0 ? this.#returnedLines / this.#boughtLines : 0;
    into[at + place.kindsBought] = Math.log(effectiveNumber(sums, place.kinds(this.#plan)));
    into[at + place.again] = this.#laterLines > 0 ? this.#againLines / this.#laterLines : 0;
  }

  #closeDocument(): void {
    if (this.#isOrder) this.#addOrder();
    this.#clearDocument();
  }

  #addOrder(): void {
    const sums = this.#sums;
    const day = this.#day;
    if (this.#orders === 0) this.#firstDay = day;
    else if (day > this.#lastDay) this.#gaps.push(day - this.#lastDay);
    this.#lastDay = day;
    if (this.#orders > 0) {
      this.#laterLines += this.#products;
      this.#againLines += this.#again;
    }
    this.#orders++;
    const hour = this.#minute / 60;
    if (hour >= 22 || hour < 5) sums[place.night]++;
    else if (hour < 12) sums[place.morning]++;
    else if (hour >= 17) sums[place.evening]++;
    // 1970-01-01 was a Thursday.
    if ((((day + 3) % 7) + 7) % 7 >= 5) sums[place.weekend]++;
    sums[place.lines] += Math.log1p(this.#products);
    sums[place.units] += Math.log1p(this.#units);
    if (this.#products > 0) sums[place.promotion] += this.#promoted / this.#products;
    if (this.#channel >= 0) sums[commonFeatures.length + this.#channel]++;
    if (this.#money > 0) this.#addMoney();
  }

  #addMoney(): void {
    const sums = this.#sums;
    this.#pricedOrders++;
    if (this.#priced > 0) sums[place.priceLevel] += this.#levels / this.#priced;
    if (this.#gross > 0) sums[place.discount] += Math.min(1, this.#discount / this.#gross);
    const kinds = place.kinds(this.#plan);
    for (let k = 0; k < this.#kinds.length; k++) sums[kinds + k] += this.#kinds[k] / this.#money;
  }

  #clearDocument(): void {
    this.#isOrder = false;
    this.#products = 0;
    this.#promoted = 0;
    this.#again = 0;
    this.#units = 0;
    this.#money = 0;
    this.#gross = 0;
    this.#discount = 0;
    this.#levels = 0;
    this.#priced = 0;
    this.#kinds.fill(0);
  }
}

const placeOf = (name: string): number => commonFeatures.findIndex((feature) => feature.name === name);

/** Where each feature stands. */
const place = {
  morning: placeOf('morning'),
  evening: placeOf('evening'),
  night: placeOf('night'),
  weekend: placeOf('weekend'),
  lines: placeOf('lines'),
  units: placeOf('units'),
  priceLevel: placeOf('priceLevel'),
  discount: placeOf('discount'),
  promotion: placeOf('promotion'),
  recency: placeOf('recency'),
  gap: placeOf('gap'),
  rate: placeOf('rate'),
  returns: placeOf('returns'),
  kindsBought: placeOf('kindsBought'),
  again: placeOf('again'),
  kinds: ({ channelCount }: TallyPlan): number => commonFeatures.length + channelCount,
};

function medianOf(values: number[]): number {
  if (values.length === 0) return 0;
  values.sort((a, b) => a - b);
  return medianOfSorted(values);
}

/** Of the shares that the entries from `from` on are of their sum: how many equal ones spread as much (inverse Simpson). */
function effectiveNumber(shares: Float64Array, from: number): number {
  let sum = 0;
  let squares = 0;
  for (let k = from; k < shares.length; k++) {
    sum += shares[k];
    squares += shares[k] * shares[k];
  }
  return squares > 0 ? (sum * sum) / squares : 1;
}
