import { withRoom } from '../baskets/int-column.ts';
import { type BitRows, gather, intersect, positionsOf, wordsFor } from './bit-rows.ts';
import type { RankRows } from './rank-rows.ts';

/** A set under search. There is one per depth, used again and again. */
export class EclatNode {
  support = 0;
  /** How many items it has, and how many perfect extensions beside them. */
  size = 0;
  perfectCount = 0;
  /** Its extensions are entries `from` to `to`, excluding `to`, of the columns of extensions. */
  from = 0;
  to = 0;
  /** Its checks are entries from here on; for the bits of its own transactions alone, if it was packed. */
  checksFrom = 0;
  /** How many words the bit rows of its extensions and checks have. */
  words = 0;
  /** The first word behind its bit rows. */
  free = 0;
}

/** The nodes from a rank down to the set at hand, with their extensions, their checks and the bit rows of both. */
export class EclatStack {
  readonly #maxBytes: number;
  readonly #full: (bytes: number) => never;
  readonly #nodes: EclatNode[] = [];
  /** The bit rows of all nodes. */
  bits: BitRows = new Int32Array(1024);
  /** The extensions of all nodes: rank, support together with the set, and bit row. */
  ranks: Int32Array = new Int32Array(64);
  counts: Int32Array = new Int32Array(64);
  extensionRows: Int32Array = new Int32Array(64);
  /** The bit rows of the checks, of which the first `checkCount` are in force. */
  checkRows: Int32Array = new Int32Array(64);
  checkCount = 0;
  /** Scratch for the numbers of the bits in one row. */
  positions: Int32Array = new Int32Array(64);

  /**
   * @param maxBytes the most memory that the bit rows may take
   * @param full called when they need more
   */
  constructor(maxBytes: number, full: (bytes: number) => never) {
    this.#maxBytes = maxBytes;
    this.#full = full;
  }

  node(depth: number): EclatNode {
    this.#nodes[depth] ??= new EclatNode();
    return this.#nodes[depth];
  }

  /** Gives the node of depth 0 the extensions and checks of a rank, in bit rows that are still to be written. */
  begin(node: EclatNode, rows: RankRows): void {
    const { support, words, extensionCount, checkCount, ranks, counts } = rows;
    node.from = 0;
    node.to = 0;
    node.checksFrom = 0;
    node.words = words;
    node.free = (extensionCount + checkCount) * words;
    this.roomForExtensions(extensionCount);
    for (let e = 0; e < extensionCount; e++) this.addExtension(node, ranks[e], counts[e], e * words);
    this.checkCount = 0;
    for (let c = 0; c < checkCount; c++) this.addCheck((extensionCount + c) * words);
    this.positions = withRoom(this.positions, support);
  }

  /**
   * Has the bits reach to `words` words.
   *
   * @throws PairwellError `limit-exceeded` beyond the most memory
   */
  makeRoom(words: number): void {
    if (words > this.#maxBytes / Int32Array.BYTES_PER_ELEMENT) this.#full(this.#maxBytes);
    this.bits = withRoom(this.bits, words);
  }

  /** Has the columns of extensions reach to `count` entries. */
  roomForExtensions(count: number): void {
    this.ranks = withRoom(this.ranks, count);
    this.counts = withRoom(this.counts, count);
    this.extensionRows = withRoom(this.extensionRows, count);
  }

  /** Room must have been made. */
  addExtension(node: EclatNode, rank: number, count: number, row: number): void {
    const at = node.to++;
    this.ranks[at] = rank;
    this.counts[at] = count;
    this.extensionRows[at] = row;
  }

  addCheck(row: number): void {
    this.checkRows = withRoom(this.checkRows, this.checkCount + 1);
    this.checkRows[this.checkCount++] = row;
  }

  /**
   * Gives a set bit rows of its own, in which only its transactions have bits; packed to these where that pays.
   *
   * @param row the transactions of the child, among those of the node
   * @param listed whether the bit rows of the child's extensions are still the node's, and its checks its own
   * @param minSupport packing leaves out the checks that fewer of the child's transactions hold
   */
  makeRows(node: EclatNode, row: number, child: EclatNode, listed: boolean, minSupport: number): void {
    const extensions = child.to - child.from;
    const all = extensions + this.checkCount - child.checksFrom;
    const saved = node.words - wordsFor(child.support);
    // Each extension is intersected with every later one at least, and every row is gathered bit by bit.
    if (extensions * extensions * saved > 2 * all * child.support) {
      this.#pack(node, row, child, listed, minSupport);
    } else if (listed) {
      this.makeRoom(node.free + extensions * node.words);
      for (let j = child.from; j < child.to; j++) {
        intersect(this.bits, row, this.extensionRows[j], node.words, child.free);
        this.extensionRows[j] = child.free;
        child.free += node.words;
      }
    }
  }

  #pack(node: EclatNode, row: number, child: EclatNode, listed: boolean, minSupport: number): void {
    const checksBefore = this.checkCount;
    const checksFrom = child.checksFrom;
    child.words = wordsFor(child.support);
    child.free = node.free;
    const all = child.to - child.from + checksBefore - checksFrom;
    this.makeRoom(node.free + all * child.words);
    const { bits } = this;
    const size = positionsOf(bits, row, node.words, this.positions);
    for (let j = child.from; j < child.to; j++) {
      gather(bits, this.extensionRows[j], this.positions, size, child.free);
      this.extensionRows[j] = child.free;
      child.free += child.words;
    }
    // Listed checks are the child's alone; others are still needed by the nodes above.
    if (listed) this.checkCount = checksFrom;
    child.checksFrom = this.checkCount;
    for (let c = checksFrom; c < checksBefore; c++) {
      const count = gather(bits, this.checkRows[c], this.positions, size, child.free);
      if (count < minSupport) continue;
      this.addCheck(child.free);
      child.free += child.words;
    }
  }
}
