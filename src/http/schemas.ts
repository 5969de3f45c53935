import { z } from '@hono/zod-openapi';
import { problemSchema } from './problem.ts';

/** The problem answers of a route, for its description; any route may ask for a key or for patience. */
export function problems<const Status extends 400 | 403 | 404 | 409 | 413 | 415 | 503>(
  ...statuses: Status[]
) {
  const description = {
    400: 'The request is not valid',
    401: 'A key is needed',
    403: 'The key may not do this',
    404: 'Not found',
    409: 'In conflict with what is stored',
    413: 'The body is too large',
    415: 'The body is not sent as JSON',
    429: 'Too many requests',
    503: 'Not available right now',
  };
  const answer = (status: keyof typeof description) => ({
    description: description[status],
    content: { 'application/problem+json': { schema: problemSchema } },
  });
  return Object.fromEntries(
    ([401, 429, ...statuses] as const).map((status) => [status, answer(status)]),
  ) as Record<401 | 429 | Status, ReturnType<typeof answer>>;
}

/** A zero character, or half of a surrogate pair: the database would not give back what it was given. */
const unstorable = /\0|\p{Surrogate}/u;

const code = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => !unstorable.test(text), 'must be well-formed text without zero characters');

/** A short text that the database gives back as it is. */
export const storableText = code;

export const productCode = code.openapi({ example: '85123A' });
export const customerCode = code.openapi({ example: '17850' });
export const orderCode = code.openapi({ example: '536365' });
export const eventCode = code.openapi({ example: '9b2f6c1e' });
export const recommendationCode = code.openapi({ example: '12.cart.b3b74cb8-478d-4125-aad4-99dcf93aba55' });

/** In answers to what was told of customers; absent where nobody of them was forgotten. */
export const forgottenIds = z.array(z.string()).optional().openapi({
  description: 'Ids of customers who were forgotten: nothing of them was stored.',
});

/** Money, as the database can hold it. */
export const amount = z.number().min(0).max(9_999_999_999);

/** At most so many entries in one list of a query. */
const longestList = 200;

/** `a,b,c` as an array; blanks around entries and empty entries are dropped. */
export const commaList = z
  .string()
  .max(20_000)
  .transform((text) =>
    text
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  )
  .refine((list) => list.length <= longestList, `at most ${longestList} entries`)
  .openapi({ type: 'string', example: '85123A,22423' });

export const pageLimit = z.coerce.number().int().min(1).max(500).default(50);

export const attributes = z.record(z.string().max(200), z.unknown());

/** JSON of a request's body. */
export const jsonBody = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { 'application/json': { schema } },
});

/** A JSON answer. */
export const jsonAnswer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});
