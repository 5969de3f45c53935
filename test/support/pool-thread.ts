import { threadId } from 'node:worker_threads';
import { PairwellError } from '../../src/errors.ts';
import { type Control, progressInto } from '../../workers/control.ts';
import { serve } from '../../workers/serve.ts';
import { hold } from './hold-cell.ts';

/** What the tests of the worker pool have a thread do. */
const api = {
  threadId: (): number => threadId,

  add: (a: number, b: number): number => a + b,

  refuse(): never {
    throw new PairwellError('bad-input', 'That cannot be.', { field: 'minSupport' });
  },

  fail(): never {
    throw new TypeError('A defect.');
  },

  exit(): void {
    process.exit(3);
  },

  crash(): Promise<never> {
    setImmediate(() => {
      throw new Error('Nobody catches this.');
    });
    return new Promise(() => undefined);
  },

  hold,

  /** Keeps the thread busy until it is cancelled. */
  workUntilCancelled(control: Control): never {
    const report = progressInto(control);
    for (;;) report(1, 2);
  },
};

export type PoolThreadApi = typeof api;

serve(api);
