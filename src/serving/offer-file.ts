import type { TableFormat } from './customer-file.ts';
import type { ListedOffer, OfferList } from './offer-list.ts';
import { type Cell, csvLine } from './table-csv.ts';

const offerColumns = [
  'position',
  'productId',
  'kind',
  'score',
  'probability',
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
  customer(code: string, offers: readonly ListedOffer[], isFirst: boolean): string;
  readonly tail: string;
}

/** CSV: a line for each offer. JSON: an entry on a line for each customer, also where nothing is offered. */
export const offerFiles: Readonly<Record<TableFormat, OfferFile>> = {
  csv: {
    head: () => `customerId,${offerColumns.join(',')}\n`,
    customer: (code, offers) => {
      let text = '';
      for (const offer of offers)
        text += csvLine([code, ...offerColumns.map((column): Cell => offer[column])]);
      return text;
    },
    tail: '',
  },
  json: {
    head: ({ version, placement, language }) =>
      `{"modelVersion":"${version}","placement":"${placement}","language":${JSON.stringify(language)},"customers":[`,
    customer: (customerId, offers, isFirst) =>
      `${isFirst ? '' : ','}\n${JSON.stringify({ customerId, offers })}`,
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
    text += file.customer(list.codeOf(customer), list.offersTo(customer), first);
    first = false;
  }
  return text;
}
