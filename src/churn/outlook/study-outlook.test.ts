import { describe, expect, it } from 'vitest';
import { ledgerOf } from '../../customers/testing/ledger.ts';
import { seededRandom } from '../../learn/random.ts';
import { logisticLearner, majority } from '../prediction/logistic-learner.ts';
import { outlookTeamAlone, studyOutlook } from './study-outlook.ts';

const today = 400;
const settings = { horizonDays: 90, definition: 'orders' } as const;

/** 150 customers who order every other week; two in three stop on some day, and complain the week before. */
function shop() {
  const random = seededRandom(1);
  const customers: Record<string, { day: number; lines: string[] }[]> = {};
  const events: Record<string, { day: number; kind: string }[]> = {};
  for (let n = 0; n < 150; n++) {
    const end = n % 3 === 0 ? today : 60 + Math.floor(340 * random());
    const days = Array.from({ length: 30 }, (_, k) => 14 * k + (n % 14)).filter((day) => day < end);
    customers[`c${n}`] = days.map((day) => ({ day, lines: ['tea'] }));
    if (end < today) events[`c${n}`] = [{ day: end - 7, kind: 'complaint' }];
  }
  events.c0 = [{ day: 390, kind: 'death' }];
  return ledgerOf({ customers, events, today });
}

describe('the outlook', () => {
  const ledger = shop();
  const learners = [majority, logisticLearner];

  it('is of the customers who are left, the living ones', async () => {
    const all = await studyOutlook(today, settings, outlookTeamAlone({ ledger }, learners));
    expect(all.lack).toBeNull();
    expect(all.forecast!.customer).not.toContain(0);
    expect(all.forecast!.customer).toContain(3);
    expect(all.forecast!.learnt.card.models.map(({ learner }) => learner)).toEqual(['majority', 'logistic']);
    const gone = new Int8Array(150);
    gone[3] = 1;
    gone[6] = -1;
    const { forecast } = await studyOutlook(today, settings, outlookTeamAlone({ ledger, gone }, learners));
    expect([...forecast!.customer]).toEqual([...all.forecast!.customer].filter((customer) => customer !== 3));
    // They are learnt from all the same.
    expect(forecast!.learnt.card).toEqual(all.forecast!.learnt.card);
    const chanceOf = (outlook: typeof all, customer: number) =>
      outlook.forecast!.probability[outlook.forecast!.customer.indexOf(customer)];
    expect(chanceOf({ forecast: forecast!, lack: null }, 6)).toBe(chanceOf(all, 6));
  });

  it('says what is missing, and passes on what is no matter of data', async () => {
    const team = outlookTeamAlone({ ledger }, learners);
    const short = await studyOutlook(today, { ...settings, horizonDays: 390 }, team);
    expect(short).toEqual({ forecast: null, lack: expect.stringMatching(/take a shorter horizon/) });
    const broken = { ...team, windows: () => Promise.reject(new TypeError('a defect')) };
    await expect(studyOutlook(today, settings, broken)).rejects.toThrow('a defect');
  });
});
