import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Database } from '../../db/database.ts';
import { settleCurrency, shopCurrency } from '../../db/queries/shop.ts';
import { type ReasonKey, reasonKeys } from '../../src/offers/reason.ts';
import { describeDatabases } from '../support/databases.ts';
import {
  expectProblem,
  type OtherService,
  openOtherService,
  openTestService,
  type TestService,
} from '../support/service.ts';
import { emptyShop } from '../support/shop.ts';

/** Waits until `check` passes: a change takes its time from one process to the other. */
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 10_000 });

describeDatabases('the words of explanations', (opened) => {
  let database: Database;
  let service: TestService;
  let other: TestService;
  let second: OtherService;

  beforeAll(async () => {
    database = opened().database;
    service = await openTestService(database);
    second = await openOtherService(opened());
    other = second.service;
  });
  afterAll(async () => {
    await second?.close();
    await service?.close();
  });
  beforeEach(async () => {
    await setDefault('en');
    for (const { language, updatedAt } of (await all()).items) if (updatedAt !== null) await remove(language);
  });

  const all = async (from = service) => (await from.get('/v1/explanations')).body;
  const put = (language: string, templates: object, to = service) =>
    to.send('PUT', `/v1/explanations/${language}`, { templates });
  const setDefault = (defaultLanguage: string) =>
    service.send('PUT', '/v1/explanations', { defaultLanguage });
  const remove = (language: string) => service.request(`/v1/explanations/${language}`, { method: 'DELETE' });
  /** What a customer is told who asks for a language. */
  const told = ({ shop: { wording } }: TestService, key: ReasonKey, language?: string) =>
    wording.text({ key, because: [], orders: 2 }, wording.pick(language, undefined));

  it('are listed as they come, with what each may ask for and an example', async () => {
    const { items, keys, placeholders, ...rest } = await all();
    expect(rest).toEqual({ defaultLanguage: 'en', languages: ['en', 'zh-Hans', 'zh-Hant'] });
    expect(keys.map(({ key }: { key: string }) => key)).toEqual([...reasonKeys]);
    expect(keys[0]).toEqual({
      key: 'goes-with-one',
      meaning: 'A share of the orders with one product have this too.',
      placeholders: ['names', 'confidence'],
    });
    expect(placeholders).toContainEqual({
      name: 'orders',
      meaning: 'How many orders had the product, or the whole bundle.',
    });
    expect(items[1]).toMatchObject({ language: 'zh-Hans', isBuiltIn: true, updatedAt: null });
    expect(items[2].templates[reasonKeys.indexOf('alike')]).toEqual({
      key: 'alike',
      template: '新品上架，與{names, each: 「{name}」}相似。',
      isOwn: false,
      language: 'zh-Hant',
      example: '新品上架，與「Rye bread」相似。',
    });
  });

  it('are replaced by those of the shop, language by language, and felt at once', async () => {
    const template =
      'In {orders, one: einer Bestellung, other: {orders} Bestellungen} der letzten vier Wochen.';
    const stored = await put('DE', { selling: template, chosen: 'Für Sie ausgesucht.' });
    expect(stored).toMatchObject({
      status: 200,
      body: { language: 'de', isBuiltIn: false, updatedAt: expect.any(String) },
    });
    expect(stored.body.templates[reasonKeys.indexOf('selling')]).toEqual({
      key: 'selling',
      template,
      isOwn: true,
      language: 'de',
      example: 'In 43 Bestellungen der letzten vier Wochen.',
    });
    expect(stored.body.templates[reasonKeys.indexOf('popular')]).toMatchObject({
      isOwn: false,
      language: 'en',
      example: 'Popular in the shop right now.',
    });
    expect(told(service, 'selling', 'de-AT')).toBe('In 2 Bestellungen der letzten vier Wochen.');
    expect((await all()).languages).toEqual(['de', 'en', 'zh-Hans', 'zh-Hant']);

    // The whole set is put: what is left out is the shop's no more.
    await put('de', { popular: 'Gerade beliebt.' });
    expect(told(service, 'popular', 'de')).toBe('Gerade beliebt.');
    expect(told(service, 'selling', 'de')).toBe('Bought in 2 orders of the last four weeks.');
    await put('en', { popular: 'Loved by many.' });
    expect(told(service, 'popular')).toBe('Loved by many.');
    expect((await remove('en')).body.items[1]).toMatchObject({ language: 'en', updatedAt: null });
    expect(told(service, 'popular')).toBe('Popular in the shop right now.');
    expectProblem(await remove('en'), 404, 'not-found');
  });

  it('have a default language, which keeps its templates', async () => {
    const missing = expectProblem(await setDefault('de'), 400, 'bad-input');
    expect(missing).toBe(
      'There are no templates in de: store some first (PUT /v1/explanations/de), or take one of en, zh-Hans, zh-Hant.',
    );
    expect(expectProblem(await setDefault('zh-hk'), 400, 'bad-input')).toMatch(
      /in zh-HK: .*, or take zh-Hant\.$/,
    );
    await put('de', { popular: 'Gerade beliebt.' });
    expect(await setDefault('De')).toMatchObject({ status: 200, body: { defaultLanguage: 'de' } });
    expect(told(service, 'popular', 'fr')).toBe('Gerade beliebt.');
    expect(expectProblem(await remove('de'), 409, 'conflict')).toMatch(
      /^de is the default language. Choose another/,
    );
    await setDefault('zh-Hant');
    expect((await remove('de')).status).toBe(200);
    expect(told(service, 'popular', 'fr')).toBe('本店近期熱銷商品。');
    // Those that come with it may be the default without the shop's own.
    await put('zh-Hant', { popular: '人氣商品。' });
    expect((await remove('zh-hant')).body.defaultLanguage).toBe('zh-Hant');
  });

  it('may be set before the currency, and after it', async () => {
    await emptyShop(database);
    await setDefault('zh-Hans');
    expect(await shopCurrency(database)).toBeNull();
    expect(await settleCurrency(database, 'EUR')).toBe('EUR');
    expect((await all()).defaultLanguage).toBe('zh-Hans');
    await setDefault('zh-Hant');
    expect(await shopCurrency(database)).toBe('EUR');
  });

  it.each<[string, string, unknown, RegExp]>([
    ['a key that there is not', 'de', { templates: { rule: 'x' } }, /There is no reason "rule"/],
    ['what a reason does not know', 'de', { templates: { chosen: '{names}' } }, /It takes none/],
    ['a brace too many', 'de', { templates: { chosen: 'a }' } }, /a \} without its \{/],
    ['a template too long', 'de', { templates: { chosen: 'x'.repeat(501) } }, /at most 500/],
    ['no templates', 'de', { templates: {} }, /Give at least one/],
    ['no language', 'de_AT', { templates: { chosen: 'x' } }, /no language tag of BCP 47/],
    ['what is no text', 'de', { templates: { chosen: 1 } }, /templates\.chosen/],
    ['another field', 'de', { templates: { chosen: 'x' }, language: 'fr' }, /language/],
    ['no body that it takes', 'de', ['x'], /object/],
  ])('with %s are refused, and nothing is stored', async (_, language, body, message) => {
    const answer = await service.send('PUT', `/v1/explanations/${language}`, body);
    expect(expectProblem(answer, 400, 'bad-input')).toMatch(message);
    expect((await all()).languages).toHaveLength(3);
  });

  it('are kept of a hundred languages', async () => {
    await database.rows(sql`
      insert into explanations (language, templates)
      select 'en-x-' || n, '{"chosen": "x"}' from generate_series(1, 100) as n`);
    expect(expectProblem(await put('de', { chosen: 'x' }), 422, 'limit-exceeded')).toMatch(/Delete those/);
    expect((await put('en-x-1', { chosen: 'y' })).status).toBe(200);
    await emptyShop(database);
  });

  it('pass over a template of a later version in the database', async () => {
    await database.rows(sql`
      insert into explanations (language, templates) values ('nl', '{"chosen": "{stars}", "by-stars": "x"}')`);
    expect((await all()).languages).toEqual(['en', 'zh-Hans', 'zh-Hant']);
    await emptyShop(database);
  });

  it('are the same in every process, in one that starts later, and after a restart', async () => {
    await put('de', { popular: 'Gerade beliebt.' });
    await setDefault('de');
    expect((await all(other)).defaultLanguage).toBe('de');
    await eventually(() => expect(told(other, 'popular')).toBe('Gerade beliebt.'));
    await put('de', { popular: 'Gefragt.' }, other);
    expect(told(other, 'popular')).toBe('Gefragt.');
    await eventually(() => expect(told(service, 'popular')).toBe('Gefragt.'));
    const late = await openTestService(second.database);
    expect(told(late, 'popular', 'fr')).toBe('Gefragt.');
    expect(await all(late)).toEqual(await all());
    await late.close();
  });

  it('are read by analysts and changed by operators', async () => {
    const keyed = await openTestService(database, {
      PAIRWELL_API_KEYS: 'storefront:shop-front-key,analyst:analysts-own-key,operator:operators-own-key',
    });
    const status = async (key: string, method: string, path: string) =>
      (
        await keyed.request(path, {
          method,
          headers: { 'X-API-Key': key, 'Content-Type': 'application/json' },
          ...(method === 'PUT' ? { body: '{"no": 1}' } : {}),
        })
      ).status;
    for (const [method, path, analyst] of [
      ['GET', '/v1/explanations', true],
      ['PUT', '/v1/explanations', false],
      ['PUT', '/v1/explanations/de', false],
      ['DELETE', '/v1/explanations/de', false],
    ] as const) {
      expect(await status('shop-front-key', method, path)).toBe(403);
      expect((await status('analysts-own-key', method, path)) !== 403).toBe(analyst);
      expect(await status('operators-own-key', method, path)).not.toBe(403);
    }
    await keyed.close();
  });
});

describeDatabases('the words of explanations after a restart', (opened) => {
  it('are those that were stored', async () => {
    const before = await openTestService(opened().database);
    const template = { popular: 'Gerade beliebt.' };
    await before.send('PUT', '/v1/explanations/de', { templates: template });
    await before.send('PUT', '/v1/explanations', { defaultLanguage: 'de' });
    await before.close();
    await opened().reopen();
    const after = await openTestService(opened().database);
    const { wording } = after.shop;
    expect(wording.text({ key: 'popular', because: [] }, wording.pick(undefined, undefined))).toBe(
      'Gerade beliebt.',
    );
    await after.close();
  });
});
