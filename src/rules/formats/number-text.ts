const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const infinite = /^([+-]?)inf(?:inity)?$/i;

/** The shortest text that {@link numberOf} reads back as the same number: `0.1`, `-0`, `Infinity`, `NaN`. */
export function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** The number that a text writes, `Inf`, `INF` and `nan` in any case included; undefined when it writes none. */
export function numberOf(text: string): number | undefined {
  if (decimal.test(text)) return Number(text);
  const sign = infinite.exec(text)?.[1];
  if (sign !== undefined) return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return text.toLowerCase() === 'nan' ? Number.NaN : undefined;
}
