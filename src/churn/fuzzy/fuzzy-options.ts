import { PairwellError } from '../../errors.ts';
import type { FuzzyVariant } from './fuzzy-model.ts';

export interface FuzzyOptions {
  /** Default `weighted`; see `FuzzyVariant`. */
  readonly variant?: FuzzyVariant | undefined;
  /** How many candidates go from layer to layer; the one that the choice part likes best is taken. Default 7, 10 and 14. */
  readonly widths?: readonly number[] | undefined;
  /** The most rules of a class. Default 6. */
  readonly rules?: number | undefined;
  /** The most terms of a rule. Default 4. */
  readonly terms?: number | undefined;
  /** The share of the rows that candidates are found by; the others choose among them. Default .6. */
  readonly fitShare?: number | undefined;
  /** Rules are searched with so many rows at most, a sample of them; weights and figures are of all. Default 20,000. */
  readonly searchRows?: number | undefined;
  /** Of more sets than this those are taken that, each alone, explain most. Default 400. */
  readonly sets?: number | undefined;
  /** The calibration is fitted to the scores of so many folds by what was learnt from the others; 0 for none. Default 3. */
  readonly folds?: number | undefined;
}

export type Settings = { readonly [Key in keyof FuzzyOptions]-?: NonNullable<FuzzyOptions[Key]> };

/** @throws PairwellError `bad-input` that names the option */
export function fuzzySettings(options: FuzzyOptions): Settings {
  const settings: Settings = {
    variant: options.variant ?? 'weighted',
    widths: options.widths ?? [7, 10, 14],
    rules: options.rules ?? 6,
    terms: options.terms ?? 4,
    fitShare: options.fitShare ?? 0.6,
    searchRows: options.searchRows ?? 20_000,
    sets: options.sets ?? 400,
    folds: options.folds ?? 3,
  };
  const { widths, fitShare, folds } = settings;
  const whole = (name: string, value: number, least: number, most: number): void => {
    if (Number.isInteger(value) && value >= least && value <= most) return;
    throw new PairwellError('bad-input', `${name}: a whole number from ${least} to ${most}, not ${value}.`);
  };
  if (widths.length === 0) throw new PairwellError('bad-input', 'widths: give one at least, such as 7.');
  for (const width of widths) whole('widths', width, 1, 100);
  whole('rules', settings.rules, 1, 20);
  whole('terms', settings.terms, 1, 8);
  whole('searchRows', settings.searchRows, 100, 1_000_000);
  whole('sets', settings.sets, 1, 2000);
  if (folds !== 0) whole('folds, unless 0', folds, 2, 20);
  if (!(fitShare > 0 && fitShare < 1))
    throw new PairwellError('bad-input', `fitShare: a number between 0 and 1, not ${fitShare}.`);
  return settings;
}
