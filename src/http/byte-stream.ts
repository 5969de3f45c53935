/**
 * Chunks as the body of an answer, each made when the one before was taken. The first is made at once: what its maker refuses
 * is thrown here, where it still can become an answer of its own.
 */
export function byteStream(chunks: Iterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.iterator]();
  let next = iterator.next();
  return new ReadableStream({
    pull(controller) {
      if (next.done) {
        controller.close();
        return;
      }
      controller.enqueue(next.value);
      next = iterator.next();
    },
    cancel() {
      iterator.return?.();
    },
  });
}
