import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Reason, type ReasonKey, reasonKeys } from '../reason.ts';
import { checkTemplates } from './check-templates.ts';
import { exampleReasons } from './examples.ts';
import { keyInfos } from './placeholders.ts';
import { builtInTemplates, type OwnTemplates, Wording } from './wording.ts';

const builtIn = new Wording();

/** What comes with it says of the examples, by key: in English, in Simplified and in Traditional Chinese. */
const told: Record<ReasonKey, [en: string, zhHans: string, zhHant: string]> = {
  'goes-with-one': [
    'Goes with Rye bread: 27% of orders with it have this too.',
    '和“Rye bread”很搭：买了它的订单中，27%也包含这件商品。',
    '和「Rye bread」很搭：買了它的訂單中，有 27% 也包含這項商品。',
  ],
  'goes-with-several': [
    'Goes with Rye bread and Butter: 42% of orders with these have this too.',
    '与“Rye bread”和“Butter”很搭：同时买了它们的订单中，42%也包含这件商品。',
    '與「Rye bread」和「Butter」很搭：同時買了這些商品的訂單中，有 42% 也包含這項商品。',
  ],
  'of-kind': [
    'Goes with Rye bread: 27% of orders with something like it have something like this too.',
    '和“Rye bread”很搭：买了同类商品的订单中，27%也包含这类商品。',
    '與「Rye bread」很搭：買了同類商品的訂單中，有 27% 也包含這類商品。',
  ],
  'bought-next': [
    'Bought after Rye bread: 8.3% of the orders that came next have this.',
    '买过“Rye bread”后，8.3%的下一笔订单包含这件商品。',
    '買過「Rye bread」後，有 8.3% 的下一筆訂單包含這項商品。',
  ],
  'bought-by-same': [
    '34% of the customers who bought Rye bread bought this too.',
    '买过“Rye bread”的顾客中，34%也买了这件商品。',
    '買過「Rye bread」的顧客中，有 34% 也買了這項商品。',
  ],
  selling: [
    'Bought in 43 orders of the last four weeks.',
    '最近四周有43笔订单包含这件商品。',
    '最近四週有 43 筆訂單包含這項商品。',
  ],
  popular: ['Popular in the shop right now.', '本店近期热销商品。', '本店近期熱銷商品。'],
  'popular-in-segment': [
    'Popular with customers like you right now.',
    '近期深受与您相似的顾客欢迎。',
    '近期深受與您相似的顧客喜愛。',
  ],
  habit: [
    'You have bought this 5 times, about every 4 weeks; the last time 27 days ago.',
    '您已买过5次，大约每4周一次，上次是27天前。',
    '您已買過 5 次，大約每 4 週一次。上次購買：27 天前。',
  ],
  'habit-once': [
    'You bought this 6 weeks ago.',
    '您6周前买过这件商品。',
    '您買過這項商品。上次購買：6 週前。',
  ],
  upgrade: [
    'A step up from Rye bread: 12% of those who had it went on to this.',
    '“Rye bread”的升级之选：买过它的顾客中，12%后来选了这件商品。',
    '「Rye bread」的升級之選：買過它的顧客中，有 12% 後來選購了這項商品。',
  ],
  'upgrade-alike': [
    'A step up from Rye bread, of the same kind.',
    '“Rye bread”的同类升级之选。',
    '「Rye bread」的同類升級之選。',
  ],
  bundle: [
    'Bought together with Rye bread and Butter: 35 orders had the whole set.',
    '常与“Rye bread”和“Butter”一起购买：已有35笔订单包含整套商品。',
    '常與「Rye bread」和「Butter」一起購買：已有 35 筆訂單包含整組商品。',
  ],
  alike: [
    'New, and much like Rye bread.',
    '新品上架，与“Rye bread”相似。',
    '新品上架，與「Rye bread」相似。',
  ],
  chosen: ['Chosen for you by the shop.', '本店为您精选。', '本店為您精選。'],
};

/** Any reason that there may be. */
const anyReason = (name: fc.Arbitrary<string>): fc.Arbitrary<Reason> =>
  fc.record(
    {
      key: fc.constantFrom(...reasonKeys),
      because: fc.array(fc.record({ code: fc.constant('x1'), name }), { maxLength: 4 }),
      confidence: fc.double({ min: 0, max: 1 }),
      orders: fc.nat(),
      customers: fc.nat(),
      times: fc.nat(400),
      everyDays: fc.double({ min: 0, max: 4000 }),
      sinceDays: fc.integer({ min: -10, max: 8000 }),
      segment: fc.constant('DE'),
    },
    { requiredKeys: ['key', 'because'] },
  );

