import type { ChurnInsights } from '../churn-insights.ts';
import { reasonOf } from '../reasons/reason-codes.ts';
import { signalNames } from '../signals/signal-names.ts';
import type { ChurnForecast } from './churn-outlook.ts';
import { priceSigns } from './price-signs.ts';

/**
 * Features that say what a customer pays or gets off. That a contract changed, and when, is none of them: another plan changes it as well;
 * and what a shop's own attributes mean is not known.
 */
export const priceFeatures: readonly string[] = [
  'discountShare',
  'promotedShare',
  'contractAmount',
  'contractChange',
];

/**
 * Who is about to leave over price. About to leave are those whom the forecast calls leaving, so that who has left before is not; where
 * there is no forecast, those with an alarm. Over price: at least one of `priceSigns` says so.
 *
 * @returns by customer: the bits of `priceSigns`; 0 of everybody else
 */
export function leavingOverPrice({
  warnings: { alarms },
  outlook: { forecast },
  reasons: { stated },
}: Pick<ChurnInsights, 'warnings' | 'outlook'> & {
  readonly reasons: Pick<ChurnInsights['reasons'], 'stated'>;
}): Uint8Array {
  const { offsets, signal } = alarms;
  const isOfPrice = stated.codes.map((code) => reasonOf(code)?.family === 'price');
  const discount = signalNames.indexOf('discount');
  const signs = new Uint8Array(offsets.length - 1);
  for (let customer = 0; customer < signs.length; customer++) {
    if (isOfPrice[stated.newest[customer]]) signs[customer] |= priceSigns['stated-reason'];
    for (let n = offsets[customer]; n < offsets[customer + 1]; n++)
      if (signal[n] === discount) signs[customer] |= priceSigns['discount-alarm'];
  }
  return forecast ? ofThoseCalled(signs, forecast) : ofThoseWithAlarm(signs, offsets);
}

function ofThoseCalled(
  signs: Uint8Array,
  { customer, probability, learnt, reasons }: ChurnForecast,
): Uint8Array {
  const isOfPrice = learnt.features.map(({ name }) => priceFeatures.includes(name));
  const found = new Uint8Array(signs.length);
  for (const [place, who] of customer.entries()) {
    if (probability[place] < learnt.threshold) continue;
    found[who] = signs[who];
    for (let n = reasons.offsets[place]; n < reasons.offsets[place + 1]; n++)
      if (isOfPrice[reasons.column[n]]) found[who] |= priceSigns['forecast-reason'];
  }
  return found;
}

const ofThoseWithAlarm = (signs: Uint8Array, alarms: Int32Array): Uint8Array =>
  signs.map((own, customer) => (alarms[customer + 1] > alarms[customer] ? own : 0));
