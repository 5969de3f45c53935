import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataFolder } from './data-folder.ts';

let room: string;
let folder: string;
let lock: string;

beforeEach(async () => {
  room = await mkdtemp(join(tmpdir(), 'pairwell-folder-'));
  folder = join(room, 'some', 'data');
  lock = join(folder, 'pairwell.lock');
});
afterEach(() => rm(room, { recursive: true, force: true }));

const noTemplate = () => join(room, 'no-template');
const open = (path = folder) => openDataFolder(path, noTemplate());
const inUse = (pid: number | undefined) =>
  expect.objectContaining({
    code: 'conflict',
    message: expect.stringContaining(`in use by process ${pid} `),
  });

/** A lock as some process left it. */
async function leaveLock(content: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(lock, content);
}

describe('openDataFolder', () => {
  it('makes the folder and locks it until it is released', async () => {
    const data = await open();
    expect(data.database).toBe(join(folder, 'postgres'));
    expect(await readFile(lock, 'utf8')).toBe(String(process.pid));
    await data.release();
    await expect(access(lock)).rejects.toMatchObject({ code: 'ENOENT' });
    await (await open()).release();
  });

  it('refuses a second opening by the same process, by another path too', async () => {
    const data = await open();
    await expect(open()).rejects.toEqual(inUse(process.pid));
    await symlink(folder, join(room, 'link'));
    await expect(open(join(room, 'link'))).rejects.toEqual(inUse(process.pid));
    await data.release();
    await (await open(join(room, 'link'))).release();
  });

  it('refuses while another process has it, and takes over when that one has died', async () => {
    const other = spawn(process.execPath, ['--eval', 'setInterval(() => undefined, 1000)']);
    await leaveLock(String(other.pid));
    await expect(open()).rejects.toEqual(inUse(other.pid));
    other.kill('SIGKILL');
    await once(other, 'exit');
    const data = await open();
    expect(await readFile(lock, 'utf8')).toBe(String(process.pid));
    await data.release();
  });

  it('takes over a lock of an earlier process with the same number', async () => {
    await leaveLock(String(process.pid));
    await (await open()).release();
  });

  it('takes over a lock that names no process', async () => {
    await leaveLock('');
    await (await open()).release();
  });

  it('starts from the template, once', async () => {
    const template = join(room, 'template');
    await mkdir(template);
    await writeFile(join(template, 'PG_VERSION'), '18');
    // What a copy that was cut short left.
    await mkdir(join(folder, 'postgres.partial', 'half'), { recursive: true });

    const first = await openDataFolder(folder, template);
    expect(await readFile(join(first.database, 'PG_VERSION'), 'utf8')).toBe('18');
    await expect(access(join(first.database, 'half'))).rejects.toMatchObject({ code: 'ENOENT' });
    await writeFile(join(first.database, 'PG_VERSION'), 'changed');
    await first.release();

    const second = await openDataFolder(folder, template);
    expect(await readFile(join(second.database, 'PG_VERSION'), 'utf8')).toBe('changed');
    await second.release();
  });

  it('gives the lock back when the template cannot be copied', async () => {
    const template = join(room, 'template');
    await mkdir(template);
    const socket = createServer().listen(join(template, 'socket'));
    await once(socket, 'listening');
    await expect(openDataFolder(folder, template)).rejects.toMatchObject({ code: 'ERR_FS_CP_SOCKET' });
    socket.close();
    await (await open()).release();
  });
});
