import { z } from 'zod';
import { PairwellError } from './errors.ts';

const role = z.enum(['storefront', 'analyst', 'operator']);
export type Role = z.infer<typeof role>;

/** An API key as configured; the server keeps only its hash. */
export interface ApiKey {
  readonly secret: string;
  readonly role: Role;
}

const apiKeys = z.string().transform((text, context): ApiKey[] =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [first, ...rest] = entry.split(':');
      const named = role.safeParse(first);
      const key: ApiKey =
        named.success && rest.length > 0
          ? { role: named.data, secret: rest.join(':') }
          : { role: 'operator', secret: entry };
      if (key.secret.length < 8) context.addIssue('each key needs at least 8 characters');
      return key;
    }),
);

const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** Every environment variable that Pairwell reads, with its default. */
export const environment = z.object({
  /** A PostgreSQL server; unset: the embedded database under `PAIRWELL_DATA`. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** The folder of the embedded database. */
  PAIRWELL_DATA: z.string().min(1).default('./data'),
  PORT: whole(0, 65535).default(8080),
  /** The address to listen on; anything but loopback needs keys. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Comma-separated keys, each `secret` (all rights) or `storefront:secret`, `analyst:secret`, `operator:secret`. */
  PAIRWELL_API_KEYS: apiKeys.default([]),
  /** Requests a client (key, or address without one) may make in a minute; 0 for no limit. */
  PAIRWELL_RATE_LIMIT: whole(0, 1e9).default(0),
  /** The largest request body, in bytes. */
  PAIRWELL_BODY_LIMIT: whole(1024, 1e9).default(5 * 1024 * 1024),
  /** Answers for offers that are kept while nothing changes, a few kilobytes each; 0 for none. */
  PAIRWELL_KEPT_ANSWERS: whole(0, 1e7).default(10_000),
  /** Threads for mining; default: one less than the machine's cores, at least one. */
  PAIRWELL_THREADS: whole(1, 256).optional(),
  /** The customer attribute that makes popularity segments. */
  PAIRWELL_SEGMENT_BY: z.string().min(1).default('country'),
  PAIRWELL_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export type Config = z.output<typeof environment>;

/**
 * Reads the configuration. An empty or blank variable counts as unset.
 *
 * @throws PairwellError `bad-input`, naming each variable that is wrong
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim() !== ''));
  const parsed = environment.safeParse(present);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new PairwellError('bad-input', `The environment is not usable. ${faults.join('; ')}`);
}
