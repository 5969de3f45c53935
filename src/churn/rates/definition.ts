import type { Ledger } from '../../customers/ledger.ts';
import { PairwellError } from '../../errors.ts';
import { deathDays, endedByDeath } from '../deaths.ts';
import { contractStays } from './contract-stays.ts';
import {
  type AliveModel,
  aliveAllowance,
  type OrderDays,
  rhythmAllowance,
  silenceStays,
} from './silence-stays.ts';
import type { Stays } from './stays.ts';

/** When somebody has left, with all the figures that it takes. Plain data. */
export type LeavingDefinition =
  /** No other contract has started within so many days after the last one: see `contractStays`. */
  | { readonly kind: 'contracts'; readonly graceDays: number }
  /**
   * Silent for more than `factor` times what the own rhythm allows (see `rhythmAllowance`). Who has ordered on too few days to have
   * one may be silent for `shopSilence` days, and nobody is held to fewer than `leastSilence`: three orders in a week make no rhythm.
   */
  | {
      readonly kind: 'rhythm';
      readonly factor: number;
      readonly shopSilence: number;
      readonly leastSilence: number;
    }
  /** Silent for more than so many days. */
  | { readonly kind: 'silence'; readonly days: number }
  /** Alive with a chance below `threshold`; silent for more than `shopSilence` days where no model tells. See `aliveAllowance`. */
  | { readonly kind: 'alive'; readonly threshold: number; readonly shopSilence: number };

/** What tells who has left. */
export interface LeavingSources {
  readonly ledger: Pick<Ledger, 'today' | 'contracts' | 'events'>;
  /** By the ledger's customers, up to its `today`; see `ledgerPurchaseDays`. */
  readonly days: OrderDays;
  /** For the definition `alive` alone, such as a `PurchaseModel`. */
  readonly alive?: AliveModel | undefined;
}

/** Ten years: longer silences are slips of the pen. */
const mostDays = 3660;

/**
 * Who stayed from when to when by a definition. A customer has left on the day on which it first says so, from what was known by the
 * evening of that day; what happened later changes nothing but that a customer may come back. The figures of the definition itself are
 * one yardstick for all days, so that periods can be compared, even if data of later days have set them. Who has died has left by any
 * definition, and for good.
 *
 * @throws PairwellError `bad-input` as {@link checkDefinition}, and for `alive` without a model
 */
export function staysOf(sources: LeavingSources, definition: LeavingDefinition): Stays {
  checkDefinition(definition);
  const { today, events } = sources.ledger;
  return endedByDeath(staysAlive(sources, definition), deathDays({ events, today }), today);
}

function staysAlive({ ledger, days, alive }: LeavingSources, definition: LeavingDefinition): Stays {
  const { today, contracts } = ledger;
  switch (definition.kind) {
    case 'contracts':
      return contractStays(contracts, today, definition.graceDays);
    case 'rhythm':
      return silenceStays(days, today, rhythmAllowance(days, definition));
    case 'silence':
      return silenceStays(days, today, () => definition.days);
    case 'alive':
      if (alive) return silenceStays(days, today, aliveAllowance(days, today, alive, definition));
      throw new PairwellError(
        'bad-input',
        'Who is alive takes a model that tells it: give one, or choose "rhythm" or "silence".',
      );
  }
}

/** For so many days from the first one on, newcomers cannot have left yet, so that rates tell too little. */
export function silentStart(definition: LeavingDefinition): number {
  switch (definition.kind) {
    case 'contracts':
      return 0;
    case 'rhythm':
      return Math.floor(definition.factor * Math.max(definition.shopSilence, definition.leastSilence)) + 1;
    case 'silence':
      return Math.floor(definition.days) + 1;
    case 'alive':
      return Math.floor(definition.shopSilence) + 1;
  }
}

/** @throws PairwellError `bad-input` for a figure that cannot be */
export function checkDefinition(definition: LeavingDefinition): void {
  const isDays = (value: number, least: number): boolean => value >= least && value <= mostDays;
  const check = (holds: boolean, what: string): void => {
    if (!holds)
      throw new PairwellError('bad-input', `In this definition of leaving, ${what}.`, { definition });
  };
  switch (definition.kind) {
    case 'contracts': {
      const { graceDays } = definition;
      check(
        Number.isInteger(graceDays) && isDays(graceDays, 0),
        `graceDays must be whole, from 0 to ${mostDays}`,
      );
      return;
    }
    case 'rhythm':
      check(definition.factor >= 0.1 && definition.factor <= 10, 'factor must lie between 0.1 and 10');
      check(isDays(definition.leastSilence, 0), `leastSilence must lie between 0 and ${mostDays} days`);
      check(isDays(definition.shopSilence, 1), `shopSilence must lie between 1 and ${mostDays} days`);
      return;
    case 'silence':
      check(isDays(definition.days, 1), `days must lie between 1 and ${mostDays}`);
      return;
    case 'alive':
      check(definition.threshold > 0 && definition.threshold < 1, 'threshold must lie between 0 and 1');
      check(isDays(definition.shopSilence, 1), `shopSilence must lie between 1 and ${mostDays} days`);
  }
}
