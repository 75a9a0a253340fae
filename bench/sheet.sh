#!/bin/sh
# Opening a case sheet in one request, against nginx serving the very same bytes from a file.
#
#   SHEET_COOKIE=tongban_session=… bench/sheet.sh URL     bench/sheet.mjs starts the real server and calls this
#
# SHEET_ROUNDS (5), SHEET_SECONDS (3), SHEET_NGINX_PORT. Needs wrk and nginx (Debian: wrk, nginx-light).
#
# 64 keep-alive connections (wrk -t1 -c64), nginx with a worker per core, no logs on its side; interleaved, medians.
# Ends with: sheet ratio=… limit=0.20 rps=… nginx_rps=… bytes=…; status 1 below the limit.
set -eu
url=${1:?usage: sheet.sh URL}
cookie=${SHEET_COOKIE:-}
rounds=${SHEET_ROUNDS:-5}
for tool in wrk curl; do command -v $tool >/dev/null || { echo "sheet.sh: install $tool" >&2; exit 1; }; done
command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || { echo "sheet.sh: install nginx-light" >&2; exit 1; }
seconds=${SHEET_SECONDS:-3}
port=${SHEET_NGINX_PORT:-15431}
folder=$(mktemp -d /dev/shm/tongban-sheet-XXXXXX)
cleanup() {
    [ -f "$folder/nginx.pid" ] && kill "$(cat "$folder/nginx.pid")" 2>/dev/null || true
    sleep 0.2
    rm -rf "$folder"
}
trap cleanup EXIT INT TERM

mkdir "$folder/www"
status=$(curl -s -o "$folder/www/sheet.json" -w '%{http_code}' -H "Cookie: $cookie" "$url")
[ "$status" = 200 ] || { echo "the sheet answered $status" >&2; exit 1; }
bytes=$(wc -c <"$folder/www/sheet.json")
chmod -R a+rX "$folder"
cat >"$folder/nginx.conf" <<CONF
worker_processes auto;
pid $folder/nginx.pid;
error_log $folder/error.log;
events { worker_connections 1024; }
http {
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000000;
    open_file_cache max=10;
    types { application/json json; }
    client_body_temp_path $folder/body; proxy_temp_path $folder/proxy; fastcgi_temp_path $folder/fastcgi;
    uwsgi_temp_path $folder/uwsgi; scgi_temp_path $folder/scgi;
    server { listen 127.0.0.1:$port; root $folder/www; }
}
CONF
"$(command -v nginx || echo /usr/sbin/nginx)" -c "$folder/nginx.conf" -p "$folder" -e "$folder/error.log"

# Requests a second; a run with any other answer than 2xx or a broken connection does not count as a measurement.
rps() {
    wrk -t1 -c64 -d"${seconds}s" ${2:+-H "$2"} "$1" >"$folder/wrk"
    if grep -Eq 'Non-2xx|Socket errors' "$folder/wrk"; then cat "$folder/wrk" >&2; exit 1; fi
    awk '/^Requests\/sec/ {print $2}' "$folder/wrk"
}
median() { sort -n | awk '{v[NR]=$1} END {print v[int((NR+1)/2)]}'; }
rps "$url" "Cookie: $cookie" >/dev/null # warm
i=0
while [ $i -lt "$rounds" ]; do
    i=$((i + 1))
    rps "$url" "Cookie: $cookie" >>"$folder/ours"
    rps "http://127.0.0.1:$port/sheet.json" >>"$folder/peer"
done
ours=$(median <"$folder/ours")
peer=$(median <"$folder/peer")
awk -v o="$ours" -v p="$peer" -v b="$bytes" 'BEGIN {
    printf "sheet ratio=%.2f limit=0.20 rps=%.0f nginx_rps=%.0f bytes=%d\n", o / p, o, p, b
    exit !(o / p >= 0.2)
}'
