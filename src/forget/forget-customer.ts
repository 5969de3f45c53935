import type { Database } from '../../db/database.ts';
import { type Forgotten, forgetStored, readmitCustomer } from '../../db/queries/forgotten.ts';
import { removeFromModels } from '../../db/queries/models.ts';
import { readReason } from '../churn/reasons/read-reason.ts';
import { PairwellError } from '../errors.ts';

/** What rates, costs and alarms count. What a customer looked at and was shown goes. */
const eventKinds = ['complaint', 'service-call', 'satisfaction', 'payment-failed', 'cancellation'];

/** What was found of a customer, and in how many stored models. */
export interface ForgottenCustomer extends Forgotten {
  readonly models: number;
}

/**
 * Forgets a customer in one transaction: the id and all that is told of the person leave the database and the stored models; what was
 * counted stays. Processes that serve are told of it. Once more changes nothing.
 *
 * @param segmentBy the attribute that names customers' segments: the segment goes on counting an order of nobody's
 * @throws PairwellError `not-found` for an id of which nothing is known, and that was not forgotten before
 */
export async function forgetCustomer(
  database: Database,
  code: string,
  segmentBy: string,
): Promise<ForgottenCustomer> {
  const reasonCode = (reason: string): string | undefined => readReason(reason).reason?.code;
  return database.transaction(async (session) => {
    const models = await removeFromModels(session, code);
    const found = await forgetStored(session, code, { segmentBy, eventKinds, reasonCode });
    if (found) return { ...found, models };
    throw new PairwellError('not-found', `There is no customer ${code}.`, { customerId: code });
  });
}

/**
 * Lets somebody who was forgotten be a customer again, of whom nothing is known yet.
 *
 * @throws PairwellError `not-found` where nobody of this id was forgotten
 */
export async function welcomeBack(database: Database, code: string): Promise<void> {
  if (await database.transaction((session) => readmitCustomer(session, code))) return;
  throw new PairwellError('not-found', `No customer ${code} was forgotten.`, { customerId: code });
}
