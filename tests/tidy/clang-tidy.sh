#!/usr/bin/env bash
# clang-tidy 14 over the sources of src/ that have no heavy headers inside, with the few checks of .clang-tidy as errors.
# Needs build/dev/compile_commands.json (./test unit makes it).
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v clang-tidy >/dev/null || { echo "clang-tidy is not installed"; exit 1; }
clang-tidy --version | grep -q 'version 14\.' || { echo "clang-tidy 14 is needed"; exit 1; }
[ -f build/dev/compile_commands.json ] || { echo "build/dev is missing; run ./test unit first"; exit 1; }
list=$(git ls-files 'src/base/*.cc' 'src/modules/**/core/*.cc' | grep -v _test.cc)
printf '%s\n' "$list" | xargs -P 2 -n 4 clang-tidy -p build/dev --quiet 2>/dev/null
