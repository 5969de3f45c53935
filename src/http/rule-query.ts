import { z } from '@hono/zod-openapi';
import { PairwellError } from '../errors.ts';
import { needsMargins, type RuleFilter, type RuleOrder } from '../rules/browse.ts';
import { type MeasureName, measureNames, measureOf } from '../rules/measures/measures.ts';
import type { RuleBook } from '../serving/rule-book.ts';
import { nearestOf } from './query-check.ts';
import { ruleSelection, type SelectedRules, selectRules } from './rule-selection.ts';
import { commaList, productCode } from './schemas.ts';

const share = z.coerce.number().min(0).max(1).optional();

const words = z.string().trim().min(1).max(200).optional();

/** The names of all measures are too many for an error to list. */
function noMeasure(name: string): string {
  const nearest = nearestOf(name, measureNames);
  const meant = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  return `"${name}" is no measure.${meant} GET /v1/rules/measures lists them.`;
}

/** One condition on a measure, such as `phi>=0.1`. */
const condition = /^\s*([A-Za-z0-9.]+)\s*(>=|<=)\s*(\S+)\s*$/;

/** What a rule is looked for by, and what is to come with it, as query parameters. */
export const ruleQuery = ruleSelection.extend({
  antecedent: commaList.optional().openapi({ description: 'Products that must all be on the left side.' }),
  consequent: productCode.optional(),
  antecedentText: words.openapi({
    description:
      'Words in the name or id of a product on the left side, or in the names of a category and those above it.',
  }),
  consequentText: words.openapi({ description: 'The same on the right side.' }),
  text: words.openapi({ description: 'The same on either side.' }),
  minSupport: share,
  minConfidence: share,
  minLift: z.coerce.number().min(0).optional(),
  minCount: z.coerce.number().int().min(1).optional(),
  where: commaList.optional().openapi({
    description: `Bounds on measures, such as phi>=0.1,fishersExactTest<=0.001. Measures: ${measureNames.join(', ')}. profitPerBasket: at the price and cost of now; null, and within no bound, where one of the two is not known (PUT /v1/products).`,
    example: 'phi>=0.1,fishersExactTest<=0.001',
  }),
  measures: commaList
    .optional()
    .openapi({ description: 'More measures to give with each rule.', example: 'phi,zhang' }),
  sort: z.enum(measureNames, { error: ({ input }) => noMeasure(String(input)) }).default('confidence'),
  order: z.enum(['descending', 'ascending']).default('descending'),
});

export type RuleQuery = z.infer<typeof ruleQuery>;

/** What the filter asks of the shop: its item numbers, and what its products and categories are called. */
export interface ItemLookup {
  readonly size: number;
  /** −1 for a product that no rule knows; throws PairwellError `not-found` for one that the shop does not know either. */
  indexOf(productId: string): number;
  get(item: number): string;
  nameOf(item: number): string | null;
  /** By product: the profit on one sale now, NaN where it is not known. */
  margins(): Float64Array;
}

/** A rule set of a model, what is looked for in it, and which further measures are to come with it. */
export interface RuleSearch extends Omit<SelectedRules, 'also'> {
  readonly filter: RuleFilter;
  readonly sort: MeasureName;
  readonly order: RuleOrder;
  readonly measures: readonly MeasureName[] | undefined;
  /** What the order of the rules depends on besides the model. */
  readonly margins: Float64Array | undefined;
}

/**
 * @throws PairwellError `bad-input` for a condition that is none, names of measures that do not exist, and conditions that do not
 *   go with the set; `not-found` for a product that there is not
 */
export function ruleSearch(query: RuleQuery, book: RuleBook, items: ItemLookup): RuleSearch {
  const { also, ...selected } = selectRules(query, book);
  const measures = query.measures?.map(knownMeasure);
  const { sort, order } = query;
  const filter = { ...ruleFilter(query, items), also };
  const named = [sort, ...(measures ?? []), ...Object.keys({ ...filter.least, ...filter.most })];
  const margins = named.some((name) => needsMargins(name as MeasureName)) ? items.margins() : undefined;
  const browser = margins ? selected.browser.priced(margins) : selected.browser;
  return {
    ...selected,
    browser,
    filter,
    sort,
    order,
    measures,
    margins: needsMargins(sort) ? margins : undefined,
  };
}

function ruleFilter(query: RuleQuery, items: ItemLookup) {
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
  return { measure: knownMeasure(name), isLeast: sign === '>=', value };
}

function knownMeasure(name: string): MeasureName {
  measureOf(name);
  return name as MeasureName;
}

/** Marks the items in whose name or id all words are, whatever the case. */
function itemsCalled(text: string, items: ItemLookup): Uint8Array {
  const wanted = text.toLowerCase().split(/\s+/);
  return Uint8Array.from({ length: items.size }, (_, item) => {
    const called = `${items.get(item)} ${items.nameOf(item) ?? ''}`.toLowerCase();
    return wanted.every((word) => called.includes(word)) ? 1 : 0;
  });
}
