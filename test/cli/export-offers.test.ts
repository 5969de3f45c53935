import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { describeCli, runCli } from '../support/cli.ts';
import { openTestService } from '../support/service.ts';
import { fillShop } from '../support/shop.ts';

describeCli('pairwell export offers', () => {
  let folder: string;
  /** By customer: the products that the API offers in an e-mail. */
  const answers = new Map<string, string[]>();
  const run = (...words: string[]) => runCli(['export', ...words], { PAIRWELL_DATA: join(folder, 'data') });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pairwell-offers-'));
    const database = await openDatabase({ folder: join(folder, 'data') });
    await fillShop(database);
    const service = await openTestService(database);
    expect(await service.train()).toMatchObject({ status: 'succeeded' });
    for (const customer of ['ann', 'ben', 'eva', 'kim'])
      answers.set(customer, await service.offered(`/v1/customers/${customer}/offers?placement=email`));
    await service.close();
    await database.close();
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('writes a line for each offer to each customer, with an id of the customer and the export', async () => {
    const { code, stdout, stderr } = await run('offers');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const rows: Record<string, string>[] = parse(stdout, { columns: true });
    const expected = [...answers].flatMap(([customerId, products]) =>
      products.map((productId, n) => ({ customerId, productId, position: String(n + 1) })),
    );
    expect(rows.map(({ customerId, productId, position }) => ({ customerId, productId, position }))).toEqual(
      expected,
    );
    expect(rows[0]).toEqual({
      customerId: 'ann',
      recommendationId: expect.stringMatching(/^1\.email\.[0-9a-f-]{36}-0$/),
      position: '1',
      productId: 'soap',
      kind: 'cross-sell',
      score: expect.stringMatching(/^0\.\d{1,6}$/),
      probability: expect.stringMatching(/^0\.\d{1,6}$/),
      chance: '',
      reason: 'Popular in the shop right now.',
      name: 'Soap',
      price: '1',
    });

    const again: Record<string, string>[] = parse((await run('offers')).stdout, { columns: true });
    const ids = [...rows, ...again].map(({ recommendationId }) => recommendationId);
    expect(new Set(ids).size).toBe(2 * answers.size);
  });

  it('writes JSON into a file, of some customers, in another language', async () => {
    const out = join(folder, 'offers.json');
    const words = ['--segment', 'country=DE', '--placement', 'home', '--limit', '2', '--kinds', 'cross-sell'];
    const ended = await run(
      'offers',
      '--format',
      'json',
      '--out',
      out,
      '--threads',
      '3',
      '--language',
      'zh',
      ...words,
    );
    expect(ended).toEqual({ code: 0, stdout: '', stderr: '' });
    const { customers, ...head } = JSON.parse(readFileSync(out, 'utf8'));
    expect(head).toEqual({ modelVersion: '1', placement: 'home', language: 'zh-Hans' });
    expect(customers).toMatchObject([{ customerId: 'ben' }, { customerId: 'eva' }]);
    for (const { offers } of customers) {
      expect(offers[0]).toMatchObject({
        position: 1,
        kind: 'cross-sell',
        reason: expect.stringMatching(/[一-鿿]/),
      });
    }
  });

  it.each([
    [['offers', '--model', '9'], /^pairwell: There is no model 9/m],
    [['offers', '--segment', 'tier-moon'], /^pairwell: There is no segment tier-moon/m],
    [['offers', '--segment', 'moon=full'], /^pairwell: No customer has an attribute moon/m],
    [['offers', '--out', '/nowhere/offers.csv'], /^pairwell: Cannot write to \/nowhere\/offers\.csv/m],
  ])('ends %j with 1, and says why', async (words, why) => {
    const { code, stdout, stderr } = await run(...words);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(why);
  });

  it.each([
    [['offers', '--format', 'pmml'], /offers are written as csv or json/],
    [['offers', '--set', 'shown'], /--set is of rules and segments/],
    [['offers', '--product', 'tea'], /--product is of an audience/],
    [['offers', '--placement', 'footer'], /Allowed choices are home, product/],
    [['offers', '--kinds', 'bundle,magic'], /There is no kind "magic"/],
    [['offers', '--language', 'not a language'], /language tag such as en/],
    [['offers', '--limit', '0'], /whole number from 1 to 100/],
    [['offers', '--threads', '0'], /whole number from 1 to 256/],
    [['segments', '--placement', 'home'], /--placement is of offers: leave it out for segments/],
    [['rules', '--threads', '2'], /--threads is of offers: leave it out for rules/],
  ])('ends %j with 2, and says why', async (words, why) => {
    const { code, stdout, stderr } = await run(...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(why);
  });
});
