import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../../src/package-root.ts';

/**
 * Imports a module of the project from `dist/` where it was built, else from its source: what is timed should be the
 * code that ships, and tsx adds a call to every function it compiles.
 *
 * @param path from the project's folder, without its ending: `workers/mining`
 */
export async function importCompiled(path: string): Promise<unknown> {
  const built = join(packageRoot(), 'dist', `${path}.js`);
  const file = existsSync(built) ? built : join(packageRoot(), `${path}.ts`);
  return import(pathToFileURL(file).href);
}
