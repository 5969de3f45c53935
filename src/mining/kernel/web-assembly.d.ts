/** The part of WebAssembly's JavaScript interface that is used here: Node.js has it, its types leave it to the DOM's. */
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: SharedArrayBuffer;
  }
  var Memory: new (limits: { initial: number; maximum: number; shared: true }) => Memory;

  interface Module {
    readonly [Symbol.toStringTag]: string;
  }
  var Module: new (bytes: Uint8Array) => Module;

  interface Instance {
    readonly exports: object;
  }
  var Instance: new (module: Module, imports: Record<string, object>) => Instance;

  interface RuntimeError extends Error {}
  var RuntimeError: new (message?: string) => RuntimeError;
}
