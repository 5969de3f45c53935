import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHoldCell, type HoldCell, isHeld, release } from '../test/support/hold-cell.ts';
import type { PoolThreadApi } from '../test/support/pool-thread.ts';
import { createControl, progressOf, requestStop } from './control.ts';
import { type PoolOptions, WorkerPool } from './pool.ts';

const cancelled = expect.objectContaining({ code: 'cancelled' });
const unavailable = expect.objectContaining({ code: 'unavailable' });
const busy = expect.objectContaining({ code: 'busy' });

const pools: WorkerPool<PoolThreadApi>[] = [];

function createPool(options: Partial<PoolOptions> = {}): WorkerPool<PoolThreadApi> {
  const pool = new WorkerPool<PoolThreadApi>({
    entry: '../test/support/pool-thread',
    size: 1,
    queueLimit: 10,
    ...options,
  });
  pools.push(pool);
  return pool;
}

/** Runs a task that keeps its thread busy, and waits until it does. */
async function occupy(pool: WorkerPool<PoolThreadApi>, signal?: AbortSignal) {
  const cell: HoldCell = createHoldCell();
  const holding = pool.run((api) => api.hold(cell), signal);
  // The tests look at the outcome later, if at all.
  holding.catch(() => undefined);
  await vi.waitFor(() => expect(isHeld(cell)).toBe(true), { timeout: 10_000 });
  return { holding, release: () => release(cell) };
}

const add = (pool: WorkerPool<PoolThreadApi>): Promise<number> => pool.run((api) => api.add(2, 3));
const threadId = (pool: WorkerPool<PoolThreadApi>): Promise<number> => pool.run((api) => api.threadId());

