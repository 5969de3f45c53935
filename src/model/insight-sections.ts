import type { InfluenceName, Insights, RuleInfluence, RuleInsights } from '../insights/insights.ts';
import type { PairCounts } from '../rules/matrix.ts';
import type { RuleColumns } from '../rules/rule-columns.ts';
import type { Decoded, Section } from './sections.ts';

/** What insights hold besides arrays. */
export interface InsightsMeta {
  readonly influences: readonly InfluenceName[];
  readonly transactionCount: number;
  /** Names need not be distinct, so they are no string table. */
  readonly categoryNames: readonly string[];
  readonly bundlesLeftOut: number;
  /** Null where there are no decayed figures. */
  readonly halfLifeDays: number | null;
}

/** Insights as named arrays and a rest: the form in which they are stored, and in which their buffers are handed over. */
export function insightSections(insights: Insights): {
  meta: InsightsMeta;
  sections: Record<string, Section>;
} {
  const { influences, decayed, relations, pairs, categories, bundles } = insights;
  const { tree, nodeCounts, rules, pairs: categoryPairs } = categories;
  const { names, ...treeColumns } = tree;
  const { leftOut, ...bundleColumns } = bundles;
  const { halfLifeDays = null, ...decayedColumns } = decayed ?? {};
  return {
    meta: {
      influences: influences.map(({ name }) => name),
      transactionCount: pairs.transactionCount,
      categoryNames: names,
      bundlesLeftOut: leftOut,
      halfLifeDays,
    },
    sections: {
      ...ruleSections(insights),
      ...named('decayed', decayedColumns),
      ...named('relations', { ...relations }),
      ...named('pairs', withoutTotal(pairs)),
      ...named('tree', treeColumns),
      nodeCounts,
      ...named('categoryRules', { ...withoutTotal(rules), ...ruleSections(categories) }),
      ...named('categoryPairs', withoutTotal(categoryPairs)),
      ...named('bundles', bundleColumns),
    },
  };
}

/** The influences are the same for all rules of a model: their names are in `InsightsMeta`. */
function ruleSections({ tests, influences, promotion, drift }: RuleInsights): Record<string, Section> {
  return {
    ...named('tests', { ...tests }),
    ...Object.assign({}, ...influences.map(({ name, ...columns }) => named(`influences.${name}`, columns))),
    promotion,
    drift,
  };
}

/** @throws PairwellError `conflict` for a model that was made without insights, or with fewer */
export function decodeInsights(meta: InsightsMeta, decoded: Decoded<unknown>): Insights {
  const { u8, i32, f64 } = decoded;
  const ofProducts = decodeRules('', meta, decoded);
  const { transactionCount, halfLifeDays } = meta;
  const pairs = (name: string): PairCounts => ({
    transactionCount,
    items: i32(`${name}.items`),
    itemCounts: i32(`${name}.itemCounts`),
    pairs: i32(`${name}.pairs`),
  });
  return {
    ...ofProducts,
    decayed:
      halfLifeDays === null
        ? null
        : {
            halfLifeDays,
            support: f64('decayed.support'),
            confidence: f64('decayed.confidence'),
            lift: f64('decayed.lift'),
          },
    relations: {
      a: i32('relations.a'),
      b: i32('relations.b'),
      relation: u8('relations.relation'),
      together: i32('relations.together'),
      lift: f64('relations.lift'),
      logP: f64('relations.logP'),
      logPBeyondSize: f64('relations.logPBeyondSize'),
      similarity: f64('relations.similarity'),
      confidence: f64('relations.confidence'),
    },
    pairs: pairs('pairs'),
    categories: {
      tree: {
        names: meta.categoryNames,
        parents: i32('tree.parents'),
        levelStarts: i32('tree.levelStarts'),
        productNodes: i32('tree.productNodes'),
      },
      nodeCounts: i32('nodeCounts'),
      ...decodeRules('categoryRules.', meta, decoded),
      rules: {
        transactionCount,
        antecedentOffsets: i32('categoryRules.antecedentOffsets'),
        antecedentItems: i32('categoryRules.antecedentItems'),
        consequent: i32('categoryRules.consequent'),
        supportCount: i32('categoryRules.supportCount'),
        antecedentCount: i32('categoryRules.antecedentCount'),
        consequentCount: i32('categoryRules.consequentCount'),
      },
      pairs: pairs('categoryPairs'),
    },
    bundles: {
      offsets: i32('bundles.offsets'),
      items: i32('bundles.items'),
      together: i32('bundles.together'),
      without: i32('bundles.without'),
      leftOut: meta.bundlesLeftOut,
    },
  };
}

function decodeRules(prefix: string, meta: InsightsMeta, { u8, f64 }: Decoded<unknown>): RuleInsights {
  const influence = (name: InfluenceName): RuleInfluence => {
    const at = `${prefix}influences.${name}`;
    return {
      name,
      verdict: u8(`${at}.verdict`),
      crudeOddsRatio: f64(`${at}.crudeOddsRatio`),
      oddsRatio: f64(`${at}.oddsRatio`),
      low: f64(`${at}.low`),
      high: f64(`${at}.high`),
      differsP: f64(`${at}.differsP`),
    };
  };
  return {
    // Asked for before anything of `meta`, which a model of an earlier version lacks as well.
    tests: {
      logP: f64(`${prefix}tests.logP`),
      adjustedLogP: f64(`${prefix}tests.adjustedLogP`),
      productivityLogP: f64(`${prefix}tests.productivityLogP`),
      improvement: f64(`${prefix}tests.improvement`),
      laterLogP: f64(`${prefix}tests.laterLogP`),
      isShown: u8(`${prefix}tests.isShown`),
    },
    influences: meta.influences.map(influence),
    promotion: u8(`${prefix}promotion`),
    drift: u8(`${prefix}drift`),
  };
}

function named(prefix: string, columns: Readonly<Record<string, Section>>): Record<string, Section> {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [`${prefix}.${name}`, column]));
}

/** All are of the same transactions, so their number is stored once. */
function withoutTotal<Columns extends PairCounts | RuleColumns>({
  transactionCount: _,
  ...columns
}: Columns): Omit<Columns, 'transactionCount'> {
  return columns;
}
