import { plainClusterer } from '../../../learn/kmeans/clusterer.ts';
import { plainKernel } from '../../../learn/kmeans/plain-kernel.ts';
import { randomNumbers } from '../../../mining/testing/random.ts';
import { customerCount, type Ledger } from '../../ledger.ts';
import { type DocumentLiteral, ledgerOf, type NamedLedger } from '../../testing/ledger.ts';
import type { PlacedDocument } from '../place.ts';
import { feeItem, unknownItem } from '../tally-plan.ts';

export const clusterer = plainClusterer(plainKernel);

/** A Monday. */
export const monday = 19_723;

/**
 * Customers of two sorts, in turn: one has tea and cups in the evening, by web and on promotion, the other bread, milk and jam in
 * the morning, one thing after the other; each has some of the other's too.
 */
export function twoSorts(customers: number, seed: number, orders = 6): NamedLedger {
  const random = randomNumbers(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)];
  const documentsOf = (sort: number): DocumentLiteral[] =>
    Array.from({ length: orders }, () => {
      const own = sort === 0 ? ['tea', 'green tea', 'cup', 'saucer'] : ['bread', 'milk', 'jam', 'butter'];
      const other = sort === 0 ? ['bread', 'milk'] : ['tea', 'cup'];
      const lines = [own[0], pick(own), pick(random() < 0.85 ? own : other)];
      return {
        day: monday + Math.floor(random() * 300),
        minute: (sort === 0 ? 1020 : 420) + Math.floor(random() * 240),
        channel: sort === 0 ? 'web' : 'shop',
        lines: lines.map((product) => ({
          product,
          price: 1 + Math.floor(random() * 5),
          promoted: sort === 0,
        })),
      };
    });
  const literals = Object.fromEntries(
    Array.from({ length: customers }, (_, c) => [`c${c}`, documentsOf(c % 2)]),
  );
  const category = (name: string) => ({ category: [name] });
  return ledgerOf({
    customers: literals,
    products: {
      tea: category('drinks'),
      'green tea': category('drinks'),
      cup: category('ware'),
      saucer: category('ware'),
      bread: category('bakery'),
      jam: category('bakery'),
      milk: category('dairy'),
      butter: category('dairy'),
    },
    today: monday + 301,
  });
}

/** What a customer of a ledger did, as it is told of one who is to be placed. */
export function documentsOf(ledger: Ledger, customer: number): PlacedDocument[] {
  const { documents, lines, channelNames } = ledger;
  const from = documents.offsets[customer];
  return Array.from({ length: documents.offsets[customer + 1] - from }, (_, n) => {
    const d = from + n;
    const numbers = Array.from(
      { length: lines.offsets[d + 1] - lines.offsets[d] },
      (_, l) => lines.offsets[d] + l,
    );
    return {
      day: documents.day[d],
      minute: documents.minute[d],
      channel: documents.channel[d] < 0 ? null : channelNames[documents.channel[d]],
      lines: numbers.map((line) => ({
        item: itemOf(ledger, lines.product[line]),
        quantity: lines.quantity[line],
        price: Number.isNaN(lines.price[line]) ? null : lines.price[line],
        discount: lines.discount[line],
        isPromoted: lines.isPromoted[line] === 1,
      })),
    };
  });
}

const itemOf = ({ products }: Ledger, product: number): number =>
  product < products.itemCount ? product : products.isFee[product] === 1 ? feeItem : unknownItem;

export const everyCustomer = (ledger: Ledger): number[] => [...Array(customerCount(ledger)).keys()];
