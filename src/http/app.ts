import { bodyLimit } from 'hono/body-limit';
import { docsRoutes } from './docs.ts';
import { edge } from './edge.ts';
import type { AppDependencies } from './environment.ts';
import { answerError, problem } from './problem.ts';
import { router } from './router.ts';
import { alertsRoutes } from './routes/alerts.ts';
import { associationsRoutes } from './routes/associations.ts';
import { audienceRoutes } from './routes/audience.ts';
import { bundlesRoutes } from './routes/bundles.ts';
import { catalogueRoutes } from './routes/catalogue.ts';
import { churnRoutes } from './routes/churn.ts';
import { churnCustomerRoutes } from './routes/churn-customer.ts';
import { churnModelRoutes } from './routes/churn-model.ts';
import { contractsRoutes } from './routes/contracts.ts';
import { customerRoutes } from './routes/customer.ts';
import { customerExportRoutes } from './routes/customer-export.ts';
import { customersRoutes } from './routes/customers.ts';
import { differencesRoutes } from './routes/differences.ts';
import { eventsRoutes } from './routes/events.ts';
import { explanationsRoutes } from './routes/explanations.ts';
import { forgetRoutes } from './routes/forget.ts';
import { gainsRoutes } from './routes/gains.ts';
import { healthRoutes } from './routes/health.ts';
import { lifetimeRoutes } from './routes/lifetime.ts';
import { matrixRoutes } from './routes/matrix.ts';
import { measuresRoutes } from './routes/measures.ts';
import { modelsRoutes } from './routes/models.ts';
import { offersRoutes } from './routes/offers.ts';
import { offersBatchRoutes } from './routes/offers-batch.ts';
import { ordersRoutes } from './routes/orders.ts';
import { placementsRoutes } from './routes/placements.ts';
import { policiesRoutes } from './routes/policies.ts';
import { profitRoutes } from './routes/profit.ts';
import { profitWhatIfRoutes } from './routes/profit-what-if.ts';
import { relationsRoutes } from './routes/relations.ts';
import { retentionRoutes } from './routes/retention.ts';
import { retentionActionsRoutes } from './routes/retention-actions.ts';
import { ruleExportRoutes } from './routes/rule-export.ts';
import { ruleImportsRoutes } from './routes/rule-imports.ts';
import { rulesRoutes } from './routes/rules.ts';
import { segmentChangesRoutes } from './routes/segment-changes.ts';
import { segmentRulesRoutes } from './routes/segment-rules.ts';
import { segmentsRoutes } from './routes/segments.ts';
import { upgradesRoutes } from './routes/upgrades.ts';
import { valueRoutes } from './routes/value.ts';
import { winbackRoutes } from './routes/winback.ts';

const description = `Ranked, explained cross-sell offers from association rules.

Every answer that fails is \`application/problem+json\` with a stable \`code\`. Lists are \`{items, nextCursor}\`.`;

/** The HTTP application: no socket of its own, so that tests and servers can both hold it. */
export function createApp(dependencies: AppDependencies) {
  const limit = bodyLimit({
    maxSize: dependencies.bodyLimit,
    onError: (c) => {
      const most = `A body may have at most ${dependencies.bodyLimit} bytes (PAIRWELL_BODY_LIMIT).`;
      const otherwise = ' Larger files of rules are compared by `pairwell compare rules FILE`.';
      const detail = c.req.path === '/v1/rules/imports' ? most + otherwise : most;
      return problem(c.env.requestId, 'payload-too-large', detail);
    },
  });
  const base = router();
  base.onError(answerError);
  base.notFound((c) =>
    problem(
      c.env.requestId,
      'not-found',
      `There is nothing at ${c.req.path}. The API is described at /docs.`,
    ),
  );
  base.on(['POST', 'PUT'], '/v1/*', limit);
  base.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-Key',
  });
  base.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Pairwell', version: '1', description },
    security: [{ apiKey: [] }],
  });
  base.route('/docs', docsRoutes());
  const app = base
    .route('/v1', offersRoutes(dependencies))
    .route('/v1', offersBatchRoutes(dependencies))
    .route('/v1', associationsRoutes(dependencies))
    .route('/v1', upgradesRoutes(dependencies))
    .route('/v1', audienceRoutes(dependencies))
    .route('/v1', rulesRoutes(dependencies))
    .route('/v1', measuresRoutes())
    .route('/v1', ruleExportRoutes(dependencies))
    .route('/v1', ruleImportsRoutes(dependencies))
    .route('/v1', matrixRoutes(dependencies))
    .route('/v1', relationsRoutes(dependencies))
    .route('/v1', bundlesRoutes(dependencies))
    .route('/v1', segmentChangesRoutes(dependencies))
    .route('/v1', segmentsRoutes(dependencies))
    .route('/v1', segmentRulesRoutes(dependencies))
    .route('/v1', customersRoutes(dependencies))
    .route('/v1', customerExportRoutes(dependencies))
    .route('/v1', customerRoutes(dependencies))
    .route('/v1', forgetRoutes(dependencies))
    .route('/v1', valueRoutes(dependencies))
    .route('/v1', profitRoutes(dependencies))
    .route('/v1', profitWhatIfRoutes(dependencies))
    .route('/v1', lifetimeRoutes(dependencies))
    .route('/v1', retentionRoutes(dependencies))
    .route('/v1', differencesRoutes(dependencies))
    .route('/v1', ordersRoutes(dependencies))
    .route('/v1', eventsRoutes(dependencies))
    .route('/v1', catalogueRoutes(dependencies))
    .route('/v1', contractsRoutes(dependencies))
    .route('/v1', churnRoutes(dependencies))
    .route('/v1', churnModelRoutes(dependencies))
    .route('/v1', churnCustomerRoutes(dependencies))
    .route('/v1', gainsRoutes(dependencies))
    .route('/v1', alertsRoutes(dependencies))
    .route('/v1', winbackRoutes(dependencies))
    .route('/v1', retentionActionsRoutes(dependencies))
    .route('/v1', placementsRoutes(dependencies))
    .route('/v1', policiesRoutes(dependencies))
    .route('/v1', explanationsRoutes(dependencies))
    .route('/v1', modelsRoutes(dependencies))
    .route('/', healthRoutes(dependencies));
  app.fetch = edge(base, dependencies);
  return app;
}

export type AppType = ReturnType<typeof createApp>;
