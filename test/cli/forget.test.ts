import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { describeCli, runCli } from '../support/cli.ts';
import { fillShop } from '../support/shop.ts';

describeCli('pairwell forget', () => {
  let folder: string;
  const run = (...words: string[]) => runCli(['forget', ...words], { PAIRWELL_DATA: join(folder, 'data') });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pairwell-forget-'));
    const database = await openDatabase({ folder: join(folder, 'data') });
    await fillShop(database);
    await database.close();
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('forgets a customer, as often as it is asked, and says what it found', async () => {
    const first = await run('ann');
    expect({ ...first, stdout: JSON.parse(first.stdout) }).toEqual({
      code: 0,
      stderr: '',
      stdout: { orders: 3, contracts: 0, events: 0, rejectedRows: 0, models: 0 },
    });
    const again = await run('ann');
    expect({ code: again.code, ...JSON.parse(again.stdout) }).toMatchObject({ code: 0, orders: 0 });
  });

  it('lets one come back who was forgotten, and says where there is nobody', async () => {
    expect(await run('eva', '--welcome-back')).toMatchObject({
      code: 1,
      stderr: 'pairwell: No customer eva was forgotten.\n',
    });
    expect((await run('ann', '--welcome-back')).code).toBe(0);
    expect(await run('ann')).toMatchObject({ code: 1, stderr: 'pairwell: There is no customer ann.\n' });
    expect((await run()).code).toBe(2);
  });
});
