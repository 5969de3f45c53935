import { Command } from 'commander';
import type { Database } from '../../db/database.ts';
import type { Config } from '../config.ts';
import { PairwellError } from '../errors.ts';
import { type Listening, listen } from '../http/listen.ts';
import { openService, type Service } from '../service.ts';
import { withDatabase } from './context.ts';
import { createLogger } from './logger.ts';
import { wholeNumber } from './options.ts';
import { untilSignalled } from './signals.ts';

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;

/**
 * Serves until the signal fires, then finishes what is under way.
 *
 * @param onListening told once requests are answered
 */
export async function serve(
  database: Database,
  config: Config,
  signal: AbortSignal,
  onListening: (listening: Listening, service: Service) => void,
): Promise<void> {
  if (config.PAIRWELL_API_KEYS.length === 0 && !loopback.test(config.HOST)) {
    throw new PairwellError(
      'bad-input',
      `HOST is ${config.HOST}, which other machines can reach. Set PAIRWELL_API_KEYS, or leave HOST at 127.0.0.1.`,
    );
  }
  const log = createLogger(config);
  const service = await openService(database, config, log);
  let listening: Listening | undefined;
  try {
    listening = await listen(service.app, config.HOST, config.PORT);
    onListening(listening, service);
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  } finally {
    // Together: a client that follows a train job holds its request open until the job is cancelled.
    await Promise.all([listening?.close(), service.close()]);
    log.flush();
  }
}

export function serveCommand(): Command {
  return new Command('serve')
    .description('Answer requests over HTTP until stopped')
    .option('--port <number>', 'port to listen on (default: PORT, else 8080)', wholeNumber(0, 65535))
    .action(async ({ port }: { port?: number }) => {
      await untilSignalled((signal) =>
        withDatabase(async (database, config) => {
          const bound = port === undefined ? config : { ...config, PORT: port };
          await serve(database, bound, signal, ({ url }, { shop }) => {
            process.stderr.write(`Listening on ${url}; the API is described at ${url}/docs\n`);
            if (!shop.served) process.stderr.write('There is no model yet: import orders and train.\n');
          });
        }),
      );
    });
}
