import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { isUnavailable, refusedValue } from '../../db/errors.ts';
import { type ErrorCode, PairwellError } from '../errors.ts';
import type { AppEnv } from './environment.ts';

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string().openapi({ description: 'Stable; programs branch on this.' }),
    detail: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem');

export type ProblemCode =
  | ErrorCode
  | 'internal'
  | 'too-many-requests'
  | 'payload-too-large'
  | 'unsupported-media-type';

const kinds: Record<ProblemCode, [status: ContentfulStatusCode, title: string]> = {
  'bad-input': [400, 'The request is not valid'],
  unauthorized: [401, 'An API key is needed'],
  forbidden: [403, 'Not allowed'],
  'not-found': [404, 'Not found'],
  conflict: [409, 'In conflict with what is stored'],
  'payload-too-large': [413, 'The body is too large'],
  'unsupported-media-type': [415, 'The body is of another type'],
  'limit-exceeded': [422, 'A limit was reached'],
  'too-many-requests': [429, 'Too many requests'],
  cancelled: [409, 'Cancelled'],
  internal: [500, 'Internal error'],
  busy: [503, 'Busy'],
  unavailable: [503, 'Not available right now'],
};

export interface ProblemExtras {
  errors?: { path: string; message: string }[];
  /** Seconds to wait before the same request is worth another try. */
  retryAfter?: number;
}

/** An RFC 9457 answer. */
export function problem(
  requestId: string,
  code: ProblemCode,
  detail: string,
  extras: ProblemExtras = {},
): Response {
  const [status, title] = kinds[code];
  const body = { type: 'about:blank', title, status, code, detail, requestId, errors: extras.errors };
  const headers: Record<string, string> = { 'Content-Type': 'application/problem+json' };
  if (extras.retryAfter !== undefined) headers['Retry-After'] = String(extras.retryAfter);
  return new Response(JSON.stringify(body), { status, headers });
}

/** Turns what a handler threw into an answer. Defects say nothing but that they happened; the log has them. */
export function answerError(error: Error, { env: { requestId, log } }: Context<AppEnv>): Response {
  if (error instanceof PairwellError) {
    return problem(requestId, error.code, error.message, error.code === 'busy' ? { retryAfter: 5 } : {});
  }
  if (isUnavailable(error)) {
    log.warn({ err: error, requestId }, 'database not available');
    return problem(
      requestId,
      'unavailable',
      'The database cannot be reached right now; nothing was stored. Try again.',
      {
        retryAfter: 5,
      },
    );
  }
  const refused = refusedValue(error);
  if (refused !== undefined) return problem(requestId, 'bad-input', `A value cannot be stored: ${refused}.`);
  if (error instanceof HTTPException && error.status === 415) {
    return problem(
      requestId,
      'unsupported-media-type',
      'Send the body as JSON, with Content-Type: application/json.',
    );
  }
  if (error instanceof HTTPException && error.status < 500) {
    return problem(requestId, 'bad-input', error.message || 'The request could not be read.');
  }
  log.error({ err: error, requestId }, 'request failed');
  return problem(
    requestId,
    'internal',
    'Something went wrong on our side. Quote the request id when you report it.',
  );
}

/** What zod found wrong with a request, as an answer. */
export function answerInvalid(error: z.core.$ZodError, { env: { requestId } }: Context<AppEnv>): Response {
  const errors = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const detail = errors
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join('; ');
  return problem(requestId, 'bad-input', detail, { errors });
}
