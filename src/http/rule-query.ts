import { z } from '@hono/zod-openapi';
import { PairwellError } from '../errors.ts';
import type { RuleFilter } from '../rules/browse.ts';
import { type MeasureName, measureNames, measureOf } from '../rules/measures/measures.ts';
import { commaList, productCode } from './schemas.ts';

const share = z.coerce.number().min(0).max(1).optional();

const words = z.string().trim().min(1).max(200).optional();

/** One condition on a measure, such as `phi>=0.1`. */
const condition = /^\s*([A-Za-z0-9.]+)\s*(>=|<=)\s*(\S+)\s*$/;

/** What a rule is looked for by, as query parameters. */
export const ruleQuery = z.object({
  antecedent: commaList.optional().openapi({ description: 'Products that must all be on the left side.' }),
  consequent: productCode.optional(),
  antecedentText: words.openapi({ description: 'Words in the name or id of a product on the left side.' }),
  consequentText: words.openapi({ description: 'Words in the name or id of the product on the right side.' }),
  text: words.openapi({ description: 'Words in the name or id of a product on either side.' }),
  minSupport: share,
  minConfidence: share,
  minLift: z.coerce.number().min(0).optional(),
  minCount: z.coerce.number().int().min(1).optional(),
  where: commaList.optional().openapi({
    description: `Bounds on measures, such as phi>=0.1,fishersExactTest<=0.001. Measures: ${measureNames.join(', ')}.`,
    example: 'phi>=0.1,fishersExactTest<=0.001',
  }),
});

export type RuleQuery = z.infer<typeof ruleQuery>;

/** What the filter asks of the shop: its item numbers, and what its products are called. */
export interface ItemLookup {
  readonly size: number;
  /** −1 for a product that no rule knows. */
  indexOf(productId: string): number;
  get(item: number): string;
  nameOf(item: number): string | null;
}

/** @throws PairwellError `bad-input` for a condition that is none, or a measure that does not exist */
export function ruleFilter(query: RuleQuery, items: ItemLookup): RuleFilter {
  const least: Partial<Record<MeasureName, number>> = {};
  const most: Partial<Record<MeasureName, number>> = {};
  const simple = { support: query.minSupport, confidence: query.minConfidence, lift: query.minLift };
  for (const [name, value] of Object.entries({ ...simple, count: query.minCount }))
    if (value !== undefined) least[name as MeasureName] = value;
  for (const text of query.where ?? []) {
    const { measure, isLeast, value } = readCondition(text);
    if (isLeast) least[measure] = Math.max(value, least[measure] ?? value);
    else most[measure] = Math.min(value, most[measure] ?? value);
  }
  const marked = (text: string | undefined) => (text === undefined ? undefined : itemsCalled(text, items));
  return {
    antecedent: query.antecedent?.map((code) => items.indexOf(code)),
    consequent: query.consequent === undefined ? undefined : items.indexOf(query.consequent),
    onLeft: marked(query.antecedentText),
    onRight: marked(query.consequentText),
    anywhere: marked(query.text),
    least,
    most,
  };
}

function readCondition(text: string): { measure: MeasureName; isLeast: boolean; value: number } {
  const [, name, sign, number] = condition.exec(text) ?? [];
  const value = Number(number);
  if (name === undefined || Number.isNaN(value)) {
    throw new PairwellError(
      'bad-input',
      `"${text}" is no condition on a measure: write its name, >= or <=, and a number, such as phi>=0.1.`,
    );
  }
  measureOf(name);
  return { measure: name as MeasureName, isLeast: sign === '>=', value };
}

/** Marks the items in whose name or id all words are, whatever the case. */
function itemsCalled(text: string, items: ItemLookup): Uint8Array {
  const wanted = text.toLowerCase().split(/\s+/);
  return Uint8Array.from({ length: items.size }, (_, item) => {
    const called = `${items.get(item)} ${items.nameOf(item) ?? ''}`.toLowerCase();
    return wanted.every((word) => called.includes(word)) ? 1 : 0;
  });
}
