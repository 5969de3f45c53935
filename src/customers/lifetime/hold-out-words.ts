import type { ForecastErrors } from './forecast-error.ts';

/** What was foreseen of customers, and what came; see `HoldOutReport`. */
export interface HoldOutOutcome {
  readonly weeks: number;
  readonly customers: number;
  readonly actual: number;
  readonly isMethodInService: boolean;
  readonly errors: ForecastErrors;
}

/** In words: how a forecast did, and how those did that need no model. */
export function holdOutSentence({
  weeks,
  customers,
  actual,
  errors,
  isMethodInService,
}: HoldOutOutcome): string {
  if (customers === 0) return 'Nobody had bought before the hold-out, so that nothing was foreseen.';
  const { model, sameRate, meanRate } = errors;
  const which = isMethodInService
    ? 'The method in service, fitted without them,'
    : 'The time before them was too short for the method in service; another one, fitted to it,';
  const off = model.bias === null ? '' : ` (${biasOf(model.bias)})`;
  return (
    `In the last ${count(weeks, 1)} weeks the ${count(customers)} customers known before came on ${count(actual)} days. ` +
    `${which} expected ${count(model.expected)}${off}. It was out by ${model.meanAbsolute.toFixed(2)} days a customer on average; ` +
    `that each goes on as before, by ${sameRate.meanAbsolute.toFixed(2)}${ofAll(sameRate.bias)}; ` +
    `that all buy alike, by ${meanRate.meanAbsolute.toFixed(2)}${ofAll(meanRate.bias)}. ${verdictOf(errors)}`
  );
}

function verdictOf({ model, sameRate, meanRate }: ForecastErrors): string {
  const isBetter = (measure: 'meanAbsolute' | 'rootMeanSquare'): boolean =>
    model[measure] < Math.min(sameRate[measure], meanRate[measure]);
  const [onAverage, inSquares] = [isBetter('meanAbsolute'), isBetter('rootMeanSquare')];
  const naive =
    sameRate.meanAbsolute <= meanRate.meanAbsolute ? 'that each goes on as before' : 'that all buy alike';
  if (onAverage && inSquares) return 'It did better than either.';
  if (onAverage)
    return 'By this it did better than either, but not by the root mean square, which minds large errors.';
  const worse = `it did no better than to say ${naive}`;
  if (!inSquares) return `So ${worse}.`;
  return `By this ${worse}; by the root mean square, which minds large errors, it did better than either.`;
}

const ofAll = (bias: number | null): string => (bias === null ? '' : ` (${biasOf(bias)})`);

function biasOf(bias: number): string {
  const percent = Math.round(100 * Math.abs(bias));
  if (percent === 0) return 'as many as came';
  return `${percent} % too ${bias > 0 ? 'many' : 'few'}`;
}

const count = (number: number, digits = 0): string =>
  number.toLocaleString('en', { maximumFractionDigits: digits });
