/** For `npm run db:generate`, which writes a migration from the difference between schema and migrations. */
export default {
  dialect: 'postgresql',
  schema: './db/schema.ts',
  out: './db/migrations',
};
