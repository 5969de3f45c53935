import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { AlarmsBuilder } from '../src/churn/signals/alarms.ts';
import { DueColumnsBuilder } from '../src/churn/signals/due-days.ts';
import { ChurnBook } from '../src/serving/churn-book.ts';
import { churnFile } from '../src/serving/churn-file.ts';
import { customerModel } from './http/customer-shop.ts';

it('writes customers with an alarm of whom no order is due', async () => {
  const { churn, customers, customerCodes } = await customerModel();
  const count = customerCodes.size;
  const alarms = new AlarmsBuilder(count);
  const ann = Array.from({ length: count }, (_, c) => customerCodes.get(c)).indexOf('ann');
  for (let c = 0; c < count; c++) {
    const calls = {
      since: churn!.today - 3,
      expected: 0.5,
      seen: 4,
      windowDays: 91,
      chance: 0.01,
      yearly: 0.01,
    };
    if (c === ann) alarms.add({ name: 'service-calls', ...calls });
    alarms.endCustomer();
  }
  const without = { due: new DueColumnsBuilder(count).build(), alarms: alarms.build() };
  const rowOf = (warned: Partial<typeof churn>): Record<string, string> => {
    const insights = { ...churn!, ...warned, warnings: { ...churn!.warnings, ...without } };
    const file = churnFile(new ChurnBook(1, customerCodes, insights, customers!), 'csv');
    const rows: Record<string, string>[] = parse(Buffer.concat([...file]), { columns: true });
    return rows.find(({ customerId }) => customerId === 'ann')!;
  };
  const none = { customers: 0, stayedAway: 0 };
  const half = { customers: 10, stayedAway: 5 };
  const record = {
    ...{ day: churn!.today - 90, horizon: 90, watched: half, alarmed: half, quiet: none },
    bySignal: churn!.warnings.signals.map(() => none),
  };
  const outlook = { forecast: null, lack: 'too few' };
  const unknown = { dueDate: '', alarmDate: '', isOverdue: 'false', alarms: 'service-calls' };
  expect(rowOf({ outlook, record })).toMatchObject({ ...unknown, leaving: '0.5' });
  expect(rowOf({ outlook, record: null })).toMatchObject({ ...unknown, leaving: '0', valueAtRisk: '0' });
});
