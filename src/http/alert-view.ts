import { z } from '@hono/zod-openapi';
import { banOf, contactBans } from '../churn/left-alone.ts';
import type { Alert, AlertDue } from '../churn/signals/alerts.ts';
import { signalNames } from '../churn/signals/signal-names.ts';
import type { ChurnBook } from '../serving/churn-book.ts';
import { dateOf } from '../serving/customer-figures.ts';
import { localText } from './churn-schemas.ts';
import { count, date, list } from './customer-schemas.ts';

export const alertView = z
  .object({
    customerId: z.string(),
    leaving: z.number().openapi({ description: 'The chance that the customer is leaving.' }),
    valueAtRisk: z.number().openapi({ description: 'That, times what is still to come of one who stays.' }),
    due: z
      .object({
        date,
        from: date.openapi({ description: 'Eight in ten such orders come from this day …' }),
        to: date.nullable().openapi({ description: '… to this one; null where not within ten years.' }),
        alarmDate: date.nullable().openapi({ description: 'The first on which the silence gives alarm.' }),
        isOverdue: z.boolean(),
      })
      .nullable()
      .openapi({
        description:
          'When the next order is due, or was; null for who has ordered less than twice, as customers of contracts may.',
      }),
    leftAlone: z
      .enum(contactBans)
      .nullable()
      .openapi({ description: 'Why nobody contacts the customer; who has died gives no alarm.' }),
    reasons: list(
      z.object({
        signal: z.enum(signalNames),
        since: date,
        expected: z.number(),
        seen: z.number(),
        windowDays: count.openapi({ description: '0 for what is not counted in a window.' }),
        chance: z.number().openapi({ description: 'Of so much or more where nothing has changed.' }),
        words: localText,
      }),
    ),
  })
  .openapi('Alert');

const dateOrNull = (day: number): string | null => (day < 0 ? null : dateOf(day));

const viewDue = ({ day, from, to, alarmDay, isOverdue }: AlertDue) => ({
  date: dateOf(day),
  from: dateOf(from),
  to: dateOrNull(to),
  alarmDate: dateOrNull(alarmDay),
  isOverdue,
});

export function viewAlert(
  { codes, insights }: ChurnBook,
  { customer, leaving, valueAtRisk, due, reasons }: Alert,
): z.infer<typeof alertView> {
  return {
    customerId: codes.get(customer),
    leaving,
    valueAtRisk,
    due: due && viewDue(due),
    leftAlone: banOf(insights.leftAlone, customer),
    reasons: reasons.map(({ name, since, expected, seen, windowDays, chance, words }) => ({
      signal: name,
      since: dateOf(since),
      ...{ expected, seen, windowDays, chance, words },
    })),
  };
}
