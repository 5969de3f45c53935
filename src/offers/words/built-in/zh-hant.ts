import type { ReasonKey } from '../../reason.ts';

/** Traditional Chinese, as it is written in Taiwan, Hong Kong and Macau: blanks around figures, corner brackets as quotation marks. */
export const zhHant: Readonly<Record<ReasonKey, string>> = {
  'goes-with-one': '和{names, each: 「{name}」}很搭：買了它的訂單中，有 {confidence} 也包含這項商品。',
  'goes-with-several':
    '與{names, each: 「{name}」}很搭：同時買了這些商品的訂單中，有 {confidence} 也包含這項商品。',
  'of-kind': '與{names, each: 「{name}」}很搭：買了同類商品的訂單中，有 {confidence} 也包含這類商品。',
  'bought-next': '買過{names, each: 「{name}」}後，有 {confidence} 的下一筆訂單包含這項商品。',
  'bought-by-same': '買過{names, each: 「{name}」}的顧客中，有 {confidence} 也買了這項商品。',
  selling: '{orders, =0: 一項值得您發掘的商品。, other: 最近四週有 {orders} 筆訂單包含這項商品。}',
  popular: '本店近期熱銷商品。',
  'popular-in-segment': '近期深受與您相似的顧客喜愛。',
  habit:
    '{times, =2: 您已買過兩次，前後相隔約 {everyDays}, other: 您已買過 {times} 次，大約{everyDays, =1: 每天, other: 每 {everyDays}}一次}。上次購買：{sinceDays}。',
  'habit-once': '您買過這項商品。上次購買：{sinceDays}。',
  upgrade: '{names, each: 「{name}」}的升級之選：買過它的顧客中，有 {confidence} 後來選購了這項商品。',
  'upgrade-alike': '{names, each: 「{name}」}的同類升級之選。',
  bundle: '常與{names, each: 「{name}」}一起購買：已有 {orders} 筆訂單包含整組商品。',
  alike: '新品上架，與{names, each: 「{name}」}相似。',
  chosen: '本店為您精選。',
};
