import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder that holds package.json, whether the code runs from its source or from `dist/`:
 * where the migrations, the demo data and the built assets are found.
 */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** Where the build puts the mining kernel that it compiles. */
export function kernelPath(): string {
  return join(packageRoot(), 'dist', 'assets', 'mining-kernel.wasm');
}

/** Where the build puts the inner loops of k-means that it compiles. */
export function kmeansKernelPath(): string {
  return join(packageRoot(), 'dist', 'assets', 'kmeans-kernel.wasm');
}

/** Where the build puts the inner loops of boosted trees that it compiles. */
export function treesKernelPath(): string {
  return join(packageRoot(), 'dist', 'assets', 'trees-kernel.wasm');
}
