import { z } from '@hono/zod-openapi';
import { editDistance } from '../edit-distance.ts';

/** What is wrong with a parameter of a query. */
export interface WrongParameter {
  readonly name: string;
  readonly why: string;
}

/**
 * Finds what a schema lets pass in silence: parameters that it does not have, which would be ignored, and numbers without digits,
 * which would be 0.
 *
 * @param schema of the query's parameters; undefined where there are none
 */
export function queryCheck(
  schema: unknown,
): (query: Readonly<Record<string, unknown>>) => WrongParameter | undefined {
  const shape = schema instanceof z.ZodObject ? schema.shape : {};
  const names = Object.keys(shape);
  const numeric = new Set(names.filter((name) => isNumeric(shape[name])));
  return (query) => {
    for (const [name, value] of Object.entries(query)) {
      if (!Object.hasOwn(shape, name))
        return { name, why: `there is no such parameter. ${instead(name, names)}` };
      if (numeric.has(name) && typeof value === 'string' && value.trim() === '')
        return { name, why: 'it is empty: give a number, or leave it out.' };
    }
    return undefined;
  };
}

function isNumeric(schema: unknown): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return isNumeric(schema.unwrap());
  return schema instanceof z.ZodNumber;
}

function instead(name: string, names: readonly string[]): string {
  if (names.length === 0) return 'This takes none.';
  const nearest = nearestOf(name, names);
  return nearest === undefined ? `There are ${names.join(', ')}.` : `Did you mean ${nearest}?`;
}

/** The word that is meant by a misspelt one: of few other letters, whatever the case; undefined where none is near. */
export function nearestOf(word: string, words: readonly string[]): string | undefined {
  let [nearest, least]: [string | undefined, number] = [undefined, Math.ceil(word.length / 3)];
  for (const known of words) {
    const distance = editDistance(word.toLowerCase(), known.toLowerCase());
    if (distance > least || (distance === least && nearest !== undefined)) continue;
    [nearest, least] = [known, distance];
  }
  return nearest;
}
