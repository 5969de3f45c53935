import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  /** @param route the route's pattern, not the path: few distinct values */
  observeRequest(method: string, route: string, status: number, seconds: number): void;
  countOffers(placement: string, fallback: boolean): void;
}

/** Remembers what `make` made for each key: finding a series by its labels costs more than adding to it. */
function remembered<T>(make: (...labels: string[]) => T): (...labels: string[]) => T {
  const known = new Map<string, T>();
  return (...labels) => {
    const key = labels.join('\t');
    const series = known.get(key) ?? make(...labels);
    known.set(key, series);
    return series;
  };
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
  const requests = new Histogram({
    name: 'pairwell_http_request_seconds',
    help: 'Time to answer a request.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
    registers: [registry],
  });
  const offers = new Counter({
    name: 'pairwell_offers_total',
    help: 'Offers answered, by placement and whether popularity filled in.',
    labelNames: ['placement', 'fallback'],
    registers: [registry],
  });
  const requestSeries = remembered((...labels) => requests.labels(...labels));
  const offerSeries = remembered((...labels) => offers.labels(...labels));
  return {
    registry,
    observeRequest: (method, route, status, seconds) =>
      requestSeries(method, route, String(status)).observe(seconds),
    countOffers: (placement, fallback) => offerSeries(placement, String(fallback)).inc(),
  };
}
