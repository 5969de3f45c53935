import { OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import type { Context, Handler, MiddlewareHandler } from 'hono';
import type { Role } from '../config.ts';
import type { App, AppEnv } from './environment.ts';
import { answerInvalid, problem } from './problem.ts';
import { queryCheck } from './query-check.ts';

/** A route whose keys need one of these roles, which its description lists; operators may do everything. */
type GuardedRoute = RouteConfig & { 'x-roles'?: readonly Role[] };

/** The refusal of a key whose role may not use a route. */
function refusal(roles: readonly Role[] | undefined, { env }: Context<AppEnv>): Response | undefined {
  const { role, requestId } = env;
  if (!roles || role === 'operator' || roles.includes(role)) return undefined;
  return problem(requestId, 'forbidden', `A key of the role ${role} may not do this.`);
}

/** A parameter that comes once is a string; one that comes again is a list, which no schema of ours takes. */
function queryOf(c: Context<AppEnv>): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  for (const [name, values] of Object.entries(c.req.queries())) {
    query[name] = values.length === 1 ? values[0] : values;
  }
  return query;
}

/** What a request must pass before its parameters are read: undefined where it does. */
type Gate = (c: Context<AppEnv>, query: Record<string, string | string[]>) => Response | undefined;

/**
 * Roles; and on routes of analysts and operators, where a misspelt condition would quietly answer another question, only parameters
 * that there are. Routes of the storefront take any, as caches and trackers add theirs.
 */
function gateOf({ tags, request, 'x-roles': roles }: GuardedRoute): Gate {
  const isStrict = roles !== undefined && !tags?.includes('storefront');
  const wrongIn = isStrict ? queryCheck(request?.query) : () => undefined;
  return (c, query) => {
    const refused = refusal(roles, c);
    if (refused) return refused;
    const wrong = wrongIn(query);
    if (!wrong) return undefined;
    const { name, why } = wrong;
    return problem(c.env.requestId, 'bad-input', `${name}: ${why}`, {
      errors: [{ path: name, message: why }],
    });
  };
}

/** Answers a request that needs no reading; undefined for any other. */
export type Shortcut = (c: Context<AppEnv>) => Response | undefined;

/** Role, parameters and work of a route without a body in one synchronous step. */
function inOneStep(
  route: GuardedRoute,
  handler: Handler<AppEnv>,
  shortcut: Shortcut | undefined,
): Handler<AppEnv> {
  const { params, query } = route.request ?? {};
  const gate = gateOf(route);
  return (c, next) => {
    const short = shortcut && (refusal(route['x-roles'], c) ?? shortcut(c));
    if (short) return short;
    const given = queryOf(c);
    const refused = gate(c, given);
    if (refused) return refused;
    if (query) {
      const read = query.safeParse(given);
      if (!read.success) return answerInvalid(read.error, c);
      c.req.addValidatedData('query', read.data as object);
    }
    if (params) {
      const read = params.safeParse(c.req.param());
      if (!read.success) return answerInvalid(read.error, c);
      c.req.addValidatedData('param', read.data as object);
    }
    return handler(c, next);
  };
}

/**
 * A router whose routes are described in OpenAPI, open to the roles they name, and called only with requests that
 * fit their schemas; one that does not fit gets problem+json.
 *
 * Routes without a body are called in one step: Hono answers synchronously only where a single handler matches,
 * and short answers are not slowed down by the steps of a chain.
 *
 * @param shortcut tried on routes without a body, for those who may use them, before parameters are read
 */
export function router(shortcut?: Shortcut): App {
  const app: App = new OpenAPIHono<AppEnv>({
    defaultHook: (result, c) => (result.success ? undefined : answerInvalid(result.error, c)),
  });
  const { openapi } = app;
  const add = (route: GuardedRoute, handler: Handler<AppEnv>): App => {
    if (route.request?.body) {
      const gate = gateOf(route);
      const middleware: MiddlewareHandler<AppEnv> = (c, next) => {
        const refused = gate(c, queryOf(c));
        return refused ? Promise.resolve(refused) : next();
      };
      openapi({ ...route, middleware }, handler as never);
    } else {
      app.openAPIRegistry.registerPath(route);
      app.on(route.method, route.path.replaceAll(/\/{(.+?)}/g, '/:$1'), inOneStep(route, handler, shortcut));
    }
    return app;
  };
  app.openapi = add as unknown as typeof openapi;
  return app;
}
