import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { publishModel } from '../../db/queries/models.ts';
import { encodeModel } from '../../src/model/model.ts';
import { trainSettings } from '../../src/train/settings.ts';
import { customerModel, fillCustomerShop } from '../http/customer-shop.ts';
import { describeCli, runCli } from '../support/cli.ts';

describeCli('pairwell churn actions', () => {
  let folder: string;
  const run = (...words: string[]) =>
    runCli(['churn', 'actions', ...words], { PAIRWELL_DATA: join(folder, 'data') });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pairwell-actions-'));
    const database = await openDatabase({ folder: join(folder, 'data') });
    await fillCustomerShop(database);
    const model = encodeModel(await customerModel());
    await publishModel(database, { bytes: model, settings: trainSettings.parse({}), figures: {} });
    await database.close();
    const channels = [{ id: 'letter', cost: 0.01 }];
    await writeFile(join(folder, 'settings.json'), JSON.stringify({ channels, controlShare: 0.5, seed: 2 }));
    await writeFile(join(folder, 'wrong.json'), '{"channels": [{"id": "letter"}]}');
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('draws the list of a day once and writes both arms, those held out without a contact', async () => {
    const day = ['--date', '2024-04-10'];
    const settings = ['--settings', join(folder, 'settings.json')];
    const out = join(folder, 'list.csv');
    const first = await run(...day, ...settings, '--out', out);
    expect(first).toMatchObject({ code: 0, stdout: '' });
    expect(first.stderr).toMatch(/^Drawn for 2024-04-10: \d+ to contact, \d+ held out\.\n/);
    const held = await run(...day, '--arm', 'control', '--language', 'zh-Hant');
    expect(held.stderr).toMatch(/^Drawn before for 2024-04-10/);
    const rowsOf = (text: string): Record<string, string>[] => parse(text, { columns: true });
    const rows = [...rowsOf(await readFile(out, 'utf8')), ...rowsOf(held.stdout)];
    // Bob has not come for two months.
    const bob = rows.find(({ customerId }) => customerId === 'bob')!;
    expect(Number(bob.expectedGain)).toBeGreaterThan(0);
    for (const { arm, action, channel, heldOutFrom } of rows)
      expect({ action: action !== '', channel, isHeldOut: heldOutFrom !== '' }).toEqual(
        arm === 'contacted'
          ? { action: true, channel: 'letter', isHeldOut: false }
          : { action: false, channel: '', isHeldOut: true },
      );
  });

  it('says what to do about what cannot be', async () => {
    expect(await run('--date', 'soon')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/such as 2024-05-01/),
    });
    expect(await run('--date', '2024-02-30')).toMatchObject({ code: 2 });
    expect(await run('--date', '2025-01-01')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/from then to 2024-05-11.*train again/),
    });
    const wrong = await run('--date', '2024-04-11', '--settings', join(folder, 'wrong.json'));
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringMatching(/wrong\.json.*channels\.0\.cost/) });
    const none = await run('--settings', join(folder, 'none.json'));
    expect(none).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Cannot read settings from .*none\.json/),
    });
  });
});
