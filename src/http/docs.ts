import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { packageRoot } from '../package-root.ts';
import type { AppEnv } from './environment.ts';

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Pairwell API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="reference"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

const start = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: true,
});
`;

/** The files that the build copied from swagger-ui-dist: the page works without the internet. */
const assets: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

/** The API's reference page. */
export function docsRoutes() {
  const policy = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      // Swagger UI sets style attributes and shows its icons from data addresses.
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
    },
  });
  const routes = new Hono<AppEnv>()
    .use(policy)
    .get('/', (c) => c.html(page))
    .get('/start.js', (c) => c.body(start, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }));
  // One route per file, no pattern: patterns that overlap would cost every request Hono's fast router.
  for (const [name, type] of Object.entries(assets)) {
    routes.get(`/${name}`, async (c) => {
      const file = await readFile(join(packageRoot(), 'dist', 'assets', 'swagger-ui', name));
      return c.body(new Uint8Array(file), 200, { 'Content-Type': type, 'Cache-Control': 'max-age=86400' });
    });
  }
  return routes;
}
