import { createRoute, type RouteConfigToTypedResponse, z } from '@hono/zod-openapi';
import { customerFile, type TableFormat, tableFormats } from '../../serving/customer-file.ts';
import { byteStream } from '../byte-stream.ts';
import { customerQuery, customerSearch } from '../customer-query.ts';
import type { AppDependencies } from '../environment.ts';
import { router } from '../router.ts';
import { problems } from '../schemas.ts';
import { customersFor } from '../served-customers.ts';

const formats = Object.keys(tableFormats) as TableFormat[];

const exportRoute = createRoute({
  method: 'get',
  path: '/customer-export',
  tags: ['analysts'],
  summary: 'Customers as a file',
  description:
    'All that fit, as `GET /v1/customers` finds and sorts them, with their segments and figures. In CSV what is not known is empty, and a field that begins with a quote is a JSON string: a spreadsheet would take its text for a formula.',
  'x-roles': ['analyst'],
  request: { query: customerQuery.extend({ format: z.enum(formats).default('csv') }) },
  responses: {
    200: {
      description: 'The file',
      content: {
        'text/csv': { schema: z.string() },
        'application/json': { schema: z.record(z.string(), z.unknown()) },
      },
    },
    ...problems(400, 403, 404, 409, 503),
  },
});

export function customerExportRoutes({ shop }: AppDependencies) {
  return router().openapi(exportRoute, (c) => {
    const { format, ...query } = c.req.valid('query');
    const book = customersFor(shop);
    const stream = byteStream(customerFile(book, customerSearch(book, query).all(), format));
    const headers = {
      'Content-Type': tableFormats[format].mediaType,
      'Content-Disposition': `attachment; filename="customers-model-${book.version}.${format}"`,
    };
    // A stream has no type of its own.
    return c.body(stream, 200, headers) as unknown as RouteConfigToTypedResponse<typeof exportRoute>;
  });
}
