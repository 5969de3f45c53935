/** The same in both languages of the console. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

/** @returns such as `38%`, with a decimal under ten per cent */
export function percentText(share: number): string {
  const percents = share * 100;
  return `${Math.abs(percents) < 9.95 ? Number(percents.toFixed(1)) : Math.round(percents)}%`;
}

/** Three digits, without an exponent. */
export function figureText(value: number): string {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

/** @returns such as `1 order` and `2 orders` */
export const counted = (number: number, what: string): string =>
  `${number} ${what}${number === 1 ? '' : 's'}`;
