import { InvalidArgumentError } from 'commander';

/** An option's parser for whole numbers in a range. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}

/** An option's parser for numbers in a range. */
export function realNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a number from ${min} to ${max}.`);
  };
}

/** An option's parser for versions of models. */
export const modelVersion = wholeNumber(1, 2 ** 31 - 1);

/** An option's parser for minimum supports: a share of the baskets under 1, a number of baskets from 1 on. */
export function supportNumber(text: string): number {
  const value = Number(text);
  if (value > 0 && value < 1) return value;
  if (Number.isInteger(value) && value >= 1 && value <= 2 ** 31 - 1) return value;
  throw new InvalidArgumentError('It must be a share between 0 and 1, or a whole number of baskets.');
}

/** An option's parser for paths: a script's unset variable is none. */
export function filePath(text: string): string {
  if (text !== '') return text;
  throw new InvalidArgumentError('It must not be empty.');
}

/** An option's parser for names, comma-separated, that may be repeated. */
export function nameList(text: string, before: string[] = []): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('Write the names of columns, comma-separated.');
  return [...before, ...names];
}
