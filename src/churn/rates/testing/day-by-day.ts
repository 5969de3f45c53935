import type { Ledger } from '../../../customers/ledger.ts';
import { allowedSilence } from '../../../customers/rhythm.ts';
import type { LeavingDefinition, LeavingSources } from '../definition.ts';
import type { AliveModel } from '../silence-stays.ts';

const middle = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

/** Whether a customer is one in the evening of a day, by nothing but what is known then: the definition read out. */
export function isOneOn(
  { ledger, days, alive }: LeavingSources,
  definition: LeavingDefinition,
  customer: number,
  day: number,
): boolean {
  if (definition.kind === 'contracts') {
    const { offsets, start, end } = ledger.contracts;
    const begun = [];
    for (let n = offsets[customer]; n < offsets[customer + 1]; n++)
      if (start[n] <= day && end[n] !== start[n]) begun.push(end[n] < 0 ? Number.POSITIVE_INFINITY : end[n]);
    return (
      begun.length > 0 && day < Math.max(...begun) + (Math.max(...begun) > day ? 0 : definition.graceDays)
    );
  }
  const known = [...days.day.subarray(days.offsets[customer], days.offsets[customer + 1])].filter(
    (each) => each <= day,
  );
  if (known.length === 0) return false;
  const silence = day - known[known.length - 1];
  if (definition.kind === 'silence') return silence <= definition.days;
  if (definition.kind === 'alive') return isAlive(known, day, alive!, definition);
  let own = definition.shopSilence;
  if (known.length >= 3) {
    const gaps = known.slice(1).map((each, n) => each - known[n]);
    const median = middle(gaps);
    own = allowedSilence(median, middle(gaps.map((gap) => Math.abs(gap - median))));
  }
  return silence <= definition.factor * Math.max(own, definition.leastSilence);
}

function isAlive(
  known: readonly number[],
  day: number,
  model: AliveModel,
  { threshold, shopSilence }: { threshold: number; shopSilence: number },
): boolean {
  const [first, last] = [known[0], known[known.length - 1]];
  if (!model.tellsAlive(known.length - 1)) return day - last <= shopSilence;
  if (day === last) return true;
  return model.alive(known.length - 1, (last - first) / 7, (day - first) / 7) >= threshold;
}

/** Every customer on every day from `from` to `today`, by {@link isOneOn}. */
export function everyEvening(
  sources: LeavingSources,
  definition: LeavingDefinition,
  from: number,
): { isOne(customer: number, day: number): boolean; customers: number } {
  const customers = sources.days.offsets.length - 1;
  const { today } = sources.ledger;
  const table = Array.from({ length: customers }, (_, c) =>
    Array.from({ length: today - from + 1 }, (_, n) => isOneOn(sources, definition, c, from + n)),
  );
  return { isOne: (c, day) => table[c][day - from] ?? false, customers };
}

/** What a customer is worth in the evening of a day, read out likewise: net revenue of the days before. */
export function revenueBefore(
  { documents, lines }: Ledger,
  customer: number,
  day: number,
  days: number,
): number {
  let sum = 0;
  for (let d = documents.offsets[customer]; d < documents.offsets[customer + 1]; d++) {
    if (documents.day[d] > day || documents.day[d] <= day - days) continue;
    for (let i = lines.offsets[d]; i < lines.offsets[d + 1]; i++)
      if (!Number.isNaN(lines.price[i])) sum += lines.quantity[i] * lines.price[i] - lines.discount[i];
  }
  return Math.max(0, sum);
}
