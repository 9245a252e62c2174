#!/bin/sh
# How long `gatemend diagnose` takes as a whole process, and how much memory, on a quiet host with big logs:
#
#   bench/diagnose.sh [ERROR_LOG_MB] [ACCESS_LOG_MB] [RUNS]      200, 2048 and 5 unless said otherwise
#
# Starts an nginx of its own on a free port, with those logs, in a private directory, and removes all of it again.
set -eu

top=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
error_mb=${1:-200} access_mb=${2:-2048} runs=${3:-5}
time=$(command -v time) || { echo "bench: needs GNU time (apt-get install time)" >&2; exit 2; }

work=$(mktemp -d "${TMPDIR:-/tmp}/gatemend-bench-XXXXXX")
nginx_pid=
clean() {
    [ -z "$nginx_pid" ] || kill "$nginx_pid" 2>/dev/null || true
    rm -rf "$work"
}
trap clean EXIT
trap 'exit 130' INT TERM
chmod 711 "$work"
mkdir "$work/temp"

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
echo "writing $error_mb MB of error log and $access_mb MB of access log"
TZ=UTC python3 "$top/bench/big_logs.py" "$work/error.log" "$error_mb" "$work/access.log" "$access_mb"

cat >"$work/nginx.conf" <<END
pid $work/nginx.pid;
error_log $work/error.log;
events {}
http {
    access_log $work/access.log;
    client_body_temp_path $work/temp/body;
    proxy_temp_path $work/temp/proxy;
    fastcgi_temp_path $work/temp/fastcgi;
    uwsgi_temp_path $work/temp/uwsgi;
    scgi_temp_path $work/temp/scgi;
    server {
        listen 127.0.0.1:$port;
        server_name shop.example;
        location / { return 200; }
    }
}
END
PATH=$PATH:/usr/sbin nginx -p "$work/" -c "$work/nginx.conf" -e "$work/error.log" -g 'daemon off;' &
nginx_pid=$!

"$top/gatemend" --version
run=0
while [ "$run" -lt "$runs" ]; do
    run=$((run + 1))
    status=0
    TZ=UTC "$time" -f 'run '"$run"': %e s, %M KiB' -o "$work/took" \
        "$top/gatemend" diagnose --config "$work/nginx.conf" >"$work/answer" 2>"$work/complaint" || status=$?
    grep '^run' "$work/took"
    [ "$run" -gt 1 ] || { head -n 5 "$work/answer" "$work/complaint"; echo "exit status $status"; }
done
