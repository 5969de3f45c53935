import { describe, expect, it } from 'vitest';
import { isUnavailable, isUniqueViolation, refusedValue } from './errors.ts';

const coded = (code: unknown, message = '') => Object.assign(new Error(message), { code });
const wrapped = (cause: Error) => new Error('Failed query', { cause: new Error('In between', { cause }) });

describe('isUniqueViolation', () => {
  it('is true of that error alone, however deep it lies', () => {
    expect(isUniqueViolation(coded('23505'))).toBe(true);
    expect(isUniqueViolation(wrapped(coded('23505')))).toBe(true);
    expect(isUniqueViolation(coded('23503'))).toBe(false);
    expect(isUniqueViolation(coded(23505))).toBe(false);
    expect(isUniqueViolation('23505')).toBe(false);
    expect(isUniqueViolation(undefined)).toBe(false);
  });
});

describe('isUnavailable', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', 'CONNECTION_ENDED', 'CONNECT_TIMEOUT', '08006', '57P03', '40001'])(
    'is true of %s',
    (code) => {
      expect(isUnavailable(wrapped(coded(code)))).toBe(true);
    },
  );

  it.each(['23505', '22003', '42601', 'ENOENT', '', undefined])('is false of %s', (code) => {
    expect(isUnavailable(wrapped(coded(code)))).toBe(false);
  });
});

describe('refusedValue', () => {
  it('is what the database said of the value', () => {
    expect(refusedValue(wrapped(coded('22P05', 'unsupported Unicode escape sequence')))).toBe(
      'unsupported Unicode escape sequence',
    );
    expect(refusedValue(coded('23505', 'duplicate'))).toBeUndefined();
    expect(refusedValue(coded('22', 'no such code'))).toBeUndefined();
  });
});
