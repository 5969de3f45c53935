import { type Quantity, quantityOf, unifiedQuantities } from './quantities.ts';

/** What an attribute says: a quantity where its value is one, else its text. */
export type AttributeTerm = Quantity | { readonly text: string; readonly unit?: undefined };

/** What tells how a product is sold, and not what it is. */
const notOfProduct: ReadonlySet<string> = new Set(['promotion', 'consumable']);

/** Yes is more than no. */
const isIt = '?';

function termOf(value: unknown): AttributeTerm | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? { unit: '#', value } : undefined;
  if (typeof value === 'boolean') return { unit: isIt, value: Number(value) };
  if (typeof value !== 'string') return value === null ? undefined : { text: JSON.stringify(value) };
  const text = unifiedQuantities(value.normalize('NFKC').toLowerCase()).trim();
  if (text === '') return undefined;
  // `64 GB` is one quantity, written in two words; `8th gen i7` is told by its last one.
  const words = text.split(/\s+/u);
  const joined = quantityOf(words.join(''));
  if (joined) return joined;
  const last = quantityOf(words.at(-1)!);
  return last ? { unit: `${words.slice(0, -1).join(' ')} ${last.unit}`, value: last.value } : { text };
}

/** By name of the attribute; those without a value are left out. */
export function attributeTerms(
  attributes: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, AttributeTerm> {
  const terms = new Map<string, AttributeTerm>();
  for (const [name, value] of Object.entries(attributes)) {
    const term = notOfProduct.has(name) || value === undefined ? undefined : termOf(value);
    if (term) terms.set(name, term);
  }
  return terms;
}

/** A text that two terms have in common exactly if they say the same. */
export const valueText = (term: AttributeTerm): string =>
  term.unit === undefined ? `"${term.text}` : `${term.unit} ${term.value}`;
