/** British, as all English words of ours are: no comma before the last of a list. */
const english = 'en-GB';

/** Stands for a figure that is not known. */
const unknown = '–';

type Unit = 'day' | 'week' | 'month' | 'year';

const unitDays = { day: 1, week: 7, month: 365.25 / 12, year: 365.25 } as const satisfies Record<
  Unit,
  number
>;

/** How figures are written in one language, by the data of CLDR that come with the runtime. What makes them is kept, as it is slow to make. */
export class Formats {
  readonly #locales: string[];
  #list: Intl.ListFormat | undefined;
  #plurals: Intl.PluralRules | undefined;
  #counts: Intl.NumberFormat | undefined;
  #shares: Intl.NumberFormat | undefined;
  #finer: Intl.NumberFormat | undefined;
  #relative: Intl.RelativeTimeFormat | undefined;
  #relativeDays: Intl.RelativeTimeFormat | undefined;
  readonly #units = new Map<Unit, Intl.NumberFormat>();

  /** @param language a tag of BCP 47; one that the runtime knows nothing of is written as English is */
  constructor(language: string) {
    this.#locales = language === 'en' ? [english] : [language, english];
  }

  /** Which forms words take after numbers here, such as `one` and `other`. */
  get pluralForms(): readonly string[] {
    this.#plurals ??= new Intl.PluralRules(this.#locales);
    return this.#plurals.resolvedOptions().pluralCategories;
  }

  pluralForm(count: number): string {
    this.#plurals ??= new Intl.PluralRules(this.#locales);
    return this.#plurals.select(count);
  }

  names(names: readonly string[]): string {
    if (names.length === 0) return unknown;
    if (names.length === 1) return names[0];
    this.#list ??= new Intl.ListFormat(this.#locales);
    return this.#list.format(names);
  }

  text(text: string | undefined): string {
    return text || unknown;
  }

  count(count: number | undefined): string {
    if (!isKnown(count)) return unknown;
    this.#counts ??= new Intl.NumberFormat(this.#locales, { maximumFractionDigits: 0 });
    return this.#counts.format(count);
  }

  /** In per cent, as {@link writtenPercents} rounds it; with a decimal at least under ten. */
  share(share: number | undefined): string {
    if (!isKnown(share)) return unknown;
    const percents = writtenPercents(share);
    if (percents >= 10) {
      this.#shares ??= new Intl.NumberFormat(this.#locales, { style: 'percent' });
      return this.#shares.format(percents / 100);
    }
    const style = { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 10 } as const;
    this.#finer ??= new Intl.NumberFormat(this.#locales, style);
    return this.#finer.format(percents / 100);
  }

  /** How long something takes, such as 10 days, 4 weeks or 3 months. */
  interval(days: number | undefined): string {
    if (!isKnown(days)) return unknown;
    const [count, unit] = rounded(Math.max(1, Math.round(days)), 13);
    let format = this.#units.get(unit);
    if (!format) {
      format = new Intl.NumberFormat(this.#locales, { style: 'unit', unit, unitDisplay: 'long' });
      this.#units.set(unit, format);
    }
    return format.format(count);
  }

  /** How long ago something was, such as today, 27 days ago or 3 months ago; what is yet to come is today. */
  past(days: number | undefined): string {
    if (!isKnown(days)) return unknown;
    const [count, unit] = rounded(Math.max(0, Math.round(days)), 30);
    // "Last year" may be three weeks ago: only of days are there words as true as numbers.
    this.#relative ??= new Intl.RelativeTimeFormat(this.#locales, { numeric: 'always' });
    this.#relativeDays ??= new Intl.RelativeTimeFormat(this.#locales, { numeric: 'auto' });
    return (unit === 'day' ? this.#relativeDays : this.#relative).format(-count, unit);
  }
}

/** The per cents that are written of a share, 0 … 1: only all are 100; under ten with one decimal, under a tenth with one digit. */
export function writtenPercents(share: number): number {
  const tenths = Math.round(share * 1000);
  if (tenths >= 100) return share < 1 ? Math.min(99, Math.round(share * 100)) : 100;
  return tenths === 0 ? Number((share * 100).toPrecision(1)) : tenths / 10;
}

const isKnown = (figure: number | undefined): figure is number => Number.isFinite(figure);

/**
 * So many days in the unit that people would name, and never in a single one of the longer, which rounding would make of a week and a
 * half.
 *
 * @param mostDays that are told as days, at least 10
 */
function rounded(days: number, mostDays: number): [count: number, unit: Unit] {
  const unit =
    days <= mostDays
      ? 'day'
      : days < 2 * unitDays.month
        ? 'week'
        : days < 2 * unitDays.year
          ? 'month'
          : 'year';
  return [Math.round(days / unitDays[unit]), unit];
}
