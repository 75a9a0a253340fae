#!/bin/sh
# Uploads into the object store against writing and hashing the same bytes by hand.
#
#   bench/upload.sh upload_server [ROUNDS]       starts the given bench/upload_server itself, on a disk folder of its own
#   UPLOAD_URL=http://… UPLOAD_PID=… bench/upload.sh - [ROUNDS]     measures a running server: bench/upload.mjs starts the
#                                                real one. PUT to UPLOAD_URL<uuid>; further arguments for curl,
#                                                one a line, in the file UPLOAD_CURL; files made by UPLOAD_MAKE FILE MB
#
# Peer: dd conv=fsync to the same disk, then openssl dgst -sm3 of the same bytes, one after the other, as a careful shell
# script would. Interleaved, medians. Every upload has bytes of its own, so nothing is stored by reuse.
# UPLOAD_SMALL (8), UPLOAD_SIZE (64) and UPLOAD_LARGE (0: none) are megabytes. With UPLOAD_BATCH (1) a round sends that many
# files one after another, and the peer writes and hashes as many.
# Ends with: upload ratio=… limit=0.70 MBps=… peer_MBps=… rss_8MB_kB=… …; status 1 below the limit or when the peak memory
# for the largest exceeds that for the smallest by more than 16 MB.
set -eu
server=${1:?usage: upload.sh SERVER|- [ROUNDS]}
rounds=${2:-7}
port=${UPLOAD_PORT:-15430}
disk=$(mktemp -d "${BENCH_DISK:-/var/tmp}/tongban-upload-XXXXXX")
memory=$(mktemp -d /dev/shm/tongban-upload-XXXXXX)
started=
cleanup() {
    if [ -n "$started" ]; then kill "$started" 2>/dev/null || true; wait "$started" 2>/dev/null || true; fi
    rm -rf "$disk" "$memory"
}
trap cleanup EXIT INT TERM

if [ "$server" = - ]; then
    url=${UPLOAD_URL:?}
    pid=${UPLOAD_PID:-}
else
    "$server" "$disk/objects" "$port" &
    started=$!
    pid=$started
    url=http://127.0.0.1:$port/api/files/
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        curl -s -o /dev/null "$url" && break
        sleep 0.1
    done
fi

now() { date +%s%N; }
# Makes the first bytes of file $1 new.
renew() { head -c 64 /dev/urandom | dd of="$1" bs=64 seek=64 conv=notrunc status=none; }
make() { # file megabytes
    if [ -n "${UPLOAD_MAKE:-}" ]; then $UPLOAD_MAKE "$1" "$2"; else head -c "$2M" /dev/urandom >"$1"; fi
}
upload() { # file
    uuid=$(cat /proc/sys/kernel/random/uuid)
    status=$(curl -s -o "$memory/answer" -w '%{http_code}' -H "Idempotency-Key: $uuid" ${UPLOAD_CURL:+-K "$UPLOAD_CURL"} \
        -T "$1" "$url$uuid")
    case $status in 20*) ;; *) echo "upload answered $status: $(cat "$memory/answer")" >&2; exit 1 ;; esac
}
median() { sort -n | awk '{v[NR]=$1} END {print v[int((NR+1)/2)]}'; }
peak() { [ -z "$pid" ] && echo 0 || awk '/^VmHWM/ {print $2}' "/proc/$pid/status"; }

small=${UPLOAD_SMALL:-8}
size=${UPLOAD_SIZE:-64}
large=${UPLOAD_LARGE:-0}
batch=${UPLOAD_BATCH:-1}
make "$memory/file" "$small"
for _ in 1 2 3; do # warm
    renew "$memory/file"
    upload "$memory/file"
done
rss_small=$(peak)
make "$memory/file" "$size"
bytes=$(($(wc -c <"$memory/file") * batch))
files=$(seq -f "$memory/file.%.0f" "$batch")
for file in $files; do cp "$memory/file" "$file"; done
renew_all() { for file in $files; do renew "$file"; done; }
: >"$memory/ours"
: >"$memory/peer"
i=0
while [ $i -lt "$rounds" ]; do
    i=$((i + 1))
    renew_all
    begin=$(now)
    for file in $files; do upload "$file"; done
    end=$(now)
    echo $((end - begin)) >>"$memory/ours"
    renew_all
    begin=$(now)
    for file in $files; do
        dd if="$file" of="$disk/peer${file##*.}" bs=1M conv=fsync status=none
        openssl dgst -sm3 "$file" >/dev/null
    done
    end=$(now)
    echo $((end - begin)) >>"$memory/peer"
    rm -f "$disk"/peer*
done
rss_large=$(peak)
if [ "$large" != 0 ]; then
    make "$memory/file" "$large"
    upload "$memory/file"
    rss_large=$(peak)
    largest=$large
else
    largest=$size
fi
ours=$(median <"$memory/ours")
peer=$(median <"$memory/peer")
awk -v o="$ours" -v p="$peer" -v s="$bytes" -v small="$rss_small" -v large="$rss_large" -v a="$small" -v z="$largest" 'BEGIN {
    ratio = p / o
    printf "upload ratio=%.2f limit=0.70 MBps=%.0f peer_MBps=%.0f rss_%dMB_kB=%d rss_%dMB_kB=%d\n", \
        ratio, s * 1e3 / o, s * 1e3 / p, a, small, z, large
    exit !(ratio >= 0.7 && large <= small + 16384)
}'
