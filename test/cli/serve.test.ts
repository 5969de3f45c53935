import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { like } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { orders } from '../../db/schema.ts';
import { describeCli, type Running, runCli, startCli } from '../support/cli.ts';
import { openTestService } from '../support/service.ts';
import { fillShop } from '../support/shop.ts';

describeCli('pairwell serve', () => {
  let room: string;
  let env: Record<string, string>;
  let server: Running | undefined;

  // A folder with a shop and its model.
  beforeAll(async () => {
    room = await mkdtemp(join(tmpdir(), 'pairwell-cli-'));
    env = { PAIRWELL_DATA: join(room, 'shop'), PORT: '0' };
    const database = await openDatabase({ folder: env.PAIRWELL_DATA! });
    await fillShop(database);
    const service = await openTestService(database);
    await service.train();
    await service.close();
    await database.close();
  });
  afterEach(async () => {
    server?.process.kill('SIGKILL');
    await server?.ended;
    server = undefined;
  });
  afterAll(() => rm(room, { recursive: true, force: true }));

  /** Starts a server and returns where it listens. */
  async function serve(words: string[] = [], more: Record<string, string> = {}): Promise<URL> {
    server = startCli(['serve', ...words], { ...env, ...more });
    const [, url] = await server.said(/Listening on (\S+);/);
    return new URL(url!);
  }

  const stopped = (signal: NodeJS.Signals) => {
    server!.process.kill(signal);
    return server!.ended;
  };

  const answered = async (sent: ClientRequest): Promise<{ status: number | undefined; body: string }> => {
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    let body = '';
    for await (const chunk of response.setEncoding('utf8')) body += chunk;
    return { status: response.statusCode, body };
  };

  /** How many orders are in the folder once the server has ended. */
  async function storedOrders(pattern: string): Promise<number> {
    const database = await openDatabase({ folder: env.PAIRWELL_DATA! });
    const found = await database.orm.select().from(orders).where(like(orders.code, pattern));
    await database.close();
    return found.length;
  }

  const refusesConnections = ({ hostname, port }: URL): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect(Number(port), hostname);
      socket.once('connect', () => {
        socket.destroy();
        resolve(false);
      });
      socket.once('error', () => resolve(true));
    });

  it('answers requests, keeps its database and its port to itself, and ends with 0 on SIGTERM', async () => {
    const url = await serve();
    const response = await fetch(new URL('/v1/offers?items=bread&limit=1', url));
    expect(await response.json()).toMatchObject({ modelVersion: '1', offers: [{ productId: 'butter' }] });

    const foreign = request(url, { path: '/v1/offers', headers: { host: 'shop.example' } }).end();
    expect(await answered(foreign)).toMatchObject({
      status: 403,
      body: expect.stringContaining('PAIRWELL_API_KEYS'),
    });

    const [training, second] = await Promise.all([
      runCli(['train'], env),
      runCli(['serve', '--port', url.port], { PAIRWELL_DATA: join(room, 'another shop') }),
    ]);
    expect(training).toMatchObject({ code: 1, stdout: '' });
    expect(training.stderr).toMatch(
      new RegExp(
        `^pairwell: The data folder is in use by process ${server!.process.pid} .*POST /v1/models.*\\n$`,
      ),
    );
    expect(second).toMatchObject({
      code: 1,
      stderr: `pairwell: Port ${url.port} is taken. Set PORT, or --port, to another one.\n`,
    });

    const { code, stdout } = await stopped('SIGTERM');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  });

  it('finishes the request under way when it is stopped, and stores what it acknowledges', async () => {
    const url = await serve();
    const agent = new Agent({ keepAlive: true });
    const body = JSON.stringify({ id: 'slow', lines: [{ productId: 'bread', quantity: 1 }] });
    const slow = request(url, {
      method: 'POST',
      path: '/v1/orders',
      agent,
      headers: {
        'Content-Type': 'application/json',
        'Content-Length': String(body.length),
        Expect: '100-continue',
      },
    });
    slow.flushHeaders();
    // The server has the request and waits for its body.
    await once(slow, 'continue');
    slow.write(body.slice(0, 10));
    server!.process.kill('SIGTERM');
    await vi.waitFor(async () => expect(await refusesConnections(url)).toBe(true), { timeout: 10_000 });
    slow.end(body.slice(10));
    expect(await answered(slow)).toEqual({ status: 201, body: '{"orderId":"slow","stored":"now"}' });
    expect((await server!.ended).code).toBe(0);
    agent.destroy();

    expect(await storedOrders('slow')).toBe(1);
  });

  it('has stored what it acknowledged when it crashes, and leaves a folder that can be opened', async () => {
    const url = await serve();
    for (let n = 0; n < 5; n++) {
      const response = await fetch(new URL('/v1/orders', url), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ id: `crash ${n}`, lines: [{ productId: 'bread', quantity: 1 }] }),
      });
      expect(response.status).toBe(201);
    }
    expect(await stopped('SIGKILL')).toMatchObject({ code: null });
    expect(await storedOrders('crash %')).toBe(5);
  });

  it('ends with 1 where it cannot listen, and says where that is', async () => {
    // An address for examples: no machine has it.
    const elsewhere = { ...env, HOST: '192.0.2.1', PAIRWELL_API_KEYS: 'shop-front-key' };
    const { code, stderr } = await runCli(['serve'], elsewhere);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^pairwell: HOST 192\.0\.2\.1 and PORT 0 cannot be used: [^\n]*\n$/);
  });

  it('can be reached from other machines with keys alone', async () => {
    const open = { HOST: '0.0.0.0' };
    expect(await runCli(['serve'], { ...env, ...open })).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'pairwell: HOST is 0.0.0.0, which other machines can reach. Set PAIRWELL_API_KEYS, or leave HOST at 127.0.0.1.\n',
    });
    const { port } = await serve([], { ...open, PAIRWELL_API_KEYS: 'storefront:shop-front-key' });
    const status = async (headers: Record<string, string>) =>
      (await fetch(`http://127.0.0.1:${port}/v1/offers`, { headers })).status;
    expect(await status({})).toBe(401);
    expect(await status({ 'X-API-Key': 'shop-front-key' })).toBe(200);
    expect((await stopped('SIGINT')).code).toBe(0);
  });
});
