import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../src/package-root.ts';

const script = join(packageRoot(), '.ci', 'postgres.sh');
const run = async (...words: string[]): Promise<string> => (await promisify(execFile)(script, words)).stdout;

const installed = '/usr/lib/postgresql';

/** Whether a PostgreSQL server is installed, which a cluster of a test's own needs. */
export function canStartCluster(): boolean {
  return (
    existsSync(installed) &&
    readdirSync(installed).some((v) => existsSync(join(installed, v, 'bin', 'initdb')))
  );
}

/** A PostgreSQL server that a test may stop and start. */
export interface Cluster {
  readonly url: string;
  /** Where its socket is: it can be reached there even when it listens to nothing else. */
  readonly folder: string;
  readonly port: number;
  /** Stops it as a crash would; what it holds stays. */
  pause(): Promise<void>;
  /** Starts it again on its port. */
  resume(): Promise<void>;
  /** Starts it again, but it can be reached by its socket alone. */
  resumeApart(): Promise<void>;
  remove(): Promise<void>;
}

export async function startCluster(): Promise<Cluster> {
  const said = await run();
  const value = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(said)![1]!;
  const [url, folder] = [value('DATABASE_URL'), value('PGFOLDER')];
  const call = async (...words: string[]) => void (await run(...words));
  return {
    url,
    folder,
    port: Number(new URL(url).port),
    pause: () => call('pause', folder),
    resume: () => call('resume', folder),
    resumeApart: () => call('resume', folder, '-c listen_addresses='),
    remove: () => call('stop', folder),
  };
}
