import { hc } from 'hono/client';
import type { AppType } from '../http/app.ts';

export interface ClientOptions {
  /** Sent as `X-API-Key`. */
  apiKey?: string;
  /** In place of the global one, for tests and other runtimes. */
  fetch?: typeof fetch;
}

/**
 * A client whose calls and answers are typed from the server's routes.
 *
 * @param baseUrl such as `http://localhost:8080`
 */
export function createClient(baseUrl: string, { apiKey, fetch }: ClientOptions = {}) {
  return hc<AppType>(baseUrl, {
    ...(apiKey === undefined ? {} : { headers: { 'X-API-Key': apiKey } }),
    ...(fetch === undefined ? {} : { fetch }),
  });
}
