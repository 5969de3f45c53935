import type { Named, Reason } from '../reason.ts';
import { type Formats, writtenPercents } from './formats.ts';
import { type Placeholder, placeholders } from './placeholders.ts';
import type { Blank, Template } from './template.ts';

/** Puts a reason into words. */
export type Sentence = (reason: Reason) => string;

/** @param name that of the product of which is told, where something is said of each */
type Writer = (reason: Reason, name: string) => string;

/** The name inside `{names, each: …}`. */
export const eachName = 'name';

const label = ({ code, name }: Named): string => name || code;

/** A template made ready to be filled in. What fills it in is taken as it is, whatever it looks like. */
export function sentenceOf(template: Template, formats: Formats): Sentence {
  const write = writerOf(template, formats);
  return (reason) => write(reason, '');
}

function writerOf(template: Template, formats: Formats): Writer {
  const writers = template.map((piece): Writer => {
    if (typeof piece === 'string') return () => piece;
    return piece.forms ? formsWriter(piece, piece.forms, formats) : figureWriter(piece.name, formats);
  });
  return (reason, name) => {
    let text = '';
    for (const write of writers) text += write(reason, name);
    return text;
  };
}

function figureWriter(name: string, formats: Formats): Writer {
  if (name === eachName) return (_, each) => each;
  const figure = name as Exclude<Placeholder, 'names' | 'segment'>;
  switch (placeholders[name as Placeholder].kind) {
    case 'names':
      return ({ because }) => formats.names(because.map(label));
    case 'text':
      return ({ segment }) => formats.text(segment);
    case 'share':
      return (reason) => formats.share(reason[figure]);
    case 'count':
      return (reason) => formats.count(reason[figure]);
    case 'interval':
      return (reason) => formats.interval(reason[figure]);
    case 'past':
      return (reason) => formats.past(reason[figure]);
  }
}

function formsWriter({ name }: Blank, forms: ReadonlyMap<string, Template>, formats: Formats): Writer {
  const writers = new Map(Array.from(forms, ([which, form]) => [which, writerOf(form, formats)]));
  const each = writers.get('each');
  if (each) return (reason) => formats.names(reason.because.map((named) => each(reason, label(named))));
  const other = writers.get('other')!;
  const countOf = counter(name as Placeholder);
  return (reason, eachName) => {
    const count = countOf(reason);
    const write = writers.get(`=${count}`) ?? writers.get(formats.pluralForm(count)) ?? other;
    return write(reason, eachName);
  };
}

/** The number that forms go by: whole, but for shares, which count in per cent as written; NaN where it is not known. */
function counter(name: Placeholder): (reason: Reason) => number {
  const figure = name as Exclude<Placeholder, 'names' | 'segment'>;
  switch (placeholders[name].kind) {
    case 'names':
      return ({ because }) => because.length;
    case 'share':
      return (reason) => writtenPercents(reason[figure] ?? Number.NaN);
    default:
      return (reason) => Math.max(0, Math.round(reason[figure] ?? Number.NaN));
  }
}
