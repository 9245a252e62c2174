#!/bin/sh
# How fast `gatemend logs` reads, as a whole process, beside what Debian has for the same; writes docs/benchmarks.md:
#
#   bench/logs.sh [MB] [DISTINCT_MB] [DIRECTORY]     2000, 2650 and a temporary one unless said otherwise
#
# MB is the size of the access log, in the format combined with the upstream fields behind; DISTINCT_MB that of one in which
# every request has a client and a URI of its own (2650: ten million), 0 to leave it out. Needs goaccess, ripgrep and time
# (apt-get install goaccess ripgrep time) and the larger of both sizes, and 600 MB, on the disk; all of it is removed again.
set -eu

top=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
size=${1:-2000} distinct=${2:-2650} place=${3:-${TMPDIR:-/tmp}}
page=$top/docs/benchmarks.md

die() { echo "bench: $*" >&2; exit 2; }
for tool in goaccess rg time; do command -v $tool >/dev/null || die "needs goaccess, ripgrep and time: sudo apt install goaccess ripgrep time"; done
time=$(command -v time)
load=$(cut -d' ' -f1 /proc/loadavg)
larger=$size && [ "$distinct" -le "$size" ] || larger=$distinct
free=$(df -P -m "$place" | awk 'NR == 2 { print $4 }')
[ "$free" -gt $((larger + larger / 10 + 600)) ] || die "$place has $free MB free, which is too little"

# shellcheck source=scripts/jdk.sh
. "$top/scripts/jdk.sh"
find_jdk || die "needs a JDK 25"
"$top/gatemend" --version

