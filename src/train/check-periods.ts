import { PairwellError } from '../errors.ts';
import type { TrainSettings } from './settings.ts';

const msPerDay = 86_400_000;

/** Fewer orders than this in a period, or outside of all, tell nothing of a rule there. */
const fewest = 2;

/**
 * Checks that there is something to hold each period still by: an analyst who mistypes a year is told so before anything is mined.
 *
 * @param day by order: days since 1970-01-01
 * @throws PairwellError `bad-input` for a period with fewer than two orders, and for one alone that leaves no two outside
 */
export function checkPeriods(day: Int32Array, periods: TrainSettings['periods']): void {
  if (periods.length === 0) return;
  const sizes = periods.map(({ from, to }) => {
    const [first, last] = [Date.parse(from) / msPerDay, Date.parse(to) / msPerDay];
    return day.reduce((count, date) => (date >= first && date <= last ? count + 1 : count), 0);
  });
  const small = sizes.findIndex((size) => size < fewest);
  if (small >= 0) {
    const { name, from, to } = periods[small];
    throw new PairwellError(
      'bad-input',
      `The period "${name}" (${from} to ${to}) has ${orders(sizes[small])}, too few to tell anything: at least ${fewest} are ` +
        `needed. ${spanOf(day)} Change the period, or leave it out.`,
      { period: name, orders: sizes[small] },
    );
  }
  const outside = day.length - sizes.reduce((sum, size) => sum + size, 0);
  if (periods.length > 1 || outside >= fewest) return;
  const { name, from, to } = periods[0];
  throw new PairwellError(
    'bad-input',
    `The period "${name}" (${from} to ${to}) leaves ${orders(outside)} outside, so there is nothing to hold it against. ` +
      `${spanOf(day)} Change the period, or leave it out.`,
    { period: name, outside },
  );
}

const orders = (count: number): string => (count === 1 ? '1 order' : `${count === 0 ? 'no' : count} orders`);

/** @param day at least one */
function spanOf(day: Int32Array): string {
  const [first, last] = [Math.min, Math.max].map((pick) => day.reduce((a, b) => pick(a, b)));
  const text = (date: number): string => new Date(date * msPerDay).toISOString().slice(0, 10);
  return `The orders are of ${text(first)} to ${text(last)}.`;
}
