import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, openTestService, type TestService } from '../support/service.ts';

const bodyLimit = 100_000;

describeDatabases('bodies over HTTP', (opened) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openTestService(opened().database, { PAIRWELL_BODY_LIMIT: String(bodyLimit) });
  });
  afterAll(() => service?.close());

  describe.each([
    'POST /v1/orders',
    'POST /v1/events',
    'PUT /v1/products',
    'PUT /v1/customers',
    'POST /v1/models',
    'POST /v1/offers/batch',
  ])('a body of %s', (route) => {
    const [method, path] = route.split(' ') as [string, string];
    const given = (body: string, type = 'application/json') =>
      service.request(path, { method, headers: { 'Content-Type': type }, body });

    it.each(['{"id": ', 'hello', '', '{"a":1}}', "{'a':1}"])(
      'that is the text %j is refused',
      async (text) => {
        expect(expectProblem(await given(text), 400, 'bad-input')).toMatch(/Malformed JSON/);
      },
    );

    it.each(['1', '"text"', 'null', '[]', 'true'])('that is the JSON %s is refused', async (text) => {
      expectProblem(await given(text), 400, 'bad-input');
    });

    it.each([
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'application/jsonish',
    ])('of the type %s is refused', async (type) => {
      const detail = expectProblem(await given('{}', type), 415, 'unsupported-media-type');
      expect(detail).toContain('application/json');
    });

    it('of no type is refused', async () => {
      const body = new TextEncoder().encode('{}');
      expectProblem(await service.request(path, { method, body }), 415, 'unsupported-media-type');
    });

    it('in JSON with a charset is read', async () => {
      const answer = await given('{"unheardOf": 1}', 'application/json; charset=utf-8');
      expect(expectProblem(answer, 400, 'bad-input')).toContain('unheardOf');
    });

    it('that is too large is refused', async () => {
      const text = JSON.stringify({ text: 'x'.repeat(bodyLimit) });
      const known = { 'Content-Type': 'application/json', 'Content-Length': String(text.length) };
      for (const headers of [known, { 'Content-Type': 'application/json' }]) {
        const answer = await service.request(path, { method, headers, body: text });
        expect(expectProblem(answer, 413, 'payload-too-large')).toContain(String(bodyLimit));
      }
    });
  });
});
