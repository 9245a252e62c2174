# shellcheck shell=sh disable=SC2154 # top, jdk, the flags and distributions are the caller's
# Sourced by ./gatemend: knows whether what is built fits the sources, and builds it.
#
# target/gatemend/ID/lib/*.jar and ID/*.aot, where ID is a digest of the sources and the JDK; target/gatemend/current
# holds "FINGERPRINT ID". A distribution is never changed once it is there, so a running program keeps its jars.

# Everything the program is made of, with names relative to the top: a clone may be moved or copied.
sources() {
    cd "$top" && find pom.xml ./*/pom.xml ./*/*/pom.xml ./*/src/main gatemend scripts -type f "$@"
}

# Changes with any name, size or time; a few milliseconds.
fingerprint() {
    {
        export TZ=UTC
        sources -exec stat -c '%n %y %s' {} + 2>/dev/null
        printf '%s\n' "$jdk" "$jdk_version"
    } | cksum
}

# Changes with content alone, so that a copied tree or a branch visited and left is not built again.
content_id() {
    { sources -exec sha256sum {} + | LC_ALL=C sort; printf '%s\n' "$jdk_version"; } | sha256sum | cut -c1-16
}

# Sets current to the ID of a distribution that fits the sources; fails when there is none.
current_distribution() {
    built_fingerprint=
    current=
    found=$(fingerprint)
    found=${found%% *}-${found##* }
    [ -r "$distributions/current" ] && read -r built_fingerprint current <"$distributions/current"
    [ "$found" = "$built_fingerprint" ] && [ -d "$distributions/$current/lib" ]
}

# Builds under a lock: of two starts at once one builds, the other waits and finds it built.
build_distribution() {
    if ! { mkdir -p "$distributions" && : >>"$distributions/lock"; } 2>/dev/null; then
        run_stale_distribution
        return
    fi
    exec 9>>"$distributions/lock"
    if command -v flock >/dev/null && ! flock -n 9; then
        say "another start is building; waiting for it"
        flock 9
    fi
    current_distribution || make_distribution
    exec 9>&-
}

# A tree that may not be written, mounted read-only or owned by somebody else.
run_stale_distribution() {
    [ -d "$distributions/${current:-none}/lib" ] ||
        die "$top is not built yet and may not be written: run ./gatemend --version there as its owner, or clone it where you may write"
    [ "$(content_id)" = "$current" ] || say "the sources are newer than what is built, and $distributions may not be written; running what is built"
}

make_distribution() {
    made=$found
    id=$(content_id)
    if [ ! -d "$distributions/$id/lib" ]; then
        command -v mvn >/dev/null || die "needs Maven to build and found none; install it (Debian and Ubuntu: sudo apt install maven)"
        [ -x "$jdk/bin/javac" ] || die "needs a JDK to build, and $jdk is a runtime without javac; set JAVA_HOME to a JDK 25"
        new=$distributions/new
        rm -rf "$new"
        mkdir -p "$new/lib" || die "cannot write $distributions"
        compile "$new"
        train "$new"
        rm -rf "${distributions:?}/$id"
        mv "$new" "$distributions/$id" || die "cannot write $distributions"
    fi
    current=$id
    printf '%s %s\n' "$made" "$id" >"$distributions/current.new" && mv "$distributions/current.new" "$distributions/current"
    forget_old_distributions
}

# Maven's own words go to a file; the screen gets one line a module.
compile() {
    log=$distributions/build.log
    say "building (the first time fetches libraries and takes a minute)"
    {
        cd "$top" && JAVA_HOME=$jdk MAVEN_OPTS="$(maven_options)" mvn -B -ntp -Dstyle.color=never -Plauncher \
            -Dgatemend.distribution="$1/lib" package 9>&- 2>&1
        printf '\nexit status %s\n' $?
    } </dev/null | while IFS= read -r line; do
        printf '%s\n' "$line"
        case $line in
        *'Building gatemend-'*'['*/*']') line=${line##*Building gatemend-} && say "  ${line%% *} [${line##*[}" ;;
        esac
    done >"$log"
    case $(tail -n 1 "$log") in 'exit status 0') return ;; esac
    grep -E '^\[(ERROR|FATAL)\]' "$log" | head -n 12 >&2
    die "the build failed; all of it is in $log"
}

# Maven 3 itself makes JDK 25 warn; those warnings tell a user nothing.
maven_options() {
    printf '%s' "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:TieredStopAtLevel=1 ${MAVEN_OPTS:-}"
}

# A run over several commands records which classes a start needs. Loading a cache costs by its size, so what only prints
# words has one of its own. Without the caches everything works, slower.
train() {
    say "  start-up caches"
    for cache in words quick long; do
        # With the flags it will be used with: what it remembers of hot methods is of the compilers they allow.
        case $cache in long) flags=$long_flags ;; *) flags=$quick_flags ;; esac
        # shellcheck disable=SC2086 # the flags are words
        "$jdk/bin/java" $flags $common_flags -XX:AOTCacheOutput="$1/$cache.aot" \
            -cp "$(main_jar "$1")" dev.gatemend.cli.Training "$cache" >"$distributions/training-$cache.log" 2>&1 9>&- </dev/null ||
            rm -f "$1/$cache.aot"
        [ -s "$1/$cache.aot" ] || say "  none could be made, and each start takes longer (see $distributions/training-$cache.log)"
    done
}

# Its manifest names the other jars in a fixed order, which the cache depends on.
main_jar() {
    printf '%s' "$1"/lib/gatemend-cli-*.jar
}

# Two are kept beside the current one, for a branch visited and left and for programs still running.
forget_old_distributions() {
    # shellcheck disable=SC2010 # the names are digests
    ls -1t "$distributions" | grep -xE '[0-9a-f]{16}' | grep -vx "$current" | tail -n +3 |
        while IFS= read -r old; do rm -rf "${distributions:?}/$old"; done
}
