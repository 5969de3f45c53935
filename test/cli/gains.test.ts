import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hillstromFile } from '../../src/gains/testing/hillstrom.ts';
import { describeCli, runCli } from '../support/cli.ts';
import { withSharedFile } from '../support/shared-data.ts';

/** Ten customers of whom four respond; `flat` says nothing. */
const customers = [
  'id,churn score,flat,left,mailed,spent',
  ...['yes', 'yes', 'no', 'yes', 'no', 'no', 'yes', 'no', 'no', 'no'].map(
    (left, n) => `c${n},${(10 - n) / 10},1,${left},${n % 2},${left === 'yes' ? 20 : 0}`,
  ),
];

describeCli('pairwell gains', () => {
  let folder: string;
  const written = async (name: string, content: string | Uint8Array): Promise<string> => {
    const file = join(folder, name);
    await writeFile(file, content);
    return file;
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pairwell-gains-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('prints the gains of two scores as JSON', async () => {
    const file = await written('plain.csv', `${customers.join('\n')}\n`);
    const words = ['gains', file, '--score', 'churn score,flat', '--outcome', 'left', '--format', 'json'];
    const { code, stdout, stderr } = await runCli([...words, '--parts', '5', '--resamples', '50']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '10 of 10 rows used\n' });
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({ file: 'plain.csv', rowsRead: 10, rowsUsed: 10, rejected: [] });
    expect(found).toMatchObject({ contact: null, uplift: null, campaign: null });
    const [score, flat] = found.gains.scores;
    expect(score.rows.map(({ gain }: { gain: number }) => gain)).toEqual([0.5, 0.75, 0.75, 1, 1]);
    expect(score.area.auc).toBeCloseTo(20 / 24, 12);
    expect(score.rows[0].gainInterval.low).toBeLessThanOrEqual(0.5);
    expect(flat).toMatchObject({ name: 'flat', area: { auc: 0.5, gini: 0 } });
    expect(found.gains.differences[0].auc.difference).toBeCloseTo(20 / 24 - 0.5, 12);
    // The same seed draws the same.
    expect((await runCli([...words, '--parts', '5', '--resamples', '50'])).stdout).toBe(stdout);
  });

  it('finds where contacts stop to pay, and prints tables', async () => {
    const file = await written('scores.csv', customers.join('\n').replace('churn score', 'score'));
    const words = ['gains', file, '--score', 'score', '--outcome', 'left', '--cost', '3', '--value', '10'];
    const json = await runCli([...words, '--calibration', 'none', '--format', 'json', '--resamples', '0']);
    const [contact] = JSON.parse(json.stdout).contact;
    // Seven customers are likelier than 0.3: 4.9 are expected to respond, and all four do.
    expect(contact).toMatchObject({
      expected: { breakEven: 0.3, best: { customers: 7, moneyOut: 21 } },
      cutOff: { customers: 7, responses: 4, profit: 19 },
      realised: { best: { customers: 7, profit: 19 }, all: { profit: 10 }, nobody: { profit: 0 } },
    });
    expect(contact.expected.best.responses).toBeCloseTo(4.9, 12);
    const { code, stdout } = await runCli([...words, '--calibration', 'none']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^scores\.csv: 10 customers, 4 responded \(40\.0 %\)\n\nscore: AUC 0\.8333 \(/);
    expect(stdout).toMatch(/contacts pay from a probability of 30\.00 % on \(calibration: none\)/);
    expect(stdout).toMatch(/^ {2}best in hindsight +70\.0 % +7 +4\.0 +40\.00 +21\.00 +19\.00$/m);
  });

  it('tells what a campaign did, and on whom', async () => {
    const file = await written('campaign.csv.gz', gzipSync(customers.join('\r\n')));
    const words = ['gains', file, '--score', 'churn score', '--outcome', 'left', '--treatment', 'mailed'];
    const { stdout } = await runCli([...words, '--revenue', 'spent', '--cost', '1', '--format', 'json']);
    const { uplift, campaign, contact } = JSON.parse(stdout);
    expect(contact).toBeNull();
    // Customers 0, 2, 4, 6, 8 were held out, of whom two left.
    expect(uplift).toMatchObject([{ arm: 'treated', controlArm: 'held out', treated: 5, control: 5 }]);
    expect(campaign.arms).toMatchObject([{ responses: 2 }, { responses: 2 }]);
    expect(campaign.effects).toMatchObject([
      { response: { difference: 0 }, profitOfResponses: null, profitOfRevenue: { profit: -5 } },
    ]);
    expect(campaign.sampleRatio).toBeNull();
    const planned = [...words, '--planned', 'held out=1', '--planned'];
    const tables = await runCli([...planned, 'treated=99']);
    expect(tables.stdout).toMatch(/Sizes of the arms: p \S+, NOT as planned/);
    expect(await runCli([...planned, 'called=1'])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/--planned names the arm "called"; the arms are: held out, treated\./),
    });
  });

  it('counts bad rows, and says why', async () => {
    const rows = [...customers, 'c10,,1,yes,1,2', 'c11,0.5,1,perhaps,1,2', 'c12,0.5', 'c13,0.5,1,no,0,1'];
    const file = await written('bad.csv', rows.join('\n'));
    const words = ['gains', file, '--score', 'churn score', '--outcome', 'left', '--format', 'json'];
    const { code, stdout, stderr } = await runCli(words);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^11 of 14 rows used\n/);
    expect(stderr).toMatch(/left out 1 with no score, the first is row 11 \(no-score\)/);
    expect(JSON.parse(stdout)).toMatchObject({
      rowsRead: 14,
      rowsUsed: 11,
      rejected: [{ reason: 'no-score' }, { reason: 'odd-outcome' }, { reason: 'too-few-columns' }],
    });
  });

  it.each([
    ['no column', 'score,left\n1,1\n', /^pairwell: no column\.csv: There is no column "churn score"/],
    ['no rows', 'churn score,left\n', /None of 0 rows can be used/],
    ['a broken quote', 'churn score,left\n"1,1\n', /opens a quote that is never closed/],
    ['no text', Buffer.from([0x61, 0xff, 0xfe, 0x0a]), /is no utf-8 text/],
    ['nothing', '', /is empty/],
  ])('ends with 1 for a file with %s', async (name, content, why) => {
    const file = await written(`${name}.csv`, content);
    const { code, stdout, stderr } = await runCli([
      'gains',
      file,
      '--score',
      'churn score',
      '--outcome',
      'left',
    ]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(why);
  });

  it('ends with 1 for scores that are no probabilities and are to be taken as such', async () => {
    const file = await written('odds.csv', 'score,left\n3,1\n-1,0\n');
    const words = ['gains', file, '--score', 'score', '--outcome', 'left', '--cost', '1', '--value', '2'];
    const { code, stderr } = await runCli([...words, '--calibration', 'none']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/Number 0 is 3, not a probability; calibrate/);
  });

  withSharedFile(hillstromFile, "pairwell gains of Hillstrom's e-mail test", (file) => {
    it("reproduces the figures of Hillstrom's e-mail test", async () => {
      const words = [
        'gains',
        file,
        '--score',
        'womens,history',
        '--outcome',
        'visit',
        '--treatment',
        'segment',
      ];
      const { stdout } = await runCli([
        ...[...words, '--control', 'No E-Mail', '--revenue', 'spend'],
        ...['--format', 'json', '--resamples', '0'],
      ]);
      const { uplift, campaign } = JSON.parse(stdout);
      // ../shared/reference/analytics.md, "Gains, uplift, campaigns".
      const [womens, mens] = uplift;
      expect([womens.arm, mens.arm]).toEqual(['Womens E-Mail', 'Mens E-Mail']);
      expect(womens.scores[0].qini).toBeCloseTo(0.06401551, 7);
      expect(womens.scores[0].upliftAuc).toBeCloseTo(0.02943116, 7);
      expect(womens.scores[0].rows[2].upliftLastFirst).toBeCloseTo(0.0716, 6);
      expect(mens.scores[1].qini).toBeCloseTo(0.0184334, 7);
      expect(mens.scores[1].upliftAuc).toBeCloseTo(0.00957842, 7);
      expect(campaign.effects[1].response.difference).toBeCloseTo(0.07659, 6);
      expect(campaign.arms[1].revenue.perCustomer).toBeCloseTo(1.077202, 6);
    });
  });
});
