import type { z } from '@hono/zod-openapi';
import type { Audience } from '../audience/audience.ts';
import { calibrationWords } from '../audience/calibration-words.ts';
import { audienceFigures, contactCutOff } from '../audience/gain-curve.ts';
import type { OwnersChoice } from '../audience/select-customers.ts';
import { PairwellError } from '../errors.ts';
import { type Product, unservable } from '../offers/catalogue.ts';
import type { AudienceModel } from '../serving/audience-book.ts';
import type { AudienceRow } from '../serving/audience-rows.ts';
import { dateOf } from '../serving/customer-figures.ts';
import type { AudienceQuery, audienceAnswer } from './audience-schemas.ts';
import { tidied, viewName } from './customer-schemas.ts';
import { moneyOf } from './figures.ts';

export type AudienceAnswer = z.infer<typeof audienceAnswer>;

type Head = Omit<AudienceAnswer, 'items' | 'nextCursor'>;

/**
 * An answer without its customers.
 *
 * @param customers of the audience who fit, in order
 * @throws PairwellError `bad-input` where contacts are asked about and a response has no value
 */
export function viewAudience(
  { version, model }: AudienceModel,
  { subject, day, ranked, repeatShare }: Audience,
  customers: Int32Array,
  owners: OwnersChoice,
  query: Pick<AudienceQuery, 'contactCost' | 'value'>,
): Head {
  const { product, basis, alike, buyers } = subject;
  const probabilities = Float64Array.from(customers, (customer) => ranked.probabilities[customer]);
  const { customers: size, ...figures } = audienceFigures(probabilities);
  return tidied({
    modelVersion: String(version),
    product: { productId: product.code, name: product.name },
    unservable: unservable(product) ?? null,
    day: dateOf(day),
    basis,
    alike: alike.map(({ product: { code, name }, weight }) => ({ productId: code, name, weight })),
    calibration: calibrationWords(subject, model.ranking),
    ...{ owners, buyers, repeatShare, size },
    ...figures,
    gains: [...figures.gains],
    contact: viewContact(product, probabilities, query),
  });
}

function viewContact(
  product: Product,
  probabilities: Float64Array,
  { contactCost, value: stated }: Pick<AudienceQuery, 'contactCost' | 'value'>,
): Head['contact'] {
  if (contactCost === undefined) {
    if (stated === undefined) return null;
    throw new PairwellError(
      'bad-input',
      'A value alone says nothing: state the contactCost, too (0 for none), or leave out the value.',
    );
  }
  const { value, valueFrom } = worthOf(product, stated);
  const cutOff = contactCutOff(probabilities, { contactCost, value });
  const { expectedProfit, profitOfAll } = cutOff;
  return {
    ...{ contactCost, value, valueFrom },
    ...cutOff,
    expectedProfit: moneyOf(expectedProfit),
    profitOfAll: moneyOf(profitOfAll),
  };
}

function worthOf(
  { code, price, cost }: Product,
  stated: number | undefined,
): { value: number; valueFrom: 'query' | 'margin' | 'price' } {
  if (stated !== undefined) return { value: stated, valueFrom: 'query' };
  if (price !== null && cost !== null) return { value: moneyOf(price - cost), valueFrom: 'margin' };
  if (price !== null) return { value: price, valueFrom: 'price' };
  throw new PairwellError(
    'bad-input',
    `What a response is worth is not known, as ${code} has no price: state the value, or its price (PUT /v1/products).`,
    { productId: code },
  );
}

export function viewRow({ segments, because, ...row }: AudienceRow): AudienceAnswer['items'][number] {
  const { behaviour, rfm, tier } = segments;
  return tidied({
    ...row,
    segments: {
      behaviour: behaviour && viewName(behaviour),
      rfm: rfm && viewName(rfm),
      tier: tier && viewName(tier),
    },
    because: because && { ...because, products: [...because.products] },
  });
}
