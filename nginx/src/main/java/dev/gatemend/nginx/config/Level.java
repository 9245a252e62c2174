package dev.gatemend.nginx.config;

import dev.gatemend.model.Setting;
import dev.gatemend.model.Settings;
import dev.gatemend.nginx.config.Directive.Body;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is in effect inside one block: its own directives over those it inherits. As the merge
 * functions of nginx's modules do, a directive written here replaces all of its name from outside,
 * also where several may stand ({@code proxy_set_header}, {@code error_page}).
 *
 * @param settings in effect here
 * @param inheritable those that a block inside begins with
 * @param defaultHeaders that nginx sends upstream where none of the same name is written
 */
record Level(Settings settings, Settings inheritable, List<Setting> defaultHeaders) {
    Level {
        defaultHeaders = List.copyOf(defaultHeaders);
    }

    /** Belong to the block they stand in: handlers, rewrite codes, what makes a server. */
    private static final Set<String> NOT_INHERITED =
            Set.of(
                    "break",
                    "content_by_lua",
                    "content_by_lua_file",
                    "echo",
                    "empty_gif",
                    "fastcgi_pass",
                    "flv",
                    "grpc_pass",
                    "js_content",
                    "listen",
                    "memcached_pass",
                    "mp4",
                    "perl",
                    "proxy_pass",
                    "return",
                    "rewrite",
                    "scgi_pass",
                    "server_name",
                    "set",
                    "stub_status",
                    "try_files",
                    "uwsgi_pass");

    /** Share one list inside nginx: one of them written here replaces all of them. */
    private static final List<List<String>> GROUPS =
            List.of(List.of("allow", "deny"), List.of("root", "alias"));

    private static final String SET_HEADER = "proxy_set_header";

    /** The outermost level: nothing but defaults. */
    static Level outermost(Settings defaults) {
        return new Level(defaults, defaults, defaults.all(SET_HEADER));
    }

    /** The level inside a block that holds {@code directives}. */
    Level inside(List<Directive> directives) {
        return inside(inheritable, directives);
    }

    /**
     * The level inside an {@code if} or {@code limit_except}, which nginx makes a nameless
     * location: it also inherits the pass.
     */
    Level insideNameless(List<Directive> directives) {
        Map<String, List<Setting>> passes = new LinkedHashMap<>();
        for (PassWord pass : PassWord.ALL) {
            if (!settings.all(pass.directive()).isEmpty()) {
                passes.put(pass.directive(), settings.all(pass.directive()));
            }
        }
        boolean own = directives.stream().anyMatch(d -> PassWord.of(d.word()).isPresent());
        return inside(own ? inheritable : inheritable.with(passes), directives);
    }

    private Level inside(Settings outer, List<Directive> directives) {
        Map<String, List<Setting>> inherited = new LinkedHashMap<>();
        Map<String, List<Setting>> kept = new LinkedHashMap<>();
        for (Directive directive : directives) {
            if (directive.body() == Body.None.NONE) {
                boolean stays = NOT_INHERITED.contains(directive.word());
                add(stays ? kept : inherited, directive);
            }
        }
        if (!inherited.isEmpty()) {
            GROUPS.forEach(group -> hideGroup(group, inherited));
            keepDefaultHeaders(inherited);
        }
        Settings inheritable = outer.with(inherited);
        return new Level(inheritable.with(kept), inheritable, defaultHeaders);
    }

    private static void add(Map<String, List<Setting>> own, Directive directive) {
        Setting setting =
                new Setting(
                        directive.word(), directive.values(), Optional.of(directive.position()));
        List<Setting> before = own.get(directive.word());
        if (before == null) {
            own.put(directive.word(), List.of(setting));
        } else {
            List<Setting> all = before instanceof ArrayList ? before : new ArrayList<>(before);
            all.add(setting);
            own.put(directive.word(), all);
        }
    }

    /**
     * nginx's own headers (Host, Connection) are not replaced as the others are: they stay unless
     * one of the same name is written (ngx_http_proxy_init_headers).
     */
    private void keepDefaultHeaders(Map<String, List<Setting>> own) {
        List<Setting> written = own.getOrDefault(SET_HEADER, List.of());
        if (written.isEmpty()) {
            return;
        }
        List<Setting> all = new ArrayList<>();
        for (Setting setting : defaultHeaders) {
            boolean replaced =
                    written.stream().anyMatch(w -> w.value().equalsIgnoreCase(setting.value()));
            if (!replaced) {
                all.add(setting);
            }
        }
        all.addAll(written);
        own.put(SET_HEADER, all);
    }

    private static void hideGroup(List<String> group, Map<String, List<Setting>> own) {
        if (group.stream().anyMatch(own::containsKey)) {
            group.forEach(name -> own.putIfAbsent(name, List.of()));
        }
    }
}
