import type { ReasonKey } from '../../reason.ts';

/** Simplified Chinese, as it is written in mainland China and Singapore: no blanks around figures. */
export const zhHans: Readonly<Record<ReasonKey, string>> = {
  'goes-with-one': '和{names, each: “{name}”}很搭：买了它的订单中，{confidence}也包含这件商品。',
  'goes-with-several': '与{names, each: “{name}”}很搭：同时买了它们的订单中，{confidence}也包含这件商品。',
  'of-kind': '和{names, each: “{name}”}很搭：买了同类商品的订单中，{confidence}也包含这类商品。',
  'bought-next': '买过{names, each: “{name}”}后，{confidence}的下一笔订单包含这件商品。',
  'bought-by-same': '买过{names, each: “{name}”}的顾客中，{confidence}也买了这件商品。',
  selling: '{orders, =0: 一件值得您发现的商品。, other: 最近四周有{orders}笔订单包含这件商品。}',
  popular: '本店近期热销商品。',
  'popular-in-segment': '近期深受与您相似的顾客欢迎。',
  habit:
    '您已买过{times, =2: 两次，前后相隔约{everyDays}, other: {times}次，大约{everyDays, =1: 每天, other: 每{everyDays}}一次}，上次是{sinceDays}。',
  'habit-once': '您{sinceDays}买过这件商品。',
  upgrade: '{names, each: “{name}”}的升级之选：买过它的顾客中，{confidence}后来选了这件商品。',
  'upgrade-alike': '{names, each: “{name}”}的同类升级之选。',
  bundle: '常与{names, each: “{name}”}一起购买：已有{orders}笔订单包含整套商品。',
  alike: '新品上架，与{names, each: “{name}”}相似。',
  chosen: '本店为您精选。',
};
