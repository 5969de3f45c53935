import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../src/learn/random.ts';
import { packageRoot } from '../src/package-root.ts';
import { runChild } from './support/child.ts';
import { writeFigures } from './support/figures.ts';
import { sideBySide } from './support/load.ts';
import { readOptions } from './support/options.ts';
import { prepareShop } from './support/prepared-shop.ts';
import { gorseBeside } from './support/serve-gorse.ts';
import type { ServeAnswer } from './support/serve-once.ts';
import { servePolicies } from './support/serve-policies.ts';
import { onlineRetailQuestions, type ServeQuestion, serveQuestions } from './support/serve-questions.ts';
import {
  judgeServing,
  mbPerMillion,
  type QuestionResult,
  questionRow,
  type ServeResult,
} from './support/serve-tables.ts';
import { type Server, startServer } from './support/server.ts';
import type { ServingPlan } from './support/serving-shop.ts';
import { steadyLoad } from './support/steady-load.ts';
import { printTable } from './support/table.ts';

/**
 * The offers endpoints beside bare Hono routes that return the same bytes: both compiled, each in a process of its own, loaded in
 * turn with thousands of different questions; then at a steady rate, from a cold start, and for all customers at once. On a
 * generated shop of 10,000 products and 100,000 customers, with 200 policies; `npm run bench:serve` (after `npm ci`).
 *
 * `--shop online-retail` takes Online Retail and a few questions instead. `--folder FOLDER` keeps the database there and uses one
 * that was kept; `--gorse PATH` measures Gorse (a binary of `gorse-in-one`) with the same orders and customers.
 */

const {
  shop,
  policies,
  rounds,
  seconds,
  steady: wanted,
  folder: kept,
  gorse: gorsePath,
  json,
  ...plannedSize
} = readOptions({
  shop: 'generated',
  products: 10_000,
  customers: 100_000,
  policies: 200,
  rounds: 5,
  seconds: 4,
  steady: 2000,
  folder: undefined,
  gorse: undefined,
  json: undefined,
});
if (shop !== 'generated' && shop !== 'online-retail') throw new Error('--shop: generated or online-retail');
const isGenerated = shop === 'generated';
const plan: ServingPlan = { ...plannedSize, seed: 1 };
const timing = { rounds, seconds };
const steadySeconds = 20;
/** A shop of a fifth of the customers tells what each of them takes. */
const smallShare = 0.2;
const root = packageRoot();
const main = join(root, 'dist', 'src', 'cli', 'main.js');
const say = (what: string): void => void process.stderr.write(`${what}\n`);

const envOf = (folder: string): Record<string, string> => ({
  PAIRWELL_DATA: folder,
  DATABASE_URL: '',
  PAIRWELL_API_KEYS: '',
  PAIRWELL_RATE_LIMIT: '0',
});

async function prepare(folder: string, size: ServingPlan): Promise<void> {
  await prepareShop(folder, isGenerated ? size : undefined);
  say(`prepared: ${size.customers} customers`);
}

const serve = (folder: string, env: Readonly<Record<string, string>> = {}): Promise<Server> =>
  startServer([main, 'serve', '--port', '0'], { ...envOf(folder), ...env });

async function once(what: 'bytes' | 'service' | 'batch', folder: string): Promise<ServeAnswer> {
  const program = join(root, 'bench', 'support', 'serve-once.ts');
  const { stdout } = await runChild(['--import', 'tsx', program, what, folder]);
  return JSON.parse(stdout);
}