work=$(mktemp -d "$place/gatemend-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
export LC_ALL=C

# shellcheck disable=SC2016 # nginx's variables
format='$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" host=$host rt=$request_time ua="$upstream_addr" us="$upstream_status" ut="$upstream_response_time" uht="$upstream_header_time"'
goaccess_format='%h %^ %^ [%d:%t %^] "%r" %s %b "%R" "%u" host=%v rt=%T ua="%^" us="%^" ut="%^" uht="%^"'

# generate MB SHAPE: access.log and error.log, and truth, which is what happened in them.
generate() {
    echo "writing $1 MB ($2)"
    "$jdk/bin/java" -XX:+UseSerialGC "$top/cli/src/test/java/dev/gatemend/cli/GeneratedTraffic.java" "$work" "$1" "$2" >"$work/truth"
}

# measure RUNS FILE COMMAND...: sets seconds, user and system (CPU seconds) and peak (MiB) of the best run on the warm file; what it printed is in answer.
measure() {
    runs=$1 file=$2
    shift 2
    cat "$file" >/dev/null
    : >"$work/runs"
    while [ "$runs" -gt 0 ]; do
        runs=$((runs - 1))
        # 1 means that trouble was found, or nothing.
        "$time" -q -a -f '%e %U %S %M' -o "$work/runs" "$@" >"$work/answer" 2>"$work/complaint" || [ $? -eq 1 ] ||
            die "$1 failed: $(head -n 3 "$work/complaint")"
    done
    best=$(sort -n "$work/runs" | head -n 1)
    # shellcheck disable=SC2086 # four numbers
    set -- $best
    seconds=$1 user=$2 system=$3 peak=$(($4 / 1024))
}

# row WHAT FILE: a line of the table; its speed, and how often wc would have read the file meanwhile.
row() {
    bytes=$(stat -c %s "$2")
    line=$(awk -v what="$1" -v bytes="$bytes" -v seconds="$seconds" -v cpu="$user $system" -v peak="$peak" -v unit="${unit:-$seconds}" 'BEGIN {
        if (seconds < 0.01) seconds = 0.01
        split(cpu, used, " ")
        printf "| %s | %.2f | %.2f | %.0f | %.1f | %d |", what, seconds, used[1] + used[2], bytes / seconds / 1e6, seconds / unit, peak }')
    echo "$line" | tee -a "$work/table"
}

# ratio NAME A B: how often B goes into A, for the sentences below the table.
ratio() {
    awk -v what="$1" -v a="$2" -v b="$3" 'BEGIN { printf "* %s: %.1f\n", what, a / (b < 0.01 ? 0.01 : b) }' | tee -a "$work/ratios"
}

: >"$work/table"
: >"$work/ratios"
log=$work/access.log

generate "$size" usual
unit=
measure 3 "$log" wc -l "$log"
unit=$seconds
row 'wc -l' "$log"
measure 3 "$log" rg -c -F '" 502 ' "$log"
rg=$seconds
row 'rg -c -F '"'"'" 502 '"'"'' "$log"
measure 3 "$log" grep -c -F '" 502 ' "$log"
row 'grep -c -F '"'"'" 502 '"'"'' "$log"
measure 3 "$log" "$top/gatemend" logs --count --format "$format" "$log"
count=$seconds
counted=$(cat "$work/answer")
row 'gatemend logs --count (all 5xx)' "$log"
# shellcheck disable=SC2016 # awk's fields
measure 1 "$log" awk -F'"' '{ split($3, a, " "); if (a[1] >= 500) n++ } END { print n }' "$log"
[ "$counted" = "$(cat "$work/answer")" ] || die "gatemend counts $counted, awk $(cat "$work/answer")"
row 'awk, counting all 5xx' "$log"
measure 3 "$log" "$top/gatemend" logs --json --format "$format" "$log"
report=$seconds
row 'gatemend logs, the report' "$log"
measure 3 "$log" "$top/gatemend" logs --json --format "$format" "$log" "$work/error.log"
row 'the same, joined with the error log' "$log"
measure 1 "$log" goaccess "$log" --no-progress --log-format="$goaccess_format" --date-format=%d/%b/%Y --time-format=%T -o "$work/goaccess.json"
goaccess=$seconds
row "goaccess $(goaccess --version | sed -n 's/^GoAccess - \([0-9.]*[0-9]\).*/\1/p'), the report" "$log"

head -c 10000000 "$log" >"$work/small.log"
measure 5 "$work/small.log" "$top/gatemend" logs --format "$format" "$work/small.log"
row 'gatemend logs, 10 MB' "$work/small.log"

generate 400 failing
measure 3 "$work/error.log" "$top/gatemend" logs --json "$work/error.log"
row 'gatemend logs, an error log' "$work/error.log"

if [ "$distinct" -gt 0 ]; then
    generate "$distinct" distinct
    measure 1 "$log" "$top/gatemend" logs --json --format "$format" "$log"
    row "gatemend logs, $(($(wc -l <"$log") / 1000000)) million clients and URIs" "$log"
fi

ratio 'counting all 5xx takes as long as so many substring counts of ripgrep' "$count" "$rg"
ratio 'the report is so many times as fast as that of GoAccess' "$goaccess" "$report"

{
    cat <<END
# How fast logs are read

Written by \`bench/logs.sh $size $distinct\`, which makes its logs, runs each program on the same warm file, and takes the
best of three runs (of one for awk, GoAccess and the log with distinct clients). Whole processes: start, reading and
printing. An access log of $size MB in the format combined with the upstream fields behind. CPU: seconds of all threads,
which also tell where other programs kept the machine busy; MB/s: of 1,000,000 bytes, by the clock; of wc -l: how often
that reads the large log meanwhile; MiB: the greatest resident size.

| command | seconds | CPU | MB/s | of wc -l | MiB |
|---|---:|---:|---:|---:|---:|
END
    cat "$work/table"
    printf '\n'
    cat "$work/ratios"
    cat <<END

Machine: $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GiB,
Linux $(uname -r), $("$jdk/bin/java" -version 2>&1 | sed -n 2p), $(date -u +%Y-%m-%d). Load before the first run: $load.
END
} >"$work/page"
cp "$work/page" "$page"
echo "wrote $page"
