import { percentText } from '../../customers/behaviour/words.ts';
import type { Product } from '../catalogue.ts';
import type { EmptyReason, QuantityChange, Upgrade } from './upgrade.ts';

const label = ({ name, code }: Pick<Product, 'name' | 'code'>): string => name || code;

/** Such as `16 gb`, `i7` or `3 pieces`; a number alone for an attribute. */
function amountText(what: string, value: number): string {
  const text = String(Number(value.toPrecision(6)));
  if (what === '#piece') return `${text} ${value === 1 ? 'piece' : 'pieces'}`;
  if (what.startsWith('#')) return `${text} ${what.slice(1)}`.trim();
  return what.includes('#') ? what.replace('#', text) : text;
}

function growthText({ what, from, to }: QuantityChange): string {
  if (what === 'size') return 'a larger size';
  const instead = `${amountText(what, to)} instead of ${amountText(what, from)}`;
  return what.includes('#') ? instead : `${what} ${instead}`;
}

/** Why an upgrade is worth a look, for the customer. */
export function upgradeText(product: Product, { ratio, grows, steps }: Upgrade): string {
  const more = `${percentText(ratio - 1)} more than ${label(product)}`;
  const growth = grows.length > 0 ? `: ${grows.map(growthText).join(', ')}` : '';
  const { steppedUp, returned } = steps;
  if (steppedUp === 0) return `For ${more}${growth}.`;
  const who = `${steppedUp} of ${returned} ${returned === 1 ? 'customer' : 'customers'}`;
  return `For ${more}${growth}. ${who} who bought that and came back bought this later.`;
}

/** Why there is no upgrade, for the analyst. */
export const emptyReasonWords: Readonly<Record<EmptyReason, string>> = {
  'unknown-product': 'The catalogue does not have the product.',
  'not-a-product': 'It is no product but postage, a fee or the like.',
  'no-price': 'The product has no price, so that nothing can be dearer.',
  'nothing-to-compare': 'The product has neither a name nor attributes to find others alike by.',
  'none-alike':
    'No other product of its category is alike in name and attributes; without a category no name is alike enough.',
  'none-dearer': 'None of the products alike is dearer within the ratios of prices.',
  'no-higher-tier':
    'Those alike and dearer are of no higher tier: bought beside the product and not in its place, or at another price only by chance, as what they are called costs the same elsewhere in the shop.',
  'none-on-sale': 'None of the upgrades can be sold now.',
};
