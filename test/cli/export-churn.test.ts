import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { publishModel } from '../../db/queries/models.ts';
import { encodeModel } from '../../src/model/model.ts';
import { trainSettings } from '../../src/train/settings.ts';
import { customerModel } from '../http/customer-shop.ts';
import { ruleModel } from '../http/rule-shop.ts';
import { describeCli, runCli } from '../support/cli.ts';

describeCli('pairwell export churn', () => {
  let folder: string;
  const run = (...words: string[]) =>
    runCli(['export', 'churn', ...words], { PAIRWELL_DATA: join(folder, 'data') });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pairwell-churn-'));
    const database = await openDatabase({ folder: join(folder, 'data') });
    const settings = trainSettings.parse({});
    for (const model of [ruleModel(), await customerModel()])
      await publishModel(database, { bytes: encodeModel(model), settings, figures: {} });
    await database.close();
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('writes who is a customer, when the next order is due, and what becomes of the lost', async () => {
    const { code, stdout, stderr } = await run();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const rows: Record<string, string>[] = parse(stdout, { columns: true });
    const of = (customer: string) => rows.find(({ customerId }) => customerId === customer)!;
    expect(rows).toHaveLength(7);
    // Every ten days from 1 January to 31 March, and on 10 April it is as of.
    expect(of('ann')).toMatchObject({
      status: 'customer',
      since: '2024-01-01',
      leftOn: '',
      lastSeen: '2024-03-31',
    });
    expect(of('ann').dueDate).toBe('2024-04-10');
    // Until 10 February: longer than ten days allow, so that he has left.
    expect(of('bob')).toMatchObject({
      status: 'left',
      lastSeen: '2024-02-10',
      isOverdue: 'true',
      alarms: 'order-gap',
    });
    expect(Number(of('bob').comesBack)).toBeGreaterThan(0);
    expect(Number(of('bob').leaving)).toBeGreaterThan(0.5);
    const json = JSON.parse((await run('--format', 'json')).stdout);
    expect(json).toMatchObject({ modelVersion: '2', today: '2024-04-10' });
    expect(
      json.customers.find(({ customerId }: { customerId: string }) => customerId === 'bob'),
    ).toMatchObject({
      status: 'left',
      isOverdue: true,
    });
  });

  it('says what to do where a model knows nothing of it, and refuses what is of other exports', async () => {
    const { code, stderr } = await run('--model', '1');
    expect(code).toBe(1);
    expect(stderr).toMatch(/knows nothing of who leaves.*Train again/s);
    expect(await run('--kind', 'tier')).toMatchObject({ code: 2 });
    expect(await run('--format', 'pmml')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/churn is written as csv or json/),
    });
  });
});
