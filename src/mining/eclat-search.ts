import { withRoom } from '../baskets/int-column.ts';
import { gather, intersect, isWithin, positionsOf, setBits, share as shareBits, wordsFor } from './bit-rows.ts';
import type { RootDatabase } from './root-database.ts';
import type { Search, SearchFactory, SearchOptions } from './search.ts';
import type { Sink } from './sink.ts';

export const eclatSearch: SearchFactory = (root, options, sink) => new EclatSearch(root, options, sink);

class Node {
  support = 0;
  size = 0;
  perfectCount = 0;
  words = 0;
  free = 0;
  from = 0;
  to = 0;
  checksFrom = 0;
}

class EclatSearch implements Search {
  readonly #root: RootDatabase;
  readonly #sink: Sink;
  readonly #target;
  readonly #minSupport: number;
  readonly #maxLength: number;
  readonly #tick: () => void;
  readonly #checking: boolean;

  #bits: Int32Array = new Int32Array(1 << 12);
  #ranks: Int32Array = new Int32Array(256);
  #counts: Int32Array = new Int32Array(256);
  #rows: Int32Array = new Int32Array(256);
  #checks: Int32Array = new Int32Array(256);
  #checkCount = 0;
  readonly #set: Int32Array;
  readonly #perfect: Int32Array;
  readonly #nodes: Node[] = [];
  readonly #tally: Int32Array;
  readonly #frequent: Int32Array;
  #positions: Int32Array = new Int32Array(256);
  #rowOfBit: Int32Array = new Int32Array(256);
  #localStarts: Int32Array = new Int32Array(256);
  #localItems: Int32Array = new Int32Array(256);
  #shared: Int32Array = new Int32Array(256);
  #localCount = 0;
  #meanLength = 0;
  #visited = 0;

