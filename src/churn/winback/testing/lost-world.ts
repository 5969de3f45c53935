import type { EventLiteral } from '../../../customers/testing/ledger.ts';
import { ledgerOf } from '../../../customers/testing/ledger.ts';
import { seededRandom } from '../../../learn/random.ts';
import { probabilityOf } from '../../../learn/scores.ts';
import { leavingReasons } from '../../reasons/leaving-reasons.ts';
import type { ReturnSources } from '../return-rows.ts';

/** By which the log-odds of coming back within 180 days change. */
export interface PlantedDrivers {
  readonly base: number;
  readonly referred: number;
  readonly complained: number;
  readonly price: number;
  readonly service: number;
}

/**
 * Customers who order every 20 days at 50 from day 0, are last seen on day 200 to 400 and have left 60 days later. Of them some have
 * referred others, complained without an answer, or left over price or service, which moves the chance to come back within 180 days.
 * Returners live on to the end.
 */
export function lostWorld(
  customers: number,
  planted: PlantedDrivers,
  seed: number,
  today = 800,
): ReturnSources {
  const random = seededRandom(seed);
  const events: Record<string, EventLiteral[]> = {};
  const stays = { offsets: [0], from: [] as number[], left: [] as number[], lastSeen: [] as number[] };
  const days = { offsets: [0], day: [] as number[], spend: [] as number[] };
  const stay = (from: number, left: number, lastSeen: number): void => {
    stays.from.push(from);
    stays.left.push(left);
    stays.lastSeen.push(lastSeen);
    for (let day = from; day <= (left < 0 ? today : lastSeen); day += 20) {
      days.day.push(day);
      days.spend.push(50);
    }
  };
  for (let c = 0; c < customers; c++) {
    const lastSeen = 200 + 20 * Math.floor(10 * random());
    const left = lastSeen + 60;
    const [referred, complained] = [random() < 0.3, random() < 0.3];
    const reason = ['price', 'service', undefined][Math.floor(3 * random())];
    const own: EventLiteral[] = [];
    if (referred) own.push({ day: 100, kind: 'referral' });
    if (complained) own.push({ day: lastSeen - 5, kind: 'complaint' });
    if (reason) own.push({ day: lastSeen + 1, kind: 'cancellation', reason });
    events[`c${c}`] = own.sort((a, b) => a.day - b.day);
    const score =
      planted.base +
      (referred ? planted.referred : 0) +
      (complained ? planted.complained : 0) +
      (reason === 'price' ? planted.price : reason === 'service' ? planted.service : 0);
    stay(0, left, lastSeen);
    if (random() < probabilityOf(score)) stay(left + 1 + Math.floor(179 * random()), -1, today);
    stays.offsets.push(stays.from.length);
    days.offsets.push(days.day.length);
  }
  const ledger = ledgerOf({
    customers: Object.fromEntries(Object.keys(events).map((code) => [code, []])),
    events,
    today,
  });
  const columns = {
    offsets: Int32Array.from(stays.offsets),
    from: Int32Array.from(stays.from),
    left: Int32Array.from(stays.left),
    lastSeen: Int32Array.from(stays.lastSeen),
  };
  return {
    stays: columns,
    days: {
      offsets: Int32Array.from(days.offsets),
      day: Int32Array.from(days.day),
      spend: Float64Array.from(days.spend),
    },
    events: ledger.events,
    reasons: leavingReasons(columns, ledger.events, ledger.contracts),
  };
}
