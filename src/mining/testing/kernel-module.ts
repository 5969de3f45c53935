import { readFileSync } from 'node:fs';
import { kernelPath } from '../../package-root.ts';

/** The kernel as the build compiled it (`npm run build`). */
export const kernelModule = new WebAssembly.Module(readFileSync(kernelPath()));
