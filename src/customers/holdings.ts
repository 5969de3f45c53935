import { PairwellError } from '../errors.ts';
import { counted } from './behaviour/words.ts';
import { productKinds } from './holdings-kinds.ts';
import { type RetentionByKinds, retentionByKinds } from './holdings-retention.ts';
import { customerCount, type Ledger } from './ledger.ts';

export interface HoldingsOptions {
  /** Days in which a customer has to order again to count as kept, ≥ 1. Default 90, or half of what was observed if less. */
  readonly horizonDays?: number;
  /** The day whose holdings count, at the latest `today` − `horizonDays`. Default: that day. */
  readonly cutOffDay?: number;
  /** Only customers with an order in so many days up to the cut-off, ≥ 1. Default 365. */
  readonly activeWithinDays?: number;
  /** Confidence of all intervals. Default 0.95. */
  readonly level?: number;
}

/** Whether customers who hold more kinds of products are kept more often. */
export interface HoldingsReport {
  /** Whether kinds are the widest categories or, without any, products. */
  readonly basis: 'category' | 'product';
  readonly cutOffDay: number;
  readonly horizonDays: number;
  readonly activeWithinDays: number;
  /** What is counted, in words. */
  readonly definition: string;
  /** Active customers who had bought nothing of a known kind, and are left out. */
  readonly withoutKind: number;
  /** Null if nothing can be told; then `code` says why. */
  readonly retention: RetentionByKinds | null;
  /** The findings, in words. */
  readonly sentences: readonly string[];
  readonly caution: string;
  /** `all-alike`: all hold as many kinds, or all or none came back. */
  readonly code: 'too-short' | 'no-customers' | 'all-alike' | null;
}

/** What kinds are called, one and many. */
const nouns: Readonly<Record<HoldingsReport['basis'], readonly [string, string]>> = {
  category: ['category', 'categories'],
  product: ['product', 'products'],
};

const cautionOf = ([one, many]: readonly [string, string]): string =>
  `This does not show that another ${one} keeps a customer. Who orders more comes to hold more ${many}, and who is content ` +
  'does both; holding the number of orders constant takes away the first reason only. An experiment can tell.';

const orderClasses: readonly { readonly name: string; readonly from: number }[] = [
  { name: '1 order', from: 1 },
  { name: '2 orders', from: 2 },
  { name: '3 orders', from: 3 },
  { name: '4–5 orders', from: 4 },
  { name: '6–9 orders', from: 6 },
  { name: '10–19 orders', from: 10 },
  { name: '20 orders or more', from: 20 },
];

/**
 * Of the customers who were active at the cut-off: how many kinds of products each had ever bought until then, and
 * whether it ordered again within the horizon. Fees are no kind; a return takes none away.
 *
 * @throws PairwellError `bad-input` for an option out of its range
 */
export function holdingsReport(ledger: Ledger, options: HoldingsOptions = {}): HoldingsReport {
  const { horizonDays, cutOffDay, activeWithinDays } = periodOf(ledger, options);
  const kinds = productKinds(ledger.products);
  const what = kinds.basis === 'category' ? 'widest categories' : 'products';
  const base = {
    basis: kinds.basis,
    cutOffDay,
    horizonDays,
    activeWithinDays,
    definition:
      `Customers with an order in the ${activeWithinDays} days up to the cut-off, by the number of ${what} they had ` +
      `bought from until then; kept is who ordered again in the ${counted(horizonDays, 'day')} after.`,
    caution: cautionOf(nouns[kinds.basis]),
  };
  if (horizonDays < 1) return { ...base, withoutKind: 0, retention: null, sentences: [], code: 'too-short' };
  const { held, withoutKind } = heldAndKept(ledger, kinds.kindOf, kinds.count, base);
  if (held.kinds.length === 0) {
    return { ...base, withoutKind, retention: null, sentences: [], code: 'no-customers' };
  }
  const retention = retentionByKinds(held, options.level);
  const { all, rows } = retention;
  const isAlike = rows.length < 2 || all.kept === 0 || all.kept === all.customers;
  const sentences = isAlike ? [] : sentencesOf(retention, nouns[kinds.basis]);
  return { ...base, withoutKind, retention, sentences, code: isAlike ? 'all-alike' : null };
}

