import { customerCount, type Ledger } from '../ledger.ts';

/** Less than this share of a line is what rounding leaves of one that was sent back whole. */
const leastShare = 1e-9;

/**
 * By line: how many of the units bought were never sent back; 0 for a line that is a return itself. A return is of the same product
 * as its customer bought last before or in the same document, then of the one before. What more is sent back than was bought, as
 * the order came before the ledger begins, takes nothing off. Vouchers (see {@link hasVouchers}) are no returns.
 */
export function keptUnits(ledger: Ledger): Float64Array {
  const { documents, lines } = ledger;
  const kept = lines.quantity.map((quantity) => (quantity > 0 ? quantity : 0));
  const customers = customerCount(ledger);
  for (let c = 0; c < customers; c++) {
    const [first, end] = [documents.offsets[c], documents.offsets[c + 1]];
    const units = lines.quantity.subarray(lines.offsets[first], lines.offsets[end]);
    if (!units.some((quantity) => quantity < 0)) continue;
    // By product: lines with units that are still there, the latest last.
    const open = new Map<number, number[]>();
    for (let d = first; d < end; d++) {
      for (const i of linesOf(lines, d, (quantity) => quantity > 0)) {
        const bought = open.get(lines.product[i]) ?? [];
        open.set(lines.product[i], bought);
        bought.push(i);
      }
      if (hasVouchers(ledger, d)) continue;
      for (const i of linesOf(lines, d, (quantity) => quantity < 0)) {
        takeBack(-lines.quantity[i], open.get(lines.product[i]) ?? [], lines.quantity, kept);
      }
    }
  }
  return kept;
}

/**
 * Whether fees of negative quantity on a document are vouchers, which are taken off an order, as profit has it (`CustomerDrivers`): none
 * of its goods come back. Else they are fees that are paid back.
 */
export function hasVouchers({ lines, products }: Ledger, document: number): boolean {
  let isOrder = false;
  for (let i = lines.offsets[document]; i < lines.offsets[document + 1]; i++) {
    if (lines.quantity[i] > 0) isOrder = true;
    else if (lines.quantity[i] < 0 && products.isFee[lines.product[i]] === 0) return false;
  }
  return isOrder;
}

function linesOf(
  { offsets, quantity }: Ledger['lines'],
  document: number,
  isWanted: (quantity: number) => boolean,
): number[] {
  const found: number[] = [];
  for (let i = offsets[document]; i < offsets[document + 1]; i++) if (isWanted(quantity[i])) found.push(i);
  return found;
}

/** Takes units off the latest lines, and lines without any off the list. */
function takeBack(units: number, bought: number[], quantity: Float64Array, kept: Float64Array): void {
  let left = units;
  while (left > 0 && bought.length > 0) {
    const line = bought.at(-1)!;
    const taken = Math.min(left, kept[line]);
    left -= taken;
    kept[line] -= taken;
    if (kept[line] > leastShare * quantity[line]) return;
    kept[line] = 0;
    bought.pop();
  }
}
