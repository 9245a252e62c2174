# shellcheck shell=sh disable=SC2034 # jdk_version is the caller's
# Sourced by ./gatemend and ./check: finds a JDK 25 without starting any Java.

# Reads DIR/release, which every JDK has; sets jdk and jdk_version when DIR holds a Java 25 that can run.
is_jdk_25() {
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    jdk_version=
    jdk_major=
    while IFS='=' read -r name value; do
        case $name in
        JAVA_VERSION) case $value in '"25"' | '"25.'*) jdk_major=25 ;; esac ;;
        JAVA_RUNTIME_VERSION) jdk_version=$value ;;
        esac
    done <"$1/release"
    [ "$jdk_major" = 25 ] && jdk=$1
}

# JAVA_HOME, then where distributions, vendors and SDKMAN put one, then the java on the PATH.
# GATEMEND_JVM_DIRECTORY replaces the places in between.
find_jdk() {
    if [ -n "${JAVA_HOME:-}" ]; then
        is_jdk_25 "${JAVA_HOME%/}" && return 0
    fi
    home=${HOME:-/nonexistent}
    if [ -n "${GATEMEND_JVM_DIRECTORY:-}" ]; then
        set -- "$GATEMEND_JVM_DIRECTORY"/*
    else
        set -- /usr/lib/jvm/*25* /usr/lib/jvm/* /usr/java/*25* /opt/*25* /opt/*/*25* \
            "${SDKMAN_DIR:-$home/.sdkman}"/candidates/java/25* "$home"/.jdks/*25*
    fi
    for candidate in "$@"; do
        is_jdk_25 "$candidate" && return 0
    done
    on_path=$(command -v java) && on_path=$(readlink -f -- "$on_path") && is_jdk_25 "${on_path%/bin/java}"
}
