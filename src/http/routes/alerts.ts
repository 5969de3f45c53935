import { createRoute, z } from '@hono/zod-openapi';
import { alertPage } from '../../churn/signals/alerts.ts';
import { contractAllowances } from '../../churn/signals/early-warnings.ts';
import { signalNames } from '../../churn/signals/signal-names.ts';
import { dateOf } from '../../serving/customer-figures.ts';
import { alertView, viewAlert } from '../alert-view.ts';
import { writeCursor } from '../cursor.ts';
import { count, date, list, tidied } from '../customer-schemas.ts';
import type { AppDependencies } from '../environment.ts';
import { router } from '../router.ts';
import { commaList, jsonAnswer, problems } from '../schemas.ts';
import { churnFor, placeIn } from '../served-churn.ts';

const signal = z.enum(signalNames);

export const alertsAnswer = z
  .object({
    modelVersion: z.string(),
    today: date,
    falseAlarms: z.number().openapi({
      description: 'Of a customer of whom nothing changes, in a year, over all signals; at most.',
    }),
    knowsSeason: z.boolean(),
    signals: list(
      z.object({
        name: signal,
        isWatched: z.boolean(),
        allowance: z.number(),
        allowanceWithoutOrders: z.number().openapi({
          description:
            'The same of who has a contract and has not ordered twice; 0 for what rests on orders.',
        }),
        alarms: count,
      }),
    ).openapi({ description: 'What is watched, its share of the false alarms, and whom it gives alarm of.' }),
    record: z
      .object({
        date,
        days: count,
        watched: z.object({ customers: count, stayedAway: count }),
        alarmed: z.object({ customers: count, stayedAway: count }),
        quiet: z.object({ customers: count, stayedAway: count }),
      })
      .nullable()
      .openapi({
        description:
          'How many of those with an alarm some time ago ordered no more in the days after it, or if they had a contract had none at their end.',
      }),
    total: count,
    items: list(alertView),
    nextCursor: z.string().nullable(),
  })
  .openapi('Alerts');

const alertsRoute = createRoute({
  method: 'get',
  path: '/alerts',
  tags: ['analysts'],
  summary: 'Customers there is reason to worry about, those first of whom most is at risk',
  description:
    'Each against their own history. `signals=order-gap` asks for overdue orders alone. As of the day the model knows.',
  'x-roles': ['analyst'],
  request: {
    query: z.object({
      signals: commaList.pipe(z.array(signal).min(1)).optional().openapi({
        type: 'string',
        example: 'order-gap,complaints',
        description: 'Of which one at least gives alarm; all without it.',
      }),
      limit: z.coerce.number().int().min(1).max(500).default(50),
      cursor: z.string().optional(),
    }),
  },
  responses: { 200: jsonAnswer(alertsAnswer, 'Alerts'), ...problems(400, 403, 409, 503) },
});

export function alertsRoutes({ shop }: AppDependencies) {
  return router().openapi(alertsRoute, (c) => {
    const { signals, limit, cursor } = c.req.valid('query');
    const book = churnFor(shop);
    const { version, insights } = book;
    const { warnings, record } = insights;
    const withoutOrders = contractAllowances(warnings);
    const isListed = (customer: number): boolean => book.isListed(customer);
    const page = alertPage(warnings, book.alerts(signals), placeIn(book, cursor), limit, isListed);
    const answer = {
      modelVersion: String(version),
      today: dateOf(warnings.today),
      falseAlarms: warnings.falseAlarms,
      knowsSeason: warnings.knowsSeason,
      signals: warnings.signals.map((watched, n) => ({
        ...watched,
        allowanceWithoutOrders: withoutOrders[n],
      })),
      record: record && {
        date: dateOf(record.day),
        days: record.horizon,
        watched: record.watched,
        alarmed: record.alarmed,
        quiet: record.quiet,
      },
      total: page.total,
      items: page.items.map((alert) => viewAlert(book, alert)),
      nextCursor: page.next === null ? null : writeCursor({ version, from: page.next }),
    };
    return c.json(tidied(answer), 200);
  });
}
