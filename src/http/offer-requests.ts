import { PairwellError } from '../errors.ts';
import type { OfferRequest } from '../offers/offer-request.ts';
import type { LiveShop } from '../serving/live-shop.ts';
import type { Entered } from './environment.ts';
import type { OffersQuery } from './offer-schemas.ts';

/** What a query asks for, with what the shop and its customer are like now. */
export function offerRequest(
  shop: LiveShop,
  query: Omit<OffersQuery, 'fields' | 'language' | 'explain'>,
  customerId: string | undefined,
  now: Date,
  explain: boolean,
): OfferRequest {
  const { placement, items, cartValue, limit, kinds, exclude } = query;
  const { policies } = shop;
  const isKnown = customerId !== undefined;
  return {
    cart: items,
    cartValue,
    customer: isKnown ? shop.customer(customerId) : undefined,
    exclude,
    placement,
    settings: policies.settings(placement),
    limit,
    kinds,
    now: now.getTime(),
    policies: policies.book,
    segments: isKnown ? policies.segmentsOf(customerId) : nobody,
    activity: isKnown ? shop.activity(customerId) : undefined,
    explain,
  };
}

const nobody: ReadonlySet<string> = new Set();

/** @throws PairwellError `forbidden` for a storefront: what keeps products out tells of margins and policies */
export function mayExplain({ role }: Pick<Entered, 'role'>): void {
  if (role !== 'storefront') return;
  throw new PairwellError(
    'forbidden',
    'How offers come about is for analysts. Ask with an analyst key, or without explain=true.',
  );
}
