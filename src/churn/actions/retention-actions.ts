import { PairwellError } from '../../errors.ts';
import { banOf } from '../left-alone.ts';
import { readReasons } from '../reasons/read-reason.ts';
import { type Suppression, suppressed } from '../winback/suppression.ts';
import { type ActionName, actionNames, retentionActions } from './action-catalogue.ts';
import type { ActionInput } from './action-input.ts';
import type { ActionSettings } from './action-settings.ts';
import { type Case, casesOf } from './cases.ts';
import { type Cause, lostCause, serviceCauses } from './causes.ts';
import { type Candidate, chooseContacts } from './choose-contacts.ts';
import { type ContactWay, contactOptions } from './contact-options.ts';
import { type Arm, armOf } from './control-arm.ts';
import { type EffectBelief, effectBelief } from './effect-belief.ts';
import { type ExpectedGain, expectedGain } from './expected-gain.ts';
import type { Restraint } from './restraints.ts';

/** A customer on the list of a day. */
export interface ActionRow extends ExpectedGain {
  readonly customer: number;
  readonly action: ActionName;
  /** The position in the settings' channels. */
  readonly channel: number;
  readonly arm: Arm;
  /** That the customer leaves; of one who has, that he does not come back by himself. */
  readonly chance: number;
  /** In money; null for a lost customer, whose offer has its own. */
  readonly value: number | null;
  /** The id of the win-back plan's offer; null for other actions. */
  readonly offer: string | null;
  /** The first is what the action is for. */
  readonly why: readonly Pick<Cause, 'name' | 'words'>[];
}

export interface ActionList {
  /** By expected gain, the most first, both arms among them. */
  readonly rows: readonly ActionRow[];
  /** Customers about whom something could be done and is not, by number. */
  readonly held: readonly { readonly customer: number; readonly why: Restraint }[];
  /** What was believed of the effects; none of win-back, whose plan has its own. */
  readonly beliefs: Readonly<Partial<Record<ActionName, EffectBelief>>>;
}

/**
 * Whom to contact on a day, why, to what end, through which channel, and what that is expected to gain. A customer is on the list for
 * what the early warnings, the newest events or a prediction say of him, and a lost one for an offer of the win-back plan; with the
 * action for one of his causes that gains most. While there is trouble with the service nothing is sold. Nobody is contacted who would
 * come back by himself, who wants to be left alone, who was contacted lately, or whose contact would not pay; see `restraints`.
 *
 * @throws PairwellError `bad-input` for settings that cannot be, or columns of other customers
 */
export function retentionActionsOf(input: ActionInput, settings: ActionSettings): ActionList {
  check(input, settings);
  const { facts, codeOf, day } = input;
  const beliefs = beliefsOf(input.measured ?? {});
  const held: { customer: number; why: Restraint }[] = [];
  const open: { found: Case; candidate: Candidate<ContactWay> }[] = [];
  const cases = casesOf(input, settings).filter(({ customer }) => input.isListed(customer));
  const stops = stopsOf(input, cases);
  for (const [n, found] of cases.entries()) {
    const { customer } = found;
    const why = stops[n] ?? restraintOf(found, input, settings);
    if (why !== null) {
      held.push({ customer, why });
      continue;
    }
    const { ways, hasChannel } = contactOptions(
      actionsFor(found),
      settings,
      { closed: facts.closed[customer], own: facts.own[customer] },
      (action, cost) => gainOf(action, cost, found, input, settings, beliefs),
    );
    if (ways.length === 0) held.push({ customer, why: hasChannel ? 'no-gain' : 'no-channel' });
    else open.push({ found, candidate: { arm: armOf(codeOf(customer), day, settings), options: ways } });
  }
  const choices = chooseContacts(
    open.map(({ candidate }) => candidate),
    {
      mostByChannel: settings.channels.map(({ mostADay }) => mostADay),
      mostADay: settings.mostADay,
      budget: settings.budget,
      winbackBudget: (input.insights.winback.plan?.budget ?? 0) - (input.winbackSpent ?? 0),
    },
  );
  const rows: ActionRow[] = [];
  for (const [n, choice] of choices.entries()) {
    const { found, candidate } = open[n];
    if ('why' in choice) held.push({ customer: found.customer, why: choice.why });
    else rows.push(rowOf(found, candidate.arm, choice.option, input));
  }
  rows.sort((a, b) => b.gain - a.gain || a.customer - b.customer);
  held.sort((a, b) => a.customer - b.customer);
  return { rows, held, beliefs };
}

function beliefsOf(measured: NonNullable<ActionInput['measured']>): ActionList['beliefs'] {
  const known = actionNames.flatMap((name): [ActionName, EffectBelief][] => {
    const { prior } = retentionActions[name];
    return prior ? [[name, effectBelief(prior, measured[name])]] : [];
  });
  return Object.fromEntries(known);
}

/** By case: what forbids any contact. */
function stopsOf({ facts, insights, day }: ActionInput, cases: readonly Case[]): (Restraint | null)[] {
  const { events } = facts;
  const { positions } = readReasons(events.reasons);
  const reasons = Int32Array.from(cases, ({ customer }) => {
    let last = -1;
    for (let e = events.offsets[customer]; e < events.offsets[customer + 1]; e++)
      if (events.reason[e] >= 0) last = positions[events.reason[e]];
    return last;
  });
  return suppressed(
    Int32Array.from(cases, ({ customer }) => customer),
    reasons,
    events,
    // Complaints have actions of their own here.
    { today: day, quietDays: 0 },
  ).map((why, n) => {
    // Of a death that a contract told of only the model knows.
    if (banOf(insights.leftAlone, cases[n].customer) === 'died') return 'died';
    return why && byPlan[why];
  });
}

