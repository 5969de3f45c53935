import { externalReasons } from './codes/external.ts';
import { priceReasons } from './codes/price.ts';
import { productReasons } from './codes/product.ts';
import { relationshipReasons } from './codes/relationship.ts';
import { serviceReasons } from './codes/service.ts';
import type { ReasonCode } from './reason-code.ts';

/**
 * All reasons for which customers leave, family by family. The families are the user's; the codes are ours, each put under the one of
 * Keaveney's eight causes that it is an instance of.
 */
export const reasonCodes: readonly ReasonCode[] = [
  ...serviceReasons,
  ...productReasons,
  ...priceReasons,
  ...relationshipReasons,
  ...externalReasons,
];

const byCode = new Map(reasonCodes.map((reason) => [reason.code, reason]));

/** The reason of a code as it is stored; undefined for any other text. */
export const reasonOf = (code: string): ReasonCode | undefined => byCode.get(code);
