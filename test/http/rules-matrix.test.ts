import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, type TestService } from '../support/service.ts';
import { openRuleService, ruleCategories, ruleModel, ruleOrders } from './rule-shop.ts';

describeDatabases('the matrix of rules over HTTP', (opened) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openRuleService(opened().database);
  });
  afterAll(() => service?.close());

  const matrix = async (query: string) => {
    const { status, body } = await service.get(`/v1/rules/matrix?${query}`);
    expect({ status, detail: body.detail }).toEqual({ status: 200, detail: undefined });
    return body;
  };
  const codes = ({ items }: { items: { productId: string }[] }) => items.map(({ productId }) => productId);

  const having = (...items: string[]): number =>
    ruleOrders.filter((order) => items.every((item) => order.items.includes(item))).length;

  it('has a figure for each rule between two products', async () => {
    const body = await matrix('measure=confidence&order=frequency');
    expect(body).toMatchObject({
      modelVersion: '1',
      transactions: 100,
      measure: 'confidence',
      level: 'product',
      order: 'frequency',
    });
    expect(body.items[0]).toEqual({ productId: 'bread', name: 'Rye bread' });
    expect(codes(body)).toEqual(['bread', 'butter', 'soap', 'tea', 'sugar', 'beer', 'ale']);
    expect(body.values).toEqual(
      codes(body).map((row) =>
        codes(body).map((column) => (row === column ? null : having(row, column) / having(row))),
      ),
    );
  });

  it('puts products that go together side by side, by Jaccard where the measure has no ceiling', async () => {
    const lift = await matrix('');
    expect(lift).toMatchObject({ measure: 'lift', order: 'clustered' });
    expect(codes(lift)).toEqual(codes(await matrix('measure=jaccard')));
    const place = (code: string) => codes(lift).indexOf(code);
    expect(Math.abs(place('bread') - place('butter'))).toBe(1);
    expect(Math.abs(place('tea') - place('sugar'))).toBe(1);
    expect(lift.values[place('tea')][place('sugar')]).toBe(2500 / (30 * 25));
  });

  it('writes what is infinite as a word', async () => {
    const body = await matrix('measure=conviction&order=frequency');
    expect(body.values[codes(body).indexOf('sugar')][codes(body).indexOf('tea')]).toBe('Infinity');
  });

  it('tells what a basket with one product earns by the other, where its price and cost are known', async () => {
    const margins: Record<string, number> = { bread: 2, butter: 1, tea: 3, soap: 0.5, beer: 1, ale: 1 };
    const body = await matrix('measure=profitPerBasket&order=frequency');
    expect(body.values).toEqual(
      codes(body).map((row) =>
        codes(body).map((column) =>
          row === column || column === 'sugar'
            ? null
            : (having(row, column) / having(row)) * margins[column]!,
        ),
      ),
    );
    const clustered = await matrix('measure=profitPerBasket');
    expect(codes(clustered)).toEqual(codes(await matrix('measure=jaccard')));
  });

  it('is of categories, too', async () => {
    const body = await matrix('level=category&measure=count&order=frequency&items=3');
    const inCategory = (path: readonly string[]) =>
      Object.entries(ruleCategories).flatMap(([code, own]) => (own[1] === path[1] ? code : []));
    expect(body.items).toEqual([
      { category: ['food', 'drinks'] },
      { category: ['food', 'bakery'] },
      { category: ['food', 'dairy'] },
    ]);
    const both = (one: string[], other: string[]) =>
      ruleOrders.filter(({ items }) =>
        [one, other].every((path) => inCategory(path).some((code) => items.includes(code))),
      ).length;
    const paths: string[][] = body.items.map(({ category }: { category: string[] }) => category);
    expect(body.values).toEqual(
      paths.map((row) => paths.map((column) => (row === column ? null : both(row, column)))),
    );
  });

  it('is of the most frequent, as many as are asked for', async () => {
    expect(codes(await matrix('items=2')).sort()).toEqual(['bread', 'butter']);
  });

  it('comes as a table', async () => {
    const { status, headers, body } = await service.get(
      '/v1/rules/matrix?measure=conviction&items=2&order=frequency&format=csv',
    );
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toBe('attachment; filename="product-matrix-model-1.csv"');
    const { values } = await matrix('measure=conviction&items=2&order=frequency');
    expect(body).toBe(`"","bread","butter"\n"bread",,${values[0][1]}\n"butter",${values[1][0]},\n`);
    const table = (await service.get('/v1/rules/matrix?level=category&measure=conviction&format=csv')).body;
    expect(table).toMatch(/^"","food > /);
    expect(table).toContain(',Infinity');
  });

  it.each([
    ['measure=price', /measure.*confidence/],
    ['measure=improvement', /measure.*confidence/],
    ['measure=profitPerBasket&level=category', /only they have prices and costs.*level=product/],
    ['level=cross', /product.*category/],
    ['order=random', /clustered.*frequency/],
    ['items=1', /items/],
    ['items=501', /items.*500/],
    ['items=many', /items/],
    ['items=8', /pairs of 7 items.*items=7 or fewer/],
    ['level=category&items=6', /pairs of 5 items/],
    ['format=png', /json.*csv/],
  ])('refuses %s', async (query, what) => {
    expect(expectProblem(await service.get(`/v1/rules/matrix?${query}`), 400, 'bad-input')).toMatch(what);
  });

  it('of categories says what to do where there are none', async () => {
    service.shop.serve(2, ruleModel({ categories: {} }));
    const answer = await service.get('/v1/rules/matrix?level=category');
    expect(expectProblem(answer, 404, 'not-found')).toMatch(/no categories.*PUT \/v1\/products.*train/);
  });
});
