import type { AnswerReader } from '../../db/queries/answers.ts';
import type { ShownOffers } from '../ranking/learn-acceptance.ts';
import { readColumns } from './copy-columns.ts';
import { numberNames } from './names.ts';
import { secondsPerDay } from './read-ledger.ts';

/**
 * So many days after an impression what the customer takes of the product counts as an answer to it. Impressions that are younger are
 * not looked at: what they come to is not known yet.
 */
export const attributionDays = 7;

/**
 * Reads which offers were shown and whether they were accepted: by an `accept` event that quotes the recommendation, or by what the
 * customer took within {@link attributionDays} of it, which counts for the newest impression before it, once.
 *
 * @param lastOrder the last order id of the training
 * @param until the end of the training: nothing that came later is looked at
 */
export async function readAnswers(
  reader: AnswerReader,
  lastOrder: number,
  until: Date,
): Promise<ShownOffers> {
  const [customer, product, seconds, placement, position, score, isAccepted] = await readColumns(
    reader.impressions(until),
    ['integer', 'integer', 'decimal', 'text', 'integer', 'decimal', 'integer'],
  );
  const [takers, taken, takenAt] = await readColumns(reader.takings(lastOrder, until), [
    'integer',
    'integer',
    'decimal',
  ]);
  const accepted = Uint8Array.from(isAccepted);
  attribute({ customer, product, seconds }, accepted, { customer: takers, product: taken, seconds: takenAt });
  const end = until.getTime() / 1000 - attributionDays * secondsPerDay;
  const isOldEnough = (_: number, n: number): boolean => seconds[n] <= end;
  const { values, names } = numberNames(placement);
  return {
    placement: values.filter(isOldEnough),
    placementNames: names,
    position: position.filter(isOldEnough),
    probability: score.filter(isOldEnough).map((value) => (value >= 0 && value <= 1 ? value : Number.NaN)),
    isAccepted: accepted.filter(isOldEnough),
  };
}

interface Deeds {
  readonly customer: Int32Array;
  readonly product: Int32Array;
  readonly seconds: Float64Array;
}

/**
 * Marks those impressions as accepted that something taken is an answer to.
 *
 * @param shown the oldest first
 */
export function attribute(shown: Deeds, isAccepted: Uint8Array, taken: Deeds): void {
  const keyOf = ({ customer, product }: Deeds, n: number): string => `${customer[n]} ${product[n]}`;
  const impressions = new Map<string, number[]>();
  for (let n = 0; n < shown.seconds.length; n++) {
    if (shown.customer[n] < 0) continue;
    const key = keyOf(shown, n);
    const known = impressions.get(key);
    if (known) known.push(n);
    else impressions.set(key, [n]);
  }
  const order = Uint32Array.from(taken.seconds, (_, n) => n).sort(
    (a, b) => taken.seconds[a] - taken.seconds[b],
  );
  for (const n of order) {
    const at = taken.seconds[n];
    const inTime = (impressions.get(keyOf(taken, n)) ?? []).filter(
      (one) => shown.seconds[one] <= at && at <= shown.seconds[one] + attributionDays * secondsPerDay,
    );
    // One that is answered already led to it.
    if (inTime.length > 0 && inTime.every((one) => isAccepted[one] === 0))
      isAccepted[inTime[inTime.length - 1]] = 1;
  }
}
