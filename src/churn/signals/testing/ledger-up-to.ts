import type { Ledger } from '../../../customers/ledger.ts';

/** The ledger without what is later than a day, for a check that nothing of it is looked at. */
export function ledgerUpTo(ledger: Ledger, lastDay: number): Ledger {
  const known = (days: Int32Array): boolean[] => Array.from(days, (own) => own <= lastDay);
  const [documents, events, contracts] = [
    ledger.documents.day,
    ledger.events.day,
    ledger.contracts.start,
  ].map(known);
  const kept = (offsets: Int32Array, keeps: readonly boolean[]): Int32Array => {
    const before = [0];
    for (const keep of keeps) before.push(before[before.length - 1] + Number(keep));
    return offsets.map((at) => before[at]);
  };
  const { lines } = ledger;
  const lineKept = documents.flatMap((keep, d) =>
    Array<boolean>(lines.offsets[d + 1] - lines.offsets[d]).fill(keep),
  );
  const sizes = documents.flatMap((keep, d) => (keep ? lines.offsets[d + 1] - lines.offsets[d] : []));
  const lineOffsets = [0];
  for (const size of sizes) lineOffsets.push(lineOffsets[lineOffsets.length - 1] + size);
  const of = <T>(column: T, keeps: readonly boolean[]): T =>
    (column as { filter(keep: (_: unknown, n: number) => boolean): T }).filter((_, n) => keeps[n]);
  return {
    ...ledger,
    documents: {
      offsets: kept(ledger.documents.offsets, documents),
      day: of(ledger.documents.day, documents),
      minute: of(ledger.documents.minute, documents),
      channel: of(ledger.documents.channel, documents),
    },
    lines: {
      offsets: Int32Array.from(lineOffsets),
      product: of(lines.product, lineKept),
      quantity: of(lines.quantity, lineKept),
      price: of(lines.price, lineKept),
      cost: of(lines.cost, lineKept),
      discount: of(lines.discount, lineKept),
      isPromoted: of(lines.isPromoted, lineKept),
    },
    events: {
      ...ledger.events,
      offsets: kept(ledger.events.offsets, events),
      day: of(ledger.events.day, events),
      kind: of(ledger.events.kind, events),
      value: of(ledger.events.value, events),
      reason: of(ledger.events.reason, events),
      offer: of(ledger.events.offer, events),
    },
    contracts: {
      ...ledger.contracts,
      offsets: kept(ledger.contracts.offsets, contracts),
      start: of(ledger.contracts.start, contracts),
      end: of(ledger.contracts.end, contracts).map((end) => (end <= lastDay ? end : -1)),
      amount: of(ledger.contracts.amount, contracts),
      plan: of(ledger.contracts.plan, contracts),
      reason: of(ledger.contracts.reason, contracts),
      isVoluntary: of(ledger.contracts.isVoluntary, contracts),
    },
  };
}
