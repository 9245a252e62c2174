package dev.gatemend.nginx.config;

import dev.gatemend.model.LogFormat;
import dev.gatemend.model.LogSetting;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.Setting;
import dev.gatemend.model.Settings;
import dev.gatemend.model.Site;
import dev.gatemend.model.Upstream;
import dev.gatemend.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes sites, upstreams and logs of the directives of a configuration, includes followed. */
final class EffectiveView {
    private final VersionDefaults defaults;
    private final LogReader logs;
    private final Upstreams httpUpstreams;
    private final Upstreams streamUpstreams;
    private final List<Site> sites = new ArrayList<>();
    private final Settings main;

    EffectiveView(
            List<Directive> directives, String prefix, Version version, CompiledDefaults compiled) {
        this.defaults = new VersionDefaults(version, compiled);
        this.logs = new LogReader(prefix, compiled);
        this.httpUpstreams = new Upstreams(false, defaults.of("upstream"));
        this.streamUpstreams = new Upstreams(true, Settings.NONE);
        this.main = main(directives);
        if (directives.stream().noneMatch(d -> d.word().equals("error_log"))) {
            logs.addDefaultErrorLog();
        }
        directives.forEach(logs::add);
        for (Directive directive : directives) {
            switch (directive.word()) {
                case "http" -> http(directive);
                case "stream" -> stream(directive);
                default -> {}
            }
        }
    }

    Settings main() {
        return main;
    }

    List<Site> sites() {
        return sites;
    }

    List<Upstream> upstreams() {
        List<Upstream> all = httpUpstreams.all();
        all.addAll(streamUpstreams.all());
        return all;
    }

    List<LogSetting> logs() {
        return logs.logs();
    }

    List<LogFormat> formats() {
        return logs.formats();
    }

    /** The main and the events level together. */
    private Settings main(List<Directive> directives) {
        Settings outer = defaults.of("main").with(defaults.of("events").byName());
        Settings settings = Level.outermost(outer).inside(directives).settings();
        for (Directive directive : directives) {
            if (directive.word().equals("events")) {
                settings = Level.outermost(settings).inside(directive.block()).settings();
            }
        }
        return settings;
    }

    private void http(Directive http) {
        Variables variables = new Variables();
        PassReader passes = new PassReader(variables, httpUpstreams);
        survey(http, variables, httpUpstreams);
        announce(http.block(), passes);
        List<Directive> servers = servers(http);
        defaultAccessLog(http, servers);
        Level level = outermost("http").inside(http.block());
        SiteReader reader = new SiteReader(passes, new ListenReader(servers), level);
        servers.forEach(server -> sites.add(reader.http(server)));
    }

    private void stream(Directive stream) {
        Variables variables = new Variables();
        PassReader passes = new PassReader(variables, streamUpstreams);
        survey(stream, variables, streamUpstreams);
        List<Directive> servers = servers(stream);
        for (Directive server : servers) {
            server.block().stream()
                    .filter(d -> d.word().equals("proxy_pass"))
                    .forEach(d -> passes.announce(PassKind.STREAM, d));
        }
        Level level = outermost("stream").inside(stream.block());
        SiteReader reader = new SiteReader(passes, new ListenReader(servers), level);
        servers.forEach(server -> sites.add(reader.stream(server)));
    }

    /** The level that http or stream begins with: the main error log reaches into it. */
    private Level outermost(String part) {
        List<Setting> errorLogs = main.all("error_log");
        return Level.outermost(defaults.of(part).with(Map.of("error_log", errorLogs)));
    }

    private static List<Directive> servers(Directive part) {
        return part.block().stream()
                .filter(d -> d.word().equals("server") && d.opensBlock())
                .toList();
    }

    private void survey(Directive part, Variables variables, Upstreams upstreams) {
        for (Directive directive : part.block()) {
            switch (directive.word()) {
                case "map", "geo", "split_clients" -> variables.add(directive);
                case "upstream" -> upstreams.add(directive);
                default -> {}
            }
        }
        surveyLogs(part.block());
    }

    private void surveyLogs(List<Directive> block) {
        for (Directive directive : block) {
            logs.add(directive);
            if (directive.opensBlock()) {
                surveyLogs(directive.block());
            }
        }
    }

    private static void announce(List<Directive> block, PassReader passes) {
        for (Directive directive : block) {
            Optional<PassWord> word = PassWord.of(directive.word());
            if (word.isPresent() && !directive.opensBlock()) {
                passes.announce(word.get().kind(), directive);
            }
            if (directive.opensBlock()) {
                announce(directive.block(), passes);
            }
        }
    }

    private void defaultAccessLog(Directive http, List<Directive> servers) {
        boolean everywhere =
                writesAccessLog(http)
                        || (!servers.isEmpty()
                                && servers.stream().allMatch(EffectiveView::writesAccessLog));
        if (!everywhere) {
            logs.addDefaultAccessLog();
        }
    }

    private static boolean writesAccessLog(Directive block) {
        return block.block().stream().anyMatch(d -> d.word().equals("access_log"));
    }
}
