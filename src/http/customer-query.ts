import { createHash } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { PairwellError } from '../errors.ts';
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
  return `"${name}" is no figure of a customer.${meant} GET /v1/customer-figures lists them.`;
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
  const what = {
    date: 'give a day, such as 2011-06-01',
    flag: `it is yes or no, so write ${name}>=1 for yes, ${name}<=0 for no`,
    number: 'give a number',
  };
  throw new PairwellError('bad-input', `"${text}" is not what ${name} can be compared with: ${what[kind]}.`);
}

/** Where a list of customers goes on. */
export const customerPlace = z.object({
  version: z.number().int(),
  /** Of which list: {@link listDigest}. */
  of: z.string(),
  customerAt: z.number().int().min(0),
});

/** The same for the same customers in the same order alone, in whatever order the conditions are. */
export function listDigest(
  { where = [], segment = [], text, sort, order }: CustomerQuery,
  list: readonly (string | undefined)[],
): string {
  const asked = [list, where.toSorted(), segment.toSorted(), text, sort, order];
  return createHash('sha256').update(JSON.stringify(asked)).digest('base64url').slice(0, 16);
}

/** @throws PairwellError `bad-input` for a cursor of another list */
export function checkPlace(start: z.infer<typeof customerPlace> | undefined, of: string): void {
  if (!start || start.of === of) return;
  throw new PairwellError(
    'bad-input',
    'The cursor belongs to another list of customers: its filters, sort or order are not the ones asked for. Start again without it.',
  );
}
