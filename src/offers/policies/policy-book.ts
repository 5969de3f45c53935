import type { Product } from '../catalogue.ts';
import type { Placement } from '../placements.ts';
import { isCurrent, type Policy, type StoredPin, type Targeting } from './policy.ts';

/** What holds in a placement at any time of `[from, until)`, but for segments. */
export interface PolicyWindow {
  readonly from: number;
  readonly until: number;
  /** Numbers of policies for everybody. */
  readonly general: Int32Array;
  /** Numbers of policies for some segments. */
  readonly segmented: Int32Array;
  /** By position; of one position those for segments first, then the older ones. */
  readonly pins: readonly StoredPin[];
}

const between = '\0';

/**
 * The shop's policies, made ready for requests: made anew when one changes. Policies that are not pins have numbers, from 0 in
 * order of their ids.
 */
export class PolicyBook {
  readonly targeting: readonly Targeting[];
  /** The segments that some policy asks about. */
  readonly segments: ReadonlySet<string>;
  readonly #pins: readonly StoredPin[];
  readonly #byProduct = new Map<string, number[]>();
  readonly #byCategory = new Map<string, number[]>();
  readonly #windows = new Map<Placement, PolicyWindow>();

  /** @param policies in any order; those that are not enabled are passed over */
  constructor(policies: Iterable<Policy>) {
    const enabled = [...policies].filter((policy) => policy.enabled).sort((a, b) => a.id - b.id);
    this.#pins = enabled.filter((policy): policy is StoredPin => policy.action === 'pin').sort(byPrecedence);
    this.targeting = enabled.filter((policy): policy is Targeting => policy.action !== 'pin');
    this.segments = new Set(enabled.flatMap(({ segments }) => segments ?? []));
    for (const [number, { products, categories }] of this.targeting.entries()) {
      for (const code of products) list(this.#byProduct, code, number);
      for (const category of categories) list(this.#byCategory, category.join(between), number);
    }
  }

  /** The numbers of the policies about a product, ascending, whether they hold now or not. */
  about({ code, category }: Product): Int32Array {
    const numbers = new Set(this.#byProduct.get(code));
    if (this.#byCategory.size > 0) {
      for (let depth = 1; depth <= category.length; depth++) {
        for (const number of this.#byCategory.get(category.slice(0, depth).join(between)) ?? [])
          numbers.add(number);
      }
    }
    return Int32Array.from(numbers).sort();
  }

  /** What holds in a placement now. */
  window(placement: Placement, now: number): PolicyWindow {
    const known = this.#windows.get(placement);
    if (known && known.from <= now && now < known.until) return known;
    const window = this.#windowAt(placement, now);
    this.#windows.set(placement, window);
    return window;
  }

  #windowAt(placement: Placement, now: number): PolicyWindow {
    let [from, until] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    const holds = (policy: Policy): boolean => {
      if (policy.placements !== null && !policy.placements.includes(placement)) return false;
      for (const edge of [policy.startsAt, policy.endsAt]) {
        if (edge === null) continue;
        if (edge <= now) from = Math.max(from, edge);
        else until = Math.min(until, edge);
      }
      return isCurrent(policy, now);
    };
    const pins = this.#pins.filter(holds);
    const holding = [...this.targeting.keys()].filter((number) => holds(this.targeting[number]));
    const isGeneral = (number: number): boolean => this.targeting[number].segments === null;
    return {
      from,
      until,
      general: Int32Array.from(holding.filter(isGeneral)),
      segmented: Int32Array.from(holding.filter((number) => !isGeneral(number))),
      pins,
    };
  }
}

/** Whether a customer of these segments is meant. */
export function isMeant({ segments }: Policy, inSegments: ReadonlySet<string>): boolean {
  return segments === null || segments.some((id) => inSegments.has(id));
}

function byPrecedence(a: StoredPin, b: StoredPin): number {
  return a.position - b.position || Number(a.segments === null) - Number(b.segments === null) || a.id - b.id;
}

function list(lists: Map<string, number[]>, key: string, number: number): void {
  const known = lists.get(key);
  if (known) known.push(number);
  else lists.set(key, [number]);
}

/** No policy at all. */
export const noPolicies = new PolicyBook([]);
