import type { Database } from '../../db/database.ts';
import { storedExplanations } from '../../db/queries/explanations.ts';
import type { LiveWording } from './live-wording.ts';

/** Takes in the templates and the default language that the database has. */
export async function loadWording(database: Database, wording: LiveWording): Promise<void> {
  const { own, defaultLanguage } = await storedExplanations(database);
  wording.put(own, defaultLanguage);
}
