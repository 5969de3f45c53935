import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';

/** Child program: reads a gzip-compressed CSV file with csv-parse alone, and prints the milliseconds that took. */

const startedAt = performance.now();
let rows = 0;
for await (const _ of createReadStream(process.argv[2]).pipe(createGunzip()).pipe(parse())) rows++;
process.stdout.write(JSON.stringify({ ms: performance.now() - startedAt, rows }));
