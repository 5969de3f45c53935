#!/usr/bin/env bash
# Starts a PostgreSQL cluster of its own (as user postgres, on a free port, files in a new temporary folder)
# and prints two lines: DATABASE_URL=… and PGFOLDER=… . Afterwards:
#   .ci/postgres.sh pause FOLDER              stops the server as a crash would; what it holds stays
#   .ci/postgres.sh resume FOLDER [OPTIONS]   starts it again on its port, with more options if there are any
#   .ci/postgres.sh stop FOLDER               stops it for good and removes everything
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || { echo "No PostgreSQL server is installed (apt-get install postgresql)." >&2; exit 1; }
as_postgres() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }
pause() { as_postgres "$bin/pg_ctl" -D "$1/data" -m immediate stop >/dev/null; }
resume() {
  as_postgres "$bin/pg_ctl" -D "$1/data" -w -l "$1/log" -o "$(cat "$1/options") ${2:-}" start >/dev/null
}

case "${1:-}" in
  pause) pause "$2"; exit ;;
  resume) resume "$2" "${3:-}"; exit ;;
  stop) pause "$2" || true; rm -rf "$2"; exit ;;
esac

folder=$(mktemp -d)
port=$(node -e "const s=require('net').createServer().listen(0,'127.0.0.1',()=>{console.log(s.address().port);s.close()})")
echo "-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off" >"$folder/options"
if [ "$(id -u)" = 0 ]; then chown -R postgres "$folder"; fi
as_postgres "$bin/initdb" -D "$folder/data" -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
resume "$folder"
echo "DATABASE_URL=postgres://postgres@127.0.0.1:$port/postgres"
echo "PGFOLDER=$folder"
