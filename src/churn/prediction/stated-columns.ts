import type { WritingTask } from './column-writer.ts';
import type { AttributePlan, FeaturePlan, LabelPlan } from './feature-plan.ts';

/**
 * Writes the features of one kind of events: how many in 30 and in 180 days, days since the last, and where they say numbers the last of
 * these and their mean. What is before the first event of the shop is not known.
 */
export function eventColumns(
  { history, cutOff, customers, columns, at }: WritingTask,
  { kind, hasValue }: FeaturePlan['events'][number],
): void {
  const { events } = history.ledger;
  const number = events.kinds.indexOf(kind);
  const firstDay = firstEvent(history.ledger.events, number);
  const [knows30, knows180] = [30, 180].map((days) => firstDay <= cutOff - days);
  for (const [n, customer] of customers.entries()) {
    const row = at + n;
    let [month, half, last, value, sum, values] = [0, 0, -1, Number.NaN, 0, 0];
    for (let e = events.offsets[customer]; e < events.offsets[customer + 1] && events.day[e] < cutOff; e++) {
      if (events.kind[e] !== number) continue;
      const age = cutOff - events.day[e];
      if (age <= 30) month++;
      if (age <= 180) half++;
      last = age;
      if (Number.isNaN(events.value[e])) continue;
      value = events.value[e];
      sum += value;
      values++;
    }
    if (knows30) columns[0][row] = month;
    if (knows180) columns[1][row] = half;
    if (last >= 0) columns[2][row] = last;
    if (!hasValue || values === 0) continue;
    columns[3][row] = value;
    columns[4][row] = sum / values;
  }
}

function firstEvent({ day, kind }: WritingTask['history']['ledger']['events'], number: number): number {
  let first = Number.POSITIVE_INFINITY;
  for (let e = 0; e < day.length; e++) if (kind[e] === number && day[e] < first) first = day[e];
  return first;
}

/** Writes what the shop said of customers, which is known as it is today alone. */
export function attributeColumns(
  { history, customers, columns, at }: WritingTask,
  plan: AttributePlan,
): void {
  const attribute = history.ledger.attributes.find(
    ({ name, kind }) => name === plan.name && kind === plan.kind,
  );
  if (!attribute) return;
  if (attribute.kind === 'number') {
    for (const [n, customer] of customers.entries()) {
      const value = attribute.values[customer];
      if (Number.isFinite(value)) columns[0][at + n] = value;
    }
    return;
  }
  for (const [n, customer] of customers.entries())
    writeLabel(columns, at + n, attribute.labels[attribute.values[customer]], plan as LabelPlan);
}

/** @param label undefined where none is stated, which leaves all of its columns missing */
export function writeLabel(
  columns: readonly Float32Array[],
  row: number,
  label: string | undefined,
  { labels }: LabelPlan,
): void {
  if (label === undefined) return;
  const own = labels.indexOf(label);
  for (const [n, column] of columns.entries()) column[row] = Number(n === (own < 0 ? labels.length : own));
}
