import { readFileSync } from 'node:fs';
import { PairwellError } from '../src/errors.ts';
import { WasmKernel } from '../src/learn/kmeans/kernel/wasm-kernel.ts';
import { type Clustering, clusterWith } from '../src/learn/kmeans/kmeans.ts';
import type { CheckedOptions } from '../src/learn/kmeans/kmeans-options.ts';
import { type Pass, passes, perform, type Team, type Workspace } from '../src/learn/kmeans/workspace.ts';
import { kmeansKernelPath } from '../src/package-root.ts';
import { type Control, progressInto, stopOf } from './control.ts';

/** A clustering that any number of threads can take part in; everything large in it is in shared memory. */
export interface SharedClustering {
  readonly workspace: Workspace;
  readonly options: CheckedOptions;
  /** By it the leader tells the helpers what to do, see {@link createSync}. */
  readonly sync: Int32Array<SharedArrayBuffer>;
}

/** Entries of the cell. */
const round = 0;
const isOpen = 1;
const pass = 2;
const width = 3;
const pieces = 4;
const piecesTaken = 5;
const active = 6;
const isEnded = 7;
const hasFailed = 8;
const entries = 9;

/** How long a thread sleeps before it looks whether it is to stop. */
const lookMs = 50;

/**
 * The leader opens a round for each pass: the helpers that are there take pieces of it, as the leader itself does, until none
 * is left. It closes the round before it tells what the next one is, and waits until no helper is in it.
 */
export function createSync(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(entries * Int32Array.BYTES_PER_ELEMENT));
}

let compiled: WebAssembly.Module | undefined;

/** A kernel with a memory of its own; its code is compiled once per thread. */
export function kmeansKernel(): WasmKernel {
  compiled ??= new WebAssembly.Module(readFileSync(kmeansKernelPath()));
  return new WasmKernel(compiled);
}

/**
 * Clusters, together with the threads that are told to {@link helpClustering}, which take part as they come.
 *
 * @throws PairwellError `cancelled` when it is to stop, or another thread failed; whatever the clustering throws
 */
export function leadClustering({ workspace, options, sync }: SharedClustering, control: Control): Clustering {
  const kernel = kmeansKernel();
  const team: Team = {
    run: (wanted, wide, count) => {
      Atomics.store(sync, pass, passes.indexOf(wanted));
      Atomics.store(sync, width, wide);
      Atomics.store(sync, pieces, count);
      Atomics.store(sync, piecesTaken, 0);
      Atomics.store(sync, isOpen, 1);
      Atomics.add(sync, round, 1);
      Atomics.notify(sync, round);
      takePieces(workspace, kernel, sync, control);
      Atomics.store(sync, isOpen, 0);
      for (;;) {
        const busy = Atomics.load(sync, active);
        if (stopOf(control) || Atomics.load(sync, hasFailed) === 1)
          throw new PairwellError('cancelled', 'The work was cancelled.');
        if (busy === 0) return;
        Atomics.wait(sync, active, busy, lookMs);
      }
    },
  };
  try {
    return clusterWith(workspace, team, kernel, options, progressReport(control));
  } finally {
    Atomics.store(sync, isEnded, 1);
    Atomics.notify(sync, round);
  }
}

/** Takes part in a clustering until it ends or is to stop. */
export function helpClustering({ workspace, sync }: SharedClustering, control: Control): void {
  const kernel = kmeansKernel();
  let last = 0;
  while (Atomics.load(sync, isEnded) === 0 && !stopOf(control)) {
    const now = Atomics.load(sync, round);
    if (now === last) {
      Atomics.wait(sync, round, now, lookMs);
      continue;
    }
    Atomics.add(sync, active, 1);
    try {
      last = now;
      // A round that is closed by now is over, and what the next one is about not told yet.
      if (Atomics.load(sync, isOpen) === 1) takePieces(workspace, kernel, sync, control);
    } catch (error) {
      Atomics.store(sync, hasFailed, 1);
      throw error;
    } finally {
      Atomics.sub(sync, active, 1);
      Atomics.notify(sync, active);
    }
  }
}

function takePieces(
  workspace: Workspace,
  kernel: WasmKernel,
  sync: Int32Array<SharedArrayBuffer>,
  control: Control,
): void {
  const wanted: Pass = passes[Atomics.load(sync, pass)]!;
  const wide = Atomics.load(sync, width);
  const count = Atomics.load(sync, pieces);
  while (!stopOf(control)) {
    const piece = Atomics.add(sync, piecesTaken, 1);
    if (piece >= count) return;
    perform(workspace, kernel, wanted, wide, piece);
  }
}

/** Looks for a cancellation as often as it is called, which is many times a second. */
const progressReport = (control: Control): ((share: number) => void) => {
  const report = progressInto(control);
  return (share) => report(share, 1);
};
