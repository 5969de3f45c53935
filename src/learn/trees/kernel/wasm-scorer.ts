import { checkRows, type Rows } from '../../training-data.ts';
import { type BoostedTrees, treeCount } from '../boosted-trees.ts';
import type { TreeScorer } from '../plain-scorer.ts';

/** What the module compiled from `assembly/index.ts` offers for scoring. */
interface ScoringExports {
  binBlock(rows: number, count: number, features: number, plans: number, planned: number): void;
  addTrees(
    sizes: number,
    trees: number,
    nodes: number,
    leaves: number,
    count: number,
    places: number,
    sums: number,
  ): void;
}

const blockRows = 112;
/** So many rows are brought in together. */
const roomRows = 160;
/** Rows are put into bins by eight. */
const spareRows = 8;
const pageBytes = 65_536;
const alignment = 16;
const planFields = 4;
const nodeBytes = 8;
const isTwice = 2 ** 31;

/** Bins are signed in the kernel. */
const lowestBin = -128;

/**
 * Scores 112 rows at a time with vectors of 16 bytes: the values are put into bins, by which all nodes of a tree are looked at
 * (after Lucchese et al., QuickScorer, SIGIR 2015, and Ye et al., RapidScorer, KDD 2018, without their masks). Gives the
 * bits of {@link plainScorer}.
 */
export class WasmScorer implements TreeScorer {
  readonly features: number;
  /**
   * Room for 160 rows in the scorer's own memory: rows that are written here are scored without being copied.
   */
  readonly rows: Float64Array;
  readonly #kernel: ScoringExports;
  readonly #baseline: number;
  readonly #trees: number;
  readonly #planned: number;
  readonly #starts: readonly number[];
  readonly #sums: Float64Array;

  /** @param module compiled from `assembly/index.ts` */
  constructor(module: WebAssembly.Module, model: BoostedTrees) {
    const { features, cutStarts, cuts, missingLeft, feature, treeStarts, leaves } = model;
    this.features = features;
    this.#baseline = model.baseline;
    this.#trees = treeCount(model);
    const used = Array.from({ length: features }, (_, n) => n).filter((n) => cutStarts[n + 1] > cutStarts[n]);
    this.#planned = used.length;
    /** Half the power of two that is above the number of cuts. */
    const halves = used.map((n) => 2 ** Math.floor(Math.log2(cutStarts[n + 1] - cutStarts[n])));
    const isLow = new Uint8Array(features);
    for (const [node, number] of feature.entries()) isLow[number] |= missingLeft[node];

    let top = alignment;
    const room = (bytes: number): number => {
      const start = top;
      top += Math.ceil(bytes / alignment) * alignment;
      return start;
    };
    const plans = room(used.length * planFields * 4);
    const cutPlaces = halves.map((half) => room((2 * half - 1) * 8));
    const columns = used.map((n) => room((1 + isLow[n]) * blockRows));
    const sizes = room(this.#trees * 4);
    const nodes = room(feature.length * nodeBytes);
    const leafPlace = room(leaves.byteLength);
    const places = room(blockRows);
    const sums = room(blockRows * 8);
    const rows = room((roomRows + spareRows) * features * 8);
    this.#starts = [rows, plans, sizes, nodes, leafPlace, places, sums];
    const pages = Math.ceil(top / pageBytes);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    this.#kernel = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as ScoringExports;

    const view = new DataView(memory.buffer);
    const columnOf = new Map<number, number>();
    for (const [n, number] of used.entries()) {
      const plan = [number, cutPlaces[n], halves[n], columns[n] + isLow[number] * isTwice];
      for (const [field, value] of plan.entries())
        view.setUint32(plans + 4 * (n * planFields + field), value, true);
      const own = new Float64Array(memory.buffer, cutPlaces[n], 2 * halves[n] - 1).fill(Infinity);
      own.set(cuts.subarray(cutStarts[number], cutStarts[number + 1]));
      columnOf.set(number, columns[n]);
    }
    for (let tree = 0; tree < this.#trees; tree++)
      view.setUint32(sizes + 4 * tree, treeStarts[tree + 1] - treeStarts[tree], true);
    for (let node = 0; node < feature.length; node++) {
      const at = nodes + node * nodeBytes;
      view.setUint32(at, columnOf.get(feature[node])! + missingLeft[node] * blockRows, true);
      view.setInt8(at + 4, lowestBin + model.cut[node]);
      view.setUint8(at + 5, model.first[node]);
      view.setUint8(at + 6, model.right[node]);
    }
    new Float64Array(memory.buffer, leafPlace, leaves.length).set(leaves);
    this.#sums = new Float64Array(memory.buffer, sums, blockRows);
    this.rows = new Float64Array(memory.buffer, rows, roomRows * features);
  }

  score(rows: Rows, count: number, out: Float64Array): void {
    checkRows(this.features, rows, count, out);
    const { features } = this;
    const { rows: own } = this;
    if (rows === own) this.#scoreOwn(count, 0, out);
    else if (rows.length === count * features && rows.length <= own.length) {
      own.set(rows);
      this.#scoreOwn(count, 0, out);
    } else {
      const most = roomRows;
      for (let from = 0; from < count; from += most) {
        const here = Math.min(most, count - from);
        // A view of them would have to be allocated.
        for (let n = 0, at = from * features; n < here * features; n++, at++) own[n] = rows[at];
        this.#scoreOwn(here, from, out);
      }
    }
  }

  /** Scores rows that are in the scorer's own memory. */
  #scoreOwn(count: number, into: number, out: Float64Array): void {
    const { features } = this;
    const sums = this.#sums;
    const [rows, plans, sizes, nodes, leaves, places, sumPlace] = this.#starts;
    for (let from = 0; from < count; from += blockRows) {
      const here = Math.min(blockRows, count - from);
      sums.fill(this.#baseline);
      this.#kernel.binBlock(rows + from * features * 8, here, features, plans, this.#planned);
      this.#kernel.addTrees(sizes, this.#trees, nodes, leaves, here, places, sumPlace);
      for (let n = 0; n < here; n++) out[into + from + n] = sums[n];
    }
  }
}
