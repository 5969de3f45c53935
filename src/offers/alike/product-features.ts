import type { Product } from '../catalogue.ts';

/** What a product is called, where it stands and what it is like, as texts that alike products share. */
export interface ProductFeatures {
  readonly words: readonly string[];
  /** One for each level: the path down to it. */
  readonly categories: readonly string[];
  /** Such as `colour=red`. */
  readonly attributes: readonly string[];
}

/** Attributes that say how a product is sold, not what it is. */
const ofSelling = new Set(['promotion', 'consumable']);

/** Separates what product data does not hold. */
const separator = '\u0000';

const han = /^\p{Script=Han}+$/u;

export function featuresOf({ name, category, attributes }: Product): ProductFeatures {
  return {
    words: wordsOf(name ?? ''),
    categories: category.map((_, level) => category.slice(0, level + 1).join(separator)),
    attributes: Object.entries(attributes).flatMap(([key, value]) => {
      const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
      if (!isPlain || ofSelling.has(key)) return [];
      return `${key}${separator}${typeof value === 'string' ? value.trim().toLowerCase() : value}`;
    }),
  };
}

/**
 * The different words of a name, in small letters and without the s of a plural. Of Chinese, which does not part its words, pairs of
 * characters that stand together.
 */
export function wordsOf(name: string): string[] {
  const found = new Set<string>();
  for (const [word] of name.toLowerCase().matchAll(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu)) {
    if (!han.test(word)) found.add(word.length > 3 ? word.replace(/(?<!s)s$/, '') : word);
    else if (word.length === 1) found.add(word);
    else for (let at = 0; at + 1 < word.length; at++) found.add(word.slice(at, at + 2));
  }
  return [...found];
}
