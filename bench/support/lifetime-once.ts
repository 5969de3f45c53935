import { readFileSync } from 'node:fs';
import { importCompiled } from './compiled.ts';
import { fits, historyOf, type LifetimeAnswer, weeksAhead } from './lifetime-work.ts';
import { median } from './median.ts';

/**
 * Child program: fits BG/NBD to the customers in a file, standard errors and all, and foresees the purchases of each; several times in one
 * process. `node --import tsx lifetime-once.ts FILE`
 */

const { groupHistories } = (await importCompiled(
  'src/customers/lifetime/history-groups',
)) as typeof import('../../src/customers/lifetime/history-groups.ts');
const { bgNbdParameters, fitBgNbd } = (await importCompiled(
  'src/customers/lifetime/fit-bg-nbd',
)) as typeof import('../../src/customers/lifetime/fit-bg-nbd.ts');
const { conditionalPurchases } = (await importCompiled(
  'src/customers/lifetime/bg-nbd',
)) as typeof import('../../src/customers/lifetime/bg-nbd.ts');

const { frequency, recency, age, ...spends } = historyOf(readFileSync(process.argv[2]));

function timed<T>(work: () => T): { result: T; ms: number } {
  const startedAt = performance.now();
  const result = work();
  return { result, ms: performance.now() - startedAt };
}

const runs = Array.from({ length: fits.warm + fits.timed }, () => {
  const fit = timed(() => fitBgNbd(groupHistories({ frequency, recency, age, ...spends })));
  const parameters = bgNbdParameters(fit.result.parameters);
  const expected = timed(() => {
    let sum = 0;
    for (let c = 0; c < frequency.length; c++) {
      const customer = { frequency: frequency[c], recency: recency[c], age: age[c] };
      sum += conditionalPurchases(parameters, customer, weeksAhead);
    }
    return sum;
  });
  return { fit, expected };
});
const counted = runs.slice(fits.warm);
const answer: LifetimeAnswer = {
  parameters: Array.from(runs[0].fit.result.parameters),
  expected: runs[0].expected.result,
  firstFitMs: runs[0].fit.ms,
  fitMs: median(counted.map(({ fit }) => fit.ms)),
  expectMs: median(counted.map(({ expected }) => expected.ms)),
};
process.stdout.write(JSON.stringify(answer));
