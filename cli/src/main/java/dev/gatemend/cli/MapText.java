package dev.gatemend.cli;

import dev.gatemend.model.Listen;
import dev.gatemend.model.Location;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Pass;
import dev.gatemend.model.PassTarget;
import dev.gatemend.model.Peer;
import dev.gatemend.model.Position;
import dev.gatemend.model.Printable;
import dev.gatemend.model.Setting;
import dev.gatemend.model.Site;
import dev.gatemend.model.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Configurations as a tree on the screen: sites with their locations, then upstreams. */
final class MapText {
    /** Without the prefix of their module. */
    private static final Set<String> DECIDING =
            Set.of(
                    "buffer_size",
                    "buffering",
                    "connect_timeout",
                    "http_version",
                    "next_upstream",
                    "read_timeout",
                    "send_timeout");

    private final Page page;
    private final Ink ink;

    private MapText(Page page, Ink ink) {
        this.page = page;
        this.ink = ink;
    }

    static String of(List<NginxConfiguration> configurations, int columns, Ink ink) {
        MapText map = new MapText(new Page(columns), ink);
        configurations.forEach(map::write);
        return map.page.toString();
    }

    private void write(NginxConfiguration configuration) {
        page.blank();
        row(
                "nginx "
                        + configuration.version()
                        + ", "
                        + Words.count(configuration.sites().size(), "site")
                        + ", "
                        + Words.count(configuration.upstreams().size(), "upstream"),
                configuration.path());
        configuration.sites().forEach(this::write);
        configuration.upstreams().stream().filter(u -> !u.implicit()).forEach(this::write);
    }

    private void write(Site site) {
        String listens =
                site.listens().stream().map(MapText::listen).collect(Collectors.joining(", "));
        String name = site.names().isEmpty() ? "(no name)" : String.join(" ", site.names());
        page.blank();
        row(
                (site.stream() ? "stream server " : "site ") + name + " on " + listens,
                site.position().fileAndLine());
        site.locations().forEach(location -> write(location, 1));
    }

    private void write(Location location, int depth) {
        String written = location.match().written();
        String name = written.isEmpty() ? "server" : "location " + written;
        String pass = location.pass().map(p -> "  " + passWords(p)).orElse("");
        row("  ".repeat(depth) + name + pass, location.position().fileAndLine());
        location.pass().ifPresent(p -> writeSettings(location, p, depth + 1));
        location.nested().forEach(nested -> write(nested, depth + 1));
    }

    /**
     * What is written for the pass, and the defaults that decide most gateway errors; JSON has all.
     */
    private void writeSettings(Location location, Pass pass, int depth) {
        String prefix = pass.kind().directivePrefix() + "_";
        location.settings().byName().values().stream()
                .flatMap(List::stream)
                .filter(s -> s.name().startsWith(prefix) || s.name().equals("resolver"))
                .filter(s -> !s.name().equals(pass.kind().directive()))
                .filter(s -> !s.isDefault() || decides(s, prefix))
                .forEach(s -> writeSetting(s, depth));
    }

    private static boolean decides(Setting setting, String prefix) {
        return DECIDING.stream().anyMatch(name -> setting.name().equals(prefix + name));
    }

    private void writeSetting(Setting setting, int depth) {
        row(
                "  ".repeat(depth) + setting,
                setting.position().map(Position::fileAndLine).orElse("default"));
    }

    private static String passWords(Pass pass) {
        String target =
                switch (pass.target()) {
                    case PassTarget.Group group -> group.upstream();
                    case PassTarget.Variable variable ->
                            "one of "
                                    + (variable.possible().isEmpty()
                                            ? "what the request decides"
                                            : String.join(", ", variable.possible()));
                };
        return pass.kind().directive() + " " + pass.written() + " -> " + target;
    }

    private void write(Upstream upstream) {
        page.blank();
        String settings =
                upstream.settings().byName().values().stream()
                        .flatMap(List::stream)
                        .filter(s -> !s.isDefault())
                        .map(Setting::toString)
                        .collect(Collectors.joining("; "));
        row(
                "upstream " + upstream.name() + (settings.isEmpty() ? "" : "  " + settings),
                place(upstream.position()));
        for (Peer peer : upstream.peers()) {
            row("  " + peer.address() + options(peer), place(peer.position()));
        }
    }

    private static String options(Peer peer) {
        List<String> options = new ArrayList<>();
        options.add("weight=" + peer.weight());
        options.add("max_fails=" + peer.maxFails());
        options.add("fail_timeout=" + peer.failTimeout().toSeconds() + "s");
        if (peer.maxConns() > 0) {
            options.add("max_conns=" + peer.maxConns());
        }
        if (peer.backup()) {
            options.add("backup");
        }
        if (peer.down()) {
            options.add("down");
        }
        if (peer.resolve()) {
            options.add("resolve");
        }
        return "  " + String.join(" ", options);
    }

    private static String listen(Listen listen) {
        return listen.address()
                + (listen.tls() ? " tls" : "")
                + (listen.defaultServer() ? " default" : "");
    }

    private static String place(Optional<Position> position) {
        return position.map(Position::fileAndLine).orElse("");
    }

    /** The place at the right margin, on a line of its own when there is no room. */
    private void row(String words, String place) {
        String line = Printable.oneLine(words);
        String where = Printable.oneLine(place);
        if (line.length() + 2 + where.length() > page.columns()) {
            page.line(line);
            line = "";
        }
        page.line(page.rightAligned(line, where, ink::dim));
    }
}
