package dev.gatemend.host.given;

import dev.gatemend.model.Address;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket in a line that ss(8), netstat(8) or lsof(8) printed.
 *
 * @param host as printed, without the interface; empty for a unix socket
 * @param port 0 for a unix socket
 * @param path of a unix socket; empty for TCP
 * @param family 4 or 6 where the line says it, else 0
 * @param program that holds it, where the line names it
 * @param queued connections that wait, and how many may; only ss says so
 */
record SocketRow(
        String host,
        int port,
        String path,
        int family,
        Optional<String> program,
        OptionalInt pid,
        OptionalInt queued,
        OptionalInt backlog) {
    private static final int LONGEST = 1_024;
    private static final String ADDRESS =
            "(\\*|\\[[\\da-fA-F:.%\\w]{2,60}\\](?:%\\w{1,16})?|[\\da-fA-F:.]{2,45}?(?:%[\\w.-]{1,16})?|localhost)[:.](\\d{1,5})";

    /** With the column of Netid, or without it; ss from a pager may have lost its beginning. */
    private static final Pattern SS =
            Pattern.compile(
                    "^\\s*(?:(tcp|mptcp)\\s+)?LISTEN\\s+(\\d{1,9})\\s+(\\d{1,9})\\s+"
                            + ADDRESS
                            + "\\s+\\S{1,64}:\\*(?:\\s+(.*))?$");

    private static final Pattern SS_UNIX =
            Pattern.compile(
                    "^\\s*(?:u_str\\s+)LISTEN\\s+(\\d{1,9})\\s+(\\d{1,9})\\s+([@/]\\S{1,200})\\s+\\d+\\s+\\*\\s+\\S+(?:\\s+(.*))?$");

    private static final Pattern NETSTAT =
            Pattern.compile(
                    "^\\s*tcp(4|6|46)?\\s+\\d{1,9}\\s+\\d{1,9}\\s+"
                            + ADDRESS
                            + "\\s+\\S{1,64}\\s+LISTEN\\b(.*)$");

    private static final Pattern NETSTAT_UNIX =
            Pattern.compile(
                    "^\\s*unix\\s+\\d{1,9}\\s+\\[ ?ACC ?\\]\\s+STREAM\\s+LISTENING\\s+\\d+\\s+(?:(\\d{1,9})/(\\S{1,64}).{0,40}?\\s+|-\\s+)?([@/]\\S{1,200})\\s*$");

    private static final Pattern LSOF =
            Pattern.compile(
                    "^\\s*(\\S{1,64})\\s+(\\d{1,9})\\s+\\S{1,64}\\s+\\d{1,9}[urwW]{1,2}\\s+IPv([46])\\s+\\S+\\s+\\S+\\s+TCP\\s+"
                            + ADDRESS
                            + "\\s+\\(LISTEN\\)\\s*$");

    /** {@code users:(("node",pid=900,fd=18))}, before iproute2 4.0 {@code (("node",900,18))}. */
    private static final Pattern USERS =
            Pattern.compile("users:\\(\\(\"([^\"]{1,64})\",(?:pid=)?(\\d{1,9}),");

    private static final Pattern PID_AND_PROGRAM =
            Pattern.compile("\\s(\\d{1,9})/([^\\s:]{1,64})(?=[\\s:]|$)");

    static Optional<SocketRow> in(String line) {
        String cut = line.substring(0, Math.min(line.length(), LONGEST));
        return ss(cut).or(() -> ssUnix(cut))
                .or(() -> netstat(cut))
                .or(() -> netstatUnix(cut))
                .or(() -> lsof(cut));
    }

    private static Optional<SocketRow> ss(String line) {
        Matcher found = SS.matcher(line);
        return found.find()
                ? tcp(
                        found.group(4),
                        found.group(5),
                        0,
                        users(found.group(6)),
                        found.group(2),
                        found.group(3))
                : Optional.empty();
    }

    private static Optional<SocketRow> ssUnix(String line) {
        Matcher found = SS_UNIX.matcher(line);
        if (!found.find()) {
            return Optional.empty();
        }
        Holder holder = users(found.group(4));
        return Optional.of(
                new SocketRow(
                        "",
                        0,
                        found.group(3),
                        0,
                        holder.program(),
                        holder.pid(),
                        number(found.group(1)),
                        number(found.group(2))));
    }

    private static Optional<SocketRow> netstat(String line) {
        Matcher found = NETSTAT.matcher(line);
        if (!found.find()) {
            return Optional.empty();
        }
        int family = found.group(1) == null || found.group(1).equals("4") ? 4 : 6;
        Matcher holder = PID_AND_PROGRAM.matcher(found.group(4));
        Holder held =
                holder.find()
                        ? new Holder(Optional.of(holder.group(2)), number(holder.group(1)))
                        : Holder.NOBODY;
        return tcp(found.group(2), found.group(3), family, held, "", "");
    }

    private static Optional<SocketRow> netstatUnix(String line) {
        Matcher found = NETSTAT_UNIX.matcher(line);
        return found.find()
                ? Optional.of(
                        new SocketRow(
                                "",
                                0,
                                found.group(3),
                                0,
                                Optional.ofNullable(found.group(2)),
                                number(found.group(1)),
                                OptionalInt.empty(),
                                OptionalInt.empty()))
                : Optional.empty();
    }

    private static Optional<SocketRow> lsof(String line) {
        Matcher found = LSOF.matcher(line);
        return found.find()
                ? tcp(
                        found.group(4),
                        found.group(5),
                        Integer.parseInt(found.group(3)),
                        new Holder(Optional.of(found.group(1)), number(found.group(2))),
                        "",
                        "")
                : Optional.empty();
    }

    private record Holder(Optional<String> program, OptionalInt pid) {
        static final Holder NOBODY = new Holder(Optional.empty(), OptionalInt.empty());
    }

    private static Holder users(@Nullable String text) {
        Matcher found = USERS.matcher(text == null ? "" : text);
        return found.find()
                ? new Holder(Optional.of(found.group(1)), number(found.group(2)))
                : Holder.NOBODY;
    }

    private static Optional<SocketRow> tcp(
            String host, String port, int family, Holder holder, String queued, String backlog) {
        int number = Integer.parseInt(port);
        String bare = host.replaceFirst("%[^\\]]*", "");
        return number > 0 && number <= 65_535
                ? Optional.of(
                        new SocketRow(
                                bare,
                                number,
                                "",
                                family,
                                holder.program(),
                                holder.pid(),
                                number(queued),
                                number(backlog)))
                : Optional.empty();
    }

    /** As ss wrote IPv6's wildcard before iproute2 4.15, when it also wrote * for IPv4's. */
    boolean isOldWildcard() {
        return host.equals("::") && family == 0;
    }

    /** As ss has written a socket of IPv6 alone since then. */
    boolean isSixthAlone() {
        return host.equals("[::]") && family == 0;
    }

    private static OptionalInt number(@Nullable String text) {
        return text == null || text.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(text));
    }

    boolean isUnix() {
        return !path.isEmpty();
    }

    /**
     * The address.
     *
     * @param starIsDual what {@code *} means: since iproute2 4.15 a socket of both families, before
     *     that IPv4's wildcard
     */
    Address address(boolean starIsDual) {
        if (isUnix()) {
            return new Address.Unix(path);
        }
        if (host.equals("*")) {
            boolean sixth = family == 6 || (family == 0 && starIsDual);
            return new Address.Tcp(sixth ? "::" : "0.0.0.0", port);
        }
        return new Address.Tcp(host.equals("localhost") ? "127.0.0.1" : host, port);
    }
}
