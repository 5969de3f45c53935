/** Plain data with all its typed arrays in shared memory, so that threads get it without a copy. Arrays that are there stay where they are. */
export function inSharedMemory<T>(value: T): T {
  return shared(value) as T;
}

function shared(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return sharedArray(value as unknown as TypedArray);
  if (Array.isArray(value)) return value.map(shared);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shared(part)]));
}

interface TypedArray extends ArrayBufferView {
  readonly length: number;
  set(values: TypedArray): void;
}

function sharedArray(array: TypedArray): TypedArray {
  if (array.buffer instanceof SharedArrayBuffer) return array;
  const Type = array.constructor as new (buffer: SharedArrayBuffer) => TypedArray;
  const copy = new Type(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}