function periodOf(
  { documents, today }: Ledger,
  options: HoldingsOptions,
): { horizonDays: number; cutOffDay: number; activeWithinDays: number } {
  const first = documents.day.reduce((least, day) => Math.min(least, day), today);
  const horizonDays = options.horizonDays ?? Math.min(90, Math.floor((today - first) / 2));
  const cutOffDay = options.cutOffDay ?? today - horizonDays;
  const { activeWithinDays = 365 } = options;
  const isDays = (days: number): boolean => Number.isSafeInteger(days) && days >= 1;
  const areDays = isDays(activeWithinDays) && (options.horizonDays === undefined || isDays(horizonDays));
  if (areDays && Number.isSafeInteger(cutOffDay) && cutOffDay + horizonDays <= today) {
    return { horizonDays, cutOffDay, activeWithinDays };
  }
  throw new PairwellError(
    'bad-input',
    `Days are whole numbers from 1 on, and the ${horizonDays} days after day ${cutOffDay} have to be over on day ${today}.`,
    {
      horizonDays: String(horizonDays),
      cutOffDay: String(cutOffDay),
      activeWithinDays: String(activeWithinDays),
    },
  );
}

function heldAndKept(
  ledger: Ledger,
  kindOf: Int32Array,
  kindCount: number,
  {
    cutOffDay,
    horizonDays,
    activeWithinDays,
  }: { cutOffDay: number; horizonDays: number; activeWithinDays: number },
) {
  const { documents, lines } = ledger;
  const kinds: number[] = [];
  const kept: number[] = [];
  const stratum: number[] = [];
  /** By kind: the last customer who was seen to buy of it, plus one. */
  const lastHolder = new Int32Array(kindCount);
  let withoutKind = 0;
  for (let c = 0; c < customerCount(ledger); c++) {
    let [held, orders, lastOrder] = [0, 0, Number.NEGATIVE_INFINITY];
    let cameBack = false;
    for (let d = documents.offsets[c]; d < documents.offsets[c + 1]; d++) {
      const day = documents.day[d];
      let isOrder = false;
      for (let at = lines.offsets[d]; at < lines.offsets[d + 1]; at++) {
        if (!(lines.quantity[at] > 0)) continue;
        isOrder = true;
        const kind = kindOf[lines.product[at]];
        if (day > cutOffDay || kind < 0 || lastHolder[kind] === c + 1) continue;
        lastHolder[kind] = c + 1;
        held++;
      }
      if (!isOrder) continue;
      if (day > cutOffDay) cameBack ||= day <= cutOffDay + horizonDays;
      else {
        orders++;
        lastOrder = day;
      }
    }
    if (lastOrder <= cutOffDay - activeWithinDays) continue;
    if (held === 0) {
      withoutKind++;
      continue;
    }
    kinds.push(held);
    kept.push(Number(cameBack));
    stratum.push(orderClasses.findLastIndex(({ from }) => orders >= from));
  }
  const held = {
    kinds: Int32Array.from(kinds),
    kept: Uint8Array.from(kept),
    stratum: Int32Array.from(stratum),
    strata: orderClasses.map(({ name }) => name),
  };
  return { held, withoutKind };
}

function sentencesOf(
  { rows, withinStrata }: RetentionByKinds,
  [one, many]: readonly [string, string],
): string[] {
  const [fewest, most] = [rows[0], rows[rows.length - 1]];
  const named = ({ from, to }: typeof most): string =>
    from === to
      ? `${from} ${from === 1 ? one : many}`
      : `${from} ${to === null ? 'or more' : `to ${to}`} ${many}`;
  const found =
    `Of the ${fewest.customers} customers who held ${named(fewest)}, ${percent(fewest.share!)} were kept; of the ` +
    `${most.customers} who held ${named(most)}, ${percent(most.share!)}.`;
  if (withinStrata === null || withinStrata.common.estimate === null) return [found];
  const { manyFrom, common, p } = withinStrata;
  const within =
    `Among customers of as many orders, the odds to be kept are ${common.estimate!.toFixed(2)} times as high from ` +
    `${manyFrom} ${many} on` +
    (common.high === null ? '' : ` (${common.low!.toFixed(2)} to ${common.high.toFixed(2)})`) +
    (p < 0.05 ? '.' : ': chance alone may do that.');
  return [found, within];
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
