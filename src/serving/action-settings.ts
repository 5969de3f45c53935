import { z } from 'zod';
import type { ActionSettings } from '../churn/actions/action-settings.ts';

const days = z.number().int().min(1).max(366);
const name = z.string().trim().min(1).max(100);
const most = z.number().int().min(0).max(1_000_000_000).nullable().default(null);
const money = z.number().min(0).max(1e12);

const channel = z.strictObject({
  id: name.describe('As whoever does the contacting calls it.'),
  cost: money.describe('Of one contact, in money.'),
  isPersonal: z
    .boolean()
    .default(false)
    .describe('Whether it is somebody to talk to: calls go through no other.'),
  mostADay: most.describe('Contacts a day; null for any number.'),
  aliases: z.array(name).max(100).default([]).describe('What orders and events call it besides its id.'),
});

const areDistinct = (channels: readonly z.output<typeof channel>[]): boolean => {
  const names = channels.flatMap(({ id, aliases }) => [...new Set([id, ...aliases])]);
  return new Set(names).size === names.length;
};

/** How the retention actions of a day are chosen. */
export const actionSettings = z.strictObject({
  channels: z
    .array(channel)
    .min(1)
    .max(31)
    .refine(areDistinct, 'each name may be of one channel')
    .prefault([
      { id: 'email', cost: 0.05 },
      { id: 'phone', cost: 4, isPersonal: true },
    ])
    .describe('How customers can be reached. The default is an assumption: state your own costs.'),
  controlShare: z
    .number()
    .min(0.01)
    .max(0.5)
    .default(0.1)
    .describe('Of the customers, dealt at random: nobody contacts them, so that the effect can be measured.'),
  periodDays: days.default(90).describe('So long a customer is held out, or not, from all actions.'),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1)
    .describe('Of who is held out.'),
  quietDays: days.default(14).describe('Nobody is contacted again for so many days.'),
  triggerDays: days
    .default(30)
    .describe('So long a complaint without a solution, a failed payment or a stated reason counts.'),
  mostADay: most.describe('Contacts a day in all channels; null for any number.'),
  budget: money.nullable().default(null).describe('Of a day, in money; null for any.'),
  priceShare: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.05)
    .describe('What a tailored price gives away: of the value of each who stays.'),
}) satisfies z.ZodType<ActionSettings>;

export type ActionSettingsInput = z.input<typeof actionSettings>;
