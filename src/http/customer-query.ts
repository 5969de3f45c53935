import { z } from '@hono/zod-openapi';
import { PairwellError } from '../errors.ts';
import type { Direction } from '../serving/column-order.ts';
import type { CustomerBook } from '../serving/customer-book.ts';
import { customerFigures, type FigureName, figureNames } from '../serving/customer-figures.ts';
import { type CustomerFilter, CustomerSearch, type FigureBound } from '../serving/customer-search.ts';
import { nearestOf } from './query-check.ts';
import { commaList } from './schemas.ts';
import { segmentOf } from './served-customers.ts';

/** One condition on a figure, such as `revenue>=100`. */
const condition = /^\s*([A-Za-z]+)\s*(>=|<=)\s*(\S+)\s*$/;

const isoDate = /^\d{4}-\d{2}-\d{2}$/;

const msPerDay = 86_400_000;

/** There are too many figures for an error to list. */
function noFigure(name: string): string {
  const nearest = nearestOf(name, figureNames);
  const meant = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  return `"${name}" is no figure of a customer.${meant} GET /v1/customers/figures lists them.`;
}

/** Which customers are looked for, besides their segment, as query parameters. */
export const customerConditions = z.object({
  where: commaList.optional().openapi({
    description: `Bounds on figures, such as revenue>=100,alive<=0.3,lastOrder>=2011-06-01; customers of whom the figure is not known are within none. Figures: ${figureNames.join(', ')}.`,
    example: 'revenue>=100,alive<=0.3',
  }),
  text: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .openapi({ description: 'Words in the id, whatever the case of Latin letters.' }),
  sort: z.enum(figureNames, { error: ({ input }) => noFigure(String(input)) }).default('revenue'),
  order: z.enum(['descending', 'ascending']).default('descending'),
});

export const customerQuery = customerConditions.extend({
  segment: commaList.optional().openapi({
    description: 'Ids of segments as GET /v1/segments gives them; of several all must hold.',
    example: 'rfm-at-risk,tier-peak',
  }),
});

export type CustomerQuery = z.infer<typeof customerConditions> & { segment?: string[] | undefined };

/**
 * @param also what else is asked of them
 * @throws PairwellError `bad-input` for conditions that are none, `not-found` for a segment that there is not
 */
export function customerSearch(
  book: CustomerBook,
  { where = [], text, sort, order, segment = [] }: CustomerQuery,
  also: CustomerFilter = {},
): CustomerSearch {
  const filter = {
    ...also,
    segments: [...(also.segments ?? []), ...segment.map((id) => segmentOf(book, id))],
    bounds: where.map(boundOf),
    text,
  };
  return new CustomerSearch(book, filter, sort, order);
}

function boundOf(text: string): FigureBound {
  const [, name, sign, value] = condition.exec(text) ?? [];
  if (name === undefined) {
    throw new PairwellError(
      'bad-input',
      `"${text}" is no condition on a figure: write its name, >= or <=, and a number, such as revenue>=100.`,
    );
  }
  if (!(figureNames as readonly string[]).includes(name))
    throw new PairwellError('bad-input', noFigure(name));
  const figure = name as FigureName;
  const bound = figureOf(figure, value);
  return sign === '>='
    ? { figure, least: bound, most: Number.POSITIVE_INFINITY }
    : { figure, least: Number.NEGATIVE_INFINITY, most: bound };
}

function figureOf(name: FigureName, text: string): number {
  const { kind } = customerFigures[name];
  const value =
    kind === 'date' ? (isoDate.test(text) ? Date.parse(text) / msPerDay : Number.NaN) : Number(text);
  if (!Number.isNaN(value)) return value;
  const what = kind === 'date' ? 'a day, such as 2011-06-01' : 'a number';
  throw new PairwellError('bad-input', `"${text}" is not what ${name} can be compared with: give ${what}.`);
}

/** Where a list of customers goes on. */
export const customerPlace = z.object({
  version: z.number().int(),
  sort: z.enum(figureNames),
  order: z.enum(['descending', 'ascending']),
  customerAt: z.number().int().min(0),
});

/** @throws PairwellError `bad-input` for a cursor of another order */
export function checkPlace(
  start: z.infer<typeof customerPlace> | undefined,
  { sort, order }: { sort: FigureName; order: Direction },
): void {
  if (!start || (start.sort === sort && start.order === order)) return;
  throw new PairwellError(
    'bad-input',
    'The cursor belongs to another order of customers. Start again without one.',
  );
}
