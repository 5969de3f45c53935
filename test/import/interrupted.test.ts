import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { importFile } from '../../src/import/import-file.ts';
import { describeDatabases } from '../support/databases.ts';
import { temporaryFiles } from '../support/files.ts';

const child = fileURLToPath(new URL('../support/import-child.ts', import.meta.url));
const rows = 30_000;
const linesPerOrder = 10;
/** Progress after which the import is interrupted. */
const midway = 0.3;

function manyOrders(name: string): string {
  let text = 'order,time,product,quantity,price,customer\n';
  for (let row = 0; row < rows; row++) {
    const order = `${name}-${Math.floor(row / linesPerOrder)}`;
    text += `${order},2024-05-01 10:00,p${row % 97},1,1.5,c${row % 1000}\n`;
  }
  return text;
}

describeDatabases('interrupted import', (opened) => {
  const write = temporaryFiles();

  it.each([
    { signal: 'SIGTERM', code: 1, status: 'incomplete' },
    { signal: 'SIGKILL', code: null, status: 'running' },
  ] as const)('$signal: what was committed stays, and a second run completes it', async (interruption) => {
    const path = write(`${interruption.signal}.csv`, manyOrders(interruption.signal));
    const { env } = opened();
    await opened().database.close();

    const childEnv = { ...process.env, DATABASE_URL: '', ...env };
    const running = spawn(process.execPath, ['--import', 'tsx', child, path], { env: childEnv });
    let words = '';
    running.stderr.on('data', (chunk: Buffer) => {
      words += chunk;
    });
    running.stdout.on('data', (chunk: Buffer) => {
      if (
        chunk
          .toString()
          .split('\n')
          .some((share) => Number(share) > midway)
      )
        running.kill(interruption.signal);
    });
    const [exit] = await once(running, 'exit');
    expect(exit, words).toBe(interruption.code);

    const database = await openDatabase({ url: env.DATABASE_URL, folder: env.PAIRWELL_DATA ?? '' });
    try {
      const [left] = await database.rows<{ status: string; committed: number; lines: number }>(sql`
        select status, rows_committed::int as committed,
               (select count(*)::int from order_lines l join orders o on o.id = l.order_id
                where o.import_id = imports.id) as lines
        from imports order by id desc limit 1`);
      expect(left.status).toBe(interruption.status);
      expect(left.committed).toBeGreaterThan(0);
      expect(left.committed).toBeLessThan(rows);
      expect(left.lines).toBe(left.committed);

      const report = await importFile(database, { path });
      expect(report).toMatchObject({ rowsRead: rows, rowsResumed: left.committed, alreadyStored: 0 });
      const [stored] = await database.rows(sql`
        select count(*)::int as lines, count(distinct o.id)::int as orders
        from orders o join order_lines l on l.order_id = o.id where o.import_id = ${report.importId}`);
      expect(stored).toEqual({ lines: rows, orders: rows / linesPerOrder });
    } finally {
      await database.close();
    }
  });
});
