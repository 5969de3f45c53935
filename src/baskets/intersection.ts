/** Writes what two ascending lists share, ascending, and returns how much that is. */
export function intersection(a: Int32Array, b: Int32Array, into: Int32Array): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      into[shared++] = a[i++];
      j++;
    } else if (a[i] < b[j]) i++;
    else j++;
  }
  return shared;
}
