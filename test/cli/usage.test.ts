import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { describeCli, runCli } from '../support/cli.ts';

const verbs = [
  'import',
  'mine',
  'evaluate',
  'train',
  'export',
  'compare',
  'gains',
  'churn',
  'forget',
  'serve',
  'demo',
];

describeCli('pairwell', () => {
  it('lists its verbs', async () => {
    const { code, stdout, stderr } = await runCli(['--help']);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    const listed = [...stdout.matchAll(/^ {2}(\w+) /gm)].map(([, verb]) => verb);
    expect(listed.toSorted()).toEqual([...verbs, 'help'].sort());
  });

  it.concurrent.each(verbs)('explains %s', async (verb) => {
    const { code, stdout, stderr } = await runCli([verb, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: pairwell ${verb} `));
    expect(stdout).toMatch(/--help/);
  });

  it('tells its version', async () => {
    const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'));
    expect(await runCli(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it.concurrent.each([
    [[], /Usage: pairwell/],
    [['conquer'], /unknown command 'conquer'/],
    [['train', '--frobnicate'], /unknown option '--frobnicate'/],
    [['train', 'orders.csv'], /too many arguments/],
    [['train', '--min-support', 'x'], /share between 0 and 1, or a whole number/],
    [['train', '--min-support', '0'], /share between 0 and 1, or a whole number/],
    [['train', '--min-support', '2.5'], /share between 0 and 1, or a whole number/],
    [['train', '--min-confidence', '2'], /from 0 to 1/],
    [['train', '--max-length', '1'], /from 2 to 20/],
    [['train', '--algorithm', 'magic'], /fpgrowth, eclat, apriori/],
    [['train', '--alpha', '0'], /--alpha <p>.* above 0, 1 at most/],
    [['train', '--alpha', '1.01'], /above 0, 1 at most/],
    [['train', '--later-share', '0.95'], /from 0 to 0\.9/],
    [['train', '--max-studied', '0'], /whole number from 1 to/],
    [['train', '--half-life-days', '0'], /above 0/],
    [['train', '--half-life-days', ''], /above 0/],
    [['train', '--related-items', '1001'], /from 1 to 1000/],
    [['train', '--matrix-items', '4001'], /from 1 to 4000/],
    [['train', '--min-category-support', '1.5'], /share between 0 and 1, or a whole number/],
    [['train', '--period', 'sale'], /Write a name, its first and its last day: --period "/],
    [['train', '--period', '=2011-11-15..2011-12-24'], /--period .*name: /],
    [['train', '--period', 'sale=2011-11-15..24'], /to: Invalid ISO date.*Days are written 2011-11-15/],
    [
      ['train', '--period', 'sale=2011-12-24..2011-11-15'],
      /period "sale" ends before it begins\. Days are written 2011-11-15\.\n/,
    ],
    [
      ['train', '--period', 'a=2011-11-15..2011-12-24', '--period', 'b=2011-12-24..2011-12-26'],
      /error: periods: The periods "a" and "b" overlap/,
    ],
    [
      ['compare', 'rules', 'x.dat'],
      /x\.dat does not tell its format \(\.csv, \.json, \.pmml, \.xml, \.spmf\): state --format/,
    ],
    [['compare', 'rules', '--format', 'csv'], /missing required argument 'file'/],
    [['compare', 'offers', 'x.csv', '--format', 'csv'], /Allowed choices are rules/],
    [['compare', 'rules', 'x.xls', '--format', 'xls'], /Allowed choices are csv, json, pmml, spmf/],
    [
      ['compare', 'rules', 'x.csv', '--format', 'csv', '--transactions', '5'],
      /--transactions goes with --format spmf alone/,
    ],
    [['gains', 'x.csv', '--score', 's'], /required option '--outcome <column>'/],
    [['gains', 'x.csv', '--outcome', 'y'], /required option '--score <columns>'/],
    [['gains', 'x.csv', '--score', 's,', '--outcome', 'y'], /names of columns, comma-separated/],
    [['gains', 'x.csv', '--score', 's', '--score', 's', '--outcome', 'y'], /names "s" twice/],
    [
      ['gains', 'x.csv', '--score', 's', '--outcome', 'y', '--cost', '2'],
      /--cost says nothing without --value/,
    ],
    [['gains', 'x.csv', '--score', 's', '--outcome', 'y', '--value', '2'], /--value .* without --cost/],
    [['gains', 'x.csv', '--score', 's', '--outcome', 'y', '--cost', '-1'], /number from 0 to/],
    [
      ['gains', 'x.csv', '--score', 's', '--outcome', 'y', '--control', 'no'],
      /--control .* without --treatment/,
    ],
    [['gains', 'x.csv', '--score', 's', '--outcome', 'y', '--planned', '=1'], /Write it as arm=share/],
    [['gains', 'x.csv', '--score', 's', '--outcome', 'y', '--parts', '0'], /from 1 to 1000/],
    [
      ['gains', 'x.csv', '--score', 's', '--outcome', 'y', '--format', 'pdf'],
      /Allowed choices are table, json/,
    ],
    [['serve', '--port', '99999'], /from 0 to 65535/],
    [['serve', '--port', ''], /from 0 to 65535/],
    [['import'], /missing required argument 'file'/],
    [['mine', 'x.dat'], /state --min-support, or --top/],
    [['mine', 'x.dat', '--min-support', '0'], /share between 0 and 1, or a whole number/],
    [['mine', 'x.dat', '--min-support', '1.5'], /share between 0 and 1, or a whole number/],
    [['mine', 'x.dat', '--min-support', ''], /share between 0 and 1, or a whole number/],
    [['mine', 'x.dat', '--top', '0'], /from 1 to/],
    [['mine', 'x.dat', '--top', '5', '--out', ''], /--out <file>.* must not be empty/],
    [['mine', 'x.dat', '--top', '5', '--target', 'rules', '--by', 'love'], /Allowed choices are .*lift/],
    [['mine', 'x.dat', '--top', '5', '--target', 'maximal'], /--top does not go with --target maximal/],
    [['mine', 'x.dat', '--top', '5', '--min-length', '3', '--max-length', '2'], /--min-length is more than/],
    [['mine', 'x.dat', '--top', '5', '--by', 'leverage'], /--by is about rules: add --target rules/],
    [['mine', 'x.dat', '--top', '5', '--left', 'tea'], /--left is about rules: add --target rules/],
    [['mine', 'x.dat', '--top', '5', '--right', 'tea'], /--right is about rules: add --target rules/],
    [['mine', 'x.dat', '--top', '5', '--min-confidence', '0.5'], /--min-confidence is about rules/],
    [['mine', 'x.dat', '--top', '5', '--target', 'rules', '--by', 'lift'], /state --min-support/],
    [['mine', 'x.dat', '--top', '5', '--target', 'rules', '--max-length', '1'], /must be 2 or more/],
    [['mine', 'x.dat', '--min-support', '2', '--target', 'rules', '--by', 'lift'], /--by .* add --top/],
  ] as const)('ends %j with 2, and says why', async (words, why) => {
    const { code, stdout, stderr } = await runCli(words);
    expect(code).toBe(2);
    expect(stderr).toMatch(why);
    expect(stdout).toBe('');
  });

  it.concurrent.each(['train', 'serve'])(
    'ends %s with 1 in a wrong environment, and names what is wrong',
    async (verb) => {
      const env = { PORT: 'http', PAIRWELL_API_KEYS: 'secret', PAIRWELL_DATA: '/nowhere/at/all' };
      const { code, stdout, stderr } = await runCli([verb], env);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(
        /^pairwell: The environment is not usable\. PORT: .*; PAIRWELL_API_KEYS: [^\n]*\n$/,
      );
      expect(stderr).not.toContain('secret');
    },
  );
});
