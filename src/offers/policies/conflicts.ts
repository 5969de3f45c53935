import { type Product, unservable } from '../catalogue.ts';
import { type Placement, placementNames } from '../placements.ts';
import { type Pin, type Policy, type PolicyDefinition, targets } from './policy.ts';
import { meet, segmentOverlap } from './scopes.ts';

/** Something about a policy that its author should know. */
export interface Finding {
  readonly code:
    | 'unknown-product'
    | 'hidden-pin'
    | 'position-taken'
    | 'pinned-twice'
    | 'not-on-sale'
    | 'beyond-limit'
    | 'over'
    | 'several-factors'
    | 'unknown-segment';
  readonly message: string;
  /** The other policy, where there is one. */
  readonly policy?: number;
}

export interface Findings {
  /** For these it is refused. */
  readonly conflicts: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** What a policy is looked at against. */
export interface PolicySurroundings {
  /** The other policies that are stored, on or off. */
  readonly others: readonly Policy[];
  readonly productOf: (code: string) => Product | undefined;
  /** How many offers a placement shows. */
  readonly limitOf: (placement: Placement) => number;
  /** Whether the model in service has a segment; undefined where that cannot be told. */
  readonly hasSegment: (id: string) => boolean | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Finds what contradicts a policy and what it may not do as meant. A contradiction is one that some customer is sure to meet at some
 * time and place. What depends on the customer is a warning: then a policy that hides beats one that pins; of two pins for one
 * position the one for segments beats the one for everybody, and else the older one wins. One that is off contradicts nothing.
 */
export function findingsOf(policy: PolicyDefinition, surroundings: PolicySurroundings): Findings {
  const findings = { conflicts: [] as Finding[], warnings: [] as Finding[] };
  if (!policy.enabled) return findings;
  lookAt(policy, surroundings, findings);
  for (const other of surroundings.others) {
    if (other.enabled && meet(policy, other)) lookAtBoth(policy, other, surroundings, findings);
  }
  return findings;
}

type Collected = { readonly [Side in keyof Findings]: Finding[] };

function lookAt(
  policy: PolicyDefinition,
  { productOf, limitOf, hasSegment, now }: PolicySurroundings,
  { conflicts, warnings }: Collected,
): void {
  if (policy.endsAt !== null && policy.endsAt <= now)
    warnings.push({
      code: 'over',
      message: 'Its time is over: it does nothing any more. Set endsAt to later.',
    });
  for (const id of policy.segments ?? []) {
    if (hasSegment(id) !== false) continue;
    const message = `The model in service has no segment ${id}: until one has, it is nobody's. GET /v1/segments lists them.`;
    warnings.push({ code: 'unknown-segment', message });
  }
  if (policy.action !== 'pin') {
    const unknown = policy.products.filter((code) => productOf(code) === undefined);
    if (unknown.length > 0) {
      const message = `Not in the catalogue: ${unknown.join(', ')}. It does nothing to them until they are (PUT /v1/products).`;
      warnings.push({ code: 'unknown-product', message });
    }
    return;
  }
  const product = productOf(policy.product);
  if (product === undefined) {
    const message = `There is no product ${policy.product} to pin. Send it first (PUT /v1/products), or correct productId.`;
    conflicts.push({ code: 'unknown-product', message });
  }
  const why = product && unservable(product);
  if (why !== undefined) {
    const message = `The product ${policy.product} is ${why}: the pin is skipped for as long as it is.`;
    warnings.push({ code: 'not-on-sale', message });
  }
  const short = (policy.placements ?? placementNames).filter((name) => limitOf(name) < policy.position);
  if (short.length > 0) {
    const message = `Fewer than ${policy.position} offers are shown in ${short.join(', ')}: there it holds only for requests with a higher limit.`;
    warnings.push({ code: 'beyond-limit', message });
  }
}

function lookAtBoth(
  policy: PolicyDefinition,
  other: Policy,
  { productOf }: PolicySurroundings,
  findings: Collected,
): void {
  if (policy.action === 'pin' && other.action === 'pin') twoPins(policy, other, findings);
  else if (policy.action === 'pin' && other.action === 'hide') {
    if (targets(other, policy.product, productOf(policy.product)?.category ?? []))
      hiddenPin(policy, other, other, findings);
  } else if (policy.action === 'hide' && other.action === 'pin') {
    if (targets(policy, other.product, productOf(other.product)?.category ?? []))
      hiddenPin(other, policy, other, findings);
  } else if ('factor' in policy && 'factor' in other && segmentOverlap(policy, other) !== 'none') {
    const shared = policy.products.filter((code) => other.products.includes(code));
    if (shared.length === 0) return;
    const message = `${nameOf(other)} weighs ${shared.join(', ')} too: the factors are multiplied.`;
    findings.warnings.push({ code: 'several-factors', message, policy: other.id });
  }
}

function twoPins(pin: Pin, other: Pin & Policy, { conflicts, warnings }: Collected): void {
  const overlap = segmentOverlap(pin, other);
  if (overlap === 'none') return;
  const isCertain = overlap === 'certain' && (pin.segments === null) === (other.segments === null);
  const to = isCertain ? conflicts : warnings;
  const policy = other.id;
  if (pin.position === other.position && pin.product !== other.product) {
    const who = pin.segments === null || other.segments === null ? 'the one for segments' : 'the older one';
    const what = isCertain
      ? 'Take another position, other placements, dates or segments, or change that policy.'
      : `Customers whom both are for see ${who}.`;
    const message = `${nameOf(other)} pins ${other.product} to position ${other.position} at the same time and place. ${what}`;
    to.push({ code: 'position-taken', message, policy });
  }
  if (pin.product === other.product) {
    const what = isCertain
      ? 'A product takes one place: change that policy instead.'
      : 'Customers whom both are for see it at the first place that is free.';
    const message = `${nameOf(other)} pins ${other.product} already, to position ${other.position}, at the same time and place. ${what}`;
    to.push({ code: 'pinned-twice', message, policy });
  }
}

/** @param stored the one of the two that is there already */
function hiddenPin(
  pin: Pin,
  hide: PolicyDefinition,
  stored: Policy,
  { conflicts, warnings }: Collected,
): void {
  const overlap = segmentOverlap(pin, hide);
  if (overlap === 'none') return;
  // To pin a product for everybody and hide it from some is no contradiction.
  const isCertain = overlap === 'certain' && !(pin.segments === null && hide.segments !== null);
  const does = stored.action === 'hide' ? 'hides' : 'pins';
  const what = isCertain
    ? 'Nobody can see a product at its place and not see it: change its dates, placements or segments, or that policy.'
    : 'What hides beats what pins: customers whom both are for do not see it.';
  const message = `${nameOf(stored)} ${does} ${pin.product} at the same time and place. ${what}`;
  (isCertain ? conflicts : warnings).push({ code: 'hidden-pin', message, policy: stored.id });
}

const nameOf = ({ id, name }: Policy): string => `The policy ${id}, "${name}",`;
