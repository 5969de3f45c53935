import { digamma, trigamma } from '../../stats/digamma.ts';
import { logGamma } from '../../stats/log-gamma.ts';
import type { Likelihood } from './fit-likelihood.ts';
import type { HistoryGroups } from './history-groups.ts';

/**
 * The log-likelihood of BG/NBD (Fader, Hardie and Lee, Marketing Science 24, 2005, formula 6), by r, alpha, a and b in this
 * order. Nothing in it overflows however many purchases a customer made: what may be large stays a logarithm.
 */
export function bgNbdLikelihood(groups: HistoryGroups): Likelihood {
  const customersByFrequency = new Float64Array(groups.frequencies.length);
  groups.weight.forEach((weight, group) => {
    customersByFrequency[groups.frequency[group]] += weight;
  });
  return (parameters, slopes, curvatures) =>
    ofFrequencies(groups.frequencies, customersByFrequency, parameters, slopes, curvatures) +
    ofTimes(groups, parameters, slopes, curvatures);
}

/** Γ(r + x) / Γ(r) · Γ(a + b) Γ(b + x) / (Γ(b) Γ(a + b + x)): what frequencies alone decide. */
function ofFrequencies(
  frequencies: Float64Array,
  customers: Float64Array,
  [r, , a, b]: Float64Array,
  slopes: Float64Array,
  curvatures: Float64Array,
): number {
  let sum = 0;
  for (let i = 0; i < frequencies.length; i++) {
    const x = frequencies[i];
    const weight = customers[i];
    if (x === 0) continue;
    sum += weight * (logGamma(r + x) - logGamma(r));
    sum += weight * (logGamma(b + x) - logGamma(b) - (logGamma(a + b + x) - logGamma(a + b)));
    const ofAll = digamma(a + b) - digamma(a + b + x);
    slopes[0] += weight * (digamma(r + x) - digamma(r));
    slopes[2] += weight * ofAll;
    slopes[3] += weight * (ofAll + digamma(b + x) - digamma(b));
    const ofAllAgain = trigamma(a + b) - trigamma(a + b + x);
    curvatures[0] += weight * (trigamma(r + x) - trigamma(r));
    curvatures[10] += weight * ofAllAgain;
    curvatures[14] += weight * ofAllAgain;
    curvatures[15] += weight * (ofAllAgain + trigamma(b + x) - trigamma(b));
  }
  return sum;
}

/**
 * αʳ (α + T)^−(r + x) (1 + odds): the rest. `odds` are those of being lost at T; their logarithm has the slopes `silence`, (r + x)
 * `sooner`, 1 / a and −1 / (b + x − 1).
 */
function ofTimes(
  { frequencies, recencies, ages, frequency, recency, age, weight: weights }: HistoryGroups,
  [r, alpha, a, b]: Float64Array,
  slopes: Float64Array,
  curvatures: Float64Array,
): number {
  const logAlpha = Math.log(alpha);
  const logA = Math.log(a);
  const logOfAge = ages.map((time) => Math.log(alpha + time));
  const logOfRecency = recencies.map((time) => Math.log(alpha + time));
  const logOfFrequency = frequencies.map((x) => (x > 0 ? Math.log(b + x - 1) : 0));
  let sum = 0;
  // Kept in variables: the arrays would be written for every group.
  let [gr, galpha, ga, gb] = [0, 0, 0, 0];
  let [hrr, hrAlpha, hra, hrb] = [0, 0, 0, 0];
  let [hAlphaAlpha, hAlphaA, hAlphaB, haa, hab, hbb] = [0, 0, 0, 0, 0, 0];
  for (let group = 0; group < weights.length; group++) {
    const weight = weights[group];
    const x = frequencies[frequency[group]];
    const rx = r + x;
    const logAge = logOfAge[age[group]];
    const late = 1 / (alpha + ages[age[group]]);
    sum += weight * (r * logAlpha - rx * logAge);
    gr += weight * (logAlpha - logAge);
    galpha += weight * (r / alpha - rx * late);
    hrAlpha += weight * (1 / alpha - late);
    hAlphaAlpha += weight * (rx * late * late - r / (alpha * alpha));
    if (x === 0) continue;
    const early = 1 / (alpha + recencies[recency[group]]);
    const silence = logAge - logOfRecency[recency[group]];
    const sooner = late - early;
    const logOdds = logA - logOfFrequency[frequency[group]] + rx * silence;
    // Whichever of the two powers does not overflow.
    const small = Math.exp(-Math.abs(logOdds));
    const lost = (logOdds > 0 ? 1 : small) / (1 + small);
    sum += weight * (Math.max(0, logOdds) + Math.log1p(small));
    const slopeB = -1 / (b + x - 1);
    const slopeAlpha = rx * sooner;
    const first = weight * lost;
    gr += first * silence;
    galpha += first * slopeAlpha;
    ga += first;
    gb += first * slopeB;
    const second = first * (1 - lost);
    hrr += second * silence * silence;
    hrAlpha += second * silence * slopeAlpha + first * sooner;
    hra += second * silence;
    hrb += second * silence * slopeB;
    hAlphaAlpha += second * slopeAlpha * slopeAlpha + first * rx * (early * early - late * late);
    hAlphaA += second * slopeAlpha;
    hAlphaB += second * slopeAlpha * slopeB;
    haa += second - first;
    hab += second * slopeB;
    hbb += (second + first) * slopeB * slopeB;
  }
  [gr, galpha, ga / a, gb].forEach((slope, i) => {
    slopes[i] += slope;
  });
  const lower = [
    [hrr],
    [hrAlpha, hAlphaAlpha],
    [hra / a, hAlphaA / a, haa / (a * a)],
    [hrb, hAlphaB, hab / a, hbb],
  ];
  lower.forEach((row, i) => {
    row.forEach((curvature, j) => {
      curvatures[4 * i + j] += curvature;
    });
  });
  return sum;
}
