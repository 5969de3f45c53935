import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { describeCli, runCli } from '../support/cli.ts';
import { temporaryFiles } from '../support/files.ts';

/** The nine transactions of Han and Kamber's textbook (AllElectronics). */
const rows = ['1 2 5', '2 4', '2 3', '1 2 4', '1 3', '2 3', '1 3', '1 2 3 5', '1 2 3'];

const itemsOf = (set: string): string[] => set.split(' ');

const isWithin = (set: string, larger: string): boolean =>
  itemsOf(set).every((item) => itemsOf(larger).includes(item));

/** In how many baskets each set of items is, worked out by listing all subsets of each. */
function setsIn(baskets: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const basket of baskets) {
    const sets: string[] = [];
    for (const item of itemsOf(basket)) sets.push(item, ...sets.map((set) => `${set} ${item}`));
    for (const set of sets) counts.set(set, (counts.get(set) ?? 0) + 1);
  }
  return counts;
}

interface Rule {
  left: string;
  right: string;
  support: number;
  confidence: number;
  lift: number;
  leverage: number;
}

/** All rules with one item on the right, of any confidence. */
function rulesIn(baskets: readonly string[], minSupport: number): Rule[] {
  const sets = setsIn(baskets);
  const share = (set: string): number => sets.get(set)! / baskets.length;
  const frequent = [...sets.keys()].filter((set) => set.includes(' ') && sets.get(set)! >= minSupport);
  return frequent.flatMap((set) =>
    itemsOf(set).map((right) => {
      const left = itemsOf(set)
        .filter((item) => item !== right)
        .join(' ');
      const confidence = sets.get(set)! / sets.get(left)!;
      const leverage = share(set) - share(left) * share(right);
      return { left, right, support: sets.get(set)!, confidence, lift: confidence / share(right), leverage };
    }),
  );
}

const inOrder = (set: string): string => itemsOf(set).sort().join(' ');

