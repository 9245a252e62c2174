#!/bin/sh
# Prints the path of PM2, which Debian does not have: fetched once from npm's registry into a cache. Nothing is installed,
# and no script of a package is run.
set -eu

cache=${XDG_CACHE_HOME:-$HOME/.cache}/gatemend/pm2
pm2=$cache/node_modules/.bin/pm2

die() {
    echo "pm2: $*" >&2
    exit 1
}

if ! [ -x "$pm2" ]; then
    command -v npm >/dev/null || die "npm is needed"
    mkdir -p "$cache"
    exec 9>"$cache/lock"
    flock 9
    if ! [ -x "$pm2" ]; then
        work=$(mktemp -d "$cache/fetching-XXXXXX")
        trap 'rm -rf "$work"' EXIT
        npm install --prefix "$work" --ignore-scripts --omit=optional --no-audit --no-fund --no-package-lock pm2@7 \
            >"$cache/log" 2>&1 </dev/null || die "could not fetch it; see $cache/log"
        rm -rf "$cache/node_modules"
        mv "$work/node_modules" "$cache/node_modules"
        [ -x "$pm2" ] || die "what came is no PM2; see $cache/log"
    fi
fi
echo "$pm2"
