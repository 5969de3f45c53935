import { isWindowKnown, slotsOf, type WritingTask } from './column-writer.ts';
import { channelFeature, orderFeatures } from './shop-features.ts';

const slot = slotsOf(orderFeatures);

/** Writes how many products and categories of {@link orderFeatures} customers bought; fees are none. */
export function varietyColumns(task: WritingTask): void {
  const { history, cutOff, customers, columns, at } = task;
  const { documents, lines, products } = history.ledger;
  const { productNodes } = products.tree;
  const hasCategories = productNodes.some((node) => node >= 0);
  const knowsYear = isWindowKnown(task, 365);
  // By product: 1 + the last customer of the task with it, in all and in the last year; the same by category.
  const seen = new Int32Array(products.count);
  const seenLately = new Int32Array(products.count);
  const seenNodes = new Int32Array(products.tree.names.length);
  for (const [n, customer] of customers.entries()) {
    const row = at + n;
    const mark = n + 1;
    let [distinct, lately, categories, goods, orders] = [0, 0, 0, 0, 0];
    for (
      let d = documents.offsets[customer];
      d < documents.offsets[customer + 1] && documents.day[d] < cutOff;
      d++
    ) {
      if (history.isOrder[d] === 0) continue;
      orders++;
      goods += history.goods[d];
      const isLate = cutOff - documents.day[d] <= 365;
      for (let i = lines.offsets[d]; i < lines.offsets[d + 1]; i++) {
        const product = lines.product[i];
        if (!(lines.quantity[i] > 0) || products.isFee[product] === 1) continue;
        if (isLate && seenLately[product] !== mark) {
          seenLately[product] = mark;
          lately++;
        }
        if (seen[product] === mark) continue;
        seen[product] = mark;
        distinct++;
        const node = product < products.itemCount ? productNodes[product] : -1;
        if (node < 0 || seenNodes[node] === mark) continue;
        seenNodes[node] = mark;
        categories++;
      }
    }
    columns[slot.products][row] = distinct;
    if (knowsYear) columns[slot.products365][row] = lately;
    if (hasCategories) columns[slot.categories][row] = categories;
    if (orders > 0) columns[slot.basketSize][row] = goods / orders;
  }
}

/** Writes shares of the orders, of {@link channelFeature}. */
export function channelColumns(
  { history, cutOff, customers, columns, at }: WritingTask,
  channels: readonly string[],
): void {
  const { documents, channelNames } = history.ledger;
  const columnOf = Int32Array.from(channelNames, (name) => channels.indexOf(name));
  const counts = new Int32Array(channels.length);
  for (const [n, customer] of customers.entries()) {
    counts.fill(0);
    let orders = 0;
    for (
      let d = documents.offsets[customer];
      d < documents.offsets[customer + 1] && documents.day[d] < cutOff;
      d++
    ) {
      if (history.isOrder[d] === 0) continue;
      orders++;
      const column = documents.channel[d] < 0 ? -1 : columnOf[documents.channel[d]];
      if (column >= 0) counts[column]++;
    }
    if (orders > 0) for (const [c, count] of counts.entries()) columns[c][at + n] = count / orders;
  }
}
