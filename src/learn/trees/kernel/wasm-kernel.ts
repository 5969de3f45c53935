import type { KernelPlace, TreeKernel } from '../tree-kernel.ts';

const pageBytes = 65_536;

/** The kernel compiled from `assembly/index.ts`, at work in a memory; what it offers has the names that it is asked by. */
export function wasmTreeKernel(module: WebAssembly.Module, memory: WebAssembly.Memory): TreeKernel {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as TreeKernel;
}

/** Places for trainings in WebAssembly; threads share the memory of one. */
export function wasmPlaces(
  module: WebAssembly.Module,
): (bytes: number) => KernelPlace & { readonly memory: WebAssembly.Memory } {
  return (bytes) => {
    const pages = Math.ceil(bytes / pageBytes);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    return { memory, buffer: memory.buffer, kernel: wasmTreeKernel(module, memory) };
  };
}
