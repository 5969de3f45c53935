import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe } from 'vitest';
import type { Database } from '../../db/database.ts';
import { type DatabaseLocation, openDatabase } from '../../db/open.ts';
import { skipReason } from './skip.ts';

/** A fresh, migrated database of its own. */
export interface OpenedDatabase {
  readonly database: Database;
  /** How to open the same database again, from this process or another. */
  readonly env: Readonly<Record<string, string>>;
  /** Closes the database and opens it again: `database` is another one afterwards. */
  reopen(): Promise<void>;
  drop(): Promise<void>;
}

async function openFresh(
  location: DatabaseLocation,
  env: Readonly<Record<string, string>>,
  remove: () => Promise<void>,
): Promise<OpenedDatabase> {
  let database = await openDatabase(location);
  return {
    get database() {
      return database;
    },
    env,
    reopen: async () => {
      await database.close();
      database = await openDatabase(location);
    },
    drop: async () => {
      await database.close();
      await remove();
    },
  };
}

export async function openFreshEmbedded(): Promise<OpenedDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'pairwell-'));
  return openFresh({ folder }, { PAIRWELL_DATA: folder }, () => rm(folder, { recursive: true, force: true }));
}

export async function openFreshOnServer(serverUrl: string): Promise<OpenedDatabase> {
  const name = `pairwell_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  const admin = postgres(serverUrl, { max: 1, onnotice: () => undefined });
  await admin.unsafe(`create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return openFresh({ url: url.href, folder: '' }, { DATABASE_URL: url.href }, async () => {
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  });
}

/**
 * Runs one suite against the embedded database and, where `DATABASE_URL` names a server, against PostgreSQL.
 * Each gets a database of its own, which `opened()` returns inside tests.
 */
export function describeDatabases(
  name: string,
  suite: (opened: () => OpenedDatabase, kind: Database['kind']) => void,
): void {
  const serverUrl = process.env.DATABASE_URL;
  const kinds: [Database['kind'], (() => Promise<OpenedDatabase>) | undefined][] = [
    ['embedded', openFreshEmbedded],
    ['server', serverUrl ? () => openFreshOnServer(serverUrl) : undefined],
  ];
  for (const [kind, open] of kinds) {
    describeOpened(`${name} (${kind})`, open, (opened) => suite(opened, kind));
  }
}

/** Runs one suite against PostgreSQL alone, where `DATABASE_URL` names a server. */
export function describeServer(name: string, suite: (opened: () => OpenedDatabase) => void): void {
  const serverUrl = process.env.DATABASE_URL;
  describeOpened(name, serverUrl ? () => openFreshOnServer(serverUrl) : undefined, suite);
}

function describeOpened(
  name: string,
  open: (() => Promise<OpenedDatabase>) | undefined,
  suite: (opened: () => OpenedDatabase) => void,
): void {
  if (!open) {
    skipReason(name, 'DATABASE_URL is not set');
    return;
  }
  describe(name, () => {
    let opened: OpenedDatabase;
    beforeAll(async () => {
      opened = await open();
    }, 60_000);
    afterAll(() => opened?.drop());
    suite(() => opened);
  });
}
