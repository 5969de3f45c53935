import type { CustomerContracts } from '../../customers/ledger.ts';
import { contrast, slotsOf, type WritingTask } from './column-writer.ts';
import type { LabelPlan } from './feature-plan.ts';
import { contractFeatures } from './shop-features.ts';
import { writeLabel } from './stated-columns.ts';

const slot = slotsOf(contractFeatures);
const yearDays = 365;

/** Whether a contract that began earlier still runs on the last day before `day`; one that ends before it begins never ran. */
const isRunning = ({ start, end }: CustomerContracts, n: number, day: number): boolean =>
  start[n] < day && (end[n] < 0 || (end[n] >= day && end[n] > start[n]));

/** A customer's contract that runs on the last day before `day`, the latest of several; −1 without one. */
export function contractBefore(contracts: CustomerContracts, customer: number, day: number): number {
  for (let n = contracts.offsets[customer + 1] - 1; n >= contracts.offsets[customer]; n--)
    if (isRunning(contracts, n, day)) return n;
  return -1;
}

/**
 * Whether a customer with a contract just before `from` is without any on a day before `to`. A contract that begins on the day on which
 * another ends goes on.
 */
export function leavesContract(
  { offsets, start, end }: CustomerContracts,
  customer: number,
  from: number,
  to: number,
): boolean {
  // The first day that is not covered; contracts come in the order of their start.
  let covered = from;
  for (let n = offsets[customer]; n < offsets[customer + 1]; n++) {
    if (start[n] > covered || (end[n] >= 0 && end[n] <= start[n])) continue;
    if (end[n] < 0) return false;
    covered = Math.max(covered, end[n]);
  }
  return covered < to;
}

/** Contracts that end before they begin, which count for nothing. */
export const brokenContracts = ({ start, end }: CustomerContracts): number =>
  start.reduce((sum, day, n) => sum + Number(end[n] >= 0 && end[n] <= day), 0);

/**
 * Writes {@link contractFeatures} and the plan. When a contract that runs is to end is not looked at: nobody knows since when that has
 * been known.
 */
export function contractColumns(
  { history, cutOff, customers, columns, at }: WritingTask,
  plans: LabelPlan,
): void {
  const { contracts } = history.ledger;
  const { offsets, start, end, amount, plan, planNames } = contracts;
  const planColumns = columns.slice(contractFeatures.length);
  for (const [n, customer] of customers.entries()) {
    const row = at + n;
    const now = contractBefore(contracts, customer, cutOff);
    if (now < 0) continue;
    // Back along contracts that follow each other without a gap.
    let [first, before, changes] = [now, -1, 0];
    for (let other = now - 1; other >= offsets[customer]; other--) {
      if (end[other] !== start[first] || end[other] <= start[other]) continue;
      if (before < 0) before = other;
      if (cutOff - start[first] <= yearDays) changes++;
      first = other;
    }
    columns[slot.contractDays][row] = cutOff - start[first];
    columns[slot.contractAmount][row] = amount[now];
    columns[slot.contractChanges365][row] = changes;
    if (before >= 0) {
      columns[slot.contractChange][row] = contrast(amount[now], amount[before]);
      columns[slot.sinceContractChange][row] = cutOff - start[now];
    }
    writeLabel(planColumns, row, planNames[plan[now]], plans);
  }
}
