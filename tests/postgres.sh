#!/usr/bin/env bash
# A throw-away PostgreSQL cluster on loopback for tests.
#
#   tests/postgres.sh start DIR PORT     makes and starts it; prints a libpq connection string; DIR must be absent or empty
#   tests/postgres.sh restart DIR PORT   stops the server at once (immediate mode) and starts it again
#   tests/postgres.sh stop DIR PORT      stops it and removes DIR
#
# Set TONGBAN_TEST_DURABLE=1 to keep fsync on: for crash tests and measurements.
# Called by root the server runs as the account postgres, because it refuses to run as root.
set -euo pipefail

fail() { echo "postgres.sh: $*" >&2; exit 1; }
usage() { sed -n '2,9p' "$0" | sed 's/^# \{0,1\}//'; exit 2; }

[ $# -eq 3 ] || usage
action=$1 dir=$2 port=$3
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -x "${bin:-}/initdb" ] || fail "no PostgreSQL server found; install postgresql-15"

as_owner() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && setpriv --reuid=postgres --regid="$(id -g postgres)" --clear-groups env -u LC_ALL HOME="$dir" "$@")
    else
        "$@"
    fi
}
up() { as_owner "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 30 -s start || { tail -5 "$dir/log" >&2; fail "did not start"; }; }

case $action in
start)
    mkdir -p "$dir"; dir=$(readlink -f "$dir")
    [ -z "$(ls -A "$dir")" ] || fail "$dir is not empty"
    [ "$(id -u)" != 0 ] || chown postgres: "$dir"
    as_owner "$bin/initdb" -D "$dir/data" -U tongban -A trust -E UTF8 --locale=C.UTF-8 -N >"$dir/initdb.log" 2>&1 \
        || { tail -5 "$dir/initdb.log" >&2; fail "initdb"; }
    # Local trust is enough: loopback only, and it lives as long as the tests. The socket lies in DIR.
    {
        echo "listen_addresses = '127.0.0.1'"
        echo "port = $port"
        echo "unix_socket_directories = '$dir'"
        echo "max_connections = 200"
        echo "timezone = 'UTC'"
        if [ "${TONGBAN_TEST_DURABLE:-0}" != 1 ]; then
            echo "fsync = off"
            echo "full_page_writes = off"
        fi
    } >>"$dir/data/postgresql.conf"
    up
    as_owner "$bin/createdb" -h 127.0.0.1 -p "$port" -U tongban tongban
    echo "host=127.0.0.1 port=$port user=tongban dbname=tongban"
    ;;
restart)
    dir=$(readlink -f "$dir")
    as_owner "$bin/pg_ctl" -D "$dir/data" -m immediate -w -t 30 -s stop
    up
    ;;
stop)
    [ -d "$dir/data" ] || exit 0
    dir=$(readlink -f "$dir")
    as_owner "$bin/pg_ctl" -D "$dir/data" -m fast -w -t 20 -s stop 2>/dev/null \
        || as_owner "$bin/pg_ctl" -D "$dir/data" -m immediate -w -s stop || true
    rm -rf "$dir"
    ;;
*) usage ;;
esac