describe('WorkerPool', () => {
  afterEach(async () => {
    await Promise.all(pools.splice(0).map((pool) => pool.close()));
  });

  it('runs a typed call on another thread', async () => {
    const pool = createPool();
    expect(await add(pool)).toBe(5);
    expect(await threadId(pool)).not.toBe(0);
  });

  it('lets a task make several calls', async () => {
    const sum = createPool().run(async (api) => api.add(await api.add(1, 2), 3));
    expect(await sum).toBe(6);
  });

  it('starts threads when they are needed, at most its size', async () => {
    const pool = createPool({ size: 2 });
    expect(pool.threads).toBe(0);
    const first = await occupy(pool);
    expect(pool.threads).toBe(1);
    await occupy(pool);
    expect(pool.threads).toBe(2);
    const third = add(pool);
    expect(pool.threads).toBe(2);
    first.release();
    expect(await third).toBe(5);
  });

  it('keeps a thread for the next task', async () => {
    const pool = createPool({ size: 2 });
    expect(await threadId(pool)).toBe(await threadId(pool));
    expect(pool.threads).toBe(1);
  });

  it('keeps the code and details of an expected error', async () => {
    await expect(createPool().run((api) => api.refuse())).rejects.toMatchObject({
      name: 'PairwellError',
      code: 'bad-input',
      message: 'That cannot be.',
      details: { field: 'minSupport' },
    });
  });

  it('keeps the name, message and stack of a defect', async () => {
    await expect(createPool().run((api) => api.fail())).rejects.toMatchObject({
      name: 'TypeError',
      message: 'A defect.',
      stack: expect.stringContaining('pool-thread'),
    });
  });

  it('rejects when the task fails before it calls the thread, and goes on', async () => {
    const pool = createPool();
    const failing = pool.run(() => {
      throw new Error('Too early.');
    });
    await expect(failing).rejects.toThrow('Too early.');
    expect(await add(pool)).toBe(5);
  });

  describe('queue', () => {
    it('refuses what exceeds it', async () => {
      const pool = createPool({ queueLimit: 1 });
      const { release } = await occupy(pool);
      const waiting = add(pool);
      await expect(add(pool)).rejects.toEqual(busy);
      release();
      expect(await waiting).toBe(5);
      expect(await add(pool)).toBe(5);
    });

    it('of no length still lets free threads work', async () => {
      const pool = createPool({ queueLimit: 0 });
      expect(await add(pool)).toBe(5);
      expect(await add(pool)).toBe(5);
      await occupy(pool);
      await expect(add(pool)).rejects.toEqual(busy);
    });

    it('keeps the order of tasks', async () => {
      const pool = createPool();
      const { release } = await occupy(pool);
      const order: number[] = [];
      const tasks = [1, 2, 3].map((n) => add(pool).then(() => order.push(n)));
      release();
      await Promise.all(tasks);
      expect(order).toEqual([1, 2, 3]);
    });
  });

  describe('when a thread ends', () => {
    it('by process.exit, rejects its call and goes on', async () => {
      const pool = createPool();
      await expect(pool.run((api) => api.exit())).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('exit code 3'),
      });
      expect(await add(pool)).toBe(5);
    });

    it('by an uncaught error, rejects its call and goes on', async () => {
      const pool = createPool();
      await expect(pool.run((api) => api.crash())).rejects.toThrow('crashed: Nobody catches this.');
      expect(await add(pool)).toBe(5);
    });

    it('leaves the calls of other threads alone', async () => {
      const pool = createPool({ size: 2 });
      const { holding, release } = await occupy(pool);
      await expect(pool.run((api) => api.exit())).rejects.toEqual(unavailable);
      release();
      await expect(holding).resolves.toBeUndefined();
    });

    it('before it serves, rejects the call', async () => {
      await expect(add(createPool({ entry: 'no-such-entry' }))).rejects.toThrow('no-such-entry');
    });
  });

  describe('when a task is cancelled', () => {
    it('before it is given, refuses it', async () => {
      await expect(createPool().run((api) => api.add(1, 1), AbortSignal.abort())).rejects.toEqual(cancelled);
    });

    it('while it waits, never starts it', async () => {
      const pool = createPool();
      const { release } = await occupy(pool);
      const task = vi.fn(() => Promise.resolve());
      const abort = new AbortController();
      const waiting = pool.run(task, abort.signal);
      abort.abort();
      await expect(waiting).rejects.toEqual(cancelled);
      release();
      expect(await add(pool)).toBe(5);
      expect(task).not.toHaveBeenCalled();
    });

    it('while it runs, stops its thread and goes on with a new one', async () => {
      const pool = createPool();
      const before = await threadId(pool);
      const abort = new AbortController();
      const { holding } = await occupy(pool, abort.signal);
      abort.abort();
      await expect(holding).rejects.toEqual(cancelled);
      expect(await threadId(pool)).not.toBe(before);
    });

    it('and ends in time, keeps its thread', async () => {
      const pool = createPool({ cancelGraceMs: 60_000 });
      const before = await threadId(pool);
      const control = createControl();
      const abort = new AbortController();
      const working = pool.run((api) => api.workUntilCancelled(control), abort.signal);
      await vi.waitFor(() => expect(progressOf(control)).toBe(0.5), { timeout: 10_000 });
      requestStop(control, 'cancelled');
      abort.abort();
      await expect(working).rejects.toEqual(cancelled);
      expect(await threadId(pool)).toBe(before);
    });

    it('after it is done, does nothing', async () => {
      const pool = createPool();
      const abort = new AbortController();
      const before = await pool.run((api) => api.threadId(), abort.signal);
      abort.abort();
      expect(await threadId(pool)).toBe(before);
    });
  });

  describe('when it closes', () => {
    it('rejects what runs, what waits and what comes later', async () => {
      const pool = createPool();
      const { holding } = await occupy(pool);
      const waiting = add(pool);
      const closing = pool.close();
      await expect(holding).rejects.toEqual(cancelled);
      await expect(waiting).rejects.toEqual(cancelled);
      await closing;
      expect(pool.threads).toBe(0);
      await expect(add(pool)).rejects.toEqual(unavailable);
    });

    it('has nothing to do before a thread started, nor the second time', async () => {
      const pool = createPool();
      await pool.close();
      await pool.close();
      expect(pool.threads).toBe(0);
    });
  });
});
