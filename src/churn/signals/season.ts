/**
 * A clock that runs faster when the shop sells more: by it a customer whose rate follows the shop's season is as likely to order on one
 * day as on another (time rescaling: Brown et al., Neural Computation 14, 2002, after Ogata, JASA 83, 1988). A year of it is a year.
 */
export interface SeasonClock {
  /** The first day that the clock tells, since 1970-01-01; before it and after its last day it runs like any other. */
  readonly firstDay: number;
  /** What it shows at the beginning of each day; one more at the end of the last. */
  readonly time: Float64Array;
  /** By week of the year, 0 … 51 (the last has eight or nine days): how many times as much is sold as over the year. */
  readonly byWeek: Float64Array;
}

/** A year and a half: then at least 26 weeks were seen twice, which tells season from growth. */
export const fewestSeasonDays = 548;

const weeks = 52;

/** So far does the clock run ahead: a silence that is not alarmed within it is not alarmed. */
const daysAhead = 3653;

const dayOfYear = (day: number): number => {
  const date = new Date(day * 86_400_000);
  return Math.round((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000);
};

const weekOf = (day: number): number => Math.min(weeks - 1, Math.floor(dayOfYear(day) / 7));

/**
 * The shop's clock, from the orders of all customers by day; null where less than {@link fewestSeasonDays} were seen. What is sold in a
 * week is taken to be a trend (a power of e in time) times the season of that week, both found in turns; the season is drawn to 1 as far
 * as the weeks differ by chance alone (gamma prior, its variance by moments).
 *
 * @param days of orders, in any order
 * @param today the last day that counts, since 1970-01-01
 */
export function seasonClock(days: Int32Array, today: number): SeasonClock | null {
  let firstDay = today;
  for (const day of days) if (day < firstDay) firstDay = day;
  const length = today - firstDay + 1;
  if (length < fewestSeasonDays) return null;
  const seen = new Float64Array(length);
  for (const day of days) if (day <= today) seen[day - firstDay]++;
  const week = Int32Array.from(seen, (_, n) => weekOf(firstDay + n));
  const byWeek = seasonOf(seen, week);
  const time = new Float64Array(length + daysAhead + 1);
  for (let n = 0; n + 1 < time.length; n++) {
    time[n + 1] = time[n] + byWeek[n < length ? week[n] : weekOf(firstDay + n)];
  }
  return { firstDay, time, byWeek };
}

/** What the clock shows when the day begins; days themselves without a clock. */
export function clockTime(clock: SeasonClock | null, day: number): number {
  if (clock === null) return day;
  const { firstDay, time } = clock;
  const at = day - firstDay;
  const last = time.length - 1;
  if (at <= 0) return at;
  if (at >= last) return time[last] + at - last;
  const whole = Math.floor(at);
  return time[whole] + (at - whole) * (time[whole + 1] - time[whole]);
}

/** How fast the clock runs on a day. */
export function clockRate(clock: SeasonClock, day: number): number {
  return clockTime(clock, day + 1) - clockTime(clock, day);
}

function seasonOf(seen: Float64Array, week: Int32Array): Float64Array {
  let season: Float64Array = new Float64Array(weeks).fill(1);
  for (let round = 0; round < 20; round++) {
    const trend = trendOf(seen, week, season);
    const orders = new Float64Array(weeks);
    const expected = new Float64Array(weeks);
    for (let n = 0; n < seen.length; n++) {
      orders[week[n]] += seen[n];
      expected[week[n]] += trend[n];
    }
    const ratios = orders.map((count, w) => (expected[w] > 0 ? count / expected[w] : 1));
    const noise = expected.reduce((sum, count) => sum + (count > 0 ? 1 / count : 0), 0) / weeks;
    const variance = ratios.reduce((sum, ratio) => sum + (ratio - 1) ** 2, 0) / weeks - noise;
    const strength = variance > 1e-4 ? 1 / variance : 1e4;
    const drawn = orders.map((count, w) => (count + strength) / (expected[w] + strength));
    season = overTheYear(drawn);
  }
  return season;
}

/** Neighbours share some of what they say; a year of it is a year, its last week being longer. */
function overTheYear(drawn: Float64Array): Float64Array {
  const smooth = drawn.map(
    (own, w) => (drawn[(w + weeks - 1) % weeks] + 2 * own + drawn[(w + 1) % weeks]) / 4,
  );
  const length = (w: number): number => (w === weeks - 1 ? 365.25 - 7 * (weeks - 1) : 7);
  const sum = smooth.reduce((total, rate, w) => total + rate * length(w), 0);
  return smooth.map((rate) => (rate * 365.25) / sum);
}

/** Orders a day without the season: Poisson regression on time by Newton's method. */
function trendOf(seen: Float64Array, week: Int32Array, season: Float64Array): Float64Array {
  const days = seen.length;
  const total = seen.reduce((sum, count) => sum + count, 0);
  let level = Math.log(Math.max(total, 1) / days);
  let slope = 0;
  const at = (n: number): number => (2 * n) / days - 1;
  for (let step = 0; step < 25; step++) {
    let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
    for (let n = 0; n < days; n++) {
      const mean = season[week[n]] * Math.exp(level + slope * at(n));
      g0 += seen[n] - mean;
      g1 += (seen[n] - mean) * at(n);
      h00 += mean;
      h01 += mean * at(n);
      h11 += mean * at(n) ** 2;
    }
    const determinant = h00 * h11 - h01 * h01;
    if (!(determinant > 0)) break;
    const up = (h11 * g0 - h01 * g1) / determinant;
    const along = (h00 * g1 - h01 * g0) / determinant;
    level += Math.max(-1, Math.min(1, up));
    slope = Math.max(-5, Math.min(5, slope + Math.max(-1, Math.min(1, along))));
    if (Math.abs(up) + Math.abs(along) < 1e-9) break;
  }
  return Float64Array.from(seen, (_, n) => Math.exp(level + slope * at(n)));
}
