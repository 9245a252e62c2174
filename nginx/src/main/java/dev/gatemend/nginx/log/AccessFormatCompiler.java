package dev.gatemend.nginx.log;

import dev.gatemend.model.LogFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the text of a {@code log_format} into the steps of an {@link AccessLogFormat}, and says
 * what it cannot tell apart.
 */
final class AccessFormatCompiler {
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w{1,200})}|(\\w{1,200}))");

    private final LogFormat format;
    private final List<String> names = new ArrayList<>();
    private final List<String> literals = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    private final Set<AccessVariable> variables = EnumSet.noneOf(AccessVariable.class);

    AccessFormatCompiler(LogFormat format) {
        this.format = format;
    }

    AccessLogFormat compile() {
        Matcher matcher = VARIABLE.matcher(format.text());
        String beginning = format.text();
        int from = 0;
        while (matcher.find()) {
            String before = format.text().substring(from, matcher.start());
            if (names.isEmpty()) {
                beginning = before;
            } else {
                literals.add(before);
            }
            names.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
            from = matcher.end();
        }
        literals.add(format.text().substring(names.isEmpty() ? format.text().length() : from));
        List<AccessStep> steps = steps();
        return new AccessLogFormat(format, bytes(beginning), steps, doubts, variables);
    }

    private List<AccessStep> steps() {
        List<AccessStep> steps = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int last = i;
            while (last < names.size() - 1 && literals.get(last).isEmpty() && width(last) == 0) {
                last++;
            }
            if (last > i) {
                doubts.add(
                        "nothing separates $"
                                + String.join(" $", names.subList(i, last + 1))
                                + " in log_format "
                                + format.name());
            }
            steps.add(step(i, last));
            i = last;
        }
        return steps;
    }

    private AccessStep step(int first, int last) {
        Optional<AccessVariable> variable =
                first == last ? AccessVariable.named(names.get(first)) : Optional.empty();
        byte[] literal = bytes(literals.get(last));
        AccessStep.End end = end(variable, literals.get(last), last);
        doubt(first, last, end, literals.get(last));
        boolean known = variable.isPresent() && variables.add(variable.get());
        boolean time = last + 1 < names.size() && names.get(last + 1).startsWith("time_");
        return new AccessStep(known ? variable.get().slot() : -1, end, width(last), literal, time);
    }

    private AccessStep.End end(Optional<AccessVariable> variable, String literal, int index) {
        if (width(index) > 0) {
            return AccessStep.End.WIDTH;
        }
        if (literal.startsWith("\"") && format.escape() != LogFormat.Escape.NONE) {
            return AccessStep.End.QUOTE;
        }
        if (index == names.size() - 1) {
            return AccessStep.End.LINE;
        }
        return variable.map(AccessVariable::hasOneValueAnAttempt).orElse(false)
                ? AccessStep.End.LIST
                : AccessStep.End.LITERAL;
    }

    private int width(int index) {
        return AccessVariable.named(names.get(index)).map(AccessVariable::width).orElse(0);
    }

    /**
     * Values of the client's choice that are neither quoted nor last can hold the literal behind
     * them.
     */
    private void doubt(int first, int last, AccessStep.End end, String literal) {
        boolean chosen = first == last && isClients(names.get(first));
        if (chosen && end == AccessStep.End.LITERAL) {
            doubts.add(
                    "$"
                            + names.get(first)
                            + " in log_format "
                            + format.name()
                            + " can hold the text '"
                            + literal
                            + "' that ends it");
        }
    }

    /**
     * Values with blanks or any other byte. $remote_user is not among them where a time follows it,
     * as in combined.
     */
    private boolean isClients(String name) {
        boolean header =
                name.startsWith("http_")
                        || name.startsWith("arg_")
                        || name.startsWith("cookie_")
                        || name.startsWith("sent_http_")
                        || name.startsWith("upstream_http_");
        return (header && !name.equals("http_host"))
                || name.equals("request")
                || name.equals("uri")
                || name.equals("document_uri")
                || name.equals("request_body");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
