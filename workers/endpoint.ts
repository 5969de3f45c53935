import * as Comlink from 'comlink';
import { PairwellError } from '../src/errors.ts';

/** The part of a `Worker` or `MessagePort` that Comlink needs. */
interface NodePort {
  postMessage(message: unknown, transfer?: never): void;
  on(event: 'message', listener: (data: unknown) => void): unknown;
  off(event: 'message', listener: (data: unknown) => void): unknown;
}

/**
 * A Node.js port as a Comlink endpoint. Comlink ships such an adapter too, but without types that
 * resolve under NodeNext.
 */
export function nodeEndpoint(port: NodePort): Comlink.Endpoint {
  const listeners = new WeakMap<object, (data: unknown) => void>();
  return {
    postMessage: port.postMessage.bind(port) as Comlink.Endpoint['postMessage'],
    addEventListener(_type, handler) {
      const listener = (data: unknown): void => {
        const event = { data } as MessageEvent;
        if (typeof handler === 'function') handler(event);
        else handler.handleEvent(event);
      };
      listeners.set(handler, listener);
      port.on('message', listener);
    },
    removeEventListener(_type, handler) {
      const listener = listeners.get(handler);
      if (listener) port.off('message', listener);
    },
  };
}

interface ThrownValue {
  value: unknown;
}

interface ThrownMessage {
  message: string;
  name: string;
  stack?: string;
  expected?: Pick<PairwellError, 'code' | 'details'>;
  /** Fields a database error carries (SQLSTATE and the names involved). */
  fields?: Record<string, unknown>;
}

const databaseFields = ['code', 'detail', 'constraint', 'table', 'column', 'severity'] as const;

function serializeThrown({ value }: ThrownValue): [ThrownMessage, ArrayBuffer[]] {
  if (!(value instanceof Error)) return [{ message: String(value), name: 'Error' }, []];
  const message: ThrownMessage = { message: value.message, name: value.name, stack: value.stack };
  if (value instanceof PairwellError) message.expected = { code: value.code, details: value.details };
  else {
    const source = value as unknown as Record<string, unknown>;
    message.fields = Object.fromEntries(
      databaseFields.filter((f) => source[f] !== undefined).map((f) => [f, source[f]]),
    );
  }
  return [message, []];
}

function rethrow(thrown: ThrownMessage): never {
  if (thrown.expected) throw new PairwellError(thrown.expected.code, thrown.message, thrown.expected.details);
  const error = new Error(thrown.message);
  error.name = thrown.name;
  if (thrown.stack) error.stack = thrown.stack;
  throw Object.assign(error, thrown.fields);
}

// Comlink's own handler keeps only name, message and stack; ours keeps the error's code as well.
const thrownHandler = Comlink.transferHandlers.get('throw');
if (thrownHandler) {
  Comlink.transferHandlers.set('throw', {
    canHandle: thrownHandler.canHandle,
    serialize: serializeThrown,
    deserialize: rethrow,
  } as Comlink.TransferHandler<ThrownValue, ThrownMessage>);
}
