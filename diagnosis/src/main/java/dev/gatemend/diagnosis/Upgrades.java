package dev.gatemend.diagnosis;

import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Location;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a location does with requests that ask to switch to WebSocket. nginx drops {@code Upgrade}
 * and {@code Connection}, as any proxy must (RFC 9110, 7.6.1), unless it is told to send them.
 *
 * @param lacking directives it would need, as one would write them; empty when all are there
 * @param forced the setting that sends {@code Upgrade} with every request, if there is one
 * @param place {@code file:line} of the pass
 */
public record Upgrades(List<String> lacking, Optional<Setting> forced, String place) {
    /** Paths that people, SockJS, ActionCable and Streamlit use, and Socket.IO's argument. */
    private static final Pattern WEBSOCKET =
            Pattern.compile(
                    "^[A-Z]{3,7} (?:[^\\s?]{0,500}?/(?:websockets?|wss?|cable|_stcore/stream)(?:[/? ]|$)"
                            + "|\\S{1,500}?[?&]transport=websocket(?:[& ]|$))");

    public Upgrades {
        lacking = List.copyOf(lacking);
    }

    /** Empty when the location is not known, or passes by another protocol than HTTP. */
    public static Optional<Upgrades> at(Matter matter) {
        return matter.location()
                .filter(l -> l.pass().filter(p -> p.kind() == PassKind.PROXY).isPresent())
                .map(Upgrades::of);
    }

    private static Upgrades of(Location location) {
        List<String> lacking = new ArrayList<>();
        boolean old =
                location.settings().value("proxy_http_version").filter("1.0"::equals).isPresent();
        if (old) {
            lacking.add("proxy_http_version 1.1;");
        }
        Optional<Setting> upgrade = header(location, "upgrade");
        if (upgrade.map(Upgrades::value).orElse("").isEmpty()) {
            lacking.add("proxy_set_header Upgrade $http_upgrade;");
        }
        String connection = header(location, "connection").map(Upgrades::value).orElse("");
        if (!connection.contains("$") && !connection.contains("upgrade")) {
            lacking.add("proxy_set_header Connection \"upgrade\";");
        }
        return new Upgrades(
                lacking,
                upgrade.filter(s -> value(s).equals("websocket")),
                location.pass().orElseThrow().position().fileAndLine());
    }

    /** The header that nginx sends in place of the client's, the last one written. */
    static Optional<Setting> header(Location location, String name) {
        return location.settings().all("proxy_set_header").stream()
                .filter(s -> s.value().equalsIgnoreCase(name))
                .reduce((first, last) -> last);
    }

    /** The header's value, in lower case. */
    static String value(Setting header) {
        return header.arguments().size() > 1
                ? header.arguments().get(1).toLowerCase(Locale.ROOT)
                : "";
    }

    /** The entry's request looks like one for a WebSocket: a client chose its words. */
    public static boolean isAskedBy(ErrorGroup group) {
        return group.sample().request().filter(r -> WEBSOCKET.matcher(r).find()).isPresent();
    }
}
