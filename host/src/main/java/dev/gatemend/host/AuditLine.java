package dev.gatemend.host;

import dev.gatemend.model.KernelEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A refusal of a security module as the audit system writes it when no auditd takes it: message
 * 1400, AVC. What a process chose stands in quotes, and as hexadecimal digits when it holds a quote
 * or a space, so no value can pass for another field.
 */
final class AuditLine {
    private static final Pattern HEAD =
            Pattern.compile(
                    "audit: type=1400 audit\\((\\d{1,11})\\.(\\d{3}):\\d+\\): +(apparmor=\"DENIED\"|avc: +denied +\\{ ([a-z_ ]{1,200}?) \\})");

    private AuditLine() {}

    static Optional<KernelEvent> denial(String text) {
        Matcher head = HEAD.matcher(text);
        if (!head.lookingAt()) {
            return Optional.empty();
        }
        Instant at =
                Instant.ofEpochSecond(Long.parseLong(head.group(1)))
                        .plusMillis(Long.parseLong(head.group(2)));
        String rest = text.substring(head.end());
        return Optional.of(
                head.group(4) == null ? appArmor(at, rest) : selinux(at, head.group(4), rest));
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
