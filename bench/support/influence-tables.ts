import type { Influence, PromotionInfluence } from '../../src/rules/influences.ts';
import { benjaminiHochberg } from '../../src/stats/adjust.ts';
import type { Studied } from './influence-work.ts';
import { median } from './median.ts';
import type { Row } from './table.ts';

const verdicts = ['holds', 'weakens', 'vanishes', 'reverses'] as const;

const places = ['holds', 'not-in-promotion', 'only-in-promotion', 'nowhere', 'too-few-to-tell'] as const;

const figure = (value: number): number => Number(value.toPrecision(3));

const pText = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));

/** By how much the logarithm of the odds ratio changes when the influence is held still. */
const change = ({ crude, common }: Influence): number => Math.log(common.estimate / crude.estimate);

/** A row for an influence: how many rules came to each verdict. */
export function verdictRow(influence: string, studied: readonly Studied<Influence>[]): Row {
  const tally = (wanted: string): number =>
    studied.filter(({ findings }) => findings.verdict === wanted).length;
  const differing = benjaminiHochberg(
    Float64Array.from(studied, ({ findings }) => findings.homogeneityTarone.p),
  ).filter((p) => p <= 0.05).length;
  const ratios = studied.map(({ findings }) => Math.exp(change(findings))).filter(Number.isFinite);
  return {
    'held still': influence,
    ...Object.fromEntries(verdicts.map((verdict) => [verdict, tally(verdict)])),
    'differs by group': differing,
    'adjusted / crude odds ratio, median': figure(median(ratios)),
    least: figure(Math.min(...ratios)),
    most: figure(Math.max(...ratios)),
  };
}

const sideOf = (studied: Studied<unknown>, names: readonly string[]): string =>
  `${[...studied.antecedent].map((item) => names[item]).join(' + ')} → ${names[studied.consequent]}`;

/** Rules of the same items say much the same: the first of each. */
function distinctItems<Findings>(studied: readonly Studied<Findings>[]): Studied<Findings>[] {
  const seen = new Set<string>();
  return studied.filter(({ antecedent, consequent }) => {
    const key = [...antecedent, consequent].sort((a, b) => a - b).join(' ');
    return !seen.has(key) && seen.add(key);
  });
}

/** The rules that change most, one for each set of items. */
export function changedRows(
  studied: readonly Studied<Influence>[],
  names: readonly string[],
  most: number,
): Row[] {
  const finite = studied.filter(({ findings }) => Number.isFinite(change(findings)));
  const sorted = finite.toSorted((a, b) => Math.abs(change(b.findings)) - Math.abs(change(a.findings)));
  return distinctItems(sorted)
    .slice(0, most)
    .map((rule) => {
      const { crude, common, homogeneityTarone, verdict, groups } = rule.findings;
      const best = groups.filter(({ n11 }) => n11 > 0).toSorted((a, b) => b.n11 - a.n11)[0];
      return {
        rule: sideOf(rule, names),
        lift: figure(rule.crudeLift),
        'crude odds ratio': figure(crude.estimate),
        adjusted: figure(common.estimate),
        'its 95 % interval': `${figure(common.low)} – ${figure(common.high)}`,
        'Breslow-Day p': pText(homogeneityTarone.p),
        verdict,
        'most often in': `${best.name}: ${best.n11} of ${groups.reduce((sum, { n11 }) => sum + n11, 0)} baskets`,
      };
    });
}

/** A promotion's verdict on a rule beside the test whether it differs inside and outside. */
export interface Place extends PromotionInfluence {
  /** Breslow and Day's, with Tarone's correction. */
  readonly differsP: number;
}

/** The same rules in the same order, looked at both ways. */
export function placesOf(
  found: readonly Studied<PromotionInfluence>[],
  byPromotion: readonly Studied<Influence>[],
): Studied<Place>[] {
  return found.map((rule, r) => ({
    ...rule,
    findings: { ...rule.findings, differsP: byPromotion[r].findings.homogeneityTarone.p },
  }));
}

/**
 * A row for each verdict: how many rules came to it, and of how many of them the odds ratio differs inside and outside. Where
 * it does not, one side had too few baskets to be significant, and the verdict may be chance.
 */
export function placeRows(studied: readonly Studied<Place>[]): Row[] {
  const p = Float64Array.from(studied, ({ findings }) => findings.differsP);
  const adjusted = benjaminiHochberg(p);
  return places.map((verdict) => {
    const meant = studied.map((_, r) => r).filter((r) => studied[r].findings.verdict === verdict);
    return {
      verdict,
      rules: meant.length,
      'Breslow-Day p ≤ 0.05': meant.filter((r) => p[r] <= 0.05).length,
      'after Benjamini-Hochberg': meant.filter((r) => adjusted[r] <= 0.05).length,
    };
  });
}

/** The rules of promotions alone, those that differ most surely first, one for each set of items. */
export function promotionRows(
  studied: readonly Studied<Place>[],
  names: readonly string[],
  most: number,
): Row[] {
  const only = studied
    .filter(({ findings }) => findings.verdict === 'only-in-promotion')
    .toSorted((a, b) => a.findings.differsP - b.findings.differsP);
  return distinctItems(only)
    .slice(0, most)
    .map((rule) => {
      const { inside, outside, differsP } = rule.findings;
      return {
        rule: sideOf(rule, names),
        lift: figure(rule.crudeLift),
        'lift inside': figure(inside.lift),
        'p inside': pText(inside.p),
        'baskets inside': inside.n11,
        'lift outside': figure(outside.lift),
        'p outside': pText(outside.p),
        'baskets outside': outside.n11,
        'Breslow-Day p': pText(differsP),
      };
    });
}
