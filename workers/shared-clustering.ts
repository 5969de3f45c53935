import { readFileSync } from 'node:fs';
import type { BlockKernel } from '../src/learn/kmeans/block-kernel.ts';
import { WasmKernel } from '../src/learn/kmeans/kernel/wasm-kernel.ts';
import { type Clustering, clusterWith } from '../src/learn/kmeans/kmeans.ts';
import type { CheckedOptions } from '../src/learn/kmeans/kmeans-options.ts';
import { passes, perform, type Team, type Workspace } from '../src/learn/kmeans/workspace.ts';
import { kmeansKernelPath } from '../src/package-root.ts';
import { type Control, progressInto } from './control.ts';
import { endRounds, helpRounds, type Perform, type Rounds, runRound } from './rounds.ts';

/** A clustering that any number of threads can take part in; everything large in it is in shared memory. */
export interface SharedClustering {
  readonly workspace: Workspace;
  readonly options: CheckedOptions;
  readonly rounds: Rounds;
}

let compiled: WebAssembly.Module | undefined;

/** A kernel with a memory of its own; its code is compiled once per thread. */
export function kmeansKernel(): WasmKernel {
  compiled ??= new WebAssembly.Module(readFileSync(kmeansKernelPath()));
  return new WasmKernel(compiled);
}

/** The work of a round is a pass of a width, in one number. */
const performIn =
  (workspace: Workspace, kernel: BlockKernel): Perform =>
  (work, piece) =>
    perform(workspace, kernel, passes[work % passes.length], Math.floor(work / passes.length), piece);

/**
 * Clusters, together with the threads that are told to {@link helpClustering}, which take part as they come.
 *
 * @throws PairwellError `cancelled` when it is to stop, or another thread failed; whatever the clustering throws
 */
export function leadClustering(
  { workspace, options, rounds }: SharedClustering,
  control: Control,
): Clustering {
  const kernel = kmeansKernel();
  const piecewise = performIn(workspace, kernel);
  const report = progressInto(control);
  const team: Team = {
    run: (pass, width, pieces) =>
      runRound(rounds, control, width * passes.length + passes.indexOf(pass), pieces, piecewise),
  };
  try {
    return clusterWith(workspace, team, kernel, options, (share) => report(share, 1));
  } finally {
    endRounds(rounds);
  }
}

/** Takes part in a clustering until it ends or is to stop. */
export function helpClustering({ workspace, rounds }: SharedClustering, control: Control): void {
  helpRounds(rounds, control, performIn(workspace, kmeansKernel()));
}
