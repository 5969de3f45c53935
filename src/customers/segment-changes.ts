/** The segments of one model's customers. */
export interface SegmentedCustomers {
  readonly customerCount: number;
  /** Of the segments, by position: what makes a segment of one model the same as one of another. */
  readonly segmentIds: readonly string[];
  /** By customer: a position in `segmentIds`, or −1 for none. */
  readonly segment: ArrayLike<number>;
  /** By customer, in money. */
  readonly revenue: ArrayLike<number>;
}

/** How the customers of two models are found in each other. */
export interface CustomerLookup {
  /** The code of a customer of the later model. */
  codeOf(customer: number): string;
  /** The number that a code has in the earlier model, or −1. */
  numberBefore(code: string): number;
}

/** Customers who were in one segment and are in another, or the same. */
export interface SegmentChange {
  /** Null: in no segment of the earlier model, so they entered. */
  readonly from: string | null;
  /** Null: in no segment of the later one, so they left. */
  readonly to: string | null;
  readonly customers: number;
  /** As the later model has it; of those who left, as the earlier one has it. */
  readonly revenue: number;
}

export interface SegmentChanges {
  /** What happened to somebody: by segment of the earlier model, then of the later one, null last. */
  readonly table: readonly SegmentChange[];
  readonly stayed: number;
  /** Customers of the later model, ascending, who changed from one segment into another: positions in each model's `segmentIds`. */
  readonly moved: {
    readonly customer: Int32Array;
    readonly from: Int32Array;
    readonly to: Int32Array;
  };
  /** Customers of the later model who are in a segment now and were in none. */
  readonly entered: Int32Array;
  /** Customers of the earlier model who were in a segment and are in none, or not there any more. */
  readonly left: Int32Array;
}

const none = -1;

/** Who changed from which segment into which one, from an earlier model to a later one. */
export function segmentChanges(
  before: SegmentedCustomers,
  after: SegmentedCustomers,
  { codeOf, numberBefore }: CustomerLookup,
): SegmentChanges {
  const [rows, columns] = [before.segmentIds.length + 1, after.segmentIds.length + 1];
  const counts = new Int32Array(rows * columns);
  const revenues = new Float64Array(rows * columns);
  const add = (from: number, to: number, revenue: number): void => {
    // No segment is the last row and column.
    const cell = (from === none ? rows - 1 : from) * columns + (to === none ? columns - 1 : to);
    counts[cell]++;
    revenues[cell] += revenue;
  };
  const moved: [customer: number, from: number, to: number][] = [];
  const entered: number[] = [];
  const left: number[] = [];
  const isStill = new Uint8Array(before.customerCount);
  let stayed = 0;
  for (let customer = 0; customer < after.customerCount; customer++) {
    const to = after.segment[customer];
    // Of those in no segment it is asked below what became of them.
    if (to === none) continue;
    const earlier = numberBefore(codeOf(customer));
    const from = earlier === none ? none : before.segment[earlier];
    if (earlier !== none) isStill[earlier] = 1;
    add(from, to, after.revenue[customer]);
    if (from === none) entered.push(customer);
    else if (before.segmentIds[from] === after.segmentIds[to]) stayed++;
    else moved.push([customer, from, to]);
  }
  for (let customer = 0; customer < before.customerCount; customer++) {
    if (isStill[customer] === 1 || before.segment[customer] === none) continue;
    add(before.segment[customer], none, before.revenue[customer]);
    left.push(customer);
  }
  const table: SegmentChange[] = [];
  counts.forEach((customers, cell) => {
    if (customers === 0) return;
    const from = before.segmentIds[Math.floor(cell / columns)] ?? null;
    const to = after.segmentIds[cell % columns] ?? null;
    table.push({ from, to, customers, revenue: revenues[cell] });
  });
  return {
    table,
    stayed,
    moved: {
      customer: Int32Array.from(moved, ([customer]) => customer),
      from: Int32Array.from(moved, ([, from]) => from),
      to: Int32Array.from(moved, ([, , to]) => to),
    },
    entered: Int32Array.from(entered),
    left: Int32Array.from(left),
  };
}
