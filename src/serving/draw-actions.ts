import type { Database } from '../../db/database.ts';
import {
  listedAround,
  type NewAction,
  oneDrawAtATime,
  retentionDay,
  type StoredDay,
  storeRetentionDay,
  winbackPromised,
} from '../../db/queries/retention-actions.ts';
import { eventFacts, newestChannels, ordersBetween } from '../../db/queries/retention-facts.ts';
import type { ActionSettings } from '../churn/actions/action-settings.ts';
import { type ContactFacts, contactFacts, factKinds } from '../churn/actions/contact-facts.ts';
import { type ActionList, retentionActionsOf } from '../churn/actions/retention-actions.ts';
import { PairwellError } from '../errors.ts';
import { measuredBefore } from './action-effects.ts';
import type { ChurnBook } from './churn-book.ts';
import { dateOf } from './customer-figures.ts';

/** After so many days a model's alarms say nothing of the day any more. */
const longestAge = 31;

/** By which channel customers ordered longer ago says nothing of how they want to be reached. */
const channelDays = 730;

export interface DrawnDay {
  readonly day: StoredDay;
  /** Whether it was drawn now, and not before. */
  readonly isNew: boolean;
}

/** A day since 1970-01-01. */
export const dayOfDate = (date: string): number => Date.parse(date) / 86_400_000;

/**
 * The list of a day: as it was drawn, or drawn now and kept.
 *
 * @param date ISO 8601
 * @throws PairwellError `conflict` for a list that was drawn with other settings, or a model that is of a later day or too old
 */
export async function drawActions(
  database: Database,
  book: ChurnBook,
  date: string,
  settings: ActionSettings,
  { isKeptWhatever = false }: DrawOptions = {},
): Promise<DrawnDay> {
  return oneDrawAtATime(database, async () => {
    const known = await retentionDay(database, date);
    if (known) {
      if (isKeptWhatever || isSame(known.settings, settings)) return { day: known, isNew: false };
      throw new PairwellError(
        'conflict',
        `The list of ${date} was drawn with other settings and is kept, so that its control group stays what it is. Read it (GET /v1/retention-actions/${date}), or draw another day.`,
        { date },
      );
    }
    const day = dayOfDate(date);
    checkAge(book, day);
    const facts = await readFacts(database, book, day, settings);
    const list = retentionActionsOf(
      {
        day,
        insights: book.insights,
        value: book.value,
        codeOf: (customer) => book.codes.get(customer),
        isListed: (customer) => book.isListed(customer),
        facts,
        prediction: book.prediction,
        measured: await measuredBefore(database, day),
        winbackSpent: await winbackPromised(database, book.version),
      },
      settings,
    );
    const { version } = book;
    await storeRetentionDay(
      database,
      {
        day: date,
        modelVersion: version,
        settings: { ...settings },
        held: counts(list),
        beliefs: list.beliefs,
      },
      actionsOf(list, book, settings),
    );
    return { day: (await retentionDay(database, date))!, isNew: true };
  });
}

export interface DrawOptions {
  /** Whether a list that was drawn is answered whatever its settings. */
  readonly isKeptWhatever?: boolean | undefined;
}

/** Objects from the database come with their keys in another order. */
const sorted = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(sorted);
  if (part === null || typeof part !== 'object') return part;
  return Object.fromEntries(
    Object.entries(part)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, sorted(entry)]),
  );
};

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

function checkAge({ version, insights }: ChurnBook, day: number): void {
  const { today } = insights;
  if (day >= today && day <= today + longestAge) return;
  throw new PairwellError(
    'conflict',
    `The model ${version} knows customers as they were on ${dateOf(today)}: lists can be drawn from then to ${dateOf(today + longestAge)}. Name such a day, or train again (POST /v1/models).`,
    { version, today: dateOf(today) },
  );
}

async function readFacts(
  database: Database,
  { codes, insights }: ChurnBook,
  day: number,
  { channels, quietDays }: ActionSettings,
): Promise<ContactFacts> {
  /** Without customers that the model does not know. */
  const numbered = <Fact extends { readonly customer: string }>(facts: readonly Fact[]) =>
    facts.flatMap((fact) => {
      const customer = codes.indexOf(fact.customer);
      return customer < 0 ? [] : [{ ...fact, customer }];
    });
  const listed = await listedAround(database, dateOf(day), quietDays);
  return contactFacts(
    {
      customers: codes.size,
      events: numbered(await eventFacts(database, factKinds, day)),
      orders: numbered(await ordersBetween(database, insights.today, day)),
      channels: numbered(await newestChannels(database, day, channelDays)),
      listed: listed.map((code) => codes.indexOf(code)).filter((customer) => customer >= 0),
    },
    channels,
  );
}

function counts({ held }: ActionList): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { why } of held) found[why] = (found[why] ?? 0) + 1;
  return found;
}

const actionsOf = ({ rows }: ActionList, { codes }: ChurnBook, { channels }: ActionSettings): NewAction[] =>
  rows.map(({ customer, channel, low, high, ...row }, n) => ({
    ...row,
    customer: codes.get(customer),
    place: n + 1,
    channel: channels[channel].id,
    gainLow: low,
    gainHigh: high,
  }));
