import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { describeCli, startCli } from '../support/cli.ts';

interface DemoAnswer {
  recommendationId: string;
  offers: { reason: { text: string; because: unknown[]; orders?: number }; product: { name: unknown } }[];
}

describeCli('pairwell demo', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pairwell-demo-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Runs the demo, asks what it says one should try, and stops it. */
  async function tried() {
    const demo = startCli(['demo', '--port', '0'], { PAIRWELL_DATA: folder });
    const [, line] = await demo.said(/curl '([^']+)'/);
    const [, docs] = await demo.said(/API reference: (\S+)/);
    const offers = await fetch(line!);
    const reference = await fetch(docs!);
    demo.process.kill('SIGINT');
    const { code, stderr } = await demo.ended;
    return {
      code,
      stderr,
      status: offers.status,
      body: (await offers.json()) as DemoAnswer,
      docs: reference.status,
    };
  }

  it('goes from a real shop’s orders to offers, and its second start has nothing left to do', {
    timeout: 180_000,
  }, async () => {
    const first = await tried();
    expect(first).toMatchObject({
      code: 0,
      status: 200,
      docs: 200,
      body: { modelVersion: '1', fallbackUsed: false },
    });
    expect(first.stderr).toMatch(/397,884\s+18,532 orders of 4,338 customers/);
    expect(first.body.offers).toHaveLength(4);
    expect(first.body.offers.filter(({ reason }) => reason.because.length > 0)).not.toEqual([]);
    for (const { reason, product } of first.body.offers) {
      // What nothing in the cart or of the customer leads to is there for how it sells, or for the customer's own habit, and says so.
      if (reason.because.length > 0)
        expect(reason.text).toMatch(
          /^Goes with|^Bought (after|together with)|of the customers who|^A step up from/,
        );
      else
        expect(reason.text).toMatch(/^Bought in \d+ orders? of the last four weeks\.$|^You have bought this/);
      expect(product.name).toEqual(expect.any(String));
    }

    const second = await tried();
    expect(second.stderr).not.toMatch(/rows read|Training/);
    const { recommendationId: _, ...sameOffers } = first.body;
    expect(second).toMatchObject({ code: 0, status: 200, body: sameOffers });
  });
});
