/** The share of `transactions` that hold a set or rule: `count` do (Agrawal, Imieliński and Swami, SIGMOD 1993). */
export function support(count: number, transactions: number): number {
  return count / transactions;
}

/**
 * The share of the transactions with the antecedent that hold the consequent too (Agrawal, Imieliński and
 * Swami, SIGMOD 1993). It ignores how common the consequent is anyway: see {@link lift}.
 *
 * @param count transactions that hold the whole rule
 * @param antecedentCount transactions that hold the antecedent, ≥ 1
 */
export function confidence(count: number, antecedentCount: number): number {
  return count / antecedentCount;
}

/**
 * How many times more often antecedent and consequent occur together than they would if they were independent,
 * which is 1 (as "interest": Brin, Motwani, Ullman and Tsur, SIGMOD 1997, pp. 255–264). A high lift of rare
 * items may well be chance.
 *
 * @param count transactions that hold the whole rule
 * @param antecedentCount transactions that hold the antecedent, ≥ 1
 * @param consequentCount transactions that hold the consequent, ≥ 1
 * @param transactions all transactions, empty ones included
 */
export function lift(
  count: number,
  antecedentCount: number,
  consequentCount: number,
  transactions: number,
): number {
  // One division of two exact products: exactly 1 under exact independence.
  return (count * transactions) / (antecedentCount * consequentCount);
}
