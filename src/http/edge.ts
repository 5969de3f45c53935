import { createHash, timingSafeEqual } from 'node:crypto';
import type { ApiKey, Role } from '../config.ts';
import type { App, AppDependencies, Entered, Socket } from './environment.ts';
import { type ProblemCode, type ProblemExtras, problem } from './problem.ts';
import { RateLimit } from './rate-limit.ts';

const loopbackAddress = /^(127\.|::1$|::ffff:127\.)/;
const loopbackHost = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;
const loopbackOrigin = /^https?:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;
const sentRequestId = /^[\w.:-]{1,100}$/;

/** Paths that need no key: probes, and the description of the API. */
const open = /^\/(health\/|openapi\.json$|docs(\/|$))/;

const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** A request that took so long gets a log line. */
const slowSeconds = 0.25;

interface KnownKey {
  readonly hash: Buffer;
  readonly role: Role;
  /** What the rate limit counts the key's requests under. */
  readonly client: string;
}

/** Finds a key without telling by its timing how much of a wrong one was right. */
function keyRing(keys: readonly ApiKey[]): (secret: string) => KnownKey | undefined {
  const known = keys.map(
    ({ secret, role }, n): KnownKey => ({ hash: digest(secret), role, client: `key ${n}` }),
  );
  return (secret) => {
    const hash = digest(secret);
    let found: KnownKey | undefined;
    for (const key of known) if (timingSafeEqual(key.hash, hash)) found = key;
    return found;
  };
}

/**
 * Whether a request comes from this machine, and not from some site's page in a browser on it: such a page can
 * reach loopback too, but it cannot forge the headers Host and Origin.
 */
function isLocal(address: string | undefined, host: string | null, origin: string | null): boolean {
  return (
    (address === undefined || loopbackAddress.test(address)) &&
    (host === null || loopbackHost.test(host)) &&
    (origin === null || loopbackOrigin.test(origin))
  );
}

/** The role that a request acts in, or why it may not go on. */
type Admission = { role: Role } | { refused: [code: ProblemCode, detail: string, extras?: ProblemExtras] };

/** Checks keys, or that a keyless request is local, and counts it against its client's limit. */
function gate(apiKeys: readonly ApiKey[], rateLimit: number) {
  const keyOf = keyRing(apiKeys);
  const limit = new RateLimit(rateLimit);
  const withoutKeys = apiKeys.length === 0;
  return ({ headers }: Request, path: string, address: string | undefined, now: number): Admission => {
    if (withoutKeys && !isLocal(address, headers.get('host'), headers.get('origin'))) {
      const detail = 'Without PAIRWELL_API_KEYS only this machine is served. Set keys to open it.';
      return { refused: ['forbidden', detail] };
    }
    const secret = withoutKeys ? null : headers.get('x-api-key');
    const key = secret === null ? undefined : keyOf(secret);
    // A wrong key counts against the address, so that no one can guess keys, nor make them up, without end.
    const retryAfter = limit.secondsToWait(key?.client ?? address ?? 'local', now);
    if (retryAfter > 0) {
      const detail = `At most ${rateLimit} requests a minute are answered.`;
      return { refused: ['too-many-requests', detail, { retryAfter }] };
    }
    if (!withoutKeys && !key && !open.test(path))
      return { refused: ['unauthorized', 'Send a valid key in the X-API-Key header.'] };
    return { role: withoutKeys ? 'operator' : (key?.role ?? 'storefront') };
  };
}

/**
 * What every request of `app` passes through: request id, key or loopback check, rate limit, and afterwards log
 * line and metrics. It stands around the application, not in it: behind a middleware Hono answers no request
 * synchronously, and offers would take half as long again.
 *
 * @returns what takes the place of `app.fetch`
 */
export function edge(
  app: App,
  {
    apiKeys,
    rateLimit,
    log,
    metrics,
    newId,
  }: Pick<AppDependencies, 'apiKeys' | 'rateLimit' | 'log' | 'metrics' | 'newId'>,
): (request: Request, socket?: Socket) => Response | Promise<Response> {
  const admit = gate(apiKeys, rateLimit);
  const { fetch, router } = app;

  return (request, socket) => {
    const started = performance.now();
    const { method } = request;
    const path = app.getPath(request);
    const sent = request.headers.get('x-request-id');
    const requestId = sent !== null && sentRequestId.test(sent) ? sent : newId();

    const finish = (response: Response): Response => {
      const { status } = response;
      // Straight to the socket's answer where there is one: setting a header on a response makes it slower.
      if (socket?.outgoing) socket.outgoing.setHeader('X-Request-Id', requestId);
      else response.headers.set('X-Request-Id', requestId);
      const seconds = (performance.now() - started) / 1000;
      const pattern = router.match(method, path)[0].at(-1)?.[0][1].path ?? '/*';
      metrics.observeRequest(method, pattern, status, seconds);
      // The metrics count every request; a line for each is for those who ask for it.
      const level = status >= 500 ? 'error' : status >= 400 || seconds >= slowSeconds ? 'info' : 'debug';
      // A log outlives the customers who are forgotten.
      const logged = pattern.includes(':customerId') ? pattern : path;
      if (log.isLevelEnabled(level))
        log[level]({ requestId, method, path: logged, status, ms: seconds * 1000 }, 'request');
      return response;
    };

    const admission = admit(request, path, socket?.incoming?.socket.remoteAddress, started);
    if ('refused' in admission) return finish(problem(requestId, ...admission.refused));
    const entered: Entered = { ...socket, requestId, role: admission.role, log };
    const answer = fetch(request, entered);
    return answer instanceof Promise ? answer.then(finish) : finish(answer);
  };
}
