/**
 * What an embedded database is made with. One process reads it, and the file system caches too: a small buffer
 * pool keeps the process 100 MB leaner at no measurable cost.
 */
export const embeddedSettings = ['shared_buffers = 32MB', 'max_wal_size = 256MB'];
