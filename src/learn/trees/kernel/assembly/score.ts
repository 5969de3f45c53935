/** Scoring rows by trees. Addresses are byte offsets. */

/** Rows are scored by so many at a time. */
const blockRows: usize = 112;

/** 1 for NaN. */
function isUnknown(value: f64): u32 {
  return u32(!(value <= Infinity));
}

/** Whether a feature has the same bits in all rows. */
function isConstant(at: usize, count: i32, rowBytes: usize): bool {
  const value = load<u64>(at);
  for (let row = 1; row < count; row++) {
    at += rowBytes;
    if (load<u64>(at) != value) return false;
  }
  return true;
}

/**
 * Puts the values of `count` ≤ 112 rows into bins: by column 112 bytes of them, of which the lowest is −128.
 *
 * @param rows row by row, `features` numbers of 64 bits each; there is room for 112
 * @param plans one for each feature in use, 16 bytes: its number; where its cuts are, which Infinity fills up to a power of two
 *   less one; the half of that power; and where its column is, or the next one also where bit 31 is set: in the first what is
 *   missing is above, in the next it is below all
 */
export function binBlock(rows: usize, count: i32, features: i32, plans: usize, planned: i32): void {
  const rowBytes = (<usize>features) << 3;
  const groups = (count + 7) >> 3;
  for (const end = plans + ((<usize>planned) << 4); plans < end; plans += 16) {
    let at = rows + ((<usize>load<u32>(plans)) << 3);
    const base = <usize>load<u32>(plans, 4) - 8;
    const first = (<usize>load<u32>(plans, 8)) << 3;
    const packed = load<u32>(plans, 12);
    let into = <usize>(packed & 0x7fffffff);
    const isTwice = packed >> 31;
    if (isConstant(at, count, rowBytes)) {
      // What is known of who asks is the same in all rows.
      const a = load<f64>(at);
      let pa = base;
      for (let step = first; step >= 8; step >>= 1) pa += (0 - <usize>(load<f64>(pa + step) < a)) & step;
      const bins = packedBins(base, pa, pa, pa, pa);
      const missing = missingOf(a, a, a, a);
      const over = into + ((<usize>groups) << 3);
      for (; into < over; into += 4) storeBins(into, isTwice, bins, missing);
      continue;
    }
    for (let group = 0; group < groups; group++, into += 8) {
      const a = load<f64>(at);
      const b = load<f64>(at + rowBytes);
      const c = load<f64>(at + 2 * rowBytes);
      const d = load<f64>(at + 3 * rowBytes);
      at += 4 * rowBytes;
      const e = load<f64>(at);
      const f = load<f64>(at + rowBytes);
      const g = load<f64>(at + 2 * rowBytes);
      const h = load<f64>(at + 3 * rowBytes);
      at += 4 * rowBytes;
      let pa = base;
      let pb = base;
      let pc = base;
      let pd = base;
      let pe = base;
      let pf = base;
      let pg = base;
      let ph = base;
      for (let step = first; step >= 8; step >>= 1) {
        pa += (0 - <usize>(load<f64>(pa + step) < a)) & step;
        pb += (0 - <usize>(load<f64>(pb + step) < b)) & step;
        pc += (0 - <usize>(load<f64>(pc + step) < c)) & step;
        pd += (0 - <usize>(load<f64>(pd + step) < d)) & step;
        pe += (0 - <usize>(load<f64>(pe + step) < e)) & step;
        pf += (0 - <usize>(load<f64>(pf + step) < f)) & step;
        pg += (0 - <usize>(load<f64>(pg + step) < g)) & step;
        ph += (0 - <usize>(load<f64>(ph + step) < h)) & step;
      }
      storeBins(into, isTwice, packedBins(base, pa, pb, pc, pd), missingOf(a, b, c, d));
      storeBins(into + 4, isTwice, packedBins(base, pe, pf, pg, ph), missingOf(e, f, g, h));
    }
  }
}

/** Four bins, a byte each, of where four searches ended. */
function packedBins(base: usize, a: usize, b: usize, c: usize, d: usize): u32 {
  return (
    (<u32>(a - base) >> 3) |
    ((<u32>(b - base) >> 3) << 8) |
    ((<u32>(c - base) >> 3) << 16) |
    ((<u32>(d - base) >> 3) << 24)
  );
}

/** Four bytes, all bits set of those that stand for NaN. */
function missingOf(a: f64, b: f64, c: f64, d: f64): u32 {
  return (
    (isUnknown(a) * 0xff) | (isUnknown(b) * 0xff00) | (isUnknown(c) * 0xff0000) | (isUnknown(d) * 0xff000000)
  );
}

function storeBins(into: usize, isTwice: u32, bins: u32, missing: u32): void {
  store<u32>(into, (bins | missing) ^ 0x80808080);
  if (isTwice) store<u32>(into + blockRows, (bins & ~missing) ^ 0x80808080);
}

function chosen(cur: v128, bins: v128, cut: v128, first: v128, right: v128): v128 {
  return i8x16.max_u(cur, v128.and(v128.and(i8x16.gt_s(bins, cut), i8x16.eq(cur, first)), right));
}

