import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { describeCli, runCli } from '../support/cli.ts';
import { temporaryFiles } from '../support/files.ts';

const groceries = join(packageRoot(), 'test', 'fixtures', 'groceries.csv.gz');
const sorted = (text: string): string[] => text.trimEnd().split('\n').sort();

describeCli('pairwell mine', () => {
  const write = temporaryFiles();
  const baskets = write('baskets.dat', '1 2 5\n2 4\n2 3\n1 2 4\n1 3\n2 3\n1 3\n1 2 3 5\n1 2 3\n');

  it('counts what it finds, as one JSON object', async () => {
    const words = ['mine', groceries, '--format', 'basket', '--min-support', '10', '--count'];
    const { code, stdout } = await runCli([
      ...words,
      '--target',
      'rules',
      '--min-confidence',
      '0.5',
      '--threads',
      '1',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      transactions: 9835,
      items: 169,
      frequentItems: 157,
      itemsets: 13_492,
      bySize: [157, 2981, 6831, 3137, 376, 10],
      rules: 5668,
      algorithm: 'fpgrowth',
      threads: 1,
      peakMemoryMb: expect.any(Number),
      ms: { read: expect.any(Number), mine: expect.any(Number), total: expect.any(Number) },
    });
  });

  // The nine transactions of Han and Kamber's textbook (AllElectronics), with its itemsets at a support of 2.
  it.each(['auto', 'apriori', 'eclat', 'fpgrowth'])(
    'writes itemsets in SPMF lines (%s)',
    async (algorithm) => {
      const { code, stdout } = await runCli([
        'mine',
        baskets,
        '--min-support',
        '2',
        '--algorithm',
        algorithm,
      ]);
      expect(code).toBe(0);
      const sets = sorted(stdout).map((line) => {
        const [items, support] = line.split(' #SUP: ');
        return `${items!.split(' ').sort().join(' ')}: ${support}`;
      });
      expect(sets.sort()).toEqual(
        [
          ...['1: 6', '2: 7', '3: 6', '4: 2', '5: 2', '1 2: 4', '1 3: 4', '1 5: 2'],
          ...['2 3: 4', '2 4: 2', '2 5: 2', '1 2 3: 2', '1 2 5: 2'],
        ].sort(),
      );
    },
  );

  it('takes a share of the baskets for the support, and closed or maximal sets alone', async () => {
    const at = (...words: string[]) =>
      runCli(['mine', baskets, '--min-support', '0.22', '--count', ...words]);
    const counts = await Promise.all(['all', 'closed', 'maximal'].map((target) => at('--target', target)));
    expect(counts.map(({ stdout }) => JSON.parse(stdout).itemsets)).toEqual([13, 9, 3]);
  });

  it('writes rules to a file', async () => {
    const out = write('rules.txt', '');
    const words = ['--target', 'rules', '--min-confidence', '1', '--out', out];
    const { code, stdout } = await runCli(['mine', baskets, '--min-support', '2', ...words]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    const lines = sorted(readFileSync(out, 'utf8'));
    expect(lines).toContain('4 ==> 2 #SUP: 2 #CONF: 1.00000 #LIFT: 1.28571');
    expect(lines).toContain('5 ==> 1 #SUP: 2 #CONF: 1.00000 #LIFT: 1.50000');
  });

  it('reads orders from CSV, and gzip', async () => {
    const rows = ['a,x,1', 'a,y,1', 'b,x,2', 'b,y,1', 'c,x,-1'].map((row) => `${row}\n`).join('');
    const file = write('orders.csv.gz', gzipSync(`order,product,quantity\n${rows}`));
    const { stdout, stderr } = await runCli(['mine', file, '--format', 'csv', '--min-support', '2']);
    expect(sorted(stdout), stderr).toEqual(['x #SUP: 2', 'x y #SUP: 2', 'y #SUP: 2']);
  });

  it('stops with advice when there would be too many sets', async () => {
    const words = ['--min-support', '1', '--max-itemsets', '10'];
    const { code, stdout, stderr } = await runCli(['mine', baskets, ...words]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/more than 10 itemsets.*Raise the minimum support/);
  });

  it.each([
    [['mine', baskets], 2, /--min-support/],
    [['mine', baskets, '--min-support', '0'], 2, /min-support/],
    [['mine', baskets, '--min-support', '2.5'], 1, /whole number/],
    [['mine', '/nowhere.dat', '--min-support', '2'], 1, /no file/],
    [['mine', groceries, '--min-support', '2'], 1, /Line 1.*item numbers/],
  ] as const)('refuses %j', async (words, exit, message) => {
    const { code, stderr } = await runCli([...words]);
    expect({ code, stderr }).toEqual({ code: exit, stderr: expect.stringMatching(message) });
  });
});
