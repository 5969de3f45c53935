import { PairwellError } from '../errors.ts';

// p-values of many tests at once, adjusted so that those below a level keep an error rate there. Each function
// returns a new array in the order of `p`, as R's `p.adjust`, and throws PairwellError `bad-input` when one is not
// between 0 and 1.

/**
 * Times the number of tests: keeps the chance of any false discovery (Dunn, JASA 56, 1961). {@link holm} is never
 * worse.
 */
export function bonferroni(p: Float64Array): Float64Array {
  check(p);
  return p.map((value) => Math.min(1, p.length * value));
}

/**
 * Keeps the chance of any false discovery, however the tests depend (Holm, Scandinavian Journal of Statistics 6,
 * 1979).
 */
export function holm(p: Float64Array): Float64Array {
  const sorted = checkedAndSorted(p);
  const adjusted = new Float64Array(p.length);
  let most = 0;
  for (let i = 0; i < p.length; i++) {
    most = Math.max(most, (p.length - i) * sorted[i]);
    adjusted[i] = Math.min(1, most);
  }
  return p.map((value) => adjusted[placeOf(value, sorted)]);
}

/**
 * Keeps the expected share of false discoveries among all, for tests that are independent or depend positively
 * (Benjamini and Hochberg, JRSS B 57, 1995).
 */
export function benjaminiHochberg(p: Float64Array): Float64Array {
  const sorted = checkedAndSorted(p);
  const adjusted = new Float64Array(p.length);
  let least = 1;
  for (let i = p.length - 1; i >= 0; i--) {
    least = Math.min(least, (p.length / (i + 1)) * sorted[i]);
    adjusted[i] = least;
  }
  return p.map((value) => adjusted[placeOf(value, sorted)]);
}

/**
 * {@link benjaminiHochberg} of natural logarithms of p-values, which keep their order where p itself fades to 0.
 *
 * @param logP at most 0 each
 * @throws PairwellError `bad-input` for one above 0 or NaN
 */
export function benjaminiHochbergLogs(logP: Float64Array): Float64Array {
  const at = logP.findIndex((value) => !(value <= 0));
  if (at >= 0) {
    const message = `The logarithm of a p-value is 0 or less, but number ${at} is ${logP[at]}.`;
    throw new PairwellError('bad-input', message, { at, logP: String(logP[at]) });
  }
  const sorted = logP.toSorted();
  const adjusted = new Float64Array(logP.length);
  let least = 0;
  for (let i = logP.length - 1; i >= 0; i--) {
    least = Math.min(least, Math.log(logP.length / (i + 1)) + sorted[i]);
    adjusted[i] = least;
  }
  return logP.map((value) => adjusted[placeOf(value, sorted)]);
}

/**
 * A place of `value` in `sorted`, where it is. Which of equal ones does not matter, as they are adjusted alike; so no
 * permutation has to be kept.
 */
function placeOf(value: number, sorted: Float64Array): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function checkedAndSorted(p: Float64Array): Float64Array {
  check(p);
  return p.toSorted();
}

function check(p: Float64Array): void {
  const at = p.findIndex((value) => !(value >= 0 && value <= 1));
  if (at < 0) return;
  const message = `A p-value lies between 0 and 1, but number ${at} is ${p[at]}.`;
  throw new PairwellError('bad-input', message, { at, p: String(p[at]) });
}
