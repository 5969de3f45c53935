/** What the module compiled from `assembly/index.ts` offers; addresses are byte offsets into its memory. */
export interface KernelExports {
  open(
    target: number,
    minSupport: number,
    minLength: number,
    maxLength: number,
    list: number,
    itemCount: number,
  ): void;
  setMinSupport(minSupport: number): void;
  takeSet(size: number, perfectCount: number, support: number): void;
  search(
    rowCount: number,
    items: number,
    checks: number,
    starts: number,
    middles: number,
    ends: number,
    weights: number,
    content: number,
    entries: number,
    support: number,
    map: number,
    names: number,
    size: number,
    perfectCount: number,
    share: number,
    shares: number,
  ): void;
  flush(): void;
  allocate(bytes: number): number;
  mark(): number;
  release(address: number): void;
  prefixAddress(): number;
  perfectAddress(): number;
  histogramAddress(): number;
  histogramSize(): number;
  tableItems(transactions: number, limit: number): number;
}

/** What the module calls. */
export interface KernelHost {
  take(from: number, to: number): void;
  countLarge(size: number, perfectCount: number): void;
  tick(): void;
}

const pageBytes = 65_536;

/** A running instance of the module, with memory of its own that grows up to `maxBytes`. */
export class Kernel {
  readonly exports: KernelExports;
  readonly #memory: WebAssembly.Memory;
  #column: Int32Array<ArrayBuffer>;

  constructor(module: WebAssembly.Module, host: KernelHost, maxBytes: number) {
    this.#memory = new WebAssembly.Memory({ initial: 32, maximum: Math.ceil(maxBytes / pageBytes) });
    const instance = new WebAssembly.Instance(module, {
      env: { memory: this.#memory },
      host,
    });
    this.exports = instance.exports as KernelExports;
    this.#column = new Int32Array(this.#memory.buffer);
  }

  /** The memory as integers; memory that grows is new memory, so this is not to be kept. */
  get column(): Int32Array<ArrayBuffer> {
    if (this.#column.byteLength === 0) this.#column = new Int32Array(this.#memory.buffer);
    return this.#column;
  }

  /** Where the set in hand, and its perfect extensions, stand in {@link column} once the kernel is open. */
  get prefix(): number {
    return this.exports.prefixAddress() / Int32Array.BYTES_PER_ELEMENT;
  }

  get perfect(): number {
    return this.exports.perfectAddress() / Int32Array.BYTES_PER_ELEMENT;
  }
}
