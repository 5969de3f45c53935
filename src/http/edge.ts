import { createHash, timingSafeEqual } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { ApiKey, Role } from '../config.ts';
import type { AppDependencies, AppEnv } from './environment.ts';
import { problem } from './problem.ts';

const loopbackAddress = /^(127\.|::1$|::ffff:127\.)/;
const loopbackHost = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;
const sentRequestId = /^[\w.:-]{1,100}$/;

/** Paths that need no key: probes, and the description of the API. */
const open = /^\/(health\/|openapi\.json$|docs(\/|$))/;

const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** A request that took so long gets a log line. */
const slowSeconds = 0.25;

/** Finds a key's role without telling by its timing how much of a wrong key was right. */
function keyRing(keys: readonly ApiKey[]): (secret: string) => Role | undefined {
  const known = keys.map(({ secret, role }) => ({ hash: digest(secret), role }));
  return (secret) => {
    const hash = digest(secret);
    let found: Role | undefined;
    for (const key of known) if (timingSafeEqual(key.hash, hash)) found = key.role;
    return found;
  };
}

/**
 * What every request passes through, in one step for speed: request id, key or loopback check, rate limit, and
 * afterwards log line and metrics.
 */
export function edge({ apiKeys, rateLimit, log, metrics, newId }: AppDependencies) {
  const roleOf = keyRing(apiKeys);
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
      const secret = c.req.header('x-api-key');
      if (apiKeys.length === 0) {
        // A page in the user's browser can reach loopback too; it cannot forge the Host header.
        const host = c.req.header('host') ?? 'localhost';
        if ((address !== undefined && !loopbackAddress.test(address)) || !loopbackHost.test(host)) {
          return problem(
            c,
            'forbidden',
            'Without PAIRWELL_API_KEYS only this machine is served. Set keys to open it.',
          );
        }
        c.set('role', 'operator');
      } else if (!open.test(c.req.path)) {
        const role = secret === undefined ? undefined : roleOf(secret);
        if (!role) return problem(c, 'unauthorized', 'Send a valid key in the X-API-Key header.');
        c.set('role', role);
      }
      if (!limiter) return undefined;
      try {
        await limiter.consume(secret ?? address ?? 'local');
        return undefined;
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        const retryAfter = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
        return problem(c, 'too-many-requests', `At most ${rateLimit} requests a minute are answered.`, {
          retryAfter,
        });
      }
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
