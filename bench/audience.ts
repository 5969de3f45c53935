import { writeFile } from 'node:fs/promises';
import { buyersByItem } from '../src/audience/audience.ts';
import { learntOdds } from '../src/audience/customer-odds.ts';
import { fewestBuyers } from '../src/audience/subject.ts';
import { below, sampleOf, seededRandom } from '../src/learn/random.ts';
import { trainTrees } from '../src/learn/trees/boost.ts';
import { wasmPlaces } from '../src/learn/trees/kernel/wasm-kernel.ts';
import { WasmScorer } from '../src/learn/trees/kernel/wasm-scorer.ts';
import { AlikeProducts } from '../src/offers/alike/alike-products.ts';
import { ItemProbabilities } from '../src/ranking/item-probabilities.ts';
import { learnRanking, rankingDefaults } from '../src/ranking/learn-ranking.ts';
import type { OpenCalibration } from '../src/ranking/open-calibration.ts';
import { pairLists } from '../src/ranking/pair-lists.ts';
import type { Ranking } from '../src/ranking/ranking.ts';
import { allBaskets, type ShopBaskets } from '../src/ranking/shop-baskets.ts';
import { treesKernel } from '../workers/shared-training.ts';
import { dividedShop, withoutItems } from './support/audience-shop.ts';
import { firstCustomers, largeShop, rankAtScale } from './support/audience-speed.ts';
import { type Found, found, type Group, groups, meanOf, outcomeOf, sumOf } from './support/audience-trial.ts';
import { onlineRetailLines } from './support/online-retail-lines.ts';
import { readOptions } from './support/options.ts';
import { printTable, type Row } from './support/table.ts';

/**
 * Whether the customers that are ranked first for a product buy it: Online Retail's last 60 days are hidden, the customers of before are
 * ranked for some products, and held against what they bought then; so they are for the same products as if these had never been sold.
 * Then how long it takes for 100,000 customers of a generated shop.
 * `npm run bench:audience` after `npm ci`; `-- --parts retail,speed --products 30 --seed 1 --json FILE`.
 */

const {
  parts,
  products: wanted,
  seed,
  json,
} = readOptions({ parts: ['retail', 'speed'], products: 30, seed: 1, json: undefined });
const tables: Record<string, readonly Row[]> = {};

function show(title: string, rows: readonly Row[]): void {
  tables[title] = rows;
  printTable(title, rows);
}

const makeScorer = (model: ConstructorParameters<typeof WasmScorer>[1]) =>
  new WasmScorer(treesKernel(), model);
const atOnce = async (): Promise<void> => undefined;
const digits = (value: number, places: number): number => Number(value.toFixed(places));

/** The first of the hidden days. */
const hiddenFrom = Math.floor(Date.parse('2011-10-10') / 86_400_000);

/** Two ranges of popularity before: what sells in the middle, and all that is ranked by itself. */
const ranges = [
  { name: '100 to 400 buyers', least: 100, most: 400 },
  { name: `${fewestBuyers} buyers or more`, least: fewestBuyers, most: Number.POSITIVE_INFINITY },
];

interface Learnt extends Pick<Ranking, 'world' | 'visit'> {
  readonly open: OpenCalibration | null;
}

async function learn(shop: ShopBaskets): Promise<Learnt> {
  const {
    world,
    visit,
    open = null,
  } = await learnRanking(
    shop,
    async (data, options) => trainTrees(data, options, wasmPlaces(treesKernel())),
    { ...rankingDefaults, kinds: ['visit'] },
  );
  return { world, visit, open };
}

/** By customer: the weighted mean of the items' probabilities; 0 of whom nothing is known. */
function probabilities(
  { world, visit, open }: Learnt,
  { histories }: ShopBaskets,
  items: readonly number[],
  weights: readonly number[],
  calibrated = true,
): Float64Array {
  const asked = { world, scorer: makeScorer(visit!), histories, today: hiddenFrom };
  const each = new ItemProbabilities({
    ...asked,
    items: Int32Array.from(items),
    open: calibrated ? open : null,
  });
  const odds = learntOdds(each, Float64Array.from(weights));
  const out = new Float64Array(odds.customers);
  odds.fill(0, out.length, out);
  return out.map((probability) => (Number.isNaN(probability) ? 0 : probability));
}

