import type { z } from '@hono/zod-openapi';
import type { OfferCandidate, Offers } from '../offers/offer-candidate.ts';
import type { OfferRequest } from '../offers/offer-request.ts';
import type { ServedModel } from '../serving/live-shop.ts';
import { figureOf } from './figures.ts';
import type { traceView } from './offer-schemas.ts';

/** How the offers of an answer came about, candidate by candidate. */
export function traceOf(
  { recommender, assortment }: ServedModel,
  request: OfferRequest,
  language: string,
  { offers, removed, skippedPins }: Offers,
): z.input<typeof traceView> {
  return {
    language,
    candidates: offers.length + removed.length,
    offers: offers.map(({ candidate, factor, policies = [] }) => ({
      ...tracedView(candidate),
      factor,
      policies: [...policies],
      signals: signalsView(recommender.signalsOf(request, candidate)),
    })),
    removed: removed.map(({ candidate, reason, details: { ofItem, ...details } }) => ({
      ...tracedView(candidate),
      reason,
      details: typeof ofItem === 'number' ? { ...details, ofProduct: assortment.codeOf(ofItem) } : details,
    })),
    skippedPins: skippedPins.map(
      ({ policy, product, position, reason, details: { ofItem, ...details } }) => ({
        policy,
        productId: product,
        position,
        reason,
        details: typeof ofItem === 'number' ? { ...details, ofProduct: assortment.codeOf(ofItem) } : details,
      }),
    ),
  };
}

function tracedView({ product, kind, probability, value, cause }: OfferCandidate) {
  return { productId: product.code, kind, probability, value, source: cause.by };
}

function signalsView(signals: ReturnType<ServedModel['recommender']['signalsOf']>) {
  if (!signals) return null;
  return Object.fromEntries(
    Object.entries(signals).map(([name, { value, contribution }]) => [
      name,
      { value: figureOf(value), contribution: figureOf(contribution) },
    ]),
  );
}
