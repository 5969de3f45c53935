import { customerCount, type Ledger } from './ledger.ts';

/** How lately, how often and for how much, by customer. */
export interface RfmFigures {
  /** Days from the last order to today; −1 without an order. */
  readonly recency: Int32Array;
  /** Orders; 0 for customers without one. */
  readonly frequency: Int32Array;
  /**
   * Net revenue: quantity × price − discount over all lines whose price is known, fees and (negative) returns included, of orders and
   * return documents.
   */
  readonly monetary: Float64Array;
}

export function rfmFigures(ledger: Ledger): RfmFigures {
  const { documents, lines, today } = ledger;
  const customers = customerCount(ledger);
  const recency = new Int32Array(customers).fill(-1);
  const frequency = new Int32Array(customers);
  const monetary = new Float64Array(customers);
  for (let c = 0; c < customers; c++) {
    for (let d = documents.offsets[c]; d < documents.offsets[c + 1]; d++) {
      let isOrder = false;
      for (let line = lines.offsets[d]; line < lines.offsets[d + 1]; line++) {
        const quantity = lines.quantity[line];
        if (quantity > 0) isOrder = true;
        const price = lines.price[line];
        if (!Number.isNaN(price)) monetary[c] += quantity * price - lines.discount[line];
      }
      if (!isOrder) continue;
      frequency[c]++;
      // Documents come in the order of time.
      recency[c] = today - documents.day[d];
    }
  }
  return { recency, frequency, monetary };
}
