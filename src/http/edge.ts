import { createHash, timingSafeEqual } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { ApiKey, Role } from '../config.ts';
import type { AppDependencies, AppEnv } from './environment.ts';
import { problem } from './problem.ts';

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
  /** What the rate limiter counts the key's requests under. */
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
function isLocal(address: string | undefined, host: string | undefined, origin: string | undefined): boolean {
  return (
    (address === undefined || loopbackAddress.test(address)) &&
    (host === undefined || loopbackHost.test(host)) &&
    (origin === undefined || loopbackOrigin.test(origin))
  );
}

/** Counts a request of a client; 0 when it may go on. */
async function secondsToWait(limiter: RateLimiterMemory, client: string): Promise<number> {
  try {
    await limiter.consume(client);
    return 0;
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
  }
}

/**
 * What every request passes through, in one step for speed: request id, key or loopback check, rate limit, and
 * afterwards log line and metrics.
 */
export function edge({
  apiKeys,
  rateLimit,
  log,
  metrics,
  newId,
}: Pick<AppDependencies, 'apiKeys' | 'rateLimit' | 'log' | 'metrics' | 'newId'>) {
  const keyOf = keyRing(apiKeys);
  const limiter = rateLimit > 0 ? new RateLimiterMemory({ points: rateLimit, duration: 60 }) : undefined;

  return createMiddleware<AppEnv>(async (c, next) => {
    const started = performance.now();
    const sent = c.req.header('x-request-id');
    const requestId = sent !== undefined && sentRequestId.test(sent) ? sent : newId();
    c.set('requestId', requestId);
    c.set('log', log);
    // Straight to the socket's answer where there is one: a header set on the context makes every answer slower.
    if (c.env?.outgoing) c.env.outgoing.setHeader('X-Request-Id', requestId);
    else c.header('X-Request-Id', requestId);
    const address = c.env?.incoming?.socket.remoteAddress;

    const admitted = async (): Promise<Response | undefined> => {
      const withoutKeys = apiKeys.length === 0;
      if (withoutKeys && !isLocal(address, c.req.header('host'), c.req.header('origin'))) {
        return problem(
          c,
          'forbidden',
          'Without PAIRWELL_API_KEYS only this machine is served. Set keys to open it.',
        );
      }
      const secret = withoutKeys ? undefined : c.req.header('x-api-key');
      const key = secret === undefined ? undefined : keyOf(secret);
      if (limiter) {
        // A wrong key counts against the address, so that no one can guess keys, nor make them up, without end.
        const retryAfter = await secondsToWait(limiter, key?.client ?? address ?? 'local');
        if (retryAfter > 0) {
          return problem(c, 'too-many-requests', `At most ${rateLimit} requests a minute are answered.`, {
            retryAfter,
          });
        }
      }
      if (!withoutKeys && !key && !open.test(c.req.path)) {
        return problem(c, 'unauthorized', 'Send a valid key in the X-API-Key header.');
      }
      c.set('role', withoutKeys ? 'operator' : (key?.role ?? 'storefront'));
      return undefined;
    };

    const refusal = await admitted();
    if (refusal) c.res = refusal;
    else await next();

    const seconds = (performance.now() - started) / 1000;
    const { status } = c.res;
    const { method, path } = c.req;
    metrics.observeRequest(method, routePath(c, -1), status, seconds);
    // The metrics count every request; a line for each is for those who ask for it.
    const level = status >= 500 ? 'error' : status >= 400 || seconds >= slowSeconds ? 'info' : 'debug';
    if (log.isLevelEnabled(level))
      log[level]({ requestId, method, path, status, ms: seconds * 1000 }, 'request');
  });
}

/** Lets only keys of these roles, and operators, through to a route. */
export function allow(...roles: Role[]) {
  return createMiddleware<AppEnv>((c, next) => {
    const role = c.get('role');
    if (role === 'operator' || roles.includes(role)) return next();
    return Promise.resolve(problem(c, 'forbidden', `A key of the role ${role} may not do this.`));
  });
}
