import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchAnswer } from '../../src/http/offer-schemas.ts';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, openTestService, type TestService } from '../support/service.ts';
import { fillShop } from '../support/shop.ts';

const path = '/v1/offers/batch';

interface Answered {
  customerId: string | null;
  recommendationId: string;
  offers: { productId: string; kind: string; product: object; reason: { text: string } }[];
}

describeDatabases('offers in batches', (opened) => {
  let service: TestService;
  const post = (body: unknown, headers = {}) => service.send('POST', path, body, headers);

  beforeAll(async () => {
    await fillShop(opened().database);
    service = await openTestService(opened().database);
  });
  afterAll(() => service?.close());

  it('are not there before the first model', async () => {
    expect(expectProblem(await post({ requests: [{}] }), 503, 'unavailable')).toMatch(/then train/);
  });

  describe('with a model', () => {
    beforeAll(async () => {
      expect(await service.train()).toMatchObject({ status: 'succeeded' });
    });

    /** One that is answered by itself, without what is new each time. */
    const single = async (
      customerId: string | undefined,
      query: string,
    ): Promise<Omit<Answered, 'recommendationId'>> => {
      const { body } = await service.get(
        customerId === undefined
          ? `/v1/offers?${query}`
          : `/v1/customers/${encodeURIComponent(customerId)}/offers?${query}`,
      );
      const { recommendationId: _, ...answer } = body;
      return { customerId: customerId ?? null, ...answer };
    };
    const answered = async (body: object): Promise<Answered[]> => {
      const answer = await post(body);
      expect(answer.status).toBe(200);
      return answer.body.items;
    };
    const codes = ({ offers }: Answered) => offers.map(({ productId }) => productId);

    it('are those that each is answered alone, in the order of the request', async () => {
      const { status, headers, body } = await post({
        placement: 'cart',
        limit: 3,
        requests: [
          { customerId: 'kim' },
          { customerId: 'ann', items: ['bread', 'nonsense'] },
          { items: ['butter'], cartValue: 100 },
          { customerId: 'nobody / here', exclude: ['soap'] },
          {},
          { customerId: 'kim' },
        ],
      });
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('application/json');
      expect(batchAnswer.strict().parse(body)).toEqual(body);
      expect(body.modelVersion).toBe('1');
      const ids = body.items.map(({ recommendationId }: Answered) => recommendationId);
      expect(new Set(ids).size).toBe(6);
      for (const id of ids) expect(id).toMatch(/^1\.cart\.[0-9a-f-]{36}$/);
      const asked = 'placement=cart&limit=3';
      expect(body.items.map(({ recommendationId: _, ...answer }: Answered) => answer)).toEqual([
        await single('kim', asked),
        await single('ann', `${asked}&items=bread,nonsense`),
        await single(undefined, `${asked}&items=butter&cartValue=100`),
        await single('nobody / here', `${asked}&exclude=soap`),
        await single(undefined, asked),
        await single('kim', asked),
      ]);
    });

    it('are for an e-mail where nothing else is said', async () => {
      const [answer] = await answered({ requests: [{ customerId: 'ben' }] });
      const { recommendationId, ...rest } = answer!;
      expect(recommendationId).toMatch(/^1\.email\./);
      expect(rest).toEqual(await single('ben', 'placement=email'));
    });

    it('take what is said of all together with what is said of each', async () => {
      const requests = [{ customerId: 'eva', exclude: ['soap'] }, { customerId: 'eva' }];
      const [both, common] = await answered({ exclude: ['tea', 'sugar'], requests });
      expect(codes(common!)).toContain('soap');
      for (const code of ['tea', 'sugar', 'soap']) expect(codes(both!)).not.toContain(code);
      for (const code of ['tea', 'sugar']) expect(codes(common!)).not.toContain(code);
    });

    it('are of the kinds, with the fields and in the language asked for', async () => {
      const requests = [{ items: ['bread'] }, { customerId: 'kim', items: ['bread'] }];
      const whole = { placement: 'product', limit: 1, requests };
      for (const { offers } of await answered({ ...whole, kinds: ['bundle'] })) expect(offers).toEqual([]);
      for (const answer of await answered({
        ...whole,
        kinds: ['cross-sell'],
        fields: ['name'],
        language: 'zh-Hans',
      })) {
        expect(answer.offers).toMatchObject([{ kind: 'cross-sell', product: { name: 'Butter' } }]);
        expect(Object.keys(answer.offers[0]!.product)).toEqual(['name']);
        expect(answer.offers[0]!.reason.text).toMatch(/Rye bread.*[一-鿿]/);
      }
      const told = await post(whole, { 'Accept-Language': 'zh-Hant' });
      expect(told.headers.get('content-language')).toBe('zh-Hant');
      expect(told.body.items[1].offers[0].reason.text).toMatch(/[一-鿿]/);
    });

    it('never tell what a product costs the shop', async () => {
      expect(JSON.stringify((await post({ requests: [{ items: ['bread'] }] })).body)).not.toMatch(
        /cost|2\.01/,
      );
    });

    it('are of a thousand requests at most', async () => {
      const of = (count: number) => ({
        requests: Array.from({ length: count }, (_, n) => ({ customerId: `c${n}` })),
      });
      const { status, body } = await post(of(1000));
      expect(status).toBe(200);
      expect(body.items.map(({ customerId }: Answered) => customerId)).toEqual(
        of(1000).requests.map(({ customerId }) => customerId),
      );
      expect(new Set(body.items.map(({ recommendationId }: Answered) => recommendationId)).size).toBe(1000);
      for (const count of [0, 1001])
        expect(expectProblem(await post(of(count)), 400, 'bad-input')).toContain('requests: ');
    });

    it.each<[object, string]>([
      [{}, 'requests'],
      [{ requests: {} }, 'requests'],
      [{ requests: [{}], limit: 0 }, 'limit'],
      [{ requests: [{}], limit: 101 }, 'limit'],
      [{ requests: [{}], limit: '5' }, 'limit'],
      [{ requests: [{}], placement: 'footer' }, 'placement'],
      [{ requests: [{}], kinds: ['magic'] }, 'kinds.0'],
      [{ requests: [{}], fields: ['cost'] }, 'fields.0'],
      [{ requests: [{}], language: 'not a language' }, 'language'],
      [{ requests: [{ customerId: 'a' }, { customerId: '' }] }, 'requests.1.customerId'],
      [{ requests: [{ customerId: 'x'.repeat(201) }] }, 'requests.0.customerId'],
      [{ requests: [{ customerId: 'a\0b' }] }, 'requests.0.customerId'],
      [{ requests: [{ customerId: 7 }] }, 'requests.0.customerId'],
      [{ requests: [{ cartValue: -1 }] }, 'requests.0.cartValue'],
      [{ requests: [{ items: Array.from({ length: 201 }, (_, n) => `p${n}`) }] }, 'requests.0.items'],
      [{ requests: [{ exclude: ['', 'b'] }] }, 'requests.0.exclude.0'],
    ])('refuse wrong input and name the field (%#)', async (body, field) => {
      const answer = await post(body);
      expect(expectProblem(answer, 400, 'bad-input')).toContain(`${field}: `);
      expect(answer.body.errors[0].path).toBe(field);
    });

    it('refuse what nobody has heard of', async () => {
      for (const body of [{ requests: [{}], placment: 'cart' }, { requests: [{ placment: 'cart' }] }])
        expect(expectProblem(await post(body), 400, 'bad-input')).toContain('placment');
    });

    it('are for storefronts and analysts with a key', async () => {
      const keys = 'storefront:shop-front-key,analyst:analysts-own-key,operator:operators-own-key';
      const keyed = await openTestService(opened().database, { PAIRWELL_API_KEYS: keys });
      const asked = (headers = {}) => keyed.send('POST', path, { requests: [{}] }, headers);
      for (const key of ['shop-front-key', 'analysts-own-key', 'operators-own-key'])
        expect((await asked({ 'X-API-Key': key })).status).toBe(200);
      expectProblem(await asked(), 401, 'unauthorized');
      await keyed.close();
    });

    it('let other requests be answered meanwhile', async () => {
      const answeredSoFar = async (): Promise<number> => {
        const { body } = await service.get('/metrics');
        const counts = body.matchAll(/^pairwell_offers_total\{.*\} (\d+)$/gm);
        return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
      };
      const before = await answeredSoFar();
      const requests = Array.from({ length: 1000 }, (_, n) => ({
        customerId: `c${n}`,
        items: ['bread', 'tea'],
      }));
      let isDone = false;
      const batch = post({ requests }).then(({ status }) => {
        isDone = true;
        return status;
      });
      let seen = before;
      while (seen === before) {
        await new Promise(setImmediate);
        seen = await answeredSoFar();
      }
      // It has begun.
      expect((await service.get('/v1/offers?items=bread')).status).toBe(200);
      expect(isDone).toBe(false);
      expect(seen).toBeLessThan(before + 1000);
      expect(await batch).toBe(200);
    });
  });
});
