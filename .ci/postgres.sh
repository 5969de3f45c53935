#!/usr/bin/env bash
# Starts a PostgreSQL cluster of its own (as user postgres, on a free port, files in a new temporary folder)
# and prints two lines: DATABASE_URL=… and PGFOLDER=… . Stop it with: .ci/postgres.sh stop FOLDER
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || { echo "No PostgreSQL server is installed (apt-get install postgresql)." >&2; exit 1; }
as_postgres() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }

if [ "${1:-}" = stop ]; then
  as_postgres "$bin/pg_ctl" -D "$2/data" -m immediate stop >/dev/null
  rm -rf "$2"
  exit 0
fi

folder=$(mktemp -d)
[ "$(id -u)" = 0 ] && chown postgres "$folder"
port=$(node -e "const s=require('net').createServer().listen(0,'127.0.0.1',()=>{console.log(s.address().port);s.close()})")
as_postgres "$bin/initdb" -D "$folder/data" -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
as_postgres "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
  -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off" start >/dev/null
echo "DATABASE_URL=postgres://postgres@127.0.0.1:$port/postgres"
echo "PGFOLDER=$folder"
