/** What is said of a product, for its price: each term by its number, with 1 for a word and the logarithm of a quantity. */
export interface PricedTerms {
  readonly terms: Int32Array;
  readonly amounts: Float64Array;
}

/** As many products as count for "no effect" beside those that have a term. */
const ridge = 6;
const mostSweeps = 20;
/** The effects stand where none moves by more: a tenth of a per cent of the price. */
const leastMove = 0.001;

/**
 * What products of such names usually cost: the natural logarithm of the price as a sum of what each term adds, fitted by ridge
 * regression over the catalogue (hedonic prices: Rosen, Journal of Political Economy 82, 1974; Hoerl and Kennard, Technometrics
 * 12, 1970), one term after the other (Gauss-Seidel). A word that makes dearer adds, one that only tells colours apart does not.
 *
 * @param prices 0 or less, and NaN, for those without one: they are not learnt from
 * @returns by product, in logarithms
 */
export function usualPrices(
  products: readonly PricedTerms[],
  prices: ArrayLike<number>,
  termCount: number,
): Float64Array {
  const priced = [...products.keys()].filter((p) => prices[p] > 0);
  const mean = priced.reduce((total, p) => total + Math.log(prices[p]), 0) / Math.max(1, priced.length);
  const left = new Float64Array(products.length);
  for (const p of priced) left[p] = Math.log(prices[p]) - mean;
  const { offsets, rows, amounts } = byTerm(products, priced, termCount);
  const effects = new Float64Array(termCount);
  let move = Number.POSITIVE_INFINITY;
  for (let sweep = 0; sweep < mostSweeps && move > leastMove; sweep++) {
    move = 0;
    for (let term = 0; term < termCount; term++) {
      let along = 0;
      let squares = ridge;
      for (let at = offsets[term]; at < offsets[term + 1]; at++) {
        along += amounts[at] * (left[rows[at]] + effects[term] * amounts[at]);
        squares += amounts[at] * amounts[at];
      }
      const change = along / squares - effects[term];
      for (let at = offsets[term]; at < offsets[term + 1]; at++) left[rows[at]] -= change * amounts[at];
      effects[term] += change;
      move = Math.max(move, Math.abs(change));
    }
  }
  return Float64Array.from(products, ({ terms, amounts: own }) =>
    terms.reduce((total, term, t) => total + effects[term] * own[t], mean),
  );
}

function byTerm(products: readonly PricedTerms[], priced: readonly number[], termCount: number) {
  const offsets = new Int32Array(termCount + 1);
  for (const p of priced) for (const term of products[p].terms) offsets[term + 1]++;
  for (let term = 0; term < termCount; term++) offsets[term + 1] += offsets[term];
  const next = offsets.slice(0, termCount);
  const rows = new Int32Array(offsets[termCount]);
  const amounts = new Float64Array(offsets[termCount]);
  for (const p of priced) {
    const own = products[p];
    for (let t = 0; t < own.terms.length; t++) {
      const at = next[own.terms[t]]++;
      rows[at] = p;
      amounts[at] = own.amounts[t];
    }
  }
  return { offsets, rows, amounts };
}
