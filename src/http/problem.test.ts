import { HTTPException } from 'hono/http-exception';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { PairwellError } from '../errors.ts';
import { answerError, problem } from './problem.ts';
import { router } from './router.ts';

/** What is answered, and logged, when a handler throws. */
async function answerTo(thrown: Error) {
  const lines: Record<string, unknown>[] = [];
  const app = router();
  app.onError(answerError);
  const log = pino({}, { write: (line: string) => lines.push(JSON.parse(line)) });
  app.get('/', () => {
    throw thrown;
  });
  const response = await app.request('/', {}, { requestId: 'r1', log, role: 'storefront' });
  const retryAfter = response.headers.get('retry-after');
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return { status: response.status, retryAfter, body: await response.json(), lines };
}

/** An error as a database driver throws it, inside the ORM's. */
const fromDatabase = (code: string, message: string) =>
  new Error('Failed query: insert into "secret"', { cause: Object.assign(new Error(message), { code }) });

describe('answerError', () => {
  it.each([
    ['bad-input', 400],
    ['not-found', 404],
    ['conflict', 409],
    ['limit-exceeded', 422],
    ['cancelled', 409],
    ['unavailable', 503],
  ] as const)('answers an expected %s with %i and its message', async (code, status) => {
    const answer = await answerTo(new PairwellError(code, 'Do this instead.'));
    expect(answer).toMatchObject({
      status,
      body: { status, code, detail: 'Do this instead.', requestId: 'r1', type: 'about:blank' },
      lines: [],
    });
  });

  it('says when to come again where it is busy', async () => {
    expect(await answerTo(new PairwellError('busy', 'Wait.'))).toMatchObject({
      status: 503,
      retryAfter: '5',
    });
  });

  it.each(['ECONNREFUSED', 'CONNECTION_CLOSED', '57P01', '53300', '40P01'])(
    'answers 503 with Retry-After when the database gives %s',
    async (code) => {
      expect(await answerTo(fromDatabase(code, 'gone'))).toMatchObject({
        status: 503,
        retryAfter: '5',
        body: { code: 'unavailable', detail: expect.stringContaining('nothing was stored') },
        lines: [{ msg: 'database not available' }],
      });
    },
  );

  it('blames a value that the database refuses on the request', async () => {
    expect(await answerTo(fromDatabase('22003', 'numeric field overflow'))).toMatchObject({
      status: 400,
      body: { code: 'bad-input', detail: 'A value cannot be stored: numeric field overflow.' },
    });
  });

  it('asks for JSON when something else was sent', async () => {
    expect(await answerTo(new HTTPException(415))).toMatchObject({
      status: 415,
      body: { code: 'unsupported-media-type', detail: expect.stringContaining('application/json') },
    });
  });

  it('answers what the framework could not read with 400', async () => {
    const malformed = new HTTPException(400, { message: 'Malformed JSON in request body' });
    expect(await answerTo(malformed)).toMatchObject({
      status: 400,
      body: { code: 'bad-input', detail: 'Malformed JSON in request body' },
    });
  });

  it.each([new Error('password=hunter2'), fromDatabase('42P01', 'relation does not exist')])(
    'tells nothing of a defect, and logs it',
    async (defect) => {
      const { status, body, lines } = await answerTo(defect);
      expect(status).toBe(500);
      expect(body).toMatchObject({ code: 'internal' });
      expect(JSON.stringify(body)).not.toMatch(/hunter2|secret|relation/);
      expect(lines).toMatchObject([
        { requestId: 'r1', err: { message: expect.stringContaining(defect.message) } },
      ]);
    },
  );
});

describe('problem', () => {
  it('lists what is wrong with each field', async () => {
    const errors = [{ path: 'lines.0.quantity', message: 'must not be 0' }];
    expect(await problem('r1', 'bad-input', 'No.', { errors }).json()).toMatchObject({ errors });
  });
});
