import type { CustomerInsights } from '../customers/customer-insights.ts';
import { orderingCustomers } from '../customers/profit/drivers.ts';
import { type CustomerMoney, moneyOf } from '../customers/profit/profit.ts';
import { type SegmentChanges, segmentChanges } from '../customers/segment-changes.ts';
import type { StringTable } from '../model/string-table.ts';
import { columnOrder, type Direction } from '../stats/column-order.ts';
import { CodeSearch } from './code-search.ts';
import { customerFigures, type Figure, type FigureName } from './customer-figures.ts';
import {
  type Segmentation,
  type SegmentKind,
  type SegmentName,
  type SegmentSums,
  segmentation,
  segmentationBefore,
  segmentKinds,
  segmentSums,
} from './customer-segments.ts';

/** A segment of a model and where it is. */
export interface SegmentPlace extends SegmentName {
  readonly kind: SegmentKind;
  readonly position: number;
}

/** From the model before to this one. */
export interface KindChanges extends SegmentChanges {
  readonly before: Segmentation;
}

/** How many orders of all customers are kept: four bytes a customer each. */
const ordersKept = 8;

/**
 * What analysts read of the customers of one model, by number. It can stay when its model has left service. Whatever a model does
 * not hold is worked out when it is first asked for.
 */
export class CustomerBook {
  readonly version: number;
  readonly codes: StringTable;
  readonly itemCodes: StringTable;
  readonly insights: CustomerInsights;
  #money: CustomerMoney | undefined;
  #ordering: Int32Array | undefined;
  #search: CodeSearch | undefined;
  readonly #figures = new Map<FigureName, Figure>();
  readonly #orders = new Map<string, Int32Array>();
  readonly #segmentations = new Map<SegmentKind, Segmentation>();
  readonly #sums = new Map<SegmentKind, readonly SegmentSums[]>();
  readonly #changes = new Map<SegmentKind, KindChanges>();

  constructor(
    version: number,
    { customerCodes, itemCodes }: { readonly customerCodes: StringTable; readonly itemCodes: StringTable },
    insights: CustomerInsights,
  ) {
    this.version = version;
    this.codes = customerCodes;
    this.itemCodes = itemCodes;
    this.insights = insights;
  }

  /** Customers of the model, with an order or without. */
  get size(): number {
    return this.codes.size;
  }

  /** The numbers of those with an order, ascending. */
  get ordering(): Int32Array {
    this.#ordering ??= orderingCustomers(this.insights.profit.drivers);
    return this.#ordering;
  }

  get money(): CustomerMoney {
    this.#money ??= moneyOf(this.insights.profit.drivers, this.insights.profit.rates);
    return this.#money;
  }

  figure(name: FigureName): Figure {
    const known = this.#figures.get(name);
    if (known) return known;
    const figure = customerFigures[name].of(this);
    this.#figures.set(name, figure);
    return figure;
  }

  /** All customers by a figure, ties by number; those of whom it is not known come last. */
  order(name: FigureName, direction: Direction): Int32Array {
    const key = `${name} ${direction}`;
    const known = this.#orders.get(key);
    // The one that was asked for longest ago is the first.
    this.#orders.delete(key);
    const order = known ?? columnOrder(this.#column(name), direction);
    this.#orders.set(key, order);
    for (const oldest of this.#orders.keys()) {
      if (this.#orders.size <= ordersKept) break;
      this.#orders.delete(oldest);
    }
    return order;
  }

  /** Takes a customer's code out: the customer stays as a number, which no list shows. */
  forgetCustomer(code: string): void {
    this.codes.remove(code);
    this.#search = undefined;
  }

  /** By customer: 1 for those in whose code all words are. */
  called(words: string): Uint8Array {
    this.#search ??= new CodeSearch(this.codes);
    return this.#search.containing(words);
  }

  segmentation(kind: SegmentKind): Segmentation {
    const known = this.#segmentations.get(kind) ?? segmentation(this.insights, kind);
    this.#segmentations.set(kind, known);
    return known;
  }

  /** What each segment of a kind brings. */
  sums(kind: SegmentKind): readonly SegmentSums[] {
    const known = this.#sums.get(kind) ?? segmentSums(this.segmentation(kind), this.money);
    this.#sums.set(kind, known);
    return known;
  }

  /** Undefined for an id that no segment has. */
  segment(id: string): SegmentPlace | undefined {
    for (const kind of segmentKinds) {
      const { segments } = this.segmentation(kind);
      const position = segments.findIndex((segment) => segment.id === id);
      if (position >= 0) return { ...segments[position], kind, position };
    }
    return undefined;
  }

  /** The segment of a kind that a customer is in. */
  segmentOf(kind: SegmentKind, customer: number): SegmentName | undefined {
    const { segments, segmentOf } = this.segmentation(kind);
    return segments[segmentOf[customer]];
  }

  /** What became of segments since the model before; undefined without one. */
  changes(kind: SegmentKind): KindChanges | undefined {
    const known = this.#changes.get(kind);
    if (known || !this.insights.before) return known;
    const before = segmentationBefore(this.insights.before, kind);
    const now = this.segmentation(kind);
    const { revenue } = this.money;
    const sides = [before, now].map(({ segments, segmentOf }) => ({
      customerCount: this.size,
      segmentIds: segments.map(({ id }) => id),
      segment: segmentOf,
      revenue,
    }));
    // The model keeps the earlier segments by today's numbers.
    const lookup = { codeOf: String, numberBefore: Number };
    const changes = { ...segmentChanges(sides[0], sides[1], lookup), before };
    this.#changes.set(kind, changes);
    return changes;
  }

  #column(name: FigureName): Float64Array {
    const figure = this.figure(name);
    const column = new Float64Array(this.size);
    for (let c = 0; c < column.length; c++) column[c] = figure(c);
    return column;
  }
}
