import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { areaUnderCurve } from '../../src/learn/scores.ts';
import type { Model } from '../../src/model/model.ts';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, type TestService } from '../support/service.ts';
import {
  leading,
  openAudienceService,
  planted,
  rankedAudienceModel,
  ruleAudienceModel,
  strange,
} from './audience-shop.ts';
import { customerModel, openCustomerService } from './customer-shop.ts';

interface Item {
  rank: number;
  customerId: string;
  probability: number;
  lastOrder: string;
  segments: Record<string, { id: string } | null>;
  because: {
    kind: string;
    products: { productId: string }[];
    towards: { productId: string };
    confidence: number;
  } | null;
}

interface Body {
  size: number;
  owners: string;
  items: Item[];
  nextCursor: string | null;
  expectedResponses: number;
  gains: { share: number; customers: number; expectedResponses: number; lift: number }[];
  // biome-ignore lint/suspicious/noExplicitAny: the rest is looked at as a whole.
  [field: string]: any;
}

/** How surely one of `sought` is probabler than another customer. */
const areaOf = (items: readonly Item[], sought: ReadonlySet<string>): number =>
  areaUnderCurve(
    Float64Array.from(items, ({ probability }) => probability),
    Uint8Array.from(items, ({ customerId }) => (sought.has(customerId) ? 1 : 0)),
  )!;

const ids = (items: readonly Item[]): string[] => items.map(({ customerId }) => customerId);

/** Learnt once, for both databases. */
const learnt = rankedAudienceModel();