describe('the words that come with it', () => {
  it.each(reasonKeys)('tell of %s', (key) => {
    expect(builtIn.languages.map((language) => builtIn.text(exampleReasons[key], language))).toEqual(
      told[key],
    );
  });

  it.each(Object.entries(builtInTemplates))('in %s pass the check', (language, templates) => {
    expect(checkTemplates(language, templates)).toBe(templates);
    expect(Object.keys(templates).toSorted()).toEqual([...reasonKeys].sort());
  });

  it.each<[Partial<Reason> & { key: ReasonKey }, [string, string, string]]>([
    [
      { key: 'selling', orders: 0 },
      ['One to discover in our shop.', '一件值得您发现的商品。', '一項值得您發掘的商品。'],
    ],
    [
      { key: 'selling', orders: 1 },
      [
        'Bought in 1 order of the last four weeks.',
        '最近四周有1笔订单包含这件商品。',
        '最近四週有 1 筆訂單包含這項商品。',
      ],
    ],
    [
      { key: 'bundle', because: [{ code: 'x', name: null }], orders: 1 },
      [
        'Bought together with x: 1 order had the whole set.',
        '常与“x”一起购买：已有1笔订单包含整套商品。',
        '常與「x」一起購買：已有 1 筆訂單包含整組商品。',
      ],
    ],
    [
      { key: 'habit', times: 2, everyDays: 70, sinceDays: 0 },
      [
        'You have bought this twice, about 2 months apart; the last time today.',
        '您已买过两次，前后相隔约2个月，上次是今天。',
        '您已買過兩次，前後相隔約 2 個月。上次購買：今天。',
      ],
    ],
    [
      { key: 'habit', times: 30, everyDays: 1.2, sinceDays: 1 },
      [
        'You have bought this 30 times, about every day; the last time yesterday.',
        '您已买过30次，大约每天一次，上次是昨天。',
        '您已買過 30 次，大約每天一次。上次購買：昨天。',
      ],
    ],
  ])('tell of few and of many: %j', (reason, texts) => {
    const whole = { because: [], ...reason };
    expect(builtIn.languages.map((language) => builtIn.text(whole, language))).toEqual(texts);
  });

  it('leave no brace, whatever figures there are', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'é', '漢', ' ', '&') });
    fc.assert(
      fc.property(anyReason(name), fc.constantFrom(...builtIn.languages), (reason, language) => {
        const text = builtIn.text(reason, language);
        expect(text).not.toMatch(/[{}]|NaN|undefined|null|Infinity/);
        expect(text.trim()).toBe(text);
        expect(text).not.toBe('');
      }),
    );
  });

  it('name products as they are called, braces and all', () => {
    const name = fc.string({
      unit: fc.constantFrom('{names}', '{', '}', '{orders, other: x}', '<b>', '&amp;', '$&', '\\', 'x'),
      minLength: 1,
    });
    fc.assert(
      fc.property(anyReason(name), fc.constantFrom(...builtIn.languages), (reason, language) => {
        const plain = {
          ...reason,
          because: reason.because.map((_, n) => ({ code: `\u0001${n}`, name: null })),
        };
        const expected = reason.because.reduce(
          (text, { name }, n) => text.split(`\u0001${n}`).join(name!),
          builtIn.text(plain, language),
        );
        expect(builtIn.text(reason, language)).toBe(expected);
      }),
    );
  });

  it('may all be told by every placeholder that its key has, and by no other', () => {
    for (const key of reasonKeys) {
      const all = keyInfos[key].placeholders.map((name) => `{${name}}`).join(' ') || 'x';
      const wording = new Wording([{ language: 'en', templates: { [key]: all } }]);
      expect(wording.template(key, 'en')).toMatchObject({ text: all, isOwn: true });
      expect(wording.text(exampleReasons[key], 'en')).not.toMatch(/[{}–]/);
    }
  });
});

