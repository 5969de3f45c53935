import pino from 'pino';
import { expect, vi } from 'vitest';
import type { Database } from '../../db/database.ts';
import { openDatabase } from '../../db/open.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { openService, type Service } from '../../src/service.ts';
import type { OpenedDatabase } from './databases.ts';
import { shopTraining } from './shop.ts';

export const silentLog = pino({ level: 'silent' });

/** The configuration of a small server, with what `env` adds. */
export function testConfig(env: Readonly<Record<string, string>> = {}): Config {
  return readConfig({ PAIRWELL_THREADS: '1', PAIRWELL_LOG_LEVEL: 'silent', ...env });
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON; text where it is something else. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into many kinds of answers, and say what they expect.
  readonly body: any;
}

/** A served application, and requests to it without a socket. */
export interface TestService extends Service {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Sends JSON. */
  send(
    method: 'POST' | 'PUT',
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  /** Any request, with any body. */
  request(path: string, init?: RequestInit): Promise<Answer>;
  /** The products that are offered there, the best first. */
  offered(path: string): Promise<string[]>;
  /** Has a model trained, and returns the job at its end. */
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  train(settings?: object): Promise<any>;
}

/** Expects an answer that says in the common form what is wrong, and returns what it says. */
export function expectProblem({ status, headers, body }: Answer, code: number, name: string): string {
  expect({ status, body }).toMatchObject({ status: code, body: { status: code, code: name } });
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(body).toMatchObject({
    type: 'about:blank',
    title: expect.any(String),
    requestId: headers.get('x-request-id'),
  });
  return body.detail;
}

export async function openTestService(
  database: Database,
  env: Readonly<Record<string, string>> = {},
): Promise<TestService> {
  const service = await openService(database, testConfig(env), silentLog);
  const request = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await service.app.request(path, init);
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  };
  const get: TestService['get'] = (path, headers = {}) => request(path, { headers });
  const send: TestService['send'] = (method, path, body, headers = {}) =>
    request(path, {
      method,
      headers: body === undefined ? headers : { 'Content-Type': 'application/json', ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  return {
    ...service,
    request,
    get,
    send,
    offered: async (path) => {
      const { status, body } = await get(path);
      expect(status).toBe(200);
      return body.offers.map(({ productId }: { productId: string }) => productId);
    },
    train: async (settings = shopTraining) => {
      const started = await send('POST', '/v1/models', settings);
      expect(started.status).toBe(202);
      return vi.waitFor(
        async () => {
          const { body } = await get(`/v1/jobs/${started.body.id}`);
          expect(body.status).not.toBe('running');
          return body;
        },
        { timeout: 20_000 },
      );
    },
  };
}

/** A second service of the same shop, in another process as far as it can tell. */
export interface OtherService {
  readonly service: TestService;
  readonly database: Database;
  close(): Promise<void>;
}

/** The embedded database serves one process: there a second service in it hears of changes in the same way. */
export async function openOtherService({ database, env }: OpenedDatabase): Promise<OtherService> {
  const url = env.DATABASE_URL;
  const otherDatabase = url === undefined ? database : await openDatabase({ url, folder: '' });
  const service = await openTestService(otherDatabase);
  return {
    service,
    database: otherDatabase,
    close: async () => {
      await service.close();
      if (otherDatabase !== database) await otherDatabase.close();
    },
  };
}
