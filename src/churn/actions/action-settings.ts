/** A way to reach customers. */
export interface ContactChannel {
  /** As it is told to whoever does the contacting. */
  readonly id: string;
  /** Of one contact, in money, ≥ 0. */
  readonly cost: number;
  /** Whether it is somebody to talk to. */
  readonly isPersonal: boolean;
  /** Contacts a day; null for any number. */
  readonly mostADay: number | null;
  /** What orders and events call it besides its id. */
  readonly aliases: readonly string[];
}

/** How the actions of a day are chosen. Plain data. */
export interface ActionSettings {
  /** One at least; at most 31. */
  readonly channels: readonly ContactChannel[];
  readonly controlShare: number;
  readonly periodDays: number;
  readonly seed: number;
  /** Nobody is on a list again, or contacted after another contact, for so many days. */
  readonly quietDays: number;
  /** A complaint that was not solved, a failed payment and a stated reason count for so many days. */
  readonly triggerDays: number;
  /** Contacts a day in all channels, and what they may cost with what they promise; null for any. */
  readonly mostADay: number | null;
  readonly budget: number | null;
  /** What a tailored price gives away: the share of the value of a customer who stays. */
  readonly priceShare: number;
}
