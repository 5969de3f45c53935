import type { OrderLine } from '../../src/orders/order-line.ts';

/** Orders like a grocer's, of customers who are of a few known sorts. */
export interface GeneratedShop {
  readonly lines: readonly OrderLine[];
  /** By customer code: the sort, 0 … sorts − 1. */
  readonly sortOf: ReadonlyMap<string, number>;
}

export interface ShopPlan {
  readonly customers: number;
  readonly sorts: number;
}

/** As many items and categories as the Groceries of arules have, and as long baskets (mean 4.4). */
const itemCount = 169;
const categoryCount = 10;
const meanLength = 4.4;
const meanOrders = 10;
const days = 360;

/** How unlike the sorts are: standard deviation of the logarithm of how much more a sort buys of a category, and of an item. */
const categoryDeviation = 1;
const itemDeviation = 0.4;

/** Pairs of which the second follows the first, each often with one sort and seldom with the others. */
const pairs = 30;
const often = 0.4;
const seldom = 0.05;

const firstDay = Math.floor(Date.parse('2024-01-01') / 86_400_000);

/** @param random numbers from 0 up to but not 1 */
export function generateShop({ customers, sorts }: ShopPlan, random: () => number): GeneratedShop {
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const whole = (below: number): number => Math.floor(random() * below);
  const category = Array.from({ length: itemCount }, () => whole(categoryCount));
  const popularity = Array.from({ length: itemCount }, (_, item) => 1 / (item + 5));
  const cumulative = Array.from({ length: sorts }, () => {
    const liking = Array.from({ length: categoryCount }, () => Math.exp(categoryDeviation * normal()));
    let sum = 0;
    return popularity.map((weight, item) => {
      sum += weight * liking[category[item]] * Math.exp(itemDeviation * normal());
      return sum;
    });
  });
  const planted = Array.from({ length: pairs }, () => ({
    first: whole(60),
    second: whole(itemCount),
    sort: whole(sorts),
  }));
  const draw = (sort: number): number => {
    const sums = cumulative[sort];
    const at = random() * sums[itemCount - 1];
    return sums.findIndex((sum) => sum > at);
  };

  const lines: OrderLine[] = [];
  const sortOf = new Map<string, number>();
  for (let c = 0; c < customers; c++) {
    const customer = `c${c}`;
    const sort = whole(sorts);
    sortOf.set(customer, sort);
    const orders = 1 + Math.floor(-Math.log(1 - random()) * (meanOrders - 1));
    for (let n = 0; n < orders; n++) {
      const items = new Set<number>();
      const length = 1 + Math.floor(-Math.log(1 - random()) * (meanLength - 0.5));
      while (items.size < Math.min(length, 30)) items.add(draw(sort));
      for (const { first, second, sort: own } of planted)
        if (items.has(first) && random() < (sort === own ? often : seldom)) items.add(second);
      const time = ((firstDay + whole(days)) * 1440 + 480 + whole(720)) * 60_000;
      for (const item of items) lines.push(lineOf(customer, `${customer}-${n}`, time, item, category[item]));
    }
  }
  return { lines, sortOf };
}

const lineOf = (
  customer: string,
  order: string,
  time: number,
  item: number,
  category: number,
): OrderLine => ({
  order,
  time,
  product: `p${item}`,
  name: `product ${item}`,
  quantity: 1,
  unitPrice: null,
  unitCost: null,
  discount: null,
  promotion: null,
  customer,
  channel: null,
  category: [`category ${category}`],
  nonProduct: false,
  customerAttributes: null,
  productAttributes: null,
});
