import { cp, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import asc from 'assemblyscript/asc';
import { templateFolder } from '../db/data-folder.ts';
import { embeddedSettings } from '../workers/embedded-settings.ts';
import { kernelPath, kmeansKernelPath, packageRoot, treesKernelPath } from './package-root.ts';

/** What a build makes besides compiled code: `npm run build` runs it after the compiler. */

const embedded = await PGlite.create({ dataDir: templateFolder(), postgresqlconf: embeddedSettings });
await embedded.close();

const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const assets = join(packageRoot(), 'dist', 'assets', 'swagger-ui');
await mkdir(assets, { recursive: true });
for (const file of ['swagger-ui-bundle.js', 'swagger-ui.css', 'LICENSE', 'NOTICE']) {
  await cp(join(swagger, file), join(assets, file));
}

const kernels = [
  { folder: join('mining', 'kernel'), to: kernelPath() },
  { folder: join('learn', 'kmeans', 'kernel'), to: kmeansKernelPath() },
  { folder: join('learn', 'trees', 'kernel'), to: treesKernelPath() },
];
for (const { folder, to } of kernels) {
  const { error, stderr } = await asc.main([
    join(packageRoot(), 'src', folder, 'assembly', 'index.ts'),
    ...['--outFile', to],
    ...['--runtime', 'stub', '--importMemory', '--sharedMemory', '--maximumMemory', '65536'],
    ...['--enable', 'simd,threads', '-O3', '--noAssert'],
  ]);
  if (error)
    throw new Error(`The kernel in ${folder} does not compile: ${stderr.toString()}`, { cause: error });
}
