import type { Database } from '../../db/database.ts';
import { putCustomers } from '../../db/queries/customers.ts';
import { type ProductUpdate, putProducts } from '../../db/queries/products.ts';
import { trainTrees } from '../../src/learn/trees/boost.ts';
import type { Model } from '../../src/model/model.ts';
import { modelOf, type OrderLiteral } from '../../src/model/testing/model-of.ts';
import { learnRanking } from '../../src/ranking/learn-ranking.ts';
import { nextOf, plantedItems, plantedShop } from '../../src/ranking/testing/planted-shop.ts';
import { basketsIn } from '../../src/ranking/testing/shops.ts';
import { openTestService, type TestService } from '../support/service.ts';

/** The planted shop's known baskets, item 3 as `p3` and customer 7 as `c7`; one code is what a spreadsheet takes for a formula. */
export const strange = '=c0';
const codeOf = (customer: number): string => (customer === 0 ? strange : `c${customer}`);
const customers = 120;

const orders: readonly OrderLiteral[] = basketsIn(plantedShop(customers))
  .filter(({ customer }) => customer >= 0)
  .map(({ customer, day, items }) => ({
    customer: codeOf(customer),
    day: 20_000 + day,
    items: items.map((item) => `p${item}`),
  }));

/** What leads to p13: p3 is bought a visit earlier. */
export const [leading, planted] = ['p3', `p${nextOf(3)}`];

const products: readonly ProductUpdate[] = [
  ...Array.from({ length: plantedItems }, (_, item) => ({
    code: `p${item}`,
    name: item === 13 ? 'Blue planted lamp' : item === 14 ? 'Red planted lamp' : `Thing ${item}`,
    price: 10,
    ...(item === 13 && { cost: 4 }),
  })),
  { code: 'new', name: 'Green planted lamp', price: 11 },
  { code: 'odd', name: 'Bicycle' },
  { code: 'post', name: 'Postage', nonProduct: true },
];

/** A model of rules alone. */
export const ruleAudienceModel = (): Model => modelOf({ orders, maxLength: 2, minConfidence: 0.1 });

/** The same with a ranking of visits. */
export async function rankedAudienceModel(): Promise<Model> {
  const model = ruleAudienceModel();
  const { itemCodes, purchases } = model;
  const nobodys = {
    transactions: { itemCount: itemCodes.size, offsets: new Int32Array(1), items: new Int32Array(0) },
    day: new Int32Array(0),
  };
  const few: typeof trainTrees = (data, options) => trainTrees(data, { ...options, trees: 15 });
  const ranking = await learnRanking(
    { histories: purchases, anonymous: nobodys },
    async (data, options) => few(data, options),
    { seed: 1, questions: 300, kinds: ['visit'] },
  );
  return { ...model, ranking };
}

/** A server with this shop, half of whose customers agreed to be written to, and a model in service as version 1. */
export async function openAudienceService(database: Database, model: Model): Promise<TestService> {
  const service = await openTestService(database);
  service.shop.putProducts(await putProducts(database, products));
  const updates = Array.from({ length: customers }, (_, customer) => ({
    code: codeOf(customer),
    attributes: { newsletter: customer % 2 === 0 ? 'yes' : 'no' },
  }));
  await putCustomers(database, updates);
  service.shop.serve(1, model);
  return service;
}
