import { createRoute, z } from '@hono/zod-openapi';
import { PairwellError } from '../../errors.ts';
import { type ReadableFormat, ruleReaders } from '../../rules/formats/table.ts';
import { ruleReport } from '../../serving/rule-report.ts';
import type { AppDependencies } from '../environment.ts';
import { itemFinder } from '../imported-items.ts';
import { ItemViews } from '../item-views.ts';
import { router } from '../router.ts';
import { jsonAnswer, pageLimit, problems } from '../schemas.ts';
import { bookFor } from '../served.ts';

const formats = Object.keys(ruleReaders) as ReadableFormat[];

const count = z.number().int();

const sides = z.object({ antecedent: z.array(z.string()), consequent: z.string() });

const ofFile = sides.extend({ rule: count.openapi({ description: 'Its place in the file, from 1.' }) });

const figures = z.object({
  count,
  antecedentCount: count,
  consequentCount: count,
  support: z.number(),
  confidence: z.number(),
  lift: z.number(),
});

const reportView = z
  .object({
    modelVersion: z.string(),
    transactions: z.object({ file: count, model: count }),
    rules: z.object({ file: count, accepted: count, rejected: count }),
    shared: z
      .object({ count, shown: count, withSameCounts: count })
      .openapi({ description: 'Rules that the model has too, and how many of them it shows.' }),
    rejected: z
      .array(ofFile.extend({ reason: z.string() }))
      .openapi({ description: 'Rules of the file that could not be compared, the first ones.' }),
    different: z
      .object({ count, rules: z.array(ofFile.extend({ file: figures, model: figures })) })
      .openapi({ description: 'Shared rules that the file has other numbers of transactions for.' }),
    new: z.object({ count, rules: z.array(ofFile.extend(figures.shape)) }).openapi({
      description: 'Rules that the model does not have. Figures follow from the counts in the file.',
    }),
    missing: z
      .object({ set: z.enum(['shown', 'all']), count, rules: z.array(sides.extend(figures.shape)) })
      .openapi({
        description: 'Rules of the model that the file does not have, the best by leverage first.',
      }),
    measures: z
      .object({
        checked: z.array(z.object({ name: z.string(), differing: count, firstDiffering: count.nullable() })),
        unchecked: z.array(z.string()),
      })
      .openapi({
        description:
          'Further measures in the file, worked out anew from its counts, p and log10P of our own exports included, and improvement beside them held against the model’s where the counts are the same: how many rules have another value. Unchecked are those that this does not suffice for.',
      }),
  })
  .openapi('RuleReport');

const importRoute = createRoute({
  method: 'post',
  path: '/rules/imports',
  tags: ['analysts'],
  summary: 'Hold rules from elsewhere against those of the model in service',
  description:
    "The body is the file as it is, such as R's arules (PMML) and other programs write it, or our own export: `curl --data-binary @rules.pmml`. Nothing is stored. A file that is not wholly of its format, or that contradicts itself, is refused; rules of products that the model does not know are left out, and the answer says why.",
  'x-roles': ['analyst'],
  request: {
    query: z.object({
      format: z.enum(formats),
      names: z.enum(['true', 'false']).default('false').openapi({
        description: 'Whether the file calls products by name instead of id, where they have one.',
      }),
      set: z.enum(['shown', 'all']).default('shown').openapi({
        description: 'Which rules of the model the file should have; the others of them are missing.',
      }),
      transactions: z.coerce
        .number()
        .int()
        .min(1)
        .max(2 ** 31 - 1)
        .optional()
        .openapi({
          description: 'Of how many transactions a file in SPMF tells. Default: as many as the model does.',
        }),
      limit: pageLimit,
    }),
    body: {
      required: true,
      content: {
        'application/octet-stream': { schema: z.string() },
        'text/csv': { schema: z.string() },
        'text/plain': { schema: z.string() },
        'application/xml': { schema: z.string() },
      },
    },
  },
  responses: {
    200: jsonAnswer(reportView, 'What is the same, and what is not'),
    ...problems(400, 403, 413, 503),
  },
});

export function ruleImportsRoutes({ shop }: AppDependencies) {
  return router().openapi(importRoute, async (c) => {
    const { format, names, set, transactions, limit } = c.req.valid('query');
    if (transactions !== undefined && format !== 'spmf') {
      throw new PairwellError(
        'bad-input',
        `A file in ${format} tells its transactions itself: "transactions" goes with format=spmf alone.`,
      );
    }
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    if (bytes.length === 0) {
      throw new PairwellError(
        'bad-input',
        'The body is empty. Send the file as it is: curl --data-binary @rules.csv.',
      );
    }
    // After the last wait: from here on no other model comes into service.
    const book = bookFor(shop, undefined);
    const file = ruleReaders[format](bytes, transactions ?? book.rules.rules.transactionCount);
    const views = new ItemViews(book, shop);
    const byName = names === 'true';
    const report = ruleReport(file, book, {
      set,
      limit,
      itemCalled: itemFinder(book, shop, byName),
      nameOf: (item) => (byName ? views.nameOf(item) : null) ?? views.get(item),
    });
    return c.json(report, 200);
  });
}
