import { readFileSync } from 'node:fs';
import { boostTrees, type TrainedTrees, type TreeWork } from '../src/learn/trees/boost.ts';
import { wasmTreeKernel } from '../src/learn/trees/kernel/wasm-kernel.ts';
import { passes, perform, type Training } from '../src/learn/trees/passes.ts';
import { treesKernelPath } from '../src/package-root.ts';
import { type Control, progressInto } from './control.ts';
import { endRounds, helpRounds, type Perform, type Rounds, runRound } from './rounds.ts';

/** A training that any number of threads can take part in; everything large in it is in shared memory. */
export interface SharedTraining {
  readonly work: TreeWork;
  /** What the workspace is in. */
  readonly memory: WebAssembly.Memory;
  readonly rounds: Rounds;
}

let compiled: WebAssembly.Module | undefined;

/** The kernel for trees, compiled once per thread. */
export function treesKernel(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(readFileSync(treesKernelPath()));
  return compiled;
}

const performIn = (training: Training, memory: WebAssembly.Memory): Perform => {
  const kernel = wasmTreeKernel(treesKernel(), memory);
  return (pass, piece) => perform(training, kernel, passes[pass], piece);
};

/**
 * Grows trees, together with the threads that are told to {@link helpTraining}, which take part as they come.
 *
 * @throws PairwellError `cancelled` when it is to stop, or another thread failed; whatever the training throws
 */
export function leadTraining({ work, memory, rounds }: SharedTraining, control: Control): TrainedTrees {
  const piecewise = performIn(work.training, memory);
  const report = progressInto(control);
  try {
    const team = {
      run: (pass: (typeof passes)[number], pieces: number) =>
        runRound(rounds, control, passes.indexOf(pass), pieces, piecewise),
    };
    return boostTrees(work, team, (share) => report(share, 1));
  } finally {
    endRounds(rounds);
  }
}

/** Takes part in a training until it ends or is to stop. */
export function helpTraining({ work, memory, rounds }: SharedTraining, control: Control): void {
  helpRounds(rounds, control, performIn(work.training, memory));
}
