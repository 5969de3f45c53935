import { createRoute, type RouteConfigToTypedResponse, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { AppDependencies, AppEnv } from '../environment.ts';
import { headersIn, OfferAnswers } from '../offer-answers.ts';
import { mayExplain } from '../offer-requests.ts';
import { type OffersQuery, offersAnswer, offersQuery } from '../offer-schemas.ts';
import { router } from '../router.ts';
import { customerCode, jsonAnswer, problems } from '../schemas.ts';
import { servedModel } from '../served.ts';

const guestOffers = createRoute({
  method: 'get',
  path: '/offers',
  tags: ['storefront'],
  summary: 'Offers for a guest',
  'x-roles': ['storefront', 'analyst'],
  request: { query: offersQuery },
  responses: { 200: jsonAnswer(offersAnswer, 'Ranked offers'), ...problems(400, 403, 503) },
});

const customerOffers = createRoute({
  method: 'get',
  path: '/customers/{customerId}/offers',
  tags: ['storefront'],
  summary: 'Offers for a customer',
  description: 'A customer nobody has heard of gets what a guest gets.',
  'x-roles': ['storefront', 'analyst'],
  request: { params: z.object({ customerId: customerCode }), query: offersQuery },
  responses: { 200: jsonAnswer(offersAnswer, 'Ranked offers'), ...problems(400, 403, 503) },
});

type OffersResponse = RouteConfigToTypedResponse<typeof guestOffers>;

export function offersRoutes(dependencies: AppDependencies) {
  const { shop, now } = dependencies;
  const answers = new OfferAnswers(dependencies);
  const questionOf = ({ req }: Context<AppEnv>): string =>
    `${req.header('Accept-Language') ?? ''}\n${req.url}`;

  const again = (c: Context<AppEnv>): Response | undefined => {
    const answer = answers.again(questionOf(c), now());
    return answer && c.body(answer.text, 200, headersIn(answer.language));
  };
  const answer = (c: Context<AppEnv>, query: OffersQuery, customerId?: string) => {
    const explain = query.explain === 'true';
    if (explain) mayExplain(c.env);
    const language = shop.wording.pick(query.language, c.req.header('Accept-Language'));
    const visit = { served: servedModel(shop), customerId, language, now: now(), explain };
    const { text } = answers.answer(query, visit, questionOf(c));
    return c.body(text, 200, headersIn(language)) as unknown as OffersResponse;
  };
  return router(again)
    .openapi(guestOffers, (c) => answer(c, c.req.valid('query')))
    .openapi(customerOffers, (c) => answer(c, c.req.valid('query'), c.req.valid('param').customerId));
}
