import { asc, eq, sql } from 'drizzle-orm';
import { PairwellError } from '../../src/errors.ts';
import { notifyChange } from '../changes.ts';
import type { Database, Session } from '../database.ts';
import { explanations, shop } from '../schema.ts';

/** The shop's own templates of one language. */
export interface StoredTemplates {
  /** A tag of BCP 47. */
  readonly language: string;
  readonly templates: Readonly<Record<string, string>>;
  readonly updatedAt: Date;
}

/** All that the shop has said of its explanations. */
export interface StoredExplanations {
  readonly defaultLanguage: string;
  /** In order of the languages. */
  readonly own: StoredTemplates[];
}

/** So many that each process has all of them ready. */
const mostLanguages = 100;

export async function storedExplanations(session: Session): Promise<StoredExplanations> {
  const own = await session.orm.select().from(explanations).orderBy(asc(explanations.language));
  return { defaultLanguage: await defaultLanguageOf(session), own };
}

/**
 * Puts templates in place of all that the shop has of the language; on return they are committed.
 *
 * @throws PairwellError `limit-exceeded` for one language too many
 */
export async function putTemplates(
  database: Database,
  language: string,
  templates: Readonly<Record<string, string>>,
): Promise<void> {
  await changing(database, async (session) => {
    const { own } = await storedExplanations(session);
    if (own.length >= mostLanguages && !own.some((other) => other.language === language)) {
      throw new PairwellError(
        'limit-exceeded',
        `Templates of at most ${mostLanguages} languages are kept. Delete those that nobody reads (DELETE /v1/explanations/{language}).`,
      );
    }
    await session.orm
      .insert(explanations)
      .values({ language, templates })
      .onConflictDoUpdate({
        target: explanations.language,
        set: { templates, updatedAt: sql`now()` },
      });
  });
}

/**
 * Deletes all that the shop has of a language; on return it is committed.
 *
 * @param mayGo whether the default language may lose its templates
 * @throws PairwellError `not-found` where there are none, `conflict` for the default language where it may not
 */
export async function deleteTemplates(database: Database, language: string, mayGo: boolean): Promise<void> {
  await changing(database, async (session) => {
    if (!mayGo && (await defaultLanguageOf(session)) === language) {
      throw new PairwellError(
        'conflict',
        `${language} is the default language. Choose another first: PUT /v1/explanations {"defaultLanguage": "en"}.`,
      );
    }
    const gone = await session.orm
      .delete(explanations)
      .where(eq(explanations.language, language))
      .returning({ language: explanations.language });
    if (gone.length > 0) return;
    throw new PairwellError(
      'not-found',
      `The shop has no templates of its own in ${language}. GET /v1/explanations lists what there is.`,
    );
  });
}

/**
 * Sets the language of those who ask for no other; on return it is committed.
 *
 * @param check given what is stored, throws to refuse it
 */
export async function putDefaultLanguage(
  database: Database,
  language: string,
  check: (stored: StoredExplanations) => void,
): Promise<void> {
  await changing(database, async (session) => {
    check(await storedExplanations(session));
    await session.orm
      .insert(shop)
      .values({ defaultLanguage: language })
      .onConflictDoUpdate({ target: shop.id, set: { defaultLanguage: language } });
  });
}

async function defaultLanguageOf({ orm }: Session): Promise<string> {
  const [row] = await orm.select({ language: shop.defaultLanguage }).from(shop);
  return row?.language ?? 'en';
}

/** Changes one at a time, in all processes, so that the default language never loses its templates unseen, and tells of it. */
async function changing(database: Database, work: (session: Session) => Promise<void>): Promise<void> {
  await database.transaction(async (session) => {
    await session.rows(sql`lock table ${explanations} in share row exclusive mode`);
    await work(session);
    await notifyChange(session, { kind: 'explanations' });
  });
}