describeDatabases('the audience of a product over HTTP', (opened) => {
  let service: TestService;
  let model: Model;
  beforeAll(async () => {
    model = await learnt;
    service = await openAudienceService(opened().database, model);
  });
  afterAll(() => service?.close());
  beforeEach(() => service.shop.serve(1, model));

  const audience = async (product: string, query = ''): Promise<Body> => {
    const { status, body } = await service.get(`/v1/products/${product}/audience?${query}`);
    expect({ status, detail: body.detail }).toEqual({ status: 200, detail: undefined });
    return body;
  };
  const bought = (product: string): Set<string> => {
    const { itemCodes, customerCodes, purchases } = model;
    const item = itemCodes.indexOf(product);
    const found = Array.from({ length: customerCodes.size }, (_, c) => c).filter((c) =>
      purchases.items
        .subarray(
          purchases.itemOffsets[purchases.offsets[c]!],
          purchases.itemOffsets[purchases.offsets[c + 1]!],
        )
        .includes(item),
    );
    return new Set(found.map((c) => customerCodes.get(c)));
  };
  /** Who bought a product on the newest of their days. */
  const boughtLast = (product: string): Set<string> => {
    const { itemCodes, customerCodes, purchases } = model;
    const item = itemCodes.indexOf(product);
    const found = Array.from({ length: customerCodes.size }, (_, c) => c).filter((c) => {
      const end = purchases.offsets[c + 1]!;
      return purchases.items
        .subarray(purchases.itemOffsets[end - 1], purchases.itemOffsets[end])
        .includes(item);
    });
    return new Set(found.map((c) => customerCodes.get(c)));
  };

  it('puts those first whom their last purchase leads to it', async () => {
    const body = await audience(planted, 'owners=include&limit=1000');
    expect(body).toMatchObject({
      modelVersion: '1',
      product: { productId: planted, name: 'Blue planted lamp' },
      unservable: null,
      basis: 'product',
      alike: [],
      size: 120,
      nextCursor: null,
      contact: null,
      buyers: bought(planted).size,
    });
    const due = boughtLast(leading);
    expect(due.size).toBeGreaterThan(5);
    expect(areaOf(body.items, due)).toBeGreaterThan(0.97);
    const first = body.items.find(({ customerId }) => !bought(planted).has(customerId))!;
    expect(first.because).toMatchObject({ kind: 'next', products: [{ productId: leading }] });
    expect(first.because!.confidence).toBeGreaterThan(0.5);
    const probabilities = body.items.map(({ probability }) => probability);
    expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a));
    expect(body.items.map(({ rank }) => rank)).toEqual(probabilities.map((_, n) => n + 1));
    const sum = probabilities.reduce((a, b) => a + b);
    expect(body.expectedResponses).toBeCloseTo(sum, 6);
    expect(body.gains).toHaveLength(20);
    const tenth = body.gains[1]!;
    const firstTwelve = probabilities.slice(0, 12).reduce((a, b) => a + b);
    expect(tenth).toMatchObject({ share: 0.1, customers: 12 });
    expect(tenth.expectedResponses).toBeCloseTo(firstTwelve, 6);
    expect(tenth.lift).toBeCloseTo((firstTwelve / sum) * 10, 6);
  });

  it('leaves owners out, has them alone, or has them too', async () => {
    const owners = bought(planted);
    const without = await audience(planted, 'owners=exclude&limit=1000');
    expect(without.size).toBe(120 - owners.size);
    expect(ids(without.items).filter((id) => owners.has(id))).toEqual([]);
    const only = await audience(planted, 'owners=only&limit=1000');
    expect(new Set(ids(only.items))).toEqual(owners);
    expect(only.items[0]!.because).toMatchObject({ kind: 'bought', products: [{ productId: planted }] });
    const usual = await audience(planted, 'limit=1');
    expect(usual.owners).toBe(usual.repeatShare >= 0.1 ? 'include' : 'exclude');
    const [product] = [service.shop.product(planted)!];
    service.shop.putProducts([{ ...product, attributes: { consumable: usual.owners === 'exclude' } }]);
    expect((await audience(planted, 'limit=1')).owners).not.toBe(usual.owners);
    service.shop.putProducts([product]);
  });

  it('goes on page by page, each customer once', async () => {
    const all = await audience(planted, 'owners=exclude&limit=1000');
    const seen: Item[] = [];
    let cursor = '';
    do {
      const page = await audience(planted, `owners=exclude&limit=40${cursor}`);
      expect(page.size).toBe(all.size);
      seen.push(...page.items);
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    expect(seen).toEqual(all.items);
  });

  it('refuses a cursor of another list or model', async () => {
    const { nextCursor } = await audience(planted, 'limit=5&owners=exclude');
    const path = `/v1/products/${planted}/audience?cursor=${nextCursor}`;
    for (const other of [
      '&owners=include',
      '&owners=exclude&minProbability=0.1',
      '&owners=exclude&segment=newsletter=yes',
    ])
      expect(expectProblem(await service.get(path + other), 400, 'bad-input')).toMatch(/another list/);
    const elsewhere = await service.get(`/v1/products/p14/audience?owners=exclude&cursor=${nextCursor}`);
    expectProblem(elsewhere, 400, 'bad-input');
    expectProblem(await service.get(`/v1/products/${planted}/audience?cursor=no`), 400, 'bad-input');
    service.shop.serve(2, { ...model });
    expect(expectProblem(await service.get(`${path}&owners=exclude`), 409, 'conflict')).toMatch(/model 1/);
  });

  it('is of those alone who agreed, and are probable enough', async () => {
    const all = await audience(planted, 'owners=include&limit=1000');
    const agreed = await audience(planted, 'owners=include&limit=1000&segment=newsletter=yes');
    const isEven = (id: string): boolean => id === strange || Number(id.slice(1)) % 2 === 0;
    expect(ids(agreed.items)).toEqual(ids(all.items).filter(isEven));
    const bound = all.items[29]!.probability;
    const probable = await audience(planted, `owners=include&limit=1000&minProbability=${bound - 1e-9}`);
    expect(ids(probable.items)).toEqual(
      ids(all.items.filter(({ probability }) => probability >= bound - 1e-9)),
    );
    const nobody = await audience(planted, 'minProbability=1');
    expect(nobody).toMatchObject({
      size: 0,
      expectedResponses: 0,
      meanProbability: null,
      gains: [],
      items: [],
    });
    const query = `/v1/products/${planted}/audience?segment=`;
    expect(expectProblem(await service.get(`${query}age=3`), 404, 'not-found')).toMatch(/no customer has/i);
    expect(expectProblem(await service.get(`${query}tier-peak`), 409, 'conflict')).toMatch(/Train again/);
  });

  it('says up to whom contacts pay', async () => {
    const { items, contact } = await audience(planted, 'owners=include&limit=1000&contactCost=1');
    // A price of 10 and a cost of 4.
    expect(contact).toMatchObject({ contactCost: 1, value: 6, valueFrom: 'margin' });
    const paying = items.filter(({ probability }) => probability * 6 > 1);
    expect(contact.customers).toBe(paying.length);
    const profit = paying.reduce((sum, { probability }) => sum + probability * 6 - 1, 0);
    expect(contact.expectedProfit).toBeCloseTo(profit, 3);
    expect((await audience('p5', 'contactCost=1')).contact).toMatchObject({ value: 10, valueFrom: 'price' });
    expect((await audience('p5', 'contactCost=0&value=2.5')).contact).toMatchObject({
      value: 2.5,
      valueFrom: 'query',
    });
    const alone = await service.get('/v1/products/p5/audience?value=3');
    expect(expectProblem(alone, 400, 'bad-input')).toMatch(/contactCost/);
  });

  it('ranks for a new product by those that are like it', async () => {
    const body = await audience('new', 'limit=1000');
    expect(body).toMatchObject({ basis: 'alike', owners: 'exclude', buyers: 0, size: 120 });
    expect(body.alike.map(({ productId }: { productId: string }) => productId).sort()).toEqual([
      'p13',
      'p14',
    ]);
    expect(body.alike.reduce((sum: number, { weight }: { weight: number }) => sum + weight, 0)).toBeCloseTo(
      1,
      9,
    );
    expect(body.calibration.en).toMatch(/No customer has bought it yet: .* of 2 like it/);
    const due = new Set([...boughtLast('p3'), ...boughtLast('p4')]);
    expect(areaOf(body.items, due)).toBeGreaterThan(0.93);
    const kinds = new Set(body.items.map(({ because }) => because?.kind));
    expect(kinds).toContain('alike');
    expect(kinds).toContain('next');
  });

  it('is a file of all customers, in which nothing is a formula', async () => {
    const all = await audience(planted, 'owners=include&limit=1000');
    for (const [query, headers] of [
      ['&format=csv', {}],
      ['', { Accept: 'text/csv' }],
    ] as const) {
      const answer = await service.get(`/v1/products/${planted}/audience?owners=include${query}`, headers);
      expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(answer.headers.get('content-disposition')).toBe('attachment; filename="audience-model-1.csv"');
      const rows = parse(answer.body, { columns: true }) as Record<string, string>[];
      expect(rows.map(({ customerId }) => customerId)).toEqual(
        ids(all.items).map((id) => (id === strange ? JSON.stringify(strange) : id)),
      );
      expect(answer.body).not.toMatch(/(^|,)"?[=+\-@](?![\d.])/m);
      expect(Number(rows[0]!.probability)).toBeCloseTo(all.items[0]!.probability, 5);
      expect(rows[0]).toMatchObject({ rank: '1', lastOrder: all.items[0]!.lastOrder, rfm: '' });
      expect(rows[0]!.because).toBe(all.items[0]!.because!.kind);
    }
    const paged = await service.get(`/v1/products/${planted}/audience?format=csv&limit=3`);
    expect(expectProblem(paged, 400, 'bad-input')).toMatch(/leave out limit/);
  });

  it('goes by rules where nothing was learnt', async () => {
    service.shop.serve(2, ruleAudienceModel());
    const body = await audience('p14', 'owners=include&limit=1000');
    expect(body).toMatchObject({ modelVersion: '2', basis: 'rules', size: 120 });
    expect(body.calibration.en).toMatch(/No ranking could be learnt/);
    expect(body.items.some(({ because }) => because?.kind === 'rule')).toBe(true);
    const without: Model = { ...ruleAudienceModel() };
    const empty = new Int32Array(0);
    service.shop.serve(3, {
      ...without,
      rules: {
        ...without.rules,
        antecedentOffsets: new Int32Array(1),
        antecedentItems: empty,
        consequent: empty,
        supportCount: empty,
        antecedentCount: empty,
        consequentCount: empty,
      },
    });
    const nothing = await service.get(`/v1/products/${planted}/audience`);
    expect(expectProblem(nothing, 409, 'conflict')).toMatch(/minSupport/);
  });

  it('does not list who has bought it since', async () => {
    const before = await audience(planted, 'owners=include&limit=1000');
    const buyer = before.items.find(({ customerId }) => !bought(planted).has(customerId))!.customerId;
    service.shop.addOrder({ id: 1_000_000, customer: buyer, products: [planted] });
    // The ranking of before is remembered, another day's is not.
    const after = await audience(planted, 'owners=include&limit=1000');
    expect(ids(after.items)).toEqual(ids(before.items).filter((id) => id !== buyer));
    expect(after.items.map(({ rank }) => rank)).toEqual(after.items.map((_, n) => n + 1));
    service.shop.serve(2, { ...model });
    expect((await audience(planted, 'owners=include&limit=1')).size).toBe(before.size - 1);
  });

  it.each([
    ['nothing', '', 404, 'not-found', /no product nothing/],
    ['post', '', 400, 'bad-input', /nonProduct/],
    ['odd', '', 409, 'conflict', /PUT \/v1\/products/],
    ['p13', 'limit=1001', 400, 'bad-input', /limit/],
    ['p13', 'owners=some', 400, 'bad-input', /owners/],
    ['p13', 'minProbability=2', 400, 'bad-input', /minProbability/],
    ['p13', 'minProbabilty=0', 400, 'bad-input', /Did you mean minProbability/],
    ['p13', 'contactCost=-1', 400, 'bad-input', /contactCost/],
  ])('is refused for %s with %s', async (product, query, status, code, what) => {
    const answer = await service.get(`/v1/products/${product}/audience?${query}`);
    expect(expectProblem(answer, status, code)).toMatch(what);
  });
});

describeDatabases('the audience of a product by segment', (opened) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openCustomerService(opened().database, await customerModel());
  });
  afterAll(() => service?.close());

  it('is of customers in all the segments, and tells theirs', async () => {
    const get = async (query: string): Promise<Item[]> =>
      (await service.get(`/v1/products/bread/audience?owners=include&${query}`)).body.items;
    const peaks = await get('segment=tier-peak');
    expect(ids(peaks).sort()).toEqual(['ann', 'cid', 'eve']);
    expect(peaks[0]!.segments.tier).toMatchObject({ id: 'tier-peak' });
    expect(ids(await get('segment=tier-peak,country=FR'))).toEqual(['ann']);
    const unknown = await service.get('/v1/products/bread/audience?segment=tier-x');
    expect(expectProblem(unknown, 404, 'not-found')).toMatch(/no segment tier-x/);
  });
});
