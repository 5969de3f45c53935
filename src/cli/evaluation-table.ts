import type { EvaluatedKind, ModelEvaluation } from '../ranking/ranking-evaluation.ts';

const titles = {
  visit: ['What customers bought next, of %s held out', 'customer', 'customers'],
  cart: ['What was left out of a basket, of %s held out', 'basket', 'baskets'],
} as const;

/** How a model's ranking answered orders that it was not taught, beside others, and whether the model is in service, for people. */
export function evaluationText({ ranking, gate }: ModelEvaluation): string {
  const tables = (['visit', 'cart'] as const).flatMap((kind) => {
    const evaluated = ranking[kind];
    if (!evaluated) return [];
    const [title, one, more] = titles[kind];
    const count = `${evaluated.cases.toLocaleString('en')} ${evaluated.cases === 1 ? one : more}`;
    return [`${title.replace('%s', count)}:\n${table(evaluated)}`];
  });
  return [...tables, gate.text].join('\n');
}

function table({ methods }: EvaluatedKind): string {
  const metrics = [...new Set(methods.flatMap((method) => Object.keys(method.metrics)))];
  const stated = methods.some(({ calibrationError }) => calibrationError !== null);
  const rows = [
    ['', ...metrics, ...(stated ? ['calibration error'] : [])],
    ...methods.map(({ name, metrics: own, calibrationError }) => [
      name,
      ...metrics.map((metric) => shown(own[metric]?.value)),
      ...(stated ? [shown(calibrationError ?? undefined)] : []),
    ]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, n) => (n === 0 ? cell.padEnd(widths[n]) : cell.padStart(widths[n]))).join('  ');
  return rows.map((row) => `  ${line(row).trimEnd()}`).join('\n');
}

const shown = (value: number | undefined): string => (value === undefined ? '-' : value.toFixed(4));
