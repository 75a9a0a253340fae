#!/usr/bin/env bash
# Builds every fuzz target here and runs each for a few seconds (FUZZ_SECONDS, default 10) from its seeds.
#   tests/fuzz/smoke.sh [TARGET…]      TARGET without _fuzz.cc; FUZZ_DIR keeps builds and grown corpora between runs
# A finding ends with status 1; its input is left in FUZZ_DIR/<target>/.
# A target names what it needs in its first lines: "// sources: …", "// libraries: …" and "// plain: …", sources that only g++
# compiles (qpdf's headers are no C++20 for clang 14): without instrumentation, like the libraries.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
work=${FUZZ_DIR:-$root/build/fuzz}
seconds=${FUZZ_SECONDS:-10}
cd "$root"
targets=("$@")
if [ ${#targets[@]} = 0 ]; then
    for file in tests/fuzz/*_fuzz.cc; do targets+=("$(basename "$file" _fuzz.cc)"); done
fi
for target in "${targets[@]}"; do
    file=tests/fuzz/${target}_fuzz.cc
    folder=$work/$target
    mkdir -p "$folder/corpus"
    read -ra sources < <(sed -n 's|^// sources: ||p' "$file" | tr '\n' ' ') || true
    read -ra libraries < <(sed -n 's|^// libraries: ||p' "$file") || true
    read -ra plain < <(sed -n 's|^// plain: ||p' "$file") || true
    objects=()
    for source in "${plain[@]}"; do
        objects+=("$folder/$(basename "$source" .cc).o")
        g++ -std=c++20 -O1 -g -Isrc -DPOINTERHOLDER_TRANSITION=4 -c "$source" -o "${objects[-1]}"
    done
    flags=(-std=c++20 -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -Isrc -DBOOST_JSON_NO_LIB)
    clang++ "${flags[@]}" "$file" "${sources[@]}" "${objects[@]}" "${libraries[@]/#/-l}" -lfmt -o "$folder/fuzz"
    "$folder/fuzz" -max_total_time="$seconds" -max_len=20000 -timeout=5 -rss_limit_mb=1024 -print_final_stats=1 \
        -artifact_prefix="$folder/" "$folder/corpus" "tests/fuzz/seeds/$target" >"$folder/log" 2>&1 ||
        { tail -n 40 "$folder/log"; echo "fuzz $target: a finding, see $folder"; exit 1; }
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$folder/log")
    [ "${runs:-0}" -gt 1000 ] || { tail -n 40 "$folder/log"; echo "fuzz $target: hardly ran"; exit 1; }
    echo "fuzz $target: $runs inputs, no finding"
done
