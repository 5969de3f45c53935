import type { WritingTask } from './column-writer.ts';
import { contractColumns } from './contract-columns.ts';
import { type FeaturePlan, plannedFeatures } from './feature-plan.ts';
import { orderColumns } from './order-columns.ts';
import { outlookColumns } from './purchase-outlook.ts';
import { contractFeatures, orderFeatures } from './shop-features.ts';
import type { ShopHistory } from './shop-history.ts';
import { attributeColumns, eventColumns } from './stated-columns.ts';
import { channelColumns, varietyColumns } from './variety-columns.ts';

/** Columns of a plan for so many rows, in which nothing is known yet. */
export const emptyColumns = (plan: FeaturePlan, rows: number): Float32Array[] =>
  plannedFeatures(plan).map(() => new Float32Array(rows).fill(Number.NaN));

/**
 * Writes what is known of customers before a day into rows of columns, which hold NaN. Takes one pass over their documents, lines and
 * events for each group of features, and a fit of BG/NBD.
 *
 * @param columns as {@link plannedFeatures} has them
 * @param at the row of the first of the customers
 */
export function customerColumns(
  history: ShopHistory,
  plan: FeaturePlan,
  cutOff: number,
  customers: Int32Array,
  columns: readonly Float32Array[],
  at = 0,
): void {
  let from = 0;
  const task = (width: number): WritingTask => {
    const own = columns.slice(from, from + width);
    from += width;
    return { history, cutOff, horizonDays: plan.horizonDays, customers, columns: own, at };
  };
  const ofOrders = task(orderFeatures.length);
  for (const write of [orderColumns, varietyColumns, outlookColumns]) write(ofOrders);
  channelColumns(task(plan.channels.length), plan.channels);
  for (const event of plan.events) eventColumns(task(event.hasValue ? 5 : 3), event);
  const widthOf = ({ labels, hasOthers }: FeaturePlan['plans']): number => labels.length + Number(hasOthers);
  if (plan.hasContracts) contractColumns(task(contractFeatures.length + widthOf(plan.plans)), plan.plans);
  for (const attribute of plan.attributes)
    attributeColumns(task(attribute.kind === 'number' ? 1 : widthOf(attribute)), attribute);
}
