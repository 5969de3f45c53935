import type { ReasonKey } from '../../reason.ts';

/** British English. */
export const en: Readonly<Record<ReasonKey, string>> = {
  'goes-with-one': 'Goes with {names}: {confidence} of orders with it have this too.',
  'goes-with-several': 'Goes with {names}: {confidence} of orders with these have this too.',
  'of-kind': 'Goes with {names}: {confidence} of orders with something like it have something like this too.',
  'bought-next': 'Bought after {names}: {confidence} of the orders that came next have this.',
  'bought-by-same': '{confidence} of the customers who bought {names} bought this too.',
  selling:
    '{orders, =0: One to discover in our shop., one: Bought in {orders} order of the last four weeks., other: Bought in {orders} orders of the last four weeks.}',
  popular: 'Popular in the shop right now.',
  'popular-in-segment': 'Popular with customers like you right now.',
  habit:
    'You have bought this {times, =2: twice, about {everyDays} apart, other: {times} times, about {everyDays, =1: every day, other: every {everyDays}}}; the last time {sinceDays}.',
  'habit-once': 'You bought this {sinceDays}.',
  upgrade: 'A step up from {names}: {confidence} of those who had it went on to this.',
  'upgrade-alike': 'A step up from {names}, of the same kind.',
  bundle:
    'Bought together with {names}: {orders, one: {orders} order had the whole set, other: {orders} orders had the whole set}.',
  alike: 'New, and much like {names}.',
  chosen: 'Chosen for you by the shop.',
};
