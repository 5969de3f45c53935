import { type Random, sampleOf, seededRandom, seedOf } from '../random.ts';
import { type Roles, rolesOf, type TrainingData } from '../training-data.ts';
import { cutRoom, cutsOf } from './bins.ts';
import { type BoostedTrees, compactTrees } from './boosted-trees.ts';
import { unitsFor } from './fixed-point.ts';
import { type GrownNode, growTree } from './grow.ts';
import { alone, jobOf, type Team, type Training } from './passes.ts';
import { plainPlace } from './plain-kernel.ts';
import type { KernelPlace, MakePlace } from './tree-kernel.ts';
import { type CheckedTreeOptions, checkedTreeOptions, type TreeOptions } from './tree-options.ts';
import { chunkRows, createWorkspace } from './workspace.ts';

export interface TrainedTrees {
  readonly model: BoostedTrees;
  /** By feature: the share of all gain in its splits; all 0 where there is no split. */
  readonly importance: Float64Array;
  /** The mean log-loss of the validation rows before the first and after each tree that was grown; empty without them. */
  readonly validationLoss: Float64Array;
}

/** Called now and then with the share of the work that is done; may throw to end it. */
export type Report = (share: number) => void;

/** Draws differ by what they are for. */
const forBins = 1;
const forRows = 2;
const forFeatures = 3;

/**
 * Gradient-boosted trees that predict the probability of 1 (Friedman, Annals of Statistics 2001; second order as in Chen and
 * Guestrin, KDD 2016; on histograms as in LightGBM, NIPS 2017). The score is a sum over trees, as log-odds. Where all rows that
 * count have one target there are no trees, and the probability is (n + ½) / (n + 1) for n rows' weight.
 *
 * On this thread. Results are the same for the same seed, on any number of threads and with any kernel.
 *
 * @param makePlace where the work is done: in plain JavaScript by default
 * @throws PairwellError `bad-input` for data or options that cannot be, `limit-exceeded` for too many rows; whatever `report`
 *   throws
 */
export function trainTrees(
  data: TrainingData,
  options: TreeOptions,
  makePlace: MakePlace = plainPlace,
  report: Report = () => undefined,
): TrainedTrees {
  const { work, place } = prepareTrees(data, options, makePlace);
  return boostTrees(work, alone(work.training, place.kernel), report);
}

/** Work that has been checked and laid out. */
export interface TreeWork {
  readonly training: Training;
  readonly options: CheckedTreeOptions;
  readonly roles: Roles;
  readonly baseline: number;
  /** Whether there is anything to learn. */
  readonly isMixed: boolean;
}

export interface PreparedTrees<Place extends KernelPlace> {
  readonly work: TreeWork;
  readonly place: Place;
}

/** @throws as {@link trainTrees} */
export function prepareTrees<Place extends KernelPlace>(
  data: TrainingData,
  options: TreeOptions,
  makePlace: (bytes: number) => Place,
): PreparedTrees<Place> {
  const { table, target, weights } = data;
  const checked = checkedTreeOptions(options, table.columns.length);
  const roles = rolesOf(data);
  const { workspace, place } = createWorkspace(table, checked.maxLeaves, makePlace);
  workspace.target.set(target);
  if (weights) workspace.weights.set(weights);
  else workspace.weights.fill(1);
  workspace.monotone.set(checked.monotone);
  let all = 0;
  let ones = 0;
  let mostWeight = 0;
  for (const row of roles.training) {
    const weight = workspace.weights[row];
    all += weight;
    ones += weight * target[row];
    mostWeight = Math.max(mostWeight, weight);
  }
  const isMixed = ones > 0 && ones < all;
  const share = isMixed ? ones / all : (ones + 0.5) / (all + 1);
  const baseline = Math.log(share / (1 - share));
  const { l2, minGain, minLeafHessian, minLeafRows } = checked;
  const limits = { l2, minGain, minLeafHessian, minLeafRows, ...unitsFor(table.rows, mostWeight) };
  const training = { workspace, columns: table.columns, limits };
  return { work: { training, options: checked, roles, baseline, isMixed }, place };
}

