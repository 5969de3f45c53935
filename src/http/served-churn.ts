import { z } from '@hono/zod-openapi';
import type { ChurnForecast } from '../churn/outlook/churn-outlook.ts';
import { PairwellError } from '../errors.ts';
import type { ChurnBook } from '../serving/churn-book.ts';
import type { LiveShop } from '../serving/live-shop.ts';
import { readCursor } from './cursor.ts';
import { servedModel } from './served.ts';

/**
 * What the model in service knows of who leaves.
 *
 * @throws PairwellError `unavailable` before the first model, `conflict` where the model has not studied it
 */
export function churnFor(shop: LiveShop): ChurnBook {
  const { churn, version } = servedModel(shop);
  if (churn) return churn;
  throw new PairwellError(
    'conflict',
    `The model ${version} knows nothing of who leaves: it was made before that was studied. Train again (POST /v1/models).`,
    { version },
  );
}

/** @throws PairwellError `conflict` where nobody can be foretold to leave, with why */
export function forecastOf({ insights }: ChurnBook): ChurnForecast {
  const { forecast, lack } = insights.outlook;
  if (forecast) return forecast;
  throw new PairwellError('conflict', `Nobody can be foretold to leave. ${lack}`);
}

const place = z.object({ version: z.number().int(), from: z.number().int().min(0) });

/**
 * Where a page of a ranking of customers starts.
 *
 * @throws PairwellError `bad-input` for a cursor that is none, `conflict` where another model is in service by now
 */
export function placeIn({ version }: ChurnBook, cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const at = readCursor(place, cursor);
  if (at.version === version) return at.from;
  throw new PairwellError(
    'conflict',
    `The cursor belongs to the model ${at.version}, which is no longer in service. Start again without a cursor.`,
    { version: at.version, served: version },
  );
}
