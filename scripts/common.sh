# Shared by ./run and ./test: saying what happens, installing what is missing, building. Sourced, not run.
# shellcheck shell=bash

# One cache for all checkouts: paths inside ours are relative to it.
export CCACHE_BASEDIR="$ROOT" CCACHE_NOHASHDIR=1

say() { printf '\033[1;34m==>\033[0m %s\n' "$*"; }
die() { printf '\033[1;31m错误 error:\033[0m %s\n' "$*" >&2; exit 1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else die "packages are missing and this user is neither root nor has sudo; install them first: $missing"
    fi
}

# install_packages FILE…: the lists in packaging/; does nothing, quickly, when everything is there.
install_packages() {
    local wanted missing log=$ROOT/var/log/install.log
    wanted=$(grep -hv '^#' "$@")
    # Node.js may come from anywhere as long as it is new enough; npm comes with it or from Debian.
    if command -v node >/dev/null && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ] && command -v npm >/dev/null; then
        wanted=$(grep -vx -e nodejs -e npm <<<"$wanted")
    fi
    missing=$(comm -23 <(sort -u <<<"$wanted") <(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' | sed -n 's/^ii  *//p' | sort -u) | tr '\n' ' ')
    [ -n "${missing// /}" ] || return 0
    say "installing Debian packages: $missing"
    mkdir -p "$(dirname "$log")"
    { as_root apt-get update && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; } >"$log" 2>&1 \
        || { tail -n 5 "$log" >&2; die "the packages could not be installed; see var/log/install.log and check the network"; }
}

# configure FOLDER CMAKE-ARGS…: only when the folder is new or the arguments changed.
configure() {
    local folder=$1; shift
    [ -f "$folder/build.ninja" ] && [ "$(cat "$folder/arguments" 2>/dev/null)" = "$*" ] && return 0
    mkdir -p "$folder"
    cmake -S "$ROOT" -B "$folder" -G Ninja "$@" >"$folder/configure.log" 2>&1 \
        || { tail -n 20 "$folder/configure.log" >&2; die "cmake could not configure $folder"; }
    printf '%s' "$*" >"$folder/arguments"
}

# build FOLDER TARGET…: ninja's own progress on a terminal, one line otherwise.
build() {
    local folder=$1; shift
    if [ -t 1 ]; then ninja -C "$folder" "$@" || die "the build failed; the compiler's words are above"
    else ninja -C "$folder" "$@" >"$folder/build.log" 2>&1 || { tail -n 40 "$folder/build.log" >&2; die "the build failed; see $folder/build.log"; }
    fi
}

build_server() {
    say "building the server (the first time takes some minutes)"
    configure "$ROOT/build/release" -DCMAKE_BUILD_TYPE=Release -DTONGBAN_TESTS=OFF
    build "$ROOT/build/release" tongban
}

tree_digest() { (cd "$ROOT" && find "$@" -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-64); }

# npm_install FOLDER: exactly what the lock file says, only when it changed.
npm_install() {
    local folder=$1 stamp
    stamp=$(sha256sum <"$folder/package-lock.json")
    [ "$(cat "$folder/node_modules/.installed" 2>/dev/null)" = "$stamp" ] && return 0
    say "installing npm packages of ${folder#"$ROOT"/}"
    mkdir -p "$ROOT/var/log"
    # Not `npm ci`: it refuses a lock file without the optional binaries of other platforms. --no-save leaves the lock file alone.
    (cd "$folder" && npm install --no-save --no-audit --no-fund --ignore-scripts) >"$ROOT/var/log/npm.log" 2>&1 \
        || { tail -n 10 "$ROOT/var/log/npm.log" >&2; die "npm could not install; see var/log/npm.log and check the network"; }
    printf '%s' "$stamp" >"$folder/node_modules/.installed"
}

build_web() {
    local digest
    digest=$(tree_digest web api)
    [ "$(cat "$ROOT/web/dist/.built" 2>/dev/null)" = "$digest" ] && return 0
    npm_install "$ROOT/web"
    say "building the web pages"
    mkdir -p "$ROOT/var/log"
    (cd "$ROOT/web" && npm run build) >"$ROOT/var/log/web.log" 2>&1 \
        || { tail -n 20 "$ROOT/var/log/web.log" >&2; die "the web could not be built; see var/log/web.log"; }
    printf '%s' "$digest" >"$ROOT/web/dist/.built"
}
