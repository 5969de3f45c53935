import { StaysBuilder } from '../../rates/stays.ts';
import { AlarmsBuilder } from '../../signals/alarms.ts';
import { DueColumnsBuilder } from '../../signals/due-days.ts';
import type { SignalName } from '../../signals/signal-names.ts';
import { offersAtLevel } from '../../winback/offers.ts';
import type { Suppression } from '../../winback/suppression.ts';
import type { ActionInput } from '../action-input.ts';
import type { ActionSettings } from '../action-settings.ts';
import { contactFacts, type FactEvent } from '../contact-facts.ts';

/** The day of the list; the model is of the day before. */
export const day = 20_000;

export interface WorriedCustomer {
  readonly alarms?: readonly SignalName[];
  /** By the silence; default 0.4. */
  readonly chance?: number;
  /** Default 100. */
  readonly value?: number;
  /** Days from now to the last of nine in ten such orders; default −5: it is late. */
  readonly dueTo?: number;
  readonly isOverdue?: boolean;
  readonly lastSeen?: number;
  readonly events?: readonly (Partial<Omit<FactEvent, 'customer'>> & Pick<FactEvent, 'kind'>)[];
  readonly ordered?: number;
  readonly channel?: string;
  readonly isListed?: boolean;
  /** For one who is lost: what the best offer of the plan earns, or why there is none. */
  readonly winback?: number | Suppression;
}

export const settings: ActionSettings = {
  channels: [
    { id: 'email', cost: 0.1, isPersonal: false, mostADay: null, aliases: ['web'] },
    { id: 'phone', cost: 2, isPersonal: true, mostADay: null, aliases: [] },
  ],
  controlShare: 0.1,
  periodDays: 90,
  seed: 1,
  quietDays: 14,
  triggerDays: 30,
  mostADay: null,
  budget: null,
  priceShare: 0.05,
};

/** What a model and a database would say of these customers, who are called c0, c1 …. */
export function worriedShop(
  customers: readonly WorriedCustomer[],
  { channels }: Pick<ActionSettings, 'channels'> = settings,
): ActionInput {
  const alarms = new AlarmsBuilder(customers.length);
  const due = new DueColumnsBuilder(customers.length);
  const stays = new StaysBuilder();
  const facts = {
    events: [] as FactEvent[],
    orders: [] as { customer: number; day: number; channel: string | null }[],
    channels: [] as { customer: number; day: number; channel: string | null }[],
    listed: [] as number[],
  };
  const lost: { customer: number; winback: number | Suppression }[] = [];
  for (const [c, one] of customers.entries()) {
    const { chance = 0.4, dueTo = -5, isOverdue = false, lastSeen = day - 60 } = one;
    for (const name of one.alarms ?? [])
      alarms.add({ name, since: day - 3, expected: 2, seen: 1, windowDays: 90, chance: 0.01, yearly: 0.01 });
    alarms.endCustomer();
    due.set(c, {
      dueDay: day + dueTo - 10,
      dueFrom: day + dueTo - 20,
      dueTo: day + dueTo,
      alarmDay: day + dueTo + 5,
      isOverdue: Number(isOverdue || (one.alarms ?? []).includes('order-gap')),
      chance: 0.1,
      left: chance,
      yearly: 0,
    });
    stays.add(day - 400, one.winback === undefined ? -1 : day - 20, lastSeen);
    stays.endCustomer();
    for (const event of one.events ?? [])
      facts.events.push({ day: day - 2, reason: null, channel: null, ...event, customer: c });
    if (one.ordered !== undefined) facts.orders.push({ customer: c, day: one.ordered, channel: null });
    if (one.channel !== undefined) facts.channels.push({ customer: c, day: day - 60, channel: one.channel });
    if (one.isListed) facts.listed.push(c);
    if (one.winback !== undefined) lost.push({ customer: c, winback: one.winback });
  }
  const isOffered = lost.map(({ winback }) => typeof winback === 'number');
  return {
    day,
    isListed: () => true,
    insights: {
      rates: { stays: stays.build() },
      warnings: { today: day - 1, due: due.build(), alarms: alarms.build() },
      record: null,
      leftAlone: new Uint8Array(customers.length),
      reasons: { after: [] },
      winback: {
        customer: Int32Array.from(lost, ({ customer }) => customer),
        baseline: new Float64Array(lost.length).fill(0.1),
        offers: offersAtLevel(100),
        beliefs: [],
        plan: {
          budget: 1000,
          bestOffer: Int32Array.from(isOffered, (isIt) => (isIt ? 1 : -1)),
          bestProfit: Float64Array.from(lost, ({ winback }) => (typeof winback === 'number' ? winback : 0)),
          suppressed: lost.map(({ winback }) => (typeof winback === 'number' ? null : winback)),
        },
      },
    },
    value: customers.map(({ value = 100 }) => value),
    codeOf: (customer) => `c${customer}`,
    facts: contactFacts({ customers: customers.length, ...facts }, channels),
  };
}
