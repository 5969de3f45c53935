import { PairwellError } from '../../errors.ts';
import { type Words, words } from '../words.ts';

/** When an offer costs something: for each customer it is made to, or for each who comes back with it. */
export type CostKind = 'contact' | 'return';

/** Something that lost customers may be offered. */
export interface WinbackOffer {
  /** Small letters, digits and hyphens. */
  readonly id: string;
  readonly words: Words;
  /** Money, ≥ 0. */
  readonly cost: number;
  readonly costKind: CostKind;
  /** The share that comes back with it as far as is believed before the shop's own answers, 0 < share < 1. */
  readonly wonBack: number;
  /**
   * Whose share that is: of `all` who get the offer, those among them who would have come back anyway; or of the `rest` alone, who
   * would not.
   */
  readonly wonBackOf: 'all' | 'rest';
  /** For how many of the shop's own offers that belief counts, > 0. */
  readonly wonBackWeight: number;
  /** How long a second life with this offer is, beside one without any offer: 1 for as long, > 0. */
  readonly lengthRatio: number;
  /** For how many of the shop's own second lives with it that belief counts, > 0. */
  readonly secondLifeWeight: number;
}

/** A row of the published table. */
export interface PublishedOffer {
  readonly id: string;
  readonly words: Words;
  readonly cost: number;
  readonly wonBack: number;
  /** Profit over cost: 6.68 for 668 %. */
  readonly returnOnInvestment: number;
}

/**
 * Kumar, Bhagwat and Zhang, "Regaining 'Lost' Customers" (Journal of Marketing 79, 2015), as Harvard Business Review of March 2016
 * ("Winning Back Lost Customers") prints it: a telephone company and 40,000 of its lost customers. The discount is 20 dollars off for
 * six months, the upgrade a film channel at 35 dollars for three. The tailored offer is the discount for those who left over price and
 * the upgrade for those who left over service, at 120 or 105: 112.5 between them.
 */
export const publishedOffers: readonly PublishedOffer[] = [
  {
    id: 'discount',
    words: words('Discount', '折扣', '折扣'),
    cost: 120,
    wonBack: 0.45,
    returnOnInvestment: 6.68,
  },
  {
    id: 'upgrade',
    words: words('Service upgrade', '服务升级', '服務升級'),
    cost: 105,
    wonBack: 0.41,
    returnOnInvestment: 7.93,
  },
  {
    id: 'both',
    words: words('Discount and upgrade', '折扣加升级', '折扣加升級'),
    cost: 225,
    wonBack: 0.47,
    returnOnInvestment: 3.02,
  },
  {
    id: 'tailored',
    words: words('Tailored to the reason', '按流失原因定制', '依流失原因量身訂做'),
    cost: 112.5,
    wonBack: 0.45,
    returnOnInvestment: 5.96,
  },
];

/**
 * What a customer who was won back brings before the cost of the offer, as cost and return on investment imply.
 *
 * Return on investment is (brought − cost) / cost, in sums over all customers. Where the offer costs on return, as a discount does that
 * only who comes back can use, both are of who came back: V = c (1 + ROI). For the table: 921.60, 937.65, 904.50 and 783.00. Where it
 * costs on contact, a share p of the n c spent comes back: n p V = n c (1 + ROI), so V = c (1 + ROI) / p: 2048.00, 2286.95, 1924.47 and
 * 1740.00. Either way an upgrade leads to the best second life and the bundle to the poorest of the three fixed offers. Which of the
 * two the authors mean is not said where the table is printed; its offers are of the first kind, which is taken by default.
 */
export function secondLifeImplied(
  { cost, wonBack, returnOnInvestment }: Omit<PublishedOffer, 'id' | 'words'>,
  costKind: CostKind,
): number {
  const brought = cost * (1 + returnOnInvestment);
  return costKind === 'return' ? brought : brought / wonBack;
}

/** The mean of what the four offers' second lives bring: what the table's money is measured by. */
export const publishedLevel =
  publishedOffers.reduce((sum, offer) => sum + secondLifeImplied(offer, 'return'), 0) /
  publishedOffers.length;

export interface PublishedWeights {
  /** Default 50: the table is of another trade, so that some hundred answers of one's own outweigh it. */
  readonly wonBackWeight?: number;
  /** Default 20. */
  readonly secondLifeWeight?: number;
  /**
   * Default `all`: whoever is back within the horizon counts as won back. So the table is printed, since nobody was left without an
   * offer to compare with, and so the shop's own answers are counted, so that belief and answers are of the same share. With `rest` one
   * supposes that none of its customers, who had ended a contract, would have come back: where many come back by themselves that
   * promises far more. What the plan pays for is the difference to the chance without an offer either way.
   */
  readonly wonBackOf?: WinbackOffer['wonBackOf'];
}

/**
 * The table's offers for a shop in which a second life brings `level`: costs are the same share of it as in the table, and second lives
 * as much longer or shorter than one another as the table has them worth more or less, at the same money a day.
 *
 * @param level money, > 0; `publishedLevel` leaves the table as it is printed
 * @throws PairwellError `bad-input` for a level that is not above 0
 */
export function offersAtLevel(
  level: number,
  { wonBackWeight = 50, secondLifeWeight = 20, wonBackOf = 'all' }: PublishedWeights = {},
): WinbackOffer[] {
  if (!(level > 0 && level < Number.POSITIVE_INFINITY))
    throw new PairwellError(
      'bad-input',
      `What a second life brings is a number above 0, not ${level}: configure offers with costs of your own.`,
    );
  return publishedOffers.map((offer) => ({
    id: offer.id,
    words: offer.words,
    cost: (offer.cost * level) / publishedLevel,
    costKind: 'return',
    wonBack: offer.wonBack,
    wonBackOf,
    wonBackWeight,
    lengthRatio: secondLifeImplied(offer, 'return') / publishedLevel,
    secondLifeWeight,
  }));
}

/** @throws PairwellError `bad-input` that says which offer cannot be, and why */
export function checkOffers(offers: readonly WinbackOffer[]): void {
  const seen = new Set<string>();
  for (const offer of offers) {
    const { id, cost, costKind, wonBack, wonBackOf, wonBackWeight, lengthRatio, secondLifeWeight } = offer;
    const refuse = (why: string): never => {
      throw new PairwellError('bad-input', `The win-back offer ${JSON.stringify(id)} ${why}`, { id });
    };
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) refuse('needs an id of small letters, digits and hyphens.');
    if (seen.has(id)) refuse('is there twice; give each an id of its own.');
    seen.add(id);
    if (!(cost >= 0 && cost < Number.POSITIVE_INFINITY)) refuse(`costs ${cost}; give money from 0 on.`);
    if (costKind !== 'contact' && costKind !== 'return') refuse('costs on contact or on return: say which.');
    if (!(wonBack > 0 && wonBack < 1)) refuse(`wins back a share of ${wonBack}; give one between 0 and 1.`);
    if (wonBackOf !== 'all' && wonBackOf !== 'rest')
      refuse('wins back a share of all or of the rest: say which.');
    for (const [name, value] of Object.entries({ wonBackWeight, lengthRatio, secondLifeWeight }))
      if (!(value > 0 && value < Number.POSITIVE_INFINITY))
        refuse(`has ${name} ${value}; give a number above 0.`);
  }
}
