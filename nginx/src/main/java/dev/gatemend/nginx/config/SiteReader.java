package dev.gatemend.nginx.config;

import dev.gatemend.model.Location;
import dev.gatemend.model.LocationMatch;
import dev.gatemend.model.Pass;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the servers of http or stream with everything in effect inside them. */
final class SiteReader {
    private final PassReader passes;
    private final ListenReader listens;
    private final Level outer;

    /**
     * @param outer the {@code http} or {@code stream} level
     */
    SiteReader(PassReader passes, ListenReader listens, Level outer) {
        this.passes = passes;
        this.listens = listens;
        this.outer = outer;
    }

    Site http(Directive server) {
        Level level = outer.inside(server.block());
        List<String> names = names(server);
        Variables.Scope scope = new Variables.Scope(List.of(), server.block(), first(names));
        return new Site(
                false,
                names,
                listens.read(server, false),
                locations(server.block(), level, scope, Optional.empty()),
                level.settings(),
                server.position());
    }

    Site stream(Directive server) {
        Level level = outer.inside(server.block());
        List<String> names = names(server);
        Variables.Scope scope = new Variables.Scope(List.of(), server.block(), first(names));
        Optional<Pass> pass =
                last(server.block(), "proxy_pass")
                        .flatMap(directive -> passes.read(PassKind.STREAM, directive, scope));
        Location only =
                new Location(
                        new LocationMatch.Server(),
                        pass,
                        level.settings(),
                        server.position(),
                        List.of());
        return new Site(
                true,
                names,
                listens.read(server, true),
                List.of(only),
                level.settings(),
                server.position());
    }

    private List<Location> locations(
            List<Directive> block, Level level, Variables.Scope scope, Optional<Pass> pass) {
        List<Location> locations = new ArrayList<>();
        for (Directive directive : block) {
            if (directive.opensBlock()) {
                switch (directive.word()) {
                    case "location" -> locations.add(location(directive, level, scope));
                    case "if", "limit_except" ->
                            locations.add(nameless(directive, level, scope, pass));
                    default -> {}
                }
            }
        }
        return locations;
    }

    private Location location(Directive directive, Level level, Variables.Scope outside) {
        Level inside = level.inside(directive.block());
        Variables.Scope scope =
                new Variables.Scope(
                        List.of(directive.block()), outside.server(), outside.serverName());
        Optional<Pass> pass = pass(directive.block(), scope);
        return new Location(
                match(directive),
                pass,
                inside.settings(),
                directive.position(),
                locations(directive.block(), inside, scope, pass));
    }

    /** A block without a name of its own: it keeps the pass of the location around it. */
    private Location nameless(
            Directive directive, Level level, Variables.Scope outside, Optional<Pass> around) {
        List<List<Directive>> inner = new ArrayList<>(outside.inner());
        inner.add(directive.block());
        Variables.Scope scope = new Variables.Scope(inner, outside.server(), outside.serverName());
        Optional<Pass> pass = pass(directive.block(), scope).or(() -> inherited(directive, around));
        return new Location(
                match(directive),
                pass,
                level.insideNameless(directive.block()).settings(),
                directive.position(),
                List.of());
    }

    /** ngx_http_memcached_merge_loc_conf sets no handler for a limit_except, the others do. */
    private static Optional<Pass> inherited(Directive directive, Optional<Pass> around) {
        boolean limit = directive.word().equals("limit_except");
        return around.filter(pass -> !(limit && pass.kind() == PassKind.MEMCACHED));
    }

    private Optional<Pass> pass(List<Directive> block, Variables.Scope scope) {
        Optional<Pass> pass = Optional.empty();
        for (Directive directive : block) {
            Optional<PassWord> word = PassWord.of(directive.word());
            if (word.isPresent() && !directive.opensBlock()) {
                pass = passes.read(word.get().kind(), directive, scope);
            }
        }
        return pass;
    }

    private static LocationMatch match(Directive directive) {
        return switch (directive.word()) {
            case "if" -> new LocationMatch.If(String.join(" ", directive.values()));
            case "limit_except" ->
                    new LocationMatch.LimitExcept(String.join(" ", directive.values()));
            default -> LocationWords.match(directive.values());
        };
    }

    private static List<String> names(Directive server) {
        List<String> names = new ArrayList<>();
        for (Directive directive : server.block()) {
            if (directive.word().equals("server_name")) {
                names.addAll(directive.values());
            }
        }
        return names;
    }

    private static String first(List<String> names) {
        return names.isEmpty() ? "" : names.getFirst();
    }

    private static Optional<Directive> last(List<Directive> block, String name) {
        return block.reversed().stream().filter(d -> d.word().equals(name)).findFirst();
    }
}
