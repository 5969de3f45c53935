import type { Ledger } from '../../customers/ledger.ts';
import { PairwellError } from '../../errors.ts';
import { type LearntChurn, learnChurn } from '../prediction/learn-churn.ts';
import type { ChurnLearner } from '../prediction/learner.ts';
import { type ChurnTeam, churnTeamAlone } from '../prediction/team.ts';
import { type ChurnWindows, churnWindows, type WindowOptions } from '../prediction/windows.ts';
import type { ChurnForecast, ChurnOutlook } from './churn-outlook.ts';
import { type Foretold, foretell } from './foretell.ts';

/** How far ahead is looked, and what at most is learnt from. */
export interface OutlookSettings extends Pick<WindowOptions, 'definition' | 'activeDays' | 'mostRows'> {
  readonly horizonDays: number;
  /** Names of attributes that are not to be learnt from. */
  readonly withoutAttributes?: readonly string[] | undefined;
  /** The same for the same outlook. Default 1. */
  readonly seed?: number | undefined;
}

/** Plain data, so that it can go to a thread. */
export interface OutlookInput {
  readonly ledger: Ledger;
  /** By customer: 1 for who has left already, as the shop defines it: of those nothing is foretold, though they are learnt from. */
  readonly gone?: Int8Array | undefined;
  readonly settings: OutlookSettings;
}

/** Studies who is about to leave somewhere else than on the caller's thread. Rejects as {@link studyOutlook} does. */
export interface OutlookStudent {
  studyOutlook(input: OutlookInput, hooks?: { signal?: AbortSignal | undefined }): Promise<ChurnOutlook>;
}

/** Who does the work: see {@link ChurnTeam}. */
export interface OutlookTeam extends ChurnTeam {
  windows(options: WindowOptions): Promise<ChurnWindows>;
  /** @param day whose customers are asked about */
  foretell(
    windows: Pick<ChurnWindows, 'plan' | 'definition' | 'activeDays'>,
    learnt: LearntChurn,
    day: number,
  ): Promise<Foretold>;
}

/** All on the thread of the caller. */
export const outlookTeamAlone = (
  { ledger, gone }: Pick<OutlookInput, 'ledger' | 'gone'>,
  learners: readonly ChurnLearner[],
): OutlookTeam => ({
  ...churnTeamAlone(learners),
  windows: async (options) => churnWindows(ledger, options),
  foretell: async (windows, learnt, day) => foretell(ledger, windows, learnt, learners, day, gone),
});

/**
 * Learns who leaves from what became of customers at earlier days, and tells it of today's. Data that do not suffice for it make it say
 * so. The same on any team for the same seed.
 *
 * @param today the ledger's: the first day that is not over
 * @throws PairwellError `cancelled`; whatever else than `bad-input` a team's work throws
 */
export async function studyOutlook(
  today: number,
  { horizonDays, seed = 1, ...options }: OutlookSettings,
  team: OutlookTeam,
): Promise<ChurnOutlook> {
  try {
    const windows = await team.windows({ ...options, horizonDays, seed });
    const { definition, activeDays, cutOffs, customerShare, brokenContracts, rows } = windows;
    const learnt = await learnChurn(rows, team, { seed, cutOffs });
    const foretold = await team.foretell({ plan: windows.plan, definition, activeDays }, learnt, today);
    const of = { definition, activeDays, horizonDays, day: today, cutOffs, customerShare, brokenContracts };
    const forecast: ChurnForecast = { ...of, learnt, ...foretold };
    return { forecast, lack: null };
  } catch (error) {
    if (!(error instanceof PairwellError && error.code === 'bad-input')) throw error;
    return { forecast: null, lack: error.message };
  }
}
