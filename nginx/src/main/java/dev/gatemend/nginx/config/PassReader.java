package dev.gatemend.nginx.config;

import dev.gatemend.model.Address;
import dev.gatemend.model.Pass;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.PassTarget;
import dev.gatemend.model.Position;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads where a pass goes: a group known from the configuration, or what a request decides. */
final class PassReader {
    /** Their values begin with a slash, so the host ends before them. */
    private static final Pattern PATH_VARIABLE =
            Pattern.compile(
                    "\\$\\{?(request_uri|uri|document_uri|is_args|fastcgi_script_name)(}|\\b).*",
                    Pattern.DOTALL);

    private final Variables variables;
    private final Upstreams upstreams;

    PassReader(Variables variables, Upstreams upstreams) {
        this.variables = variables;
        this.upstreams = upstreams;
    }

    /** Makes the group of a pass without variables, so that it is known before any is resolved. */
    void announce(PassKind kind, Directive directive) {
        if (directive.argument(0).indexOf('$') < 0) {
            literal(kind, directive);
        }
    }

    /** Reads a pass; empty where nginx refuses its target. */
    Optional<Pass> read(PassKind kind, Directive directive, Variables.Scope scope) {
        String written = directive.argument(0);
        if (written.indexOf('$') >= 0) {
            return Optional.of(variable(kind, directive, scope));
        }
        return literal(kind, directive);
    }

    private Optional<Pass> literal(PassKind kind, Directive directive) {
        Position position = directive.position();
        Optional<PassUrl> url = PassUrl.parse(kind, directive.argument(0));
        return url.flatMap(u -> group(u, position))
                .map(group -> pass(kind, url.get().scheme(), directive, group));
    }

    private Optional<PassTarget> group(PassUrl url, Position position) {
        Optional<String> named = upstreams.named(url.authority());
        if (named.isPresent()) {
            return named.map(PassTarget.Group::new);
        }
        return url.address()
                .map(address -> new PassTarget.Group(upstreams.literal(address, position)));
    }

    private static Pass pass(PassKind kind, String scheme, Directive directive, PassTarget target) {
        return new Pass(kind, scheme, directive.argument(0), target, directive.position());
    }

    private Pass variable(PassKind kind, Directive directive, Variables.Scope scope) {
        String written = directive.argument(0);
        Set<String> possible = new LinkedHashSet<>();
        Set<String> names = new LinkedHashSet<>();
        Set<String> undecided = new LinkedHashSet<>();
        String scheme = "";
        for (String text : variables.alternatives(written, scope)) {
            Optional<PassUrl> url =
                    PassUrl.parse(kind, PATH_VARIABLE.matcher(text).replaceFirst("/"));
            if (url.isEmpty()) { // the scheme itself is a variable
                undecided.addAll(Variables.names(text));
                continue;
            }
            scheme = scheme.isEmpty() ? url.get().scheme() : scheme;
            List<String> open = Variables.names(url.get().authority());
            undecided.addAll(open);
            if (open.isEmpty()) {
                place(url.get(), directive.position(), possible, names);
            }
        }
        PassTarget target =
                new PassTarget.Variable(
                        written, List.copyOf(possible), List.copyOf(names), List.copyOf(undecided));
        return pass(kind, scheme.isEmpty() ? kind.toString() : scheme, directive, target);
    }

    /**
     * As nginx at run time: a known group by name, an address as it is, a name for the resolver.
     */
    private void place(PassUrl url, Position position, Set<String> possible, Set<String> names) {
        Optional<String> named = upstreams.named(url.authority());
        Optional<Address> address = url.address();
        if (named.isPresent()) {
            possible.add(named.get());
        } else if (address.isPresent()) {
            boolean literal =
                    !(address.get() instanceof Address.Tcp tcp)
                            || tcp.isLiteral()
                            || upstreams.hasLiteral(tcp);
            if (literal) {
                possible.add(upstreams.literal(address.get(), position));
            } else {
                names.add(((Address.Tcp) address.get()).host());
            }
        }
    }
}
