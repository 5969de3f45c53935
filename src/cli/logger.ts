import pino, { type Logger } from 'pino';
import type { Config } from '../config.ts';

/** Structured log lines on stderr, so that data on stdout stays clean; written in batches, since each line is a request. */
export function createLogger({ PAIRWELL_LOG_LEVEL: level }: Pick<Config, 'PAIRWELL_LOG_LEVEL'>): Logger {
  return pino({ level }, pino.destination({ dest: 2, sync: false, minLength: 4096, periodicFlush: 200 }));
}
