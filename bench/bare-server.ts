import { serve } from '@hono/node-server';
import { Hono } from 'hono';

/** The peer of the offers endpoints: bare Hono routes that answer with the bytes they are given, once, on stdin. */
const chunks: Buffer[] = [];
for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
const answer = JSON.parse(Buffer.concat(chunks).toString());

const app = new Hono()
  .get('/v1/offers', (c) => c.json(answer))
  .get('/v1/customers/:customerId/offers', (c) => c.json(answer));
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  process.stdout.write(`http://127.0.0.1:${port}\n`);
});
