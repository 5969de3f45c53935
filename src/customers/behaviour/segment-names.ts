import type { BehaviourLift, Trait } from './behaviour.ts';
import type { Feature } from './features.ts';
import { figureText, percentText, type Words } from './words.ts';

/**
 * A difference is worth a word when it is of medium size (Cohen 1988) and, before figures are drawn to the mean, which brings them
 * close together where little is habit, at least a small one.
 */
export const isWorthAWord = ({ difference, distance }: Trait): boolean =>
  Math.abs(difference) >= 0.5 && Math.abs(distance) >= 0.2;

/** So many traits make a name, more where it would be another segment's. */
const traitsOfName = 3;

/** Two kinds of products make a name, one trait of anything else. */
const mostOfBlock = (block: Feature['block']): number => (block === 'kinds' ? 2 : 1);

/**
 * A name of the strongest traits for each segment in turn, no two alike in either language.
 *
 * @param taken names that are given already
 */
export function nameSegments(
  segments: readonly (readonly Trait[])[],
  features: readonly Feature[],
  taken: readonly Words[],
): Words[] {
  const used = taken.slice();
  return segments.map((traits) => {
    const phrases = phrasesOf(traits, features);
    const lone = segments.length + taken.length === 1;
    const isFree = ({ en, zh }: Words): boolean => used.every((other) => other.en !== en && other.zh !== zh);
    const plain = lone ? everybody : joined(phrases.slice(0, traitsOfName));
    let name = plain;
    for (let n = traitsOfName + 1; n <= phrases.length && !isFree(name); n++)
      name = joined(phrases.slice(0, n));
    if (!isFree(name)) name = plain;
    for (let n = 2; !isFree(name); n++) name = { en: `${plain.en} (${n})`, zh: `${plain.zh}（${n}）` };
    used.push(name);
    return name;
  });
}

const everybody: Words = { en: 'All customers', zh: '全部顾客' };
const average: Words = { en: 'Average customers', zh: '普通顾客' };

function joined(phrases: readonly Words[]): Words {
  if (phrases.length === 0) return average;
  const en = phrases.map((phrase) => phrase.en).join(', ');
  return { en: `${en[0].toUpperCase()}${en.slice(1)}`, zh: phrases.map(({ zh }) => zh).join('、') };
}

/**
 * What a segment may be called after, the strongest first: only what made it, as who is placed by the rest may be anything else.
 * That it buys little of something is no name.
 */
function phrasesOf(traits: readonly Trait[], features: readonly Feature[]): Words[] {
  const counts = new Map<Feature['block'], number>();
  return traits.flatMap((trait) => {
    const { name, block, difference, isClustered } = trait;
    const count = counts.get(block) ?? 0;
    const isLow = difference < 0;
    if (!isClustered || !isWorthAWord(trait) || count >= mostOfBlock(block)) return [];
    if (isLow && (block === 'kinds' || block === 'channel')) return [];
    counts.set(block, count + 1);
    const feature = features.find((other) => other.name === name)!;
    return [isLow ? feature.low : feature.high];
  });
}

export interface SentenceFigures {
  readonly customers: number;
  readonly customerShare: number;
  readonly revenueShare: number | null;
  readonly traits: readonly Trait[];
  readonly products: readonly BehaviourLift[];
}

/** One sentence on who they are. */
export function segmentSentence(figures: SentenceFigures): Words {
  const { customers, customerShare, revenueShare, traits, products } = figures;
  const strongest = traits.filter(isWorthAWord).slice(0, 4);
  const best = products.slice(0, 3);
  const enParts = [
    `${customers} ${customers === 1 ? 'customer' : 'customers'} (${percentText(customerShare)})${revenueShare === null ? '' : ` with ${percentText(revenueShare)} of the revenue`}`,
  ];
  const zhParts = [
    `${customers} 位顾客（${percentText(customerShare)}）${revenueShare === null ? '' : `，占收入 ${percentText(revenueShare)}`}`,
  ];
  if (strongest.length > 0) {
    enParts.push(`against all others: ${strongest.map((trait) => compared(trait, 'en')).join(', ')}`);
    zhParts.push(`与其他顾客相比：${strongest.map((trait) => compared(trait, 'zh')).join('，')}`);
  }
  if (best.length > 0) {
    enParts.push(
      `bought beyond their share: ${best.map(({ name, lift }) => `${name} (× ${figureText(lift)})`).join(', ')}`,
    );
    zhParts.push(`偏爱：${best.map(({ name, lift }) => `${name}（${figureText(lift)} 倍）`).join('、')}`);
  }
  return { en: `${enParts.join('; ')}.`, zh: `${zhParts.join('；')}。` };
}

function compared({ label, unit, here, elsewhere }: Trait, language: keyof Words): string {
  const text = unit === 'share' ? percentText : figureText;
  return language === 'en'
    ? `${label.en} ${text(here)} (${text(elsewhere)})`
    : `${label.zh} ${text(here)}（${text(elsewhere)}）`;
}
