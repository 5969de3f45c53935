import { parseArgs } from 'node:util';

/** The Python that peers are measured with, unless an option names another one. */
export const defaultPython = process.env.PAIRWELL_BENCH_PYTHON ?? 'python3';

/** What an option is where it is not given: one value, several that commas part, or none. */
type Default = string | number | readonly string[] | readonly number[] | undefined;

type Read<D extends Default> = D extends string
  ? string
  : D extends number
    ? number
    : D extends readonly number[]
      ? readonly number[]
      : D extends readonly string[]
        ? readonly string[]
        : string | undefined;

/** @throws Error for any other text */
export function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`--${option}: a whole number from 1 on, not ${text}`);
  return number;
}

/**
 * The options of a benchmark, `--name value` each, read as what their defaults are: a text, a whole number from 1 on, or several.
 *
 * @throws Error for options that there are not, or that make no sense
 */
export function readOptions<D extends Readonly<Record<string, Default>>>(
  defaults: D,
  args: readonly string[] = process.argv.slice(2),
): { readonly [Name in keyof D]: Read<D[Name]> } {
  const options = Object.fromEntries(
    Object.keys(defaults).map((name) => [name, { type: 'string' as const }]),
  );
  const { values } = parseArgs({ args: [...args], options });
  const read = Object.entries(defaults).map(([name, byDefault]) => {
    const text = values[name];
    if (typeof text !== 'string') return [name, byDefault];
    const one = (word: string, like: unknown) => (typeof like === 'number' ? wholeNumber(name, word) : word);
    if (typeof byDefault !== 'object') return [name, one(text, byDefault)];
    const words = text.split(',').filter((word) => word !== '');
    return [name, words.map((word) => one(word, byDefault[0]))];
  });
  return Object.fromEntries(read);
}