/**
 * Adds what the trees give to the sums of 112 rows, of which those beyond `count` do not matter. All nodes of a tree are looked at
 * for 32 to 112 rows at a time: a row that has come to the first leaf of a node's left side and goes right moves to the first
 * leaf of the right side.
 *
 * @param sizes by tree: how many nodes (32 bits)
 * @param nodes 8 bytes each: where the column of bins is (32 bits), the cut as a bin, the first leaf of the left and of the right
 *   side
 * @param leaves 64 bits each
 * @param places room for 112 bytes
 */
export function addTrees(
  sizes: usize,
  trees: i32,
  nodes: usize,
  leaves: usize,
  count: i32,
  places: usize,
  sums: usize,
): void {
  const groups = (count + 15) >> 4;
  for (let tree = 0; tree < trees; tree++) {
    const size = <usize>load<u32>(sizes + ((<usize>tree) << 2));
    const end = nodes + (size << 3);
    if (groups > 5) {
      let a = i8x16.splat(0);
      let b = a;
      let c = a;
      let d = a;
      let e = a;
      let f = a;
      let g = a;
      for (let node = nodes; node < end; node += 8) {
        const column = <usize>load<u32>(node);
        const cut = v128.load_splat<u8>(node, 4);
        const first = v128.load_splat<u8>(node, 5);
        const right = v128.load_splat<u8>(node, 6);
        a = chosen(a, v128.load(column), cut, first, right);
        b = chosen(b, v128.load(column, 16), cut, first, right);
        c = chosen(c, v128.load(column, 32), cut, first, right);
        d = chosen(d, v128.load(column, 48), cut, first, right);
        e = chosen(e, v128.load(column, 64), cut, first, right);
        f = chosen(f, v128.load(column, 80), cut, first, right);
        g = chosen(g, v128.load(column, 96), cut, first, right);
      }
      v128.store(places, a);
      v128.store(places, b, 16);
      v128.store(places, c, 32);
      v128.store(places, d, 48);
      v128.store(places, e, 64);
      v128.store(places, f, 80);
      v128.store(places, g, 96);
    } else if (groups > 4) {
      let a = i8x16.splat(0);
      let b = a;
      let c = a;
      let d = a;
      let e = a;
      for (let node = nodes; node < end; node += 8) {
        const column = <usize>load<u32>(node);
        const cut = v128.load_splat<u8>(node, 4);
        const first = v128.load_splat<u8>(node, 5);
        const right = v128.load_splat<u8>(node, 6);
        a = chosen(a, v128.load(column), cut, first, right);
        b = chosen(b, v128.load(column, 16), cut, first, right);
        c = chosen(c, v128.load(column, 32), cut, first, right);
        d = chosen(d, v128.load(column, 48), cut, first, right);
        e = chosen(e, v128.load(column, 64), cut, first, right);
      }
      v128.store(places, a);
      v128.store(places, b, 16);
      v128.store(places, c, 32);
      v128.store(places, d, 48);
      v128.store(places, e, 64);
    } else if (groups > 3) {
      let a = i8x16.splat(0);
      let b = a;
      let c = a;
      let d = a;
      for (let node = nodes; node < end; node += 8) {
        const column = <usize>load<u32>(node);
        const cut = v128.load_splat<u8>(node, 4);
        const first = v128.load_splat<u8>(node, 5);
        const right = v128.load_splat<u8>(node, 6);
        a = chosen(a, v128.load(column), cut, first, right);
        b = chosen(b, v128.load(column, 16), cut, first, right);
        c = chosen(c, v128.load(column, 32), cut, first, right);
        d = chosen(d, v128.load(column, 48), cut, first, right);
      }
      v128.store(places, a);
      v128.store(places, b, 16);
      v128.store(places, c, 32);
      v128.store(places, d, 48);
    } else if (groups > 2) {
      let a = i8x16.splat(0);
      let b = a;
      let c = a;
      for (let node = nodes; node < end; node += 8) {
        const column = <usize>load<u32>(node);
        const cut = v128.load_splat<u8>(node, 4);
        const first = v128.load_splat<u8>(node, 5);
        const right = v128.load_splat<u8>(node, 6);
        a = chosen(a, v128.load(column), cut, first, right);
        b = chosen(b, v128.load(column, 16), cut, first, right);
        c = chosen(c, v128.load(column, 32), cut, first, right);
      }
      v128.store(places, a);
      v128.store(places, b, 16);
      v128.store(places, c, 32);
    } else {
      let a = i8x16.splat(0);
      let b = a;
      for (let node = nodes; node < end; node += 8) {
        const column = <usize>load<u32>(node);
        const cut = v128.load_splat<u8>(node, 4);
        const first = v128.load_splat<u8>(node, 5);
        const right = v128.load_splat<u8>(node, 6);
        a = chosen(a, v128.load(column), cut, first, right);
        b = chosen(b, v128.load(column, 16), cut, first, right);
      }
      v128.store(places, a);
      v128.store(places, b, 16);
    }
    for (let row: usize = 0; row < <usize>count; row += 2) {
      const sum = sums + (row << 3);
      const near = leaves + ((<usize>load<u8>(places + row)) << 3);
      const far = leaves + ((<usize>load<u8>(places + row, 1)) << 3);
      v128.store(sum, f64x2.add(v128.load(sum), v128.load_lane<u64>(far, v128.load64_zero(near), 1)));
    }
    nodes = end;
    leaves += (size + 1) << 3;
  }
}
