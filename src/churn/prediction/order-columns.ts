import { allowedSilence, fewestOrderDays } from '../../customers/rhythm.ts';
import { contrast, isWindowKnown, medianOf, slotsOf, type WritingTask } from './column-writer.ts';
import { countWindows, orderFeatures } from './shop-features.ts';
import { endOfDays } from './shop-history.ts';

const slot = slotsOf(orderFeatures);
const windowSlots = countWindows.map((days) => ({
  days,
  orders: slot[`orders${days}`],
  orderDays: slot[`orderDays${days}`],
}));

/** Days of a year in which the season of the year before is looked for. */
const yearDays = 365;
/** A peak is so many days long. */
const peakDays = 28;
/** Saturday and Sunday, as 1970-01-01 was a Thursday. */
const isWeekend = (day: number): boolean => (day + 4) % 7 === 6 || (day + 4) % 7 === 0;
const eveningMinute = 17 * 60;
/** So many of the last orders make a trend, against as many before at least. */
const trendOrders = 3;

/** Writes rhythm, counts and money of {@link orderFeatures}. */
export function orderColumns(task: WritingTask): void {
  writeRhythm(task);
  writeOrders(task);
  writePeak(task);
}

function writeRhythm(task: WritingTask): void {
  const { history, cutOff, horizonDays, customers, columns, at } = task;
  const { dayOffsets, orderDays } = history;
  const knownWindows = windowSlots.filter(({ days }) => isWindowKnown(task, days));
  const knowsLastYear = isWindowKnown(task, yearDays);
  for (const [n, customer] of customers.entries()) {
    const row = at + n;
    const first = dayOffsets[customer];
    const end = endOfDays(history, customer, cutOff);
    const days = end - first;
    columns[slot.orderDays][row] = days;
    for (const window of knownWindows)
      columns[window.orderDays][row] = end - endOfDays(history, customer, cutOff - window.days);
    if (knowsLastYear)
      columns[slot.lastYear][row] =
        endOfDays(history, customer, Math.min(cutOff, cutOff - yearDays + horizonDays)) -
        endOfDays(history, customer, cutOff - yearDays);
    if (days === 0) continue;
    const silence = cutOff - orderDays[end - 1];
    columns[slot.recency][row] = silence;
    columns[slot.tenure][row] = cutOff - orderDays[first];
    if (days === 1) continue;
    const mean = (orderDays[end - 1] - orderDays[first]) / (days - 1);
    columns[slot.meanGap][row] = mean;
    columns[slot.silenceInGaps][row] = silence / mean;
    if (days < fewestOrderDays) continue;
    const gaps = new Float64Array(days - 1);
    for (let gap = 0; gap < gaps.length; gap++)
      gaps[gap] = orderDays[first + gap + 1] - orderDays[first + gap];
    const median = medianOf(gaps);
    const spread = medianOf(gaps.map((gap) => Math.abs(gap - median)));
    columns[slot.medianGap][row] = median;
    columns[slot.gapSpread][row] = spread;
    columns[slot.silenceAllowed][row] = silence / allowedSilence(median, spread);
  }
}

function writeOrders(task: WritingTask): void {
  const { history, cutOff, customers, columns, at } = task;
  const { isOrder, isReturn, gross, discount, returned, goods, promoted, ledger } = history;
  const { offsets, day, minute } = ledger.documents;
  const knownWindows = windowSlots.filter(({ days }) => isWindowKnown(task, days));
  const [knows90, knows180, knows365] = [90, 180, 365].map((days) => isWindowKnown(task, days));
  for (const [n, customer] of customers.entries()) {
    const row = at + n;
    let [orders, weekend, evening] = [0, 0, 0];
    const inWindow = new Int32Array(knownWindows.length);
    let [all, sums90, sumsBefore, sums365] = [0, 0, 0, 0];
    let [off, full, back, returns, lines, onPromotion] = [0, 0, 0, 0, 0, 0];
    // What the last orders brought, the latest last.
    const latest: number[] = [];
    for (let d = offsets[customer]; d < offsets[customer + 1] && day[d] < cutOff; d++) {
      const age = cutOff - day[d];
      back += returned[d];
      if (isReturn[d] === 1 && age <= 365) returns++;
      if (isOrder[d] === 0) continue;
      orders++;
      const net = gross[d] - discount[d];
      all += net;
      for (let window = 0; window < knownWindows.length; window++)
        if (age <= knownWindows[window].days) inWindow[window]++;
      if (age <= 90) sums90 += net;
      else if (age <= 180) sumsBefore += net;
      if (age <= 365) sums365 += net;
      off += discount[d];
      full += gross[d];
      lines += goods[d];
      onPromotion += promoted[d];
      if (isWeekend(day[d])) weekend++;
      if (minute[d] >= eveningMinute) evening++;
      latest.push(net);
      if (latest.length > trendOrders) latest.shift();
    }
    for (const [window, { orders: column }] of knownWindows.entries())
      columns[column][row] = inWindow[window];
    columns[slot.orders][row] = orders;
    columns[slot.revenue][row] = all;
    if (knows90) columns[slot.revenue90][row] = sums90;
    if (knows180) columns[slot.revenueTrend][row] = contrast(sums90, sumsBefore);
    if (knows365) columns[slot.revenue365][row] = sums365;
    if (knows365) columns[slot.returns365][row] = returns;
    if (orders === 0) continue;
    columns[slot.basketValue][row] = all / orders;
    if (orders >= 2 * trendOrders) {
      const last = latest.reduce((sum, net) => sum + net, 0);
      columns[slot.basketTrend][row] = contrast(last / trendOrders, (all - last) / (orders - trendOrders));
    }
    if (full > 0) columns[slot.discountShare][row] = off / full;
    if (full > 0) columns[slot.returnShare][row] = back / full;
    if (lines > 0) columns[slot.promotedShare][row] = onPromotion / lines;
    columns[slot.weekendShare][row] = weekend / orders;
    columns[slot.eveningShare][row] = evening / orders;
  }
}

/** The same for all customers: it tells one cut-off from another. */
function writePeak(task: WritingTask): void {
  const { history, cutOff, customers, columns, at } = task;
  if (!isWindowKnown(task, yearDays)) return;
  const { ordersByDay, firstDay } = history;
  const from = cutOff - yearDays - firstDay;
  let [sum, most, peak] = [0, -1, 0];
  for (let n = 0; n < yearDays; n++) {
    sum += ordersByDay[from + n] - (n >= peakDays ? ordersByDay[from + n - peakDays] : 0);
    if (n + 1 < peakDays || sum <= most) continue;
    most = sum;
    peak = cutOff - yearDays + n - peakDays / 2;
  }
  for (let n = 0; n < customers.length; n++) {
    columns[slot.sincePeak][at + n] = cutOff - peak;
    columns[slot.untilPeak][at + n] = peak + yearDays - cutOff;
  }
}
