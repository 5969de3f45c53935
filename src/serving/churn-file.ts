import { banOf } from '../churn/left-alone.ts';
import { alarmAt } from '../churn/signals/alarms.ts';
import type { ChurnBook } from './churn-book.ts';
import { dateOf } from './customer-figures.ts';
import { type TableFormat, tableFormats } from './customer-file.ts';
import type { Cell } from './table-csv.ts';

const columns = [
  'customerId',
  'status',
  'since',
  'leftOn',
  'lastSeen',
  'dueDate',
  'alarmDate',
  'isOverdue',
  'alarms',
  'leaves',
  'isCalledLeaving',
  'leavesBecause',
  'leaving',
  'valueAtRisk',
  'comesBack',
  'winbackOffer',
  'winbackProfit',
  'suppressed',
] as const;

type Column = (typeof columns)[number];

const rounded = (figure: number): Cell => (Number.isFinite(figure) ? Math.round(figure * 1e6) / 1e6 : null);
const dayCell = (day: number): Cell => (day < 0 ? null : dateOf(day));

/**
 * Everybody who was ever a customer by the definition of leaving: whether he is one, when he is due, what there is alarm of, and if he is
 * lost whether he comes back and what it pays to offer, whatever the budget. In chunks of some 128 kB.
 */
export function churnFile(book: ChurnBook, format: TableFormat): Iterable<Uint8Array> {
  const { rates, warnings, winback, leftAlone } = book.insights;
  const { stays } = rates;
  const { alarms, due } = warnings;
  const alerts = book.alerts();
  const placeOf = new Map(Array.from(alerts.customer, (customer, place) => [customer, place]));
  const rowOf = new Map(Array.from(winback.customer, (customer, row) => [customer, row]));
  const signalsOf = (customer: number): string =>
    Array.from(
      { length: alarms.offsets[customer + 1] - alarms.offsets[customer] },
      (_, n) => alarmAt(alarms, alarms.offsets[customer] + n).name,
    ).join(' ');
  const cells = (customer: number, stay: number): Partial<Record<Column, Cell>> => {
    const place = placeOf.get(customer);
    const row = rowOf.get(customer);
    const { plan, offers, baseline } = winback;
    const leaving = book.leaving(customer);
    return {
      customerId: book.codes.get(customer),
      status: stays.left[stay] < 0 ? 'customer' : 'left',
      since: dateOf(stays.from[stay]),
      leftOn: dayCell(stays.left[stay]),
      lastSeen: dateOf(stays.lastSeen[stay]),
      dueDate: dayCell(due.dueDay[customer]),
      alarmDate: dayCell(due.alarmDay[customer]),
      isOverdue: due.isOverdue[customer] === 1,
      ...(leaving && {
        leaves: rounded(leaving.chance),
        isCalledLeaving: leaving.isCalled,
        leavesBecause: leaving.reasons.map(({ words }) => words.en).join('; '),
      }),
      ...(place !== undefined && {
        alarms: signalsOf(customer),
        leaving: rounded(alerts.leaving[place]),
        valueAtRisk: rounded(alerts.valueAtRisk[place]),
      }),
      // The dead are in no list of the lost, so that it is said here.
      ...(banOf(leftAlone, customer) === 'died' && { suppressed: 'died' }),
      ...(row !== undefined && {
        comesBack: rounded(baseline[row]),
        winbackOffer: offers[plan?.bestOffer[row] ?? -1]?.id ?? null,
        winbackProfit: plan && rounded(plan.bestProfit[row]),
        suppressed: plan?.suppressed[row] ?? null,
      }),
    };
  };
  const rows = function* (): Generator<Cell[]> {
    for (let customer = 0; customer + 1 < stays.offsets.length; customer++) {
      const stay = stays.offsets[customer + 1] - 1;
      if (stay < stays.offsets[customer] || !book.codes.isNamed(customer)) continue;
      const own = cells(customer, stay);
      yield columns.map((column) => own[column] ?? null);
    }
  };
  return tableFormats[format].chunks({ name: 'customers', book }, { columns, rows: rows() });
}
