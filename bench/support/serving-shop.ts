import { below, type Random, seededRandom } from '../../src/learn/random.ts';

/** How large a generated shop is. */
export interface ServingPlan {
  readonly products: number;
  readonly customers: number;
  readonly seed: number;
}

/** Of a shop in which customers have tastes, habits and companions of what they buy: rows of a CSV file of orders. */
export interface ServingShop {
  readonly heading: string;
  /** Customer by customer, in blocks of many lines, each ended by a line feed. */
  readonly blocks: () => Generator<string>;
}

const productsPerCategory = 50;
const meanOrders = 10;
const meanLength = 2.2;
const days = 365;
/** Kinds of products that a customer likes, of which most of what is not habit is bought. */
const likedCategories = 4;
const likedShare = 0.85;
const staples = 3;
const stapleShare = 0.25;
const companionShare = 0.25;
const firstDay = Math.floor(Date.parse('2025-01-01') / 86_400_000);
const customersPerBlock = 200;

export const productCode = (product: number): string => `P${product}`;
export const customerCode = (customer: number): string => `C${customer}`;
export const categoryCode = (product: number): string =>
  `category ${Math.floor(product / productsPerCategory)}`;

/** About ten orders of three lines a customer; the same for the same plan. */
export function servingShop({ products, customers, seed }: ServingPlan): ServingShop {
  const categories = Math.ceil(products / productsPerCategory);
  return {
    heading: 'order,time,product,name,category,quantity,price,cost,customer\n',
    *blocks() {
      const random = seededRandom(seed);
      for (let first = 0; first < customers; first += customersPerBlock) {
        let text = '';
        for (let c = first; c < Math.min(customers, first + customersPerBlock); c++)
          text += ordersOf(c, products, categories, random);
        yield text;
      }
    },
  };
}

/** Few products and kinds sell much: the number of one, by the square of a uniform draw. */
const popular = (count: number, random: Random): number => Math.floor(count * random() ** 2);

function ordersOf(customer: number, products: number, categories: number, random: Random): string {
  const liked = Array.from({ length: likedCategories }, () => popular(categories, random));
  const draw = (): number => {
    const category =
      random() < likedShare ? liked[below(likedCategories, random)] : popular(categories, random);
    return Math.min(products - 1, category * productsPerCategory + popular(productsPerCategory, random));
  };
  const habits = Array.from({ length: staples }, draw);
  const orders = 1 + Math.floor(-Math.log(1 - random()) * (meanOrders - 0.5));
  let text = '';
  for (let n = 0; n < orders; n++) {
    const items = new Set<number>(habits.filter(() => random() < stapleShare));
    const length = 1 + Math.floor(-Math.log(1 - random()) * (meanLength - 0.5));
    for (let line = 0; line < length; line++) items.add(draw());
    for (const item of [...items]) if (random() < companionShare) items.add(companionOf(item, products));
    const time = new Date(((firstDay + below(days, random)) * 1440 + 480 + below(720, random)) * 60_000)
      .toISOString()
      .slice(0, 19);
    for (const item of items) text += lineOf(`${customer}-${n}`, time, item, customer);
  }
  return text;
}

/** What is often bought with a product: another one of its kind. */
export function companionOf(product: number, products: number): number {
  const kind = product - (product % productsPerCategory);
  return Math.min(products - 1, kind + ((product * 7 + 3) % productsPerCategory));
}

function lineOf(order: string, time: string, product: number, customer: number): string {
  const price = 1 + ((product * 37) % 4000) / 100;
  const cost = price * (0.4 + ((product * 13) % 40) / 100);
  return `${order},${time},${productCode(product)},product ${product},${categoryCode(product)},1,${price.toFixed(2)},${cost.toFixed(2)},${customerCode(customer)}\n`;
}
