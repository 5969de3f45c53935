import { complaintSolvedKind } from '../customers/event-kinds.ts';
import { absent, type TextColumn } from './copy-columns.ts';
import type { ReadEvents } from './read-ledger.ts';

/** What a complaint says of its solution where it states no time: that there is one. */
const withoutTime = 'true';

/**
 * Events with one of the kind `complaint-solved` more for each complaint that says itself that it was solved. Nothing is solved before
 * it was complained of: an earlier time is that of the complaint, as is one that nobody can read.
 *
 * @param solved by event: `true`, or when, in ISO 8601; absent for what says nothing
 */
export function withSolutions(events: ReadEvents, solved: TextColumn): ReadEvents {
  const rows = Int32Array.from(solved.values.keys()).filter((row) => solved.values[row] !== absent);
  if (rows.length === 0) return events;
  const solvedAt = solved.names.map((name) => (name === withoutTime ? Number.NaN : Date.parse(name) / 1000));
  const { customer, seconds, kind, value, reason, offer } = events;
  const kinds = kind.names.includes(complaintSolvedKind) ? kind.names : [...kind.names, complaintSolvedKind];
  const none = new Int32Array(rows.length).fill(absent);
  return {
    customer: joined(
      customer,
      Int32Array.from(rows, (row) => customer[row]),
    ),
    seconds: joinedFloats(
      seconds,
      Float64Array.from(rows, (row) => {
        const at = solvedAt[solved.values[row]];
        return at > seconds[row] ? at : seconds[row];
      }),
    ),
    kind: {
      names: kinds,
      values: joined(
        kind.values,
        none.map(() => kinds.indexOf(complaintSolvedKind)),
      ),
    },
    value: joinedFloats(value, new Float64Array(rows.length).fill(Number.NaN)),
    reason: { ...reason, values: joined(reason.values, none) },
    offer: { ...offer, values: joined(offer.values, none) },
  };
}

function joined(first: Int32Array, second: Int32Array): Int32Array {
  const all = new Int32Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

function joinedFloats(first: Float64Array, second: Float64Array): Float64Array {
  const all = new Float64Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
