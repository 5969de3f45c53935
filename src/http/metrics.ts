import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  readonly requests: Histogram<'method' | 'route' | 'status'>;
  readonly offers: Counter<'placement' | 'fallback'>;
}

/** @param modelVersion the version in service, read when the metrics are asked for */
export function createMetrics(modelVersion: () => number | undefined): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'pairwell_model_version',
    help: 'Version of the model in service, 0 before the first.',
    registers: [registry],
    collect() {
      this.set(modelVersion() ?? 0);
    },
  });
  return {
    registry,
    requests: new Histogram({
      name: 'pairwell_http_request_seconds',
      help: 'Time to answer a request.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
      registers: [registry],
    }),
    offers: new Counter({
      name: 'pairwell_offers_total',
      help: 'Offers answered, by placement and whether popularity filled in.',
      labelNames: ['placement', 'fallback'],
      registers: [registry],
    }),
  };
}
