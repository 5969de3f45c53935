import type { TableFormat } from './customer-file.ts';
import type { CustomerOffers, ListedOffer, OfferList } from './offer-list.ts';
import { type Cell, csvLine } from './table-csv.ts';

const offerColumns = [
  'position',
  'productId',
  'kind',
  'score',
  'probability',
  'chance',
  'reason',
  'name',
  'price',
] as const satisfies readonly (keyof ListedOffer)[];

/** What the file says of itself. */
export interface OfferFileHeading {
  readonly version: number;
  readonly placement: string;
  readonly language: string;
}

/** A file of offers to many customers, in text that is put together in their order. */
export interface OfferFile {
  head(heading: OfferFileHeading): string;
  /** @param isFirst whether it is the first of the file */
  customer(customer: CustomerOffers, isFirst: boolean): string;
  readonly tail: string;
}

/**
 * CSV: a line for each offer, with all columns, empty where it has nothing to say in one. JSON: an entry on a line for each customer,
 * also where nothing is offered.
 */
export const offerFiles: Readonly<Record<TableFormat, OfferFile>> = {
  csv: {
    head: () => `customerId,recommendationId,${offerColumns.join(',')}\n`,
    customer: ({ customerId, recommendationId, offers }) => {
      let text = '';
      for (const offer of offers) {
        const cells = offerColumns.map((column): Cell => offer[column] ?? null);
        text += csvLine([customerId, recommendationId, ...cells]);
      }
      return text;
    },
    tail: '',
  },
  json: {
    head: ({ version, placement, language }) =>
      `{"modelVersion":"${version}","placement":"${placement}","language":${JSON.stringify(language)},"customers":[`,
    customer: (customer, isFirst) => `${isFirst ? '' : ','}\n${JSON.stringify(customer)}`,
    tail: '\n]}\n',
  },
};

/** The text of some customers of a file, who follow each other. */
export function customersText(
  file: OfferFile,
  list: OfferList,
  customers: Iterable<number>,
  isFirst: boolean,
): string {
  let text = '';
  let first = isFirst;
  for (const customer of customers) {
    text += file.customer(list.of(customer), first);
    first = false;
  }
  return text;
}
