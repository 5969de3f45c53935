import { describe, expect, it } from 'vitest';
import { environment, readConfig } from './config.ts';

describe('readConfig', () => {
  it('has a default for every variable', () => {
    expect(readConfig({})).toEqual({
      PAIRWELL_DATA: './data',
      PORT: 8080,
      HOST: '127.0.0.1',
      PAIRWELL_API_KEYS: [],
      PAIRWELL_RATE_LIMIT: 0,
      PAIRWELL_BODY_LIMIT: 5_242_880,
      PAIRWELL_KEPT_ANSWERS: 10_000,
      PAIRWELL_SEGMENT_BY: 'country',
      PAIRWELL_LOG_LEVEL: 'info',
    });
  });

  const given = {
    DATABASE_URL: 'postgres://user:secret@db.example:5433/shop?sslmode=require',
    PAIRWELL_DATA: '/var/lib/pairwell',
    PORT: '0',
    HOST: '0.0.0.0',
    PAIRWELL_API_KEYS: 'storefront:browse-12345',
    PAIRWELL_RATE_LIMIT: '600',
    PAIRWELL_BODY_LIMIT: '1024',
    PAIRWELL_KEPT_ANSWERS: '0',
    PAIRWELL_THREADS: '3',
    PAIRWELL_SEGMENT_BY: 'tier',
    PAIRWELL_LOG_LEVEL: 'debug',
  };

  it('reads every variable', () => {
    expect(readConfig(given)).toEqual({
      ...given,
      PORT: 0,
      PAIRWELL_API_KEYS: [{ role: 'storefront', secret: 'browse-12345' }],
      PAIRWELL_RATE_LIMIT: 600,
      PAIRWELL_BODY_LIMIT: 1024,
      PAIRWELL_KEPT_ANSWERS: 0,
      PAIRWELL_THREADS: 3,
    });
    expect(Object.keys(given).sort()).toEqual(Object.keys(environment.shape).sort());
  });

  it('takes an empty or blank variable for an unset one', () => {
    const blank = Object.fromEntries(Object.keys(given).map((name, n) => [name, ' '.repeat(n % 2)]));
    expect(readConfig(blank)).toEqual(readConfig({}));
    expect(readConfig({ PORT: undefined })).toEqual(readConfig({}));
  });

  it('ignores variables of others', () => {
    expect(readConfig({ PATH: '/bin', PAIRWELL_UNKNOWN: 'x' })).toEqual(readConfig({}));
  });

  it.each([
    ['DATABASE_URL', 'mysql://localhost/shop'],
    ['DATABASE_URL', 'localhost:5432'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', 'http'],
    ['PAIRWELL_API_KEYS', 'short'],
    ['PAIRWELL_API_KEYS', 'long-enough-key,analyst:short'],
    ['PAIRWELL_RATE_LIMIT', '-1'],
    ['PAIRWELL_BODY_LIMIT', '1023'],
    ['PAIRWELL_BODY_LIMIT', '5MB'],
    ['PAIRWELL_THREADS', '0'],
    ['PAIRWELL_THREADS', '257'],
    ['PAIRWELL_LOG_LEVEL', 'verbose'],
  ])('refuses %s=%s by name, without telling the value', (name, value) => {
    const reading = () => readConfig({ [name]: value });
    expect(reading).toThrow(
      expect.objectContaining({ code: 'bad-input', message: expect.stringContaining(`${name}: `) }),
    );
    expect(reading).not.toThrow(value);
  });

  it('names every variable that is wrong', () => {
    const reading = () => readConfig({ PORT: 'x', PAIRWELL_THREADS: 'y', HOST: 'localhost' });
    expect(reading).toThrow(/PORT: .*; PAIRWELL_THREADS: /);
    expect(reading).not.toThrow(/HOST/);
  });

  it.each([
    ['', []],
    [' , ', []],
    ['key-for-all-rights', [{ role: 'operator', secret: 'key-for-all-rights' }]],
    [
      'storefront:12345678, analyst:a:b:c:d:e ,operator:12345678x',
      [
        { role: 'storefront', secret: '12345678' },
        { role: 'analyst', secret: 'a:b:c:d:e' },
        { role: 'operator', secret: '12345678x' },
      ],
    ],
    // No role of ours before the colon: it belongs to the secret.
    ['clerk:12345678', [{ role: 'operator', secret: 'clerk:12345678' }]],
  ])('reads the keys %o', (text, keys) => {
    expect(readConfig({ PAIRWELL_API_KEYS: text }).PAIRWELL_API_KEYS).toEqual(keys);
  });
});
