import type { Ledger } from '../ledger.ts';
import { type FeeName, feesOf, isOrder } from './count-columns.ts';
import { type CostBasis, type CostRates, checkRates } from './rates.ts';

/** What the lines of one customer brought and cost, in money. */
export interface LineProfits {
  /** The customer's lines are `firstLine` … `firstLine + profit.length − 1` of the ledger; columns begin there. */
  readonly firstLine: number;
  readonly revenue: Float64Array;
  /** Includes what is assumed where the cost is not known; negative where goods come back. */
  readonly goodsCost: Float64Array;
  /** 1 where the cost of the goods is assumed; not where the shop has stated the share of the price that it is. */
  readonly isAssumed: Uint8Array;
  /** By driver in the order of the rates, then by line. */
  readonly costs: readonly Float64Array[];
  /** `revenue` − `goodsCost` − the sum of `costs`. */
  readonly profit: Float64Array;
  /** Costs of events of a customer without an order, which no line bears. */
  readonly notBorne: number;
}

/**
 * The profit of each line of a customer: margin less its share of what serving the customer cost. Lines, units, kilograms
 * and returned goods bear their own cost. What an order costs as a whole (packing, a parcel, haste) is shared evenly by
 * the goods on it, or by all its lines if it holds none; what a return document costs by the goods that came back, if any did. An
 * event is charged like an order to the last order on or before its day, or to the first order. Summed over the lines,
 * each driver is what `profitOf` charges the customer.
 *
 * @param rates as `knownRates` leaves them, so that no channel or kind is charged that drivers have no column of
 * @throws PairwellError `bad-input` as {@link checkRates}
 */
export function lineProfits(
  ledger: Ledger,
  customer: number,
  rates: CostRates,
  feeName: FeeName = String,
): LineProfits {
  checkRates(rates);
  const { documents, lines, products } = ledger;
  const [from, to] = [documents.offsets[customer], documents.offsets[customer + 1]];
  const firstLine = lines.offsets[from];
  const size = lines.offsets[to] - firstLine;
  const revenue = new Float64Array(size);
  const goodsCost = new Float64Array(size);
  const isAssumed = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    const at = firstLine + i;
    const price = lines.price[at];
    if (Number.isNaN(price)) continue;
    const quantity = lines.quantity[at];
    revenue[i] = quantity * price - lines.discount[at];
    const known = !Number.isNaN(lines.cost[at]);
    if (!known && products.isFee[lines.product[at]] === 1) continue;
    const unitCost = known ? lines.cost[at] : rates.goodsCostShare * price;
    goodsCost[i] = quantity * unitCost * (quantity < 0 ? 1 - rates.returnedGoodsLost : 1);
    isAssumed[i] = Number(!known && rates.isGoodsCostShareAssumed);
  }
  const charged = new ChargedEvents(ledger, customer);
  const shares = Array.from({ length: to - from }, (_, i) => bearersOf(ledger, from + i));
  const profit = revenue.map((value, i) => value - goodsCost[i]);
  let notBorne = 0;
  const costs = rates.drivers.map(({ basis, rate }) => {
    const cost = new Float64Array(size);
    if (basis.per in ofLine) {
      const { sign, amount } = ofLine[basis.per as keyof typeof ofLine];
      for (let i = 0; i < size; i++) {
        const at = firstLine + i;
        const units = sign * lines.quantity[at];
        const product = lines.product[at];
        if (units > 0 && products.isFee[product] === 0)
          cost[i] = rate * amount(units, products.kilograms[product]);
      }
    } else {
      for (let d = from; d < to; d++) {
        const { bought, returned } = shares[d - from];
        const bearers = basis.per === 'return' ? returned : bought;
        const times = timesOf(ledger, d, basis, charged, feeName);
        for (const at of bearers) cost[at - firstLine] += (rate * times) / bearers.length;
      }
    }
    if (basis.per === 'event') notBorne += rate * charged.count(-1, basis.names);
    for (let i = 0; i < size; i++) profit[i] -= cost[i];
    return cost;
  });
  return { firstLine, revenue, goodsCost, isAssumed, costs, profit, notBorne };
}

/** What goods bear by themselves: of those bought (1) or returned (−1), how many of what is paid for. */
const ofLine = {
  line: { sign: 1, amount: () => 1 },
  unit: { sign: 1, amount: (units: number) => units },
  kilogram: {
    sign: 1,
    amount: (units: number, kilograms: number) => (kilograms >= 0 ? units * kilograms : 0),
  },
  'returned-line': { sign: -1, amount: () => 1 },
  'returned-unit': { sign: -1, amount: (units: number) => units },
} as const;

/** Who shares what a document costs as a whole: the goods that came back; those bought, or all that was bought where no goods were. */
function bearersOf({ lines, products }: Ledger, document: number): { bought: number[]; returned: number[] } {
  const inDirection = (sign: 1 | -1): number[] => {
    const all: number[] = [];
    for (let at = lines.offsets[document]; at < lines.offsets[document + 1]; at++) {
      if (sign * lines.quantity[at] > 0) all.push(at);
    }
    return all;
  };
  const goodsOf = (all: number[]): number[] => all.filter((at) => products.isFee[lines.product[at]] === 0);
  const bought = inDirection(1);
  const goods = goodsOf(bought);
  return { bought: goods.length > 0 ? goods : bought, returned: goodsOf(inDirection(-1)) };
}

/** How often a document is charged for as a whole. */
function timesOf(
  ledger: Ledger,
  document: number,
  basis: CostBasis,
  charged: ChargedEvents,
  feeName: FeeName,
): number {
  if (basis.per === 'event') return charged.count(document, basis.names);
  const order = isOrder(ledger, document);
  // A document that is no order holds nothing but returns and corrections, and no line bears the cost of the latter.
  if (basis.per === 'return') return Number(!order);
  if (!('names' in basis)) return Number(order);
  if (basis.per === 'fee') {
    const fees = feesOf(ledger, document, feeName);
    return basis.names.filter((name) => fees.has(name)).length;
  }
  const { documents, channelNames } = ledger;
  return Number(order && basis.names.includes(channelNames[documents.channel[document]]));
}

/** To which order of a customer each event is charged. */
class ChargedEvents {
  readonly #kindsByDocument = new Map<number, string[]>();

  constructor(ledger: Ledger, customer: number) {
    const { documents, events } = ledger;
    const orders: number[] = [];
    for (let d = documents.offsets[customer]; d < documents.offsets[customer + 1]; d++) {
      if (isOrder(ledger, d)) orders.push(d);
    }
    for (let e = events.offsets[customer]; e < events.offsets[customer + 1]; e++) {
      const before = orders.findLast((d) => documents.day[d] <= events.day[e]);
      const document = before ?? orders[0] ?? -1;
      const kinds = this.#kindsByDocument.get(document) ?? [];
      this.#kindsByDocument.set(document, [...kinds, events.kinds[events.kind[e]]]);
    }
  }

  /** @param document −1: charged to none */
  count(document: number, kinds: readonly string[]): number {
    return (this.#kindsByDocument.get(document) ?? []).filter((kind) => kinds.includes(kind)).length;
  }
}
