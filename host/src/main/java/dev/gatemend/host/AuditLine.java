package dev.gatemend.host;

import dev.gatemend.model.KernelEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A refusal of a security module as the audit system writes it: message 1400, AVC, in the kernel's
 * log, and in auditd's where that runs. What a process chose stands in quotes, and as hexadecimal
 * digits when it holds a quote or a space, so no value can pass for another field.
 */
public final class AuditLine {
    private static final Pattern HEAD =
            Pattern.compile(
                    "(?:audit: type=1400 |(?:node=\\S{1,255} )?type=AVC msg=)audit\\((\\d{1,11})\\.(\\d{3}):\\d+\\): +(apparmor=\"DENIED\"|avc: +denied +\\{ ([a-z_ ]{1,200}?) \\})");

    private AuditLine() {}

    /** The refusal that a line of one of those logs is, if it is one. */
    static Optional<KernelEvent> denial(String line) {
        Matcher head = HEAD.matcher(line);
        return head.lookingAt() ? Optional.of(read(head, line)) : Optional.empty();
    }

    /** The refusal that stands in somebody's line, behind whatever was put before it. */
    public static Optional<KernelEvent> denialWithin(String line) {
        Matcher head = HEAD.matcher(line);
        return head.find() ? Optional.of(read(head, line)) : Optional.empty();
    }

    private static KernelEvent read(Matcher head, String line) {
        Instant at =
                Instant.ofEpochSecond(Long.parseLong(head.group(1)))
                        .plusMillis(Long.parseLong(head.group(2)));
        String rest = line.substring(head.end());
        return head.group(4) == null ? appArmor(at, rest) : selinux(at, head.group(4), rest);
    }

    private static KernelEvent appArmor(Instant at, String rest) {
        return new KernelEvent.Denial(
                at,
                "apparmor",
                pid(rest),
                field(rest, "comm").orElse(""),
                field(rest, "operation").orElse(""),
                field(rest, "profile").orElse(""),
                field(rest, "name"),
                true);
    }

    private static KernelEvent selinux(Instant at, String permissions, String rest) {
        return new KernelEvent.Denial(
                at,
                "selinux",
                pid(rest),
                field(rest, "comm").orElse(""),
                permissions,
                field(rest, "scontext").orElse(""),
                field(rest, "path").or(() -> field(rest, "tcontext")),
                !field(rest, "permissive").equals(Optional.of("1")));
    }

    private static int pid(String rest) {
        return field(rest, "pid")
                .filter(p -> p.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .orElse(0);
    }

    private static Optional<String> field(String rest, String name) {
        Matcher field = Pattern.compile(" " + name + "=(?:\"([^\"]*)\"|([^\" ]+))").matcher(rest);
        return field.find()
                ? Optional.of(field.group(1) != null ? field.group(1) : field.group(2))
                : Optional.empty();
    }
}
