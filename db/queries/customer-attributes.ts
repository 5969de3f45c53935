import { sql } from 'drizzle-orm';
import type { Session } from '../database.ts';
import { textList } from '../json-parameters.ts';

export interface AttributesOfCustomer {
  readonly code: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Customers read at a time. */
const customersAtOnce = 10_000;

/** All customers who have at least one of these attributes, some at a time. */
export async function* customersWith(
  session: Session,
  names: readonly string[],
): AsyncGenerator<AttributesOfCustomer[]> {
  if (names.length === 0) return;
  let after = 0;
  for (;;) {
    const page = await session.rows<AttributesOfCustomer & { id: number } & Record<string, unknown>>(sql`
      select id, code, attributes from customers
      where id > ${after} and code is not null and jsonb_exists_any(attributes, ${textList(names)})
      order by id limit ${customersAtOnce}`);
    yield page;
    if (page.length < customersAtOnce) return;
    after = page[page.length - 1].id;
  }
}

export async function attributesOf(
  session: Session,
  codes: readonly string[],
): Promise<AttributesOfCustomer[]> {
  return session.rows<AttributesOfCustomer & Record<string, unknown>>(
    sql`select code, attributes from customers where code = any(${textList(codes)})`,
  );
}
