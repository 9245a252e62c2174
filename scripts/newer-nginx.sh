#!/bin/sh
# Prints the path of an nginx of a newer Debian suite, to hold the diagnosis to its defaults as well: fetched once through
# this machine's own package sources into a cache, with the libraries it was built with. Nothing is installed, no script of
# a package is run, and the machine's own package lists stay as they are.
#
#   scripts/newer-nginx.sh [SUITE]        SUITE is sid unless said otherwise; trixie is another
set -eu

suite=${1:-sid}
case $suite in
*[!a-z]* | '') echo "usage: scripts/newer-nginx.sh [SUITE], as in trixie" >&2 && exit 2 ;;
esac
cache=${XDG_CACHE_HOME:-$HOME/.cache}/gatemend/nginx-$suite
nginx=$cache/root/usr/sbin/nginx

works() { "$nginx" -v >/dev/null 2>&1; }

die() {
    echo "newer-nginx: $*" >&2
    exit 1
}

# shellcheck source=scripts/debian-archive.sh
. "$(dirname -- "$0")/debian-archive.sh"

# apt with lists, cache and an empty list of installed packages of its own, so that all that nginx needs comes along.
own_apt() {
    command=$1
    shift
    "$command" -q -o Dir::Etc::sourcelist="$work/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::State="$work/apt/state" -o Dir::State::status="$work/apt/status" -o Dir::Cache="$work/apt/cache" \
        -o APT::Sandbox::User= -o Acquire::Languages=none -o Acquire::Retries=2 -o Acquire::http::Timeout=20 "$@"
}

fetch() {
    archive=$(debian_mirror)
    [ -n "$archive" ] || die "no source of Debian's archive is configured here"
    mkdir -p "$work/apt/state/lists/partial" "$work/apt/cache/archives/partial"
    : >"$work/apt/status"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $archive $suite main" >"$work/apt/sources.list"
    own_apt apt-get update
    own_apt apt-get install --download-only --no-install-recommends --yes nginx patchelf
    for package in "$work"/apt/cache/archives/*.deb; do
        dpkg-deb --extract "$package" "$work/root"
    done
}

# Tells nginx where its own loader and libraries lie; the machine's are older than it expects.
settle() {
    mv "$work/root" "$cache/root"
    loader=$(find "$cache/root" -name 'ld-linux*.so.*' -o -name 'ld64*.so.*' | head -n 1)
    [ -n "$loader" ] || die "no loader came with nginx"
    libraries=$(dirname "$loader")
    find "$cache/root" -type d -name "$(uname -m)-linux-gnu" -path '*lib/*' | grep -qxF "$libraries" ||
        libraries=$(find "$cache/root/usr/lib" -maxdepth 1 -type d -name '*-linux-gnu*' | head -n 1)
    "$loader" --library-path "$libraries" "$cache/root/usr/bin/patchelf" \
        --set-interpreter "$loader" --force-rpath --set-rpath "$libraries" "$nginx"
}

if ! works; then
    command -v apt-get >/dev/null || die "apt-get is needed"
    command -v dpkg-deb >/dev/null || die "dpkg-deb is needed"
    mkdir -p "$cache"
    exec 9>"$cache/lock"
    flock 9
    if ! works; then
        work=$(mktemp -d "$cache/fetching-XXXXXX")
        trap 'rm -rf "$work"' EXIT
        fetch >"$cache/log" 2>&1 || die "could not fetch it; see $cache/log"
        rm -rf "$cache/root"
        settle >>"$cache/log" 2>&1 || die "could not settle it; see $cache/log"
        works || die "the nginx of $suite does not start on this machine; see $cache/log"
    fi
fi
echo "$nginx"
