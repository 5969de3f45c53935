import { type Words, words } from '../words.ts';

/** The five families of reasons for which customers leave. */
export const reasonFamilies = ['service', 'product', 'price', 'relationship', 'external'] as const;

export type ReasonFamily = (typeof reasonFamilies)[number];

/**
 * The eight causes of switching of Keaveney, "Customer Switching Behavior in Service Industries: An Exploratory Study" (Journal of
 * Marketing 59, 1995, pp. 71–82), who sorted more than 800 incidents told by more than 500 customers.
 */
export const switchingCauses = [
  'pricing',
  'inconvenience',
  'core-service-failure',
  'service-encounter-failure',
  'response-to-failure',
  'competition',
  'ethical-problem',
  'involuntary',
] as const;

export type SwitchingCause = (typeof switchingCauses)[number];

/** One reason for which a customer leaves. */
export interface ReasonCode {
  /** Small letters and hyphens: as it is stored and told to programs. */
  readonly code: string;
  readonly family: ReasonFamily;
  /** Null for a reason that is none of Keaveney's, such as a need that has ended. */
  readonly cause: SwitchingCause | null;
  /** Whether the customer decided it; false where the shop, a third party or fate did. */
  readonly isVoluntary: boolean;
  readonly words: Words;
  /** What shops send for it besides the code, as {@link normalised} writes it. */
  readonly synonyms: readonly string[];
}

export const familyWords: Readonly<Record<ReasonFamily, Words>> = {
  service: words('Service', '服务', '服務'),
  product: words('Product', '产品', '產品'),
  price: words('Price', '价格', '價格'),
  relationship: words('Relationship', '客户关系', '客戶關係'),
  external: words('Outside causes', '外部原因', '外部因素'),
};

export const causeWords: Readonly<Record<SwitchingCause, Words>> = {
  pricing: words('Prices', '价格问题', '價格問題'),
  inconvenience: words('Inconvenience', '不方便', '不便利'),
  'core-service-failure': words('What was sold failed', '核心产品或服务出错', '核心產品或服務出錯'),
  'service-encounter-failure': words('How the customer was treated', '待客不周', '待客不周'),
  'response-to-failure': words('How a failure was answered', '出错后处理不当', '出錯後處理不當'),
  competition: words('Competition', '竞争对手', '競爭對手'),
  'ethical-problem': words('Trust and fairness', '诚信与公平', '誠信與公平'),
  involuntary: words('Nobody wanted it', '非自愿', '非自願'),
};

/**
 * A text as codes and synonyms are compared: full-width letters as plain ones (Unicode NFKC), small letters, and each run of blanks,
 * hyphens, underscores and other marks as one hyphen. `" Too  Expensive!"` and `TOO_EXPENSIVE` both are `too-expensive`.
 */
export function normalised(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}
