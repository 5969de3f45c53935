import { tierNames } from '../../customers/profit/tiers.ts';
import { rfmSegments } from '../../customers/rfm-segments.ts';

const named: ReadonlySet<string> = new Set([
  ...rfmSegments.map(({ id }) => `rfm-${id}`),
  ...tierNames.map((tier) => `tier-${tier}`),
]);
const behaviour = /^behaviour-\d+$/;
const attribute = /^([^=]+)=(.+)$/s;

/** What is wrong with the id of a segment; undefined where there may be such a one. */
export function wrongSegment(id: string): string | undefined {
  if (named.has(id) || behaviour.test(id) || attribute.test(id)) return undefined;
  const ids = [...named].join(', ');
  return `There is no segment "${id}". There are ${ids}; behaviour- and a number, as GET /v1/segments gives them; and an attribute of customers with its value, such as country=DE.`;
}

/** The attribute of customers and its value that make a segment; undefined for segments of a model. */
export function attributeOf(id: string): { readonly name: string; readonly value: string } | undefined {
  const [, name, value] = attribute.exec(id) ?? [];
  return name === undefined ? undefined : { name, value };
}
