import { type Placement, type PlacementSettings, placementNames, placements } from '../offers/placements.ts';
import type { Policy } from '../offers/policies/policy.ts';
import { noPolicies, PolicyBook } from '../offers/policies/policy-book.ts';
import { attributeOf } from '../offers/policies/segment-ids.ts';
import type { CustomerBook } from './customer-book.ts';
import { SegmentMembership } from './segment-membership.ts';

/** What the shop has set of its placements; the rest is as it comes. */
export type ChangedPlacements = Readonly<Partial<Record<Placement, Partial<PlacementSettings>>>>;

/** A customer's attributes, as far as policies ask about them. */
export interface CustomerAttributes {
  readonly code: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The shop's policies and the settings of its placements, as the request path reads them. */
export class LivePolicies {
  #policies: readonly Policy[] = [];
  #book: PolicyBook = noPolicies;
  #settings: Readonly<Record<Placement, PlacementSettings>> = placements;
  #members = new Map<string, Set<string>>();
  #customers: CustomerBook | null = null;
  #membership = new SegmentMembership([], null, new Map());
  #version = 0;

  /** Another one after each change of policies, settings or of who is in which segment. */
  get version(): number {
    return this.#version;
  }

  /** All that are stored, on or off, in order of their ids. */
  get policies(): readonly Policy[] {
    return this.#policies;
  }

  get book(): PolicyBook {
    return this.#book;
  }

  settings(placement: Placement): PlacementSettings {
    return this.#settings[placement];
  }

  /** The names of customers' attributes that policies ask about. */
  get attributes(): readonly string[] {
    return [...new Set(this.#conditions().map(({ name }) => name))];
  }

  /**
   * Takes in all policies and settings anew; the next request follows them.
   *
   * @returns names of attributes whose customers are to be told by `putCustomers`, as nobody asked about them before
   */
  put(policies: readonly Policy[], changed: ChangedPlacements): string[] {
    this.#policies = policies.toSorted((a, b) => a.id - b.id);
    this.#book = new PolicyBook(policies);
    const settings = placementNames.map((name) => [name, { ...placements[name], ...changed[name] }] as const);
    this.#settings = Object.fromEntries(settings) as Record<Placement, PlacementSettings>;
    const known = this.#members;
    const conditions = this.#conditions();
    this.#members = new Map(conditions.map(({ id }) => [id, known.get(id) ?? new Set<string>()]));
    this.#renew();
    return [...new Set(conditions.filter(({ id }) => !known.has(id)).map(({ name }) => name))];
  }

  /** Forgets customers' attributes: what `put` returns next is all that policies ask about. */
  forgetCustomers(): void {
    this.#members = new Map();
    this.#renew();
  }

  /** Takes in customers whose attributes may have changed. */
  putCustomers(customers: Iterable<CustomerAttributes>): void {
    const conditions = this.#conditions();
    if (conditions.length > 0) this.#version++;
    for (const { code, attributes } of customers) {
      for (const { id, name, value } of conditions) {
        const members = this.#members.get(id);
        if (attributeText(attributes[name]) === value) members?.add(code);
        else members?.delete(code);
      }
    }
  }

  /** @param customers of the model in service; null where they were not studied */
  serve(customers: CustomerBook | null): void {
    this.#customers = customers;
    this.#renew();
  }

  /** The segments that a customer is in, of those that policies ask about. */
  segmentsOf(customer: string): ReadonlySet<string> {
    return this.#membership.of(customer);
  }

  #conditions(): { id: string; name: string; value: string }[] {
    return [...this.#book.segments].flatMap((id) => {
      const attribute = attributeOf(id);
      return attribute ? [{ id, ...attribute }] : [];
    });
  }

  #renew(): void {
    this.#version++;
    this.#membership = new SegmentMembership(this.#book.segments, this.#customers, this.#members);
  }
}

/** An attribute as a segment states it; undefined for what has no such text. */
export function attributeText(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
