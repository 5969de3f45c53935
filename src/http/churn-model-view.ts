import type { z } from '@hono/zod-openapi';
import type { ChurnForecast } from '../churn/outlook/churn-outlook.ts';
import type { ChurnBook, Leaving } from '../serving/churn-book.ts';
import { dateOf } from '../serving/customer-figures.ts';
import type { churnModelAnswer, leavingView } from './churn-model-schemas.ts';

type ForecastView = NonNullable<z.infer<typeof churnModelAnswer>['forecast']>;

export function viewForecast({ rules }: ChurnBook, forecast: ChurnForecast): ForecastView {
  const { definition, day, horizonDays, activeDays, customerShare, brokenContracts } = forecast;
  const { learner, choice, threshold, card, drivers, leftOut, cautions } = forecast.learnt;
  const { best, difference, standardError, reason } = choice;
  return {
    ...{ definition, from: dateOf(day), horizonDays, activeDays, customerShare, brokenContracts },
    cutOffs: forecast.cutOffs.map(({ day: cutOff, ...of }) => ({ date: dateOf(cutOff), ...of })),
    ...{ learner, choice: { best, difference, standardError, reason }, threshold },
    customers: forecast.customer.length,
    called: forecast.probability.filter((chance) => chance >= threshold).length,
    card,
    drivers: drivers.map(({ feature: { name, label, unit }, ...effects }) => ({
      ...{ feature: name, words: label, unit },
      ...effects,
    })),
    rules,
    leftOut: leftOut.map(({ name, code, reason: why }) => ({ feature: name, code, reason: why })),
    cautions,
  };
}

export function viewLeaving({
  chance,
  isCalled,
  valueAtRisk,
  reasons,
  rules,
}: Leaving): z.infer<typeof leavingView> {
  return {
    ...{ chance, isCalled, valueAtRisk },
    reasons: reasons.map(({ name, ...reason }) => ({ feature: name, ...reason })),
    rules: rules.map(({ id, outcome, words }) => ({ id, outcome, words })),
  };
}
