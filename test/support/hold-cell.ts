/** A cell in shared memory by which a test keeps a thread busy for as long as it wants. */
export type HoldCell = Int32Array<SharedArrayBuffer>;

const held = 0;
const released = 1;

export function createHoldCell(): HoldCell {
  return new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
}

/** For the thread: blocks it until {@link release} is called. */
export function hold(cell: HoldCell): void {
  Atomics.store(cell, held, 1);
  Atomics.wait(cell, released, 0);
}

/** For the test: whether the thread is blocked, or was. */
export function isHeld(cell: HoldCell): boolean {
  return Atomics.load(cell, held) === 1;
}

export function release(cell: HoldCell): void {
  Atomics.store(cell, released, 1);
  Atomics.notify(cell, released);
}