async function retail(): Promise<void> {
  const purchases = await onlineRetailLines(({ quantity, nonProduct }) => quantity > 0 && !nonProduct);
  const shop = dividedShop(purchases, hiddenFrom);
  const { past, products } = shop;
  const buyers = await buyersByItem(past.histories, atOnce);
  const learnt = await learn(past);
  const baskets = allBaskets(past);
  const pairs = pairLists({ left: baskets, right: baskets }, { longest: products.length, minCount: 5 });
  /** What leads most surely to an item; −1 where nothing does. */
  const associated = (item: number): number => {
    let [best, confidence] = [-1, 0];
    for (let from = 0; from < products.length; from++)
      for (let p = pairs.offsets[from]; p < pairs.offsets[from + 1]; p++)
        if (pairs.items[p] === item && pairs.confidences[p] > confidence)
          [best, confidence] = [from, pairs.confidences[p]];
    return best;
  };
  const { offsets } = past.histories;
  const frequency = Float64Array.from(offsets.subarray(1), (end, c) => end - offsets[c]);

  for (const { name, least, most } of ranges) {
    const random = seededRandom(seed);
    const eligible = [...buyers.keys()].filter((item) => buyers[item] >= least && buyers[item] <= most);
    const chosen = Array.from(sampleOf(eligible.length, wanted, random), (n) => eligible[n]);
    const unsold = withoutItems(past, new Set(chosen));
    const learntWithout = await learn(unsold);
    const left = await buyersByItem(unsold.histories, atOnce);
    const alike = new AlikeProducts();
    products.forEach((product, item) => {
      if (left[item] >= fewestBuyers) alike.add(product);
    });
    const numberOf = new Map(products.map(({ code }, item) => [code, item]));
    const results = new Map<string, { group: Group; found: Found; isProbability: boolean }[]>();
    let withoutAlike = 0;
    for (const item of chosen) {
      const outcome = outcomeOf(shop, item);
      const note = (arm: string, scores: Float64Array, isProbability = false): void => {
        const own = results.get(arm) ?? [];
        results.set(arm, own);
        for (const group of groups) own.push({ group, found: found(scores, outcome, group), isProbability });
      };
      const lead = associated(item);
      note('audience', probabilities(learnt, past, [item], [1]), true);
      note('audience, as if all were candidates', probabilities(learnt, past, [item], [1], false), true);
      note(
        'at random',
        frequency.map(() => below(1 << 30, random)),
      );
      note('those who order most', frequency);
      note(
        'buyers of what leads there most surely',
        lead < 0 ? new Float64Array(frequency.length) : Float64Array.from(outcomeOf(shop, lead).owned),
      );
      const standIns = alike.of(products[item]);
      withoutAlike += standIns.length === 0 ? 1 : 0;
      if (standIns.length === 0) continue;
      const items = standIns.map(({ product }) => numberOf.get(product.code)!);
      const weights = standIns.map(({ weight }) => weight);
      note(
        'as if new: audience by products alike',
        probabilities(learntWithout, unsold, items, weights),
        true,
      );
      const bought = items.map((one) => outcomeOf(shop, one).owned);
      note(
        'as if new: how many of them were bought',
        frequency.map((_, c) => sumOf(bought.map((owned, n) => weights[n] * owned[c]))),
      );
    }
    for (const group of groups) {
      const who = group === 'all' ? 'all customers' : 'customers who had not bought it';
      show(
        `Online Retail, ${chosen.length} products of ${name}, ${who}${withoutAlike > 0 ? ` (nothing alike: ${withoutAlike})` : ''}`,
        [...results].map(([arm, all]) => {
          const own = all.filter((one) => one.group === group);
          const finds = own.map((one) => one.found);
          const ofAll = (of: (one: Found) => number | null): number => digits(meanOf(finds.map(of)), 3);
          return {
            'ranked by': arm,
            'AUC, within 60 days': ofAll(({ area }) => area),
            'buyers in the first tenth %': digits(100 * ofAll(({ topTenth }) => topTenth), 1),
            'AUC, at the next visit': ofAll(({ areaAtVisit }) => areaAtVisit),
            'expected then': own[0].isProbability
              ? Math.round(sumOf(finds.map(({ expected }) => expected)))
              : '',
            actual: sumOf(finds.map(({ actual }) => actual)),
          };
        }),
      );
    }
  }
}

if (parts.includes('retail')) await retail();
if (parts.includes('speed')) {
  const shop = largeShop(seed);
  const { visit } = await learn(firstCustomers(shop, 5_000));
  show('Ranking all customers for one product, on one thread', rankAtScale(shop, visit!, makeScorer));
}
if (json) await writeFile(json, `${JSON.stringify(tables)}\n`);
