package dev.gatemend.nginx.config;

import dev.gatemend.model.Address;
import dev.gatemend.model.Peer;
import dev.gatemend.model.Position;
import dev.gatemend.model.Setting;
import dev.gatemend.model.Settings;
import dev.gatemend.model.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The upstream groups of one module (http or stream): named blocks, and one for each literal
 * address of a pass, as {@code ngx_http_upstream_add} makes them.
 */
final class Upstreams {
    private static final Duration FAIL_TIMEOUT = Duration.ofSeconds(10);

    private final boolean stream;
    private final Settings defaults;
    private final Map<String, Upstream> named = new LinkedHashMap<>();
    private final Map<String, Upstream> implicit = new LinkedHashMap<>();

    Upstreams(boolean stream, Settings defaults) {
        this.stream = stream;
        this.defaults = defaults;
    }

    List<Upstream> all() {
        List<Upstream> all = new ArrayList<>(named.values());
        all.addAll(implicit.values());
        return all;
    }

    /** Adds an {@code upstream} block. */
    void add(Directive block) {
        List<Peer> peers = new ArrayList<>();
        List<Setting> settings = new ArrayList<>();
        for (Directive directive : block.block()) {
            if (directive.word().equals("server")) {
                peer(directive).ifPresent(peers::add);
            } else if (!directive.opensBlock()) {
                settings.add(
                        new Setting(
                                directive.word(),
                                directive.values(),
                                Optional.of(directive.position())));
            }
        }
        String name = block.argument(0);
        Settings effective = defaults.with(Settings.of(settings).byName());
        named.putIfAbsent(
                key(name),
                new Upstream(name, false, stream, peers, effective, Optional.of(block.position())));
    }

    /** The named group that an authority means, whatever its case. */
    Optional<String> named(String authority) {
        return Optional.ofNullable(named.get(key(authority))).map(Upstream::name);
    }

    /** Name of the group of a literal address, made when there is none yet. */
    String literal(Address address, Position position) {
        String name = address.toString();
        implicit.computeIfAbsent(key(name), _ -> implicitGroup(name, address, position));
        return name;
    }

    /** The group that literal passes have made of an address. */
    boolean hasLiteral(Address address) {
        return implicit.containsKey(key(address.toString()));
    }

    private Upstream implicitGroup(String name, Address address, Position position) {
        Optional<Position> where = Optional.of(position);
        Peer peer = new Peer(address, 1, 1, FAIL_TIMEOUT, 0, false, false, false, where);
        return new Upstream(name, true, stream, List.of(peer), Settings.NONE, where);
    }

    private Optional<Peer> peer(Directive server) {
        List<String> words = server.values();
        if (words.isEmpty()) {
            return Optional.empty();
        }
        List<String> parameters = words.subList(1, words.size());
        return Address.parse(words.getFirst(), stream ? 0 : 80)
                .map(
                        address ->
                                new Peer(
                                        address,
                                        number(parameters, "weight=", 1),
                                        number(parameters, "max_fails=", 1),
                                        failTimeout(parameters),
                                        number(parameters, "max_conns=", 0),
                                        parameters.contains("backup"),
                                        parameters.contains("down"),
                                        parameters.contains("resolve"),
                                        Optional.of(server.position())));
    }

    private static int number(List<String> parameters, String name, int otherwise) {
        return value(parameters, name)
                .map(value -> ConfigurationValues.number(value).orElse(otherwise))
                .orElse(otherwise);
    }

    private static Duration failTimeout(List<String> parameters) {
        return value(parameters, "fail_timeout=")
                .flatMap(ConfigurationValues::seconds)
                .orElse(FAIL_TIMEOUT);
    }

    private static Optional<String> value(List<String> parameters, String name) {
        return parameters.stream()
                .filter(parameter -> parameter.startsWith(name))
                .map(parameter -> parameter.substring(name.length()))
                .findFirst();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
