import { type SQL, sql } from 'drizzle-orm';

/** Many rows as one parameter: both drivers take a text, while they differ in how they take arrays. */
export function recordset(rows: readonly object[], columns: string): SQL {
  return sql`json_to_recordset((${JSON.stringify(rows)}::text)::json) as v(${sql.raw(columns)})`;
}

/** For `= any(…)`, which looks each of them up in an index whatever the planner thinks of the table's size. */
export function textList(texts: readonly string[]): SQL {
  return sql`array(select json_array_elements_text((${JSON.stringify(texts)}::text)::json))`;
}
