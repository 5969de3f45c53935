import type { Database } from '../../db/database.ts';
import { type ProductUpdate, putProducts } from '../../db/queries/products.ts';
import type { Model } from '../../src/model/model.ts';
import { type ModelLiteral, modelOf, type OrderLiteral } from '../../src/model/testing/model-of.ts';
import { openTestService, type TestService } from '../support/service.ts';

const times = (count: number, ...items: string[]): OrderLiteral[] =>
  Array.from({ length: count }, () => ({ items }));

/** Enough orders for rules to be significant: bread goes with butter, tea with sugar; who buys beer buys no ale. */
export const ruleOrders: readonly OrderLiteral[] = [
  ...times(30, 'bread', 'butter'),
  ...times(5, 'bread'),
  ...times(5, 'butter'),
  ...times(20, 'tea', 'sugar'),
  ...times(5, 'tea', 'sugar', 'soap'),
  ...times(5, 'tea', 'bread'),
  ...times(10, 'beer', 'soap'),
  ...times(10, 'ale', 'soap'),
  ...times(10, 'soap'),
].map((order, day) => ({ ...order, day }));

const products: readonly ProductUpdate[] = [
  { code: 'bread', name: 'Rye bread', price: 3, cost: 1 },
  { code: 'butter', name: 'Butter', price: 2, cost: 1 },
  { code: 'tea', name: 'Green tea', price: 5, cost: 2 },
  { code: 'sugar', name: null, price: 1 },
  { code: 'soap', name: 'Soap', price: 1, cost: 0.5 },
  { code: 'beer', name: 'Beer', price: 2, cost: 1 },
  { code: 'ale', name: 'Beer', price: 2, cost: 1 },
];

export const ruleCategories = {
  bread: ['food', 'bakery'],
  butter: ['food', 'dairy'],
  tea: ['food', 'drinks'],
  sugar: ['food', 'sweet'],
  beer: ['food', 'drinks'],
  ale: ['food', 'drinks'],
  soap: ['household', 'washing'],
};

export function ruleModel(given: Partial<ModelLiteral> = {}): Model {
  return modelOf({ orders: ruleOrders, categories: ruleCategories, ...given });
}

/** A server with these products, and `model` in service as version 1. */
export async function openRuleService(
  database: Database,
  model = ruleModel(),
  env: Readonly<Record<string, string>> = {},
): Promise<TestService> {
  const service = await openTestService(database, env);
  service.shop.putProducts(await putProducts(database, products));
  service.shop.serve(1, model);
  return service;
}

interface Side {
  productId?: string;
  category?: string[];
}

/** A rule of an answer, as far as tests read it. */
export interface RuleBody {
  antecedent: Side[];
  consequent: Side;
  count: number;
  measures: Record<string, number>;
}

/** The product's id, or the category's full name. */
const called = ({ productId, category }: Side): string => productId ?? category!.join(' > ');

/** Such as `sugar + tea => soap`. */
export function lineOf({ antecedent, consequent }: RuleBody): string {
  return `${antecedent.map(called).sort().join(' + ')} => ${called(consequent)}`;
}
