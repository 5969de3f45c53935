import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { describeCli, runCli, startCli } from '../support/cli.ts';
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

  it.each(['all', 'rules'])('finds the same on any number of threads (%s)', async (target) => {
    const words = ['mine', groceries, '--format', 'basket', '--min-support', '10', '--target', target];
    const outputs = await Promise.all(['1', '3'].map((threads) => runCli([...words, '--threads', threads])));
    const [one, three] = outputs.map(({ stdout }) => stdout);
    expect(one!.split('\n')).toHaveLength((target === 'all' ? 13_492 : 5668) + 1);
    expect(three === one).toBe(true);
  });

  it('takes a share of the baskets for the support, and closed or maximal sets alone', async () => {
    const at = (...words: string[]) =>
      runCli(['mine', baskets, '--min-support', '0.22', '--count', ...words]);
    const counts = await Promise.all(['all', 'closed', 'maximal'].map((target) => at('--target', target)));
    expect(counts.map(({ stdout }) => JSON.parse(stdout).itemsets)).toEqual([13, 9, 3]);
  });

  it('writes to a file what would go to stdout', async () => {
    const out = join(dirname(baskets), 'out.txt');
    for (const words of [[], ['--target', 'rules'], ['--count']]) {
      const call = ['mine', baskets, '--min-support', '2', '--threads', '1', ...words];
      const { stdout } = await runCli([...call, '--out', '-']);
      expect(await runCli([...call, '--out', out])).toEqual({ code: 0, stdout: '', stderr: '' });
      const unmeasured = (text: string): string =>
        text.replace(/"(peakMemoryMb|read|mine|total)":[\d.]+/g, '');
      expect(unmeasured(readFileSync(out, 'utf8'))).toBe(unmeasured(stdout));
    }
  });

  it('touches no file unless it can fill it', async () => {
    const before = write('before.txt', 'as it was');
    const none = join(dirname(baskets), 'none.txt');
    for (const out of [before, none]) {
      const words = ['--min-support', '1', '--max-itemsets', '10', '--out', out];
      expect(await runCli(['mine', baskets, ...words])).toMatchObject({ code: 1, stdout: '' });
    }
    expect(readFileSync(before, 'utf8')).toBe('as it was');
    expect(existsSync(none)).toBe(false);
  });

  it.each([
    ['/no/such/folder/out.txt', 'there is no directory /no/such/folder'],
    [dirname(baskets), 'it is a directory; name a file in it'],
  ])('says that it cannot write to %s, before it reads', async (out, why) => {
    expect(await runCli(['mine', '/nowhere.dat', '--min-support', '2', '--out', out])).toEqual({
      code: 1,
      stdout: '',
      stderr: `pairwell: Cannot write to ${out}: ${why}.\n`,
    });
  });

  it.each([[[]], [['--count']]])('ends without a word when nobody reads what it writes %j', async (words) => {
    const call = ['mine', groceries, '--format', 'basket', '--min-support', '10', ...words];
    const { process, ended } = startCli(call);
    process.stdout!.destroy();
    expect(await ended).toEqual({ code: 0, stdout: '', stderr: '' });
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

  it('stops with advice when it takes too long', async () => {
    const words = ['--format', 'basket', '--min-support', '2', '--max-seconds', '0.001'];
    const { code, stdout, stderr } = await runCli(['mine', groceries, ...words]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/second.*Raise the minimum support/);
  });

  it.each([
    [['/nowhere.dat', '--min-support', '2'], /^pairwell: There is no file \/nowhere\.dat\.\n$/],
    [[dirname(baskets), '--min-support', '2'], /^pairwell: .* is a directory\. Name the files in it\.\n$/],
    [[groceries, '--min-support', '2'], /Line 1.*item numbers/],
    ...['--only', '--never', '--left', '--right'].map(
      (option) =>
        [
          [baskets, '--min-support', '2', '--target', 'rules', option, '1,9'],
          /^pairwell: There is no item "9" in the file\.\n$/,
        ] as const,
    ),
  ] as const)('fails with %j', async (words, message) => {
    expect(await runCli(['mine', ...words])).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(message),
    });
  });
});
