import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { describeCli, runCli } from '../support/cli.ts';
import { temporaryFiles } from '../support/files.ts';
import { withSharedFile } from '../support/shared-data.ts';

const groceries = join(packageRoot(), 'test', 'fixtures', 'groceries.csv.gz');

interface Report {
  readonly data: Record<string, unknown>;
  readonly test: Record<string, unknown>;
  readonly methods: readonly {
    readonly name: string;
    readonly metrics: Record<string, { value: number; lower: number; upper: number; cases: number }>;
    readonly ms: unknown;
  }[];
}

const evaluated = async (words: readonly string[], env = {}): Promise<Report> => {
  const { code, stdout, stderr } = await runCli(['evaluate', ...words], env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.endsWith('}\n') && !stdout.slice(0, -1).includes('\n')).toBe(true);
  return JSON.parse(stdout);
};

const figuresOf = ({ methods }: Report) => methods.map(({ ms: _, ...method }) => method);
const figure = ({ methods }: Report, name: string, metric: string): number | undefined =>
  methods.find((method) => method.name === name)?.metrics[metric]?.value;

describeCli('pairwell evaluate', () => {
  const write = temporaryFiles();
  const orders = Array.from({ length: 120 }, (_, n) => {
    const [customer, day] = [n % 8, 1 + ((n * 5) % 27)];
    const row = (sku: string): string =>
      `${n},2024-05-${String(day).padStart(2, '0')},c${customer},${sku},1,5,3`;
    return [row(`own${customer}`), row(`any${n % 5}`)].join('\n');
  });
  const shop = write('shop.csv', `order,time,customer,sku,quantity,price,cost\n${orders.join('\n')}\n`);

  it('completes carts of Groceries, the same for the same seed', async () => {
    const words = ['--protocol', 'cart', '--input', groceries, '--format', 'basket', '--resamples', '200'];
    const learnt = ['--methods', 'popularity,pairwell-logistic'];
    const [once, again, plain, other] = await Promise.all([
      evaluated([...words, ...learnt]),
      evaluated([...words, ...learnt]),
      evaluated([...words, '--methods', 'popularity,item-knn,rules-confidence']),
      evaluated([...words, '--methods', 'popularity', '--seed', '2']),
    ]);
    expect(figuresOf(again)).toEqual(figuresOf(once));
    const popularity = (report: typeof once) => figure(report, 'popularity', 'hr@10');
    expect(popularity(plain)).toBe(popularity(once));
    expect(popularity(other)).not.toBe(popularity(once));
    expect(once.data).toMatchObject({ orders: 9835, anonymousOrders: 9835, items: 169, from: null });
    expect(once.test).toMatchObject({ heldOut: 'random', basketsSeen: 7868 });
    for (const { metrics } of [...once.methods, ...plain.methods]) {
      for (const { value, lower, upper } of Object.values(metrics)) {
        expect(lower).toBeLessThan(value);
        expect(value).toBeLessThan(upper);
      }
    }
  });

  it('foretells next baskets, and what comes after a day', async () => {
    const next = await evaluated(['--protocol', 'next-basket', '--input', shop]);
    expect(next.test).toMatchObject({ customers: 8, rareItems: 0 });
    // Whoever is known by what they bought before gets it, and nothing new.
    expect(figure(next, 'personal-frequency', 'recall@10')).toBe(1);
    expect(figure(next, 'personal-frequency', 'recallOfNew@10') ?? 0).toBe(0);
    const after = await evaluated(['--protocol', 'holdout', '--input', shop, '--test-from', '2024-05-20']);
    expect(after.test).toMatchObject({
      testFrom: '2024-05-20',
      customers: 8,
      customersSeenForTheFirstTime: 0,
    });
    // A line brings 5, of which 2 are left: as much as there are different items bought.
    const revenue = figure(after, 'personal-frequency', 'revenue@20')!;
    expect(figure(after, 'personal-frequency', 'profit@20')).toBeCloseTo((revenue * 2) / 5, 12);
  });

  describe('on the orders of the database', () => {
    let env: { PAIRWELL_DATA: string };
    beforeAll(async () => {
      env = { PAIRWELL_DATA: await mkdtemp(join(tmpdir(), 'pairwell-cli-')) };
      await runCli(['import', shop], env);
    });
    afterAll(() => rm(env.PAIRWELL_DATA, { recursive: true, force: true }));

    it.each(['next-basket', 'holdout'])(
      'finds what it finds in the file they came from (%s)',
      async (protocol) => {
        const words = ['--protocol', protocol, '--resamples', '100'];
        const [stored, file] = await Promise.all([
          evaluated(words, env),
          evaluated([...words, '--input', shop]),
        ]);
        expect(figuresOf(stored)).toEqual(figuresOf(file));
      },
    );
  });

  it.each([
    [[], /required option '--protocol <name>' not specified/],
    [['--protocol', 'magic'], /next-basket, cart, holdout/],
    [['--protocol', 'cart', '--min-baskets', '3'], /--min-baskets goes with --protocol next-basket alone/],
    [
      ['--protocol', 'next-basket', '--test-share', '.5'],
      /--test-share goes with --protocol cart or holdout alone/,
    ],
    [['--protocol', 'holdout', '--test-from', '2024'], /Write the day as 2024-12-31/],
    [['--protocol', 'holdout', '--test-from', '2024-05-01', '--test-share', '.5'], /not both/],
    [['--protocol', 'next-basket', '--min-baskets', '9', '--max-baskets', '8'], /--min-baskets is more than/],
    [['--protocol', 'cart', '--format', 'basket'], /--format is about a file: add --input/],
    [['--protocol', 'cart', '--date-format', 'DMY'], /--date-format is about a file/],
  ] as const)('ends %j with 2, and says why', async (words, why) => {
    const { code, stdout, stderr } = await runCli(['evaluate', ...words]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(why);
  });

  it('ends with 1 for a method that there is not, and names those that there are', async () => {
    const words = ['--protocol', 'cart', '--format', 'basket', '--methods', 'magic'];
    const { code, stderr } = await runCli(['evaluate', ...words, '--input', groceries]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/no method "magic" for cart: there are popularity, .*pairwell/);
  });

  it('ends with 1 where the file is none, or does not allow the protocol', async () => {
    const next = ['evaluate', '--protocol', 'next-basket', '--input'];
    const [missing, undated] = await Promise.all([
      runCli([...next, '/nowhere.csv']),
      runCli([...next, groceries, '--format', 'basket']),
    ]);
    expect(missing).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'pairwell: There is no file /nowhere.csv.\n',
    });
    expect(undated).toMatchObject({ code: 1, stdout: '' });
    expect(undated.stderr).toMatch(/orders are all of one day.*--protocol cart/);
  });

  // Worked out apart from this program, with numpy on the rows of the known customers of the same file.
  withSharedFile('data/online-retail/online_retail.csv.gz', 'Online Retail', (file) => {
    it('comes to the figures of another program on Online Retail', async () => {
      const methods = [
        'popularity',
        'personal-frequency',
        'personal-frequency-recency-popularity',
        'tifuknn',
        'rules-confidence-lift',
      ];
      const report = await evaluated([
        ...['--protocol', 'next-basket', '--input', file, '--resamples', '100'],
        ...['--methods', methods.join(',')],
      ]);
      expect(report.methods.map(({ name }) => name).toSorted()).toEqual(methods.toSorted());
      expect(report.test).toMatchObject({ customers: 1898, items: 3155, basketsSeen: 10_707 });
      const row = (name: string) =>
        ['recall', 'ndcg', 'phr', 'recallOfRepeats', 'recallOfNew'].map((metric) =>
          figure(report, name, `${metric}@10`),
        );
      const near = (...values: number[]) => values.map((value) => expect.closeTo(value, 5));
      expect(row('popularity')).toEqual(near(0.03766, 0.076555, 0.399895, 0.068285, 0.013596));
      expect(row('personal-frequency-recency-popularity')).toEqual(
        near(0.196467, 0.289666, 0.763435, 0.373762, 0.000652),
      );
      expect(row('tifuknn')).toEqual(near(0.207447, 0.306485, 0.778188, 0.400627, 0.000401));
      expect(row('rules-confidence-lift')).toEqual(near(0.105315, 0.178982, 0.574289, 0.173429, 0.031237));
      expect(figure(report, 'personal-frequency', 'recallOfNew@10')).toBe(0);
    });
  });
});
