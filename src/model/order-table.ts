/** Purchases as integer columns: what the train job reads and everything in a model is worked out from. */
export interface OrderTable {
  /** One entry per order with at least one purchased product. Days since 1970-01-01, in the shop's clock. */
  readonly day: Int32Array;
  /** The order's customer, or −1. */
  readonly customer: Int32Array;
  /** Customers are 0 … customerCodes.length − 1; the code of one who was forgotten is empty. */
  readonly customerCodes: readonly string[];
  /** The customer's segment, or −1. */
  readonly customerSegment: Int32Array;
  readonly segmentNames: readonly string[];
  /** Items are 0 … itemCodes.length − 1; each was bought at least once. */
  readonly itemCodes: readonly string[];
}
