#!/bin/sh
# Prints the path of a small Debian root in which systemd is PID 1 once systemd-nspawn boots it: fetched once through this
# machine's own package sources into a cache. Nothing is installed here and nothing is started; the bench boots it.
#
#   scripts/systemd-root.sh        as root, since the root's files belong to other users, too
set -eu

suite=bookworm
packages=systemd,systemd-sysv,dbus,sudo,nginx-light,python3,gunicorn,iproute2,procps,curl,monit
cache=${XDG_CACHE_HOME:-$HOME/.cache}/gatemend/systemd
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
# Made anew when this changes.
recipe=$(cksum <"$here/systemd-root.sh")

is_made() { [ -d "$cache/root/etc/systemd" ] && [ "$(cat "$cache/recipe" 2>/dev/null)" = "$recipe" ]; }

die() {
    echo "systemd-root: $*" >&2
    exit 1
}

# Beside the packages: a fixed identity, so that no boot is the first one; an account for applications; nginx, logins and
# Monit wait to be started.
fetch() {
    # shellcheck source=scripts/debian-archive.sh
    . "$here/debian-archive.sh"
    archive=$(debian_mirror)
    [ -n "$archive" ] || die "no source of Debian's archive is configured here"
    # shellcheck disable=SC2016 # mmdebstrap's own variable
    mmdebstrap --mode=root --variant=minbase --include="$packages" \
        --aptopt='Acquire::Retries "2"' --aptopt='Acquire::http::Timeout "20"' \
        --dpkgopt=force-unsafe-io --dpkgopt='path-exclude=/usr/share/doc/*' \
        --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/man/*' \
        --customize-hook='rm -f "$1/etc/machine-id" && systemd-machine-id-setup --root="$1"' \
        --customize-hook='echo systemd >"$1/etc/hostname"' \
        --customize-hook='echo "127.0.0.1 localhost systemd" >"$1/etc/hosts"' \
        --customize-hook='chroot "$1" useradd --system --home-dir=/srv/shop --create-home shop' \
        --customize-hook='systemctl --root="$1" disable nginx.service monit.service' \
        --customize-hook='systemctl --root="$1" mask systemd-logind.service getty.target console-getty.service' \
        "$suite" "$work/root" "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $archive $suite main"
}

if ! is_made; then
    [ "$(id -u)" = 0 ] || die "only root can make it"
    for program in mmdebstrap systemd-nspawn; do
        command -v "$program" >/dev/null || die "$program is needed"
    done
    mkdir -p "$cache"
    exec 9>"$cache/lock"
    flock 9
    if ! is_made; then
        work=$(mktemp -d "$cache/fetching-XXXXXX")
        trap 'rm -rf --one-file-system "$work"' EXIT
        fetch >"$cache/log" 2>&1 9>&- || die "could not fetch it; see $cache/log"
        rm -rf --one-file-system "$cache/root"
        mv "$work/root" "$cache/root"
        echo "$recipe" >"$cache/recipe"
    fi
fi
echo "$cache/root"