const byPlan: Readonly<Record<Suppression, Restraint>> = {
  died: 'died',
  'left-alone': 'left-alone',
  'ended-by-shop': 'ended-by-shop',
  complained: 'open-complaint',
  offered: 'contacted-lately',
  'no-profit': 'no-gain',
};

/** Why a customer is not contacted although nobody forbids it; null where he may be. */
function restraintOf(
  { customer, causes, lostRow }: Case,
  { facts, insights, day }: ActionInput,
  { quietDays }: ActionSettings,
): Restraint | null {
  const { warnings, winback, rates } = insights;
  const contact = facts.lastContact[customer];
  if (facts.isListed[customer] === 1 || (contact >= 0 && contact > day - quietDays))
    return 'contacted-lately';
  const { offsets, lastSeen } = rates.stays;
  const stay = offsets[customer + 1] - 1;
  const seen = stay >= offsets[customer] ? lastSeen[stay] : -1;
  const hasReturned = facts.lastOrder[customer] > seen;
  if (lostRow >= 0) {
    if (hasReturned) return 'returned';
    if (causes.some(({ name }) => serviceCauses.includes(name))) return 'open-complaint';
    const why = winback.plan?.suppressed[lostRow] ?? null;
    if (why !== null) return byPlan[why];
    return (winback.plan?.bestOffer[lostRow] ?? -1) < 0 ? 'no-gain' : null;
  }
  // Trouble is put right whenever the next order is due.
  if (causes.some(({ actions }) => actions.some((name) => retentionActions[name].isService))) return null;
  if (hasReturned) return 'returned';
  const { isOverdue, dueTo } = warnings.due;
  return isOverdue[customer] === 0 && day <= dueTo[customer] ? 'not-due' : null;
}

function actionsFor({ causes, lostRow }: Case): ActionName[] {
  if (lostRow >= 0) return ['win-back'];
  const isTroubled = causes.some(({ name }) => serviceCauses.includes(name));
  return causes
    .flatMap(({ actions }) => actions)
    .filter((name) => !isTroubled || retentionActions[name].isService);
}

function gainOf(
  action: ActionName,
  contactCost: number,
  { customer, chance, lostRow }: Case,
  { insights, value }: ActionInput,
  { priceShare }: ActionSettings,
  beliefs: ActionList['beliefs'],
): ExpectedGain {
  if (lostRow >= 0) {
    const { plan, offers, beliefs: shares } = insights.winback;
    const { id, cost, costKind } = offers[plan!.bestOffer[lostRow]];
    const isOfAll = shares.find(({ offer, group }) => offer === id && group === null);
    const taken = costKind === 'return' ? (isOfAll?.rate ?? 1) : 1;
    return {
      gain: plan!.bestProfit[lostRow] - contactCost,
      low: null,
      high: null,
      spend: contactCost + taken * cost,
    };
  }
  const worth = value[customer] > 0 ? value[customer] : 0;
  const given = retentionActions[action].givesPrice ? priceShare : 0;
  return expectedGain({ chance, value: worth, contactCost, priceShare: given }, beliefs[action]!);
}

function rowOf(
  { customer, causes, chance, lostRow }: Case,
  arm: Arm,
  { action, channel, gain, low, high, spend }: ContactWay,
  { insights, value }: ActionInput,
): ActionRow {
  const { winback, rates } = insights;
  const offer = lostRow >= 0 ? winback.offers[winback.plan!.bestOffer[lostRow]] : null;
  const { offsets, left } = rates.stays;
  const all = offer ? [lostCause(left[offsets[customer + 1] - 1], offer.words), ...causes] : causes;
  const isMeant = ({ actions }: Cause): number => Number(actions.includes(action));
  return {
    ...{ customer, action, channel, arm, gain, low, high, spend, chance },
    value: lostRow >= 0 ? null : value[customer],
    offer: offer?.id ?? null,
    why: all.toSorted((a, b) => isMeant(b) - isMeant(a)).map(({ name, words }) => ({ name, words })),
  };
}

function check({ day, value, facts, insights }: ActionInput, settings: ActionSettings): void {
  const { channels, controlShare, periodDays, quietDays, triggerDays, priceShare } = settings;
  const customers = insights.warnings.alarms.offsets.length - 1;
  if (value.length !== customers || facts.own.length !== customers || !Number.isInteger(day))
    throw bad(
      `There are ${customers} customers, and values of ${value.length} and facts of ${facts.own.length} on day ${day}.`,
    );
  if (
    channels.length < 1 ||
    channels.length > 31 ||
    new Set(channels.map(({ id }) => id)).size < channels.length
  )
    throw bad('Name 1 to 31 channels, each with an id of its own.');
  const odd = channels.find(({ cost }) => !(cost >= 0 && cost < Infinity));
  if (odd) throw bad(`A contact by ${odd.id} costs ${odd.cost}; give money from 0 on.`);
  if (!(controlShare > 0 && controlShare < 1))
    throw bad(`The control group is a share above 0 and below 1, not ${controlShare}.`);
  if (!(Number.isInteger(periodDays) && periodDays >= 1))
    throw bad(`A campaign period has a whole number of days from 1 on, not ${periodDays}.`);
  if (!(quietDays >= 0 && triggerDays >= 0 && priceShare >= 0 && priceShare < 1))
    throw bad('Days are numbers from 0 on, and a tailored price gives away a share from 0 to below 1.');
}

const bad = (message: string): PairwellError => new PairwellError('bad-input', message);
