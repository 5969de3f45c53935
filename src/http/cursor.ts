import type { z } from '@hono/zod-openapi';
import { PairwellError } from '../errors.ts';

/** A place in a list, as text that clients pass back unread. */
export function writeCursor(place: object): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @throws PairwellError `bad-input` when the cursor is not one of ours for this list */
export function readCursor<Schema extends z.ZodType>(schema: Schema, cursor: string): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new PairwellError('bad-input', 'The cursor is not valid for this list. Start again without one.');
  }
}
