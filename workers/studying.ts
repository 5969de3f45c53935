import type { CustomerStudent } from '../src/customers/study-customers.ts';
import type { ComputeApi } from './compute-worker.ts';
import type { WorkerPool } from './pool.ts';

/** Studies customers on a thread of a pool, which stays the caller's to close. What is in shared memory goes there without a copy. */
export function createCustomerStudent(pool: Pick<WorkerPool<ComputeApi>, 'run'>): CustomerStudent {
  return {
    studyCustomers: (input, { signal } = {}) => pool.run((api) => api.studyCustomers(input), signal),
  };
}
