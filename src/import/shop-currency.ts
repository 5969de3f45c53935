import type { Database } from '../../db/database.ts';
import { settleCurrency, shopCurrency } from '../../db/queries/shop.ts';
import { PairwellError } from '../errors.ts';
import type { FileCurrency } from './file-currency.ts';

/**
 * The currency that a file's amounts are held against: the shop's, which is what the first file says that says anything.
 *
 * @returns null when nothing has ever said
 * @throws PairwellError `bad-input` when the file is stated to be in another, and when it has a column for it that may say anything
 */
export async function settleFileCurrency(
  database: Database,
  { stated, first, column }: FileCurrency,
): Promise<string | null> {
  const said = stated ?? first;
  const known = said === null ? await shopCurrency(database) : await settleCurrency(database, said);
  if (stated !== null && known !== stated) {
    throw new PairwellError(
      'bad-input',
      `The shop's orders are in ${known}, and one shop has one currency: convert the amounts from ${stated} first.`,
      { shop: known, stated },
    );
  }
  if (known === null && column !== null) {
    throw new PairwellError(
      'bad-input',
      `No currency is in the first rows of the column "${column}". Say which is the shop's with --currency, such as ` +
        `--currency EUR, or leave the column out: --map "${column}=ignore".`,
      { column },
    );
  }
  return known;
}
