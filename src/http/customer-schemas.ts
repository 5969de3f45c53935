import { z } from '@hono/zod-openapi';
import type { CustomerBook } from '../serving/customer-book.ts';
import {
  type CustomerFigure,
  customerFigures,
  type FigureName,
  figureNames,
  figureValue,
} from '../serving/customer-figures.ts';
import { type SegmentName, segmentKinds } from '../serving/customer-segments.ts';

/** The same in both languages of the console. */
export const words = z.object({ en: z.string(), zh: z.string() }).openapi('Words');

export const date = z.iso.date().openapi({ example: '2011-12-09' });

export const maybe = <Schema extends z.ZodType>(schema: Schema, description: string) =>
  schema.nullable().openapi({ description });

/** A list as reports hold it. */
export const list = <Schema extends z.ZodType>(schema: Schema) => z.array(schema).readonly();

export const count = z.number().int();

export const share = z.number().nullable();

export const segmentKind = z.enum(segmentKinds);

export const segmentId = z.string().min(1).max(100).openapi({ example: 'rfm-champions' });

export const segmentRef = z.object({ id: z.string(), name: words }).openapi('SegmentRef');

export const segmentRefs = z.object({
  behaviour: segmentRef.nullable(),
  rfm: segmentRef.nullable(),
  tier: segmentRef.nullable(),
});

type FigureSchema = z.ZodType<number | string | boolean | null>;

function figureSchema({ kind, words: description, label, unit }: CustomerFigure): FigureSchema {
  const schema = kind === 'date' ? z.iso.date() : kind === 'flag' ? z.boolean() : z.number();
  return schema.nullable().openapi({ description: `${label.en} (${unit}). ${description}` });
}

/** All figures of a customer; null what is not known. */
export const figuresView = z
  .object(
    Object.fromEntries(figureNames.map((name) => [name, figureSchema(customerFigures[name])])) as Record<
      FigureName,
      FigureSchema
    >,
  )
  .openapi('CustomerFigures');

export type FiguresView = z.infer<typeof figuresView>;

export function viewFigures(book: CustomerBook, customer: number): FiguresView {
  return Object.fromEntries(
    figureNames.map((name) => [name, figureValue(customerFigures[name], book.figure(name)(customer))]),
  ) as FiguresView;
}

export const noFigures = Object.fromEntries(figureNames.map((name) => [name, null])) as FiguresView;

export const viewName = ({ id, name }: SegmentName): z.infer<typeof segmentRef> => ({ id, name });

export function viewSegments(book: CustomerBook, customer: number): z.infer<typeof segmentRefs> {
  const ref = (kind: (typeof segmentKinds)[number]) => {
    const segment = book.segmentOf(kind, customer);
    return segment ? viewName(segment) : null;
  };
  return { behaviour: ref('behaviour'), rfm: ref('rfm'), tier: ref('tier') };
}

/** Significant digits of the numbers of a report: fewer than binary sums leave behind, more than anybody reads. */
const digits = 12;

/** A plain report with its numbers to twelve significant digits. */
export function tidied<T>(report: T): T {
  const tidy = (part: unknown): unknown => {
    if (typeof part === 'number') return Number.isInteger(part) ? part : Number(part.toPrecision(digits));
    if (Array.isArray(part)) return part.map(tidy);
    if (part === null || typeof part !== 'object') return part;
    return Object.fromEntries(Object.entries(part).map(([key, entry]) => [key, tidy(entry)]));
  };
  return tidy(report) as T;
}
