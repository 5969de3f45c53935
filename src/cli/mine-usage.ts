import type { MineOptions } from './mine-work.ts';

/** Options that only rules have, with their flags. */
const aboutRules = {
  left: '--left',
  right: '--right',
  minConfidence: '--min-confidence',
  by: '--by',
} as const;

/** Rules of less than some support are also below it in these, so that the best can be found without a threshold. */
const boundBySupport: readonly MineOptions['by'][] = ['support', 'leverage'];

/**
 * Says in words what is wrong with options that do not go together, and what to do. No option is ever ignored: one that
 * would have no effect is a mistake of who gave it.
 *
 * @param given whether the user wrote the option, as defaults are no mistakes
 * @returns undefined where nothing is wrong
 */
export function wrongUsage(
  options: MineOptions,
  given: (option: keyof MineOptions) => boolean,
): string | undefined {
  const { target, minSupport, top, minLength = 1, maxLength = Number.POSITIVE_INFINITY } = options;
  if (minSupport === undefined && top === undefined)
    return 'state --min-support, or --top for the best without one';
  if (minLength > maxLength) return '--min-length is more than --max-length: nothing is of such a length';
  if (target === 'rules') return wrongWithRules(options, given);
  for (const [option, flag] of Object.entries(aboutRules)) {
    if (given(option as keyof typeof aboutRules))
      return `${flag} is about rules: add --target rules, or leave it out`;
  }
  if (target === 'maximal' && top !== undefined)
    return '--top does not go with --target maximal, as raising the support makes other sets maximal: leave one out';
  return undefined;
}

function wrongWithRules(
  { minSupport, top, by, maxLength }: MineOptions,
  given: (option: keyof MineOptions) => boolean,
): string | undefined {
  if (maxLength === 1)
    return 'a rule has two items at least, one on each side: --max-length must be 2 or more with --target rules';
  if (top === undefined && given('by'))
    return '--by says what the best rules are best by: add --top, or leave it out';
  if (top !== undefined && minSupport === undefined && !boundBySupport.includes(by))
    return `the best rules by ${by} may be of any support, however low: state --min-support`;
  return undefined;
}
