import { createRoute, z } from '@hono/zod-openapi';
import { banOf, contactBans } from '../../churn/left-alone.ts';
import { alertPage } from '../../churn/signals/alerts.ts';
import { suppressions } from '../../churn/winback/suppression.ts';
import { PairwellError } from '../../errors.ts';
import type { ChurnBook } from '../../serving/churn-book.ts';
import { dateOf } from '../../serving/customer-figures.ts';
import { alertView, viewAlert } from '../alert-view.ts';
import { leavingView } from '../churn-model-schemas.ts';
import { viewLeaving } from '../churn-model-view.ts';
import { date, tidied } from '../customer-schemas.ts';
import type { AppDependencies } from '../environment.ts';
import { router } from '../router.ts';
import { customerCode, jsonAnswer, problems } from '../schemas.ts';
import { churnFor } from '../served-churn.ts';

export const churnCustomerAnswer = z
  .object({
    modelVersion: z.string(),
    today: date,
    customerId: z.string(),
    stay: z
      .object({
        since: date,
        lastSeen: date,
        leftOn: date.nullable().openapi({ description: 'Null: still a customer.' }),
      })
      .nullable()
      .openapi({
        description: 'The newest; null for who was never a customer by the definition of leaving.',
      }),
    leaving: leavingView.nullable().openapi({
      description: 'Null where nothing is foretold, as of somebody who is no customer any more.',
    }),
    alert: alertView.nullable(),
    winback: z
      .object({
        comesBack: z.number().openapi({ description: 'The chance of coming back without any offer.' }),
        bestOffer: z.string().nullable(),
        bestProfit: z.number().nullable(),
        suppressed: z.enum(suppressions).nullable(),
      })
      .nullable()
      .openapi({ description: 'Of the lost.' }),
    leftAlone: z.enum(contactBans).nullable().openapi({ description: 'Why nobody contacts the customer.' }),
  })
  .openapi('ChurnCustomer');

const customerRoute = createRoute({
  method: 'get',
  path: '/churn/customers/{customerId}',
  tags: ['analysts'],
  summary: 'Whether a customer is leaving, why, and what it pays to do',
  'x-roles': ['analyst'],
  request: { params: z.object({ customerId: customerCode }) },
  responses: { 200: jsonAnswer(churnCustomerAnswer, 'The customer'), ...problems(400, 403, 404, 409, 503) },
});

function stayOf({ insights }: ChurnBook, customer: number) {
  const { offsets, from, left, lastSeen } = insights.rates.stays;
  const newest = offsets[customer + 1] - 1;
  if (newest < offsets[customer]) return null;
  const leftOn = left[newest] < 0 ? null : dateOf(left[newest]);
  return { since: dateOf(from[newest]), lastSeen: dateOf(lastSeen[newest]), leftOn };
}

function alertOf(book: ChurnBook, customer: number) {
  const ranked = book.alerts();
  const place = ranked.customer.indexOf(customer);
  if (place < 0) return null;
  const [alert] = alertPage(book.insights.warnings, ranked, place, 1).items;
  return viewAlert(book, alert);
}

function winbackOf({ insights }: ChurnBook, lost: number) {
  const { customer, baseline, offers, plan } = insights.winback;
  const row = customer.indexOf(lost);
  if (row < 0) return null;
  return {
    comesBack: baseline[row],
    bestOffer: offers[plan?.bestOffer[row] ?? -1]?.id ?? null,
    bestProfit: plan?.bestProfit[row] ?? null,
    suppressed: plan?.suppressed[row] ?? null,
  };
}

export function churnCustomerRoutes({ shop }: AppDependencies) {
  return router().openapi(customerRoute, (c) => {
    const { customerId } = c.req.valid('param');
    const book = churnFor(shop);
    const { version, insights, codes } = book;
    const customer = codes.indexOf(customerId);
    if (customer < 0)
      throw new PairwellError('not-found', `The model ${version} knows no customer ${customerId}.`, {
        customerId,
      });
    const leaving = book.leaving(customer);
    const answer = {
      modelVersion: String(version),
      today: dateOf(insights.today),
      customerId,
      stay: stayOf(book, customer),
      leaving: leaving && viewLeaving(leaving),
      alert: alertOf(book, customer),
      winback: winbackOf(book, customer),
      leftAlone: banOf(insights.leftAlone, customer),
    };
    return c.json(tidied(answer), 200);
  });
}