/** In place of those of a run before. */
async function storePolicies(url: string): Promise<void> {
  const stored = async (): Promise<{ id: number }[]> =>
    ((await (await fetch(`${url}/v1/policies`)).json()) as { items: { id: number }[] }).items;
  for (let old = await stored(); old.length > 0; old = await stored())
    for (const { id } of old) await fetch(`${url}/v1/policies/${id}`, { method: 'DELETE' });
  const segments = (await (await fetch(`${url}/v1/segments`)).json()) as { items?: { id: string }[] };
  const ids = (segments.items ?? []).map(({ id }) => id);
  for (const body of servePolicies(plan, policies, ids, seededRandom(2))) {
    const answer = await fetch(`${url}/v1/policies`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`A policy was refused: ${await answer.text()}`);
  }
  const settings = { objective: 'profit', objectiveWeight: 0.5, maxPerCategory: 3 };
  for (const placement of ['product', 'cart', 'home', 'email']) {
    const answer = await fetch(`${url}/v1/placements/${placement}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(settings),
    });
    if (!answer.ok) throw new Error(`Settings were refused: ${await answer.text()}`);
  }
}

async function ask(ours: Server, { name, goal, paths }: ServeQuestion): Promise<QuestionResult> {
  // The answer of middling length of the first hundred.
  const bodies = await Promise.all(
    paths.slice(0, 100).map(async (path) => (await fetch(ours.url + path)).text()),
  );
  const body = bodies.sort((a, b) => a.length - b.length)[Math.floor(bodies.length / 2)];
  const bare = await startServer(['--import', 'tsx', join(root, 'bench', 'bare-server.ts')], {}, body);
  try {
    const result = await sideBySide(ours.url, bare.url, paths, timing);
    return { name, goal, bytes: Buffer.byteLength(body), ...result };
  } finally {
    await bare.stop();
  }
}

async function measure(folder: string): Promise<ServeResult> {
  const large = join(folder, 'large');
  await prepare(large, plan);
  const memory: { customers: number; mb: number }[] = [];
  if (isGenerated) {
    const small = { ...plan, customers: Math.round(smallShare * plan.customers) };
    await prepare(join(folder, 'small'), small);
    const server = await serve(join(folder, 'small'));
    memory.push({ customers: small.customers, mb: server.memory().mb });
    await server.stop();
  }
  const questions = isGenerated ? serveQuestions(plan, seededRandom(3)) : onlineRetailQuestions;
  const results = [
    ...(await withServer(
      large,
      async (server) => {
        memory.push({ customers: plan.customers, mb: server.memory().mb });
        if (isGenerated) await storePolicies(server.url);
        return askAll(
          server,
          questions.filter(({ mayRepeat }) => !mayRepeat),
        );
      },
      { PAIRWELL_KEPT_ANSWERS: '0' },
    )),
    ...(await withServer(large, (server) =>
      askAll(
        server,
        questions.filter(({ mayRepeat }) => mayRepeat),
      ),
    )),
  ];
  const { steady, peakMb } = await withServer(large, (server) => askSteadily(server, questions));
  const result = { questions: results, steady, memory, peakMb };
  if (!isGenerated) return result;
  const [bytes, service, batch] = [
    await once('bytes', large),
    await once('service', large),
    await once('batch', large),
  ];
  return { ...result, once: { bytes, service, batch } };
}

async function withServer<T>(
  folder: string,
  work: (server: Server) => Promise<T>,
  env?: Readonly<Record<string, string>>,
): Promise<T> {
  const server = await serve(folder, env);
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

async function askAll(server: Server, questions: readonly ServeQuestion[]): Promise<QuestionResult[]> {
  const results: QuestionResult[] = [];
  for (const question of questions) {
    const result = await ask(server, question);
    results.push(result);
    say(`${question.name}: ${result.ratio.toFixed(3)} of the bare route`);
  }
  return results;
}

/** All questions mixed, after as long a time to warm up. */
async function askSteadily(
  server: Server,
  questions: readonly ServeQuestion[],
): Promise<Pick<ServeResult, 'steady' | 'peakMb'>> {
  const paths = inTurns(questions.map((question) => question.paths));
  const options = { seconds: steadySeconds, rate: wanted, random: seededRandom(4) };
  await steadyLoad(server.url, paths, options);
  const steady = { ...(await steadyLoad(server.url, paths, options)), wanted };
  return { steady, peakMb: server.memory().peakMb };
}

/** As many as the longest list has: one of each list after the other. */
function inTurns<T>(lists: readonly (readonly T[])[]): T[] {
  const length = Math.max(...lists.map((list) => list.length));
  return Array.from({ length }, (_, n) => {
    const list = lists[n % lists.length];
    return list[n % list.length];
  });
}

const folder = kept ?? (await mkdtemp(join(tmpdir(), 'pairwell-bench-')));
try {
  const result = await measure(folder);
  printTable(
    `Offers beside a bare route, 32 connections, medians of ${timing.rounds} rounds`,
    result.questions.map(questionRow),
  );
  const perMillion = mbPerMillion(result.memory);
  printTable('Memory of the server with its model', [
    ...result.memory.map(({ customers, mb }) => ({ customers, MB: Math.round(mb) })),
    ...(perMillion === undefined ? [] : [{ customers: 'a million more', MB: Math.round(perMillion) }]),
    { customers: 'at most, under load', MB: Math.round(result.peakMb) },
  ]);
  if (result.once)
    printTable(
      'Alone, each in a process of its own',
      Object.entries(result.once).map(([what, { ms, startMb, peakMb }]) => ({
        what,
        ms: Math.round(ms),
        'MB at the start': Math.round(startMb),
        'MB at most': Math.round(peakMb),
      })),
    );
  const gorse = isGenerated && gorsePath ? await gorseBeside(gorsePath, plan, timing) : undefined;
  if (gorse) printTable('Gorse, the same customers', [gorse]);
  else if (isGenerated) say('Gorse was skipped: give --gorse PATH');
  printTable(
    'Goals',
    judgeServing(result).map((judgement) => ({ ...judgement })),
  );
  await writeFigures(json, { plan, ...result, gorse });
} finally {
  if (kept === undefined) await rm(folder, { recursive: true, force: true });
}
