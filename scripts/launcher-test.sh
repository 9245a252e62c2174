#!/bin/sh
# shellcheck disable=SC2317 # the conditions are called through expect
# Tests of ./gatemend itself: prints "ok NAME" or "not ok NAME" for each, and "done" at the end.
set -u

top=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
status=0

# expect NAME CONDITION...: the condition is a command.
expect() {
    name=$1
    shift
    if "$@" >"$work/said" 2>&1; then echo "ok $name"; else
        status=1
        echo "not ok $name"
        sed 's/^/# /' "$work/said"
    fi
}
same() { [ "$1" = "$2" ] || { printf 'expected: %s\n     got: %s\n' "$2" "$1"; return 1; }; }
says() { printf '%s\n' "$1" | grep -qF -- "$2" || { printf 'expected: %s\n      in: %s\n' "$2" "$1"; return 1; }; }

# A copy that shares nothing with this tree but Maven's own cache.
clone=$work/'a clone'
mkdir "$clone"
(cd "$top" && tar cf - --exclude=target --exclude=.git .) | (cd "$clone" && tar xf -)
version="gatemend $(sed -n 's:.*<version>\(.*\)</version>.*:\1:p' "$top/pom.xml" | head -n 1)"

"$clone/gatemend" --version >"$work/out1" 2>"$work/err1" &
first=$!
"$clone/gatemend" --version >"$work/out2" 2>"$work/err2" &
second=$!
wait "$first"
status1=$?
wait "$second"
status2=$?
expect "two first starts at once both answer" same "$status1 $(cat "$work/out1") $status2 $(cat "$work/out2")" "0 $version 0 $version"
expect "only one of them builds" same "$(cat "$work/err1" "$work/err2" | grep -c "building (")" 1
expect "the other says that it waits" says "$(cat "$work/err1" "$work/err2")" "another start is building; waiting for it"
expect "one distribution comes of it" same "$(find "$clone/target/gatemend" -name words.aot | wc -l)" 1

expect "a start with nothing changed is silent" same "$("$clone/gatemend" --version 2>&1)" "$version"

ln -s "$clone/gatemend" "$work/link"
(cd "$work" && ln -s link second-link)
expect "works through a chain of links from another directory" same "$(cd / && "$work/second-link" --version 2>&1)" "$version"
expect "works with an empty PATH" same "$(env -i PATH= JAVA_HOME="${JAVA_HOME:-}" "$clone/gatemend" --version 2>&1)" "$version"
expect "works when found on the PATH" same "$(cd / && PATH="$work:$PATH" second-link --version 2>&1)" "$version"

touch "$clone/pom.xml"
expect "a file touched but not changed is not built again" same "$("$clone/gatemend" --version 2>&1)" "$version"

sed 's/exit code/Exit code/' "$clone/cli/src/main/java/dev/gatemend/cli/Main.java" >"$work/Main.java"
cp "$work/Main.java" "$clone/cli/src/main/java/dev/gatemend/cli/Main.java"
expect "a changed source is built" says "$("$clone/gatemend" --version 2>&1)" "building"
rm "$clone/cli/src/main/java/dev/gatemend/cli/Training.java"
expect "a deleted source is noticed" says "$("$clone/gatemend" --version 2>&1)" "building"
expect "without a start-up cache it still runs, silently" same "$("$clone/gatemend" --version 2>&1)" "$version"
echo 'public class {' >"$clone/model/src/main/java/dev/gatemend/model/Broken.java"
broken=$("$clone/gatemend" --version 2>&1)
expect "a source that does not compile ends with code 2" same $? 2
expect "and names the file" says "$broken" "Broken.java"
rm "$clone/model/src/main/java/dev/gatemend/model/Broken.java"
expect "once mended, what was built before serves again" same "$("$clone/gatemend" --version 2>&1)" "$version"

# On a terminal there is colour, unless it is not wanted.
escape=$(printf '\033')
on_terminal() { script -qec "$*" /dev/null </dev/null | tr -d '\r'; }
expect "colours a terminal" says "$(on_terminal "'$clone/gatemend' explain wrong-port")" "${escape}["
plain=$("$clone/gatemend" explain wrong-port)
expect "no colour with NO_COLOR" same "$(on_terminal "NO_COLOR=1 '$clone/gatemend' explain wrong-port")" "$plain"
expect "the scenarios are in the installed program" says "$("$clone/gatemend" lab list)" "wrong-port/node-moved"
expect "no colour with --no-color" same "$(on_terminal "'$clone/gatemend' --no-color explain wrong-port")" "$plain"

# nginx classify reads until its input ends.
entry='2026/11/21 10:00:01 [notice] 12#12: signal process started'
sleep 5 | timeout --preserve-status -s INT 2 "$clone/gatemend" nginx classify - >"$work/said" 2>&1
expect "an interrupt ends it with code 130" same $? 130
yes "$entry" | head -n 200000 | "$clone/gatemend" nginx classify - 2>"$work/err1" | head -n 1 >/dev/null
expect "a reader that goes away is no reason to complain" same "$(cat "$work/err1")" ""
full=$("$clone/gatemend" explain 2>&1 >/dev/full)
expect "output that cannot be written ends with code 5" same $? 5
expect "and says why" same "$full" "gatemend: cannot write: No space left on device"

mkdir "$work/bin"
for tool in sh readlink cksum find stat sort sha256sum cut grep sed uname dirname mkdir flock printf; do
    ln -s "$(command -v $tool)" "$work/bin/$tool" 2>/dev/null
done
no_jdk=$(JAVA_HOME=/nonexistent GATEMEND_JVM_DIRECTORY="$work/none" HOME=/nonexistent PATH="$work/bin" "$clone/gatemend" --version 2>&1)
expect "without a JDK 25 it ends with code 2" same $? 2
expect "and says in one line how to get one" same "$(printf '%s\n' "$no_jdk" | grep -c 'needs a JDK 25 and found none: install one')/$(printf '%s\n' "$no_jdk" | wc -l)" 1/1

# Not as root: root may write anything. The tree then belongs to somebody else.
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    chmod -R go+rX "$work"
    as_nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nonexistent "$@"; }
    expect "a tree of somebody else runs when it is built" same "$(as_nobody "$clone/gatemend" --version 2>&1)" "$version"
    rm -rf "$clone/target/gatemend"
    expect "and says what to do when it is not" says "$(as_nobody "$clone/gatemend" --version 2>&1)" "is not built yet and may not be written"
else
    chmod -R a-w "$clone"
    expect "a read-only tree runs when it is built" same "$("$clone/gatemend" --version 2>&1)" "$version"
    rm -rf "$work/copy" && cp -r "$clone" "$work/copy" && chmod -R u+w "$work/copy" && rm -rf "$work/copy/target" && chmod a-w "$work/copy"
    expect "and says what to do when it is not" says "$("$work/copy/gatemend" --version 2>&1)" "is not built yet and may not be written"
    chmod -R u+w "$clone" "$work/copy"
fi

echo 'done'
exit "$status"
