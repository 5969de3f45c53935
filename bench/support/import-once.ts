import { importFile } from '../../src/import/import-file.ts';
import { openFreshEmbedded, openFreshOnServer } from '../../test/support/databases.ts';

/**
 * Child program: imports a file into a fresh database, embedded or on the server named by the second argument, and
 * prints the milliseconds that took, opening the database aside.
 */

const [path, serverUrl] = process.argv.slice(2);
const openingAt = performance.now();
const opened = serverUrl ? await openFreshOnServer(serverUrl) : await openFreshEmbedded();
const startedAt = performance.now();
const { rowsRead } = await importFile(opened.database, { path });
const ms = performance.now() - startedAt;
await opened.drop();
process.stdout.write(JSON.stringify({ ms, openMs: startedAt - openingAt, rows: rowsRead }));