  constructor(root: RootDatabase, options: SearchOptions, sink: Sink) {
    this.#root = root;
    this.#sink = sink;
    this.#target = options.target;
    this.#minSupport = options.minSupport;
    this.#maxLength = options.target === 'all' ? options.maxLength : Number.POSITIVE_INFINITY;
    this.#tick = options.tick;
    this.#checking = options.target === 'closed' || options.target === 'maximal';
    const total = root.everywhere.length + root.items.length;
    this.#set = new Int32Array(total);
    this.#perfect = new Int32Array(total);
    this.#tally = new Int32Array(root.items.length);
    this.#frequent = new Int32Array(root.items.length);
    if (this.#checking) this.#set.set(root.everywhere);
    if (options.target === 'all') this.#perfect.set(root.everywhere);
  }

  mine(rank: number, share: number, shares: number): void {
    this.#tick();
    this.#checkCount = 0;
    const node = this.#node(0);
    if (!this.#begin(rank, node)) return;
    if (this.#report(node, 0, share === 0)) this.#visit(0, share, shares);
  }

  #node(depth: number): Node {
    this.#nodes[depth] ??= new Node();
    return this.#nodes[depth];
  }

  #begin(rank: number, node: Node): boolean {
    const { starts, content, weights, holders, holderStarts, supports, items, everywhere } = this.#root;
    const tally = this.#tally;
    const frequent = this.#frequent;
    const minSupport = this.#minSupport;
    const support = supports[rank];
    const limit = this.#checking ? items.length : rank;
    let frequentCount = 0;
    for (let h = holderStarts[rank]; h < holderStarts[rank + 1]; h++) {
      const row = holders[h];
      const weight = weights[row];
      for (let at = starts[row]; at < starts[row + 1]; at++) {
        const other = content[at];
        if (other >= limit) break;
        const before = tally[other];
        tally[other] = before + weight;
        if (before < minSupport && before + weight >= minSupport) frequent[frequentCount++] = other;
      }
    }
    frequent.subarray(0, frequentCount).sort();
    node.support = support;
    node.words = wordsFor(support);
    node.perfectCount = this.#target === 'all' ? everywhere.length : 0;
    node.size = this.#checking ? everywhere.length : 0;
    node.from = 0;
    node.to = 0;
    node.checksFrom = 0;
    this.#set[node.size++] = items[rank];
    this.#roomForExtensions(frequentCount);
    this.#checks = withRoom(this.#checks, frequentCount);
    let subsumed = false;
    let total = 0;
    for (let f = frequentCount - 1; f >= 0; f--) {
      const other = frequent[f];
      if (other === rank) continue;
      if (other > rank) {
        if (tally[other] === support) subsumed = true;
        this.#checkCount++;
        total += tally[other];
      } else if (tally[other] === support) this.#addPerfect(node, other);
      else {
        this.#addExtension(node, other, tally[other], node.to * node.words);
        total += tally[other];
      }
    }
    const extensions = node.to;
    const kept = extensions + this.#checkCount;
    node.free = kept * node.words;
    this.#localCount = kept;
    this.#meanLength = total / support;
    tally.fill(extensions === 0 ? 0 : -1, 0, limit);
    if (subsumed || extensions === 0) {
      tally.fill(0, 0, limit);
      return !subsumed;
    }
    for (let e = 0; e < extensions; e++) tally[this.#ranks[e]] = e;
    let check = 0;
    for (let f = 0; f < frequentCount; f++) {
      if (frequent[f] <= rank) continue;
      const local = extensions + check;
      tally[frequent[f]] = local;
      this.#checks[check++] = local * node.words;
    }
    this.#fill(rank, node, limit);
    tally.fill(0, 0, limit);
    return true;
  }

  #fill(rank: number, node: Node, limit: number): void {
    const { starts, content, weights, holders, holderStarts } = this.#root;
    const tally = this.#tally;
    const rowCount = holderStarts[rank + 1] - holderStarts[rank];
    this.#bits = withRoom(this.#bits, node.free);
    this.#shared = withRoom(this.#shared, this.#localCount);
    this.#rowOfBit = withRoom(this.#rowOfBit, node.support);
    this.#positions = withRoom(this.#positions, node.support);
    this.#localStarts = withRoom(this.#localStarts, rowCount + 1);
    const bits = this.#bits;
    bits.fill(0, 0, node.free);
    let end = 0;
    let bit = 0;
    for (let r = 0; r < rowCount; r++) {
      const row = holders[holderStarts[rank] + r];
      const weight = weights[row];
      this.#localItems = withRoom(this.#localItems, end + starts[row + 1] - starts[row]);
      for (let at = starts[row]; at < starts[row + 1]; at++) {
        if (content[at] >= limit) break;
        const local = tally[content[at]];
        if (local < 0) continue;
        this.#localItems[end++] = local;
        setBits(bits, local * node.words, bit, weight);
      }
      this.#localStarts[r + 1] = end;
      this.#rowOfBit.fill(r, bit, bit + weight);
      bit += weight;
    }
  }

  #visit(depth: number, share: number, shares: number): void {
    const node = this.#nodes[depth];
    const child = this.#node(depth + 1);
    const checksBefore = this.#checkCount;
    for (let i = node.from; i < node.to; i++) {
      const checksNow = this.#checkCount;
      if ((i - node.from) % shares === share) {
        if (depth === 0 || (++this.#visited & 255) === 0) this.#tick();
        if (this.#enter(node, i, child, depth === 0)) this.#visit(depth + 1, 0, 1);
        this.#checkCount = checksNow;
      }
      if (this.#checking) {
        this.#checks = withRoom(this.#checks, checksNow + 1);
        this.#checks[this.#checkCount++] = this.#rows[i];
      }
    }
    this.#checkCount = checksBefore;
  }

  #enter(node: Node, i: number, child: Node, first: boolean): boolean {
    const support = this.#counts[i];
    const mask = this.#rows[i];
    this.#set[node.size] = this.#root.items[this.#ranks[i]];
    child.support = support;
    child.size = node.size + 1;
    child.perfectCount = node.perfectCount;
    child.words = node.words;
    child.free = node.free;
    child.from = node.to;
    child.to = node.to;
    child.checksFrom = node.checksFrom;
    if (child.size >= this.#maxLength) {
      this.#take(child);
      return false;
    }
    const later = node.to - i - 1;
    this.#roomForExtensions(node.to + later);
    const counted = first && support * this.#meanLength < 3 * node.words * later;
    if (counted ? !this.#countInRows(node, i, child) : !this.#intersectAll(node, i, child)) return false;
    this.#pack(node, mask, child, counted);
    return this.#report(child, mask, true);
  }

  #intersectAll(node: Node, i: number, child: Node): boolean {
    const { words } = node;
    const rows = this.#rows;
    const mask = rows[i];
    for (let c = this.#checkCount - 1; c >= node.checksFrom; c--) {
      if (isWithin(this.#bits, mask, this.#checks[c], words)) return false;
    }
    this.#bits = withRoom(this.#bits, child.free + (node.to - i - 1) * words);
    const bits = this.#bits;
    for (let j = i + 1; j < node.to; j++) {
      const count = intersect(bits, mask, rows[j], words, child.free);
      if (count < this.#minSupport) continue;
      if (count === child.support) this.#addPerfect(child, this.#ranks[j]);
      else {
        this.#addExtension(child, this.#ranks[j], count, child.free);
        child.free += words;
      }
    }
    return true;
  }

  #countInRows(node: Node, i: number, child: Node): boolean {
    const positions = this.#positions;
    const shared = this.#shared;
    const starts = this.#localStarts;
    const locals = this.#localItems;
    const stop = this.#checking ? -1 : i;
    const size = positionsOf(this.#bits, this.#rows[i], node.words, positions);
    for (let p = 0; p < size; p++) {
      const row = this.#rowOfBit[positions[p]];
      for (let at = starts[row]; at < starts[row + 1]; at++) {
        const local = locals[at];
        if (local === stop) break;
        shared[local]++;
      }
    }
    const end = this.#checking ? this.#localCount : node.to;
    this.#checks = withRoom(this.#checks, this.#checkCount + end);
    child.checksFrom = this.#checkCount;
    let subsumed = false;
    for (let j = this.#checking ? 0 : i + 1; j < end; j++) {
      const count = shared[j];
      shared[j] = 0;
      if (count < this.#minSupport || j === i) continue;
      if (j < i || j >= node.to) {
        if (count === child.support) subsumed = true;
        this.#checks[this.#checkCount++] = j * node.words;
      } else if (count === child.support) this.#addPerfect(child, this.#ranks[j]);
      else this.#addExtension(child, this.#ranks[j], count, j * node.words);
    }
    return !subsumed;
  }

  #pack(node: Node, mask: number, child: Node, counted: boolean): void {
    const extensions = child.to - child.from;
    if (extensions === 0 || (extensions === 1 && !this.#checking)) return;
    const rows = this.#rows;
    const checks = this.#checkCount - child.checksFrom;
    const words = wordsFor(child.support);
    if (extensions * extensions * (node.words - words) > 2 * (extensions + checks) * child.support) {
      this.#bits = withRoom(this.#bits, node.free + (extensions + checks) * words);
      const bits = this.#bits;
      const size = positionsOf(bits, mask, node.words, this.#positions);
      let free = node.free;
      for (let j = child.from; j < child.to; j++) {
        gather(bits, rows[j], this.#positions, size, free);
        rows[j] = free;
        free += words;
      }
      const from = child.checksFrom;
      const end = this.#checkCount;
      if (!counted) child.checksFrom = end;
      this.#checks = withRoom(this.#checks, 2 * end - from);
      let into = child.checksFrom;
      for (let c = from; c < end; c++) {
        if (gather(bits, this.#checks[c], this.#positions, size, free) < this.#minSupport) continue;
        this.#checks[into++] = free;
        free += words;
      }
      this.#checkCount = into;
      child.words = words;
      child.free = free;
    } else if (counted) {
      this.#bits = withRoom(this.#bits, node.free + extensions * node.words);
      for (let j = child.from; j < child.to; j++) {
        intersect(this.#bits, mask, rows[j], node.words, child.free);
        rows[j] = child.free;
        child.free += node.words;
      }
    }
  }

  #report(node: Node, mask: number, take: boolean): boolean {
    if (this.#target !== 'maximal') {
      if (take) this.#take(node);
      return node.from < node.to;
    }
    if (node.from === node.to) {
      if (take && !this.#anyCheck(node, mask)) this.#take(node);
      return false;
    }
    this.#bits = withRoom(this.#bits, node.free + node.words);
    let union = this.#rows[node.from];
    for (let j = node.from + 1; j < node.to; j++) {
      const count = intersect(this.#bits, union, this.#rows[j], node.words, node.free);
      if (count < this.#minSupport) return true;
      union = node.free;
    }
    if (take && !this.#anyCheck(node, union)) {
      for (let j = node.from; j < node.to; j++) this.#addPerfect(node, this.#ranks[j]);
      this.#take(node);
    }
    return false;
  }

  #anyCheck(node: Node, mask: number): boolean {
    for (let c = this.#checkCount - 1; c >= node.checksFrom; c--) {
      if (shareBits(this.#bits, mask, this.#checks[c], node.words, this.#minSupport)) return true;
    }
    return false;
  }

  #take({ size, perfectCount, support }: Node): void {
    this.#sink.take(this.#set, size, this.#perfect, perfectCount, support);
  }

  #addPerfect(node: Node, rank: number): void {
    const item = this.#root.items[rank];
    if (this.#checking) this.#set[node.size++] = item;
    else if (this.#target === 'all') this.#perfect[node.perfectCount++] = item;
  }

  #addExtension(node: Node, rank: number, count: number, row: number): void {
    const at = node.to++;
    this.#ranks[at] = rank;
    this.#counts[at] = count;
    this.#rows[at] = row;
  }

  #roomForExtensions(count: number): void {
    this.#ranks = withRoom(this.#ranks, count);
    this.#counts = withRoom(this.#counts, count);
    this.#rows = withRoom(this.#rows, count);
  }
}
