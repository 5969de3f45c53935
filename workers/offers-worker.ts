import { workerData } from 'node:worker_threads';
import * as Comlink from 'comlink';
import { WasmScorer } from '../src/learn/trees/kernel/wasm-scorer.ts';
import type { TableFormat } from '../src/serving/customer-file.ts';
import { customersText, offerFiles } from '../src/serving/offer-file.ts';
import { OfferList, type OfferListOrder } from '../src/serving/offer-list.ts';
import { serve } from './serve.ts';
import { treesKernel } from './shared-training.ts';

/** What the thread starts with. */
export interface OffersThreadData {
  readonly order: OfferListOrder;
  readonly format: TableFormat;
  /** By number, in the order of the file. */
  readonly customers: Int32Array;
}

const { order, format, customers } = workerData as OffersThreadData;
const list = new OfferList(order, (model) => new WasmScorer(treesKernel(), model));
const file = offerFiles[format];

/** Offers to customers as the text of a file: the shop comes once, and then ranges of its customers. */
const api = {
  /** What comes before the customers. */
  head(): string {
    const { snapshot, placement } = order;
    return file.head({ version: snapshot.version, placement, language: list.language });
  },

  /** The text of the customers at these places of the list, `to` not included. */
  text(from: number, to: number): Uint8Array {
    const text = customersText(file, list, customers.subarray(from, to), from === 0);
    const bytes = new TextEncoder().encode(text);
    return Comlink.transfer(bytes, [bytes.buffer]);
  },
};

export type OffersApi = typeof api;

serve(api);