describe('Wording', () => {
  const own: OwnTemplates[] = [
    { language: 'de', templates: { chosen: 'Für Sie.', popular: 'Beliebt: {orders}.' } },
    { language: 'de-AT', templates: { popular: 'Gefragt: {orders}.' } },
    { language: 'en', templates: { chosen: 'Our choice.' } },
    { language: 'zh-TW', templates: { chosen: '店長推薦。' } },
  ];
  const wording = new Wording(own, 'de');
  const chosen: Reason = { key: 'chosen', because: [] };
  const popular: Reason = { key: 'popular', because: [], orders: 1250 };

  it('takes the own template, else the one that comes with it, else that of the default language, else English', () => {
    expect(wording.languages).toEqual(['de', 'de-AT', 'en', 'zh-Hans', 'zh-Hant', 'zh-TW']);
    expect(wording.text(chosen, 'en')).toBe('Our choice.');
    expect(wording.text(popular, 'en')).toBe('Popular in the shop right now.');
    expect(wording.text(popular, 'de-AT')).toMatch(/^Gefragt: 1\D250\.$/);
    expect(wording.text(chosen, 'de-AT')).toBe('Für Sie.');
    expect(wording.text(chosen, 'zh-TW')).toBe('店長推薦。');
    expect(wording.text(popular, 'zh-TW')).toBe('本店近期熱銷商品。');
    expect(wording.text(exampleReasons.alike, 'de')).toBe('New, and much like Rye bread.');
    expect(wording.template('alike', 'de-AT')).toMatchObject({ language: 'en', isOwn: false });
    const french = new Wording([{ language: 'fr', templates: { chosen: 'Pour vous.' } }, ...own], 'de');
    expect(french.text(popular, 'fr')).toBe('Beliebt: 1.250.');
  });

  it('tells in the default language what is asked for in one without templates', () => {
    expect(wording.text(chosen, 'fr')).toBe('Für Sie.');
    expect(new Wording(own, 'fr').defaultLanguage).toBe('en');
  });

  it('passes over templates of a later version', () => {
    const later = { language: 'nl', templates: { chosen: '{stars}', 'by-stars': 'x', alike: 'Nieuw.' } };
    const served = new Wording([later, { language: 'fr', templates: { chosen: '{' } }]);
    expect(served.languages).toEqual(['en', 'nl', 'zh-Hans', 'zh-Hant']);
    expect(served.text(chosen, 'nl')).toBe('Chosen for you by the shop.');
    expect(served.text(exampleReasons.alike, 'nl')).toBe('Nieuw.');
  });

  it('has the forms of a language for numbers', () => {
    const polish = {
      bundle: '{orders, one: {orders} raz, few: {orders} razy, many: {orders} razy!, other: ?}',
    };
    const served = new Wording([{ language: 'pl', templates: polish }]);
    const texts = [1, 3, 5, 22].map((orders) => served.text({ key: 'bundle', because: [], orders }, 'pl'));
    expect(texts).toEqual(['1 raz', '3 razy', '5 razy!', '22 razy']);
  });

  it('goes by how many names there are, and by whole per cents', () => {
    const template =
      '{names, one: it, =2: both, other: all}, {confidence, =100: always, other: {confidence}}';
    const served = new Wording([{ language: 'en', templates: { bundle: template } }]);
    const text = (names: number, confidence: number) => {
      const because = Array.from({ length: names }, () => ({ code: 'x', name: null }));
      return served.text({ key: 'bundle', because, confidence }, 'en');
    };
    expect([text(1, 1), text(2, 0.5), text(3, 0.9999)]).toEqual(['it, always', 'both, 50%', 'all, 99%']);
  });

  it.each([
    [undefined, undefined, 'de'],
    ['zh', undefined, 'zh-Hans'],
    ['zh-CN', undefined, 'zh-Hans'],
    ['zh-SG', undefined, 'zh-Hans'],
    ['zh-TW', undefined, 'zh-TW'],
    ['zh-HK', 'en', 'zh-Hant'],
    ['zh-MO', undefined, 'zh-Hant'],
    ['ZH-HANT', undefined, 'zh-Hant'],
    ['de-CH', undefined, 'de'],
    ['de-at', undefined, 'de-AT'],
    ['fr', 'zh-HK,zh;q=0.9', 'zh-Hant'],
    ['not a tag', 'en', 'en'],
    ['fr', 'it', 'de'],
    [undefined, 'fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5', 'en'],
    [undefined, 'fr, *;q=0.5, en;q=0.1', 'de'],
    [undefined, 'en;q=0', 'de'],
    [undefined, ';;,,q=', 'de'],
  ])('for language=%s and Accept-Language: %s picks %s', (requested, header, language) => {
    expect(wording.pick(requested, header)).toBe(language);
    expect(wording.pick(requested, header)).toBe(language);
  });
});
