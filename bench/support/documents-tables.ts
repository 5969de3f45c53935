import type { DocumentsTrial, Rightly } from './documents-trial.ts';
import type { Row } from './table.ts';

/** What the documents report of rule induction on 500 held-out customers of a web shop. */
export const published = { all: '87.0', stayed: '91.0', left: '86.3' } as const;

/** Mean and standard deviation over the draws, in per cents. */
export function spread(values: readonly number[]): string {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(square / Math.max(1, values.length - 1));
  return `${(100 * mean).toFixed(1)} ± ${(100 * deviation).toFixed(1)}`;
}

const cells = (draws: readonly Rightly[], mark: string): Row =>
  Object.fromEntries(
    (['all', 'stayed', 'left'] as const).map((key) => [
      `${key}${mark}`,
      spread(draws.map((own) => own[key])),
    ]),
  );

/** Accuracies of models by draws beside those of the documents, and of saying the more common of all. */
export function documentsRows({ majority, figures }: DocumentsTrial): Row[] {
  const { all, stayed, left } = published;
  return [
    { model: "documents: fuzzy rules, their shop's data", all, stayed, left },
    { model: 'majority guess', ...cells(majority, '') },
    ...[...figures].map(([model, draws]) => ({
      model,
      ...cells(
        draws.map(({ atHalf }) => atHalf),
        '',
      ),
      ...cells(
        draws.map(({ atBest }) => atBest),
        ', best threshold',
      ),
    })),
  ];
}
