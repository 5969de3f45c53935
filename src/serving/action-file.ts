import type { StoredAction } from '../../db/queries/retention-actions.ts';
import { retentionActions } from '../churn/actions/action-catalogue.ts';
import type { Words } from '../churn/words.ts';
import { type Cell, tableCsv } from './table-csv.ts';

const columns = [
  'customerId',
  'arm',
  'action',
  'actionText',
  'channel',
  'offers',
  'winbackOffer',
  'heldOutFrom',
  'why',
  'chance',
  'value',
  'expectedGain',
  'gainLow',
  'gainHigh',
  'spend',
] as const;

const rounded = (figure: number | null): Cell => (figure === null ? null : Math.round(figure * 1e6) / 1e6);

/** A list as CSV, in chunks of some 128 kB. Who is held out has no action and no channel, so that nobody contacts him by mistake. */
export function actionFile(rows: readonly StoredAction[], language: keyof Words): Iterable<Uint8Array> {
  const cells = (row: StoredAction): Cell[] => {
    const { words, offers } = retentionActions[row.action];
    const isContacted = row.arm === 'contacted';
    const contact: Cell[] = isContacted
      ? [row.action, words[language], row.channel, offers.join(' '), row.offer, null]
      : [null, null, null, null, null, row.action];
    const why = row.why.map((cause) => cause.words[language]).join(' ');
    return [
      row.customer,
      row.arm,
      ...contact,
      why,
      ...[row.chance, row.value, row.gain, row.gainLow, row.gainHigh, row.spend].map(rounded),
    ];
  };
  return tableCsv({
    columns,
    rows: (function* () {
      for (const row of rows) yield cells(row);
    })(),
  });
}
