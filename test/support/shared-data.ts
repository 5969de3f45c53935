import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.ts';
import { skipReason } from './skip.ts';

/**
 * Runs `suite` with the path of one of the full public data sets, which lie outside the repository; where they
 * are absent the suite is skipped.
 */
export function withSharedFile(path: string, name: string, suite: (file: string) => void): void {
  const file = join(packageRoot(), '..', 'shared', path);
  if (existsSync(file)) suite(file);
  else skipReason(name, `the data set ${path} is not beside the project`);
}
