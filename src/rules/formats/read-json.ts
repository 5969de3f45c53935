import { z } from 'zod';
import { messageOf, PairwellError } from '../../errors.ts';
import type { RuleSet } from './rule-set.ts';
import { badRule, RuleSetBuilder } from './rule-set-builder.ts';
import { textOf } from './text-bytes.ts';

const figure = z.union([z.number(), z.enum(['Infinity', '-Infinity', 'NaN']).transform(Number)]);

const rule = z.object({
  antecedent: z.array(z.string()),
  consequent: z.string(),
  count: z.number(),
  support: figure.optional(),
  confidence: figure.optional(),
  lift: figure.optional(),
  antecedentCount: z.number(),
  consequentCount: z.number(),
  measures: z.record(z.string(), figure).default({}),
});

const document = z.object({
  transactionCount: z.number(),
  items: z.array(z.string()),
  measures: z.array(z.string()).default([]),
  rules: z.array(rule),
});

/**
 * Reads what {@link jsonChunks} writes; `support`, `confidence`, `lift` and `measures` may be missing, other keys are
 * passed over. Items keep their ids.
 *
 * @param input text, or bytes in UTF-8
 * @throws PairwellError `bad-input`, naming the element (`rules[3].count`), for anything else
 */
export function readJsonRules(input: string | Uint8Array): Required<RuleSet> {
  const { transactionCount, items, measures, rules } = parsed(textOf(input));
  const ids = new Map(items.map((name, id) => [name, id]));
  if (ids.size < items.length) {
    const second = items.findIndex((name, id) => ids.get(name) !== id);
    throw badRule(`items[${second}]`, `${JSON.stringify(items[second])} is there twice.`);
  }
  if (new Set(measures).size < measures.length) throw badRule('measures', 'a name is there twice.');
  const builder = new RuleSetBuilder(transactionCount, measures);
  rules.forEach((rule, r) => {
    const where = `rules[${r}]`;
    const idOf = (name: string): number => {
      const id = ids.get(name);
      if (id === undefined) throw badRule(where, `${JSON.stringify(name)} is not among the items.`);
      return id;
    };
    if (!measures.every((name) => Object.hasOwn(rule.measures, name))) {
      throw badRule(where, `a value is needed for each of the measures ${measures.join(', ')}.`);
    }
    builder.add(
      {
        antecedent: rule.antecedent.map(idOf),
        consequent: idOf(rule.consequent),
        counts: { support: rule.count, antecedent: rule.antecedentCount, consequent: rule.consequentCount },
        stated: rule,
        measures: measures.map((name) => rule.measures[name]),
      },
      where,
    );
  });
  return builder.build(items);
}

function parsed(text: string): z.output<typeof document> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new PairwellError('bad-input', `The file is not JSON: ${messageOf(error)}.`);
  }
  const result = document.safeParse(json);
  if (result.success) return result.data;
  const [{ path, message }] = result.error.issues;
  throw badRule(pathText(path) || 'The file', message);
}

/** `rules[3].count` */
function pathText(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  return steps.join('').replace(/^\./, '');
}
