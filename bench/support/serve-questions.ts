import { below, type Random } from '../../src/learn/random.ts';
import { companionOf, customerCode, productCode, type ServingPlan } from './serving-shop.ts';

/** What is asked, with thousands of different paths. */
export interface ServeQuestion {
  readonly name: string;
  readonly paths: readonly string[];
  /** The share of the throughput of a bare route that it should have at least; undefined where none was set. */
  readonly goal?: number;
  /** Whether answers that have been given may be given again; else each is worked out. */
  readonly mayRepeat: boolean;
}

/** Each connection of the load makes all of them before it begins, and of many more the first answers would seem to take long. */
const pathsOfEach = 500;
/** With live ranking, and of the customer alone. */
const rankedGoal = 0.5;
const customerGoal = 0.8;

/** Customers at random, products by how they sell, carts of two of which every other one goes together. */
export function serveQuestions({ products, customers }: ServingPlan, random: Random): ServeQuestion[] {
  const product = (): number => Math.floor(products * random() ** 2);
  const cart = (): string => {
    const first = product();
    const second = random() < 0.5 ? companionOf(first, products) : product();
    return first === second ? productCode(first) : `${productCode(first)},${productCode(second)}`;
  };
  const customer = (): string => `/v1/customers/${customerCode(below(customers, random))}/offers`;
  const paths = (path: () => string): string[] => Array.from({ length: pathsOfEach }, path);
  const page = (): string => `/v1/offers?placement=product&items=${productCode(product())}`;
  const ranked = (name: string, path: () => string): ServeQuestion => ({
    name,
    goal: rankedGoal,
    mayRepeat: false,
    paths: paths(path),
  });
  const again = (name: string, path: () => string, goal?: number): ServeQuestion => ({
    name,
    goal,
    mayRepeat: true,
    paths: paths(path),
  });
  return [
    ranked('guest, product page', page),
    ranked('guest, cart of two', () => `/v1/offers?placement=cart&items=${cart()}`),
    ranked('customer, cart of two', () => `${customer()}?placement=cart&items=${cart()}`),
    again('guest, product page, again', page),
    again('customer, home', () => `${customer()}?placement=home`, customerGoal),
    again('customer, e-mail', () => `${customer()}?placement=email`, customerGoal),
  ];
}

/** The short run: a question each of a guest and of two customers of Online Retail. */
export const onlineRetailQuestions: readonly ServeQuestion[] = [
  {
    name: 'guest, product page (8 offers)',
    goal: rankedGoal,
    mayRepeat: false,
    paths: ['/v1/offers?placement=product&items=85123A'],
  },
  {
    name: 'customer, cart of two (4 offers)',
    goal: rankedGoal,
    mayRepeat: false,
    paths: ['/v1/customers/17850/offers?placement=cart&items=85123A,22423'],
  },
  {
    name: 'customer, e-mail (6 offers)',
    goal: customerGoal,
    mayRepeat: true,
    paths: ['/v1/customers/12748/offers?placement=email'],
  },
];
