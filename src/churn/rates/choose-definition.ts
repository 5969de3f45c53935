import { PairwellError } from '../../errors.ts';
import { joined, type Words } from '../words.ts';
import { checkDefinition, type LeavingDefinition, type LeavingSources } from './definition.ts';
import { aliveUntold, definitionWords, reasonWords, silenceWords } from './definition-words.ts';
import { type ShopGaps, shopGaps } from './shop-gaps.ts';

/** A definition, or a part of one: the rest is taken from the shop's data, or as it is by default. */
export type DefinitionWish =
  /** `graceDays` 7: a late renewal is no loss. */
  | { readonly kind: 'contracts'; readonly graceDays?: number }
  /** `factor` 1, `shopSilence` and `leastSilence` from the shop's gaps. */
  | {
      readonly kind: 'rhythm';
      readonly factor?: number;
      readonly shopSilence?: number;
      readonly leastSilence?: number;
    }
  /** `days` 90. */
  | { readonly kind: 'silence'; readonly days?: number }
  /** `threshold` 0.5, `shopSilence` from the shop's gaps. */
  | { readonly kind: 'alive'; readonly threshold?: number; readonly shopSilence?: number };

export interface ChosenDefinition {
  readonly definition: LeavingDefinition;
  /** When somebody has left. */
  readonly words: Words;
  /** Why it is this one, and where its figures are from. */
  readonly reason: Words;
  /** What the shop's own silence comes from; `percent` is the quantile. */
  readonly gaps: ShopGaps & { readonly percent: number };
}

/** One in ten who come back is called gone too early. */
const quantilePercent = 90;

/** What is taken where the gaps do not tell, in days. */
export const assumedSilence = 90;

/**
 * The definition by which a shop's customers leave: as wished, else by contracts if there are any, else by silence that is longer than the
 * own rhythm allows.
 *
 * @throws PairwellError `bad-input` for a figure that cannot be, for contracts where there are none, and for `alive` without a model
 */
export function chooseDefinition(sources: LeavingSources, wish?: DefinitionWish): ChosenDefinition {
  const { contracts } = sources.ledger;
  const hasContracts = contracts.start.length > 0;
  const gaps = { ...shopGaps(sources.days, quantilePercent), percent: quantilePercent };
  const kind = wish?.kind ?? (hasContracts ? 'contracts' : 'rhythm');
  if (kind === 'contracts' && !hasContracts)
    throw new PairwellError(
      'bad-input',
      'Nobody has a contract: send contracts, or define leaving by "rhythm", "silence" or "alive".',
    );
  if (kind === 'alive' && !sources.alive)
    throw new PairwellError(
      'bad-input',
      'Who is alive takes a model that tells it: give one, or define leaving by "rhythm" or "silence".',
    );
  const definition = completed(wish ?? { kind }, gaps);
  checkDefinition(definition);
  const reasons = [reasonWords(kind, wish !== undefined)];
  const isWished = wish && 'shopSilence' in wish && wish.shopSilence !== undefined;
  if ('shopSilence' in definition && !isWished) reasons.push(silenceWords(definition.shopSilence, gaps));
  if (kind === 'alive' && !sources.alive!.tellsAlive(1)) reasons.push(aliveUntold);
  return { definition, words: definitionWords(definition), reason: joined(...reasons), gaps };
}

function completed(wish: DefinitionWish, { median, earlyQuantile }: ShopGaps): LeavingDefinition {
  const own = Math.ceil(earlyQuantile ?? assumedSilence);
  switch (wish.kind) {
    case 'contracts':
      return { kind: wish.kind, graceDays: wish.graceDays ?? 7 };
    case 'rhythm': {
      const { factor = 1, shopSilence = own, leastSilence = Math.ceil(median ?? 0) } = wish;
      return { kind: wish.kind, factor, shopSilence, leastSilence };
    }
    case 'silence':
      return { kind: wish.kind, days: wish.days ?? assumedSilence };
    case 'alive':
      return { kind: wish.kind, threshold: wish.threshold ?? 0.5, shopSilence: wish.shopSilence ?? own };
  }
}
