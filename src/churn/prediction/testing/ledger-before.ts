import { offsetsOf } from '../../../baskets/offsets.ts';
import { customerCount, type Ledger } from '../../../customers/ledger.ts';

/** A ledger as it was when a day began: without all that happened on it or later, and with contracts that end later still running. */
export function ledgerBefore(ledger: Ledger, day: number): Ledger {
  const { documents, lines, events, contracts } = ledger;
  const keptDocuments = kept(documents.day, (own) => own < day);
  const keptLines = keptDocuments.flatMap((d) => range(lines.offsets[d], lines.offsets[d + 1]));
  const keptEvents = kept(events.day, (own) => own < day);
  const keptContracts = kept(contracts.start, (own) => own < day);
  const sizes = ({ offsets }: { readonly offsets: Int32Array }, left: readonly number[]): Int32Array => {
    const counts = new Int32Array(customerCount(ledger));
    for (let c = 0; c < counts.length; c++)
      counts[c] = left.filter((n) => n >= offsets[c] && n < offsets[c + 1]).length;
    return offsetsOf(counts);
  };
  const pick = <T extends Column>(column: T, at: readonly number[]): T =>
    column.filter((_, n) => at.includes(n)) as T;
  return {
    ...ledger,
    today: day,
    documents: {
      offsets: sizes(documents, keptDocuments),
      day: pick(documents.day, keptDocuments),
      minute: pick(documents.minute, keptDocuments),
      channel: pick(documents.channel, keptDocuments),
    },
    lines: {
      offsets: offsetsOf(Int32Array.from(keptDocuments, (d) => lines.offsets[d + 1] - lines.offsets[d])),
      product: pick(lines.product, keptLines),
      quantity: pick(lines.quantity, keptLines),
      price: pick(lines.price, keptLines),
      cost: pick(lines.cost, keptLines),
      discount: pick(lines.discount, keptLines),
      isPromoted: pick(lines.isPromoted, keptLines),
    },
    events: {
      ...events,
      offsets: sizes(events, keptEvents),
      day: pick(events.day, keptEvents),
      kind: pick(events.kind, keptEvents),
      value: pick(events.value, keptEvents),
      reason: pick(events.reason, keptEvents),
      offer: pick(events.offer, keptEvents),
    },
    contracts: {
      ...contracts,
      offsets: sizes(contracts, keptContracts),
      start: pick(contracts.start, keptContracts),
      end: pick(contracts.end, keptContracts).map((end) => (end >= day ? -1 : end)),
      amount: pick(contracts.amount, keptContracts),
      plan: pick(contracts.plan, keptContracts),
      reason: pick(contracts.reason, keptContracts).map(() => -1),
      isVoluntary: pick(contracts.isVoluntary, keptContracts).map(() => -1),
    },
  };
}

type Column = Int32Array | Int16Array | Int8Array | Uint8Array | Float64Array;

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, n) => from + n);

const kept = (days: Int32Array, holds: (day: number) => boolean): number[] =>
  [...days.keys()].filter((n) => holds(days[n]));