/** Grows tree after tree, with a team that works on what is prepared. */
export function boostTrees(
  { training, options, roles, baseline, isMixed }: TreeWork,
  team: Team,
  report: Report,
): TrainedTrees {
  const { workspace, columns } = training;
  const { order, scores, job } = workspace;
  const total = roles.training.length + roles.validation.length;
  const chunks = Math.ceil(total / chunkRows);
  const random = seededRandom(seedOf(options.seed, forBins));
  const drawn = sampleOf(roles.training.length, options.binRows, random).map((n) => roles.training[n]);
  const cuts = columns.map((column) =>
    isMixed ? cutsOf(column, drawn, options.maxBins) : new Float64Array(0),
  );
  workspace.cuts.fill(Number.POSITIVE_INFINITY);
  for (const [feature, own] of cuts.entries()) {
    workspace.cuts.set(own, feature * cutRoom);
    workspace.binCounts[feature] = own.length + 1;
  }
  if (isMixed) team.run('bin', Math.ceil(workspace.rows / chunkRows));

  scores.fill(baseline);
  const losses: number[] = [];
  let validated = 0;
  for (const row of roles.validation) validated += workspace.weights[row];
  const update = (): void => {
    job[jobOf.learnt] = roles.training.length;
    job[jobOf.total] = total;
    team.run('update', chunks);
    let loss = 0;
    for (let chunk = 0; chunk < chunks; chunk++) loss += workspace.losses[chunk];
    if (validated > 0) losses.push(loss / validated);
  };
  order.set(roles.training);
  order.set(roles.validation, roles.training.length);
  job[jobOf.leaves] = 0;
  update();

  const trees: GrownNode[] = [];
  const varying = featuresThatVary(columns, cuts, roles.training);
  // With nothing drawn the next tree would be as this one.
  const isDrawn = options.rowShare < 1 || options.featureShare < 1;
  let best = 0;
  let triesSinceBest = 0;
  const patience = validated > 0 ? options.patience : Infinity;
  for (let tries = 0; isMixed && tries < options.trees && triesSinceBest < patience; tries++) {
    const random = seededRandom(seedOf(options.seed, forRows, tries));
    const grown = arrange(order, roles, options.rowShare, random);
    drawFeatures(workspace.isAllowed, varying, options, tries);
    const tree = growTree(training, team, options, grown);
    if (!tree && !isDrawn) break;
    triesSinceBest++;
    if (tree) {
      trees.push(tree);
      update();
      if (losses[trees.length] < losses[best]) {
        best = trees.length;
        triesSinceBest = 0;
      }
    }
    report((tries + 1) / options.trees);
  }
  const kept = validated > 0 ? trees.slice(0, best) : trees;
  return {
    model: compactTrees(baseline, cuts, kept),
    importance: importanceOf(kept, columns.length),
    validationLoss: Float64Array.from(losses),
  };
}

/** Puts the rows that a tree is grown on first, then the others. Returns how many they are, one at least. */
function arrange(order: Int32Array, { training, validation }: Roles, share: number, random: Random): number {
  order.set(training);
  order.set(validation, training.length);
  if (share === 1) return training.length;
  const wanted = Math.max(1, Math.round(share * training.length));
  let [inside, outside] = [0, wanted];
  // Each of what is left is taken with the chance that fills the sample (Knuth, volume 2, algorithm 3.4.2 S).
  for (let n = 0; n < training.length; n++) {
    const isIn = random() * (training.length - n) < wanted - inside;
    order[isIn ? inside++ : outside++] = training[n];
  }
  return wanted;
}

/** The features that a split can be by: of one value alone, or missing everywhere, they would only take the place of others. */
function featuresThatVary(
  columns: readonly (Float32Array | Float64Array)[],
  cuts: readonly Float64Array[],
  rows: Int32Array,
): number[] {
  const varies = (feature: number): boolean => {
    if (cuts[feature].length > 0) return true;
    const missing = rows.reduce((sum, row) => sum + (Number.isNaN(columns[feature][row]) ? 1 : 0), 0);
    return missing > 0 && missing < rows.length;
  };
  return columns.flatMap((_, feature) => (varies(feature) ? [feature] : []));
}

function drawFeatures(
  isAllowed: Uint8Array,
  varying: readonly number[],
  { featureShare, seed }: CheckedTreeOptions,
  tree: number,
): void {
  const wanted = Math.max(1, Math.round(featureShare * varying.length));
  isAllowed.fill(0);
  for (const n of sampleOf(varying.length, wanted, seededRandom(seedOf(seed, forFeatures, tree))))
    isAllowed[varying[n]] = 1;
}

function importanceOf(trees: readonly GrownNode[], features: number): Float64Array {
  const gains = new Float64Array(features);
  let all = 0;
  const visit = ({ split }: GrownNode): void => {
    if (!split) return;
    gains[split.feature] += split.gain;
    all += split.gain;
    visit(split.left);
    visit(split.right);
  };
  trees.forEach(visit);
  return all > 0 ? gains.map((gain) => gain / all) : gains;
}
