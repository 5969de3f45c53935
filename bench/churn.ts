import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fuzzyLearner } from '../src/churn/prediction/fuzzy-learner.ts';
import { type LearntChurn, learnChurn } from '../src/churn/prediction/learn-churn.ts';
import { churnTeamAlone } from '../src/churn/prediction/team.ts';
import { packageRoot } from '../src/package-root.ts';
import { runChild, runProgram } from './support/child.ts';
import { type ChurnTrial, churnModels, onlineRetailTrial, telcoTrial } from './support/churn-shops.ts';
import { accuracyRows, differenceRows, qualityRows } from './support/churn-tables.ts';
import { type ChurnRuns, type ChurnTimes, timeRows } from './support/churn-times.ts';
import { documentsRows } from './support/documents-tables.ts';
import { documents, documentsTrial } from './support/documents-trial.ts';
import { printTable, type Row } from './support/table.ts';
import { labelledRows } from './support/trees-data.ts';
import type { TreesTask } from './support/trees-tables.ts';

/**
 * Who will leave: what it takes to fit 100,000 customers × 40 features beside scikit-learn, and how well each model tells on Telco (out
 * of fold) and Online Retail (out of time), beside baselines; and by the documents' protocol beside their figures. `npm run bench:churn` after `npm ci`;
 * `-- --parts time,telco,retail --rows 100000 --columns 40 --trees 100 --leaves 31 --threads 1,2 --repetitions 3 --draws 10 --seed 1 --python PATH --json FILE`.
 */

const { values } = parseArgs({
  options: {
    parts: { type: 'string', default: 'time,telco,retail' },
    rows: { type: 'string', default: '100000' },
    'test-rows': { type: 'string', default: '50000' },
    columns: { type: 'string', default: '40' },
    trees: { type: 'string', default: '100' },
    leaves: { type: 'string', default: '31' },
    threads: { type: 'string', default: '1,2' },
    repetitions: { type: 'string', default: '3' },
    draws: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    python: { type: 'string', default: process.env.PAIRWELL_BENCH_PYTHON ?? 'python3' },
    json: { type: 'string' },
  },
});
const parts = values.parts.split(',');
const seed = Number(values.seed);
const support = join(packageRoot(), 'bench', 'support');
const tables: Record<string, readonly Row[]> = {};

function show(title: string, rows: readonly Row[]): void {
  tables[title] = rows;
  printTable(title, rows);
}

const hasPeer = (): Promise<boolean> =>
  runProgram(values.python, ['-c', 'import sklearn']).then(
    () => true,
    () => false,
  );

async function times(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'pairwell-bench-'));
  const threads = values.threads.split(',').map(Number);
  const task: TreesTask = {
    rows: Number(values.rows),
    testRows: Number(values['test-rows']),
    columns: Number(values.columns),
    trees: Number(values.trees),
    leaves: Number(values.leaves),
    threads: Math.max(...threads),
    seed,
  };
  try {
    const file = join(folder, 'rows.f32');
    await writeFile(file, labelledRows(task));
    const contestants = threads.map((count) => ({
      name: `ours, ${count} thread${count === 1 ? '' : 's'}`,
      run: () =>
        runChild([
          '--import',
          'tsx',
          join(support, 'churn-once.ts'),
          file,
          JSON.stringify({ ...task, threads: count }),
        ]),
    }));
    const isThere = await hasPeer();
    if (!isThere) process.stdout.write(`  skipped: scikit-learn: ${values.python} cannot import sklearn\n`);
    else
      contestants.push({
        name: `scikit-learn, ${task.threads} threads`,
        run: () =>
          runProgram(values.python, [join(support, 'churn-peer.py'), file, JSON.stringify(task)], {
            env: { OMP_NUM_THREADS: String(task.threads), OMP_WAIT_POLICY: 'passive' },
          }),
      });
    const programs: (ChurnRuns & { runs: ChurnTimes[] })[] = contestants.map(({ name }) => ({
      name,
      runs: [],
    }));
    for (let repetition = 0; repetition < Number(values.repetitions); repetition++) {
      const order = [...contestants.keys()];
      for (const n of repetition % 2 === 0 ? order : order.reverse())
        programs[n].runs.push(JSON.parse((await contestants[n].run()).stdout));
    }
    show(
      `${task.rows} customers × ${task.columns}, ${task.trees} trees of ${task.leaves} leaves, median of ${values.repetitions}`,
      timeRows(programs, isThere ? programs.at(-1) : undefined),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function trial(name: string, own: ChurnTrial): Promise<void> {
  const { rows, learners, options } = own;
  const startedAt = performance.now();
  const learnt = await learnChurn(rows, churnTeamAlone(learners), options);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const { card, choice } = learnt;
  const title = `${name}, ${card.basis}: ${card.rows} rows of ${card.customers} customers, ${(100 * card.churnRate).toFixed(1)} % left`;
  process.stdout.write(
    `${name}: ${rows.features.length} features, ${seconds} s for all fits on one thread. ${choice.reason.en}\n\n`,
  );
  show(`${title}; 95 % intervals`, qualityRows(card));
  show(`${title}; accuracy, %`, accuracyRows(card));
  show(`${title}; paired differences of AUC`, differenceRows(card));
  show(`${name}: what moves the prediction`, driverRows(learnt));
  asDocumented(name, own);
}

/** Once with as many who left as there are, and once with as many as in the documents. */
function asDocumented(name: string, { rows, once }: ChurnTrial): void {
  const draws = Number(values.draws);
  const compared = [...churnModels, fuzzyLearner({ variant: 'paper' })];
  for (const left of [null, documents.left]) {
    const found = documentsTrial(rows, once, compared, left, { draws, seed });
    const share = found.leftShares.reduce((sum, one) => sum + one / draws, 0);
    const of = `${documents.learnt} learnt, ${documents.heldOut} held out, of whom ${(100 * share).toFixed(1)} % left${left === null ? '' : ' (drawn so)'}`;
    show(`${name}, as documented: ${of}; accuracy at ½ and at the best threshold, %, ${draws} draws`, documentsRows(found)); // biome-ignore format: one line
  }
}

const driverRows = ({ drivers }: LearntChurn): Row[] =>
  drivers.slice(0, 12).map(({ feature, alone, oddsRatio, contributions }) => ({
    feature: feature.label.en,
    stayed: alone ? Number(alone.stayed.toPrecision(3)) : '',
    left: alone ? Number(alone.left.toPrecision(3)) : '',
    'p (Holm)': alone ? alone.adjustedP.toPrecision(2) : '',
    'odds ratio for a deviation': oddsRatio
      ? `${oddsRatio.value.toFixed(2)} (${oddsRatio.low.toFixed(2)} … ${oddsRatio.high.toFixed(2)})`
      : '',
    ...Object.fromEntries(
      contributions.map(({ learner, meanSize, direction }) => [
        `mean share in the log-odds, ${learner}`,
        `${direction < 0 ? '−' : '+'}${meanSize.toFixed(3)}`,
      ]),
    ),
  }));

if (parts.includes('time')) await times();
if (parts.includes('telco')) {
  const telco = telcoTrial(seed);
  if (telco) await trial('Telco', telco);
  else process.stdout.write('  skipped: Telco is not beside the project\n');
}
if (parts.includes('retail')) await trial('Online Retail', await onlineRetailTrial(seed));
const figures = JSON.stringify({ node: process.version, seed, tables });
if (values.json) await writeFile(values.json, `${figures}\n`);
else process.stdout.write(`${figures}\n`);