/** Lines of sets as `1 2: 4`, and of rules as `1 ==> 2: 4`, in the order in which they were written. */
const listed = (stdout: string): string[] =>
  [...stdout.matchAll(/^([^#]*?)(?: ==> ([^#]*))? #SUP: (\d+).*\n/gm)].map(
    ([, left, right, support]) => `${inOrder(left!)}${right ? ` ==> ${right}` : ''}: ${support}`,
  );

const linesOfSets = (sets: Iterable<[string, number]>): string[] =>
  Array.from(sets, ([set, support]) => `${set}: ${support}`);

const linesOfRules = (rules: readonly Rule[]): string[] =>
  rules.map(({ left, right, support }) => `${left} ==> ${right}: ${support}`);

/** What the options of `pairwell mine` find, held against what listing everything finds. */
describeCli('options of pairwell mine', () => {
  const write = temporaryFiles();
  const baskets = write('baskets.dat', `${rows.join('\n')}\n`);

  /** What is found in the baskets above, or in another file; `said` is what is said besides. */
  async function mined(words: string, file = baskets, said = ''): Promise<string[]> {
    const { code, stdout, stderr } = await runCli(['mine', file, ...words.split(' ')]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: said });
    return listed(stdout);
  }

  const frequent = (minSupport: number): [string, number][] =>
    [...setsIn(rows)].filter(([, support]) => support >= minSupport);

  it.concurrent.each(['auto', 'apriori', 'eclat', 'fpgrowth'])('finds itemsets (%s)', async (algorithm) => {
    const lines = await mined(`--min-support 2 --algorithm ${algorithm}`);
    expect(lines.sort()).toEqual(linesOfSets(frequent(2)).sort());
    expect(lines).toHaveLength(13);
  });

  it.concurrent.each<[string, (set: string) => boolean]>([
    ['--only 1,2,5', (set) => isWithin(set, '1 2 5')],
    ['--never 2,5', (set) => isWithin(set, '1 3 4')],
    ['--only 1,2,3 --never 3', (set) => isWithin(set, '1 2')],
    ['--min-length 2', (set) => itemsOf(set).length >= 2],
    ['--max-length 2', (set) => itemsOf(set).length <= 2],
    ['--min-length 3 --max-length 3', (set) => itemsOf(set).length === 3],
  ])('keeps to %s', async (words, isWanted) => {
    const wanted = frequent(1).filter(([set]) => isWanted(set));
    expect((await mined(`--min-support 1 ${words}`)).sort()).toEqual(linesOfSets(wanted).sort());
  });

  const targets: Record<string, (set: [string, number], others: [string, number][]) => boolean> = {
    all: () => true,
    closed: ([set, support], others) =>
      !others.some(([other, same]) => same === support && isWithin(set, other)),
    maximal: ([set], others) => !others.some(([other]) => isWithin(set, other)),
    generator: ([set, support], others) =>
      !others.some(([other, same]) => same === support && isWithin(other, set)),
  };

  const wantedSets = (target: string, minSupport: number): [string, number][] => {
    const sets = frequent(minSupport);
    return sets.filter((set) =>
      targets[target]!(
        set,
        sets.filter((other) => other !== set),
      ),
    );
  };

  it.concurrent.each(Object.keys(targets))('finds the sets of --target %s, of any length', async (target) => {
    const wanted = wantedSets(target, 2);
    expect((await mined(`--min-support 2 --target ${target}`)).sort()).toEqual(linesOfSets(wanted).sort());
    const long = linesOfSets(wanted.filter(([set]) => itemsOf(set).length >= 2));
    expect((await mined(`--min-support 2 --target ${target} --min-length 2`)).sort()).toEqual(long.sort());
  });

  it.concurrent.each(['all', 'closed', 'generator'])('finds the --top of --target %s', async (target) => {
    const bySupport = wantedSets(target, 1).sort(
      ([a, supportA], [b, supportB]) => supportB - supportA || a.length - b.length || (a < b ? -1 : 1),
    );
    const pairs = bySupport.filter(([set]) => itemsOf(set).length >= 2);
    const best = async (words: string, sets: [string, number][], top: number): Promise<void> => {
      const isTied = sets[top - 1]?.[1] === sets[top]?.[1] && top < sets.length;
      const said = isTied ? 'left out itemsets of the same support as the last one\n' : '';
      const lines = await mined(`--target ${target} --top ${top} ${words}`, baskets, said);
      expect(lines).toEqual(linesOfSets(sets.slice(0, top)));
    };
    await best('--threads 2', bySupport, 4);
    await best('--threads 1', bySupport, 100);
    await best('--min-length 2', pairs, 3);
  });

  const wantedRules = rulesIn(rows, 2);

  it.concurrent.each<[string, (rule: Rule) => boolean]>([
    ['--min-confidence 0', () => true],
    ['', ({ confidence }) => confidence >= 0.5],
    ['--min-confidence 0 --left 1,2', ({ left }) => isWithin(left, '1 2')],
    ['--min-confidence 0 --right 2,3', ({ right }) => isWithin(right, '2 3')],
    ['--min-confidence 0 --left 1,5 --right 2', ({ left, right }) => isWithin(left, '1 5') && right === '2'],
    ['--min-confidence 0 --min-length 3', ({ left }) => itemsOf(left).length >= 2],
    ['--min-confidence 0 --max-length 2', ({ left }) => itemsOf(left).length === 1],
    ['--min-confidence 0 --never 2', ({ left, right }) => isWithin(`${left} ${right}`, '1 3 4 5')],
  ])('finds rules with "%s"', async (words, isWanted) => {
    const lines = await mined(`--min-support 2 --target rules ${words}`.trim());
    expect(lines.sort()).toEqual(linesOfRules(wantedRules.filter(isWanted)).sort());
  });

  it.concurrent.each<[string, keyof Rule]>([
    ['--min-support 2 --top 5', 'leverage'],
    ...(['support', 'confidence', 'lift', 'leverage'] as const).map((by): [string, keyof Rule] => [
      `--min-support 2 --top 5 --by ${by}`,
      by,
    ]),
    ['--top 5 --by support', 'support'],
    ['--top 5', 'leverage'],
    ['--top 5 --min-length 3', 'leverage'],
  ])('finds the best rules with "%s"', async (words, by) => {
    const fewest = words.includes('--min-length') ? 3 : 2;
    const rules = rulesIn(rows, words.includes('--min-support') ? 2 : 1).filter(
      ({ left, confidence }) => confidence >= 0.5 && itemsOf(left).length + 1 >= fewest,
    );
    const valueByLine = new Map(linesOfRules(rules).map((line, i) => [line, Number(rules[i]![by])]));
    const found = (await mined(`--target rules ${words}`)).map((line) => valueByLine.get(line)?.toFixed(9));
    const best = [...valueByLine.values()].sort((a, b) => b - a).slice(0, 5);
    expect(found).toEqual(best.map((value) => value.toFixed(9)));
  });

  it('writes the measures of rules', async () => {
    const { stdout } = await runCli(['mine', baskets, '--min-support', '2', '--target', 'rules']);
    const found = Array.from(
      stdout.matchAll(/^(.*) ==> (.*) #SUP: .* (#CONF: .*)$/gm),
      ([, left, right, measures]) => `${inOrder(left!)} ==> ${right} ${measures}`,
    );
    const wanted = wantedRules
      .filter(({ confidence }) => confidence >= 0.5)
      .map(
        ({ left, right, confidence, lift }) =>
          `${left} ==> ${right} #CONF: ${confidence.toPrecision(6)} #LIFT: ${lift.toPrecision(6)}`,
      );
    expect(found.sort()).toEqual(wanted.sort());
  });

  it.each([
    [3, 1, 'left out 1 basket of more than 3 items\n'],
    [2, 4, 'left out 4 baskets of more than 2 items\n'],
    [4, 0, 'left out 0 baskets of more than 4 items\n'],
  ])('leaves out baskets of more than %i items, and says how many', async (most, skippedBaskets, said) => {
    const words = ['mine', baskets, '--min-support', '1', '--max-basket', `${most}`];
    const { stdout, stderr } = await runCli(words);
    const left = rows.filter((row) => itemsOf(row).length <= most);
    expect({ lines: listed(stdout).sort(), stderr }).toEqual({
      lines: linesOfSets(setsIn(left)).sort(),
      stderr: said,
    });
    const counted = await runCli([...words, '--count']);
    expect(JSON.parse(counted.stdout)).toMatchObject({ skippedBaskets, transactions: left.length });
    expect(counted.stderr).toBe('');
  });

  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('reads lines that end in %s, plain and compressed', async (_, end) => {
    const wanted = linesOfSets(frequent(2)).sort();
    for (const format of ['fimi', 'basket']) {
      const text = rows.map((row) => (format === 'fimi' ? row : row.replaceAll(' ', ',')) + end).join('');
      for (const file of [write(`${format}.txt`, text), write(`${format}.gz`, gzipSync(text))])
        expect((await mined(`--min-support 2 --format ${format}`, file)).sort()).toEqual(wanted);
    }
  });
});
