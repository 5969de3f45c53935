import { createRoute, z } from '@hono/zod-openapi';
import { placesOfPage } from '../../churn/places-of-page.ts';
import type { PlanChoice } from '../../churn/winback/plan.ts';
import type { WinbackStudy } from '../../churn/winback/winback-study.ts';
import { dateOf } from '../../serving/customer-figures.ts';
import { writeCursor } from '../cursor.ts';
import { tidied } from '../customer-schemas.ts';
import type { AppDependencies } from '../environment.ts';
import { router } from '../router.ts';
import { jsonAnswer, problems } from '../schemas.ts';
import { churnFor, placeIn } from '../served-churn.ts';
import { aims, winbackAnswer } from '../winback-schemas.ts';

const winbackRoute = createRoute({
  method: 'get',
  path: '/winback',
  tags: ['analysts'],
  summary: 'Who of the lost comes back, and whom it pays to make which offer',
  description:
    'Two plans for the budget that the model was trained with, by profit and by how many come back. The customers whom the plan of the aim contacts come first, by what the offer earns.',
  'x-roles': ['analyst'],
  request: {
    query: z.object({
      aim: z.enum(aims).default('profit'),
      limit: z.coerce.number().int().min(1).max(500).default(50),
      cursor: z.string().optional(),
    }),
  },
  responses: { 200: jsonAnswer(winbackAnswer, 'Win-back'), ...problems(400, 403, 409, 503) },
});

const totalsOf = ({ offer: _, ...totals }: PlanChoice) => totals;

function viewOffers({ offers, beliefs }: WinbackStudy) {
  return offers.map(({ id, words, cost, costKind }) => {
    const ofAll = beliefs.find(({ offer, group }) => offer === id && group === null)!;
    const { rate, low, high, offered, wonBack } = ofAll;
    return { id, words, cost, costKind, rate, low, high, offered, wonBack };
  });
}

function viewPlan({ plan }: WinbackStudy) {
  if (!plan) return null;
  const { budget, mostProfit, mostWonBack, curve } = plan;
  return { budget, mostProfit: totalsOf(mostProfit), mostWonBack: totalsOf(mostWonBack), curve };
}

export function winbackRoutes({ shop }: AppDependencies) {
  return router().openapi(winbackRoute, (c) => {
    const { aim, limit, cursor } = c.req.valid('query');
    const book = churnFor(shop);
    const { version, codes, insights } = book;
    const { winback, today } = insights;
    const { model, plan, offers, customer, baseline } = winback;
    const { leavings, returned, share, interval, evidence, caution, drivers, horizonDays } = model;
    const order = book.lost(aim);
    const ranked = order.map((row) => customer[row]);
    const page = placesOfPage(ranked, placeIn(book, cursor), limit, (lost) => book.isListed(lost));
    const chosen = aim === 'profit' ? plan?.mostProfit : plan?.mostWonBack;
    const idOf = (offer: number | undefined): string | null => offers[offer ?? -1]?.id ?? null;
    const answer = {
      modelVersion: String(version),
      today: dateOf(today),
      horizonDays,
      past: { leavings, returned, share, interval, evidence, caution, drivers },
      firstLife: winback.firstLife,
      secondLife: winback.secondLife,
      offers: viewOffers(winback),
      offersMade: winback.offersMade,
      plan: viewPlan(winback),
      sentences: winback.sentences,
      total: page.total,
      items: page.places
        .map((place) => order[place])
        .map((row) => ({
          customerId: codes.get(customer[row]),
          comesBack: baseline[row],
          offer: idOf(chosen?.offer[row]),
          bestOffer: idOf(plan?.bestOffer[row]),
          bestProfit: plan?.bestProfit[row] ?? 0,
          suppressed: plan?.suppressed[row] ?? null,
        })),
      nextCursor: page.next === null ? null : writeCursor({ version, from: page.next }),
    };
    return c.json(tidied(answer), 200);
  });
}
